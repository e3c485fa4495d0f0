"""The proof that a file carries: alternative complete tables that agree with all that it and its predecessors print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from iscg_desktop.disclosure.relations import Relation, Sens, sum_equals, table_relations
from iscg_desktop.disclosure.system import Row
from iscg_desktop.disclosure.tables import CellRef, TableShape

CACHE: Literal["cache"] = "cache"
"""A cell that no file prints: the « non » of an answer, a cross that only a longer period prints."""

Etat: TypeAlias = int | Literal["cache"] | None
"""A printed figure, None for a mask, or ``CACHE``."""


@dataclass(frozen=True, slots=True)
class TableauPreuve:
    """A table of a period that the proof reckons with.

    Attributes:
        dimensions: (code, several answers, codes of its categories).
    """

    periode: str
    univers: str
    dimensions: tuple[tuple[str, bool, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Preuve:
    """What lets anyone check that a file keeps its promises.

    Attributes:
        predecesseurs: Period and SHA-256 of each earlier file of the same sums.
        tableaux: The tables that the cells belong to.
        cellules: Every cell of these tables, in order, and what is seen of it.
        relations: What is known between cells besides the sums of tables and of periods.
        fictifs: Imaginary values of the cells that are not printed, in the order of ``cellules``.
    """

    predecesseurs: tuple[tuple[str, str], ...]
    tableaux: tuple[TableauPreuve, ...]
    cellules: tuple[tuple[CellRef, Etat], ...]
    relations: tuple[Relation, ...]
    fictifs: tuple[tuple[int, ...], ...]


def sum_relations(
    tables: Iterable[tuple[str, TableShape]],
    parts: Mapping[str, tuple[str, ...]],
    known: Iterable[CellRef],
) -> Iterator[Relation]:
    """Sums over categories and over periods."""
    for periode, table in tables:
        for relation in table_relations(table):
            yield relation.at(periode)
    cells = sorted(known)
    present = frozenset(cells)
    for cell in cells:
        found = [cell.at(part) for part in parts.get(cell.periode, ()) if cell.at(part) in present]
        if found:
            yield sum_equals("période", cell, found)


def as_row(relation: Relation, position: Mapping[CellRef, int]) -> Row:
    """A relation over positions."""
    sums: dict[int, int] = {}
    for factor, cell in relation.termes:
        sums[position[cell]] = sums.get(position[cell], 0) + factor
    return Row(tuple(sorted(sums.items())), relation.sens, relation.constante)


def may_hold(relation: Relation, known: Mapping[CellRef, Etat]) -> bool:
    """Whether what is printed of its cells leaves a relation possible."""
    side = 0
    for factor, cell in relation.termes:
        etat = known[cell]
        if isinstance(etat, int):
            side += factor * etat
        elif factor < 0:
            return True
    return relation.sens is Sens.EGAL or side <= relation.constante
