"""The best masks there can be, proven: an integer program over the masks, cut until every promise can be kept.

As Fischetti and Salazar do it: for each promise a linear program asks how far a cell can be moved within the masks;
where that is not far enough its dual says which cells, masked, would help, and that becomes a row of the integer
program. Alternatives in fractions count here, so what is found is never more than what the best masks cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from iscg_desktop.disclosure.relations import Sens
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.worth import worth as worth_of

# Beyond any count.
_FAR = 5_000.0
_NOTHING = 1e-6


@dataclass(frozen=True)
class Optimum:
    """What was proven.

    Attributes:
        cost: No masks that keep the promises cost less.
        masked: Masks of that cost, which keep them in fractions.
        cuts: Rows that the proof took.
    """

    cost: float
    masked: frozenset[int]
    cuts: int


@dataclass(frozen=True)
class _Promise:
    """A cell that must be able to move by so much, up or down; both together when `up` is None."""

    cell: int
    far: int
    up: bool | None


class _Quiet(highspy.Highs):
    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)
        self.setOptionValue("threads", 1)  # as in the program: HiGHS wants one number for a whole process
        self.setOptionValue("mip_rel_gap", 0.0)
        self.setOptionValue("mip_abs_gap", 1e-6)


def worth(system: TableSystem, masks: Iterable[int]) -> float:
    """What some masks cost, in the measure of the protection, without its chance."""
    return sum(worth_of(len(system.cells[cell].cle), system.counts[cell].effectif) for cell in masks)


def optimum(system: TableSystem, sensitive: frozenset[int], k: int) -> Optimum:
    """The least that masks of the new file can cost which keep the promises of the protection."""
    return _Search(system, sensitive, k).solve()


class _Search:
    def __init__(self, system: TableSystem, sensitive: frozenset[int], k: int) -> None:
        self._system, self._sensitive, self._k = system, sensitive, k
        self._truth = [count.effectif for count in system.counts]
        self._cells = range(len(self._truth))
        # Nobody masks a hidden cell, nobody can print a sensitive one: only the others are a choice.
        hidden = {cell for cell in self._cells if system.hidden[cell]}
        self._always = (sensitive | hidden | system.masked) - system.printed
        self._fixed = hidden | system.printed | system.masked
        floored = system.shown - sensitive - system.withheld
        self._room = [truth - (k if cell in floored else 0) for cell, truth in enumerate(self._truth)]
        self._moves = self._program()
        self._masks = self._master()

    def solve(self) -> Optimum:
        """Cut at fractional masks while that helps, then at whole ones until none is broken."""
        cuts = 0
        for whole in (False, True):
            if whole:
                for cell in self._cells:
                    self._masks.changeColIntegrality(cell, highspy.HighsVarType.kInteger)
            while True:
                self._masks.run()
                assert self._masks.getModelStatus() == highspy.HighsModelStatus.kOptimal
                chosen = np.array(self._masks.getSolution().col_value)
                if whole:
                    chosen = np.round(chosen)
                found = list(self._broken(chosen))
                if not found:
                    break
                cuts += len(found)
                for low, terms in found:
                    _row(self._masks, low, highspy.kHighsInf, terms)
        masked = frozenset(cell for cell in self._cells if chosen[cell] > 0.5 and cell not in self._fixed)
        return Optimum(float(self._masks.getInfo().objective_function_value), masked, cuts)

    def _promises(self) -> Iterator[_Promise]:
        for cell in sorted(self._sensitive):
            truth = self._truth[cell]
            if truth < self._k:
                yield _Promise(cell, self._k - truth, up=True)
            if truth:
                yield _Promise(cell, truth, up=False)
        for cell in self._cells:
            if cell not in self._always | self._fixed:
                yield _Promise(cell, self._k, up=None)

    def _broken(self, chosen: NDArray[np.float64]) -> Iterator[tuple[float, dict[int, float]]]:
        """The cuts of the promises that these masks do not keep."""
        for cell in self._cells:
            share = 1.0 if cell in self._always else max(0.0, float(chosen[cell]))
            self._moves.changeColBounds(cell, -self._room[cell] * share, _FAR * share)
        for promise in self._promises():
            asked = promise.far * (1.0 if promise.up is not None else float(chosen[promise.cell]))
            if asked <= _NOTHING:
                continue
            ways = [1.0, -1.0] if promise.up is None else [1.0 if promise.up else -1.0]
            reached, terms, constant = 0.0, dict[int, float](), 0.0
            for way in ways:
                far, more, beside = self._furthest(promise.cell, way)
                reached += far
                constant += beside
                for cell, factor in more.items():
                    terms[cell] = terms.get(cell, 0.0) + factor
            if reached < asked - 1e-5:
                yield self._cut(promise, terms, constant)

    def _furthest(self, cell: int, way: float) -> tuple[float, dict[int, float], float]:
        """How far a cell goes, and the dual bound of it: a factor for each mask, and what needs none."""
        self._moves.changeColCost(cell, -way)
        self._moves.run()
        assert self._moves.getModelStatus() == highspy.HighsModelStatus.kOptimal
        solution = self._moves.getSolution()
        far = way * solution.col_value[cell]
        self._moves.changeColCost(cell, 0.0)
        terms, constant = {}, 0.0
        for one, dual in enumerate(solution.col_dual):
            if abs(dual) > _NOTHING:
                bound = -dual * _FAR if dual < 0 else dual * self._room[one]
                if one in self._always:
                    constant += bound
                else:
                    terms[one] = bound
        for row, dual in zip(self._limits, solution.row_dual, strict=True):
            constant += -dual * row if abs(dual) > _NOTHING and row else 0.0
        return far, terms, constant

    def _cut(
        self, promise: _Promise, terms: Mapping[int, float], constant: float
    ) -> tuple[float, dict[int, float]]:
        """Σ factor x mask >= what is missing; no mask is worth more than all that is missing."""
        missing = promise.far - constant
        trimmed = {one: min(factor, missing) for one, factor in terms.items() if factor > _NOTHING}
        if promise.up is not None:
            return missing, trimmed
        # Only a masked cell must be wide.
        others = {one: factor for one, factor in trimmed.items() if one != promise.cell}
        itself = terms.get(promise.cell, 0.0) - missing
        return 0.0, {**others, promise.cell: itself}

    def _program(self) -> highspy.Highs:
        """The changes of all cells that keep every relation."""
        model = _Quiet()
        for _ in self._cells:
            model.addVar(0.0, 0.0)
        self._limits = []
        for row in self._system.rows:
            side = row.constante - sum(factor * self._truth[cell] for cell, factor in row.termes)
            equal = row.sens is Sens.EGAL
            _row(model, 0.0 if equal else -highspy.kHighsInf, float(side), dict(row.termes))
            self._limits.append(float(side))
        return model

    def _master(self) -> highspy.Highs:
        model = _Quiet()
        for cell in self._cells:
            fixed = cell in self._fixed
            model.addVar(1.0 if cell in self._sensitive and not fixed else 0.0, 0.0 if fixed else 1.0)
            model.changeColCost(cell, 0.0 if fixed else worth(self._system, [cell]))
        return model


def _row(model: highspy.Highs, low: float, high: float, terms: Mapping[int, float]) -> None:
    columns = np.array(list(terms), dtype=np.int32)
    model.addRow(low, high, len(terms), columns, np.array(list(terms.values()), dtype=np.float64))
