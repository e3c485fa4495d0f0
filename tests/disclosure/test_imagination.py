"""Tables imagined on a computer that slept meanwhile: a question without an answer in time is asked again."""

from __future__ import annotations

import pytest

from iscg_desktop.disclosure.blocks import Reader
from iscg_desktop.disclosure.goals import Aim, Goal
from iscg_desktop.disclosure.imagination import imagine
from iscg_desktop.disclosure.relations import Sens
from iscg_desktop.disclosure.solver import Program
from iscg_desktop.disclosure.system import Row
from iscg_desktop.errors import BugError

READER = Reader(3, (Row(((0, -1), (1, 1), (2, 1)), Sens.EGAL, 0),), {0: 9}, {})


@pytest.mark.parametrize(("late", "found"), [(0, True), (2, True), (3, False)])
def test_what_had_no_answer_in_time_is_asked_again(
    late: int, found: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, slept = Program.cheapest, [None] * late
    monkeypatch.setattr(Program, "cheapest", lambda program: slept.pop() if slept else answer(program))
    if found:
        assert min(table[1] for table in imagine(READER, (Goal(1, Aim.ZERO),), 5).tables) == 0
    else:
        with pytest.raises(BugError):
            imagine(READER, (Goal(1, Aim.ZERO),), 5)
