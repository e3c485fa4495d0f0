"""A disk that fails, or a program that dies, at the n-th call to the operating system."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

_CALLS = ("open", "write", "fsync", "fchmod", "chmod", "mkdir", "replace", "rename", "unlink", "rmdir")


class Died(BaseException):
    """The program was killed: nothing of it runs after, not even what tidies up."""


class Disk:
    """Counts the calls that change the disk, and breaks from a chosen one on.

    Attributes:
        calls: What was called so far, with its first argument.
    """

    def __init__(self, at: int, break_with: Callable[[], BaseException], *, dead_after: bool) -> None:
        self.calls: list[tuple[str, object]] = []
        self._at = at
        self._break_with = break_with
        self._dead_after = dead_after

    def wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """The real call, unless it is the one that breaks."""

        def call(*args: Any, **kwargs: Any) -> Any:
            self.calls.append((name, args[0]))
            number = len(self.calls)
            if number == self._at or (self._dead_after and number > self._at > 0):
                raise self._break_with()
            return real(*args, **kwargs)

        return call


@contextmanager
def _patched(disk: Disk) -> Iterator[Disk]:
    replacements = {name: disk.wrapped(name, getattr(os, name)) for name in _CALLS if hasattr(os, name)}
    with mock.patch.multiple(os, **replacements):
        yield disk


def watched_disk() -> Any:
    """Nothing breaks; `calls` tells what was asked, in order."""
    return _patched(Disk(0, Died, dead_after=False))


def failing_disk(at: int, number: int) -> Any:
    """The call `at` (from 1) fails with the error `number`; those after it succeed."""
    return _patched(Disk(at, lambda: OSError(number, os.strerror(number)), dead_after=False))


def dying_program(at: int) -> Any:
    """The program dies instead of making the call `at`."""
    return _patched(Disk(at, Died, dead_after=True))
