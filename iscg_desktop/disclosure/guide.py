"""The least dear masks that may keep every promise, where that can be told in a moment: the draw begins with them.

An integer program chooses masks. For each promise a linear program then asks how far a cell can move within them;
where that is not far enough, its dual says which other cells would help, and that becomes a row of the integer program
(Fischetti and Salazar, Management Science 47:1008, 2001). Fractions are good enough here: what follows looks for whole
numbers, and masks more where it must.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from iscg_desktop.disclosure.goals import Aim, Goal
from iscg_desktop.disclosure.relations import Sens
from iscg_desktop.disclosure.solver import Program, Values, is_whole
from iscg_desktop.disclosure.system import Row
from iscg_desktop.disclosure.watch import Watch

# So much at least of a sum over masks, by rank of the mask.
_Lack: TypeAlias = tuple[float, dict[int, float]]

# Beyond any change that is asked of a cell.
_FAR = 1_000.0
# Less than this is rounding.
_NOTHING, _SHORT = 1e-6, 1e-4


class Guide:
    """The masks of a file to be made, and what they let move.

    Args:
        rows: Relations between all cells.
        truth: Exact count of each cell.
        floors: Lowest value a cell may take.
        printed: Cells that keep their value.
        prices: What masking each cell costs that may be masked and need not be.
        k: Smallest number that may be told.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        truth: Sequence[int],
        floors: Sequence[int],
        printed: Collection[int],
        prices: Mapping[int, float],
        k: int,
    ) -> None:
        self._truth, self._k = truth, k
        self._choices = sorted(prices)
        self._rank = {cell: rank for rank, cell in enumerate(self._choices)}
        self._down = [0 if cell in printed else value - floors[cell] for cell, value in enumerate(truth)]
        self._up = [0.0 if cell in printed else _FAR for cell in range(len(truth))]
        shifted = list(dict.fromkeys(self._shifted(rows)))
        low = [-float(down) for down in self._down]
        self._moves = Program(shifted, low, self._up)
        count = len(self._choices)
        self._masks = Program((), [0.0] * count, [1.0] * count)
        self._masks.price({rank: prices[cell] for rank, cell in enumerate(self._choices)})

    def lacking(self, goals: Iterable[Goal]) -> Iterator[Goal]:
        """Goals that the masks found last do not meet, and that others can."""
        unmet = [goal for goal in goals if self._lack(goal) is not None]
        self._choose([1.0] * len(self._choices))
        for goal in unmet:
            if self._lack(goal) is None:
                yield goal

    def cheapest(self, goals: Collection[Goal], end: float, watch: Watch) -> frozenset[int] | None:
        """Cells to mask besides those that are, so that goals are met and what is masked is wide.

        Returns:
            None when no masks do, or when the clock passes ``end`` first.
        """
        if not self._choices:
            return frozenset()
        chosen = self._settled(goals, end, watch, whole=False)
        if chosen is not None and not is_whole(chosen):
            chosen = self._settled(goals, end, watch, whole=True)
        if chosen is None:
            return None
        return frozenset(cell for rank, cell in enumerate(self._choices) if chosen[rank] > 0.5)

    def _settled(self, goals: Collection[Goal], end: float, watch: Watch, *, whole: bool) -> Values | None:
        """The cheapest masks, whole or in shares, once nothing that was found lacking is so any more."""
        while time.monotonic() < end:
            chosen = self._masks.cheapest_whole() if whole else self._masks.cheapest()
            if chosen is None:
                return None
            lacks = []
            for lack in self._broken(goals, chosen):
                lacks.append(lack)
                watch.reach(0)
                if time.monotonic() > end:
                    return None
            if not lacks:
                return chosen
            for least, factors in lacks:
                self._masks.ask(factors, least)
        return None

    def _choose(self, chosen: Sequence[float]) -> None:
        """Let cells move as far as they are masked."""
        for rank, cell in enumerate(self._choices):
            share = min(1.0, max(0.0, float(chosen[rank])))
            self._moves.bound(cell, -self._down[cell] * share, self._up[cell] * share)

    def _broken(self, goals: Iterable[Goal], chosen: Values) -> Iterator[_Lack]:
        """What the masks chosen lack, promise by promise."""
        self._choose(chosen.tolist())
        for goal in goals:
            lack = self._lack(goal)
            if lack is not None:
                yield lack
        for rank, cell in enumerate(self._choices):
            if chosen[rank] > _NOTHING:
                lack = self._lack(Goal(cell, Aim.WIDE), float(chosen[rank]))
                if lack is not None:
                    missing, factors = lack
                    # A cell that is printed need not be wide.
                    yield 0.0, {**factors, rank: factors.get(rank, 0.0) - missing}

    def _lack(self, goal: Goal, share: float = 1.0) -> _Lack | None:
        """What is missing for a share of a goal, as a row over masks; None when nothing is."""
        effectif = self._truth[goal.cell]
        if goal.aim is Aim.WIDE:
            changes, asked = [self._k, -self._k], self._k
        else:
            changes = [-effectif if goal.aim is Aim.ZERO else max(self._k - effectif, 0)]
            asked = abs(changes[0])
        reached, missing, factors = 0.0, float(asked), dict[int, float]()
        for change in filter(None, changes):
            far, more, room = self._furthest(goal.cell, change)
            reached += far
            missing -= room
            for rank, factor in more.items():
                factors[rank] = factors.get(rank, 0.0) + factor
        if reached >= asked * share - _SHORT:
            return None
        return missing, {rank: min(factor, missing) for rank, factor in factors.items()}

    def _furthest(self, cell: int, change: int) -> tuple[float, dict[int, float], float]:
        """How far a cell moves this way: within these masks; more for each other mask; and with no mask at all."""
        way = 1.0 if change > 0 else -1.0
        self._moves.price({cell: -way})
        point = self._moves.cheapest()
        weights = self._moves.weights()
        self._moves.price({cell: 0.0})
        if point is None:
            return float(abs(change)), {}, 0.0  # not told in time: the draw looks again
        factors, room = dict[int, float](), 0.0
        for column in np.flatnonzero(np.abs(weights) > _NOTHING).tolist():
            weight = float(weights[column])
            reach = -weight * self._up[column] if weight < 0 else weight * self._down[column]
            if column in self._rank:
                factors[self._rank[column]] = reach
            else:
                room += reach
        return way * float(point[cell]), {r: f for r, f in factors.items() if f > _NOTHING}, room

    def _shifted(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Relations between changes; what a limit leaves is a column of its own, so that all are equalities."""
        for row in rows:
            termes = tuple((cell, factor) for cell, factor in row.termes if self._up[cell])
            if row.sens is Sens.AU_PLUS and termes:
                left = row.constante - sum(factor * self._truth[cell] for cell, factor in row.termes)
                termes += ((len(self._down), 1),)
                self._down.append(left)
                self._up.append(_FAR * len(row.termes))
            if termes:
                yield Row(termes, Sens.EGAL, 0)
