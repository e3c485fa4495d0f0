"""A card of lines: read again, it leaves the keyboard where it was."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.list_card import ListCard, with_buttons


def _show(card: ListCard, names: str) -> None:
    rows = [(name, with_buttons(Line(name, clickable=True), [Button("Fait")])) for name in names]
    card.show_rows(rows, len(rows))


def _here(card: ListCard) -> tuple[str, str]:
    """The line where the keyboard is, and what takes it there."""
    focused = card.window().focusWidget()
    key = next(str(key) for row, key in card._keys.items() if row.isAncestorOf(focused))
    return key, type(focused).__name__


@pytest.fixture
def card(qtbot) -> ListCard:
    found = ListCard("Relances")
    qtbot.addWidget(found)
    found.show()
    _show(found, "abc")
    return found


def test_read_again_it_keeps_the_keyboard_on_the_same_button(card):
    card.findChildren(Button)[1].setFocus()
    QTest.qWait(0)
    _show(card, "abc")
    assert _here(card) == ("b", "Button")


@pytest.mark.parametrize(("gone", "left", "there"), [(0, "bc", "b"), (1, "ac", "c"), (2, "ab", "b")])
def test_the_line_that_comes_in_place_of_one_done_has_the_keyboard_not_its_button(card, gone, left, there):
    """Pressed twice, the key must not do the next one too."""
    card.findChildren(Button)[gone].setFocus()
    _show(card, left)
    assert _here(card) == (there, "Line")


def test_it_takes_the_keyboard_from_nobody(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    card, other = ListCard("Relances"), Button("Ailleurs")
    column.addWidget(card)
    column.addWidget(other)
    _show(card, "ab")
    page.show()
    other.setFocus()
    _show(card, "b")
    assert page.focusWidget() is other
