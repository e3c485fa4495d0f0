"""Slow steps of several timers due at once leave the window a turn between them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from iscg_desktop.ui import one_a_turn
from iscg_desktop.ui.one_a_turn import OneATurn


class Clock:
    """Goes on when it is told."""

    def __init__(self) -> None:
        self.now = 1.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(one_a_turn, "time", made)
    monkeypatch.setattr(OneATurn, "_ended", 0.0)
    return made


class Work(QObject):
    """Two timers whose steps take as long as it says."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        super().__init__()
        self.done: list[str] = []

        def step(name: str) -> None:
            self.done.append(name)
            clock.now += seconds

        self.first = OneATurn(self, lambda: step("first"))
        self.second = OneATurn(self, lambda: step("second"))


def test_a_long_step_makes_the_next_one_wait_whoever_takes_it(qapp: object, clock: Clock) -> None:
    work = Work(clock, 0.040)
    for timer in (work.first, work.second, work.first):
        timer.timeout.emit()
    assert work.done == ["first"]
    clock.now += 0.003
    work.second.timeout.emit()
    assert work.done == ["first", "second"]


def test_short_steps_follow_each_other_at_once(qapp: object, clock: Clock) -> None:
    work = Work(clock, 0.001)
    for timer in (work.first, work.second, work.first):
        timer.timeout.emit()
    assert work.done == ["first", "second", "first"]


def test_a_step_that_fails_counts_like_another(qapp: object, clock: Clock) -> None:
    def fail() -> None:
        clock.now += 0.040
        raise ZeroDivisionError

    owner = QObject()
    with pytest.raises(ZeroDivisionError):
        OneATurn(owner, fail).take()
    work = Work(clock, 0.040)
    work.first.timeout.emit()
    assert work.done == []


def test_it_goes_on_by_itself_until_its_step_stops_it(qapp: object, qtbot) -> None:  # type: ignore[no-untyped-def]
    left = [3]

    def step() -> None:
        left[0] -= 1
        if not left[0]:
            timer.stop()

    owner = QObject()
    timer = OneATurn(owner, step)
    timer.start()
    qtbot.waitUntil(lambda: not timer.isActive())
    assert left == [0]


def test_what_was_drawn_meanwhile_does_not_take_the_turn_of_the_others(qapp: object, clock: Clock) -> None:
    work = Work(clock, 0.040)
    work.first.timeout.emit()
    clock.now += 0.010  # the page the step filled was drawn
    work.second.timeout.emit()
    assert work.done == ["first"]
    work.second.timeout.emit()
    assert work.done == ["first", "second"]
    clock.now += 0.010
    work.first.setInterval(80)  # it paused by itself
    work.first.timeout.emit()
    assert work.done == ["first", "second", "first"]
