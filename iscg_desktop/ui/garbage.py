"""Collects Python's garbage in the window's thread only.

Python collects cycles in whichever thread happens to allocate. A widget collected in a worker is handed to the window's
thread to be deleted later, when Qt may have deleted it with its parent: the process broke in seven runs of eight on a
busy machine (PySide6 6.11.3). So nothing is collected by itself, and a timer of the window does it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY = 1_000  # ms


def leave_alone() -> None:
    """Go no more through what is there by now: the code, the pages of the desk, which last as long as the process.

    On ten years of data going through all of it holds the window for one or two tenths of a second, every other
    minute. Only for a process that has one desk: what of it becomes garbage later stays until ``look_again``.
    """
    gc.freeze()


def look_again() -> None:
    """Go through all of it again: the desk is gone, and the process goes on."""
    gc.unfreeze()


class Pause:
    """While it lasts nothing is collected; what long work in steps leaves behind waits for its end.

    It holds a whole file: going through all that is in memory would hold the window for tenths of a second.
    """

    running = False

    def __init__(self) -> None:
        self._was_enabled = gc.isenabled()
        gc.disable()
        Pause.running = True

    def end(self) -> None:
        """Collect again; what is there by now counts as old at once, for going through it young takes as long."""
        Pause.running = False
        gc.freeze()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()


class GarbageCollector(QObject):
    """Takes the collector over for as long as the program lasts.

    Args:
        parent: Lives as long; in the window's thread.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect the oldest generation that is due, as Python would have; nothing during a pause."""
        if Pause.running:
            return
        due = [
            generation
            for generation, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if limit and count > limit
        ]
        if due:
            gc.collect(due[-1])
