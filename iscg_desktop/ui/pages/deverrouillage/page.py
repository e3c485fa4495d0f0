"""The first thing she sees: the passphrase, or the recovery sheet, or another coffre."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop import paths
from iscg_desktop.errors import UserError
from iscg_desktop.messages import explained, sentence
from iscg_desktop.services import coffre
from iscg_desktop.services.coffre import KdfParameters
from iscg_desktop.services.coffre_ouvert import CoffreService
from iscg_desktop.ui.application import NAME
from iscg_desktop.ui.dialogs.folder_dialog import choose_folder
from iscg_desktop.ui.forms.gate_panel import Panel
from iscg_desktop.ui.forms.help_buttons import HelpButtons
from iscg_desktop.ui.forms.restore_panel import RestorePanel
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.pages.deverrouillage.panneaux import (
    PhrasePanel,
    RenewalPanel,
    SheetPanel,
    WelcomePanel,
)
from iscg_desktop.ui.pages.deverrouillage.sauvetage import DAMAGED, Salvage
from iscg_desktop.ui.paths_shown import short
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.widgets.busy_line import BusyLine
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.centred_page import CentredPage
from iscg_desktop.ui.widgets.icon_label import IconLabel
from iscg_desktop.ui.widgets.inline_message import InlineMessage, Tone
from iscg_desktop.ui.widgets.labels import Heading, Quiet

if TYPE_CHECKING:
    from iscg_desktop.services.session import Session

_CODE_ERRORS = ("code_secours_groupe", "code_secours_longueur", "code_secours_incorrect")


class DeverrouillagePage(CentredPage):
    """Opens a coffre; shows one panel at a time.

    Nothing typed here stays once the page is left, and nothing is written before the coffre is open.

    Args:
        folder: The coffre to open; where there is none, the page welcomes and offers to create it.
        tasks: Where the slow derivation of the key runs.
        kdf: Cost of a new passphrase; by default the one this machine affords.

    Attributes:
        message: Says what belongs to no field.

    Signals:
        opening: A passphrase was given, and a worker makes the key of it.
        unlocked: The open ``Session``.
        creation_requested: She wants a coffre of her own.
        demo_requested: She wants the coffre of fictitious dossiers.
        consolidation_requested: An employer wants to add bilans up; no coffre is needed.
        folder_chosen: Another coffre is now the one to open, a ``Path``.
    """

    opening = Signal()
    unlocked = Signal(object)
    creation_requested = Signal()
    demo_requested = Signal()
    consolidation_requested = Signal()
    folder_chosen = Signal(object)

    def __init__(
        self,
        folder: Path,
        tasks: TaskRunner,
        *,
        kdf: KdfParameters | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder, self._tasks, self._kdf = folder, tasks, kdf
        self._task: Task | None = None
        self._suspect = False
        self._ended: tuple[Tone, str] = "good", ""  # what was said of a coffre closed for good
        self._key: Any = None  # from the recovery sheet, until the new passphrase is set
        self.message = InlineMessage("alert", dismissible=False)
        self._salvage = Salvage(self.message, tasks, self)
        self._busy = BusyLine(with_words=False)
        self._welcome, self._phrase, self._sheet = WelcomePanel(), PhrasePanel(), SheetPanel()
        self._renewal = RenewalPanel(tasks)
        self._restoring = RestorePanel(tasks)
        self._panels = (self._welcome, self._phrase, self._sheet, self._renewal, self._restoring)
        self._place = Quiet()
        self._other = Button(self.tr("Ouvrir un &autre coffre"), kind="quiet", icon="folder-open")
        self._create = Button(self.tr("&Créer un coffre"), kind="quiet", icon="plus")
        self._demo = Button(self.tr("Coffre de &démonstration"), kind="quiet", icon="users")
        self._reunir = Button(self.tr("Réunir des &bilans"), kind="quiet", icon="chart-column")
        self._help = HelpButtons(self._reunir)
        self._others = QWidget()
        self._build()
        self._connect()
        self._start()

    @property
    def title(self) -> str:
        """Name of the page."""
        return self.tr("Déverrouillage")

    @property
    def folder(self) -> Path:
        """The coffre to open."""
        return self._folder

    def activated(self) -> None:
        """Begin again at the passphrase, its field ready to be typed in."""
        self._start()

    def set_folder(self, folder: Path) -> None:
        """Open this coffre rather than the other; one just inside the folder will do.

        A folder without a coffre is refused in words and changes nothing.
        """
        found = next((each for each in (folder, folder / "coffre") if coffre.exists(each)), None)
        if found is None:
            show_error(self.message, UserError("pas_un_coffre"))
            return
        self._folder, self._ended = found, ("good", "")
        self._start()
        self.folder_chosen.emit(found)

    def suspect(self, error: UserError) -> None:
        """Say what the check of this coffre found; the next opening checks all of it first."""
        self._suspect = True
        self._salvage.offer(error)

    def wipe(self) -> None:
        """Forget all that was typed, and stop waiting for a key."""
        if self._task is not None:
            self._task.cancel()
        self._set_task(None)
        self._key = None
        for panel in (self._phrase, self._sheet, self._renewal, self._restoring):
            panel.wipe()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # the page is left; a minimised window comes back as it was
            self.wipe()

    # How it is made.

    def _build(self) -> None:
        card = Card()
        card.setContentsMargins(8, 6, 8, 4)
        for panel in self._panels:
            card.add(panel)
        card.add(self.message)
        card.add(self._busy)
        self._place.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout(self._others)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in (self._other, self._create, self._demo):
            row.addWidget(button)
        self.add_centred(_Name(), 440)
        self.add_centred(card, 440)
        self.add_centred(self._place, 440)
        self.add_centred(self._others, 640)
        self.add_centred(self._help, 640)

    def _connect(self) -> None:
        self._phrase.submitted.connect(self._on_phrase_submitted)
        self._phrase.sheet_requested.connect(self._on_sheet_requested)
        self._sheet.submitted.connect(self._on_code_submitted)
        self._renewal.submitted.connect(self._on_renewal_submitted)
        for panel in (self._sheet, self._renewal):
            panel.back_requested.connect(self._start)
        for button in (self._welcome.creation, self._create):
            button.clicked.connect(self.creation_requested)
        for button in (self._welcome.other, self._other):
            button.clicked.connect(self._on_other_clicked)
        for button in (self._welcome.restore, self._phrase.restore):
            button.clicked.connect(self._on_restore_clicked)
        self._restoring.restored.connect(self._on_restored)
        self._restoring.back_requested.connect(self._start)
        for button in (self._welcome.demo, self._demo):
            button.clicked.connect(self.demo_requested)
        self._reunir.clicked.connect(self.consolidation_requested)
        self._salvage.asked.connect(self._on_salvage_asked)
        self._salvage.ended.connect(self._on_salvage_ended)
        self._salvage.saved.connect(self.set_folder)

    @Slot()
    def _start(self) -> None:
        self.wipe()
        self._finish_closing()
        there = coffre.exists(self._folder)
        if self._folder == paths.default_coffre():
            self._place.setText("")
        else:
            self._place.setText(self.tr("Coffre : {dossier}").format(dossier=short(self._folder)))
        self._show_panel(self._phrase if there else self._welcome)
        if there and coffre.open_elsewhere(self._folder):
            show_error(self.message, UserError("coffre_deja_ouvert"))

    def _finish_closing(self) -> None:
        """Destroy what is left of a coffre that was closed for good, and say so."""
        try:
            left = coffre.finish_closing(self._folder)
        except UserError as error:
            show_error(self.message, error)
            return
        if left is None:
            self.message.show_message(*self._ended)
            return
        said = self.tr("Le coffre est fermé pour de bon. Plus rien ne l’ouvre sur cet ordinateur.")
        tone: Tone = "good"
        if left:
            names = ", ".join(short(path) for path in left)
            said += " " + self.tr("Détruisez vous-même ces sauvegardes : {0}").format(names).replace(
                " :", "\u00a0:"
            )
            tone = "warn"
        self._ended = tone, said
        self.message.show_message(tone, said)

    def _show_panel(self, shown: Panel) -> None:
        for panel in self._panels:
            panel.setVisible(panel is shown)
        self._others.setVisible(shown is self._phrase)
        self._reunir.setVisible(shown in (self._phrase, self._welcome))
        self._place.setVisible(shown is not self._welcome and bool(self._place.text()))
        shown.focus_first()

    # Waiting for a worker.

    def _set_task(self, task: Task | None, words: str = "") -> None:
        """Begin to wait for a task, saying what for, or end waiting."""
        self._task = task
        if task is None:
            self._busy.stop()
        else:
            self.message.clear()
            self._busy.start(words)
        for panel in (self._phrase, self._renewal):
            panel.set_waiting(words)

    def _refuse(self, error: BaseException) -> None:
        """Say why, where it is, and let her go on typing."""
        self._set_task(None)
        if not isinstance(error, UserError):
            raise error
        if error.code == "phrase_de_passe_incorrecte":
            self._phrase.refuse(sentence(error))
        elif error.code == "phrase_de_passe_faible":
            self._renewal.form.refuse_weak(sentence(error))
        elif error.code in _CODE_ERRORS:
            self._sheet.refuse(error)
        elif error.code in DAMAGED:
            self._salvage.offer(error)
        else:
            show_error(self.message, error)

    def _open(self, key: Any, checked: Any = None) -> Session | None:
        try:
            return coffre.open_session(self._folder, key, checked=checked, at_once=checked is None)
        except UserError as error:
            self._refuse(error)
            return None

    def _finish(self, session: Session) -> None:
        """Give the open coffre away in the turn after: opening it and making its window would be one long turn."""
        self.wipe()
        QTimer.singleShot(0, self, partial(self.unlocked.emit, session))

    # With the passphrase.

    @Slot(str)
    def _on_phrase_submitted(self, phrase: str) -> None:
        if self._task is None:
            coffre.read_ahead()
            run = self._tasks.run
            unlock = coffre.unlock_and_check if self._suspect else coffre.unlock
            task = run(unlock, self._folder, phrase, on_done=self._on_key, on_error=self._on_failed)
            self._set_task(task, self.tr("Ouverture du coffre…"))
            self.opening.emit()

    @Slot(object)
    def _on_key(self, key: object) -> None:
        session = self._open(key)
        if session is not None:
            self._finish(session)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._refuse(error)

    # With the recovery sheet.

    @Slot()
    def _on_sheet_requested(self) -> None:
        self._phrase.wipe()
        self.message.clear()
        self._show_panel(self._sheet)

    @Slot(str)
    def _on_code_submitted(self, typed: str) -> None:
        self.message.clear()
        try:
            coffre.read_ahead()
            self._key = coffre.unlock_with_sheet(self._folder, typed)
        except UserError as error:
            self._refuse(error)
            return
        self._sheet.wipe()
        self._renewal.form.propose()
        self._show_panel(self._renewal)

    @Slot(str)
    def _on_renewal_submitted(self, phrase: str) -> None:
        if self._task is None:
            task = self._tasks.run(
                coffre.new_passphrase_slot, self._folder, self._key, phrase, kdf=self._kdf,
                on_done=self._on_slot, on_error=self._on_failed,
            )  # fmt: skip
            self._set_task(task, self.tr("Mise en place de la nouvelle phrase…"))

    @Slot(object)
    def _on_slot(self, made: tuple[object, object]) -> None:
        slot, checked = made
        session = self._open(self._key, checked)
        if session is None:
            return
        service = CoffreService(session)
        try:
            service.set_passphrase(slot)
        except UserError as error:
            service.lock()
            self._refuse(error)
            return
        self._finish(session)

    # A backup.

    @Slot()
    def _on_restore_clicked(self) -> None:
        self.message.clear()
        self._phrase.wipe()
        self._restoring.begin(self._folder)
        self._show_panel(self._restoring)

    @Slot(str)
    def _on_restored(self, words: str) -> None:
        self._start()
        self.message.show_message("good", words)

    # A damaged coffre.

    @Slot()
    def _on_salvage_asked(self) -> None:
        phrase = self._phrase.edit.value()
        if not phrase:
            words = self.tr("Écrivez votre phrase de passe : elle ouvrira aussi le nouveau coffre.")
            self._phrase.refuse(explained(words, "probleme#le-coffre-est-abîmé"))
        elif self._task is None:
            self._set_task(self._salvage.start(self._folder, phrase), self.tr("Sauvetage en cours…"))

    @Slot()
    def _on_salvage_ended(self) -> None:
        self._suspect = False
        self._set_task(None)

    # Another coffre.

    @Slot()
    def _on_other_clicked(self) -> None:
        chosen = choose_folder(self, self.tr("Ouvrir un coffre"), self._folder.parent)
        if chosen is not None:
            self.set_folder(chosen)


class _Name(QWidget):
    """The name of the program, quietly."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(IconLabel("shield-check", "accent", 20))
        row.addWidget(Heading(NAME, wrap=False))
        row.addStretch()
