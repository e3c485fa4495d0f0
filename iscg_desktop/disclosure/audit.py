"""An attacker of our own: bounds of every masked cell, from what is printed alone.

It shares nothing with the suppression but the relations and the solver: it never sees an exact count, cuts
the masked cells into independent blocks, and believes a bound only when it holds a complete table in whole
numbers that reaches it and that satisfies every relation exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from iscg_desktop.disclosure.solver import INFINITY, Program, is_whole
from iscg_desktop.disclosure.system import Row
from iscg_desktop.errors import BugError

# A cell that can be this large has no upper bound; far above any count, far below the solver's precision.
_ENDLESS = 100_000


@dataclass(frozen=True, slots=True)
class Reader:
    """What one reader holds and knows.

    Attributes:
        size: Number of cells, printed, masked and hidden.
        rows: Every relation between them, known to all readers.
        printed: Printed value of each printed cell.
        floors: Lowest value this reader knows for a cell that is not printed; 0 when left out. A reader who
            knows which masks are complementary knows that those count k or more.
    """

    size: int
    rows: tuple[Row, ...]
    printed: Mapping[int, int]
    floors: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a reader can compute of one cell, in whole numbers.

    Attributes:
        low: Smallest possible value.
        high: Largest possible value, None when there is none.
    """

    low: int
    high: int | None

    def reach(self, value: int) -> bool:
        """Whether the cell can be this large or larger."""
        return self.high is None or self.high >= value


def bounds(reader: Reader) -> Iterator[tuple[int, Bounds]]:
    """The bounds of each cell that is not printed, block by block.

    Raises:
        BugError: What is printed contradicts the relations, or a bound could not be shown in time.
    """
    _refuse_contradiction(reader)
    for block in _blocks(reader):
        yield from _Block(reader, block).bounds()


def _blocks(reader: Reader) -> list[list[int]]:
    """Unprinted cells grouped by the relations that link them; what is printed links nothing."""
    leader = {cell: cell for cell in range(reader.size) if cell not in reader.printed}

    def lead(cell: int) -> int:
        while leader[cell] != cell:
            leader[cell] = cell = leader[leader[cell]]
        return cell

    for row in reader.rows:
        unknown = [cell for cell, _ in row.termes if cell in leader]
        for cell in unknown[1:]:
            leader[lead(cell)] = lead(unknown[0])
    groups: dict[int, list[int]] = {}
    for cell in leader:
        groups.setdefault(lead(cell), []).append(cell)
    return sorted(groups.values())


class _Block:
    """Cells that depend on each other, and the program of all that they can be."""

    def __init__(self, reader: Reader, cells: list[int]) -> None:
        self._cells = cells
        column = {cell: rank for rank, cell in enumerate(cells)}
        self._rows = tuple(_reduced(reader.rows, reader.printed, column))
        self._floors = [reader.floors.get(cell, 0) for cell in cells]
        self._program = Program(self._rows, self._floors, [INFINITY] * len(cells))

    def bounds(self) -> Iterator[tuple[int, Bounds]]:
        """Bounds of each cell of the block."""
        for column, cell in enumerate(self._cells):
            low = self._extreme(column, 1)
            # One cell at a time is kept from growing for ever, so that each question has an answer.
            self._program.bound(column, self._floors[column], _ENDLESS)
            high = self._extreme(column, -1)
            self._program.bound(column, self._floors[column], INFINITY)
            yield cell, Bounds(low, None if high >= _ENDLESS else high)

    def _extreme(self, column: int, cost: int) -> int:
        """Lowest (cost 1) or highest (cost -1) whole value of a column, with a table that shows it."""
        self._program.price({column: cost})
        point = self._program.cheapest()
        if point is not None and not is_whole(point):
            point = self._program.cheapest_whole()
        self._program.price({column: 0})
        if point is None:
            raise BugError("the audit found no complete table that agrees with what is printed")
        table: list[int] = [round(value) for value in point.tolist()]
        agrees = all(row.holds(table) for row in self._rows)
        if not agrees or any(value < floor for value, floor in zip(table, self._floors, strict=True)):
            raise BugError("the audit could not show a bound in whole numbers")
        return table[column]


def _reduced(rows: Iterable[Row], printed: Mapping[int, int], column: Mapping[int, int]) -> Iterator[Row]:
    """The relations of a block, what is printed carried to the constant."""
    for row in rows:
        termes = tuple((column[cell], coefficient) for cell, coefficient in row.termes if cell in column)
        if termes:
            known = sum(coefficient * printed.get(cell, 0) for cell, coefficient in row.termes)
            yield Row(termes, row.sens, row.constante - known)


def _refuse_contradiction(reader: Reader) -> None:
    values = [reader.printed.get(cell, 0) for cell in range(reader.size)]
    for row in reader.rows:
        if all(cell in reader.printed for cell, _ in row.termes) and not row.holds(values):
            raise BugError("the printed figures contradict each other")
