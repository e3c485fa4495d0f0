"""Linear and integer programs over cells: the only file that talks to HiGHS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

from iscg_desktop.disclosure.relations import Sens
from iscg_desktop.disclosure.system import Row
from iscg_desktop.errors import BugError

INFINITY = float(highspy.kHighsInf)
# A vertex nearer than this to whole numbers is read as whole, then checked exactly by its reader.
_WHOLE = 1e-6
# Seconds before a program is given up; giving up always counts against the file, never for it.
_PATIENCE = 20.0

# Points in whole numbers after which one that need not be the cheapest is taken.
_ENOUGH = 2

Values = NDArray[np.float64]


class _Quiet(highspy.Highs):
    """HiGHS without its callbacks: making them prints a banner that no option silences."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


class Program:
    """One program kept warm between questions: bounds and costs change, the relations stay.

    Args:
        rows: Relations over the columns.
        low: Lowest value of each column.
        high: Highest value of each column, ``INFINITY`` when there is none.
        gap: How far from the cheapest a point in whole numbers may be, as a share of its cost. Without any, a point
            found in time but not proven the cheapest is no answer.
        patience: Seconds for one question.
        first: Take the first points in whole numbers that are found, not the cheapest.
        afresh: Forget the last answer before each question: quicker when the cheapest point is near rest, where no
            column is paid for.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        low: Sequence[float],
        high: Sequence[float],
        gap: float = 0.0,
        patience: float = _PATIENCE,
        *,
        first: bool = False,
        afresh: bool = False,
    ) -> None:
        self._first = first
        self._rows = rows
        self._gap, self._patience, self._afresh = gap, patience, afresh
        self._low = np.array(low, dtype=np.float64)
        self._high = np.array(high, dtype=np.float64)
        self._cost = np.zeros(len(low), dtype=np.float64)
        self._asked: list[tuple[dict[int, float], float]] = []
        self._linear = self._build(integer=False)
        self._integer: highspy.Highs | None = None

    def bound(self, column: int, low: float, high: float) -> None:
        """Keep a column between two values from now on."""
        self._low[column], self._high[column] = low, high
        for model in self._models():
            model.changeColBounds(column, low, high)

    def ask(self, factors: Mapping[int, float], least: float) -> None:
        """Keep a sum of columns at a value or more from now on."""
        self._asked.append((dict(factors), least))
        for model in self._models():
            _add(model, factors, least)

    def price(self, costs: Mapping[int, float]) -> None:
        """Change what one unit of some columns costs."""
        columns = np.array(list(costs), dtype=np.int32)
        values = np.array(list(costs.values()), dtype=np.float64)
        self._cost[columns] = values
        for model in self._models():
            model.changeColsCost(len(columns), columns, values)

    def prices(self) -> dict[int, float]:
        """What one unit of each column costs."""
        return dict(enumerate(self._cost.tolist()))

    def cheapest(self) -> Values | None:
        """The cheapest point in fractions, None when there is no point at all.

        Raises:
            BugError: The cost has no lowest value: bound the columns that are paid for.
        """
        return self._run(self._linear)

    def weights(self) -> Values:
        """What one more unit of each column would cost at the last cheapest point in fractions."""
        return np.array(self._linear.getSolution().col_dual, dtype=np.float64)

    def cheapest_whole(self) -> Values | None:
        """The cheapest point in whole numbers, None when there is none or none was found in time."""
        if self._integer is None:
            self._integer = self._build(integer=True)
        point = self._run(self._integer)
        return None if point is None else np.round(point)

    def _models(self) -> tuple[highspy.Highs, ...]:
        return (self._linear,) if self._integer is None else (self._linear, self._integer)

    def _run(self, model: highspy.Highs) -> Values | None:
        if self._afresh and model is self._linear:
            model.clearSolver()
        # HiGHS counts the seconds of all the runs of one model together.
        model.setOptionValue("time_limit", model.getRunTime() + self._patience)
        model.run()
        status = model.getModelStatus()
        in_time = status == highspy.HighsModelStatus.kOptimal
        if in_time or (self._gap and model is self._integer and _has_point(model)):
            return np.array(model.getSolution().col_value, dtype=np.float64)
        gave_up = (
            highspy.HighsModelStatus.kInfeasible,
            highspy.HighsModelStatus.kTimeLimit,
            highspy.HighsModelStatus.kSolutionLimit,
        )
        if status not in gave_up:
            raise BugError(f"the solver stopped with {status}")
        return None

    def _build(self, *, integer: bool) -> highspy.Highs:
        model = _Quiet()
        model.setOptionValue("output_flag", False)
        model.setOptionValue("threads", 1)
        model.setOptionValue("mip_rel_gap", self._gap)
        model.setOptionValue("mip_abs_gap", 0.0)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(self._low), len(self._rows)
        program.col_cost_, program.col_lower_, program.col_upper_ = self._cost, self._low, self._high
        equal = [row.sens is Sens.EGAL for row in self._rows]
        sides = [float(row.constante) for row in self._rows]
        program.row_lower_ = np.where(equal, sides, -INFINITY)
        program.row_upper_ = np.array(sides, dtype=np.float64)
        terms = [term for row in self._rows for term in row.termes]
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.cumsum([0, *(len(row.termes) for row in self._rows)], dtype=np.int32)
        program.a_matrix_.index_ = np.array([column for column, _ in terms], dtype=np.int32)
        program.a_matrix_.value_ = np.array([coefficient for _, coefficient in terms], dtype=np.float64)
        if self._first:
            model.setOptionValue("mip_max_improving_sols", _ENOUGH)
        if self._afresh and not integer:
            model.setOptionValue("presolve", "off")  # costs more than such small questions
        if integer:
            program.integrality_ = [highspy.HighsVarType.kInteger] * len(self._low)
        model.passModel(program)
        for factors, least in self._asked:
            _add(model, factors, least)
        return model


def _add(model: highspy.Highs, factors: Mapping[int, float], least: float) -> None:
    columns = np.array(list(factors), dtype=np.int32)
    values = np.array(list(factors.values()), dtype=np.float64)
    model.addRow(least, INFINITY, len(columns), columns, values)


def _has_point(model: highspy.Highs) -> bool:
    """Whether an integer program given up had found some point."""
    return bool(model.getInfo().primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible))


def is_whole(values: Values) -> bool:
    """Whether a point in fractions happens to lie on whole numbers."""
    return bool(np.all(np.abs(values - np.round(values)) <= _WHOLE))
