"""F9 on every page: nobody who looks over her shoulder reads a name, nor a word she typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.forms.form import Form
from tests.ui.canaris import CANARY, Places, open_desk, songs, uncovered
from tests.ui.chemins import ways


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Desk, Places]]:
    desk, tasks, places = open_desk(qtbot, tmp_path)
    yield desk, places
    desk.close()
    tasks.close()


_PARTS = 6  # the ways are many, and each is gone twice


@pytest.mark.exigence("S40")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("part", range(_PARTS))
def test_nothing_of_anyone_is_on_any_page_in_discreet_mode(
    opened: tuple[Desk, Places], tmp_path: Path, part: int
) -> None:
    """Each page is shown, filled, hidden, and looked at; then shown again while everything is hidden."""
    desk, at = opened
    heard: dict[str, list[str]] = {}
    for name, go in list(ways(desk, at, tmp_path).items())[part::_PARTS]:
        desk.window.set_discreet(False)
        go()
        desk.window.set_discreet(True)
        _note(heard, f"{name} / F9 after", songs() + uncovered())
        go()
        _note(heard, f"{name} / F9 before", songs() + uncovered())
    assert heard == {}


def _note(heard: dict[str, list[str]], name: str, found: list[str]) -> None:
    if found:
        heard[name] = found


@pytest.mark.exigence("S40")
def test_once_she_comes_back_her_words_are_there(opened: tuple[Desk, Places], tmp_path: Path) -> None:
    desk, at = opened
    found = ways(desk, at, tmp_path)
    for name in ("dossiers", "dossier", "partenaire", "agenda, form"):
        desk.window.set_discreet(False)
        found[name]()
        before = songs()
        assert before
        desk.window.set_discreet(True)
        desk.window.set_discreet(False)
        shown = songs()
        # The names of the agenda alone stay hidden: they were asked for.
        assert [each for each in before if each not in shown and "SemaineCard" not in each] == []


@pytest.mark.exigence("S38")
def test_no_word_outlives_the_lock_and_every_word_typed_is_a_draft(qtbot: QtBot, tmp_path: Path) -> None:
    desk, tasks, at = open_desk(qtbot, tmp_path)
    brouillons = desk.services.brouillons
    found = ways(desk, at, tmp_path)
    steps = {
        "aujourdhui, rendez-vous": "aujourdhui:rendez_vous",
        "aujourdhui, relance": "aujourdhui:relance",
        "dossier, point seen": f"dossier:{at.dossier}:vu:1",
        "dossier, forms": f"dossier:{at.dossier}:clore",
        "agenda, form": "agenda:rendez_vous",
        "saisines, appel": f"saisines:appel:{at.saisine}",
    }
    for name in steps:
        found[name]()
        for form in desk.window.findChildren(Form):
            if form.isVisible() and form.state():  # as the keys would say
                form.edited.emit()
    assert desk._keep_now()
    kept = {each.cle: str(each.contenu) for each in brouillons.all()}
    for cle in (*steps.values(), f"dossier:{at.dossier}:point", f"dossier:{at.dossier}:relance"):
        assert CANARY in kept.get(cle, ""), (cle, sorted(kept))
    desk.close()
    assert songs() == []
    assert [each for each in desk.window.findChildren(QTimer) if each.isActive()] == []
    tasks.close()


def test_a_name_half_typed_asks_nothing_of_a_locked_coffre(qtbot: QtBot, tmp_path: Path) -> None:
    desk, tasks, at = open_desk(qtbot, tmp_path)
    desk.window.activateWindow()
    ways(desk, at, tmp_path)["saisines, offered"]()
    with capture_exceptions() as failed:
        desk.close()
        QApplication.processEvents()
    tasks.close()
    assert failed == []
