"""With the system's text twice as large, everything grows with it and nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from iscg_desktop.ui import icons
from iscg_desktop.ui.main_window import MainWindow
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.theme import Theme
from iscg_desktop.ui.tokens import BAR, ROW
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field, FieldLabel
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.nav_button import NavButton


@pytest.fixture(autouse=True)
def large(qapp: QApplication, theme: Theme) -> Iterator[None]:
    """A theme that takes 22 pt for the size of the system's text."""
    before = qapp.font()
    qapp.setFont(QFont("Noto Sans", 22))
    grown = Theme(qapp, "clair")
    yield
    grown.deleteLater()
    qapp.setFont(before)
    theme.choose("sombre")
    theme.choose("clair")


def test_text_and_icons_grow_together(qapp):
    assert qapp.font().pointSizeF() == pytest.approx(20, abs=4)
    assert qapp.font().pointSizeF() >= 18
    assert icons.side(16) >= 26


def test_nothing_is_cut(shown):
    button, chip, field = (
        Button("Imprimer", icon="printer"),
        Chip("warn", "sous 48 h"),
        Field("&Nom", LineEdit()),
    )
    shown(button, chip, field, width=900)
    for widget, words in ((button, "Imprimer"), (chip, "sous 48 h")):
        assert widget.width() > widget.fontMetrics().horizontalAdvance(words)
        assert widget.height() >= widget.fontMetrics().height()
    assert field.widget.height() >= field.widget.fontMetrics().height() + 8
    assert field.findChild(FieldLabel).height() >= field.fontMetrics().height()


def test_rows_of_a_table_are_higher(shown):
    table = DataTable([Column("Nom", str)], name="Noms")
    table.set_records(["a"])
    shown(table)
    assert table.view.rowHeight(0) > ROW
    assert table.view.horizontalHeader().height() == table.view.rowHeight(0)


def test_a_form_folds_sooner_and_shows_the_longest_day(shown, qtbot):
    grid = FormGrid()
    jour = DateEdit(lambda: date(2026, 9, 23))
    for label, widget in (("Date", jour), ("a", LineEdit()), ("b", LineEdit()), ("c", LineEdit())):
        grid.add(Field(label, widget), 3)
    shown(grid, width=1000, height=700)
    jour.set_value(date(2026, 9, 23))
    qtbot.waitUntil(lambda: len({field.y() for field in grid.findChildren(Field)}) == 2)
    assert jour.width() > jour.fontMetrics().horizontalAdvance(jour.text())


def test_the_bar_of_pages_widens_for_its_longest_name(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    window.add_page("conformite", "Conformité", "shield-check", LineEdit)
    window.show()
    button = next(b for b in window.findChildren(NavButton) if b.text() == "Mode discret")
    assert button.width() > button.sizeHint().width() - 4
    assert button.parentWidget().width() > BAR
