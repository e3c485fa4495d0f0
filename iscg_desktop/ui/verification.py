"""Checks a large coffre while she already reads it; until it is done, what she types waits on the screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from iscg_desktop.errors import UserError
from iscg_desktop.services.coffre import CoffreService
from iscg_desktop.ui.tasks import TaskRunner


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

    def start(self) -> None:
        """Begin, unless the coffre was small enough to be checked at its opening."""
        if self._coffre.waits_for_check:
            self._tasks.run(self._coffre.checking(), on_done=self._on_checked, on_error=self._on_error)

    @Slot(object)
    def _on_checked(self, check: object) -> None:
        try:
            self._coffre.admit(check)
        except UserError as error:
            self.failed.emit(error)
        else:
            self.passed.emit()

    @Slot(object)
    def _on_error(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._coffre.refuse(error)
        self.failed.emit(error)
