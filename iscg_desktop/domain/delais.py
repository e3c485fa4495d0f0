"""The delays of a dossier: from the saisine to the retour of its first fiche."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

Jalon = Literal["saisine", "tentative", "entretien", "remise", "retour"]


@dataclass(frozen=True, slots=True)
class Delai:
    """Days from one step to the next that is known."""

    de: Jalon
    a: Jalon
    jours: int


@dataclass(frozen=True, slots=True)
class Jalons:
    """First day of each step; None while it has not come."""

    saisine: date | None = None
    tentative: date | None = None
    entretien: date | None = None
    remise: date | None = None
    retour: date | None = None

    def delais(self) -> tuple[Delai, ...]:
        """The delays between the steps that came, in their order; a step noted late counts for no day."""
        known: list[tuple[Jalon, date]] = []
        steps: tuple[tuple[Jalon, date | None], ...] = (
            ("saisine", self.saisine),
            ("tentative", self.tentative),
            ("entretien", self.entretien),
            ("remise", self.remise),
            ("retour", self.retour),
        )
        for name, day in steps:
            if day is not None:
                known.append((name, day))
        return tuple(
            Delai(before, after, max(0, (day - earlier).days))
            for (before, earlier), (after, day) in pairwise(known)
        )
