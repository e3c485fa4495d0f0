"""Asks for the veil, then for the lock, when nobody has touched the program for a while."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from iscg_desktop.ui.input_watch import InputWatch

_CHECK = 5_000  # ms
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
    }
)


def _clocks() -> tuple[float, float]:
    """Seconds that never go back, and seconds of the wall, which go on while the laptop sleeps."""
    return time.monotonic(), time.time()


class IdleWatcher(QObject):
    """Measures how long nobody has typed or moved the mouse.

    Each signal is emitted once per idle stretch; the next sign of life begins a new one.

    Args:
        app: The application whose events are watched.
        veil_minutes: Idle minutes before ``veil_requested``; 0 for never.
        lock_minutes: Idle minutes before ``lock_requested``; 0 for never.
        clocks: (monotonic, wall) seconds.
    """

    veil_requested = Signal()
    lock_requested = Signal()

    def __init__(
        self,
        app: QApplication,
        *,
        veil_minutes: int = 5,
        lock_minutes: int = 20,
        clocks: Callable[[], tuple[float, float]] = _clocks,
    ) -> None:
        super().__init__(app)
        self._clocks = clocks
        self._watching = False
        self._veiled = self._locked = False
        self._timer = QTimer(self, interval=_CHECK)
        self._timer.timeout.connect(self.check)
        self.set_delays(veil_minutes, lock_minutes)
        self._last = clocks()
        self._input = InputWatch(app, self)

    def set_delays(self, veil_minutes: int, lock_minutes: int) -> None:
        """Wait for other delays, from the last sign of life on."""
        self._veil, self._lock = veil_minutes * 60, lock_minutes * 60

    def start(self) -> None:
        """Begin to watch, as if something had just been typed."""
        self.touch()
        self._watching = True
        self._input.look_again()
        self._timer.start()

    def stop(self) -> None:
        """Watch no more: the coffre is closed."""
        self._watching = False
        self._timer.stop()

    def touch(self) -> None:
        """Note a sign of life; never takes a request back."""
        self._last = self._clocks()
        self._veiled = self._locked = False

    @Slot()
    def check(self) -> None:
        """Ask for what is due; a timer calls this every five seconds."""
        idle = self.idle_seconds()
        if self._lock and idle >= self._lock and not self._locked:
            self._locked = True
            self.lock_requested.emit()
        elif self._veil and idle >= self._veil and not self._veiled and not self._locked:
            self._veiled = True
            self.veil_requested.emit()

    def idle_seconds(self) -> float:
        """Seconds since the last sign of life.

        The longer of two clocks: one stops while the laptop sleeps, the other can be set back.
        """
        now = self._clocks()
        return max(now[0] - self._last[0], now[1] - self._last[1])

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self._watching and event.type() in _SIGNS_OF_LIFE:
            # After a sleep, the key that wakes the laptop must not count as presence before the check.
            self.check()
            if not self._locked:
                self.touch()
        return False
