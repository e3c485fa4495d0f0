"""Several answers out of a list, by the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit

from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.choice_chip import ChoiceChip
from iscg_desktop.ui.widgets.multi_type_ahead import MultiTypeAhead, TokenEdit
from iscg_desktop.ui.widgets.suggestion_list import SuggestionList

CHOICES = (
    ("rsa", "RSA"),
    ("salaire", "Salaire"),
    ("retraite", "Retraite"),
    ("pension", "Pension alimentaire"),
)


@pytest.fixture
def champ(shown) -> MultiTypeAhead:
    widget = MultiTypeAhead(CHOICES, placeholder="Ajouter")
    shown(widget, QLineEdit())
    return widget


def _edit(widget) -> TokenEdit:
    return widget.findChild(TokenEdit)


def _chips(widget) -> list[str]:
    chips = [chip for chip in widget.findChildren(ChoiceChip) if chip.isVisible()]
    return [chip.choice.code for chip in sorted(chips, key=lambda chip: (chip.y(), chip.x()))]


def test_answers_are_added_one_after_the_other(champ, qtbot):
    edit = _edit(champ)
    assert edit.hasFocus()
    for typed, key in (("sal", Qt.Key.Key_Return), ("rs", Qt.Key.Key_Return), ("ret", Qt.Key.Key_Tab)):
        qtbot.keyClicks(edit, typed)
        qtbot.keyClick(edit, key)
    assert champ.value() == ("salaire", "rsa", "retraite")
    assert _chips(champ) == ["salaire", "rsa", "retraite"]
    assert not edit.hasFocus()


def test_each_change_is_announced(champ, qtbot):
    qtbot.keyClicks(_edit(champ), "rsa")
    with qtbot.waitSignals([champ.committed, champ.edited]):
        qtbot.keyClick(_edit(champ), Qt.Key.Key_Return)
    with qtbot.waitSignal(champ.committed) as committed:
        qtbot.keyClick(_edit(champ), Qt.Key.Key_Backspace)
    assert committed.args == [()]


def test_backspace_takes_the_last_answer_away_only_in_an_empty_line(champ, qtbot):
    champ.set_value(["rsa", "salaire"])
    qtbot.keyClicks(_edit(champ), "x")
    qtbot.keyClick(_edit(champ), Qt.Key.Key_Backspace)
    assert champ.value() == ("rsa", "salaire")
    qtbot.keyClick(_edit(champ), Qt.Key.Key_Backspace)
    assert champ.value() == ("rsa",)
    assert _edit(champ).hasFocus()


def test_an_answer_is_not_offered_twice(champ, qtbot):
    champ.set_value(["rsa"])
    qtbot.keyClick(_edit(champ), Qt.Key.Key_Down)
    opened = next(each for each in champ.window().findChildren(SuggestionList) if each.isVisible())
    assert opened.highlighted().code == "salaire"
    qtbot.keyClick(_edit(champ), Qt.Key.Key_Escape)
    qtbot.keyClicks(_edit(champ), "sal")
    qtbot.keyClick(_edit(champ), Qt.Key.Key_Escape)
    assert champ.raw() == ""
    qtbot.keyClicks(_edit(champ), "rsa")
    assert not champ.settle()
    assert champ.value() == ("rsa",)


def test_arrows_reach_the_chips_and_delete_takes_one_away(champ, qtbot, qapp):
    champ.set_value(["rsa", "salaire", "retraite"])
    qtbot.keyClick(_edit(champ), Qt.Key.Key_Left)
    qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Left)
    assert qapp.focusWidget().choice.code == "salaire"
    qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Delete)
    assert champ.value() == ("rsa", "retraite")
    assert _edit(champ).hasFocus()
    qtbot.keyClick(_edit(champ), Qt.Key.Key_Left)
    qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Right)
    assert _edit(champ).hasFocus()


def test_the_cross_takes_its_answer_away(champ, qtbot):
    champ.set_value(["rsa", "salaire"])
    chip = champ.findChildren(ChoiceChip)[-2]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(8, chip.height() // 2))
    assert champ.value() == ("rsa", "salaire")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 14, chip.height() // 2))
    assert champ.value() == ("salaire",)


def test_it_grows_over_as_many_lines_as_needed(champ, qtbot):
    champ.window().resize(300, 480)
    low = champ.height()
    champ.set_value([code for code, _ in CHOICES])
    qtbot.waitUntil(lambda: champ.height() > low)
    assert all(
        champ.rect().contains(chip.geometry()) for chip in champ.findChildren(ChoiceChip) if chip.isVisible()
    )
    champ.set_value([])
    qtbot.waitUntil(lambda: champ.height() == low)


def test_what_names_nothing_stays_typed_and_is_refused(champ, qtbot):
    qtbot.keyClicks(_edit(champ), "licorne")
    with qtbot.waitSignal(champ.refused) as refused:
        qtbot.keyClick(_edit(champ), Qt.Key.Key_Tab)
    assert "pas dans la liste" in refused.args[0]
    assert champ.raw() == "licorne"
    _edit(champ).setFocus()
    qtbot.keyClick(_edit(champ), Qt.Key.Key_Escape)
    assert champ.raw() == ""
    assert not champ.property("invalid")


def test_setting_answers_is_silent_and_keeps_the_unknown(champ, qtbot):
    with qtbot.assertNotEmitted(champ.edited), qtbot.assertNotEmitted(champ.committed):
        champ.set_value(["rsa", "ancien", Choice("autre", "Autre ancien"), "rsa"])
    assert champ.value() == ("rsa", "ancien", "autre")
    champ.set_choices(CHOICES)
    assert champ.value() == ("rsa", "ancien", "autre")
    champ.clear()
    assert champ.value() == ()


def test_a_screen_reader_hears_what_is_chosen(champ):
    champ.setAccessibleName("Ressources")
    champ.set_value(["rsa", "salaire"])
    champ.setAccessibleDescription("Il manque une réponse.")
    edit = _edit(champ)
    assert edit.accessibleName() == "Ressources"
    assert edit.accessibleDescription() == "Réponses choisies\u00a0: RSA, Salaire. Il manque une réponse."
