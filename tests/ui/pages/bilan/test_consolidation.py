"""Bilans are added up at the gate: files in, a refusal beside each that cannot be, one result out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from iscg_desktop.ui.pages.bilan.consolidation import ConsolidationPage
from iscg_desktop.ui.pages.deverrouillage.page import DeverrouillagePage
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.chip import Chip
from tests.services.test_consolidation import issued, write
from tests.ui.pages.portail import portail


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()


def test_files_are_read_and_their_sum_is_written(tmp_path: Path, tasks: TaskRunner, qtbot: QtBot) -> None:
    page = ConsolidationPage(tasks)
    paths = write(tmp_path, [issued(1, "2025-T1"), issued(1, "2025-T2"), issued(2, "2025-S1")])
    with portail(qtbot, page) as gate:
        assert not page.save_button.isVisible()
        page.add_files(paths[:2])
        page.add_files(paths)
        qtbot.waitUntil(lambda: page.result is not None)
        assert page.result is not None
        assert (page.result.intervenants, page.result.trimestres) == (2, 4)
        assert "du 01/01/2025 au 30/06/2025." in gate.words()
        assert len(page.lines) == 3
        page.save(tmp_path / "résultat")
        qtbot.waitUntil(lambda: "Le résultat est dans «\u00a0résultat.xlsx\u00a0»." in gate.words())
    assert (tmp_path / "résultat.xlsx").read_bytes().startswith(b"PK")


def test_each_refused_file_says_why_and_nothing_can_be_written(
    tmp_path: Path, tasks: TaskRunner, qtbot: QtBot
) -> None:
    page = ConsolidationPage(tasks)
    paths = write(tmp_path, [issued(1, "2025-T1"), issued(1, "2025-S1")])
    paths[1].with_name("autre.json").write_text("{}", "utf-8")
    with portail(qtbot, page) as gate:
        page.add_files([*paths, tmp_path / "autre.json"])
        qtbot.waitUntil(lambda: "refusé" in gate.words())
        assert "couvrent des jours communs" in gate.words()
        assert "n’est pas un bilan au format JSON" in gate.words()
        # Each refused file leads to the guide.
        refused = [line for line in page.lines if line.findChildren(Chip)]
        assert len(refused) >= 2
        assert all(line.aide.startswith("bilan#") for line in refused)
        assert not page.save_button.isVisible()
        page.save(tmp_path / "c.xlsx")
        gate.alt(Qt.Key.Key_V)
        assert page.lines == []
        assert gate.focus is page.add_button
    assert not (tmp_path / "c.xlsx").exists()


def test_a_result_is_not_written_over_a_bilan(tmp_path: Path, tasks: TaskRunner, qtbot: QtBot) -> None:
    page = ConsolidationPage(tasks)
    paths = write(tmp_path, [issued(1, "2025-T1")])
    before = paths[0].read_bytes()
    with portail(qtbot, page) as gate:
        page.add_files(paths)
        qtbot.waitUntil(lambda: page.result is not None)
        page.save(paths[0])
        qtbot.waitUntil(lambda: "est un des bilans à réunir" in gate.words())
    assert paths[0].read_bytes() == before


def test_the_files_are_asked_for_by_key(
    tmp_path: Path, tasks: TaskRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """She gives up the first time; the second time she picks a file and a place."""
    page = ConsolidationPage(tasks)
    (path,) = write(tmp_path, [issued(1, "2025-T1")])
    answers = iter([[], [str(path)], [str(tmp_path / "c.json")]])
    chosen: list[str] = []

    def answer(_dialog: QFileDialog) -> int:
        chosen[:] = next(answers)
        return int(bool(chosen))

    monkeypatch.setattr(QFileDialog, "exec", answer)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: chosen)
    with portail(qtbot, page) as gate:
        gate.alt(Qt.Key.Key_A)
        assert page.lines == []
        gate.alt(Qt.Key.Key_A)
        qtbot.waitUntil(lambda: page.result is not None)
        gate.alt(Qt.Key.Key_E)
        qtbot.waitUntil((tmp_path / "c.json").exists)


@pytest.mark.parametrize("there", [True, False])
def test_the_gate_leads_there_with_or_without_a_coffre(
    tmp_path: Path, tasks: TaskRunner, qtbot: QtBot, there: bool
) -> None:
    if there:
        (tmp_path / "coffre").mkdir()
    page = DeverrouillagePage(tmp_path / "coffre", tasks)
    asked = QSignalSpy(page.consolidation_requested)
    with portail(qtbot, page) as gate:
        gate.alt(Qt.Key.Key_B)
    assert asked.count() == 1
