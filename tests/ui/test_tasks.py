"""Slow work leaves the window alive, and its answer comes back on the window's thread."""

from __future__ import annotations

import gc
import sys
import threading
import weakref

import pytest
from PySide6.QtCore import QObject, QTimer, Slot

from iscg_desktop.ui.tasks import TaskRunner


class Listener(QObject):
    """Keeps what it is told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.steps: list[tuple[int, int]] = []
        self.threads: set[int] = set()

    @Slot(object)
    def on_answer(self, answer: object) -> None:
        self.answers.append(answer)
        self.threads.add(threading.get_ident())

    @Slot(int, int)
    def on_step(self, done: int, total: int) -> None:
        self.steps.append((done, total))
        self.threads.add(threading.get_ident())


@pytest.fixture
def runner(qapp):
    made = TaskRunner()
    yield made
    made.close()


@pytest.fixture
def listener() -> Listener:
    return Listener()


def test_work_is_done_elsewhere_and_answered_here(runner, listener, qtbot):
    workers = []

    def double(value: int, *, plus: int) -> int:
        workers.append(threading.get_ident())
        return 2 * value + plus

    task = runner.run(double, 20, plus=2, on_done=listener.on_answer)
    with qtbot.waitSignal(task.finished):
        pass
    assert listener.answers == [42]
    assert listener.threads == {threading.get_ident()}
    assert workers != [threading.get_ident()]
    assert runner.running == 0


def test_a_plain_function_is_answered_on_the_windows_thread_too(runner, qtbot):
    threads = []
    runner.run(str, 1, on_done=lambda _answer: threads.append(threading.get_ident()))
    qtbot.waitUntil(lambda: threads == [threading.get_ident()])


def test_the_event_loop_turns_while_work_is_under_way(runner, listener, qtbot):
    turned = threading.Event()
    QTimer.singleShot(0, turned.set)
    # The work ends only if the window's event loop runs meanwhile.
    runner.run(turned.wait, 10, on_done=listener.on_answer)
    qtbot.waitUntil(lambda: listener.answers == [True])


def test_an_error_comes_back_as_it_was_raised(runner, listener, qtbot):
    def fail() -> None:
        raise ValueError("plein")

    runner.run(fail, on_done=pytest.fail, on_error=listener.on_answer)
    qtbot.waitUntil(lambda: len(listener.answers) == 1)
    assert isinstance(listener.answers[0], ValueError)
    assert listener.threads == {threading.get_ident()}


def test_an_error_nobody_waits_for_reaches_the_exception_hook(runner, qtbot):
    def fail() -> None:
        raise ValueError("plein")

    with qtbot.captureExceptions() as caught:
        task = runner.run(fail)
        with qtbot.waitSignal(task.finished):
            pass
    assert [kind for kind, _, _ in caught] == [ValueError]
    assert runner.running == 0


def test_progress_is_told_on_the_windows_thread(runner, listener, qtbot):
    def count(total: int, progress) -> int:
        for step in range(total):
            progress(step + 1, total)
        return total

    runner.run(count, 3, on_done=listener.on_answer, on_progress=listener.on_step)
    qtbot.waitUntil(lambda: listener.answers == [3])
    assert listener.steps == [(1, 3), (2, 3), (3, 3)]
    assert listener.threads == {threading.get_ident()}


def test_cancelled_work_stops_and_delivers_nothing(runner, listener, qtbot):
    started = threading.Event()

    def work(progress, cancelled) -> str:
        started.set()
        while not cancelled():
            progress(1, 2)
        return "trop tard"

    task = runner.run(
        work,
        on_done=listener.on_answer,
        on_error=listener.on_answer,
        on_progress=listener.on_step,
        cancellable=True,
    )
    assert started.wait(10)
    task.cancel()
    before = list(listener.steps)
    with qtbot.waitSignal(task.finished):
        pass
    assert listener.answers == []
    assert listener.steps == before


def test_an_answer_for_a_page_that_is_gone_is_dropped(runner, qtbot):
    go = threading.Event()
    gone = Listener()
    answers = gone.answers
    task = runner.run(go.wait, 10, on_done=gone.on_answer)
    gone.deleteLater()
    qtbot.waitSignal(gone.destroyed).wait()
    with qtbot.waitSignal(task.finished):
        go.set()
    assert answers == []


def test_closing_waits_for_the_end_of_the_work(qapp):
    runner = TaskRunner()
    ended = threading.Event()

    def work(cancelled) -> None:
        while not cancelled():
            pass
        ended.set()

    runner.run(work, cancellable=True)
    runner.close()
    assert ended.is_set()


def test_work_that_has_ended_keeps_nothing_and_can_still_be_cancelled(runner, qtbot):
    class Secret:
        pass

    secret = Secret()
    kept = weakref.ref(secret)
    task = runner.run(id, secret)
    with qtbot.waitSignal(task.finished):
        pass
    del secret

    def gone() -> bool:
        gc.collect()
        return kept() is None

    qtbot.waitUntil(gone)  # the worker leaves its function a moment after it told
    task.cancel()
    assert task.is_cancelled()


def test_a_worker_gives_python_back_to_the_window_at_once(runner: TaskRunner) -> None:
    """The window asks for it after nearly every call of Qt; what that saves is measured by the benchmarks."""
    assert sys.getswitchinterval() <= 0.001
