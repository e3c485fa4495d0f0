"""Long work in turns, or all at once for whoever cannot wait."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

_T = TypeVar("_T")

InTurns = Generator[None, None, _T]
"""Work that stops after each of its steps, and gives something at its end."""


def at_once(work: Generator[Any, None, _T]) -> _T:
    """Take every step now; what the work gives."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: _T = end.value
            return found
