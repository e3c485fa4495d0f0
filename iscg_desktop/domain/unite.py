"""Unités of gendarmerie and police, dated, and the unité under which a year counts each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Unite:
    """A unité of the territory.

    Attributes:
        force: ``gendarmerie``, ``police`` or ``mixte``.
        type: Code of ``type_unite``.
        ouverte_le: None when it existed before the coffre.
        compte_sous_id: For a unité opened during a year, the one it belonged to on 1 January.
        compte_depuis: First year in which it counts for itself; None: see ``first_year``.
        compte_jusqu_a: Last year in which it counts for itself; None while it is open.
    """

    id: int
    nom: str
    force: str
    type: str
    commune: str | None = None
    telephone: str = ""
    parent_id: int | None = None
    ouverte_le: date | None = None
    fermee_le: date | None = None
    successeur_id: int | None = None
    compte_sous_id: int | None = None
    compte_depuis: int | None = None
    compte_jusqu_a: int | None = None

    @property
    def code(self) -> str:
        """Code in a bilan file."""
        return f"u{self.id}"

    @property
    def first_year(self) -> int | None:
        """First year it may count for itself: that of the 1 January it has known; None when it always has."""
        known = self.ouverte_le
        opened = None if known is None else known.year + (known > date(known.year, 1, 1))
        years = [year for year in (opened, self.compte_depuis) if year is not None]
        return max(years, default=None)

    def is_open(self, day: date) -> bool:
        """Whether it existed on a day."""
        return (self.ouverte_le is None or self.ouverte_le <= day) and (
            self.fermee_le is None or day <= self.fermee_le
        )


def counting_unite(unite_id: int, year: int, unites: Mapping[int, Unite]) -> int | None:
    """Unité under which an event counts in a year: categories change only on 1 January.

    A unité opened during the year counts under the one named by ``compte_sous_id``, its parent of 1 January;
    without one it counts for itself, or for none when tables of that year were already printed without it.
    One closed before the year counts under its successor, else under its parent.
    """
    current, seen = unite_id, {unite_id}
    while True:
        unite = unites[current]
        first = unite.first_year
        if first is not None and year < first:
            above = unite.compte_sous_id
            if above is None:
                printed = unite.compte_depuis is not None and year < unite.compte_depuis
                return None if printed else current
        elif unite.compte_jusqu_a is not None and year > unite.compte_jusqu_a:
            above = unite.successeur_id or unite.parent_id
            if above is None:
                return current
        else:
            return current
        if above in seen:
            return unite_id
        seen.add(above)
        current = above
