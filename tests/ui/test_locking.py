"""The veil, then the lock, when nobody touches the program; each once, whatever the clocks do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from iscg_desktop.ui.locking import IdleWatcher

MINUTE = 60.0


class Clocks:
    """Two clocks a test moves by hand."""

    def __init__(self) -> None:
        self.monotonic = self.wall = 1_000.0

    def __call__(self) -> tuple[float, float]:
        return self.monotonic, self.wall

    def pass_minutes(self, minutes: float) -> None:
        self.monotonic += minutes * MINUTE
        self.wall += minutes * MINUTE

    def sleep_minutes(self, minutes: float) -> None:
        """The laptop sleeps: only the wall clock goes on."""
        self.wall += minutes * MINUTE


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def watcher(qapp, clocks):
    made = IdleWatcher(qapp, clocks=clocks)
    made.asked = []
    made.veil_requested.connect(lambda: made.asked.append("voile"))
    made.lock_requested.connect(lambda: made.asked.append("verrou"))
    made.start()
    yield made
    made.stop()
    made.deleteLater()


def type_at(widget):
    """A key that enters by the window, as the system sends it."""
    QTest.keyClick(widget.window().windowHandle(), "a")
    assert widget.text() == "a"


def mouse(widget, kind):
    """A mouse event that enters by the window."""
    place = QPointF(5, 5)
    button = Qt.MouseButton.LeftButton if kind == QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
    event = QMouseEvent(
        kind, place, widget.mapToGlobal(place), button, button, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget.window().windowHandle(), event)


def test_the_veil_after_five_minutes_and_the_lock_after_twenty(watcher, clocks):
    clocks.pass_minutes(4.9)
    watcher.check()
    assert watcher.asked == []
    clocks.pass_minutes(0.2)
    watcher.check()
    watcher.check()
    assert watcher.asked == ["voile"]
    clocks.pass_minutes(14.8)
    watcher.check()
    assert watcher.asked == ["voile"]
    clocks.pass_minutes(0.2)
    watcher.check()
    watcher.check()
    assert watcher.asked == ["voile", "verrou"]


def test_a_keystroke_begins_a_new_stretch(watcher, clocks, shown):
    line = QLineEdit()
    shown(line)
    clocks.pass_minutes(4.9)
    type_at(line)
    clocks.pass_minutes(4.9)
    watcher.check()
    assert watcher.asked == []


def test_moving_the_mouse_counts_too(watcher, clocks, shown):
    line = QLineEdit()
    shown(line)
    clocks.pass_minutes(4)
    mouse(line, QEvent.Type.MouseMove)
    assert watcher.idle_seconds() == 0
    clocks.pass_minutes(4)
    mouse(line, QEvent.Type.MouseButtonPress)
    assert watcher.idle_seconds() == 0


def test_sleep_counts_and_the_key_that_wakes_does_not_undo_it(watcher, clocks, shown):
    line = QLineEdit()
    shown(line)
    clocks.sleep_minutes(60)
    type_at(line)
    assert watcher.asked == ["verrou"]


def test_setting_the_clock_back_does_not_put_the_lock_off(watcher, clocks):
    clocks.monotonic += 21 * MINUTE
    clocks.wall -= 3_000 * MINUTE
    watcher.check()
    assert watcher.asked == ["verrou"]


def test_delays_can_be_changed_or_switched_off(watcher, clocks):
    watcher.set_delays(0, 2)
    clocks.pass_minutes(1.9)
    watcher.check()
    assert watcher.asked == []
    clocks.pass_minutes(0.2)
    watcher.check()
    assert watcher.asked == ["verrou"]
    watcher.start()
    watcher.set_delays(1, 0)
    clocks.pass_minutes(500)
    watcher.check()
    assert watcher.asked == ["verrou", "voile"]


def test_the_watch_ends_with_the_coffre(watcher, clocks, shown):
    line = QLineEdit()
    shown(line)
    watcher.stop()
    clocks.pass_minutes(3)
    type_at(line)
    assert watcher.idle_seconds() == 3 * MINUTE
