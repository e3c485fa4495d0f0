"""Runs slow work away from the window: values in, values out, the answer back on the GUI thread."""

from __future__ import annotations

import sys
from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

_THREADS = 2  # a key derivation beside an export, on a laptop of two cores
_YIELD = 0.0002
"""Seconds for which a thread may keep Python from the window.

The window asks for it again after nearly every call of Qt. With Python's own 5 ms each of those waited that long, and
a page made while a worker reads tables took half a second rather than a tenth.
"""


class Task(QObject):
    """One piece of work under way.

    Signals, all on the GUI thread and never after ``cancel``:
        done: What the function returned.
        failed: The exception it raised.
        progressed: Steps done, steps in all.
        finished: It has ended, whatever the way, cancelled ones included.
    """

    done = Signal(object)
    failed = Signal(object)
    progressed = Signal(int, int)
    finished = Signal()

    _returned = Signal(object)
    _raised = Signal(object)
    _advanced = Signal(int, int)

    def __init__(self, work: Callable[[], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._work: Callable[[], Any] | None = work
        self._cancelled = Event()
        # Emitted in the worker; the slots belong to the GUI thread, so Qt queues the calls for it.
        self._returned.connect(self._on_returned)
        self._raised.connect(self._on_raised)
        self._advanced.connect(self._on_advanced)

    def is_cancelled(self) -> bool:
        """Whether its answer is no longer wanted; the worker asks too."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop, and deliver nothing more."""
        self._cancelled.set()

    def report(self, done: int, total: int) -> None:
        """Called in the worker: how far it is."""
        self._advanced.emit(done, total)

    def execute(self) -> None:
        """Called in the worker: do the work, once."""
        work, self._work = self._work, None  # what it was given, perhaps a passphrase, is not kept
        try:
            answer = work() if work is not None else None
        except BaseException as error:  # noqa: BLE001 - handed over as it is to the GUI thread
            self._raised.emit(error)
        else:
            self._returned.emit(answer)

    @Slot(object)
    def _on_returned(self, answer: object) -> None:
        if not self.is_cancelled():
            self.done.emit(answer)
        self.finished.emit()

    @Slot(object)
    def _on_raised(self, error: BaseException) -> None:
        if not self.is_cancelled():
            self.failed.emit(error)
        self.finished.emit()

    @Slot(int, int)
    def _on_advanced(self, done: int, total: int) -> None:
        if not self.is_cancelled():
            self.progressed.emit(done, total)


class TaskRunner(QObject):
    """Runs functions in threads of its own.

    A function takes and returns values only; whoever calls keeps the coffre's connection on its thread.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_THREADS)
        self._tasks: list[Task] = []
        sys.setswitchinterval(_YIELD)

    @property
    def running(self) -> int:
        """How many tasks have not ended."""
        return len(self._tasks)

    def run(
        self,
        function: Callable[..., Any],
        *args: Any,
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[BaseException], None] | None = None,
        on_progress: Callable[[int, int], None] | None = None,
        cancellable: bool = False,
        **kwargs: Any,
    ) -> Task:
        """Run a function in a thread.

        Args:
            function: What to run.
            *args: Its arguments.
            on_done: Receives what it returns.
            on_error: Receives the exception it raises; without it the exception is raised on the GUI
                thread, for the exception hook.
            on_progress: Receives steps done and steps in all; the function is then given
                ``progress(done, total)``.
            cancellable: The function is then given ``cancelled()``, to ask now and then.
            **kwargs: More of its arguments.

        Bound methods of QObjects are best as ``on_…``: they are not called once their object is gone.
        """
        task = Task(lambda: function(*args, **kwargs), self)
        if on_progress is not None:
            kwargs["progress"] = task.report
        if cancellable:
            kwargs["cancelled"] = task.is_cancelled
        if on_done is not None:
            task.done.connect(on_done)
        task.failed.connect(self._on_unhandled if on_error is None else on_error)
        if on_progress is not None:
            task.progressed.connect(on_progress)
        task.finished.connect(self._on_task_finished)
        self._tasks.append(task)
        self._pool.start(task.execute)
        return task

    def close(self, patience: int = -1) -> None:
        """Cancel everything and wait until the threads have ended.

        Args:
            patience: Milliseconds after which to wait no more; without end unless given.
        """
        for task in self._tasks:
            task.cancel()
        self._pool.waitForDone(patience)

    @Slot(object)
    def _on_unhandled(self, error: BaseException) -> None:
        raise error

    @Slot()
    def _on_task_finished(self) -> None:
        task = self.sender()
        assert isinstance(task, Task)
        # Not deleted: whoever started it may still ask to cancel it. A task that has ended holds nothing.
        self._tasks.remove(task)
