"""Makes the coffre of fictitious dossiers while she waits, tells its passphrase, and opens it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar

from iscg_desktop.errors import UserError
from iscg_desktop.services import coffre
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.demo.demo import demo_passphrase, make_demo
from iscg_desktop.ui.dialogs.folder_dialog import choose_folder
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.paths_shown import short
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Heading, Quiet, Text
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

DOSSIERS = 120
"""Enough for every page to be full, few enough to be made while she waits."""

_SEED = 1
_NAME = "demonstration"


class DemoPage(ScrollPage):
    """One button: a coffre where everyone is invented.

    Args:
        folder: Where the demonstration lies, or will.
        tasks: Runs the slow work.

    Signals:
        made: Carries the open ``Session``.
        cancelled: Back to the gate.
    """

    made = Signal(object)
    cancelled = Signal()

    def __init__(self, folder: Path, tasks: TaskRunner) -> None:
        header = PageHeader(self.tr("Coffre de démonstration"))
        super().__init__(header, max_width=720)
        self.title = self.tr("Coffre de démonstration")
        self._folder, self._tasks = folder, tasks
        header.set_back(self.tr("Retour")).clicked.connect(self.cancelled)
        self.message = InlineMessage()
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Fabrication de la démonstration"))
        self._progress.hide()
        self._place = Quiet()
        self.place_button = Button(self.tr("Choisir un &autre endroit…"), kind="quiet", icon="folder-open")
        self.open_button = Button(self.tr("&Ouvrir la démonstration"), kind="primary", icon="lock-open")
        card = Card()
        card.add(
            Text(
                self.tr(
                    "Des dossiers, des fiches et des bilans pour essayer. Toutes les personnes sont inventées."
                )
            )
        )
        card.add(Quiet(self.tr("Après un verrouillage, il s’ouvre avec :")))
        card.add(Heading(demo_passphrase(_SEED)))
        for widget in (self._place, self.place_button, self.message, self._progress, self.open_button):
            card.add(widget)
        self.add(card)
        self.open_button.clicked.connect(self._on_open_clicked)
        self.place_button.clicked.connect(self._on_place_clicked)
        self.set_place(folder)

    @property
    def coffre(self) -> Path:
        """Where its coffre lies."""
        return self._folder / "coffre"

    def set_place(self, folder: Path) -> None:
        """Make the demonstration there, or open the one that lies there."""
        self._folder = folder
        self._place.setText(self.tr("Endroit : {dossier}").format(dossier=short(folder)))

    def activated(self) -> None:
        """Ready at once."""
        self.open_button.setFocus()

    @Slot()
    def _on_open_clicked(self) -> None:
        self.message.clear()
        self._set_busy(True)
        self._progress.setRange(0, 0)
        self._tasks.run(
            _make_and_unlock,
            self._folder,
            on_done=self._on_unlocked,
            on_error=self._on_failed,
            on_progress=self._on_progress,
        )

    @Slot()
    def _on_place_clicked(self) -> None:
        chosen = choose_folder(self, self.tr("Où faire la démonstration"), self._folder.parent)
        if chosen is not None:
            self.set_place(chosen / _NAME)  # a folder of its own: nothing of hers is beside
            self.open_button.setFocus()

    def _set_busy(self, busy: bool) -> None:
        self._progress.setVisible(busy)
        for button in (self.open_button, self.place_button):
            button.setDisabled(busy)

    def _on_progress(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def _on_unlocked(self, key: object) -> None:
        try:
            session = coffre.open_session(self.coffre, key)  # type: ignore[arg-type]
        except UserError as error:
            self._on_failed(error)
            return
        self.made.emit(session)

    def _on_failed(self, error: BaseException) -> None:
        self._set_busy(False)
        if not isinstance(error, UserError):
            raise error
        show_error(self.message, error)


def _make_and_unlock(folder: Path, *, progress: Callable[[int, int], None]) -> object:
    """Make the demonstration unless it is there already, then its key."""
    if not coffre.exists(folder / "coffre"):
        make_demo(
            folder,
            number=DOSSIERS,
            seed=_SEED,
            today=Clock().today(),
            progress=lambda _what, done, total: progress(done, total),
        )
    return coffre.unlock(folder / "coffre", demo_passphrase(_SEED))
