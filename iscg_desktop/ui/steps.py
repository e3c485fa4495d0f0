"""Works done in slices on the window's own thread, one each turn of the loop: the coffre's connection stays there."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject

from iscg_desktop.errors import UserError
from iscg_desktop.ui.one_a_turn import OneATurn


class Steps(QObject):
    """Runs one generator at a time; another takes its place.

    Args:
        on_error: Receives what an untaken step refuses.
    """

    def __init__(self, parent: QObject, on_error: Callable[[UserError], None]) -> None:
        super().__init__(parent)
        self._on_error = on_error
        self._work: Generator[Any, None, Any] | None = None
        self._on_done: Callable[[Any], None] | None = None
        self._timer = OneATurn(self, self._on_timeout)

    @property
    def running(self) -> bool:
        """Whether something is under way."""
        return self._work is not None

    def start(self, work: Generator[Any, None, Any], on_done: Callable[[Any], None]) -> None:
        """Begin a work; what it gives goes to ``on_done``, unless another was begun meanwhile."""
        self._work, self._on_done = work, on_done
        self._timer.start()

    def stop(self) -> None:
        """Drop what is under way."""
        self._work = self._on_done = None
        self._timer.stop()

    def _on_timeout(self) -> None:
        work, done = self._work, self._on_done
        if work is None or done is None:
            return
        try:
            next(work)
        except StopIteration as end:
            self.stop()
            done(end.value)
        except UserError as error:
            self.stop()
            self._on_error(error)
