"""How often a family of partners was worked with in a year: fréquente, occasionnelle, rare ou aucune.

The three levels are those of the ANISCG guide (2012, lines 143 to 153); what makes a collaboration « fréquente »
is not said there, so the thresholds are hers to change (``domain/reglages.py``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
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


def niveaux_du_bilan(
    contacts: Mapping[str, tuple[int, int]], total: int | None, seuils: Seuils, k: int
) -> Mapping[str, Niveau]:
    """The levels of a year that a bilan may hand over, none at all when one of them would tell a small number.

    A level is a band of a count that is not printed. « Rare ou aucune » must leave room for 0 and for k, so it goes
    up to k at least; and the printed total must not close what the bands leave open.

    Args:
        contacts: Contacts of the year and distinct foyers they are about, by family; zeros included.
        total: Contacts of the year as they are printed, None when they are masked.
        seuils: Her thresholds.
        k: Smallest number that may be told.
    """
    printed = seuils_du_bilan(seuils, k)
    levels = {famille: printed.niveau(number) for famille, (number, _) in contacts.items()}
    if any(levels[famille] != "rare" and foyers < k for famille, (_, foyers) in contacts.items()):
        return {}
    low = {"rare": 0, "occasionnelle": printed.occasionnelle, "frequente": printed.frequente}
    high = {"rare": printed.occasionnelle - 1, "occasionnelle": printed.frequente - 1}
    if total is not None and "rare" in levels.values():
        others = list(levels.values())
        others.remove("rare")
        least = sum(low[level] for level in others)
        most = None if "frequente" in others else sum(high[level] for level in others)
        if least + k > total or (most is not None and most < total):
            return {}
    return levels


def seuils_du_bilan(seuils: Seuils, k: int) -> Seuils:
    """Her thresholds, raised to what a bilan may tell."""
    occasionnelle = max(seuils.occasionnelle, k + 1)
    return Seuils(max(seuils.frequente, occasionnelle + k), occasionnelle)
