"""A table shows what it shows only when it agrees with all that a reader holds, whoever made it."""

from __future__ import annotations

import pytest

from iscg_desktop.disclosure.blocks import Reader
from iscg_desktop.disclosure.goals import Aim, Goal
from iscg_desktop.disclosure.protection import refuse_leaks
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.tables import CellRef
from iscg_desktop.disclosure.watch import Watch
from iscg_desktop.disclosure.witnesses import shown
from iscg_desktop.errors import BugError
from tests.disclosure.registers import line, partition, shape

# Cells in order: the total, a0, a1, a2.
SYSTEM = TableSystem([line(shape("accueils", partition("a", 3)), [2, 8, 20])])
READER = Reader(4, SYSTEM.rows, {0: 30, 3: 20}, {2: 5})
GOALS = [Goal(1, Aim.ZERO), Goal(1, Aim.HIGH), Goal(2, Aim.WIDE)]


def test_tables_that_agree_show_what_is_possible() -> None:
    assert shown(READER, [(30, 0, 10, 20)], GOALS, 5) == {GOALS[0]}
    assert shown(READER, [(30, 0, 10, 20), (30, 5, 5, 20)], GOALS, 5) == set(GOALS)
    assert shown(READER, [], GOALS, 5) == set()


@pytest.mark.parametrize(
    "lie",
    [
        pytest.param((30, 0, 11, 20), id="a sum"),
        pytest.param((31, 0, 11, 20), id="a printed total"),
        pytest.param((30, 0, 11, 19), id="a printed cell"),
        pytest.param((30, 6, 4, 20), id="a floor"),
        pytest.param((30, -1, 11, 20), id="less than nobody"),
    ],
)
def test_a_table_that_lies_shows_nothing(lie: tuple[int, ...]) -> None:
    assert shown(READER, [lie], GOALS, 5) == set()


def test_the_gate_believes_no_table() -> None:
    """Masks that let everything be computed, with tables that say the contrary."""
    small = SYSTEM.position(CellRef("accueils", (("a", "a0"),)))
    lies = [(30, 0, 8, 20), (30, 5, 8, 20)]
    with pytest.raises(BugError, match="audit"):
        refuse_leaks(SYSTEM, frozenset({small}), 5, Watch(), tables=lies)
