"""What went wrong leads to its chapter: by a discreet link, and by F1 from where she is."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.errors import Problem, UserError
from iscg_desktop.messages import joined, sentence
from iscg_desktop.ui.helping import HelpKeys
from iscg_desktop.ui.messages import show_error, show_problems
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.button import LinkButton
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.explained_table import ExplainedTable
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Text
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.line_edit import LineEdit

DISK, DATE = sentence(UserError("disque_plein")).aide, sentence(UserError("date_illisible")).aide


@pytest.fixture
def asked(shown, qtbot: QtBot) -> tuple[list[str], Field, Field, InlineMessage]:
    message = InlineMessage("alert")
    name, day = Field("&Nom", LineEdit()), Field("&Date", DateEdit(lambda: date(2026, 11, 23)))
    window = shown(name, day, message)
    renvois: list[str] = []
    HelpKeys(window, lambda: (window, "page")).asked.connect(renvois.append)
    return renvois, name, day, message


def _link(widget: QWidget) -> LinkButton:
    (link,) = [each for each in widget.findChildren(LinkButton) if each.text() == "En savoir plus (F1)"]
    return link


def _f1() -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_F1)


def test_a_page_where_nothing_is_wrong_opens_its_own_chapter(asked) -> None:
    renvois, *_ = asked
    _f1()
    assert renvois == ["page"]


def test_an_error_of_the_page_has_its_link_and_f1(asked) -> None:
    renvois, _, _, message = asked
    show_error(message, UserError("disque_plein"))
    assert _link(message).isVisible()
    _link(message).click()
    _f1()
    assert renvois == [DISK, DISK]
    message.show_message("good", "C’est gardé.")
    assert not _link(message).isVisible()
    _f1()
    assert renvois[2:] == ["page"]


def test_what_a_field_refuses_has_its_link_and_f1_from_it_before_any_other(asked, qtbot: QtBot) -> None:
    renvois, name, day, message = asked
    show_error(message, UserError("disque_plein"))
    day.widget.setFocus()
    qtbot.keyClicks(day.widget, "demin")
    assert not day.widget.settle()
    assert _link(day).isVisible()
    _link(day).click()
    _f1()
    assert renvois == [DATE, DATE]
    name.widget.setFocus()
    _f1()
    assert renvois[2:] == [DATE]  # the first thing wrong from the top of the page
    day.clear_error()
    _f1()
    assert renvois[3:] == [DISK]


def test_problems_of_a_form_lead_from_their_fields(asked) -> None:
    _, name, day, message = asked
    fields = {"nom": name, "date": day}
    homeless = Problem("ailleurs", "disque_plein")
    show_problems(fields, [Problem("date", "date_manquante"), homeless], elsewhere=message)
    assert (name.aide, day.aide, message.aide) == ("", DATE, DISK)
    assert not _link(day).hasFocus()
    assert _link(day).focusPolicy() == Qt.FocusPolicy.NoFocus
    show_problems(fields, [], elsewhere=message)
    assert (day.aide, message.aide) == ("", "")


def test_sentences_together_or_inside_others_lead_where_the_first_does() -> None:
    disk, day = sentence(UserError("disque_plein")), sentence(UserError("date_illisible"))
    both = joined([disk, day, disk])
    assert (both, both.aide) == (f"{disk} {day}", DISK)
    inside = day.within("Pas gardé dans {dossier}. {raison}", dossier="« a »")
    assert (inside, inside.aide) == (f"Pas gardé dans « a ». {day}", DATE)
    assert joined([]).aide == ""


def test_the_link_takes_no_room_from_what_is_said(asked) -> None:
    _, name, *_ = asked
    name.set_error(sentence(UserError("date_illisible")))
    QApplication.processEvents()
    (words,) = [label for label in name.findChildren(Text) if label.text().startswith("Cette date")]
    assert words.width() > name.width() - 40
    assert _link(name).geometry().top() >= words.geometry().bottom()


def test_a_line_that_says_what_is_wrong_has_its_link_and_f1(shown, qtbot: QtBot) -> None:
    plain, wrong = Line("Un fichier", "Lu."), Line("Un fichier", sentence(UserError("disque_plein")))
    clickable = Line(sentence(UserError("date_illisible")), clickable=True)
    window = shown(plain, wrong, clickable)
    renvois: list[str] = []
    HelpKeys(window, lambda: (window, "page")).asked.connect(renvois.append)
    assert plain.findChildren(LinkButton) == []
    assert _link(wrong).isVisible()
    _link(wrong).click()
    clickable.setFocus()
    _f1()
    activated: list[None] = []
    clickable.activated.connect(lambda: activated.append(None))
    qtbot.mouseClick(_link(clickable), Qt.MouseButton.LeftButton)
    assert renvois == [DISK, DATE, DATE]
    assert activated == []


def test_the_chosen_line_of_a_table_is_said_whole_with_its_link_and_f1(shown) -> None:
    table = ExplainedTable(
        [Column("Ligne", str)],
        "Pourquoi",
        said=lambda n: sentence(UserError(("disque_plein", "date_illisible")[n])),
        fit_rows=4,
        name="Lignes refusées",
    )
    window = shown(table)
    renvois: list[str] = []
    HelpKeys(window, lambda: (window, "page")).asked.connect(renvois.append)
    table.set_records([0, 1])
    assert table.whole.text == sentence(UserError("disque_plein"))
    table.table.view.setFocus()
    QTest.keyClick(table.table.view, Qt.Key.Key_Down)
    assert table.whole.text == sentence(UserError("date_illisible"))
    _link(table).click()
    _f1()
    assert renvois == [DATE, DATE]
    table.set_records([])
    assert not table.whole.isVisible()
    assert table.aide == ""
