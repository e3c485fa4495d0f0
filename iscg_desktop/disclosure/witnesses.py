"""Judges complete tables that somebody else made: exact arithmetic, no solver.

Whoever found a table, it shows what a reader must hold possible if it agrees with all that this reader holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from iscg_desktop.disclosure.blocks import Reader
from iscg_desktop.disclosure.goals import Aim, Goal
from iscg_desktop.disclosure.relations import Sens

# Tables judged together, and the largest number in one: sums of these stay far from the end of 64 bits.
_TOGETHER, _LARGEST = 32, 1 << 40

Tables = NDArray[np.int64]


def shown(reader: Reader, tables: Iterable[Sequence[int]], goals: Iterable[Goal], k: int) -> set[Goal]:
    """The goals that tables show to be possible, of those tables that agree with all that a reader holds.

    Args:
        reader: What is printed, every relation, and the lowest values known.
        tables: A value for each cell of the reader.
        goals: What is asked; ``WIDE`` is judged over all tables together.
        k: Smallest number that may be told.
    """
    agreeing = list(_agreeing(reader, list(tables)))
    if not agreeing:
        return set()
    kept = np.concatenate(agreeing)
    least, most = kept.min(axis=0, initial=_LARGEST), kept.max(axis=0, initial=-1)
    return {goal for goal in goals if _is_met(goal.aim, int(least[goal.cell]), int(most[goal.cell]), k)}


def _is_met(aim: Aim, least: int, most: int, k: int) -> bool:
    if aim is Aim.ZERO:
        return least == 0
    return most >= k if aim is Aim.HIGH else most - least >= k


def _agreeing(reader: Reader, tables: Sequence[Sequence[int]]) -> Iterator[Tables]:
    """Tables that satisfy every relation, printed value and floor, exactly."""
    low = np.array([reader.printed.get(cell, reader.floors.get(cell, 0)) for cell in range(reader.size)])
    high = np.array([reader.printed.get(cell, _LARGEST) for cell in range(reader.size)])
    rows = [row for row in reader.rows if row.termes]
    cells = np.array([cell for row in rows for cell, _ in row.termes], dtype=np.int64)
    factors = np.array([factor for row in rows for _, factor in row.termes], dtype=np.int64)
    starts = np.cumsum([0, *(len(row.termes) for row in rows)])[:-1]
    sides = np.array([row.constante for row in rows], dtype=np.int64)
    equal = np.array([row.sens is Sens.EGAL for row in rows], dtype=bool)
    for first in range(0, len(tables), _TOGETHER):
        some = np.array(tables[first : first + _TOGETHER], dtype=np.int64)
        holds = ((some >= low) & (some <= high)).all(axis=1)
        if rows:
            sums = np.add.reduceat(some[:, cells] * factors, starts, axis=1)
            holds &= np.where(equal, sums == sides, sums <= sides).all(axis=1)
        yield some[holds]
