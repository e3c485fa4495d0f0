"""All tables of a bilan as one linked linear system over their distinct cells."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from iscg_desktop.disclosure.relations import Relation, Sens, table_relations
from iscg_desktop.disclosure.tables import CellRef, Count, CountedTable, Dimension, TableShape, is_hidden
from iscg_desktop.errors import BugError


class CyclicMenu(BugError):
    """The crosses of one univers form a cycle: an audit of cells would miss what whole registers leak."""


@dataclass(frozen=True, slots=True)
class Row:
    """One relation over cell positions: Σ coefficient x cell = or <= constant.

    Attributes:
        termes: (position of the cell, coefficient), sorted, each cell once.
    """

    termes: tuple[tuple[int, int], ...]
    sens: Sens
    constante: int

    def holds(self, values: Sequence[int]) -> bool:
        """Whether whole numbers satisfy the relation, exactly."""
        side = sum(coefficient * values[cell] for cell, coefficient in self.termes)
        return side == self.constante if self.sens is Sens.EGAL else side <= self.constante


class TableSystem:
    """The distinct cells of several tables, in sorted order, and every relation between them.

    Attributes:
        tables: As given; printed in that order.
        cells: Names of all cells, sorted; a cell's position is its number everywhere in the protection.
        counts: Exact count of each cell.
        hidden: Whether the cell is a « non », never printed.
        rows: Sums of the tables and declared relations, each once.

    Raises:
        BugError: Tables disagree on a shared cell, or the counts break a relation.
        CyclicMenu: The crosses of one univers form a cycle.
    """

    def __init__(self, tables: Iterable[CountedTable], relations: Iterable[Relation] = ()) -> None:
        self.tables = tuple(tables)
        refuse_disagreement(self.tables)
        refuse_cycles(self.tables)
        found: dict[CellRef, Count] = {}
        for table in self.tables:
            for cle, count in table.counts.items():
                if found.setdefault(table.cell(cle), count) != count:
                    raise BugError(f"table {table.code}: another table counts {cle} differently")
        self.cells = tuple(sorted(found))
        self.counts = tuple(found[cell] for cell in self.cells)
        self.hidden = tuple(is_hidden(cell.cle) for cell in self.cells)
        self._positions = {cell: position for position, cell in enumerate(self.cells)}
        self.rows = self._rows(itertools.chain(*map(table_relations, self.tables), relations))

    def position(self, cell: CellRef) -> int:
        """The number of a cell."""
        try:
            return self._positions[cell]
        except KeyError:
            raise BugError(f"no table counts {cell}") from None

    def _rows(self, relations: Iterable[Relation]) -> tuple[Row, ...]:
        values = [count.effectif for count in self.counts]
        rows: dict[Row, None] = {}
        for relation in relations:
            sums: dict[int, int] = {}
            for coefficient, cell in relation.termes:
                position = self.position(cell)
                sums[position] = sums.get(position, 0) + coefficient
            row = Row(tuple(sorted(sums.items())), relation.sens, relation.constante)
            if not row.holds(values):
                raise BugError(f"the counts break the relation « {relation.code} »")
            rows[row] = None
        return tuple(rows)


def refuse_disagreement(tables: Iterable[TableShape]) -> None:
    """Raise BugError unless a code, a dimension, a univers means the same thing in every table."""
    meanings: dict[tuple[str, str], object] = {}
    for table in tables:
        if meanings.setdefault(("table", table.code), table) is not table:
            raise BugError(f"two tables are called {table.code}")
        if meanings.setdefault(("univers", table.univers), table.unite) != table.unite:
            raise BugError(f"univers {table.univers}: two units")
        for dimension in table.dimensions:
            name = f"{table.univers} {dimension.code}"
            if meanings.setdefault(("dimension", name), dimension) != dimension:
                raise BugError(f"dimension {name}: two meanings")


def refuse_cycles(tables: Iterable[TableShape]) -> None:
    """Raise CyclicMenu unless the crosses of every univers form a tree.

    Each category of a several-answers dimension is a yes/no variable of its own. Crosses form a tree exactly
    when Graham's reduction leaves nothing of them.
    """
    crosses: dict[str, set[frozenset[str]]] = {}
    for table in tables:
        variables = map(_variables, table.dimensions)
        crosses.setdefault(table.univers, set()).update(map(frozenset, itertools.product(*variables)))
    for univers, edges in crosses.items():
        if _reduce(edges):
            raise CyclicMenu(f"the crosses of « {univers} » form a cycle")


def _variables(dimension: Dimension) -> list[str]:
    if not dimension.reponses_multiples:
        return [dimension.code]
    return [f"{dimension.code}={category.code}" for category in dimension.categories]


def _reduce(edges: set[frozenset[str]]) -> set[frozenset[str]]:
    """What is left after dropping, again and again, lonely variables and crosses inside another cross."""
    while True:
        uses = Counter(variable for edge in edges for variable in edge)
        shared = frozenset(variable for variable, times in uses.items() if times > 1)
        kept = {edge & shared for edge in edges}
        kept = {edge for edge in kept if edge and not any(edge < other for other in kept)}
        if kept == edges:
            return kept
        edges = kept
