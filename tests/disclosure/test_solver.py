"""The solver answers in whole numbers when asked, says when there is no answer, and keeps quiet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from iscg_desktop.disclosure.relations import Sens
from iscg_desktop.disclosure.solver import INFINITY, Program, is_whole
from iscg_desktop.disclosure.system import Row
from iscg_desktop.errors import BugError

# 3x + 5y = 18: fractions reach x = 0, whole numbers only (1, 3) and (6, 0).
ODD = Row(((0, 3), (1, 5)), Sens.EGAL, 18)


def test_fractions_and_whole_numbers_differ() -> None:
    program = Program([ODD], [0, 0], [INFINITY, INFINITY])
    program.price({0: 1})
    loose = program.cheapest()
    assert loose is not None
    assert loose[0] == pytest.approx(0)
    assert not is_whole(loose)
    strict = program.cheapest_whole()
    assert strict is not None
    assert strict.tolist() == [1, 3]


def test_bounds_and_prices_change_between_questions() -> None:
    program = Program([ODD], [0, 0], [INFINITY, INFINITY])
    program.price({0: 1})
    assert program.cheapest_whole() is not None
    program.bound(0, 2, 10)
    point = program.cheapest_whole()
    assert point is not None
    assert point.tolist() == [6, 0]
    program.bound(0, 2, 5)
    assert program.cheapest_whole() is None
    assert program.cheapest() is not None
    program.bound(0, 7, 10)
    assert program.cheapest() is None


def test_an_endless_question_is_a_bug() -> None:
    program = Program([], [0], [INFINITY])
    program.price({0: -1})
    with pytest.raises(BugError, match="the solver stopped"):
        program.cheapest()


def test_wholeness_has_a_small_tolerance() -> None:
    assert is_whole(np.array([1.0, 2.0000000001]))
    assert not is_whole(np.array([1.0, 2.5]))


def test_the_solver_prints_nothing() -> None:
    code = (
        "from iscg_desktop.disclosure.solver import Program\n"
        "program = Program([], [0], [1])\n"
        "program.cheapest(), program.cheapest_whole()"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
