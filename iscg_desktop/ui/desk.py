"""The desk: the window over one open coffre, from the moment it is shown to the lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from iscg_desktop.domain.lieu import Lieu
from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.discretion import Discretion
from iscg_desktop.ui.early_keys import EarlyKeys
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.one_a_turn import OneATurn
from iscg_desktop.ui.pages.entretien.page import EntretienPage
from iscg_desktop.ui.polishing import Polishing
from iscg_desktop.ui.rooms import Rooms
from iscg_desktop.ui.spelling import Speller
from iscg_desktop.ui.style_memory import StyleMemory
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.vanishing import hide_all
from iscg_desktop.ui.verification import Verification
from iscg_desktop.ui.ways import Ways

_STEP = 6  # ms between the steps in which the day's page comes: what is pressed meanwhile is answered
_REST = 800  # ms after the day's page shows before the others are made
_INDEXED_AFTER = 300  # ms after something was recorded: the page that follows is there
_BETWEEN = 80  # ms between two of them, so that a key pressed meanwhile is answered at once


class Desk(Rooms):
    """Keeps the pages alive, discreet and kept; ``ui/ways.py`` connects them.

    A page that has ``set_discreet`` is told of the discreet mode; one that has ``keep_now`` is asked, before a lock,
    to write what is half-typed.

    Signals:
        veil_requested: She asked for the veil.
        lock_requested: She asked to lock.
        settings_changed: She changed a setting.
        all_made: Every page is there, and stays until the lock.
        damaged: The coffre is, and nothing half-typed would be lost by closing it; carries the ``UserError``.
    """

    veil_requested = Signal()
    lock_requested = Signal()
    settings_changed = Signal()
    all_made = Signal()
    damaged = Signal(object)

    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        super().__init__(services, tasks)
        self._warned = False
        EarlyKeys(self.window)
        self._ways = Ways(self)
        self._speller = Speller(services.orthographe, tasks, self.hub, self.window)
        self._speller.refused.connect(self._say_refused)
        self._indexing = QTimer(self, singleShot=True, interval=_INDEXED_AFTER)
        self._indexing.timeout.connect(services.dossiers.index_now)
        self.hub.changed.connect(self._on_hub_changed)
        services.coffre.when_reserve_is_used(self._on_reserve_used)
        self.window.installEventFilter(self)
        self.window.page_made.connect(self._on_page_made)
        self.window.veil_requested.connect(self.veil_requested)
        self.window.lock_requested.connect(self._on_lock_requested)
        self.window.search_requested.connect(self._ways.search)
        QShortcut(QKeySequence("Ctrl+Shift+C"), self.window, self._ways.note_contact)
        Discretion(self.window)
        Polishing(self.window)
        StyleMemory(self.window)
        self._verification = Verification(services.coffre, tasks, self)
        self._verification.passed.connect(self._begin)
        self._verification.passed.connect(self._keep_now)
        self._verification.failed.connect(self._on_verification_failed)
        self._ahead = OneATurn(self, self._make_ahead)
        self._ahead.start(_REST)
        self._open = QTimer(self, interval=_STEP)
        self._open.timeout.connect(self._on_open_timeout)
        self._opening: Iterator[None] = iter(())
        self.window.page_shown.connect(self._open.stop)
        self.backups.begin()

    def show(self) -> None:
        """Show the window, and in the turns that follow the page where she was, or the day's page."""
        lieu = self.services.reprises.place()
        self._opening = self._show_day() if lieu is None else self._come_back(lieu)
        self.window.coming.expect("aujourdhui" if lieu is None else _page_of(lieu))
        self._open.start()
        self.window.show()
        self._begin()
        self._verification.start()
        if self.services.coffre.is_demonstration:
            self.window.set_banner(self.tr("Démonstration\u00a0: toutes les personnes sont inventées."))

    def _show_day(self) -> Iterator[None]:
        self.window.begin_page("aujourdhui")
        yield
        self.today.read_in_turns()
        yield
        self.window.show_page("aujourdhui")

    def _come_back(self, lieu: Lieu) -> Iterator[None]:
        with suppress(KeyError):  # the name of a page of another version
            self.window.begin_page(_page_of(lieu))
            yield
            page = self.window.page(_page_of(lieu))
            yield
            while isinstance(page, EntretienPage) and not page.ready:
                yield
        self._ways.come_back(lieu)

    @Slot()
    def _begin(self) -> None:
        with suppress(UserError):  # a coffre that is still being checked: once it was
            self.services.reprises.begin()

    def may_leave(self) -> bool:
        """Whether what is half-typed is on the disk; if not she is told, and may leave the second time."""
        if self._keep_now() or self._warned:
            return True
        self._warned = True
        self.window.say(sentence(UserError("brouillon_non_garde")), "alert")
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.window and event.type() == QEvent.Type.Close and not self.may_leave():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def close(self, *, coming_back: bool = False) -> None:
        """Keep what is half-typed, close the coffre, take the window away.

        Args:
            coming_back: The next opening shows the page that is shown now.
        """
        self.window.removeEventFilter(self)
        self.window.hide()  # first: a field that loses the focus settles, and may look for a dossier or a person
        self._keep_now()
        with suppress(UserError):  # a disk that refuses: the next opening finds an interruption
            self.services.reprises.leave(self._ways.here() if coming_back else None)
        for timer in (self._ahead, self._open, self._indexing):
            timer.stop()
        self._verification.stop()
        self.backups.close(coming_back=coming_back)
        # The window outlives the coffre until Qt comes round: nothing in it may ask for anything more.
        self.window.stop()
        self.services.coffre.lock()
        self.window.deleteLater()
        self.deleteLater()

    def keep_now(self) -> bool:
        """Write at once what is half-typed; False when the disk refuses."""
        return self._keep_now()

    @Slot()
    def _keep_now(self) -> bool:
        kept = [page.keep_now() for page in self._made_with("keep_now")]
        try:
            self.services.brouillons.keep_aside()
        except UserError:
            return False
        return all(kept)

    def _made_with(self, name: str) -> list[Any]:
        """The pages made so far that have something of that name."""
        return [page for page in self.window.made_pages() if hasattr(page, name)]

    @Slot(object)
    def _on_hub_changed(self, changes: Changes) -> None:
        """Have every open form offer the lists and the unités as they are now."""
        if "reglages" in changes.kinds:
            self.settings_changed.emit()
            unites = self.services.journee.unites()
            for page in self.window.made_pages():
                for form in page.findChildren(Form):
                    form.offer_lists(self.services.listes, unites)
        self._indexing.start()

    @Slot()
    def _on_reserve_used(self) -> None:
        # In the next turn: what was just recorded is said in this one, in the same place.
        QTimer.singleShot(0, self, self._say_full)

    @Slot()
    def _say_full(self) -> None:
        self.window.say(sentence(UserError("disque_plein_reserve")), "warn")

    @Slot(str)
    def _say_refused(self, words: str) -> None:
        self.window.say(words, "alert")

    @Slot(object)
    def _on_verification_failed(self, error: UserError) -> None:
        if self._keep_now():
            self.damaged.emit(error)
        else:
            self.window.say(sentence(error), "alert")  # the page says it too, beside what is not kept

    @Slot()
    def _on_open_timeout(self) -> None:
        if next(self._opening, self) is self:
            self._open.stop()

    def _make_ahead(self) -> None:
        """Make one more of them; not beside long work, that has a dialog open and steps of its own."""
        if QApplication.activeModalWidget() is not None or self.window.make_ahead():
            self._ahead.start(_BETWEEN)
        else:
            self._ahead.stop()
            self.all_made.emit()

    @Slot(str, object)
    def _on_page_made(self, key: str, page: QWidget) -> None:
        self._ways.connect_page(key, page)

    @Slot()
    def _on_lock_requested(self) -> None:
        hide_all()
        if self.may_leave():
            self.lock_requested.emit()
        else:
            self.window.show()


def _page_of(lieu: Lieu) -> str:
    """The page that is shown again there."""
    return lieu.brouillon.partition(":")[0] or lieu.page
