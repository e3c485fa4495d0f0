"""Brings an exception nobody caught to the window."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal, Slot

from iscg_desktop import log


class Failures(QObject):
    """Has the window say one calm message; the draft is kept.

    Args:
        say: Says it, on the window's thread.
    """

    _failed = Signal()

    def __init__(self, say: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._say = say
        self._failed.connect(self._on_failed)

    def on_uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Made for ``sys.excepthook``; may be called from any thread."""
        log.on_uncaught(kind, error, trace)
        if not issubclass(kind, KeyboardInterrupt):
            self._failed.emit()

    @Slot()
    def _on_failed(self) -> None:
        self._say()
