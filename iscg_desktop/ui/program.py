"""The life of the window: the gate where a coffre is opened or created, the desk while it is open.

It goes one way. A lock ends the process: the next one, which never knew the key, shows the gate.
"""

from __future__ import annotations

import base64
import importlib
import sys
import threading
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from iscg_desktop import paths
from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.platform.relaunch import replace_process
from iscg_desktop.services import coffre as coffre_service
from iscg_desktop.services.coffre_ouvert import CoffreService
from iscg_desktop.ui.application import make_application
from iscg_desktop.ui.clipboard import ClipboardKeeper
from iscg_desktop.ui.failures import Failures
from iscg_desktop.ui.first_window import FirstWindow, ask_to_come_forward, bring_forward
from iscg_desktop.ui.garbage import leave_alone, look_again
from iscg_desktop.ui.gate import Gate
from iscg_desktop.ui.locking import IdleWatcher
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.pages.deverrouillage.page import DeverrouillagePage
from iscg_desktop.ui.read_ahead import ReadAhead, for_creation
from iscg_desktop.ui.session_watch import SessionWatch
from iscg_desktop.ui.steps import Steps
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.vanishing import empty_screen

if TYPE_CHECKING:
    from iscg_desktop.services.session import Session
    from iscg_desktop.ui.desk import Desk
    from iscg_desktop.ui.main_window import MainWindow
    from iscg_desktop.ui.pages.assistant.page import AssistantPage
    from iscg_desktop.ui.pages.bilan.consolidation import ConsolidationPage
    from iscg_desktop.ui.pages.demonstration import DemoPage
    from iscg_desktop.ui.veil import Veil

    GatePage: TypeAlias = DeverrouillagePage | AssistantPage | DemoPage | ConsolidationPage


_PATIENCE = 10  # seconds that a lock waits for the disk and for what is under way, the screen empty


def run_window(coffre: Path, place: str = "") -> int:
    """Open the window and stay until it is closed; returns the exit code.

    Args:
        coffre: The coffre proposed first; it need not exist.
        place: Where the window of the process before was, as ``Program.locked`` says it.
    """
    if ask_to_come_forward(coffre):
        sys.stderr.write(sentence(UserError("coffre_deja_ouvert")) + "\n")
        return 1
    app, _theme = make_application(sys.argv[:1])
    program = Program(app, coffre, place)
    first = FirstWindow(program)
    first.asked.connect(program.come_forward)
    program.folder_changed.connect(first.listen)
    first.listen(coffre)
    failures = Failures(program.say_failure, program)
    sys.excepthook = failures.on_uncaught
    _watch_session(app, program)
    spare_what_lasts(program)
    program.locking.connect(_dread)
    program.locked.connect(_begin_again)
    program.show_gate()
    return app.exec()


def _watch_session(app: QApplication, program: Program) -> SessionWatch:
    """Lock when the session is left; have the machine wait for that before it sleeps."""
    session = SessionWatch(app)
    session.left.connect(program.lock)
    program.shown.connect(session.protect)
    program.opened.connect(session.on_opened)
    program.closed.connect(session.on_closed)
    return session


def spare_what_lasts(program: Program) -> None:
    """Look for garbage no more among what stays until the end of the process."""
    program.opened.connect(leave_alone)
    program.all_made.connect(leave_alone)
    program.closed.connect(look_again)


def _begin_again(coffre: Path, place: str) -> None:
    """End this process; the one that takes its place asks for the passphrase."""
    replace_process(["--coffre", str(coffre), "--fenetre", place])


def _dread(coffre: Path, place: str) -> None:
    """End this process all the same if the lock hangs: a disk that answers no more must not keep the key in memory."""
    watch = threading.Timer(_PATIENCE + 2, _begin_again, (coffre, place))
    watch.daemon = True
    watch.start()


