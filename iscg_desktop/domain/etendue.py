"""What the screen counts over: a period of the calendar, or any days she typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.period import Periode, period_of
from iscg_desktop.errors import InvalidInput, Problem


@dataclass(frozen=True, slots=True)
class Etendue:
    """Some days, both ends included.

    Attributes:
        periode: The quarter, half-year or year they are; None for free dates, which are for the screen only.
    """

    debut: date
    fin: date
    periode: Periode | None = None

    @classmethod
    def of(cls, periode: Periode) -> Etendue:
        """The days of a period of the calendar."""
        return cls(periode.debut, periode.fin, periode)

    @property
    def libelle(self) -> str:
        """« 1er trimestre 2026 », or « du 03/02/2026 au 15/02/2026 »."""
        if self.periode is not None:
            return self.periode.libelle
        return f"du {format_date_courte(self.debut)} au {format_date_courte(self.fin)}"

    @property
    def precedente(self) -> Etendue:
        """The period just before: the calendar's, or as many days."""
        eve = self.debut - timedelta(days=1)
        if self.periode is not None:
            return Etendue.of(period_of(eve, self.periode.palier))
        return Etendue(eve - (self.fin - self.debut), eve)

    @property
    def un_an_avant(self) -> Etendue:
        """The same days of the year before."""
        if self.periode is not None:
            return Etendue.of(period_of(_year_before(self.debut), self.periode.palier))
        return Etendue(_year_before(self.debut), _year_before(self.fin))


def free_days(debut: date | None, fin: date | None) -> Etendue:
    """The days between two dates she typed.

    Raises:
        InvalidInput: ``bilan_dates_manquantes``, ``bilan_dates_inversees``.
    """
    if debut is None or fin is None:
        fields = [name for name, day in (("debut", debut), ("fin", fin)) if day is None]
        raise InvalidInput(tuple(Problem(name, "bilan_dates_manquantes") for name in fields))
    if fin < debut:
        raise InvalidInput((Problem("fin", "bilan_dates_inversees"),))
    return Etendue(debut, fin)


def _year_before(day: date) -> date:
    """The same day a year before; 28 February for a 29th that the year before has not."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
