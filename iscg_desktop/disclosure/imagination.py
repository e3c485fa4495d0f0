"""Complete tables that a reader can imagine: in whole numbers, agreeing with all that is printed.

A few of them together show many cells at 0, and at k or more: each is drawn so as to show as much as possible of
what was not shown yet, then what is left is asked cell by cell.
"""

from __future__ import annotations

import functools
import math
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from iscg_desktop.disclosure.blocks import Block, Reader, blocks
from iscg_desktop.disclosure.goals import Aim, Goal
from iscg_desktop.disclosure.moves import Move, Moves
from iscg_desktop.disclosure.relations import Sens
from iscg_desktop.disclosure.solver import INFINITY, Program, is_whole
from iscg_desktop.disclosure.system import Row
from iscg_desktop.errors import BugError

# What one unit of a cell that no goal asks for costs: small tables are easier to read.
_DULL = 1e-3
# A draw for all goals together takes as long as about this many questions: few that show fewer are the last.
_WORTHWHILE, _FEW = 8, 3
_GAP, _PATIENCE = 0.2, 4.0
# The seconds of a computer that sleeps count too: what gives no table in time is asked again.
_TRIES = 3

Progress: TypeAlias = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Imagined:
    """Tables imagined, and what none of them shows.

    Attributes:
        tables: A value for each cell of the reader, printed ones included.
        unmet: Goals that the reader knows to be impossible, or for which no table was found in time.
    """

    tables: tuple[tuple[int, ...], ...]
    unmet: frozenset[Goal]


def imagine(
    reader: Reader,
    goals: Iterable[Goal],
    k: int,
    tell: Progress = lambda _: None,
    *,
    largest: float = math.inf,
) -> Imagined:
    """Tables that meet every goal that can be met.

    Args:
        reader: What is known.
        goals: What the tables should show; ``WIDE`` is judged over all tables together.
        k: Smallest number that may be told.
        tell: Called with the share done, from 0 to 1.
        largest: In blocks of more cells, no goal is asked for alone: some that can be met are left unmet.
    """
    wanted: dict[int, list[Goal]] = {}
    for goal in goals:
        wanted.setdefault(goal.cell, []).append(goal)
    parts, unmet = [], set[Goal]()
    listed = blocks(reader)
    for rank, block in enumerate(listed):
        tell(rank / len(listed))
        search = _Search(block, [goal for cell in block.cells for goal in wanted.get(cell, ())], k)
        told = functools.partial(_tell_part, tell, rank, len(listed))
        search.draw_together(told)
        if len(block.cells) <= largest:
            search.ask_one_by_one(told)
        search.thin()
        parts.append((block, search.found))
        unmet |= search.unmet
    return Imagined(tuple(_assembled(reader, parts)), frozenset(unmet))


def _tell_part(tell: Progress, rank: int, parts: int, share: float) -> None:
    tell((rank + share) / parts)


def _assembled(
    reader: Reader, parts: Sequence[tuple[Block, Sequence[Sequence[int]]]]
) -> Iterator[tuple[int, ...]]:
    """Tables of independent blocks side by side; a block with fewer shows its first ones again."""
    for rank in range(max((len(found) for _, found in parts), default=1)):
        table = [reader.printed.get(cell, 0) for cell in range(reader.size)]
        for block, found in parts:
            for cell, value in zip(block.cells, found[rank % len(found)], strict=True):
                table[cell] = value
        yield tuple(table)


