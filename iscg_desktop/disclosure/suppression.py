"""Which cells to mask besides the sensitive ones, so that nothing masked can be computed back.

An *alternative* is another complete table, in whole numbers, that agrees with every printed figure and every
relation. The reader to resist knows even which masks are complementary; so in every alternative the cells
that are not sensitive stay at k or more. The greedy part finds, goal by goal, the alternative that moves the
least valuable printed cells and masks what it moves; the clean-up then prints again what no goal needs.
Prices are random: a method that always chose alike could be run backwards (Algorithms 12:165, 2019).
"""

from __future__ import annotations

import enum
import math
import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from iscg_desktop.disclosure.relations import Sens
from iscg_desktop.disclosure.solver import INFINITY, Program, is_whole
from iscg_desktop.disclosure.system import Row, TableSystem
from iscg_desktop.disclosure.watch import Watch
from iscg_desktop.errors import UserError

# What printing a cell is worth, by number of dimensions: totals are read first, crosses last.
_WORTH = (50.0, 8.0, 2.0)
# Price of moving a cell that is hidden anyway: not nothing, so that alternatives stay small.
_HIDDEN_PRICE = 1e-3
# Outweighs every hidden price when a cell is pushed as far as it goes.
_PUSH = -1e3

Move: TypeAlias = dict[int, int]  # position of a cell -> by how much an alternative differs from the truth


