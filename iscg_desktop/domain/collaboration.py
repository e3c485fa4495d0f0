"""How often a family of partners was worked with in a year: fréquente, occasionnelle, rare ou aucune.

The three levels are those of the ANISCG guide (2012, lines 143 to 153); what makes a collaboration « fréquente »
is not said there, so the thresholds are hers to change (``domain/reglages.py``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Niveau = Literal["frequente", "occasionnelle", "rare"]


@dataclass(frozen=True, slots=True)
class Seuils:
    """Contacts in a year from which a collaboration is fréquente, or occasionnelle; under that, rare ou aucune."""

    frequente: int
    occasionnelle: int

    def niveau(self, contacts: int) -> Niveau:
        """Level of a number of contacts."""
        if contacts >= self.frequente:
            return "frequente"
        return "occasionnelle" if contacts >= self.occasionnelle else "rare"


@dataclass(frozen=True, slots=True)
class Collaboration:
    """A family of partners in a year."""

    famille: str
    contacts: int
    niveau: Niveau


def collaborations(
    contacts: Iterable[tuple[str, date]], familles: Iterable[str], annee: int, seuils: Seuils
) -> tuple[Collaboration, ...]:
    """One level per family, in the order of the families; a family without a contact is there too.

    Args:
        contacts: Family and day of each professional contact, of any year.
        familles: Every family, each once.
        annee: The year counted.
        seuils: What makes a level.
    """
    counts = Counter(famille for famille, day in contacts if day.year == annee)
    return tuple(
        Collaboration(famille, counts[famille], seuils.niveau(counts[famille])) for famille in familles
    )
