"""The demonstration: made where she chooses, opened, and said to be one as long as the window is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscg_desktop.messages import SENTENCES
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.pages import demonstration
from iscg_desktop.ui.pages.demonstration import DemoPage
from iscg_desktop.ui.program import Program
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from tests.vie import open_services

WORDS = "Démonstration\u00a0: toutes les personnes sont inventées."


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.close()


def _banners(desk: Desk) -> list[str]:
    said = desk.window.findChildren(InlineMessage)
    return [each.text for each in said if each.isVisible() and each.text == WORDS]


def test_it_is_made_where_she_chooses_and_the_window_says_on_every_page_what_it_is(
    qtbot: QtBot, tasks: TaskRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demonstration, "DOSSIERS", 2)
    chosen = tmp_path / "à moi"
    chosen.mkdir()
    (chosen / "liste.txt").write_text("à moi", "utf-8")
    monkeypatch.setattr(demonstration, "choose_folder", lambda *_: chosen)
    page = DemoPage(tmp_path / "demonstration", tasks)
    qtbot.addWidget(page)
    page.place_button.click()
    assert page.coffre == chosen / "demonstration" / "coffre"
    sessions: list[Session] = []
    page.made.connect(sessions.append)
    page.open_button.click()
    assert not page.open_button.isEnabled()
    assert not page.place_button.isEnabled()
    qtbot.waitUntil(lambda: bool(sessions), timeout=60_000)
    assert sorted(path.name for path in chosen.iterdir()) == ["demonstration", "liste.txt"]
    assert not (tmp_path / "demonstration").exists()
    desk = Desk(Services(sessions[0]), tasks)
    qtbot.addWidget(desk.window)
    desk.show()
    for key in ("aujourdhui", "dossiers", "reglages", "aide"):
        desk.window.show_page(key)
        assert _banners(desk) == [WORDS], key
    desk.close()


def test_a_coffre_of_hers_is_never_said_to_be_one(qtbot: QtBot, tasks: TaskRunner, tmp_path: Path) -> None:
    services, _ = open_services(tmp_path)
    desk = Desk(services, tasks)
    qtbot.addWidget(desk.window)
    desk.show()
    assert _banners(desk) == []
    desk.close()


def test_a_place_that_refuses_is_said_and_another_can_be_chosen(
    qtbot: QtBot, tasks: TaskRunner, tmp_path: Path
) -> None:
    (tmp_path / "fichier").write_text("", "utf-8")
    page = DemoPage(tmp_path / "fichier" / "demonstration", tasks)
    qtbot.addWidget(page)
    page.show()
    page.open_button.click()
    qtbot.waitUntil(lambda: bool(page.message.text), timeout=30_000)
    assert page.message.text in SENTENCES.values()
    assert page.open_button.isEnabled()
    assert page.place_button.isEnabled()


def test_the_chapter_of_the_gate_leads_to_it(qapp: QApplication, tmp_path: Path) -> None:
    program = Program(qapp, tmp_path / "habituel" / "coffre")
    program.show_gate()
    assert program._gate is not None
    program._gate.open_help("demonstration")
    assert program._gate.help is not None
    program._gate.help.demo.click()
    assert isinstance(program._gate.centralWidget(), DemoPage)
    assert not program._gate.help.isVisible()
    program._gate.close()
    program._on_about_to_quit()
    qapp.aboutToQuit.disconnect(program._on_about_to_quit)
    program.deleteLater()
