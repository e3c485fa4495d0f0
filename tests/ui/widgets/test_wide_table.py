"""Tables wider than their place: heads of several lines, and words that stay readable."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.data_table import DataTable


def _table(qtbot: QtBot, heads: int, width: int) -> DataTable:
    words: Column[str] = Column("", lambda record: record, stretch=True)
    figures: list[Column[str]] = [
        Column("Autres violences\net infractions", lambda _record: "12 (+3)", align="right")
        for _ in range(heads)
    ]
    table = DataTable([words, *figures], fit_rows=8)
    qtbot.addWidget(table)
    table.set_records(["Communauté de brigades du Bocage", "Brigade de Kergoat"])
    table.resize(width, table.sizeHint().height())
    table.show()
    qtbot.waitExposed(table)
    table.resize(width, table.sizeHint().height())
    return table


def test_where_one_scrolls_sideways_the_words_are_read_whole_and_no_line_is_hidden(qtbot: QtBot) -> None:
    table = _table(qtbot, heads=10, width=700)
    view = table.view
    assert view.horizontalScrollBar().maximum() > 0
    assert view.columnWidth(0) >= view.sizeHintForColumn(0)
    assert view.verticalScrollBar().maximum() == 0


def test_where_there_is_room_the_words_take_it(qtbot: QtBot) -> None:
    table = _table(qtbot, heads=10, width=700)
    table.resize(2400, table.height())
    view = table.view
    assert view.horizontalScrollBar().maximum() == 0
    assert sum(view.columnWidth(place) for place in range(11)) == view.viewport().width()


def test_a_head_of_two_lines_is_narrower_and_higher(qtbot: QtBot) -> None:
    table = _table(qtbot, heads=2, width=900)
    header = table.view.horizontalHeader()
    assert header.height() > 2 * header.fontMetrics().height()
    assert header.sectionSize(1) < 1.5 * header.fontMetrics().horizontalAdvance("Autres violences")
