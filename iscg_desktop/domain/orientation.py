"""A hand-over to a partner, and what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from iscg_desktop.errors import Problem

SECTEUR = "service_social_secteur"
"""Partner type whose first orientation counts as « orientés vers le service social départemental »."""

ENGAGEMENT = "accompagnement_engage"
"""Suite whose first occurrence counts as « accompagnement engagé après orientation »."""


@dataclass(frozen=True, slots=True)
class OrientationDraft:
    """An orientation as typed in the entretien.

    Attributes:
        personne: Rank, in the entretien, of the person it concerns.
        type: Code of ``type_partenaire``.
        accord: ``oui``, ``non`` or ``non_recueilli``.
    """

    personne: int
    type: str | None
    partenaire_id: int | None = None
    accord: str = "non_recueilli"
    motif: str = ""

    def check(self, persons: int, prefix: str = "") -> tuple[Problem, ...]:
        """All that is wrong with it, given the number of persons of the entretien."""
        problems = []
        if self.type is None:
            problems.append(Problem(prefix + "type", "orientation_sans_type"))
        if not 0 <= self.personne < persons:
            problems.append(Problem(prefix + "personne", "orientation_sans_personne"))
        return tuple(problems)


@dataclass(frozen=True, slots=True)
class Orientation:
    """An orientation of the coffre, with its last suite if one is known."""

    id: int
    dossier_id: int
    personne_id: int
    entretien_id: int | None
    date: dt.date
    type: str
    partenaire_id: int | None
    partenaire: str
    accord: str
    motif: str
    suite: str | None
    suite_le: dt.date | None
    fiche_numero: str | None
