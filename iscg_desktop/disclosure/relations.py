"""What a reader knows besides the sums of a table: equalities and inequalities declared across cells."""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field

from iscg_desktop.disclosure.tables import CellRef, Dimension, TableShape, non
from iscg_desktop.errors import BugError


class Sens(enum.Enum):
    """How the left side of a relation compares with its constant."""

    EGAL = "="
    AU_PLUS = "<="


@dataclass(frozen=True, slots=True)
class Relation:
    """Σ coefficient x cell = or <= constant, true by the meaning of what is counted, whatever the counts.

    A relation left undeclared is a leak: the reader knows it all the same.

    Attributes:
        certaine: False for what is only believed, such as a saisine before each dossier. Where the counts bear it
            out, a reader who believes it is right, and is to be resisted; elsewhere she would be wrong.
    """

    code: str
    termes: tuple[tuple[int, CellRef], ...]
    sens: Sens
    constante: int = 0
    certaine: bool = field(default=True, compare=False)

    def at(self, periode: str) -> Relation:
        """The same relation between the cells of a period."""
        termes = tuple((coefficient, cell.at(periode)) for coefficient, cell in self.termes)
        return Relation(self.code, termes, self.sens, self.constante, self.certaine)


def at_most(code: str, petit: CellRef, grand: CellRef) -> Relation:
    """One cell never counts more than another, such as dossiers and accueils."""
    return sum_at_most(code, (petit,), (grand,))


def sum_at_most(
    code: str, petits: Iterable[CellRef], grands: Iterable[CellRef], *, certaine: bool = True
) -> Relation:
    """Some cells together never count more than some others, such as minima sociaux and adults."""
    termes = (*((1, cell) for cell in petits), *((-1, cell) for cell in grands))
    return Relation(code, termes, Sens.AU_PLUS, certaine=certaine)


def sum_equals(code: str, total: CellRef, parts: Iterable[CellRef]) -> Relation:
    """One cell is the sum of others, such as a famille and its leaves."""
    return Relation(code, ((-1, total), *((1, part) for part in parts)), Sens.EGAL)


def at_least_one(code: str, table: TableShape, dimension: str) -> tuple[Relation, ...]:
    """Every unit has at least one answer to a several-answers dimension: in each cell, Σ « oui » >= units."""
    asked = next(one for one in table.dimensions if one.code == dimension)
    if not asked.reponses_multiples:
        raise BugError(f"table {table.code}: {dimension} already is a partition")
    others = tuple(one for one in table.dimensions if one.code != dimension)
    relations = []
    for answers in itertools.product(*((None, *one.answers()) for one in others)):
        parent = tuple((one.code, answer) for one, answer in zip(others, answers, strict=True) if answer)
        parts = (table.cell((*parent, (dimension, category.code))) for category in asked.categories)
        termes = ((1, table.cell(parent)), *((-1, part) for part in parts))
        relations.append(Relation(code, termes, Sens.AU_PLUS))
    return tuple(relations)


def table_relations(table: TableShape) -> Iterable[Relation]:
    """The sums that a table prints or implies, over each dimension and for each cell of the others."""
    for dimension in table.dimensions:
        others = tuple(one for one in table.dimensions if one is not dimension)
        for answers in itertools.product(*((None, *one.answers()) for one in others)):
            parent = tuple((one.code, answer) for one, answer in zip(others, answers, strict=True) if answer)
            for parts in _ways_to_split(dimension):
                cells = tuple(table.cell((*parent, (dimension.code, part))) for part in parts)
                yield sum_equals(f"somme {table.code}", table.cell(parent), cells)


def _ways_to_split(dimension: Dimension) -> Iterable[tuple[str, ...]]:
    """Each list of categories that together make up the total."""
    if not dimension.reponses_multiples:
        return (dimension.answers(),)
    return tuple((category.code, non(category.code)) for category in dimension.categories)
