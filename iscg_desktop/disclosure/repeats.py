"""How often a change of a table can be made again, or taken back: sums stay sums, only floors and limits end it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from iscg_desktop.disclosure.moves import Move
from iscg_desktop.disclosure.relations import Sens
from iscg_desktop.disclosure.system import Row

# Beyond any number that is asked of a cell.
_OFTEN = 1_000


class Repeats:
    """The room around the truth, along any change that keeps all sums.

    Args:
        rows: Relations between all cells.
        truth: Exact count of each cell.
        floors: Lowest value a cell may take; read anew each time.
    """

    def __init__(self, rows: Iterable[Row], truth: Sequence[int], floors: Sequence[int]) -> None:
        self._truth, self._floors = truth, floors
        self._slack: list[int] = []
        self._limits: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for row in rows:
            if row.sens is Sens.AU_PLUS:
                for cell, factor in row.termes:
                    self._limits[cell].append((len(self._slack), factor))
                self._slack.append(row.constante - sum(factor * truth[cell] for cell, factor in row.termes))

    def of(self, move: Move) -> tuple[Move, int, int]:
        """The smallest change of which one is a multiple, and how often it may be taken back and made."""
        step = math.gcd(*move.values())
        smallest = {cell: change // step for cell, change in move.items()}
        back, often = _OFTEN, _OFTEN
        for cell, change in smallest.items():
            room = (self._truth[cell] - self._floors[cell]) // abs(change)
            back, often = (min(back, room), often) if change > 0 else (back, min(often, room))
        sums: defaultdict[int, int] = defaultdict(int)
        for cell, change in smallest.items():
            for limit, factor in self._limits.get(cell, ()):
                sums[limit] += factor * change
        for limit, change in sums.items():
            if change:
                room = self._slack[limit] // abs(change)
                back, often = (back, min(often, room)) if change > 0 else (min(back, room), often)
        return smallest, back, often
