"""The only clock of the program: civil dates for events, UTC for technical stamps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Where today and now come from; a demonstration brings its own."""

    today: Callable[[], date] = date.today
    now: Callable[[], datetime] = _utc_now
