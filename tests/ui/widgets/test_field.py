"""A field says its name, its hint and what is wrong, to the eye and to a screen reader."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from iscg_desktop.errors import Problem, UserError
from iscg_desktop.ui.messages import settle_all, show_error, show_problems
from iscg_desktop.ui.widgets.choice_row import ChoiceRow, Segment
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.duree_edit import DureeEdit
from iscg_desktop.ui.widgets.field import Field, FieldLabel
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.multi_type_ahead import MultiTypeAhead, TokenEdit


def _jour() -> DateEdit:
    return DateEdit(lambda: date(2026, 11, 23))


def _shown_words(field: Field) -> list[str]:
    return [label.text() for label in field.findChildren(QLabel) if label.isVisible() and label.text()]


def test_the_mnemonic_of_the_label_goes_to_the_widget(shown, qtbot):
    first, second = Field("&Nom", LineEdit()), Field("&Date", _jour())
    shown(first, second)
    qtbot.keyClick(first.widget, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert second.widget.hasFocus()


@pytest.mark.parametrize(
    ("label", "name"), [("&Nom", "Nom"), ("Santé && conduites", "Santé & conduites"), ("D&urée", "Durée")]
)
def test_the_label_is_the_accessible_name(qtbot, label, name):
    field = Field(label, LineEdit())
    qtbot.addWidget(field)
    assert field.widget.accessibleName() == name
    assert field.findChild(FieldLabel).buddy() is field.widget


def test_answers_of_a_row_keep_their_own_names(qtbot):
    field = Field("&Accord", ChoiceRow([("o", "Oui"), ("n", "Non")]))
    qtbot.addWidget(field)
    assert field.widget.accessibleName() == "Accord"
    assert [segment.accessibleName() or segment.text() for segment in field.findChildren(Segment)] == [
        "Oui",
        "Non",
    ]


def test_the_line_of_several_answers_bears_the_label(qtbot):
    field = Field("&Ressources", MultiTypeAhead([("rsa", "RSA")]))
    qtbot.addWidget(field)
    assert field.findChild(TokenEdit).accessibleName() == "Ressources"


def test_what_is_refused_is_said_under_the_widget_until_the_next_keystroke(shown, qtbot):
    field = Field("&Date", _jour(), hint="Le jour de l’entretien.")
    shown(field, LineEdit())
    field.widget.setFocus()
    assert "Le jour de l’entretien." in _shown_words(field)
    qtbot.keyClicks(field.widget, "31/2")
    qtbot.keyClick(field.widget, Qt.Key.Key_Tab)
    assert field.error().startswith("Le 31/2/2026 n’existe pas")
    assert field.error() in _shown_words(field)
    assert "Le jour de l’entretien." not in _shown_words(field)
    assert field.widget.accessibleDescription() == field.error()
    field.widget.setFocus()
    qtbot.keyClick(field.widget, Qt.Key.Key_Backspace)
    assert field.error() == ""
    assert field.widget.accessibleDescription() == "Le jour de l’entretien."
    assert "Le jour de l’entretien." in _shown_words(field)


def test_a_value_that_is_read_at_last_clears_the_error(shown, qtbot):
    field = Field("&Date", _jour())
    shown(field)
    field.widget.set_raw("31/2")
    field.widget.settle()
    field.widget.set_raw("28/2")
    assert field.widget.settle()
    assert field.error() == ""


def test_an_optional_field_says_so(qtbot):
    field = Field("&Surnom", LineEdit(), optional=True)
    qtbot.addWidget(field)
    assert field.findChild(FieldLabel).text() == "&Surnom (facultatif)"


def test_all_problems_are_marked_and_the_first_gets_the_focus(shown, qtbot):
    fields = {
        "date": Field("&Date", _jour()),
        "duree": Field("D&urée", DureeEdit()),
        "nom": Field("&Nom", LineEdit()),
    }
    elsewhere = InlineMessage()
    shown(*fields.values(), elsewhere)
    fields["nom"].set_error("Une erreur d’avant.")
    homeless = Problem("inconnu", "heure_impossible")
    left = show_problems(
        fields,
        [Problem("duree", "duree_impossible"), homeless, Problem("duree", "duree_illisible")],
        elsewhere,
    )
    assert left == [homeless]
    assert fields["duree"].error().count(".") >= 2
    assert (fields["date"].error(), fields["nom"].error()) == ("", "")
    assert fields["duree"].widget.hasFocus()
    assert (
        elsewhere.text == "Cette heure n’existe pas. Écrivez une heure entre 0\u00a0h et 23\u00a0h\u00a059."
    )
    assert elsewhere.tone == "alert"
    assert show_problems(fields, [], elsewhere) == []
    assert elsewhere.isHidden()


def test_saving_reads_what_is_still_being_typed(shown, qtbot):
    fields = [Field("&Nom", LineEdit()), Field("&Date", _jour()), Field("D&urée", DureeEdit())]
    shown(*fields)
    fields[1].widget.setFocus()
    qtbot.keyClicks(fields[1].widget, "12/3")
    assert settle_all(fields)
    assert fields[1].widget.text() == "jeudi 12 mars 2026"
    fields[2].widget.set_raw("longtemps")
    assert not settle_all(fields)
    assert fields[2].widget.hasFocus()
    assert fields[2].error()


def test_an_error_is_said_in_a_message(qtbot):
    message = InlineMessage()
    qtbot.addWidget(message)
    show_error(message, UserError("heure_illisible"))
    assert message.text == "Cette heure ne se lit pas. Écrivez par exemple 9h30 ou 14h."
