"""Slow steps of the window's thread, one a turn whoever takes them: several due at once would hold it for their sum."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

_SHORT = 0.005
"""Seconds that a step may take and be followed at once by another one."""

_BREATH = 0.002
"""Seconds left after a longer step: keys, what is to be drawn and quicker timers go before the next."""


class OneATurn(QTimer):
    """Takes a step at each timeout, unless a long one, its own or another's, ended just now: it waits for the next.

    Args:
        parent: Lives as long.
        step: Short enough not to be felt; it stops the timer when nothing is left.
        interval: Milliseconds between two of them.
    """

    _ended = 0.0

    def __init__(self, parent: QObject, step: Callable[[], object], interval: int = 0) -> None:
        super().__init__(parent, interval=interval)
        self._step = step
        self._seen = 0.0  # end of the last long step that a timeout of this one came after
        self.timeout.connect(self._on_timeout)

    def take(self) -> None:
        """Take a step now."""
        start = time.monotonic()
        try:
            self._step()
        finally:
            end = time.monotonic()
            if end - start > _SHORT:
                OneATurn._ended = end

    @Slot()
    def _on_timeout(self) -> None:
        ended, seen = OneATurn._ended, self._seen
        self._seen = ended
        if time.monotonic() - ended < _BREATH:
            return
        # What was to be drawn may have taken the breath: without a pause, one more turn of the loop goes to the others.
        if seen == ended or self.interval():
            self.take()
