"""How long what is held about people may be kept: past its time, it is prolonged with a reason or erased.

Source: the CNIL's référentiel of 2021 for adults in difficulty recommends 24 months after the last contact; it leaves
child protection out, so that each regime has a duration of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from iscg_desktop.domain.dates import months_before
from iscg_desktop.errors import Problem

DUREE_RECOMMANDEE: Final = 24
"""Months after the last contact, in every regime, until she says otherwise."""
BORNES: Final = (1, 240)
"""Months, both allowed."""
LONGEST_PROLONGATION: Final = 120
"""Months after today beyond which nothing is prolonged at once."""


@dataclass(frozen=True, slots=True)
class Durees:
    """Months that each regime keeps a dossier after its last contact.

    Attributes:
        mois: By code of the regime; one that is missing has the recommended duration.
        motif: Why they are not the recommended ones; empty when they are.
    """

    mois: Mapping[str, int]
    motif: str = ""

    def of(self, regime: str) -> int:
        """Months a dossier of this regime is kept."""
        return self.mois.get(regime, DUREE_RECOMMANDEE)

    @property
    def shortest(self) -> int:
        """The least months any dossier is kept."""
        return min((DUREE_RECOMMANDEE, *self.mois.values()))

    def check(self) -> tuple[Problem, ...]:
        """All that is wrong with them: a duration out of bounds, another than the recommended one without a reason."""
        low, high = BORNES
        problems = [
            Problem(regime, "conservation_hors_bornes", {"minimum": low, "maximum": high})
            for regime, mois in self.mois.items()
            if not low <= mois <= high
        ]
        if not problems and not self.motif.strip() and set(self.mois.values()) - {DUREE_RECOMMANDEE}:
            problems.append(Problem("motif", "conservation_sans_motif"))
        return tuple(problems)

    @classmethod
    def kept(cls, value: object) -> Durees:
        """Those of a coffre; what makes no sense is the recommended duration."""
        if not isinstance(value, Mapping) or not isinstance(value.get("mois"), Mapping):
            return cls({})
        low, high = BORNES
        mois = {
            str(regime): found
            for regime, found in value["mois"].items()
            if type(found) is int and low <= found <= high
        }
        return cls(mois, str(value.get("motif") or ""))


def fin_conservation(dernier_contact: date, mois: int, prolonge: date | None = None) -> date:
    """Last day a dossier is kept: so many months after the last contact, or the day it was prolonged to if later."""
    due = months_before(dernier_contact, -mois)
    return due if prolonge is None else max(due, prolonge)


def oldest_kept(today: date, mois: int) -> date:
    """First day of a last contact so many months after which is not over today: the days before it are past."""
    day = months_before(today, mois)
    while fin_conservation(day, mois) < today:  # a month shorter than the one before: some days more
        day += timedelta(days=1)
    return day


def check_prolongation(jusqu_au: date | None, motif: str, today: date) -> tuple[Problem, ...]:
    """All that forbids keeping a dossier until a day for a reason."""
    problems = []
    if jusqu_au is None:
        problems.append(Problem("jusqu_au", "prolongation_sans_date"))
    elif jusqu_au <= today:
        problems.append(Problem("jusqu_au", "prolongation_passee"))
    elif jusqu_au > months_before(today, -LONGEST_PROLONGATION):
        problems.append(Problem("jusqu_au", "prolongation_longue", {"annees": LONGEST_PROLONGATION // 12}))
    if not motif.strip():
        problems.append(Problem("motif", "prolongation_sans_motif"))
    return tuple(problems)


@dataclass(frozen=True, slots=True)
class DossierConserve:
    """A dossier as the list of what is past its time shows it.

    Attributes:
        fin: Last day it is kept.
        en_attente: Fiches handed over that await their retour.
    """

    id: int
    numero: str
    regime: str
    noms: str
    initiales: str
    dernier_contact: date
    fin: date
    prolonge: bool
    en_attente: int
