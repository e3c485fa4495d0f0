"""Which backups are kept as they age, and when the last one is too old."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final

CONSERVATION: Final = timedelta(days=365)
"""No backup is kept longer: what was erased must not outlive its erasure by more."""

RAPPEL: Final = timedelta(days=7)
"""A verified backup older than this is recalled on the day's page."""

INTERVALLE: Final = timedelta(hours=1)
"""The program makes no backup by itself sooner after the last one."""

# Newest of each hour, day, week and month, for as long as said; then the coarser one goes on.
_PALIERS: Final[tuple[tuple[timedelta, Callable[[datetime], tuple[int, ...]]], ...]] = (
    (timedelta(hours=8), lambda m: (m.year, m.month, m.day, m.hour)),
    (timedelta(days=7), lambda m: (m.year, m.month, m.day)),
    (timedelta(days=31), lambda m: m.isocalendar()[:2]),
    (CONSERVATION, lambda m: (m.year, m.month)),
)


def a_garder(moments: Collection[datetime], now: datetime) -> frozenset[datetime]:
    """Of the moments at which backups were made, those whose backup is kept.

    The newest is always kept unless it is past `CONSERVATION`; one of the future too, since a clock may be wrong.
    """
    newest: dict[tuple[int, tuple[int, ...]], datetime] = {}
    kept = {moment for moment in moments if moment > now}
    for moment in moments:
        for rank, (span, bucket) in enumerate(_PALIERS):
            if timedelta() <= now - moment <= span:
                place = (rank, bucket(moment))
                newest[place] = max(newest.get(place, moment), moment)
    return frozenset(kept.union(newest.values()))


def est_ancienne(derniere: datetime | None, now: datetime) -> bool:
    """Whether she is to be reminded: the last verified backup is old, or there never was one."""
    return derniere is None or now - derniere > RAPPEL


def est_due(derniere: datetime | None, now: datetime) -> bool:
    """Whether the program makes one by itself; a clock that was set back does not put it off."""
    return derniere is None or not timedelta() <= now - derniere < INTERVALLE
