"""What is read at the gate, in turns, before it is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from iscg_desktop.services import territoires
from iscg_desktop.ui import read_ahead
from iscg_desktop.ui.program import Program
from iscg_desktop.ui.read_ahead import ReadAhead
from tests.attente import wait_for


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Each turn in which tables are read; the code is read already here."""
    taken: list[int] = []

    def reading() -> Iterator[None]:
        for turn in range(3):
            taken.append(turn)
            yield

    monkeypatch.setattr(territoires, "reading_ahead", reading)
    monkeypatch.setattr(read_ahead, "_modules", lambda *_: iter(("iscg_desktop.paths",)))
    monkeypatch.setattr(ReadAhead, "_LIBRARIES", ())
    monkeypatch.setattr(ReadAhead, "_A_TURN", 0)
    return taken


def test_the_tables_are_read_after_the_code_a_step_a_turn(qtbot: QtBot, turns: list[int]) -> None:
    parent = QObject()
    ahead = ReadAhead(parent)
    seen: list[int] = []
    ahead._timer.timeout.connect(lambda: seen.append(len(turns)))
    wait_for(lambda: not ahead._timer.isActive())
    assert turns == [0, 1, 2]
    assert {1, 2, 3} <= set(seen)


def test_it_hurries_while_the_key_is_made_and_stands_back_from_the_desk(
    qtbot: QtBot, turns: list[int]
) -> None:
    parent = QObject()
    ahead = ReadAhead(parent)
    ahead.hurry()
    assert ahead._timer.interval() == 0
    ahead.stand_back()
    assert ahead._timer.remainingTime() > 500
    wait_for(lambda: not ahead._timer.isActive())
    assert turns == [0, 1, 2]  # later all the same
    ahead.stand_back()  # nothing begins again
    assert not ahead._timer.isActive()


def test_the_gate_tells_it_when_a_passphrase_is_given(gate: Program) -> None:
    page, ahead = gate._page, gate._ahead
    assert page is not None
    assert ahead is not None
    page.opening.emit()  # type: ignore[union-attr]
    assert ahead._timer.interval() == 0
