"""The convention of the post, and what it makes due: bilans, comités, meetings with the référent, its own end."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from iscg_desktop.domain.period import Palier, Periode, period_of
from iscg_desktop.errors import Problem

Rythme = Literal["", "semaine", "quinzaine", "mois"]
TypeRappel = Literal["bilan", "comite", "rencontre", "convention"]

JOURS_DU_RYTHME: Final = {"semaine": 7, "quinzaine": 14, "mois": 30}
FIN_ANNONCEE: Final = 60
"""Days before the end of the convention from which it is recalled."""
COMITE_ANNONCE: Final = 30
"""Days before a comité de suivi from which it is recalled."""
LONGEST_TEXT = 200
_LONGEST_DELAY = 180
_LATE_BILANS = 366  # days: what is older was settled otherwise


@dataclass(frozen=True, slots=True)
class Convention:
    """What the convention says.

    Attributes:
        periodicite: Period of the bilans it asks for.
        delai_bilan: Days after the end of a period to hand its bilan over.
        rencontre: How often she meets the référent; "" for no fixed rhythm.
        derniere_rencontre: The last meeting.
        comites: Days of the comité de suivi.
        contact: Whom she reports to at her employer's.
    """

    debut: date | None = None
    fin: date | None = None
    periodicite: Palier = "trimestre"
    delai_bilan: int = 30
    referent: str = ""
    rencontre: Rythme = ""
    derniere_rencontre: date | None = None
    comites: tuple[date, ...] = ()
    contact: str = ""
    contact_telephone: str = ""
    contact_courriel: str = ""

    def check(self, today: date) -> tuple[Problem, ...]:
        """All that is wrong with it."""
        problems = []
        if self.debut is not None and self.fin is not None and self.fin < self.debut:
            problems.append(Problem("fin", "convention_fin_avant_debut"))
        if not 0 <= self.delai_bilan <= _LONGEST_DELAY:
            bounds = {"minimum": 0, "maximum": _LONGEST_DELAY}
            problems.append(Problem("delai_bilan", "reglage_hors_bornes", dict(bounds)))
        if self.derniere_rencontre is not None and self.derniere_rencontre > today:
            problems.append(Problem("derniere_rencontre", "date_future"))
        problems += [
            Problem(name, "texte_trop_long", {"maximum": LONGEST_TEXT})
            for name in ("referent", "contact", "contact_telephone", "contact_courriel")
            if len(getattr(self, name)) > LONGEST_TEXT
        ]
        return tuple(problems)


@dataclass(frozen=True, slots=True)
class Rappel:
    """One thing the convention makes due.

    Attributes:
        jour: The day it is due, or takes place.
        periode: The period of a bilan.
    """

    type: TypeRappel
    jour: date
    periode: Periode | None = None


def rappels(
    convention: Convention, today: date, *, arretes: Collection[str], premier: date | None
) -> tuple[Rappel, ...]:
    """What the convention makes due as of today, the most pressing first.

    Args:
        convention: What it says.
        today: The civil date.
        arretes: Codes of the periods already arrêtées.
        premier: First day of the first quarter in which something counts; no bilan is due before it.
    """
    found = [
        *_bilans(convention, today, arretes, premier),
        *_fin(convention, today),
        *_rencontre(convention, today),
        *(Rappel("comite", day) for day in convention.comites if 0 <= (day - today).days <= COMITE_ANNONCE),
    ]
    return tuple(sorted(found, key=lambda rappel: (rappel.jour, rappel.type)))


def _bilans(
    convention: Convention, today: date, arretes: Collection[str], premier: date | None
) -> Iterator[Rappel]:
    """Bilans of the periods that are over, and of which a quarter is still to be arrêté."""
    if premier is None:
        return
    begins = max(premier, convention.debut or premier, today - timedelta(days=_LATE_BILANS))
    periode = period_of(begins, convention.periodicite)
    while periode.fin < today and (convention.fin is None or periode.debut <= convention.fin):
        if periode.code not in arretes and any(q.code not in arretes for q in periode.quarters()):
            yield Rappel("bilan", periode.fin + timedelta(days=convention.delai_bilan), periode)
        periode = periode.next()


def _fin(convention: Convention, today: date) -> Iterator[Rappel]:
    if convention.fin is not None and (convention.fin - today).days <= FIN_ANNONCEE:
        yield Rappel("convention", convention.fin)


def _rencontre(convention: Convention, today: date) -> Iterator[Rappel]:
    if not convention.rencontre:
        return
    last = convention.derniere_rencontre
    due = today if last is None else last + timedelta(days=JOURS_DU_RYTHME[convention.rencontre])
    if due <= today:
        yield Rappel("rencontre", due)
