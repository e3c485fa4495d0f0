"""No key is lost between the moment a page is asked for and the one it is shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.ui.coming import AGAIN
from iscg_desktop.ui.early_keys import EarlyKeys
from iscg_desktop.ui.main_window import MainWindow

KEY = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class Questions(QWidget):
    """Two questions, a button, and a key of its own."""

    title = "Questions"

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = QLineEdit(), QLineEdit()
        self.button, label = QPushButton("&Valider"), QLabel("&Motif")
        label.setBuddy(self.second)
        self.did: list[str] = []
        self.button.clicked.connect(lambda: self.did.append("button"))
        QShortcut(QKeySequence("Ctrl+S"), self, lambda: self.did.append("shortcut"))
        column = QVBoxLayout(self)
        for part in (self.first, label, self.second, self.button):
            column.addWidget(part)

    def activated(self) -> None:
        self.first.setFocus()


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow()
    qtbot.addWidget(window)
    for key in ("avant", "apres", "ailleurs"):
        window.add_page(key, key, "sun", Questions)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_page("avant")
    return window


def page(window: MainWindow, key: str) -> Questions:
    found = window.page(key)
    assert isinstance(found, Questions)
    return found


def press(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(window.focusWidget() or window, key, modifier)


def test_they_are_answered_by_the_page_that_comes_in_their_order(window: MainWindow, qtbot: QtBot) -> None:
    early = EarlyKeys(window)
    before, after = page(window, "avant"), page(window, "apres")
    early.hold("apres")
    press(window, KEY.Key_A)
    press(window, KEY.Key_Tab)
    press(window, KEY.Key_B)
    press(window, KEY.Key_S, CTRL)
    press(window, KEY.Key_M, ALT)
    press(window, KEY.Key_C)
    press(window, KEY.Key_V, ALT)
    window.show_page("apres")
    press(window, KEY.Key_D)  # shown, and those of before are not all pressed yet
    qtbot.waitUntil(lambda: not early.holds)
    assert (after.first.text(), after.second.text()) == ("a", "bcd")
    assert after.did == ["shortcut", "button"]
    assert (before.first.text(), before.second.text(), before.did) == ("", "", [])
    press(window, KEY.Key_E)
    assert after.second.text() == "bcde", "what comes later goes its usual way"


def test_a_letter_of_several_strokes_is_kept_too(window: MainWindow, qtbot: QtBot) -> None:
    early = EarlyKeys(window)
    early.hold("apres")
    typed = QInputMethodEvent()
    typed.setCommitString("ê")
    QApplication.sendEvent(window.focusWidget(), typed)
    window.show_page("apres")
    qtbot.waitUntil(lambda: not early.holds)
    assert page(window, "apres").first.text() == "ê"
    assert page(window, "avant").first.text() == ""


def test_the_keys_of_the_window_are_answered_at_once(window: MainWindow) -> None:
    early = EarlyKeys(window)
    early.hold("apres")
    press(window, KEY.Key_F9)
    assert window.discreet


def test_those_meant_for_a_page_she_turned_away_from_go_to_no_other(window: MainWindow, qtbot: QtBot) -> None:
    early = EarlyKeys(window)
    early.hold("apres")
    press(window, KEY.Key_A)
    press(window, KEY.Key_3, ALT)  # the key of « ailleurs »
    press(window, KEY.Key_B)
    qtbot.waitUntil(lambda: not early.holds)
    assert page(window, "ailleurs").first.text() == "b"
    window.show_page("apres")
    assert page(window, "apres").first.text() == ""


def test_a_key_that_asks_for_another_page_leaves_the_next_ones_to_that(
    window: MainWindow, qtbot: QtBot
) -> None:
    early = EarlyKeys(window)
    QShortcut(QKeySequence("Ctrl+N"), page(window, "apres"), lambda: early.hold("ailleurs"))
    early.hold("apres")
    press(window, KEY.Key_N, CTRL)
    press(window, KEY.Key_A)
    window.show_page("apres")
    QTest.qWait(50)
    assert early.holds
    press(window, KEY.Key_B)
    window.show_page("ailleurs")
    qtbot.waitUntil(lambda: not early.holds)
    assert page(window, "ailleurs").first.text() == "ab"
    assert page(window, "apres").first.text() == ""


def test_a_page_of_the_bar_that_has_to_be_made_is_waited_for(window: MainWindow, qtbot: QtBot) -> None:
    """Its key is pressed, and the next ones are for it."""
    EarlyKeys(window)
    press(window, KEY.Key_3, ALT)
    assert not window.is_made("ailleurs")
    assert window.current_page() == "avant"
    press(window, KEY.Key_A)
    qtbot.waitUntil(
        lambda: window.current_page() == "ailleurs" and bool(page(window, "ailleurs").first.text())
    )
    assert page(window, "ailleurs").first.text() == "a"


def test_a_page_that_cannot_come_leaves_her_the_keyboard(window: MainWindow) -> None:
    early = EarlyKeys(window)

    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        window.coming.begin("apres", fail)
    assert not early.holds
    press(window, KEY.Key_B)
    assert page(window, "avant").first.text() == "b"


def test_let_go_the_keyboard_is_hers_again(window: MainWindow) -> None:
    early = EarlyKeys(window)
    early.hold("apres")
    press(window, KEY.Key_A)
    early.let_go()
    press(window, KEY.Key_B)
    assert page(window, "avant").first.text() == "b"


def test_another_window_keeps_its_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    """The field of the veil, a dialog."""
    early = EarlyKeys(window)
    early.hold("apres")
    press(window, KEY.Key_A)
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    QTest.keyClick(other, KEY.Key_B)
    window.show_page("apres")
    qtbot.waitUntil(lambda: not early.holds)
    assert (other.text(), page(window, "apres").first.text()) == ("b", "a")


def test_a_step_with_work_left_is_taken_again_in_the_next_turn(window: MainWindow) -> None:
    taken: list[str] = []

    def cards() -> object:
        taken.append("card")
        return AGAIN if taken.count("card") < 3 else None

    window.coming.begin("apres", cards, lambda: taken.append("shown"))
    assert taken == ["card"]
    QTest.qWait(100)
    assert taken == ["card", "card", "card", "shown"]
