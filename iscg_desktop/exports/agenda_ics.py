"""An agenda as an iCalendar file (RFC 5545): when and where she is, never whom she meets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Event


@dataclass(frozen=True, slots=True)
class Creneau:
    """A time that is taken.

    Attributes:
        uid: Stays the same at each export of the same entry.
        titre: A place or a kind; no name, no word about anyone.
        jour: The day, or the first of those that come back.
        fin: Hour of the end; None: ``minutes`` after ``debut``.
        weekly: Whether it comes back each week.
        until: Last day on which it may come back; None for no end.
        without: Days on which it does not.
    """

    uid: str
    titre: str
    jour: date
    debut: time
    fin: time | None = None
    minutes: int = 0
    weekly: bool = False
    until: date | None = None
    without: tuple[date, ...] = ()


def agenda_ics(creneaux: Iterable[Creneau], now: datetime) -> bytes:
    """The file. Hours are those of the clock on the wall wherever it is read (RFC 5545, 3.3.5, form 1).

    Args:
        creneaux: What is taken.
        now: When the file is made, UTC.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//ISCG Desktop//FR")
    calendar.add("version", "2.0")
    for each in creneaux:
        calendar.add_component(_event(each, now))
    return bytes(calendar.to_ical())


def _event(each: Creneau, now: datetime) -> Event:
    from icalendar import Event

    begin = datetime.combine(each.jour, each.debut)
    end = datetime.combine(each.jour, each.fin) if each.fin else begin + timedelta(minutes=each.minutes)
    event = Event()
    event.add("uid", each.uid)
    event.add("dtstamp", now)
    event.add("dtstart", begin)
    event.add("dtend", end)
    event.add("summary", each.titre)
    event.add("class", "PRIVATE")
    if each.weekly:
        rule: dict[str, object] = {"freq": "weekly"}
        if each.until is not None:
            rule["until"] = datetime.combine(each.until, time(23, 59, 59))
        event.add("rrule", rule)
        for day in each.without:
            event.add("exdate", datetime.combine(day, each.debut))
    return event
