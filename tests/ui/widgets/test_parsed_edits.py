"""Days, hours, durations and births are typed as one says them, and shown in full."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.duree_edit import DureeEdit
from iscg_desktop.ui.widgets.heure_edit import HeureEdit
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.naissance_edit import NaissanceEdit

TODAY = date(2026, 11, 23)
NBSP = "\u00a0"


def _today() -> date:
    return TODAY


@pytest.fixture
def jour(shown) -> DateEdit:
    widget = DateEdit(_today)
    shown(widget, QLineEdit())
    return widget


def test_a_day_is_read_when_the_field_is_left(jour, qtbot):
    qtbot.keyClicks(jour, "12/3")
    assert jour.text() == "12/3"
    assert jour.value() == date(2026, 3, 12)
    with qtbot.waitSignal(jour.committed) as committed:
        qtbot.keyClick(jour, Qt.Key.Key_Tab)
    assert committed.args == [date(2026, 3, 12)]
    assert jour.text() == "jeudi 12 mars 2026"
    assert not jour.hasFocus()


def test_enter_reads_too_and_lets_the_next_digit_replace_everything(jour, qtbot):
    qtbot.keyClicks(jour, "hier")
    qtbot.keyClick(jour, Qt.Key.Key_Return)
    assert jour.text() == "dimanche 22 novembre 2026"
    qtbot.keyClicks(jour, "-2")
    qtbot.keyClick(jour, Qt.Key.Key_Return)
    assert jour.value() == date(2026, 11, 21)


def test_reading_in_the_middle_of_typing_touches_nothing(jour, qtbot):
    edited = []
    jour.edited.connect(lambda: edited.append(jour.raw()))
    qtbot.keyClicks(jour, "31/2")
    assert jour.value() is None
    assert jour.raw() == "31/2"
    assert jour.text() == "31/2"
    assert edited == ["3", "31", "31/", "31/2"]


def test_an_impossible_day_stays_typed_and_is_refused_in_words(jour, qtbot):
    qtbot.keyClicks(jour, "31/2")
    with qtbot.waitSignal(jour.refused) as refused:
        qtbot.keyClick(jour, Qt.Key.Key_Tab)
    assert refused.args == ["Le 31/2/2026 n’existe pas dans le calendrier. Vérifiez le jour et le mois."]
    assert jour.text() == "31/2"
    assert jour.property("invalid") is True
    jour.setFocus()
    qtbot.keyClick(jour, Qt.Key.Key_Backspace)
    assert not jour.property("invalid")


def test_enter_on_an_impossible_day_does_not_go_on(jour, qtbot):
    pressed = []
    jour.returnPressed.connect(lambda: pressed.append(True))
    qtbot.keyClicks(jour, "31/2")
    qtbot.keyClick(jour, Qt.Key.Key_Return)
    assert pressed == []
    assert not jour.settle()


def test_escape_comes_back_to_the_last_day(jour, qtbot):
    jour.set_value(TODAY)
    jour.selectAll()
    qtbot.keyClicks(jour, "31/2")
    with qtbot.waitSignals([jour.edited, jour.refused]):
        qtbot.keyClick(jour, Qt.Key.Key_Escape)
    assert jour.text() == "lundi 23 novembre 2026"
    assert jour.raw() == ""


def test_arrows_step_by_days_and_weeks_from_today(jour, qtbot):
    qtbot.keyClick(jour, Qt.Key.Key_Up)
    assert jour.value() == TODAY
    qtbot.keyClick(jour, Qt.Key.Key_Up)
    assert jour.text() == "mardi 24 novembre 2026"
    qtbot.keyClick(jour, Qt.Key.Key_Down)
    qtbot.keyClick(jour, Qt.Key.Key_PageDown)
    assert jour.value() == date(2026, 11, 16)
    qtbot.keyClick(jour, Qt.Key.Key_PageUp)
    assert jour.value() == TODAY


def test_stepping_says_what_changed(jour, qtbot):
    with qtbot.waitSignals([jour.edited, jour.committed]):
        qtbot.keyClick(jour, Qt.Key.Key_Up)


def test_correcting_the_number_alone_drops_the_weekday_it_no_longer_is(jour, qtbot):
    jour.set_value(TODAY)
    jour.setCursorPosition(len("lundi 23"))
    qtbot.keyClick(jour, Qt.Key.Key_Backspace)
    qtbot.keyClicks(jour, "4")
    assert jour.text() == "lundi 24 novembre 2026"
    assert jour.settle()
    assert jour.text() == "mardi 24 novembre 2026"


def test_an_emptied_field_is_no_day(jour, qtbot):
    jour.set_value(TODAY)
    jour.selectAll()
    qtbot.keyClick(jour, Qt.Key.Key_Delete)
    with qtbot.waitSignal(jour.committed) as committed:
        qtbot.keyClick(jour, Qt.Key.Key_Tab)
    assert committed.args == [None]
    assert jour.value() is None


def test_setting_a_value_is_silent(jour, qtbot):
    with qtbot.assertNotEmitted(jour.edited), qtbot.assertNotEmitted(jour.committed):
        jour.set_value(TODAY)
        jour.clear()
    assert jour.text() == ""


def test_leaving_without_a_change_is_silent(jour, qtbot):
    jour.set_value(TODAY)
    jour.selectAll()
    qtbot.keyClicks(jour, "23/11")
    with qtbot.assertNotEmitted(jour.committed):
        qtbot.keyClick(jour, Qt.Key.Key_Tab)
    assert jour.text() == "lundi 23 novembre 2026"


def test_typed_words_come_back_from_a_draft(jour):
    jour.set_raw("31/2")
    assert (jour.raw(), jour.value()) == ("31/2", None)
    jour.set_raw("")
    assert jour.raw() == "31/2"


def test_a_click_selects_the_whole_so_that_typing_replaces_it(jour, qtbot):
    other = jour.window().findChildren(QLineEdit)[-1]
    jour.set_value(TODAY)
    other.setFocus()
    qtbot.mouseClick(jour, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: jour.selectedText() == jour.text())


def test_a_day_to_come_is_understood_as_such(shown, qtbot):
    widget = DateEdit(_today, prefer="future")
    shown(widget)
    qtbot.keyClicks(widget, "lundi")
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert widget.value() == date(2026, 11, 30)


def test_an_hour(shown, qtbot):
    widget = HeureEdit()
    shown(widget)
    qtbot.keyClicks(widget, "930")
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert (widget.value(), widget.text()) == (time(9, 30), f"9{NBSP}h{NBSP}30")
    qtbot.keyClick(widget, Qt.Key.Key_Up)
    assert widget.value() == time(9, 45)
    widget.set_value(time(0))
    qtbot.keyClick(widget, Qt.Key.Key_Down)
    assert widget.value() == time(23, 45)
    widget.clear()
    qtbot.keyClick(widget, Qt.Key.Key_Down)
    assert widget.value() == time(9)


def test_a_duration(shown, qtbot):
    widget = DureeEdit()
    shown(widget)
    qtbot.keyClicks(widget, "1h30")
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert (widget.value(), widget.text()) == (90, f"1{NBSP}h{NBSP}30")
    qtbot.keyClick(widget, Qt.Key.Key_Down)
    assert widget.value() == 85
    widget.set_value(0)
    qtbot.keyClick(widget, Qt.Key.Key_Down)
    assert widget.value() == 0


def test_a_birth(shown, qtbot):
    widget = NaissanceEdit(_today)
    shown(widget)
    qtbot.keyClicks(widget, "~30")
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert (widget.value(), widget.text()) == (Naissance(age_estime=30), f"environ 30{NBSP}ans")
    qtbot.keyClick(widget, Qt.Key.Key_Up)  # a birth has no next one
    assert widget.value() == Naissance(age_estime=30)
    qtbot.keyClicks(widget, "30")
    assert not widget.settle()


def test_a_line_of_text(shown, qtbot):
    widget = LineEdit("Nom")
    shown(widget, QLineEdit())
    with qtbot.waitSignal(widget.edited):
        qtbot.keyClicks(widget, " Le Goff ")
    assert widget.value() == "Le Goff"
    with qtbot.waitSignal(widget.committed) as committed:
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert committed.args == ["Le Goff"]
    with qtbot.assertNotEmitted(widget.edited), qtbot.assertNotEmitted(widget.committed):
        widget.set_value(None)
    assert widget.value() == ""
