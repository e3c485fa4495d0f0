"""How the benchmarks measure: the best of a few runs, the 95th of 100, the silence of a frozen window."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer

T = TypeVar("T")

CALM = "ISCG_CALME" in os.environ
"""Whether nothing else runs on this machine: silences are then held to their limit by the clock on the wall too."""

FROZEN = 0.1
"""Seconds that nothing may hold the window longer than."""


def best(act: Callable[[], object], runs: int = 5) -> float:
    """Seconds of the quickest of some runs: what the program takes, without what else the machine does."""
    return min(timed(act) for _ in range(runs))


def timed(act: Callable[[], object]) -> float:
    """Seconds of one run."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def worked(act: Callable[[], object]) -> float:
    """Seconds that this thread worked for one run: what the rest of the machine does meanwhile is left out."""
    start = time.thread_time()
    act()
    return time.thread_time() - start


@contextmanager
def nothing_collected() -> Iterator[None]:
    """No garbage is collected meanwhile: the program does it between two gestures, never within one."""
    gc.collect()
    was_enabled = gc.isenabled()
    gc.disable()
    yield
    if was_enabled:
        gc.enable()


def slow(times: Iterable[float]) -> float:
    """What 95 of 100 stay within."""
    in_order = sorted(times)
    return in_order[int(len(in_order) * 0.95)]


def within(what: str, seconds: float, limit: float) -> None:
    """Print a time as a share of its limit, and hold it to it."""
    say(what, seconds, limit)
    assert seconds <= limit, what


def say(what: str, seconds: float, limit: float) -> None:
    """Print a time as a share of its limit."""
    print(f"\n{what}: {seconds * 1000:.1f} ms, {seconds / limit:.0%} of {limit * 1000:.0f} ms", end="")


def never_frozen(acts: Mapping[str, Callable[[], object]], rounds: int = 3, settled: int = 400) -> None:
    """Hold each act, and what follows from it, to the limit; the best of some rounds of them all.

    Args:
        acts: In the order in which they are done.
        rounds: How often.
        settled: Milliseconds in which what follows from an act ends.
    """
    heart = Heart()
    found = [{what: heart.longest_silence(act, settled) for what, act in acts.items()} for _ in range(rounds)]
    worst = {what: round(max(each[what] for each in found) * 1000) for what in acts}
    print(f"\nworst rounds, in ms: {worst}", end="")
    hold({what: min(each[what] for each in found) for what in acts})


def hold(silences: Mapping[str, float]) -> None:
    """Print how long each act held the window, and refuse what is over the limit."""
    for what, silence in silences.items():
        say(what, silence, FROZEN)
    assert {what: round(silence, 3) for what, silence in silences.items() if silence > FROZEN} == {}


def turn_for(milliseconds: int) -> None:
    """Let the window turn as the program lets it: `QTest.qWait` would keep every worker from Python meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Bare:
    """Adds up what statements of the index take within a search."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def counted(self, statement: Callable[..., T]) -> Callable[..., T]:
        """The same statement, its time added up."""

        def run(*args: object, **kwargs: object) -> T:
            start = time.thread_time()
            try:
                return statement(*args, **kwargs)
            finally:
                self.seconds += time.thread_time() - start

        return run


class Heart:
    """Beats in the window's thread; the longest silence between two beats is how long the window was frozen.

    Attributes:
        longest: In time of this thread, or, where nothing else runs, by the clock: a worker that keeps Python to
            itself then counts too.
    """

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._on_beat)
        self._last = self.longest = 0.0

    def longest_silence(self, act: Callable[[], object], settled: int = 400) -> float:
        """Seconds without a beat while something is done and what follows from it settles."""
        with self.beating():
            QTimer.singleShot(0, act)
            turn_for(settled)
        return self.longest

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Beat as long as the block lasts; `longest` then says how long the window was frozen in it."""
        self._timer.start()
        turn_for(20)
        self._last, self.longest = self._now(), 0.0
        yield
        self._timer.stop()

    @staticmethod
    def _now() -> float:
        """Of this thread: what the rest of the machine takes meanwhile is not the program's."""
        return time.perf_counter() if CALM else time.thread_time()

    def _on_beat(self) -> None:
        now = self._now()
        self.longest = max(self.longest, now - self._last)
        self._last = now
