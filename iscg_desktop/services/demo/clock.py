"""A clock that the demonstration moves from day to day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from iscg_desktop.services.clock import Clock


class MovingClock:
    """Tells the day it was moved to, at nine in the morning."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.clock = Clock(
            today=lambda: self.day, now=lambda: datetime.combine(self.day, time(9), tzinfo=UTC)
        )
