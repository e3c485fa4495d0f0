"""Everything that can be typed in, pressed or chosen has a name, a role and a visible focus."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.button import Button, LinkButton
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.multi_type_ahead import MultiTypeAhead
from iscg_desktop.ui.widgets.nav_button import NavButton
from iscg_desktop.ui.widgets.search_field import SearchField
from iscg_desktop.ui.widgets.text_area import TextArea
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

CHOICES = (("oui", "Oui"), ("non", "Non"))


def _table() -> DataTable:
    table = DataTable([Column("Nom", str)], fit_rows=3, name="Noms")
    table.set_records(["a", "b"])
    return table


def _row() -> ChoiceRow:
    row = ChoiceRow(CHOICES)
    row.set_value("oui")
    return row


MAKERS = {
    "LineEdit": LineEdit,
    "DateEdit": lambda: DateEdit(lambda: date(2026, 11, 23)),
    "TypeAhead": lambda: TypeAhead(CHOICES),
    "MultiTypeAhead": lambda: MultiTypeAhead(CHOICES),
    "TextArea": TextArea,
    "ChoiceRow": _row,
    "CheckBox": lambda: CheckBox("Informée"),
    "SearchField": SearchField,
    "Button": lambda: Button("Imprimer"),
    "Button primary": lambda: Button("Établir", kind="primary"),
    "Button danger": lambda: Button("Effacer", kind="danger"),
    "Button quiet": lambda: Button("Plus tard", kind="quiet"),
    "LinkButton": lambda: LinkButton("Détails"),
    "Line": lambda: Line("9 h 30", clickable=True),
    "NavButton": lambda: NavButton("Dossiers", "folder-open"),
    "DataTable": _table,
}


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("scheme", ["clair", "sombre"])
def test_the_focus_can_be_seen(shown, qtbot, theme, name, scheme):
    theme.choose(scheme)
    other, widget = QLineEdit(), MAKERS[name]()
    shown(other, widget, height=700)
    if name == "DataTable":
        widget.select("a")
    without = _picture(widget)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: _holds_focus(widget))
    assert _changed(without, _picture(widget)) >= 40


@pytest.mark.parametrize("name", MAKERS)
def test_tab_reaches_it_and_leaves_it(shown, qtbot, qapp, name):
    before, widget, after = QLineEdit(), MAKERS[name](), QLineEdit()
    shown(before, widget, after, height=700)
    if isinstance(widget, NavButton):
        assert widget.focusPolicy() is Qt.FocusPolicy.TabFocus
    qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
    assert _holds_focus(widget)
    qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
    assert after.hasFocus()
    qtbot.keyClick(after, Qt.Key.Key_Backtab)
    assert _holds_focus(widget)


@pytest.mark.parametrize("name", [*MAKERS])
def test_a_screen_reader_hears_a_name(shown, qapp, name):
    widget = MAKERS[name]()
    field = name in ("LineEdit", "DateEdit", "TypeAhead", "MultiTypeAhead", "TextArea")
    shown(Field("&Commune", widget) if field else widget, height=700)
    widget.setFocus()
    spoken = QAccessible.queryAccessibleInterface(QApplication.focusWidget())
    assert spoken.isValid()
    assert spoken.text(QAccessible.Text.Name)
    if field:
        assert spoken.text(QAccessible.Text.Name) == "Commune"


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("LineEdit", QAccessible.Role.EditableText),
        ("ChoiceRow", QAccessible.Role.RadioButton),
        ("CheckBox", QAccessible.Role.CheckBox),
        ("Button", QAccessible.Role.Button),
        ("DataTable", QAccessible.Role.Table),
    ],
)
def test_a_screen_reader_hears_what_it_is(shown, name, role):
    widget = MAKERS[name]()
    shown(widget, height=700)
    assert QAccessible.queryAccessibleInterface(QApplication.focusWidget()).role() == role


@pytest.mark.parametrize(
    "name", [name for name in MAKERS if name not in ("LinkButton", "CheckBox", "DataTable")]
)
def test_targets_are_34_high_or_more(shown, name):
    widget = MAKERS[name]()
    shown(widget, height=700)
    assert widget.height() >= (26 if name == "Line" else 34)


def _holds_focus(widget: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))


def _picture(widget: QWidget) -> QImage:
    corner = widget.mapTo(widget.window(), QPoint(0, 0))
    return (
        widget.window()
        .grab()
        .toImage()
        .copy(corner.x() - 2, corner.y() - 2, widget.width() + 4, widget.height() + 4)
    )


def _changed(before: QImage, after: QImage) -> int:
    """Number of pixels that differ."""
    return sum(
        before.pixel(x, y) != after.pixel(x, y)
        for x in range(min(before.width(), after.width()))
        for y in range(min(before.height(), after.height()))
    )
