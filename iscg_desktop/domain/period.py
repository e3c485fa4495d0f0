"""Periods of a bilan and bands of age: quarters add up to half-years and years, bands partition."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from iscg_desktop.domain.dates import MOIS, Naissance
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.errors import UserError

Palier = Literal["trimestre", "semestre", "annee"]
AgeSource = Literal["date", "annee", "estime", "inconnu"]

_CODE = re.compile(r"([0-9]{4})(?:-(?:T([1-4])|S([12])))?")
_MONTHS: dict[Palier, int] = {"trimestre": 3, "semestre": 6, "annee": 12}

# Upper bounds (excluded) of the age bands, in years; the last band has none.
_BANDS: tuple[tuple[int, str], ...] = (
    (13, "moins_13"),
    (18, "13_17"),
    (25, "18_24"),
    (35, "25_34"),
    (45, "35_44"),
    (55, "45_54"),
    (65, "55_64"),
    (75, "65_74"),
)
_LAST_BAND = "75_plus"


@dataclass(frozen=True, slots=True, order=True)
class Periode:
    """A quarter, a half-year or a year of the calendar.

    Attributes:
        debut: First day.
        fin: Last day, included.
        palier: Which of the three.
        code: ``2026-T1``, ``2026-S1`` or ``2026``.
    """

    debut: date
    fin: date
    palier: Palier
    code: str

    @property
    def libelle(self) -> str:
        """« 1er trimestre 2026 », « 1er semestre 2026 », « année 2026 »."""
        if self.palier == "annee":
            return f"année {self.debut.year}"
        rank = (self.debut.month - 1) // _MONTHS[self.palier] + 1
        return f"{rank}{'er' if rank == 1 else 'e'} {self.palier} {self.debut.year}"

    @property
    def months(self) -> str:
        """« janvier à mars 2026 »."""
        return f"{MOIS[self.debut.month - 1]} à {MOIS[self.fin.month - 1]} {self.fin.year}"

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.debut <= day <= self.fin

    def next(self) -> Periode:
        """The period of the same kind that follows."""
        return period_of(self.fin + timedelta(days=1), self.palier)

    def quarters(self) -> tuple[Periode, ...]:
        """The quarters it is the sum of."""
        first = quarter_of(self.debut)
        found = [first]
        while found[-1].fin < self.fin:
            found.append(found[-1].next())
        return tuple(found)


def period_of(day: date, palier: Palier) -> Periode:
    """The calendar period of a kind that holds a day."""
    months = _MONTHS[palier]
    rank = (day.month - 1) // months
    debut = date(day.year, rank * months + 1, 1)
    after = (
        date(day.year + 1, 1, 1) if (rank + 1) * months == 12 else date(day.year, (rank + 1) * months + 1, 1)
    )
    suffix = {"trimestre": f"-T{rank + 1}", "semestre": f"-S{rank + 1}", "annee": ""}[palier]
    return Periode(debut, after - timedelta(days=1), palier, f"{day.year}{suffix}")


def quarter_of(day: date) -> Periode:
    """The quarter that holds a day."""
    return period_of(day, "trimestre")


def parse_period(code: str) -> Periode:
    """The period named by ``2026-T1``, ``2026-S1`` or ``2026``.

    Raises:
        UserError: ``periode_inconnue``.
    """
    match = _CODE.fullmatch(code)
    if match is None or not 1900 <= int(match[1]) <= 2200:
        raise UserError("periode_inconnue", code=code)
    year, quarter, half = int(match[1]), match[2], match[3]
    if quarter:
        return period_of(date(year, int(quarter) * 3, 1), "trimestre")
    if half:
        return period_of(date(year, int(half) * 6, 1), "semestre")
    return period_of(date(year, 1, 1), "annee")


def counting_quarter(event: date, arretes: Iterable[str], premier: str | None = None) -> Periode:
    """The ``trimestre_bilan`` of an event: its own quarter, or the earliest one after it still open.

    Args:
        event: Day of the event.
        arretes: Codes of the quarters already arrêtés.
        premier: Code of the first quarter that this coffre counts: what is older was counted elsewhere, and stays
            in its own quarter, which no bilan takes; unless that quarter is arrêté here, where nothing may enter.
    """
    closed = set(arretes)
    quarter = quarter_of(event)
    if premier is not None and quarter < parse_period(premier) and quarter.code not in closed:
        return quarter
    # Quarters are arrêtés in order: an old quarter nobody ever arrêta is closed as soon as a later one is.
    last = max((parse_period(code) for code in closed), default=None)
    if last is not None and quarter <= last:
        quarter = last.next()
    return quarter


def is_closed(trimestre: str, arretes: Iterable[str]) -> bool:
    """Whether nothing that counts in a quarter may change any more: it, or a later one, is arrêté."""
    last = max((parse_period(code) for code in arretes), default=None)
    return last is not None and parse_period(trimestre) <= last


def age_on(
    event: date, naissance: Naissance | None, estimated_on: date | None = None
) -> tuple[int | None, AgeSource]:
    """Age in whole years at an event, and what it rests on.

    With a birth year only, it is event year − birth year. An estimated age grows with the whole years
    since the day it was estimated.

    Args:
        event: Day of the event.
        naissance: What is known of the birth.
        estimated_on: Day of the estimate; the event itself when left out.
    """
    if naissance is None:
        return None, "inconnu"
    if naissance.date is not None:
        return _whole_years(naissance.date, event), "date"
    if naissance.annee is not None:
        return max(0, event.year - naissance.annee), "annee"
    if naissance.age_estime is not None:
        return max(0, naissance.age_estime + _whole_years(estimated_on or event, event)), "estime"
    return None, "inconnu"


def tranche_age(age: int | None) -> str:
    """Code of the age band; the bands partition all ages, ``non_renseigne`` stands for an unknown one."""
    if age is None:
        return NON_RENSEIGNE
    for bound, code in _BANDS:
        if age < bound:
            return code
    return _LAST_BAND


def _whole_years(since: date, until: date) -> int:
    years = until.year - since.year - ((until.month, until.day) < (since.month, since.day))
    return max(0, years) if until >= since else 0
