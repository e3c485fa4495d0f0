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

    @property
    def code(self) -> str:
        """Code in a bilan file."""
        return f"u{self.id}"

    def is_open(self, day: date) -> bool:
        """Whether it existed on a day."""
        return (self.ouverte_le is None or self.ouverte_le <= day) and (
            self.fermee_le is None or day <= self.fermee_le
        )


def counting_unite(unite_id: int, year: int, unites: Mapping[int, Unite]) -> int:
    """Unité under which an event counts in a year: categories change only on 1 January.

    A unité opened during the year counts under the one named by ``compte_sous_id``, else under its parent,
    as it was on 1 January; one without either counts for itself.
    """
    first_day = date(year, 1, 1)
    current, seen = unite_id, {unite_id}
    while True:
        unite = unites[current]
        if unite.ouverte_le is None or unite.ouverte_le <= first_day:
            return current
        above = unite.compte_sous_id or unite.parent_id
        if above is None or above in seen:
            return unite_id
        seen.add(above)
        current = above
