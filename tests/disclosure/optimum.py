"""The best masks there can be, proven by one integer program over all alternatives at once: for small tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import highspy
import numpy as np

from iscg_desktop.disclosure.relations import Sens
from iscg_desktop.disclosure.suppression import _worth
from iscg_desktop.disclosure.system import TableSystem

_FAR = 1000


class _Quiet(highspy.Highs):
    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


def worth(system: TableSystem, masks: Iterable[int]) -> float:
    """What some masks cost, in the measure of the protection, without its chance."""
    return sum(_worth(len(system.cells[cell].cle), system.counts[cell].effectif) for cell in masks)


def lowest_worth(system: TableSystem, sensitive: frozenset[int], k: int) -> float:
    """What the best masks cost that keep the same promises as the protection."""
    truth = [count.effectif for count in system.counts]
    model = _Quiet()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)  # as in the program: HiGHS wants one number for a whole process
    size = len(truth)
    for cell in range(size):
        kept = cell in sensitive and not system.hidden[cell]
        model.addVar(1.0 if kept else 0.0, 0.0 if system.hidden[cell] else 1.0)
        model.changeColIntegrality(cell, highspy.HighsVarType.kInteger)
        model.changeColCost(cell, 0.0 if system.hidden[cell] else worth(system, [cell]))
    for cell in sensitive:
        _alternative(model, system, truth, sensitive, k, {cell: (0, 0)})
        _alternative(model, system, truth, sensitive, k, {cell: (k, _FAR)})
    for cell in set(range(size)) - sensitive:
        if not system.hidden[cell]:
            up, down = (_alternative(model, system, truth, sensitive, k, {}) for _ in range(2))
            # Masked, the cell takes values k apart.
            _row(model, 0.0, highspy.kHighsInf, {up + cell: 1, down + cell: -1, cell: -k})
    model.run()
    assert model.getModelStatus() == highspy.HighsModelStatus.kOptimal, model.getModelStatus()
    return float(model.getInfo().objective_function_value)


def _alternative(
    model: highspy.Highs,
    system: TableSystem,
    truth: list[int],
    sensitive: frozenset[int],
    k: int,
    asked: Mapping[int, tuple[int, int]],
) -> int:
    """Add one complete table that differs from the truth in masked cells only; returns its first column."""
    first = model.getNumCol()
    for cell, number in enumerate(truth):
        floor = 0 if cell in sensitive else k
        low, high = asked.get(cell, (floor, _FAR))
        model.addVar(float(low), float(high))
        model.changeColIntegrality(first + cell, highspy.HighsVarType.kInteger)
        if not system.hidden[cell]:
            _row(model, -highspy.kHighsInf, float(number), {first + cell: 1, cell: -_FAR})
            _row(model, float(number), highspy.kHighsInf, {first + cell: 1, cell: _FAR})
    for row in system.rows:
        low = float(row.constante) if row.sens is Sens.EGAL else -highspy.kHighsInf
        _row(model, low, float(row.constante), {first + cell: factor for cell, factor in row.termes})
    return first


def _row(model: highspy.Highs, low: float, high: float, terms: Mapping[int, int]) -> None:
    columns = np.array(list(terms), dtype=np.int32)
    model.addRow(low, high, len(terms), columns, np.array(list(terms.values()), dtype=np.float64))
