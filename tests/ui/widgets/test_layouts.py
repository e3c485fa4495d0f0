"""Forms and pages fold when they are narrow, and nothing goes out of sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from iscg_desktop.ui.forms.short_form import ShortForm
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage


@pytest.fixture
def grille(shown, qtbot) -> FormGrid:
    grid = FormGrid()
    for name, span in (("a", 3), ("b", 3), ("c", 6), ("d", 4), ("e", 8)):
        grid.add(Field(name, LineEdit()), span)
    window = shown(grid, width=900)
    qtbot.waitUntil(lambda: grid.width() > 800)
    assert window.isVisible()
    return grid


def _rows(grid: FormGrid) -> list[int]:
    """Number of fields in each row."""
    tops = [field.y() for field in grid.findChildren(Field)]
    return [tops.count(top) for top in sorted(set(tops))]


def _resize(grid: FormGrid, width: int, qtbot) -> None:
    grid.window().resize(width, 700)
    margin = grid.window().layout().contentsMargins()
    qtbot.waitUntil(lambda: grid.width() == width - margin.left() - margin.right())


def test_a_form_folds_when_it_is_narrow(grille, qtbot):
    assert _rows(grille) == [3, 2]
    _resize(grille, 460, qtbot)
    assert _rows(grille) == [2, 2, 1], "half a row each, then the whole"
    _resize(grille, 220, qtbot)
    assert _rows(grille) == [1, 1, 1, 1, 1]
    fields = grille.findChildren(Field)
    assert all(field.geometry().right() < grille.width() for field in fields)


def test_columns_of_a_form_stand_under_each_other(grille):
    a, b, c, d, e = grille.findChildren(Field)
    assert a.x() == d.x() == 0
    assert c.geometry().right() == e.geometry().right() == grille.width() - 1
    assert a.width() == pytest.approx(b.width(), abs=1)
    assert b.x() - a.geometry().right() - 1 == pytest.approx(16, abs=1)


def test_a_form_gets_the_height_of_an_error(grille, qtbot):
    low = grille.height()
    grille.findChildren(Field)[0].set_error("Il manque quelque chose.")
    qtbot.waitUntil(lambda: grille.height() > low)


def test_tab_follows_the_order_of_adding(grille, qtbot, qapp):
    fields = grille.findChildren(Field)
    fields[0].widget.setFocus()
    for field in fields[1:]:
        qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
        assert field.widget.hasFocus()


def test_a_new_row_and_a_section(shown, qtbot):
    grid = FormGrid()
    grid.add(Field("a", LineEdit()))
    grid.new_row()
    grid.add(Field("b", LineEdit()))
    grid.add_section("Logement")
    grid.add(Field("c", LineEdit()))
    shown(grid, width=900)
    tops = [field.y() for field in grid.findChildren(Field)]
    assert tops == sorted(set(tops))


def test_a_hidden_field_leaves_no_hole(grille, qtbot):
    a, b, _, _, _ = grille.findChildren(Field)
    a.hide()
    qtbot.waitUntil(lambda: b.x() == 0)


def test_chips_flow_over_lines(shown, qtbot):
    holder = QWidget()
    flow = FlowLayout(holder, spacing=8)
    chips = [Chip("accent", f"réponse numéro {number}") for number in range(6)]
    for chip in chips:
        flow.addWidget(chip)
    shown(holder, width=900)
    assert len({chip.y() for chip in chips}) == 1
    holder.window().resize(260, 480)
    qtbot.waitUntil(lambda: len({chip.y() for chip in chips}) >= 3)
    assert all(holder.rect().contains(chip.geometry()) for chip in chips)
    assert flow.itemAt(99) is None
    assert flow.takeAt(99) is None
    assert flow.takeAt(0).widget() is chips[0]
    assert flow.count() == 5


def test_columns_stand_under_each_other_when_narrow(shown, qtbot):
    cards = [Card("Un"), Card("Deux")]
    columns = Columns(*cards, break_at=600)
    shown(columns, width=900)
    qtbot.waitUntil(lambda: cards[0].y() == cards[1].y() and cards[1].x() > 0)
    assert cards[0].width() == pytest.approx(cards[1].width(), abs=1)
    columns.window().resize(400, 480)
    qtbot.waitUntil(lambda: cards[1].y() > cards[0].geometry().bottom())
    columns.window().resize(900, 480)
    qtbot.waitUntil(lambda: cards[0].y() == cards[1].y())


def test_columns_of_wide_things_stand_under_each_other_as_soon_as_they_do_not_fit(shown, qtbot):
    cards = [Card("Un"), Card("Deux")]
    for card in cards:
        card.add(CheckBox("Une case dont les mots tiennent sur une seule ligne, et plus"))
    page = ScrollPage()
    page.add(Columns(*cards, break_at=600))
    shown(page, width=1400)
    qtbot.waitUntil(lambda: cards[0].y() == cards[1].y() and cards[1].x() > 0)
    page.window().resize(680, 480)  # wider than the break
    qtbot.waitUntil(lambda: cards[1].y() > cards[0].geometry().bottom())
    viewport = page.findChild(QScrollArea).viewport()
    assert cards[1].mapTo(viewport, cards[1].rect().bottomRight()).x() < viewport.width()


def test_the_focused_field_is_always_in_sight(shown, qtbot, qapp):
    page = ScrollPage(PageHeader("Entretien"))
    fields = [Field(f"Champ {number}", LineEdit()) for number in range(20)]
    for field in fields:
        page.add(field)
    shown(page, height=400)
    viewport = page.findChild(QScrollArea).viewport()

    def in_sight(field: Field) -> bool:
        """Whether the whole field can be seen, its label included."""
        corner = field.mapTo(viewport, field.rect().topLeft())
        return viewport.rect().contains(QRect(corner, field.size()))

    for field in (fields[-1], fields[5], fields[12]):
        field.widget.setFocus()  # as when an error is shown
        assert in_sight(field)
    for _ in range(4):
        qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
    assert fields[16].widget.hasFocus()
    assert in_sight(fields[16])


def test_a_scroll_bar_does_not_move_the_content(shown, qtbot):
    header = PageHeader("Bilan")
    page = ScrollPage(header)
    body = Card("Chiffres")
    page.add(body)
    shown(page, width=800, height=400)
    right = body.mapTo(page, body.rect().topRight()).x()
    body.setMinimumHeight(900)
    bar = page.findChild(QScrollArea).verticalScrollBar()
    qtbot.waitUntil(bar.isVisible)
    assert body.mapTo(page, body.rect().topRight()).x() == right
    assert header.mapTo(page, header.rect().topRight()).x() == right


def test_content_stays_at_the_top_unless_something_stretches(shown, qtbot):
    page = ScrollPage()
    first, second = Card("Un"), Card("Deux")
    page.add(first)
    page.add(second)
    shown(page, height=700)
    assert second.y() + second.height() < 300
    high = ScrollPage()
    table = Card("Table")
    high.add(table, stretch=1)
    qtbot.addWidget(high)
    high.resize(640, 700)
    high.show()
    qtbot.waitUntil(lambda: table.height() > 600)


def test_the_actions_of_a_page_go_under_its_title_together(shown, qtbot):
    header = PageHeader("Entretien", "Dossier 2026-0312 · brouillon gardé à 9 h 41")
    primary = header.set_primary("Terminer")
    other = header.add_secondary("Fiche de liaison…")
    shown(header, width=900)
    assert other.x() < primary.x()
    assert header.childAt(5, 5) is not None
    height = header.height()
    header.window().resize(420, 480)
    qtbot.waitUntil(lambda: header.height() > height)
    tops = {button.mapTo(header, button.rect().topLeft()).y() for button in (primary, other)}
    assert len(tops) == 1


def test_a_short_form_is_seen_with_its_button(shown, qtbot):
    page = ScrollPage()
    page.add(Card("Au-dessus"))
    page.body.addSpacing(600)
    form = ShortForm({name: Field(name, LineEdit()) for name in ("Un", "Deux", "Trois")}, "Noter")
    page.add(form)
    page.body.addSpacing(600)
    shown(page, height=400)
    form.open()
    button = form.submit_button
    qtbot.waitUntil(lambda: not button.visibleRegion().isEmpty())
    assert button.visibleRegion().boundingRect() == button.rect()
    assert form.fields["Un"].widget.hasFocus()


def test_a_footer_stays_below(shown, qtbot):
    page = ScrollPage()
    footer = Quiet("Trois renseignements manquent.")
    page.set_footer(footer)
    shown(page, height=400)
    assert footer.geometry().bottom() == page.height() - 1


def test_the_way_back_has_its_key(shown, qtbot):
    header = PageHeader("Entretien")
    header.set_back("Dossier")
    button = Button("Autre")
    shown(header, button)
    with qtbot.waitSignal(header.back_triggered):
        qtbot.keyClick(button, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