class Aim(enum.Enum):
    """What must be possible for a masked cell."""

    ZERO = "the cell can be 0"
    HIGH = "the cell can be k or more"
    WIDE = "the cell can take values k apart"


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing that must be possible for one cell."""

    cell: int
    aim: Aim


def suppress(system: TableSystem, sensitive: frozenset[int], k: int, watch: Watch) -> frozenset[int]:
    """Positions of all cells to mask, sensitive ones included.

    Args:
        system: The exact counts and their relations.
        sensitive: Cells that must stay deniable, hidden « non » included.
        k: Smallest number that may be told.
        watch: Told of progress up to 60 out of 100.

    Raises:
        UserError: ``bilan_non_protegeable``, when even masking everything would let something be computed.
    """
    work = _Suppression(system, sensitive, k)
    for goal in watch.steps(work.goals_of_sensitive(), 0, 30):
        work.reach(goal)
    while waiting := work.unchecked_complements():
        for cell in waiting:
            watch.reach(30)
            work.reach(Goal(cell, Aim.WIDE))
    for cell in watch.steps(work.dearest_complements(), 30, 60):
        work.give_back(cell)
    return frozenset(work.masked)


class _Suppression:
    """The masks so far, and the alternatives that justify them."""

    def __init__(self, system: TableSystem, sensitive: frozenset[int], k: int) -> None:
        self._chance = random.SystemRandom()
        self._truth = [count.effectif for count in system.counts]
        self._sensitive = sensitive
        self._k = k
        self._hidden = system.hidden
        self._prices = [
            _worth(len(cell.cle), effectif) * self._chance.uniform(0.75, 1.25)
            for cell, effectif in zip(system.cells, self._truth, strict=True)
        ]
        floors = [0 if cell in sensitive else k for cell in range(len(self._truth))]
        # What may move: in `open` everything, at a price; in `closed` only what is masked or hidden.
        self._open = _Moves(system.rows, self._truth, floors)
        self._closed = _Moves(system.rows, self._truth, floors)
        for cell, price in enumerate(self._prices):
            if not self._hidden[cell]:
                self._open.price(cell, price)
                self._closed.fix(cell)
        self.masked: set[int] = set()
        self._found: dict[Goal, tuple[Move, ...]] = {}
        self._mask(sensitive)

    def goals_of_sensitive(self) -> list[Goal]:
        """Both goals of every sensitive cell, largest cells first, equals in random order."""
        cells = sorted(self._sensitive)
        self._chance.shuffle(cells)
        cells.sort(key=lambda cell: -self._truth[cell])
        return [Goal(cell, aim) for cell in cells for aim in (Aim.HIGH, Aim.ZERO)]

    def unchecked_complements(self) -> list[int]:
        """Complementary masks not yet shown to have a wide range."""
        return [cell for cell in self._complements() if Goal(cell, Aim.WIDE) not in self._found]

    def dearest_complements(self) -> list[int]:
        """Complementary masks, those worth most first."""
        return sorted(self._complements(), key=lambda cell: -self._prices[cell])

    def reach(self, goal: Goal) -> None:
        """Make a goal possible, masking what that takes."""
        moves = self._within_masks(goal) or self._at_a_price(goal)
        if moves is None:
            raise UserError("bilan_non_protegeable")
        self._found[goal] = moves
        self._mask(cell for move in moves for cell in move)

    def give_back(self, cell: int) -> None:
        """Print a complementary mask again if every goal can do without it."""
        leaning = [goal for goal, moves in self._found.items() if any(cell in move for move in moves)]
        self._closed.fix(cell)
        instead: dict[Goal, tuple[Move, ...]] = {}
        for goal in leaning:
            if goal.cell == cell:
                continue
            moves = self._within_masks(goal)
            if moves is None:
                self._closed.free(cell)
                return
            instead[goal] = moves
        self._found.update(instead)
        self._found.pop(Goal(cell, Aim.WIDE), None)
        self.masked.discard(cell)

    def _complements(self) -> list[int]:
        return sorted(self.masked - self._sensitive)

    def _mask(self, cells: Iterable[int]) -> None:
        for cell in cells:
            if cell not in self.masked and not self._hidden[cell]:
                self.masked.add(cell)
                self._open.price(cell, _HIDDEN_PRICE)
                self._closed.free(cell)

    def _within_masks(self, goal: Goal) -> tuple[Move, ...] | None:
        """Alternatives that reach the goal without any further mask."""
        if goal.aim is not Aim.WIDE:
            return self._direct(self._closed, goal)
        up = self._closed.furthest(goal.cell, self._k)
        down = self._closed.furthest(goal.cell, -self._k)
        wide = up.get(goal.cell, 0) - down.get(goal.cell, 0) >= self._k
        return (up, down) if wide else None

    def _at_a_price(self, goal: Goal) -> tuple[Move, ...] | None:
        """Alternatives that reach the goal by moving the least valuable printed cells."""
        if goal.aim is not Aim.WIDE:
            return self._direct(self._open, goal)
        for change in (self._k, -self._k):
            move = self._open.by(goal.cell, change)
            if move is not None:
                return (move,)
        return None

    def _direct(self, moves: _Moves, goal: Goal) -> tuple[Move, ...] | None:
        effectif = self._truth[goal.cell]
        change = -effectif if goal.aim is Aim.ZERO else max(self._k - effectif, 0)
        move = moves.by(goal.cell, change) if change else {}
        return None if move is None else (move,)


class _Moves:
    """How alternatives differ from the truth: a program with a column up and a column down per cell."""

    def __init__(self, rows: tuple[Row, ...], truth: list[int], floors: list[int]) -> None:
        self._size = len(truth)
        self._room = [effectif - floor for effectif, floor in zip(truth, floors, strict=True)]
        self._fixed = [False] * self._size
        low = [0.0] * (2 * self._size)
        high = [INFINITY] * self._size + [float(room) for room in self._room]
        self._program = Program([self._shifted(row, truth) for row in rows], low, high)
        self._program.price(dict.fromkeys(range(2 * self._size), _HIDDEN_PRICE))

    def price(self, cell: int, price: float) -> None:
        """What moving a cell by one costs, up or down."""
        self._program.price({cell: price, self._size + cell: price})

    def fix(self, cell: int) -> None:
        """Keep a cell at its true value."""
        self._fixed[cell] = True
        self._rest(cell)

    def free(self, cell: int) -> None:
        """Let a cell move between its floor and infinity."""
        self._fixed[cell] = False
        self._rest(cell)

    def by(self, cell: int, change: int) -> Move | None:
        """The cheapest alternative where a cell is away from the truth by at least this much."""
        if change > 0:
            self._bound(cell, (change, INFINITY), (0, 0))
        elif -change <= self._room[cell]:
            self._bound(cell, (0, 0), (-change, self._room[cell]))
        else:
            return None
        move = self._solve()
        self._rest(cell)
        return move

    def furthest(self, cell: int, change: int) -> Move:
        """The alternative where a cell goes as far as it can towards this change."""
        up = max(change, 0)
        self._bound(cell, (0, up), (0, min(max(-change, 0), self._room[cell])))
        column = cell if change > 0 else self._size + cell
        self._program.price({column: _PUSH})
        move = self._solve()
        self._program.price({column: _HIDDEN_PRICE})
        self._rest(cell)
        return move or {}

    def _shifted(self, row: Row, truth: list[int]) -> Row:
        """A relation between values, as the relation between their changes."""
        side = sum(coefficient * truth[cell] for cell, coefficient in row.termes)
        down = tuple((self._size + cell, -coefficient) for cell, coefficient in row.termes)
        slack = 0 if row.sens is Sens.EGAL else row.constante - side
        return Row(row.termes + down, row.sens, slack)

    def _rest(self, cell: int) -> None:
        if self._fixed[cell]:
            self._bound(cell, (0, 0), (0, 0))
        else:
            self._bound(cell, (0, INFINITY), (0, self._room[cell]))

    def _bound(self, cell: int, up: tuple[float, float], down: tuple[float, float]) -> None:
        self._program.bound(cell, *up)
        self._program.bound(self._size + cell, *down)

    def _solve(self) -> Move | None:
        point = self._program.cheapest()
        if point is not None and not is_whole(point):
            point = self._program.cheapest_whole()
        if point is None:
            return None
        changes = (point[: self._size] - point[self._size :]).round().astype(int)
        return {int(cell): int(changes[cell]) for cell in changes.nonzero()[0]}


def _worth(dimensions: int, effectif: int) -> float:
    """What printing a cell is worth to its readers."""
    return _WORTH[min(dimensions, len(_WORTH) - 1)] * (1.0 + math.sqrt(effectif))
