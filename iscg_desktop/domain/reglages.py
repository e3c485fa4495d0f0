"""The delays and thresholds she may change: defaults, bounds, and what is wrong with what was typed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from iscg_desktop.domain.fiche_suivi import ETAPES, Etat
from iscg_desktop.errors import Problem

BORNES: Final[Mapping[str, tuple[int, int]]] = {
    "fiche_remise_jours": (1, 365),
    "fiche_relance_jours": (1, 365),
    "fiche_nouvelle_relance_jours": (1, 365),
    "fiche_sans_retour_jours": (1, 365),
    "saisine_attente_jours": (0, 60),
    "orientation_sans_suite_jours": (1, 365),
    "collaboration_frequente": (2, 366),
    "collaboration_occasionnelle": (1, 365),
    "corbeille_jours": (1, 365),
    "journal_mois": (6, 36),
    "voile_minutes": (1, 60),
    "verrouillage_minutes": (1, 120),
}
"""Smallest and largest value of each, both allowed."""


@dataclass(frozen=True, slots=True)
class Reglages:
    """What the program waits for before it reminds, forgets or locks.

    Attributes:
        fiche_remise_jours: Days after which an issued fiche should have been handed over.
        fiche_relance_jours: Days after which a fiche handed over without retour is to be followed up.
        fiche_nouvelle_relance_jours: Days after which it is to be followed up again.
        fiche_sans_retour_jours: Days after which a fiche without retour is shown on the day's page.
        saisine_attente_jours: Days after which a saisine that waits is said to be late.
        orientation_sans_suite_jours: Days after which an orientation without suite is shown.
        collaboration_frequente: Contacts a year from which a family of partners is a frequent one.
        collaboration_occasionnelle: Contacts a year from which it is an occasional one; rare below.
        corbeille_jours: Days that what was thrown away may still be taken back.
        journal_mois: Months the journal is kept; the CNIL recommends six months to a year.
        voile_minutes: Idle minutes before the veil hides everything.
        verrouillage_minutes: Idle minutes before the coffre locks.
    """

    fiche_remise_jours: int = 7
    fiche_relance_jours: int = 15
    fiche_nouvelle_relance_jours: int = 15
    fiche_sans_retour_jours: int = 7
    saisine_attente_jours: int = 2
    orientation_sans_suite_jours: int = 30
    collaboration_frequente: int = 12
    collaboration_occasionnelle: int = 3
    corbeille_jours: int = 30
    journal_mois: int = 12
    voile_minutes: int = 5
    verrouillage_minutes: int = 20

    def check(self) -> tuple[Problem, ...]:
        """All that is wrong with them."""
        problems = [
            Problem(name, "reglage_hors_bornes", {"minimum": low, "maximum": high})
            for name, (low, high) in BORNES.items()
            if not low <= getattr(self, name) <= high
        ]
        if not problems and self.collaboration_occasionnelle >= self.collaboration_frequente:
            problems.append(Problem("collaboration_occasionnelle", "collaboration_ordre"))
        return tuple(problems)

    def fiche_jours(self, etape: str) -> int:
        """Days a fiche may stay at a step before she is reminded of it."""
        if etape == "relance":
            return self.fiche_nouvelle_relance_jours
        return self.fiche_relance_jours if etape in ETAPES[Etat.REMISES] else self.fiche_remise_jours

    @classmethod
    def kept(cls, values: object) -> Reglages:
        """Those of a coffre, whatever version wrote them: what is missing or makes no sense is the default."""
        if not isinstance(values, Mapping):
            return cls()
        known = {
            name: values[name]
            for name, (low, high) in BORNES.items()
            if type(values.get(name)) is int and low <= values[name] <= high
        }
        found = cls(**known)
        return cls() if found.check() else found

    def as_values(self) -> dict[str, int]:
        """Each by its name."""
        return dataclasses.asdict(self)
