"""A commit in a thread of its own, so that the window turns however long the disk takes."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Apart:
    """Runs one act in a thread; whoever began it waits, and asks nothing of what it works on meanwhile.

    Args:
        act: Run in the thread, from now on.
        after: Run by ``result``, once the act went well.
    """

    def __init__(self, act: Callable[[], None], after: Callable[[], None] = lambda: None) -> None:
        self._act, self._after = act, after
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="commit")
        self._thread.start()

    def has_ended(self, seconds: float) -> bool:
        """Whether it has, waiting for it that long at most."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def result(self) -> None:
        """Wait for it; raises what it raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        self._after()

    def _run(self) -> None:
        try:
            self._act()
        except BaseException as error:  # noqa: BLE001 - raised by `result`, in the thread that waits
            self._error = error
