"""Dates, hours, durations and births as one types and reads them in French; pure, today is an argument."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from iscg_desktop.errors import UserError

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

Prefer = Literal["past", "future"]

# Nobody met today was born earlier, nothing planned today comes later.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
# A year typed with two figures may lie this far ahead (a date to come), otherwise it is in the last century.
_YEARS_AHEAD = 10
_OLDEST = 120
_DAY = 24 * 60

_NBSP = "\u00a0"
_WORDS_OF_DAYS = {"avant hier": -2, "hier": -1, "aujourd'hui": 0, "auj": 0, "demain": 1, "apres demain": 2}


@dataclass(frozen=True, slots=True)
class Naissance:
    """What is known of a birth; exactly one of the three is set.

    Attributes:
        date: The day.
        annee: Only the year.
        age_estime: Age in years as estimated on the day it was noted.
    """

    date: date | None = None
    annee: int | None = None
    age_estime: int | None = None

    @property
    def is_possible(self) -> bool:
        """Whether somebody alive can have been born so; what is typed was read as such, what is read is not."""
        year = self.date.year if self.date is not None else self.annee
        return (year is None or year >= _FIRST_YEAR) and (
            self.age_estime is None or 0 <= self.age_estime <= _OLDEST
        )


def parse_date(text: str, today: date, *, prefer: Prefer = "past") -> date:
    """Read a day: ``hier``, ``-2``, ``12/3``, ``12 mars``, ``lundi``, ``120326`` or ``2026-03-12``.

    Args:
        text: What was typed; case, accents and spaces do not matter.
        today: The day it is typed.
        prefer: Where a day without its year, or a weekday alone, lies. With ``past``, 12/3 may be today;
            ``lundi`` typed on a Monday is never today.

    Raises:
        UserError: ``date_illisible``, ``date_impossible``, ``date_trop_lointaine`` or ``date_autre_jour``.
    """
    words = _plain(text)

    def nearest(day: int, month: int) -> date:
        return _nearest(day, month, today, prefer)

    found = (
        _relative(words, today)
        or _weekday_alone(words, today, prefer)
        or _calendar_date(words, today, nearest, _event_century)
    )
    if found is None:
        raise UserError("date_illisible")
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise UserError("date_trop_lointaine")
    return found


def parse_heure(text: str) -> time:
    """Read an hour: ``9h30``, ``9:30``, ``930``, ``9h``, ``14``, ``midi``.

    Raises:
        UserError: ``heure_illisible`` or ``heure_impossible``.
    """
    words = _plain(text)
    if words in {"midi", "minuit"}:
        return time(12 if words == "midi" else 0)
    match = re.fullmatch(r"(\d{1,2})(?: ?[h:.] ?(\d{2})?)?(?: ?mi?n)?", words) or re.fullmatch(
        r"(\d{1,2})(\d\d)", words
    )
    if match is None:
        raise UserError("heure_illisible")
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour > 23 or minute > 59:
        raise UserError("heure_impossible")
    return time(hour, minute)


def parse_duree(text: str) -> int:
    """Read a duration in minutes, at most one day: ``45``, ``1h``, ``1h30``, ``90 min``.

    Raises:
        UserError: ``duree_illisible`` or ``duree_impossible``.
    """
    words = _plain(text)
    minutes = re.fullmatch(r"(\d{1,5}) ?(?:m|mn|min|minutes?|')?", words)
    hours = re.fullmatch(r"(\d{1,3}) ?(?:h|heures?|:) ?(?:(\d{1,2}) ?(?:m|mn|min|minutes?|')?)?", words)
    if minutes is not None:
        total = int(minutes[1])
    elif hours is not None:
        rest = int(hours[2] or 0)
        total = int(hours[1]) * 60 + rest if rest < 60 else _DAY + 1
    else:
        raise UserError("duree_illisible")
    if total > _DAY:
        raise UserError("duree_impossible")
    return total


def parse_naissance(text: str, today: date) -> Naissance:
    """Read a birth: a day, a year alone (``1988``) or an estimated age (``~30``, ``environ 30 ans``).

    Two figures alone are refused, since 30 may be an age or a year.

    Raises:
        UserError: ``naissance_illisible``, ``naissance_future``, ``naissance_trop_ancienne``, or one of the
            errors of an impossible date.
    """
    words = re.sub(r"^nee? (?:le |en )?", "", _plain(text))
    about = re.fullmatch(r"(?:(?:~|env(?:iron)?\.?|vers|a peu pres|autour de) ?)?(\d{1,4}) ?(?:ans?)?", words)
    if about is not None and words != about[1]:
        number = int(about[1])
        if len(about[1]) == 4 and not words.endswith(("an", "ans")):
            return _birth_year(number, today)
        if number > _OLDEST:
            raise UserError("naissance_trop_ancienne")
        return Naissance(age_estime=number)
    if re.fullmatch(r"\d{4}", words):
        return _birth_year(int(words), today)
    born = _calendar_date(words, today, None, _birth_century)
    if born is None:
        raise UserError("naissance_illisible")
    if born > today:
        raise UserError("naissance_future")
    if born.year < _FIRST_YEAR:
        raise UserError("naissance_trop_ancienne")
    return Naissance(date=born)


def format_date(day: date) -> str:
    """« lundi 23 novembre 2026 »."""
    return f"{format_jour(day)} {day.year}"


def format_jour(day: date) -> str:
    """« lundi 23 novembre », « mardi 1er décembre »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{JOURS[day.weekday()]} {number} {MOIS[day.month - 1]}"