class _Search:
    """Tables of one block, one after the other, until its goals are met.

    The program has a column for each cell, and one for each cell that should be large: as large as the cell, but
    worth nothing beyond what is asked.
    """

    def __init__(self, block: Block, goals: Iterable[Goal], k: int) -> None:
        self._block, self._k = block, k
        # The same drawing for the same file: the tables shown must not depend on anything else.
        self._chance = random.Random(k)  # noqa: S311
        self._column = {cell: column for column, cell in enumerate(block.cells)}
        self._goals = sorted(goals, key=lambda goal: (goal.cell, goal.aim.name))
        self.unmet = set(self._goals)
        self.found: list[tuple[int, ...]] = []
        self._ends: dict[int, tuple[int, int]] = {}
        size = len(block.cells)
        high = [goal for goal in self._goals if goal.aim is not Aim.ZERO]
        self._capped = {goal.cell: size + rank for rank, goal in enumerate(high)}
        caps = [
            Row(((self._column[cell], -1), (column, 1)), Sens.AU_PLUS, 0)
            for cell, column in self._capped.items()
        ]
        tops = [k + block.floors[self._column[goal.cell]] for goal in high]
        self._floors = block.floors
        self._program = Program(
            (*block.rows, *caps),
            [*block.floors, *(0.0 for _ in high)],
            [*(INFINITY for _ in block.cells), *map(float, tops)],
            gap=_GAP,
            patience=_PATIENCE,
            first=True,
        )

    def draw_together(self, tell: Progress) -> None:
        """Draw tables for all goals together while that pays."""
        for _ in range(_TRIES):
            self._keep(self._draw(whole=True))
            if self.found:
                break
        else:
            raise BugError("no complete table agrees with what is printed")
        left = [len(self._goals)] * _FEW
        while self.unmet and left[-_FEW] - len(self.unmet) >= _WORTHWHILE * _FEW:
            left.append(len(self.unmet))
            tell(1 - left[-1] / len(self._goals))
            self._keep(self._draw())

    def ask_one_by_one(self, tell: Progress) -> None:
        """Change a table as little as it takes, for each goal that is left."""
        left = sorted(self.unmet, key=lambda goal: (goal.cell, goal.aim.name))
        if not left:
            return
        base = self.found[0]
        moves = Moves(self._block.rows, base, self._floors, range(len(base)), first=True)
        for goal in left:
            if goal in self.unmet:
                tell(1 - len(self.unmet) / len(self._goals))
                for move in self._asked(goal, moves, base):
                    self._keep(tuple(value + move.get(column, 0) for column, value in enumerate(base)))

    def thin(self) -> None:
        """Leave out tables that show nothing which the others do not."""
        columns = {goal.cell: self._column[goal.cell] for goal in self._goals if goal.aim is Aim.WIDE}
        self._ends = {
            cell: (min(table[column] for table in self.found), max(table[column] for table in self.found))
            for cell, column in columns.items()
        }
        shows = [self._shows(table) for table in self.found]
        left = set().union(*shows)
        kept: list[int] = []
        while left:
            best = max(range(len(shows)), key=lambda rank: len(shows[rank] & left))
            kept.append(best)
            left -= shows[best]
        self.found = [self.found[rank] for rank in sorted(kept)] or self.found[:1]

    def _shows(self, table: Sequence[int]) -> set[tuple[Goal, int]]:
        """What a table gives to each goal that is met: all of it, or one end of a wide range."""
        given = set()
        for goal in self._goals:
            if goal in self.unmet:
                continue
            value = table[self._column[goal.cell]]
            if goal.aim is Aim.WIDE:
                given |= {(goal, end) for end in self._ends[goal.cell] if value == end}
            elif value == 0 if goal.aim is Aim.ZERO else value >= self._k:
                given.add((goal, 0))
        return given

    def _asked(self, goal: Goal, moves: Moves, base: Sequence[int]) -> Sequence[Move]:
        """Changes that show a goal; none when nothing does."""
        column = self._column[goal.cell]
        if goal.aim is Aim.WIDE:
            return moves.apart(column, self._k) or ()
        move = moves.by(column, -base[column] if goal.aim is Aim.ZERO else self._k - base[column])
        return () if move is None else (move,)

    def _draw(self, *, whole: bool = False) -> tuple[int, ...] | None:
        """A table that shows much of what is not shown yet; none when it has fractions, unless asked for whole."""
        costs = dict.fromkeys(range(len(self._block.cells)), _DULL)
        costs.update(dict.fromkeys(self._capped.values(), 0.0))
        pulls: dict[int, list[Aim]] = {}
        for goal in sorted(self.unmet, key=lambda goal: (goal.cell, goal.aim.name)):
            pulls.setdefault(goal.cell, []).append(goal.aim)
        for cell, aims in pulls.items():
            weight = self._chance.uniform(0.5, 1.5)
            aim = self._chance.choice(aims)
            if aim is Aim.HIGH or (aim is Aim.WIDE and self._chance.random() < 0.5):
                costs[self._capped[cell]] = -weight
            else:
                costs[self._column[cell]] = weight
        self._program.price(costs)
        point = self._program.cheapest()
        if point is None:
            return None
        size = len(self._block.cells)
        if not is_whole(point[:size]):
            point = self._program.cheapest_whole() if whole else None
            if point is None:
                return None
        return tuple(round(value) for value in point[:size].tolist())

    def _keep(self, table: tuple[int, ...] | None) -> None:
        """Add a table, if it is one, and cross out what it shows."""
        if table is None or not self._block.agrees(table):
            return
        self.found.append(table)
        self.unmet = {goal for goal in self.unmet if not self._is_met(goal)}

    def _is_met(self, goal: Goal) -> bool:
        values = [table[self._column[goal.cell]] for table in self.found]
        if goal.aim is Aim.ZERO:
            return min(values) == 0
        if goal.aim is Aim.HIGH:
            return max(values) >= self._k
        return max(values) - min(values) >= self._k
