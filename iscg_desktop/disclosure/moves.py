"""Alternatives: other complete tables that agree with all that stays printed, as changes from the truth."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from iscg_desktop.disclosure.relations import Sens
from iscg_desktop.disclosure.solver import INFINITY, Program, Values, is_whole
from iscg_desktop.disclosure.system import Row

# Price of moving a cell that is hidden anyway: not nothing, so that alternatives stay small.
HIDDEN_PRICE = 1e-3
# Outweighs every hidden price when a cell is pushed as far as it goes.
_PUSH = -1e3
# An alternative need not be the very cheapest: the clean-up looks for the rest.
_GAP = 0.02

# Corners looked at before the integer program, which takes a hundred times as long.
_SHAKES = 4

Move: TypeAlias = dict[int, int]  # position of a cell -> by how much an alternative differs from the truth


class Moves:
    """The program of the alternatives, with a column up and a column down per cell that may move.

    Args:
        rows: Relations between all cells.
        truth: Exact count of each cell.
        floors: Lowest value a cell may take in an alternative.
        free: Cells that may move; all others were printed for good.
        first: Be content with any alternative in whole numbers where the cheapest has fractions.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        truth: Sequence[int],
        floors: Sequence[int],
        free: Sequence[int],
        *,
        first: bool = False,
    ) -> None:
        self._cells = tuple(free)
        self._column = {cell: column for column, cell in enumerate(free)}
        self._size = len(free)
        self._truth = [truth[cell] for cell in free]
        self._room = [truth[cell] - floors[cell] for cell in free]
        self._fixed = [False] * self._size
        low = [0.0] * (2 * self._size)
        high = [INFINITY] * self._size + [float(room) for room in self._room]
        shifted = dict.fromkeys(row for row in (self._shifted(row, truth) for row in rows) if row.termes)
        self._program = Program(tuple(shifted), low, high, gap=_GAP, first=first, afresh=True)
        # Prices that differ a little lead to corners, and corners are mostly whole.
        self._chance = random.SystemRandom()
        prices = [HIDDEN_PRICE * self._chance.uniform(0.75, 1.25) for _ in free]
        self._program.price(dict(enumerate(prices + prices)))

    def price(self, cell: int, price: float) -> None:
        """What moving a cell by one costs, up or down."""
        column = self._column[cell]
        self._program.price({column: price, self._size + column: price})

    def fix(self, cell: int) -> None:
        """Keep a cell at its true value."""
        self._fixed[self._column[cell]] = True
        self._rest(self._column[cell])

    def free(self, cell: int) -> None:
        """Let a cell move between its floor and infinity."""
        self._fixed[self._column[cell]] = False
        self._rest(self._column[cell])

    def sink(self, cell: int) -> None:
        """Let a cell go down to zero from now on: nobody knows any longer that it counts k or more."""
        column = self._column[cell]
        self._room[column] = self._truth[column]
        self._rest(column)

    def by(self, cell: int, change: int) -> Move | None:
        """The cheapest alternative where a cell is away from the truth by at least this much."""
        column = self._column[cell]
        if change > 0:
            self._bound(column, (change, INFINITY), (0, 0))
        elif -change <= self._room[column]:
            self._bound(column, (0, 0), (-change, self._room[column]))
        else:
            return None
        move = self._solve()
        self._rest(column)
        return move

    def apart(self, cell: int, distance: int) -> tuple[Move, Move] | None:
        """Two alternatives between which a cell changes by at least this much, None when there are none."""
        up, down = self._furthest(cell, distance), self._furthest(cell, -distance)
        return (up, down) if up.get(cell, 0) - down.get(cell, 0) >= distance else None

    def _furthest(self, cell: int, change: int) -> Move:
        """The alternative where a cell goes as far as it can towards this change."""
        column = self._column[cell]
        self._bound(column, (0, max(change, 0)), (0, min(max(-change, 0), self._room[column])))
        pushed = column if change > 0 else self._size + column
        self._program.price({pushed: _PUSH})
        move = self._solve()
        self._program.price({pushed: HIDDEN_PRICE})
        self._rest(column)
        return move or {}

    def _shifted(self, row: Row, truth: Sequence[int]) -> Row:
        """A relation between values, as the relation between their changes; what is printed does not change."""
        side = sum(coefficient * truth[cell] for cell, coefficient in row.termes)
        up = tuple((self._column[cell], factor) for cell, factor in row.termes if cell in self._column)
        down = tuple((self._size + column, -factor) for column, factor in up)
        return Row(up + down, row.sens, 0 if row.sens is Sens.EGAL else row.constante - side)

    def _rest(self, column: int) -> None:
        if self._fixed[column]:
            self._bound(column, (0, 0), (0, 0))
        else:
            self._bound(column, (0, INFINITY), (0, self._room[column]))

    def _bound(self, column: int, up: tuple[float, float], down: tuple[float, float]) -> None:
        self._program.bound(column, *up)
        self._program.bound(self._size + column, *down)

    def _solve(self) -> Move | None:
        point = self._program.cheapest()
        for _ in range(_SHAKES):
            if point is None or is_whole(point):
                break
            point = self._shaken()
        if point is not None and not is_whole(point):
            point = self._program.cheapest_whole()
        if point is None:
            return None
        changes = (point[: self._size] - point[self._size :]).round().astype(int)
        return {self._cells[column]: int(changes[column]) for column in changes.nonzero()[0]}

    def _shaken(self) -> Values | None:
        """The cheapest alternative at prices that differ a little: another corner, whole more often than not."""
        prices = self._program.prices()
        shaken = {column: price * self._chance.uniform(0.8, 1.2) for column, price in prices.items()}
        self._program.price(shaken)
        point = self._program.cheapest()
        self._program.price(prices)
        return point
