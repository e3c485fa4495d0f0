"""A page that comes a step at a time: made, filled and shown in one turn it would hold the window."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal

from iscg_desktop.ui.one_a_turn import OneATurn

AGAIN: Final = "again"


class Coming(QObject):
    """Takes the steps by which a page comes into sight; what is asked for meanwhile takes their place.

    Signals:
        awaited: Key of the page that is to come.
        given_up: It will not: a step failed.
    """

    awaited = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: deque[Callable[[], object]] = deque()
        self._turn = OneATurn(self, self._take)

    def expect(self, key: str) -> None:
        """Say that a page is to come."""
        self.awaited.emit(key)

    def begin(self, key: str, *steps: Callable[[], object]) -> None:
        """Have a page come: one step now and one at each turn that follows; the last one shows it.

        A step that answers ``AGAIN`` has a part of its work left, and is taken once more.
        """
        self.awaited.emit(key)
        self._steps = deque(steps)
        self._turn.start()
        self._turn.take()

    def _take(self) -> None:
        step = self._steps.popleft()
        steps = self._steps
        try:
            if step() is AGAIN:
                steps.appendleft(step)
        except BaseException:
            self._steps.clear()
            self.given_up.emit()
            raise
        finally:
            if not self._steps:
                self._turn.stop()
