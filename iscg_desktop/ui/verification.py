"""Checks a large coffre while she already reads it; until it is done, what she types waits on the screen."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from iscg_desktop.errors import UserError
from iscg_desktop.services.coffre_ouvert import CoffreService
from iscg_desktop.ui.one_a_turn import OneATurn
from iscg_desktop.ui.tasks import TaskRunner

_AFTER = 700  # ms after the opening: the page she left comes first, and a core is taken then
_LATER = 500  # ms after the check: what waited for it is written first


class Verification(QObject):
    """The check that follows the opening.

    Signals:
        passed: The coffre may be written in.
        failed: It is damaged, and never will be; carries the ``UserError``.
    """

    passed = Signal()
    failed = Signal(object)

    def __init__(self, coffre: CoffreService, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._coffre, self._tasks = coffre, tasks
        self._beginning = QTimer(self, singleShot=True, interval=_AFTER)
        self._beginning.timeout.connect(self._on_beginning)
        self._thinning = OneATurn(self, self._on_thinning, _LATER)

    def start(self) -> None:
        """Begin in a moment, unless the coffre was small enough to be checked at its opening."""
        if self._coffre.waits_for_check:
            self._beginning.start()

    def stop(self) -> None:
        """Begin nothing more: the coffre closes."""
        self._beginning.stop()
        self._thinning.stop()

    @Slot()
    def _on_beginning(self) -> None:
        self._tasks.run(self._coffre.checking(), on_done=self._on_checked, on_error=self._on_error)

    @Slot(object)
    def _on_checked(self, check: object) -> None:
        try:
            self._coffre.admit(check)
        except UserError as error:
            self.failed.emit(error)
        else:
            self._thinning.start()
            self.passed.emit()

    def _on_thinning(self) -> None:
        self._thinning.stop()
        with suppress(UserError):  # a disk that refuses: the next opening does it
            self._coffre.thin_journal()

    @Slot(object)
    def _on_error(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._coffre.refuse(error)
        self.failed.emit(error)
