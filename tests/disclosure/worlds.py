"""Small systems written twice: as tables for the protection, and as all their worlds by enumeration."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from iscg_desktop.disclosure.relations import at_least_one, at_most
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.tables import CellRef, Count, non
from tests.disclosure.brute import Universe, Worlds, enumerate_worlds
from tests.disclosure.registers import counted, from_numbers, grid, line, partition, several, shape

Column = NDArray[np.int64]

ACCUEILS = CellRef("accueils")
DOSSIERS = CellRef("dossiers")

# Above the largest total that is drawn, so that a bound that is no end of the enumeration is a true bound.
_CAP_CROSS = 17
_CAP_ANSWERS = 8


@dataclass(frozen=True)
class Written:
    """A system and its worlds.

    Attributes:
        cap: The enumeration stops at this count; a bound that reaches it may have no end.
    """

    system: TableSystem
    universe: Universe
    cap: int


def _cell(**answers: str) -> CellRef:
    return CellRef("accueils", tuple(answers.items()))


def cross(numbers: Sequence[Sequence[int]]) -> Written:
    """A 2 x 2 cross with its margins."""
    form = shape("accueils", partition("a", 2), partition("b", 2))
    return Written(TableSystem([grid(form, numbers)]), _worlds_of_a_cross(), _CAP_CROSS)


@functools.cache
def _worlds_of_a_cross() -> Universe:
    def cells(free: Sequence[Column]) -> Mapping[CellRef, Column]:
        p, q, r, s = free
        return {
            ACCUEILS: p + q + r + s,
            _cell(a="a0"): p + q,
            _cell(a="a1"): r + s,
            _cell(b="b0"): p + r,
            _cell(b="b1"): q + s,
            _cell(a="a0", b="b0"): p,
            _cell(a="a0", b="b1"): q,
            _cell(a="a1", b="b0"): r,
            _cell(a="a1", b="b1"): s,
        }

    return enumerate_worlds([_CAP_CROSS] * 4, cells, lambda worlds: worlds[ACCUEILS] >= 0)


def answers(numbers: Sequence[int], oui: Sequence[int], dossiers: int) -> Written:
    """Accueils in three parts, two « abordée » of which each has at least one, dossiers <= accueils."""
    a, aborde = partition("a", 3), several("p", 2)
    total = sum(numbers)
    table = from_numbers(
        shape("accueils", aborde),
        {
            (): total,
            **{(("p", f"p{rank}"),): number for rank, number in enumerate(oui)},
            **{(("p", non(f"p{rank}")),): total - number for rank, number in enumerate(oui)},
        },
    )
    tables = [
        line(shape("accueils", a), numbers),
        table,
        counted(shape("dossiers"), {(): Count(dossiers, dossiers)}),
    ]
    relations = (at_most("d", DOSSIERS, ACCUEILS), *at_least_one("p", table, "p"))
    return Written(TableSystem(tables, relations), _worlds_of_answers(), _CAP_ANSWERS)


@functools.cache
def _worlds_of_answers() -> Universe:
    def cells(free: Sequence[Column]) -> Mapping[CellRef, Column]:
        x, y, z, first, second, d = free
        return {
            ACCUEILS: x + y + z,
            _cell(a="a0"): x,
            _cell(a="a1"): y,
            _cell(a="a2"): z,
            _cell(p="p0"): first,
            _cell(p="p1"): second,
            _cell(p=non("p0")): x + y + z - first,
            _cell(p=non("p1")): x + y + z - second,
            DOSSIERS: d,
        }

    def possible(worlds: Worlds) -> NDArray[np.bool_]:
        everyone_answers = worlds[_cell(p="p0")] + worlds[_cell(p="p1")] >= worlds[ACCUEILS]
        return everyone_answers & (worlds[DOSSIERS] <= worlds[ACCUEILS])

    return enumerate_worlds([_CAP_ANSWERS] * 6, cells, possible)


@st.composite
def crosses(draw: st.DrawFn) -> Written:
    """Any small cross."""
    number = st.integers(0, 4)
    return cross([[draw(number), draw(number)], [draw(number), draw(number)]])


@st.composite
def answered(draw: st.DrawFn) -> Written:
    """Any small table of answers."""
    numbers = [draw(st.integers(0, 2)) for _ in range(3)]
    total = sum(numbers)
    first = draw(st.integers(0, total))
    second = draw(st.integers(total - first, total))
    return answers(numbers, [first, second], draw(st.integers(0, total)))