def format_date_courte(day: date) -> str:
    """« 23/11/2026 »."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_heure(hour: time) -> str:
    """« 9 h 30 », « 9 h », with spaces that do not break."""
    if hour.minute == 0:
        return f"{hour.hour}{_NBSP}h"
    return f"{hour.hour}{_NBSP}h{_NBSP}{hour.minute:02}"


def format_duree(minutes: int) -> str:
    """« 45 min », « 1 h », « 1 h 05 », with spaces that do not break."""
    hours, rest = divmod(minutes, 60)
    if hours == 0:
        return f"{rest}{_NBSP}min"
    return f"{hours}{_NBSP}h{_NBSP}{rest:02}" if rest else f"{hours}{_NBSP}h"


def format_naissance(birth: Naissance) -> str:
    """« 12/03/1988 », « 1988 » or « environ 30 ans »."""
    if birth.date is not None:
        return format_date_courte(birth.date)
    if birth.annee is not None:
        return str(birth.annee)
    age = birth.age_estime or 0
    return f"environ {age}{_NBSP}{'an' if age < 2 else 'ans'}"


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    month += 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _plain(text: str) -> str:
    """Lower case without accents, one ordinary space between words, straight apostrophes and hyphens."""
    text = text.translate({ord("’"): "'", ord("ʼ"): "'", 0x2011: "-", ord("–"): "-", ord("−"): "-"})
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    # Figures of other scripts pass `\d`; keep what a French keyboard types.
    kept = "".join(c if c.isascii() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(kept.split())


def _relative(words: str, today: date) -> date | None:
    """Days counted from today: ``hier``, ``-2``, ``+3``, ``j-2``."""
    days = _WORDS_OF_DAYS.get(words.replace("-", " "))
    if days is None:
        match = re.fullmatch(r"j? ?([+-]) ?(\d{1,5})", words)
        if match is None:
            return None
        days = int(match[1] + match[2])
    try:
        return today + timedelta(days=days)
    except OverflowError:
        raise UserError("date_trop_lointaine") from None


def _weekday_alone(words: str, today: date, prefer: Prefer) -> date | None:
    """``lundi``, ``lundi dernier``, ``lundi prochain``."""
    match = re.fullmatch(r"([a-z]{3,8})\.?(?: (dernier|prochain))?", words)
    day = _index(match[1], JOURS) if match else None
    if match is None or day is None:
        return None
    if match[2] == "prochain" or (match[2] is None and prefer == "future"):
        return today + timedelta(days=(day - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - day - 1) % 7 + 1)


def _calendar_date(
    words: str,
    today: date,
    without_year: Callable[[int, int], date] | None,
    century: Callable[[int, date], int],
) -> date | None:
    """A day of the calendar in figures or in words, its weekday checked when it is given."""
    parts = _figures(words) or _named_month(words)
    if parts is None:
        return None
    weekday, day, month, year = parts
    if not year:
        if without_year is None:
            return None
        found = without_year(day, month)
    else:
        found = _make(century(int(year), today) if len(year) == 2 else int(year), month, day)
    if weekday is not None and found.weekday() != weekday:
        raise UserError("date_autre_jour", date=format_date_courte(found), jour=JOURS[found.weekday()])
    return found


def _figures(words: str) -> tuple[int | None, int, int, str] | None:
    """(weekday, day, month, year text) of 12/3/2026, 12.3, 12-03-26, 120326, 12032026 or 2026-03-12."""
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words)
    if iso is not None:
        return None, int(iso[3]), int(iso[2]), iso[1]
    match = re.fullmatch(
        r"(?:le )?(\d{1,2}) ?[/.-] ?(\d{1,2})(?: ?[/.-] ?(\d{4}|\d{2}))?", words
    ) or re.fullmatch(r"(\d\d)(\d\d)(\d{4}|\d{2})", words)
    return None if match is None else (None, int(match[1]), int(match[2]), match[3] or "")


def _named_month(words: str) -> tuple[int | None, int, int, str] | None:
    """(weekday, day, month, year text) of ``[le] [lundi] 12 mars [2026]``."""
    match = re.fullmatch(
        r"(?:le )?(?:([a-z]{3,8})\.? )?(\d{1,2})(?: ?er)? ?([a-z]{3,9})\.?(?: (\d{4}|\d{2}))?", words
    )
    month = _index(match[3], MOIS) if match else None
    if match is None or month is None:
        return None
    weekday = _index(match[1], JOURS) if match[1] else None
    if match[1] and weekday is None:
        return None
    return weekday, int(match[2]), month + 1, match[4] or ""


def _index(start: str, names: tuple[str, ...]) -> int | None:
    """Place of the only name that begins so; « jui » is neither June nor July."""
    found = [i for i, name in enumerate(names) if _plain(name).startswith(start)]
    return found[0] if len(found) == 1 else None


def _make(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UserError("date_impossible", jour=day, mois=month, annee=year) from None


def _nearest(day: int, month: int, today: date, prefer: Prefer) -> date:
    """The last such day up to today, or the next from today; 29 February waits for its year."""
    step = -1 if prefer == "past" else 1
    for year in range(today.year, today.year + 9 * step, step):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found <= today) if prefer == "past" else (found >= today):
            return found
    raise UserError("date_impossible", jour=day, mois=month, annee=today.year)


def _event_century(year: int, today: date) -> int:
    recent = today.year - today.year % 100 + year
    return recent if recent <= today.year + _YEARS_AHEAD else recent - 100


def _birth_century(year: int, today: date) -> int:
    recent = today.year - today.year % 100 + year
    return recent if recent <= today.year else recent - 100


def _birth_year(year: int, today: date) -> Naissance:
    if year > today.year:
        raise UserError("naissance_future")
    if year < _FIRST_YEAR:
        raise UserError("naissance_trop_ancienne")
    return Naissance(annee=year)
