"""What a day holds: permanences that come back each week, rendez-vous, and what is due; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.errors import Problem

WEEK = 7  # days
DAY = 24 * 60  # minutes
USUAL_DUREE = 45  # minutes

PREVU, HONORE, ABSENT, ANNULE = "prevu", "honore", "absent", "annule"
ETATS = (PREVU, HONORE, ABSENT, ANNULE)
"""States of a rendez-vous; one that is annulé holds no place any more."""

LONGEST_OBJET = 200  # characters


@dataclass(frozen=True, slots=True)
class RendezVous:
    """A rendez-vous.

    Attributes:
        duree: Minutes.
        dossier: Number of the dossier, empty if none.
        prenom: Of the person, empty if none; so is ``nom``.
        jour: None where the reader of one day did not ask for it.
    """

    id: int
    heure: dt.time
    duree: int
    objet: str
    dossier_id: int | None
    dossier: str
    prenom: str
    nom: str
    jour: dt.date | None = None
    lieu: str = "autre"
    unite_id: int | None = None
    personne_id: int | None = None
    saisine_id: int | None = None
    etat: str = PREVU


@dataclass(frozen=True, slots=True)
class RendezVousDraft:
    """A rendez-vous as typed; ``duree`` in minutes."""

    date: dt.date | None
    heure: dt.time | None
    duree: int | None = USUAL_DUREE
    lieu: str = NON_RENSEIGNE
    unite_id: int | None = None
    objet: str = ""
    dossier_id: int | None = None
    personne_id: int | None = None

    def check(self, today: dt.date, *, alone: bool = False) -> tuple[Problem, ...]:
        """All that is wrong with it.

        Args:
            today: The day it is typed.
            alone: Whether nothing else, such as a saisine, says what it is about.
        """
        problems = []
        if self.date is None:
            problems.append(Problem("date", "rendez_vous_sans_date"))
        elif self.date < today:
            problems.append(Problem("date", "rendez_vous_passe"))
        if self.heure is None:
            problems.append(Problem("heure", "rendez_vous_sans_heure"))
        if self.duree is not None and not 0 <= self.duree <= DAY:
            problems.append(Problem("duree", "duree_impossible"))
        if self.lieu == "unite" and self.unite_id is None:
            problems.append(Problem("unite_id", "rendez_vous_sans_unite"))
        if alone and self.dossier_id is None and not self.objet.strip():
            problems.append(Problem("objet", "rendez_vous_sans_objet"))
        elif len(self.objet.strip()) > LONGEST_OBJET:
            problems.append(Problem("objet", "rendez_vous_objet_long"))
        return tuple(problems)


@dataclass(frozen=True, slots=True)
class PermanenceDraft:
    """Her presence at a unité as it is typed: on one day, or each week from a day on."""

    unite_id: int | None = None
    jour: dt.date | None = None
    debut: dt.time | None = None
    fin: dt.time | None = None
    chaque_semaine: bool = True
    jusqu_au: dt.date | None = None

    def check(self) -> tuple[Problem, ...]:
        """Everything that is wrong, field by field."""
        problems = []
        if self.unite_id is None:
            problems.append(Problem("unite_id", "permanence_sans_unite"))
        if self.jour is None:
            problems.append(Problem("jour", "permanence_sans_jour"))
        missing = (name for name in ("debut", "fin") if getattr(self, name) is None)
        problems.extend(Problem(name, "permanence_sans_heure") for name in missing)
        if self.debut is not None and self.fin is not None and self.fin <= self.debut:
            problems.append(Problem("fin", "permanence_finit_avant"))
        if self.chaque_semaine and self.jour and self.jusqu_au and self.jusqu_au < self.jour:
            problems.append(Problem("jusqu_au", "permanence_jusqu_avant"))
        return tuple(problems)


@dataclass(frozen=True, slots=True)
class Permanence:
    """Her presence at a unité: on one day, or on one day of each week.

    Attributes:
        jour: The day, of one that does not come back.
        semaine: Day of the week, Monday = 1, of one that comes back.
        du: First day on which it may be held; None for always.
        au: Last day; None for no end.
        exceptions: Days on which it is not held.
    """

    id: int
    unite_id: int
    debut: dt.time
    fin: dt.time
    jour: dt.date | None = None
    semaine: int | None = None
    du: dt.date | None = None
    au: dt.date | None = None
    exceptions: frozenset[dt.date] = frozenset()

    @property
    def comes_back(self) -> bool:
        """Whether it is held each week."""
        return self.semaine is not None

    def planned_on(self, day: dt.date) -> bool:
        """Whether it would be held on a day, exceptions left aside."""
        if self.semaine is None:
            return day == self.jour
        within = (self.du is None or self.du <= day) and (self.au is None or day <= self.au)
        return within and day.isoweekday() == self.semaine

    def held_on(self, day: dt.date) -> bool:
        """Whether it is held on a day."""
        return self.planned_on(day) and day not in self.exceptions

    def ended_before(self, day: dt.date) -> Permanence | None:
        """What is left of it before a day: None when nothing was ever held."""
        if not self.comes_back:
            return self if self.jour is not None and self.jour < day else None
        last = day - dt.timedelta(days=1)
        left = replace(self, au=last if self.au is None else min(self.au, last))
        return left if left.au is not None and (left.du is None or left.du <= left.au) else None


@dataclass(frozen=True, slots=True)
class Journee:
    """One day of the agenda, in order of hours.

    Attributes:
        absences: Permanences that would be held, and are not this time.
    """

    jour: dt.date
    permanences: tuple[Permanence, ...] = ()
    absences: tuple[Permanence, ...] = ()
    rendez_vous: tuple[RendezVous, ...] = ()


@dataclass(frozen=True, slots=True)
class Relance:
    """Something to do by a date."""

    id: int
    pour_le: dt.date
    objet: str
    dossier_id: int | None
    dossier: str


def monday_of(day: dt.date) -> dt.date:
    """First day of the week of a day."""
    return day - dt.timedelta(days=day.weekday())


def days_from(first: dt.date, count: int = WEEK) -> Iterator[dt.date]:
    """Days that follow each other."""
    return (first + dt.timedelta(days=n) for n in range(count))


def plan(
    first: dt.date, count: int, permanences: Iterable[Permanence], rendez_vous: Iterable[RendezVous]
) -> tuple[Journee, ...]:
    """What some days hold.

    Args:
        first: The first of them.
        count: How many.
        permanences: All there are.
        rendez_vous: Those of these days at least, each with its ``jour``.
    """
    known = sorted(permanences, key=lambda each: (each.debut, each.fin, each.id))
    by_day: dict[dt.date | None, list[RendezVous]] = {}
    for each in sorted(rendez_vous, key=lambda each: (each.heure, each.id)):
        by_day.setdefault(each.jour, []).append(each)
    return tuple(
        Journee(
            day,
            tuple(each for each in known if each.held_on(day)),
            tuple(each for each in known if each.planned_on(day) and not each.held_on(day)),
            tuple(by_day.get(day, ())),
        )
        for day in days_from(first, count)
    )


def overlapping(draft: RendezVousDraft, others: Iterable[RendezVous]) -> tuple[RendezVous, ...]:
    """Rendez-vous of the same day that share a minute with the one being fixed; said, never refused."""
    if draft.heure is None or not draft.duree:
        return ()
    begin = _minutes(draft.heure)
    return tuple(
        each
        for each in others
        if each.jour == draft.date
        and each.etat != ANNULE
        and _minutes(each.heure) < begin + draft.duree
        and begin < _minutes(each.heure) + each.duree
    )


def _minutes(hour: dt.time) -> int:
    return hour.hour * 60 + hour.minute
