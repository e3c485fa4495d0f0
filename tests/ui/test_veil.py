"""The veil: everything leaves the screen and what is read aloud; the code brings it back, three wrong ones lock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.reglages import Reglages
from iscg_desktop.services.voile import prepare_code
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.program import Program
from iscg_desktop.ui.veil import VeilPage
from tests.coffres import PASSPHRASE
from tests.ui import arbre
from tests.vie import open_services

CANARY = "Quentin Pourquery-Delamarre"
CODE = "2718"


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    """The program over an open coffre, a name half-typed in an entretien."""
    made = Program(qapp, tmp_path / "coffre")
    made._on_unlocked(open_services(tmp_path)[1])
    desk = made.desk
    assert desk is not None
    desk.entretien.start()
    desk.window.show_page("entretien")
    qtbot.waitUntil(lambda: desk.entretien.form is not None)
    assert desk.entretien.form is not None
    notes = desk.entretien.form.textes.fields["notes_de_travail"].widget
    notes.set_value(CANARY)
    notes.setFocus()
    desk.entretien.form.edited.emit()
    yield made
    made.lock()
    made._on_about_to_quit()
    qapp.aboutToQuit.disconnect(made._on_about_to_quit)
    made.deleteLater()


def desk_of(program: Program) -> Desk:
    assert program.desk is not None
    return program.desk


def visible() -> list[QWidget]:
    return [each for each in QApplication.topLevelWidgets() if each.isVisible()]


def veil_page() -> VeilPage:
    [window] = visible()
    return window.page


def type_code(qtbot: QtBot, code: str) -> None:
    page = veil_page()
    page.field.widget.set_value(code)
    QTest.keyClick(page.field.widget, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page._task is None)


@pytest.mark.exigence("S37", "S38")
def test_under_the_veil_nothing_is_seen_and_nothing_is_read_aloud(program: Program) -> None:
    assert any(CANARY in text for text in arbre.said())
    aside = QDialog(desk_of(program).window)
    QVBoxLayout(aside).addWidget(QLabel(CANARY))
    aside.show()
    QTest.keyClick(desk_of(program).window, Qt.Key.Key_F12)
    [window] = visible()
    words = " ".join(label.text() for label in window.findChildren(QLabel))
    assert "Voile baissé" in words
    assert CANARY not in words
    assert [text for text in arbre.said() if "Quentin" in text] == []


@pytest.mark.exigence("S37", "S7")
def test_what_was_half_typed_is_kept_when_the_veil_falls(program: Program) -> None:
    program.veil()
    [kept] = desk_of(program).services.brouillons.all()
    assert CANARY in str(kept.contenu)


@pytest.mark.exigence("S37")
def test_her_code_lifts_it_and_she_is_on_the_same_line(program: Program, qtbot: QtBot) -> None:
    desk = desk_of(program)
    desk.services.voile.choose(prepare_code(CODE))
    program.veil()
    type_code(qtbot, CODE)
    assert visible() == [desk.window]
    assert desk.window.current_page() == "entretien"
    assert desk.entretien.form is not None
    assert desk.entretien.form.champ == "notes_de_travail"
    assert desk.entretien.form.textes.value("notes_de_travail") == CANARY
    program.veil()  # and it falls again
    assert "Voile baissé" in " ".join(arbre.said())


@pytest.mark.exigence("S37")
def test_until_she_chose_a_code_the_passphrase_lifts_it(program: Program, qtbot: QtBot) -> None:
    program.veil()
    type_code(qtbot, PASSPHRASE)
    assert visible() == [desk_of(program).window]


@pytest.mark.exigence("S37")
def test_three_wrong_codes_lock(program: Program, qtbot: QtBot) -> None:
    desk_of(program).services.voile.choose(prepare_code(CODE))
    program.veil()
    for wrong in ("2717", "8172"):
        type_code(qtbot, wrong)
        assert program.desk is not None
    assert "dernier essai" in veil_page().field.error()
    with qtbot.waitSignal(program.locked):
        type_code_and_leave(CODE + "1")
    assert program.desk is None
    assert visible() == []


def type_code_and_leave(code: str) -> None:
    page = veil_page()
    page.field.widget.set_value(code)
    QTest.keyClick(page.field.widget, Qt.Key.Key_Return)


@pytest.mark.exigence("S37")
@pytest.mark.parametrize("way", ["button", "close"])
def test_under_the_veil_one_may_lock(program: Program, qtbot: QtBot, way: str) -> None:
    program.veil()
    page = veil_page()
    with qtbot.waitSignal(program.locked):
        if way == "button":
            page.lock.click()
        else:
            page.window().close()
    assert visible() == []


@pytest.mark.exigence("S37")
def test_the_veil_falls_after_five_minutes_and_the_lock_after_twenty(program: Program, qtbot: QtBot) -> None:
    assert (program._idle._veil, program._idle._lock) == (5 * 60, 20 * 60)
    desk = desk_of(program)
    desk.hub.announce(desk.services.reglages.set(Reglages(voile_minutes=2, verrouillage_minutes=9)))
    assert (program._idle._veil, program._idle._lock) == (2 * 60, 9 * 60)
    program._idle.veil_requested.emit()
    assert "Voile baissé" in " ".join(arbre.said())
    with qtbot.waitSignal(program.locked):
        program._idle.lock_requested.emit()


@pytest.mark.exigence("S38")
def test_after_a_lock_no_window_says_anything(program: Program) -> None:
    program.lock()
    assert visible() == []
    program._app.processEvents()
    assert [text for text in arbre.said() if "Quentin" in text] == []
