"""Every complete table there is, by enumeration: the slow truth that the solver is compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from iscg_desktop.disclosure.tables import CellRef

Worlds = Mapping[CellRef, NDArray[np.int64]]


@dataclass(frozen=True)
class Universe:
    """All values of some cells that a register could give, written down without our relations.

    Attributes:
        values: For each cell, its value in each world.
    """

    values: Worlds

    def agreeing(self, printed: Mapping[CellRef, int], floors: Mapping[CellRef, int]) -> Worlds:
        """The worlds where printed cells have their value and known lowest values hold."""
        kept = np.ones(len(next(iter(self.values.values()))), dtype=bool)
        for cell, value in printed.items():
            kept &= self.values[cell] == value
        for cell, floor in floors.items():
            kept &= self.values[cell] >= floor
        return {cell: values[kept] for cell, values in self.values.items()}


def enumerate_worlds(
    largest: Sequence[int],
    cells: Callable[[Sequence[NDArray[np.int64]]], Mapping[CellRef, NDArray[np.int64]]],
    possible: Callable[[Worlds], NDArray[np.bool_]],
) -> Universe:
    """All worlds made of independent counts from 0 to their largest.

    Args:
        largest: Largest value of each independent count.
        cells: Gives every cell from the independent counts.
        possible: What the domain allows, besides no count being negative.
    """
    every = np.indices([top + 1 for top in largest], dtype=np.int64).reshape(len(largest), -1)
    values = cells(list(every))
    kept = possible(values) & np.all([array >= 0 for array in values.values()], axis=0)
    return Universe({cell: array[kept] for cell, array in values.items()})
