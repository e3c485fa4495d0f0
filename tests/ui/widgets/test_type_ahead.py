"""One answer out of a list, by the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QListView

from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.commune_field import CommuneField
from iscg_desktop.ui.widgets.suggestion_list import SuggestionList
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

CHOICES = (
    ("violences_conjugales", "Violences conjugales", "Conflits intrafamiliaux"),
    ("conflit_conjugal", "Conflit conjugal", "Conflits intrafamiliaux"),
    ("mineur", "Mineur en danger", "Enfance et jeunesse"),
    ("harcelement", "Harcèlement", "Autres violences"),
)


@pytest.fixture
def champ(shown) -> TypeAhead:
    widget = TypeAhead(CHOICES)
    shown(widget, QLineEdit())
    return widget


def _list(widget) -> SuggestionList | None:
    opened = [each for each in widget.window().findChildren(SuggestionList) if each.isVisible()]
    return opened[0] if opened else None


def _shown_rows(widget) -> list[str]:
    opened = _list(widget)
    if opened is None:
        return []
    model = opened.findChild(QListView).model()
    return [model.index(row).data() for row in range(model.rowCount())]


def test_beginnings_of_words_then_enter(champ, qtbot):
    qtbot.keyClicks(champ, "vio conj")
    assert _shown_rows(champ) == ["Violences conjugales"]
    with qtbot.waitSignals([champ.committed, champ.edited]):
        qtbot.keyClick(champ, Qt.Key.Key_Return)
    assert champ.value() == "violences_conjugales"
    assert champ.text() == "Violences conjugales"
    assert _list(champ) is None
    assert champ.hasFocus()


def test_tab_picks_and_moves_on(champ, qtbot):
    qtbot.keyClicks(champ, "harc")
    qtbot.keyClick(champ, Qt.Key.Key_Tab)
    assert champ.value() == "harcelement"
    assert not champ.hasFocus()
    assert _list(champ) is None


def test_arrows_walk_over_the_headings(champ, qtbot):
    qtbot.keyClick(champ, Qt.Key.Key_Down)
    assert _shown_rows(champ) == [
        "Conflits intrafamiliaux",
        "Violences conjugales",
        "Conflit conjugal",
        "Enfance et jeunesse",
        "Mineur en danger",
        "Autres violences",
        "Harcèlement",
    ]
    for _ in range(2):
        qtbot.keyClick(champ, Qt.Key.Key_Down)
    qtbot.keyClick(champ, Qt.Key.Key_Return)
    assert champ.value() == "mineur"
    qtbot.keyClick(champ, Qt.Key.Key_Down)  # opens on the answer so far
    qtbot.keyClick(champ, Qt.Key.Key_Up)
    qtbot.keyClick(champ, Qt.Key.Key_Return)
    assert champ.value() == "conflit_conjugal"
    qtbot.keyClick(champ, Qt.Key.Key_Down)
    qtbot.keyClick(champ, Qt.Key.Key_PageUp)
    qtbot.keyClick(champ, Qt.Key.Key_Return)
    assert champ.value() == "violences_conjugales"


def test_escape_comes_back_to_the_answer(champ, qtbot):
    champ.set_value("mineur")
    champ.selectAll()
    qtbot.keyClicks(champ, "vio")
    qtbot.keyClick(champ, Qt.Key.Key_Escape)
    assert _list(champ) is None
    assert champ.text() == "Mineur en danger"
    assert champ.value() == "mineur"


def test_escape_from_a_list_that_was_only_looked_at_goes_no_further(champ, qtbot):
    escaped = []
    QShortcut(QKeySequence("Esc"), champ.window(), lambda: escaped.append(True))
    qtbot.keyClick(champ, Qt.Key.Key_Down)
    qtbot.keyClick(champ, Qt.Key.Key_Escape)
    assert _list(champ) is None
    assert escaped == []
    qtbot.keyClick(champ, Qt.Key.Key_Escape)
    assert escaped == [True]


def test_an_emptied_field_is_no_answer(champ, qtbot):
    champ.set_value("mineur")
    champ.selectAll()
    qtbot.keyClick(champ, Qt.Key.Key_Backspace)
    assert champ.value() is None
    with qtbot.waitSignal(champ.committed) as committed:
        qtbot.keyClick(champ, Qt.Key.Key_Tab)
    assert committed.args == [None]


def test_tab_through_an_untouched_field_changes_nothing(champ, qtbot):
    champ.set_value("mineur")
    with qtbot.assertNotEmitted(champ.committed), qtbot.assertNotEmitted(champ.edited):
        qtbot.keyClick(champ, Qt.Key.Key_Tab)
    assert champ.value() == "mineur"


def test_what_names_nothing_stays_typed_and_is_refused(champ, qtbot):
    qtbot.keyClicks(champ, "licorne")
    assert _list(champ) is None
    with qtbot.waitSignal(champ.refused) as refused:
        qtbot.keyClick(champ, Qt.Key.Key_Tab)
    assert refused.args == ["Cette réponse n’est pas dans la liste. Ouvrez-la avec la touche ↓."]
    assert champ.text() == "licorne"
    assert champ.value() is None
    assert champ.property("invalid") is True


def test_leaving_by_the_mouse_takes_the_only_match_and_asks_between_several(champ, qtbot):
    other = champ.window().findChildren(QLineEdit)[-1]
    qtbot.keyClicks(champ, "conj")
    with qtbot.waitSignal(champ.refused) as refused:
        qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert "Plusieurs réponses" in refused.args[0]
    champ.setFocus()
    champ.selectAll()
    qtbot.keyClicks(champ, "min")
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert champ.value() == "mineur"


def test_a_label_typed_whole_is_an_answer_before_the_field_is_left(champ, qtbot):
    qtbot.keyClicks(champ, "harcelement")
    assert champ.value() == "harcelement"
    assert champ.raw() == "harcelement"
    assert champ.settle()
    assert champ.text() == "Harcèlement"


def test_the_mouse_opens_and_picks(champ, qtbot):
    champ._chevron.trigger()
    opened = _list(champ)
    view = opened.findChild(QListView)
    place = view.visualRect(view.model().index(2)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert champ.value() == "conflit_conjugal"
    assert champ.hasFocus()
    champ._chevron.trigger()
    assert _list(champ) is not None
    champ._chevron.trigger()
    assert _list(champ) is None


def test_a_heading_cannot_be_picked(champ, qtbot):
    qtbot.keyClick(champ, Qt.Key.Key_Down)
    view = _list(champ).findChild(QListView)
    place = view.visualRect(view.model().index(0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert champ.value() is None


def test_enter_with_a_closed_list_is_the_forms(champ, qtbot):
    champ.set_value("mineur")
    with qtbot.waitSignal(champ.returnPressed):
        qtbot.keyClick(champ, Qt.Key.Key_Return)


def test_a_deactivated_value_is_kept_and_shown(champ):
    champ.set_value("ancien_code")
    assert (champ.value(), champ.text()) == ("ancien_code", "ancien_code")
    champ.set_value(Choice("ancien_code", "Ancienne réponse"))
    assert (champ.value(), champ.text()) == ("ancien_code", "Ancienne réponse")
    champ.set_choices(CHOICES)
    assert champ.value() == "ancien_code"


def test_what_is_chosen_often_comes_first(shown, qtbot):
    widget = TypeAhead(CHOICES, recent=["harcelement"])
    shown(widget)
    qtbot.keyClick(widget, Qt.Key.Key_Down)
    assert _shown_rows(widget)[:3] == ["Souvent choisis", "Harcèlement", "Conflits intrafamiliaux"]


def test_the_list_opens_above_when_there_is_no_room_below(shown, qtbot):
    filler, widget = QLabel(), TypeAhead(CHOICES)
    filler.setFixedHeight(340)
    window = shown(filler, widget, height=420)
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_Down)
    opened = _list(widget)
    assert opened.geometry().bottom() < widget.mapTo(window, QPoint(0, 0)).y()
    assert window.rect().contains(opened.geometry())


def test_the_list_goes_with_its_field(champ, qtbot):
    qtbot.keyClick(champ, Qt.Key.Key_Down)
    before = _list(champ).y()
    champ.move(champ.x(), champ.y() + 40)
    assert _list(champ).y() == before + 40
    champ.window().hide()
    champ.window().show()
    assert _list(champ) is None


def test_the_list_is_put_away_with_the_window(shown, qtbot):
    widget = TypeAhead(CHOICES)
    shown(widget)
    qtbot.keyClick(widget, Qt.Key.Key_Down)
    widget.hide()
    assert _list(widget) is None


def test_typed_words_come_back_from_a_draft(champ):
    champ.set_raw("vio")
    assert (champ.raw(), champ.value(), champ.text()) == ("vio", None, "vio")


def test_a_commune_is_searched_elsewhere(shown, qtbot):
    asked = []

    def search(text: str) -> list[tuple[str, str]]:
        asked.append(text)
        towns = [("21541", "Saint-Aubin (21190)"), ("02671", "Saint-Aubin (02300)")]
        return [town for town in towns if "aubin".startswith(text.casefold()) or text == "21190"]

    widget = CommuneField(search, lambda code: f"Commune {code}")
    shown(widget)
    qtbot.keyClicks(widget, "au")
    assert _shown_rows(widget) == ["Saint-Aubin (21190)", "Saint-Aubin (02300)"]
    qtbot.keyClick(widget, Qt.Key.Key_Down)
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert widget.value() == "02671"
    assert "" not in asked
    widget.set_value("21541")
    assert widget.text() == "Commune 21541"
    widget.selectAll()
    qtbot.keyClicks(widget, "zzz")
    with qtbot.waitSignal(widget.refused) as refused:
        assert not widget.settle()
    assert "INSEE" in refused.args[0]
