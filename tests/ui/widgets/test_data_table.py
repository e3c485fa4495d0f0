"""A table answers the keyboard and the mouse, and says what to do when it is empty."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHoverEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.models.window_table import WindowTable
from iscg_desktop.ui.theme import Theme, color
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.empty_state import EmptyState


@dataclass(frozen=True)
class Ligne:
    nom: str
    nombre: int
    etat: str = ""


LIGNES = (Ligne("Enfance", 14, "à préciser"), Ligne("Violences", 46), Ligne("Logement", 12))
COLUMNS = (
    Column[Ligne]("Thème", lambda r: r.nom, stretch=True),
    Column[Ligne]("Dossiers", lambda r: str(r.nombre), sort=lambda r: r.nombre, align="right"),
    Column[Ligne]("Part", lambda r: f"{r.nombre} %", share=lambda r: r.nombre / 100, align="right"),
    Column[Ligne]("État", lambda r: r.etat, role=lambda r: "warn" if r.etat else ""),
)


@pytest.fixture
def table(shown) -> DataTable:
    widget = DataTable(COLUMNS, empty=EmptyState("phone", "Rien ce trimestre", action="Noter"), name="Thèmes")
    widget.set_records(LIGNES)
    shown(widget, QLineEdit(), height=700)
    return widget


def _click_heading(table: DataTable, column: int, qtbot) -> None:
    header = table.view.horizontalHeader()
    place = QPoint(header.sectionPosition(column) + 12, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_focus_selects_the_first_row_and_enter_opens_it(table, qtbot):
    assert table.view.hasFocus()
    assert table.selected() is LIGNES[0]
    qtbot.keyClick(table.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.activated) as activated:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert activated.args == [LIGNES[1]]


def test_a_double_click_opens(table, qtbot):
    place = table.view.visualRect(table.table.index(2, 0)).center()
    with qtbot.waitSignal(table.activated) as activated:
        qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert activated.args == [LIGNES[2]]


def test_the_table_is_one_stop_of_the_tab_key(table, qtbot):
    qtbot.keyClick(table.view, Qt.Key.Key_Tab)
    assert not table.view.hasFocus()


def test_a_heading_sorts_then_sorts_back_then_no_more(table, qtbot):
    _click_heading(table, 1, qtbot)
    assert [ligne.nombre for ligne in table.records()] == [12, 14, 46]
    _click_heading(table, 1, qtbot)
    assert [ligne.nombre for ligne in table.records()] == [46, 14, 12]


def test_the_sort_and_the_selection_outlive_new_records(table, qtbot):
    table.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    table.select(LIGNES[2])
    table.set_records((*LIGNES, Ligne("Santé", 30)))
    assert [ligne.nombre for ligne in table.records()] == [46, 30, 14, 12]
    assert table.selected() == LIGNES[2]
    table.set_records(LIGNES[:1])
    assert table.selected() is None


def test_what_is_selected_is_said(table, qtbot):
    with qtbot.waitSignal(table.selection_changed) as changed:
        table.select(LIGNES[1])
    assert changed.args == [LIGNES[1]]
    table.select(Ligne("absent", 0))
    assert table.selected() is LIGNES[1]


def test_an_empty_table_says_what_to_do(table):
    empty = table.findChild(EmptyState)
    assert not empty.isVisible()
    table.set_records(())
    assert empty.isVisible()
    assert not table.view.isVisible()
    table.set_records(LIGNES)
    assert table.view.isVisible()


def test_enter_on_an_empty_table_opens_nothing(shown, qtbot):
    table = DataTable(COLUMNS)
    shown(table)
    with qtbot.assertNotEmitted(table.activated):
        qtbot.keyClick(table.view, Qt.Key.Key_Return)


def test_in_a_card_it_is_as_high_as_its_rows(shown, qtbot):
    table = DataTable(COLUMNS, fit_rows=5)
    table.set_records(LIGNES)
    shown(table, height=800)
    assert table.view.verticalScrollBar().maximum() == 0
    three = table.height()
    table.set_records([Ligne(str(number), number) for number in range(5)])
    qtbot.waitUntil(lambda: table.height() == three + 2 * 36)
    table.set_records([Ligne(str(number), number) for number in range(9)])
    qtbot.waitUntil(lambda: table.view.verticalScrollBar().maximum() > 0)
    assert table.height() == three + 2 * 36


def test_rows_are_36_high_and_headings_hold_their_words(table):
    assert table.view.rowHeight(0) == 36
    header = table.view.horizontalHeader()
    words = header.fontMetrics().horizontalAdvance("Dossiers")
    assert header.sectionSize(1) >= words + 20


def test_a_state_is_drawn_as_a_chip_and_a_share_as_a_bar(table):
    table.view.clearSelection()
    image = table.view.viewport().grab().toImage()
    ratio = image.devicePixelRatio()

    def colours(row: int, column: int) -> set[str]:
        rect = table.view.visualRect(table.table.index(row, column))
        return {
            image.pixelColor(int(x * ratio), int(y * ratio)).name()
            for x in range(rect.left(), rect.right())
            for y in range(rect.top() + 2, rect.bottom() - 2)
        }

    assert color("warn_soft").name() in colours(0, 3)
    assert color("warn_soft").name() not in colours(1, 3)
    assert color("accent").name() in colours(0, 2)
    assert color("accent").name() not in colours(0, 1)


def test_words_on_two_lines_are_drawn_on_one(shown):
    """As high as a row is: what is pasted into a name draws over no other."""
    columns = [Column("Nom", str, stretch=True)]
    pictures = []
    for words in ("Éléonore d’Argoat", "Éléonore\nd’Argoat"):
        drawn = DataTable(columns)
        drawn.set_records([words])
        shown(drawn)
        drawn.resize(400, 200)
        pictures.append(drawn.view.viewport().grab().toImage())
    assert pictures[0] == pictures[1]


def test_the_row_under_the_pointer_lights_up_as_a_whole(table, qtbot):
    def ground(column: int) -> str:
        rect = table.view.visualRect(table.table.index(1, column))
        return table.view.viewport().grab().toImage().pixelColor(rect.right() - 2, rect.top() + 4).name()

    plain = [ground(column) for column in range(4)]
    place = table.view.visualRect(table.table.index(1, 0)).center()
    viewport = table.view.viewport()
    over = QHoverEvent(QEvent.Type.HoverMove, place, viewport.mapToGlobal(place), QPoint(-1, -1))
    QApplication.sendEvent(viewport, over)
    assert all(ground(column) != plain[column] for column in range(4))
    away = QHoverEvent(QEvent.Type.HoverLeave, QPoint(-1, -1), QPoint(-1, -1), place)
    QApplication.sendEvent(viewport, away)
    assert [ground(column) for column in range(4)] == plain


def test_the_table_bears_its_name(table):
    assert table.view.accessibleName() == "Thèmes"


def test_a_narrow_table_leaves_out_the_columns_that_yield(shown):
    columns = [
        Column("Nom", lambda ligne: ligne.nom, stretch=True),
        Column("Un", lambda _: "12 345", yields=True),
        Column("Deux", lambda _: "67 890", yields=True),
    ]
    made = DataTable(columns)
    made.set_records(LIGNES)
    shown(made)

    def left_out(width: int) -> list[int]:
        made.setFixedWidth(width)
        return [place for place in range(3) if made.view.isColumnHidden(place)]

    assert left_out(800) == []
    assert left_out(240) == [2]
    assert left_out(160) == [1, 2]
    assert left_out(800) == []


def test_a_column_that_weighs_more_takes_more_of_the_room(shown):
    columns = [
        Column[str]("Numéro", str),
        Column[str]("Noms", lambda _: "Maëlle", stretch=True, weight=2),
        Column[str]("Unité", lambda _: "Brigade", stretch=True),
    ]
    model: WindowTable[str] = WindowTable(columns, lambda keys: keys, lambda each: each)
    table = DataTable(columns, table=model)
    shown(table, height=300)

    def are_shared() -> bool:
        numero, noms, unite = (table.view.columnWidth(place) for place in range(3))
        return abs(noms - 2 * unite) <= 3 and numero + noms + unite == table.view.viewport().width()

    for width in (900, 640):
        table.resize(width, 300)
        assert are_shared()
    table.set_keys(["2026-0001, un numéro bien plus long que son titre"])
    assert are_shared()


def test_rows_searched_as_one_types_are_drawn_once_and_no_column_moves(shown):
    columns = [Column[str]("Nom", str), Column[str]("Suite", lambda _: "…", stretch=True)]
    model: WindowTable[str] = WindowTable(columns, lambda keys: keys, lambda each: each)
    widget = DataTable(columns, table=model)
    widget.set_keys(["Delahaye-Montrésor"])
    shown(widget, height=400)
    widget.set_keys(["Delahaye-Montrésor", *map(str, range(40))])
    QApplication.processEvents()
    wide = widget.view.columnWidth(0)
    painted = Painted()
    widget.view.viewport().installEventFilter(painted)
    widget.set_keys(map(str, range(60)))
    for _ in range(8):
        QApplication.processEvents()
    assert widget.view.columnWidth(0) == wide
    assert painted.times == 1


class Painted(QObject):
    """Counts how often a widget is painted."""

    times = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Paint
        return False


def test_it_draws_the_ground_of_its_card(shown, qapp):
    """It is opaque to Qt: what it leaves undrawn would be what was there before."""
    table, card = DataTable(COLUMNS, name="Thèmes"), Card()
    table.set_records(LIGNES)
    card.add(table, 1)
    shown(card, height=500)
    theme = Theme(qapp, "clair")
    for choice in ("sombre", "clair"):
        theme.choose(choice)
        picture = card.grab().toImage()
        rows, header = table.view.viewport(), table.view.horizontalHeader().viewport()
        for part, place in ((rows, QPoint(3, rows.height() - 3)), (header, QPoint(3, 3))):
            assert picture.pixelColor(part.mapTo(card, place)) == color("surface"), (choice, part)
