"""Two to five answers side by side, by the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from iscg_desktop.ui.widgets.choice_row import ChoiceRow, Segment

CHOICES = (("oui", "Oui"), ("non", "Non"), ("non_recueilli", "Non recueilli"))


@pytest.fixture
def rangee(shown) -> ChoiceRow:
    widget = ChoiceRow(CHOICES)
    shown(widget, QLineEdit())
    return widget


def _press(qtbot, qapp, key) -> None:
    qtbot.keyClick(qapp.focusWidget(), key)


def test_arrows_choose(rangee, qtbot, qapp):
    seen = []
    rangee.committed.connect(seen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        _press(qtbot, qapp, key)
    assert seen == ["oui", "non", "non_recueilli", "oui", "non_recueilli"]
    assert rangee.value() == "non_recueilli"


def test_the_first_letter_chooses_and_goes_round(rangee, qtbot, qapp):
    seen = []
    for letter in "nnno":
        qtbot.keyClicks(qapp.focusWidget(), letter)
        seen.append(rangee.value())
    assert seen == ["non", "non_recueilli", "non", "oui"]
    qtbot.keyClicks(qapp.focusWidget(), "o")
    assert rangee.value() == "oui"


def test_it_is_one_stop_of_the_tab_key(rangee, qtbot, qapp):
    _press(qtbot, qapp, Qt.Key.Key_Tab)
    assert isinstance(qapp.focusWidget(), QLineEdit)
    rangee.set_value("non")
    _press(qtbot, qapp, Qt.Key.Key_Backtab)
    assert qapp.focusWidget().text() == "Non"


def test_space_chooses_and_forgets(rangee, qtbot, qapp):
    _press(qtbot, qapp, Qt.Key.Key_Space)
    assert rangee.value() == "oui"
    _press(qtbot, qapp, Qt.Key.Key_Space)
    assert rangee.value() is None


def test_backspace_forgets_when_it_may(rangee, shown, qtbot, qapp):
    rangee.set_value("oui")
    _press(qtbot, qapp, Qt.Key.Key_Backspace)
    assert rangee.value() is None
    sure = ChoiceRow(CHOICES, clearable=False)
    shown(sure)
    sure.set_value("oui")
    _press(qtbot, qapp, Qt.Key.Key_Backspace)
    _press(qtbot, qapp, Qt.Key.Key_Space)
    assert sure.value() == "oui"


def test_a_click_chooses_and_a_second_one_forgets(rangee, qtbot):
    second = rangee.findChildren(Segment)[1]
    with qtbot.waitSignal(rangee.edited):
        qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert rangee.value() == "non"
    assert [segment.isChecked() for segment in rangee.findChildren(Segment)] == [False, True, False]
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert rangee.value() is None
    assert not any(segment.isChecked() for segment in rangee.findChildren(Segment))


def test_setting_is_silent_and_an_unknown_code_is_no_answer(rangee, qtbot):
    with qtbot.assertNotEmitted(rangee.edited), qtbot.assertNotEmitted(rangee.committed):
        rangee.set_value("oui")
        rangee.set_value("inconnu")
    assert rangee.value() is None


def test_other_keys_are_not_swallowed(rangee, qtbot, qapp):
    with qtbot.assertNotEmitted(rangee.edited):
        qtbot.keyClicks(qapp.focusWidget(), "z")
        _press(qtbot, qapp, Qt.Key.Key_F5)