class Program(QObject):
    """Goes from the gate to the desk, then to the lock.

    Args:
        app: The application.
        coffre: The one to open first.
        place: Where to show the window, as ``locked`` said it.

    Signals:
        folder_changed: The coffre that is now the one to open, a ``Path``.
        shown: A window of the system came to be, as a ``QWidget``.
        opened: A coffre is open now.
        all_made: Every page over it is there.
        closed: It was closed, and the process goes on.

    With the coffre to open again and the place of the window:
        locking: A lock begins; nothing is on the screen any more.
        locked: What was half-typed is kept and the coffre closed: the process must end now.
    """

    folder_changed = Signal(object)
    shown = Signal(object)
    opened = Signal()
    all_made = Signal()
    closed = Signal()
    locking = Signal(object, str)
    locked = Signal(object, str)

    def __init__(self, app: QApplication, coffre: Path, place: str = "") -> None:
        super().__init__(app)
        self._app = app
        self._folder, self._place = coffre, place
        self._tasks = TaskRunner(self)
        self._gate: Gate | None = None
        self._ahead: ReadAhead | None = None
        self._page: DeverrouillagePage | AssistantPage | DemoPage | ConsolidationPage | None = (
            None  # the one in the gate
        )
        self.desk: Desk | None = None
        self._turns = Steps(self, self._on_step_refused)
        self._veil: Veil | None = None
        self._clipboard = ClipboardKeeper(self)
        self._idle = IdleWatcher(app)
        self._idle.veil_requested.connect(self.veil)
        self._idle.lock_requested.connect(self.lock)
        app.aboutToQuit.connect(self._on_about_to_quit)

    def show_gate(self) -> None:
        """Ask for the passphrase."""
        self._turns.stop()
        page = DeverrouillagePage(self._folder, self._tasks)
        page.unlocked.connect(self._on_unlocked)
        page.creation_requested.connect(self._on_creation_requested)
        page.folder_chosen.connect(self._on_folder_chosen)
        page.demo_requested.connect(self._on_demo_requested)
        page.consolidation_requested.connect(self._on_consolidation_requested)
        self._show_in_gate(page)
        if self._ahead is None:
            self._ahead = ReadAhead(self)
        page.opening.connect(self._ahead.hurry)

    @Slot()
    def veil(self) -> None:
        """Hide everything at once, the coffre open; then keep what is half-typed."""
        if self.desk is not None and self._veil is not None and not self._veil.is_lowered:
            self._veil.lower(self.desk.services.voile.serrure())
            self.desk.keep_now()

    @Slot()
    def lock(self) -> None:
        """Empty the screen, keep what is half-typed, close the coffre, ask for the end of the process."""
        if self.desk is None:
            return
        place = _place_of(self.desk.window)
        self._app.setQuitOnLastWindowClosed(False)  # no window is left, and yet it is not over
        empty_screen()  # dialogs, menus and previews too
        if self._is_closed():
            return  # asked twice at once: by her and by the session that is left
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            # Its caller waits for it: it gives up first.
            dialog.close()
            QTimer.singleShot(0, self.lock)
            return
        self._idle.stop()
        self._clipboard.clear()
        self.locking.emit(self._folder, place)
        if self._veil is not None:
            self._veil.remove()
            self._veil = None
        desk, self.desk = self.desk, None
        desk.close(coming_back=True)
        # A file being written is whole or gone, never half there.
        self._tasks.close(_PATIENCE * 1_000)
        self._app.setQuitOnLastWindowClosed(True)
        self.locked.emit(self._folder, place)

    def _is_closed(self) -> bool:
        return self.desk is None

    def _show_in_gate(self, page: GatePage) -> None:
        if self._gate is None:
            self._gate = Gate(self._tasks)
            self._gate.demo_requested.connect(self._on_demo_requested)
            self._gate.restoreGeometry(base64.urlsafe_b64decode(self._place))
        self._gate.show_page(page)
        self._page = page
        page.activated()
        self._gate.show()
        self.shown.emit(self._gate)

    @Slot(object)
    def _on_unlocked(self, session: Session) -> None:
        from iscg_desktop.services.services import Services
        from iscg_desktop.ui.desk import Desk

        self._on_folder_chosen(
            CoffreService(session).folder
        )  # wherever it was created: a lock comes back to it
        if self._ahead is not None:
            self._ahead.stand_back()
        try:
            self.desk = Desk(Services(session), self._tasks)
        except BaseException:
            CoffreService(session).lock()  # else the next attempt would find it open elsewhere
            raise
        self.desk.veil_requested.connect(self.veil)
        self.desk.lock_requested.connect(self.lock)
        self._veil = self._make_veil(self.desk.window)
        if self._gate is not None:
            self.desk.window.restoreGeometry(self._gate.saveGeometry())
        self.desk.show()
        self.shown.emit(self.desk.window)
        if self._gate is not None:
            self._gate.close()
            self._gate.deleteLater()
            self._gate = self._page = None
        self._obey_delays()
        self.desk.settings_changed.connect(self._obey_delays)
        self.desk.all_made.connect(self.all_made)
        self.desk.damaged.connect(self._on_damaged)
        self._idle.start()
        self.opened.emit()

    @Slot(object)
    def _on_damaged(self, error: UserError) -> None:
        """Close a coffre that its check found damaged; the gate says what to do."""
        if self.desk is not None:
            self._idle.stop()
            if self._veil is not None:
                self._veil.remove()
            desk, self.desk = self.desk, None
            desk.close()
            self.closed.emit()
            self.show_gate()
            assert isinstance(self._page, DeverrouillagePage)
            self._page.suspect(error)

    @Slot()
    def _obey_delays(self) -> None:
        """Lower the veil, then lock, after the idle minutes of her settings."""
        if self.desk is not None:
            reglages = self.desk.services.reglages.get()
            self._idle.set_delays(reglages.voile_minutes, reglages.verrouillage_minutes)

    def _make_veil(self, window: MainWindow) -> Veil:
        from iscg_desktop.ui.veil import Veil

        veil = Veil(window, self._tasks)
        veil.lowered.connect(self.shown)
        veil.lifted.connect(self._on_veil_lifted)
        veil.lock_requested.connect(self.lock)
        return veil

    @Slot()
    def _on_veil_lifted(self) -> None:
        if self.desk is not None:
            self.shown.emit(self.desk.window)
            self._idle.start()

    @Slot()
    def _on_creation_requested(self) -> None:
        """Open the assistant, in turns: at the first start its code is hardly read yet."""
        self._turns.start(self._make_assistant(), self._on_assistant_made)

    def _make_assistant(self) -> Generator[None, None, AssistantPage]:
        for name in for_creation():
            importlib.import_module(name)
            yield
        from iscg_desktop.ui.pages.assistant.etapes import make_forms
        from iscg_desktop.ui.pages.assistant.page import AssistantPage

        coffre_service.read_ahead()
        yield
        forms = yield from make_forms(self._folder, self._tasks)
        yield
        page = AssistantPage(self._folder, self._tasks, forms=forms)
        yield
        return page

    def _on_assistant_made(self, page: AssistantPage) -> None:
        page.created.connect(self._on_unlocked)
        page.cancelled.connect(self.show_gate)
        self._show_in_gate(page)

    def _on_step_refused(self, error: UserError) -> None:
        if self._page is not None:
            show_error(self._page.message, error)

    @Slot(object)
    def _on_folder_chosen(self, folder: Path) -> None:
        if folder != self._folder:
            self._folder = folder
            self.folder_changed.emit(folder)

    @Slot()
    def come_forward(self) -> None:
        """Show the window before the others: the program was started again on this coffre."""
        window = self._gate if self.desk is None else self.desk.window
        if window is not None:
            bring_forward(window)

    @Slot()
    def _on_demo_requested(self) -> None:
        """Make the coffre of fictitious dossiers beside the real one, and open it."""
        from iscg_desktop.ui.pages.demonstration import DemoPage

        page = DemoPage(paths.default_coffre().parent / "demonstration", self._tasks)
        page.made.connect(self._on_unlocked)
        page.cancelled.connect(self.show_gate)
        self._show_in_gate(page)

    @Slot()
    def _on_consolidation_requested(self) -> None:
        """Add bilans up; no coffre is opened."""
        from iscg_desktop.ui.pages.bilan.consolidation import ConsolidationPage

        page = ConsolidationPage(self._tasks)
        page.left.connect(self.show_gate)
        self._show_in_gate(page)

    def say_failure(self) -> None:
        """Say calmly that the program failed; at the gate too, where silence would look like a wrong passphrase."""
        if self.desk is not None:
            self.desk.window.say(sentence(UserError("erreur_interne")), "alert")
        elif self._gate is not None:
            assert self._page is not None
            show_error(self._page.message, UserError("erreur_interne_porte"))

    @Slot()
    def _on_about_to_quit(self) -> None:
        self._clipboard.clear()
        if self.desk is not None:
            desk, self.desk = self.desk, None
            desk.close()
        self._tasks.close()


def _place_of(window: QWidget) -> str:
    """Size and place of a window in one word."""
    return base64.urlsafe_b64encode(window.saveGeometry().data()).decode("ascii")
