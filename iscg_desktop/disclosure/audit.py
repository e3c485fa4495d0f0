"""An attacker of our own: bounds of every masked cell, from what is printed alone.

It shares nothing with the suppression but the relations and the solver: it never sees an exact count, cuts
the masked cells into independent blocks, and believes a bound only when it holds a complete table in whole
numbers that reaches it and that satisfies every relation exactly.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from iscg_desktop.disclosure.blocks import Block, Reader, blocks
from iscg_desktop.disclosure.solver import INFINITY, Program, is_whole
from iscg_desktop.errors import BugError

# A cell that can be this large has no upper bound; far above any count, far below the solver's precision.
_ENDLESS = 100_000


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


def bounds(reader: Reader, asked: Container[int] | None = None) -> Iterator[tuple[int, Bounds]]:
    """The bounds of the cells asked for, or of all that are not printed, block by block.

    Raises:
        BugError: What is printed contradicts the relations, or a bound could not be shown in time.
    """
    for block in blocks(reader):
        columns = [rank for rank, cell in enumerate(block.cells) if asked is None or cell in asked]
        attack = _Attack(block) if columns else None
        for column in columns:
            assert attack is not None
            yield block.cells[column], attack.bounds(column)


class _Attack:
    """The program of all that the cells of a block can be."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._program = Program(block.rows, block.floors, [INFINITY] * len(block.cells))

    def bounds(self, column: int) -> Bounds:
        """Bounds of one cell of the block."""
        floor = self._block.floors[column]
        low = self._extreme(column, 1)
        # One cell at a time is kept from growing for ever, so that each question has an answer.
        self._program.bound(column, floor, _ENDLESS)
        high = self._extreme(column, -1)
        self._program.bound(column, floor, INFINITY)
        return Bounds(low, None if high >= _ENDLESS else high)

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
        if not self._block.agrees(table):
            raise BugError("the audit could not show a bound in whole numbers")
        return table[column]
