"""What Qt worked out to draw the widgets is forgotten at rest, and nothing is seen of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from iscg_desktop.ui import style_memory
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.style_memory import StyleMemory
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.theme import Theme
from tests.attente import wait_for
from tests.vie import draft, open_services


@pytest.mark.parametrize("page", ["saisines", "dossiers", "reglages"])
def test_the_rules_are_forgotten_after_a_page_and_it_looks_the_same(
    qtbot: QtBot, theme: Theme, tmp_path: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, _ = open_services(tmp_path)
    services.entretiens.record(draft())
    tasks = TaskRunner()
    desk = Desk(services, tasks)
    qtbot.addWidget(desk.window)
    desk.show()
    wait_for(lambda: desk.window.current_page() == "aujourdhui")
    (memory,) = desk.window.findChildren(StyleMemory)
    given: list[bool] = []
    monkeypatch.setattr(style_memory, "give_back", lambda: given.append(True))
    with qtbot.waitSignal(memory.forgotten):
        desk.window.show_page(page)
    assert given, "what was forgotten goes back to the system"
    before = desk.window.grab().toImage()
    memory.forget()
    assert desk.window.grab().toImage() == before
    desk.close()
    tasks.close()
