"""Misspelt words are underlined without the window ever waiting, and mended from the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QTextCharFormat
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.errors import UserError
from iscg_desktop.reference import orthographe
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.spelling import Speller
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.text_area import TextArea
from tests.vie import draft, open_services

KEY = Qt.Key

# A menu takes the keyboard, of which a window without a screen has none.
with_menu = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Page(QWidget):
    """A text, and a field for a name."""

    def __init__(self, services: Services, tasks: TaskRunner) -> None:
        super().__init__()
        self.services, self.hub = services, ChangesHub()
        self.text, self.name = TextArea(), LineEdit()
        column = QVBoxLayout(self)
        for part in (self.name, self.text):
            column.addWidget(part)
        self.speller = Speller(services.orthographe, tasks, self.hub, self)

    def underlined(self) -> list[str]:
        """The words under a wave, in order."""
        found: list[str] = []
        block = self.text.document().begin()
        while block.isValid():
            waves = [
                each
                for each in block.layout().formats()
                if each.format.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline
            ]
            found += [block.text()[each.start : each.start + each.length] for each in waves]
            block = block.next()
        return found


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[Page]:
    services, session = open_services(tmp_path)
    tasks = TaskRunner()
    made = Page(services, tasks)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.name.setFocus()
    yield made
    tasks.close()
    session.vault.close()


def _menu(qtbot: QtBot) -> QMenu:
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    qtbot.waitUntil(lambda: "Recherche…" not in [action.text() for action in menu.actions()])
    return menu


def test_nothing_is_asked_before_a_text_has_the_focus(page: Page, qtbot: QtBot) -> None:
    page.text.set_value("Une maizon.")
    qtbot.wait(400)
    assert page.underlined() == []
    page.text.setFocus()
    qtbot.waitUntil(lambda: page.underlined() == ["maizon"])


def test_the_word_being_typed_is_left_in_peace(page: Page, qtbot: QtBot) -> None:
    page.text.setFocus()
    edits: list[None] = []
    page.text.edited.connect(lambda: edits.append(None))
    qtbot.keyClicks(page.text, "Une maizo")
    qtbot.wait(400)
    assert page.underlined() == []
    qtbot.keyClicks(page.text, "n qu")
    qtbot.waitUntil(lambda: page.underlined() == ["maizon"])
    assert len(edits) == len("Une maizon qu"), "underlining is no edit"


def test_names_of_the_coffre_and_of_the_form_are_not_underlined(page: Page, qtbot: QtBot) -> None:
    page.services.entretiens.record(draft())
    page.name.setText("Kerouédan")
    page.text.set_value("Madame Lœil, de Vallière, connaît Kerouédan et Zzyzx. ")
    page.text.setFocus()
    qtbot.waitUntil(lambda: page.underlined() == ["Zzyzx"])


@with_menu
def test_shift_f7_goes_to_the_word_and_mends_it(page: Page, qtbot: QtBot) -> None:
    page.text.set_value("Elle cherche l’écolle de Léo. ")
    page.text.setFocus()
    qtbot.waitUntil(lambda: page.underlined() == ["l’écolle"])
    edits: list[None] = []
    page.text.edited.connect(lambda: edits.append(None))
    qtbot.keyClick(page.text, KEY.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert page.text.textCursor().selectedText() == "l’écolle"
    menu = _menu(qtbot)
    assert "l’école" in [action.text() for action in menu.actions()]
    next(action for action in menu.actions() if action.text() == "l’école").trigger()
    menu.close()
    assert page.text.value() == "Elle cherche l’école de Léo."
    assert edits, "a correction is typed like any other"
    qtbot.waitUntil(lambda: page.underlined() == [])
    page.text.undo()
    assert "l’écolle" in page.text.value()


@with_menu
def test_a_word_of_hers_is_kept_in_the_coffre_and_underlined_no_more(page: Page, qtbot: QtBot) -> None:
    page.text.set_value("Le violentomètre. ")
    page.text.setFocus()
    qtbot.waitUntil(lambda: page.underlined() == ["violentomètre"])
    cursor = page.text.textCursor()
    cursor.setPosition(5)
    page.text.setTextCursor(cursor)
    place = page.text.cursorRect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, page.text.mapToGlobal(place))
    QApplication.sendEvent(page.text, event)
    menu = _menu(qtbot)
    next(action for action in menu.actions() if "mes mots" in action.text()).trigger()
    menu.close()
    assert page.services.orthographe.mots() == ("violentomètre",)
    qtbot.waitUntil(lambda: page.underlined() == [])
    cursor.setPosition(0)
    page.text.setTextCursor(cursor)
    page.hub.announce(page.services.orthographe.remove("violentomètre"))
    qtbot.waitUntil(lambda: page.underlined() == ["violentomètre"])


@with_menu
def test_a_word_that_the_disk_refuses_is_said_to_be_refused(
    page: Page, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_word: str) -> None:
        raise UserError("disque_plein")

    page.text.set_value("Le violentomètre. ")
    page.text.setFocus()
    qtbot.waitUntil(lambda: page.underlined() == ["violentomètre"])
    monkeypatch.setattr(page.services.orthographe, "add", refuse)
    said = QSignalSpy(page.speller.refused)
    cursor = page.text.textCursor()
    cursor.setPosition(5)
    page.text.setTextCursor(cursor)
    _right_click(page, page.text.cursorRect().center())
    menu = _menu(qtbot)
    next(action for action in menu.actions() if "mes mots" in action.text()).trigger()
    menu.close()
    assert "Le disque est plein" in said.at(0)[0]
    assert page.underlined() == ["violentomètre"]


@with_menu
def test_a_right_click_on_a_word_offers_to_keep_it_as_the_key_of_the_menu_does(
    page: Page, qtbot: QtBot
) -> None:
    page.text.set_value("Le violentomètre. ")
    page.text.setFocus()
    qtbot.waitUntil(lambda: page.underlined() == ["violentomètre"])
    cursor = page.text.textCursor()
    cursor.setPosition(5)
    page.text.setTextCursor(cursor)
    _right_click(page, page.text.cursorRect().center())
    menu = _menu(qtbot)
    next(action for action in menu.actions() if "mes mots" in action.text()).trigger()
    menu.close()
    assert page.services.orthographe.mots() == ("violentomètre",)


def _right_click(page: Page, place: QPoint) -> None:
    """As the window hands it over: to what is under the mouse, the viewport."""
    under = page.text.viewport()
    QApplication.sendEvent(
        under, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, under.mapToGlobal(place))
    )


@with_menu
def test_a_right_word_has_the_usual_menu(page: Page, qtbot: QtBot) -> None:
    page.text.set_value("Une maison. ")
    page.text.setFocus()
    place = page.text.cursorRect().center()
    _right_click(page, place)
    menu = _menu(qtbot)
    assert "mes mots" not in " ".join(action.text() for action in menu.actions())
    menu.close()


def test_in_discreet_mode_nothing_is_underlined(page: Page, qtbot: QtBot) -> None:
    page.text.set_discreet(True)
    page.text.set_value("Une maizon. ")
    page.text.setFocus()
    qtbot.wait(400)
    assert page.underlined() == []


def test_without_a_dictionary_it_keeps_silent(
    page: Page, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orthographe, "resources", lambda: tmp_path)
    page.text.set_value("Une maizon. ")
    page.text.setFocus()
    qtbot.wait(500)
    assert page.underlined() == []
    qtbot.keyClick(page.text, KEY.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.activePopupWidget() is None
