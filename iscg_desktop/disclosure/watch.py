"""How long work tells where it is, and stops when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from iscg_desktop.errors import IscgError

T = TypeVar("T")

WHOLE = 100


class ProtectionCancelled(IscgError):
    """The protection was stopped on request; nothing was produced."""


@dataclass(slots=True)
class Watch:
    """Reports progress out of ``WHOLE`` and raises ``ProtectionCancelled`` when asked to stop.

    Attributes:
        progress: Called with (done, WHOLE); done never goes back.
        cancelled: Asked before each step.
    """

    progress: Callable[[int, int], None] | None = None
    cancelled: Callable[[], bool] | None = None
    _done: int = -1

    def reach(self, done: float) -> None:
        """Say that this share of ``WHOLE`` is done; stop here when asked to."""
        if self.cancelled is not None and self.cancelled():
            raise ProtectionCancelled("protection cancelled")
        if self.progress is not None and int(done) > self._done:
            self._done = int(done)
            self.progress(self._done, WHOLE)

    def steps(self, items: Iterable[T], start: float, end: float) -> Iterator[T]:
        """Give the items one by one while going from one share of ``WHOLE`` to another."""
        listed = list(items)
        for rank, item in enumerate(listed):
            self.reach(start + (end - start) * rank / len(listed))
            yield item
        self.reach(end)
