"""All tables of a bilan as one linked linear system over their distinct cells."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from iscg_desktop.disclosure.relations import Relation, Sens, sum_equals, table_relations
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

    def inside(self) -> tuple[frozenset[int], frozenset[int]]:
        """Cells that together never count less than others do, and these others; none when a constant comes in."""
        if self.constante:
            return frozenset(), frozenset()
        return (
            frozenset(cell for cell, factor in self.termes if factor < 0),
            frozenset(cell for cell, factor in self.termes if factor > 0),
        )


@dataclass(frozen=True, slots=True)
class Volet:
    """What is counted of one period, whether or not its file was handed over.

    Attributes:
        periode: Code of the period.
        tables: Every table counted, those that only the file of a longer period prints included: what is printed
            of a half-year bounds the same cells of its quarters.
        relations: What readers know between these cells besides the sums of the tables.
        imprimes: Codes of the tables that the file of this period prints.
        parties: Codes of the periods whose counts add up to these.
        empreinte: SHA-256 of the file of this period, empty when it was not handed over.
        retenus: Cells that its file masked whatever they count, so that their masks tell nothing of them.
        figures: What the file of this period printed, None for a mask; None when it was not handed over. A count of
            zero in it is no figure: that of a category which did not exist yet.
    """

    periode: str
    tables: tuple[CountedTable, ...]
    relations: tuple[Relation, ...] = ()
    imprimes: frozenset[str] = frozenset()
    parties: tuple[str, ...] = ()
    figures: Mapping[CellRef, int | None] | None = None
    empreinte: str = ""
    retenus: frozenset[CellRef] = frozenset()


class TableSystem:
    """The distinct cells of all the tables, in sorted order, and every relation between them.

    Attributes:
        tables: Those of the file to be made; printed in that order.
        cells: Names of all cells, sorted; a cell's position is its number everywhere in the protection.
        counts: Exact count of each cell.
        rows: Sums of the tables and of the periods, and declared relations, each once.
        hidden: Whether the cell is printed by no file: a « non », or a table that its period does not print.
        printed: Positions printed by an earlier file; they stay printed.
        masked: Positions masked by an earlier file; they stay masked.
        shown: Positions of which readers see or may ask the status: printed or masked, and the « non » beside them.
        withheld: Positions that an earlier file masked whatever they count.

    Raises:
        BugError: Tables disagree on a shared cell, or the counts break a relation.
        CyclicMenu: The crosses of one univers form a cycle.
    """

    def __init__(self, tables: Iterable[CountedTable], relations: Iterable[Relation] = ()) -> None:
        tables = tuple(tables)
        self._assemble((Volet("", tables, tuple(relations), frozenset(table.code for table in tables)),), "")

    @classmethod
    def of_volets(cls, volets: Iterable[Volet], nouveau: str) -> TableSystem:
        """The system of several periods; the file of ``nouveau`` is the one to be made.

        Periods that no file links to the new one are left out: nothing that is printed here can tell of them.
        """
        system = cls.__new__(cls)
        system._assemble(_linked(tuple(volets), nouveau), nouveau)
        return system

    def position(self, cell: CellRef) -> int:
        """The number of a cell."""
        try:
            return self._positions[cell]
        except KeyError:
            raise BugError(f"no table counts {cell}") from None

    def _assemble(self, volets: tuple[Volet, ...], nouveau: str) -> None:
        self.volets, self.nouveau = volets, nouveau
        found: dict[CellRef, Count] = {}
        for volet in volets:
            # What is printed partly together has the same dimensions, with other categories, as what is not printed.
            refuse_disagreement(table for table in volet.tables if table.code in volet.imprimes)
            refuse_disagreement(table for table in volet.tables if table.code not in volet.imprimes)
            for table in volet.tables:
                for cle, count in table.counts.items():
                    if found.setdefault(table.cell(cle).at(volet.periode), count) != count:
                        raise BugError(f"table {table.code}: another table counts {cle} differently")
        refuse_cycles(table for volet in volets for table in volet.tables)
        self.tables = tuple(
            table
            for volet in volets
            if volet.periode == nouveau
            for table in volet.tables
            if table.code in volet.imprimes
        )
        self.cells = tuple(sorted(found))
        self.counts = tuple(found[cell] for cell in self.cells)
        self._positions = {cell: position for position, cell in enumerate(self.cells)}
        self.rows = self._rows(_relations(volets, found.keys()))
        self._place()

    def _place(self) -> None:
        """Sort the cells by what the readers of the files see of them."""
        shown: set[int] = set()
        printed: set[int] = set()
        masked: set[int] = set()
        withheld: set[int] = set()
        for volet in self.volets:
            if volet.periode != self.nouveau and volet.figures is None:
                continue
            for table in volet.tables:
                if table.code in volet.imprimes:
                    shown.update(self.position(table.cell(cle).at(volet.periode)) for cle in table.all_keys())
            withheld.update(self.position(cell.at(volet.periode)) for cell in volet.retenus)
            for cell, figure in (volet.figures or {}).items():
                position = self.position(cell.at(volet.periode))
                (masked if figure is None else printed).add(position)
                if figure is not None and figure != self.counts[position].effectif:
                    raise BugError("an earlier file printed another figure than was frozen")
        self.shown, self.printed, self.masked = frozenset(shown), frozenset(printed), frozenset(masked)
        self.withheld = frozenset(withheld)
        self.hidden = tuple(
            (position not in shown and position not in printed) or is_hidden(cell.cle)
            for position, cell in enumerate(self.cells)
        )

    def _rows(self, relations: Iterable[Relation]) -> tuple[Row, ...]:
        values = [count.effectif for count in self.counts]
        foyers = [count.foyers for count in self.counts]
        rows: dict[Row, None] = {}
        for relation in relations:
            sums: dict[int, int] = {}
            for coefficient, cell in relation.termes:
                position = self.position(cell)
                sums[position] = sums.get(position, 0) + coefficient
            row = Row(tuple(sorted(sums.items())), relation.sens, relation.constante)
            # In foyers too, else a cell that must be deniable to zero could lie above one that need not; under a
            # single cell ``sensitivity`` sees to it.
            borne_out = row.holds(values) and (row.holds(foyers) or len(row.inside()[0]) == 1)
            if not relation.certaine and not borne_out:
                continue
            if not row.holds(values):
                raise BugError(f"the counts break the relation « {relation.code} »")
            rows[row] = None
        return tuple(rows)


def _linked(volets: tuple[Volet, ...], nouveau: str) -> tuple[Volet, ...]:
    """The volets tied to the new one by the sums of some file, handed over or new.

    A period whose file does not exist, and that is no part of one, adds cells that nothing printed touches: what its
    cells must be able to be, those of its parts can be.
    """
    known = {volet.periode: volet for volet in volets}
    files = [volet for volet in volets if volet.figures is not None or volet.periode == nouveau]
    linked = {nouveau}
    while True:
        groups = ({volet.periode, *_parts(volet, known)} for volet in files)
        found = linked.union(*(group for group in groups if group & linked))
        if found == linked:
            return tuple(volet for volet in volets if volet.periode in linked)
        linked = found


def _parts(volet: Volet, known: Mapping[str, Volet]) -> Iterator[str]:
    """The periods that a period is the sum of, down to the shortest."""
    for partie in volet.parties:
        if partie in known:
            yield partie
            yield from _parts(known[partie], known)


def _relations(volets: Iterable[Volet], known: Container[CellRef]) -> Iterator[Relation]:
    """Sums over categories, what is declared, and sums over periods."""
    for volet in volets:
        for relation in (
            *itertools.chain.from_iterable(map(table_relations, volet.tables)),
            *volet.relations,
        ):
            yield relation.at(volet.periode)
    for volet in volets:
        if volet.parties:
            for cell in sorted({table.cell(cle) for table in volet.tables for cle in table.counts}):
                parts = [cell.at(partie) for partie in volet.parties]
                # Categories printed together in this file alone are tied to those of the parts by their own sum.
                if all(part in known for part in parts):
                    yield sum_equals("période", cell.at(volet.periode), parts)


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
