"""What stands in the way of a goal: new cells of which a reader would know that they count k or more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from iscg_desktop.disclosure.solver import INFINITY, Program
from iscg_desktop.disclosure.system import Row

# Less than this is rounding.
_NOTHING = 1e-6


class Obstacles:
    """The program of all tables, where some cells may go under their floor at a price.

    Args:
        rows: Relations between all cells.
        truth: Exact count of each cell.
        printed: Cells that keep their value.
        floors: Lowest value a cell may take.
        new: Cells of which the floor may be given up.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        truth: Sequence[int],
        printed: Collection[int],
        floors: Sequence[int],
        new: Iterable[int],
    ) -> None:
        size = len(truth)
        self._new = [cell for cell in sorted(new) if floors[cell]]
        # A cell is what it has above its floor, less what it lacks below it.
        lacking = {cell: size + rank for rank, cell in enumerate(self._new)}
        self._fixed = [cell in printed for cell in range(size)]
        self._floors = [truth[cell] if self._fixed[cell] else floors[cell] for cell in range(size)]
        self._size = size
        self._program = Program(
            [self._widened(row, lacking) for row in rows],
            [0.0] * (size + len(self._new)),
            [0.0 if fixed else INFINITY for fixed in self._fixed] + [float(floors[c]) for c in self._new],
        )
        self._program.price(dict.fromkeys(lacking.values(), 1.0))

    def between(self, cell: int, low: int, high: float) -> set[int]:
        """The new cells of which one at least must go under its floor for a cell to lie between two values.

        Empty when none must, or when even all of them together are not enough.
        """
        floor = self._floors[cell]
        self._program.bound(cell, low - floor, high - floor)
        point = self._program.cheapest()
        weights = self._program.weights()
        self._program.bound(cell, 0.0, 0.0 if self._fixed[cell] else INFINITY)
        if point is None:
            return set()
        under = {c for rank, c in enumerate(self._new) if point[self._size + rank] > _NOTHING}
        # At its floor, and the price would be lower were it not: what goes under could have been this one.
        return under | {c for c in self._new if under and weights[c] > _NOTHING}

    def _widened(self, row: Row, lacking: dict[int, int]) -> Row:
        side = row.constante - sum(factor * self._floors[cell] for cell, factor in row.termes)
        more = tuple((lacking[cell], -factor) for cell, factor in row.termes if cell in lacking)
        return Row(row.termes + more, row.sens, side)
