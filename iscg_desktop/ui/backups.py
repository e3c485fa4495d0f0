"""Makes the backups: those that are due when she pauses, one last at the lock or the exit, and those she asks for."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from iscg_desktop.errors import UserError
from iscg_desktop.services.sauvegardes import Fait, SauvegardesService, ended_by_closing
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.input_watch import InputWatch
from iscg_desktop.ui.tasks import Task, TaskRunner

_LOOK: Final = 30_000  # ms between two looks whether one is due
_SOON: Final = 6_000  # ms before the first look: what the last lock had no time for is due
_PAUSE: Final = 5.0  # seconds without a key before one begins by itself
_PATIENCE: Final = (
    20  # looks after which one begins without a pause: she never stops typing, and it does not disturb
)
_LAST_SIZE: Final = 8 * 1024 * 1024  # bytes of a coffre copied while she waits: some tenths of a second
_KEYS: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class BackupKeeper(QObject):
    """Runs one backup at a time in a worker, and notes it in the coffre.

    Args:
        sauvegardes: Use cases of the open coffre.
        hub: Where it is announced.
        tasks: Where the copy is made.

    Signals:
        started: One begins.
        made: One was made and verified, a ``Fait``.
        failed: Why one was not, a ``UserError``.
    """

    started = Signal()
    made = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        sauvegardes: SauvegardesService,
        hub: ChangesHub,
        tasks: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sauvegardes, self._hub, self._tasks = sauvegardes, hub, tasks
        self._task: Task | None = None
        self._typed_at = time.monotonic()
        self._waited = 0
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        self._input = InputWatch(app, self)

    @property
    def busy(self) -> bool:
        """Whether one is being made."""
        return self._task is not None

    def begin(self) -> None:
        """Look from now on whether one is due, the first time soon."""
        self._timer.start(_SOON)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _KEYS:
            self._typed_at = time.monotonic()
        return False

    @Slot()
    def look(self) -> None:
        """Begin the one that is due, once she pauses."""
        if not self._sauvegardes.waits_for_check:
            self._timer.setInterval(_LOOK)
        if self.busy or not self._sauvegardes.due():
            self._waited = 0
            return
        self._waited += 1
        if time.monotonic() - self._typed_at >= _PAUSE or self._waited >= _PATIENCE:
            self._waited = 0
            self.start()

    def start(self, cle: Path | None = None) -> None:
        """Make one now; ``made`` or ``failed`` answers.

        Args:
            cle: A stick to write it on as well.
        """
        if self.busy:
            return
        travail = self._sauvegardes.travail(cle)
        self._task = self._tasks.run(travail.run, on_done=self._on_done, on_error=self._on_error)
        self.started.emit()

    def close(self, *, coming_back: bool) -> None:
        """Make a last one if it is due; one under way is given up. The coffre closes next, nothing is on the screen.

        Args:
            coming_back: She waits for the passphrase to be asked again: only one that is quickly made is; another is
                made as soon as the coffre is open again.
        """
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        elif self._sauvegardes.due() and (not coming_back or self._sauvegardes.taille() <= _LAST_SIZE):
            try:
                self._sauvegardes.record(self._sauvegardes.travail().run())
            except UserError:
                return  # said the next time: the coffre itself is safe

    @Slot(object)
    def _on_done(self, fait: Fait) -> None:
        self._task = None
        try:
            changes = self._sauvegardes.record(fait)
        except UserError as error:
            self.failed.emit(error)
            return
        self._hub.announce(changes)
        self.made.emit(fait)

    @Slot(object)
    def _on_error(self, error: BaseException) -> None:
        self._task = None
        if ended_by_closing(error):
            return
        if isinstance(error, UserError):
            self.failed.emit(error)
        else:
            self.failed.emit(
                UserError("erreur_interne")
            )  # whoever shows that one is made must know that it ended
            raise error
