"""No thread but the window's collects a widget."""

from __future__ import annotations

import gc
import weakref
from threading import Thread

from PySide6.QtWidgets import QWidget

from iscg_desktop.ui.garbage import GarbageCollector, Pause


class Cycle(QWidget):
    """A widget that holds itself."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self


def test_a_worker_that_allocates_collects_no_widget(qapp, garbage: GarbageCollector) -> None:
    left = weakref.ref(Cycle())
    worker = Thread(target=lambda: [[] for _ in range(200_000)])
    worker.start()
    worker.join()
    assert not gc.isenabled()
    assert left() is not None


def test_what_is_left_is_collected_in_the_end(qapp, qtbot, garbage: GarbageCollector) -> None:
    left = weakref.ref(Cycle())
    filled = [[] for _ in range(2_000)]  # enough for the youngest generation to be due

    def collected() -> bool:
        filled.extend([] for _ in range(2_000))
        garbage.collect()
        return left() is None

    qtbot.waitUntil(collected)


def test_it_collects_by_itself(qapp, qtbot, garbage: GarbageCollector) -> None:
    filled = [[] for _ in range(50_000)]
    assert gc.get_count()[0] > gc.get_threshold()[0]
    qtbot.waitUntil(lambda: gc.get_count()[0] < 20_000, timeout=4_000)
    assert len(filled) == 50_000


def test_nothing_is_collected_during_a_pause(qapp, garbage: GarbageCollector) -> None:
    left = weakref.ref(Cycle())
    pause = Pause()
    filled = [[] for _ in range(2_000)]
    garbage.collect()
    assert left() is not None
    assert gc.get_count()[0] > gc.get_threshold()[0]
    pause.end()
    assert not gc.isenabled()  # it still is the window that collects
    garbage.collect()
    assert gc.get_count()[0] < len(filled)
