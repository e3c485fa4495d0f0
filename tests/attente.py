"""Waits for what a window does in turns of its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtTest import QTest


def wait_for(happened: Callable[[], bool], patience: int = 5_000) -> None:
    """Let the window turn until something is so.

    Args:
        happened: Whether it is.
        patience: Milliseconds after which it is taken for never.
    """
    end = QDeadlineTimer(patience)
    while not happened():
        assert not end.hasExpired()
        QTest.qWait(5)
