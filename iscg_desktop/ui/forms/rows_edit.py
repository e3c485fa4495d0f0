"""A few persons in rows of short fields, added and taken away in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from iscg_desktop.ui import icons
from iscg_desktop.ui.plain import shortened, tooltip
from iscg_desktop.ui.theme import color
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.line_edit import LineEdit

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowColumn:
    """One field of each row: its label, how many of the twelve columns it takes, and what is answered in.

    Attributes:
        make: Makes a widget whose value is a text or a code.
    """

    label: str
    span: int
    make: Callable[[], QWidget] = LineEdit


def _joined(words: Row) -> str:
    return ", ".join(filter(None, words))


class RowsEdit(QWidget):
    """Rows of words; a row in which nothing is written is none.

    Args:
        columns: Fields of a row.
        add: Words of the button that adds a row.
        remove: What the cross of a row does, in words.

    Signals:
        structure_changed: She added a row: the order of the Tab key must be made again.
    """

    edited = Signal()
    committed = Signal(object)
    refused = Signal(str)
    structure_changed = Signal()

    def __init__(
        self, columns: Sequence[RowColumn], *, add: str, remove: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._columns, self._remove_words = tuple(columns), remove
        self._rows: list[_RowForm] = []
        self._offers: list[tuple[Row, Button]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.add_button = Button(add, kind="quiet", icon="plus")
        self.add_button.clicked.connect(self._on_add_clicked)
        buttons = QWidget()
        self._buttons = FlowLayout(buttons, spacing=4)
        self._buttons.addWidget(self.add_button)
        self._column.addWidget(buttons)
        self.setFocusProxy(self.add_button)

    def value(self) -> tuple[Row, ...]:
        """Rows in which something is written."""
        return tuple(words for row in self._rows if any(words := row.words()))

    def set_value(self, rows: Iterable[Sequence[str]] | None) -> None:
        """Show other rows; emits nothing."""
        for row in tuple(self._rows):
            self._drop(row)
        for words in rows or ():
            self._add(tuple(words))
        self._show_offers()

    def settle(self) -> bool:
        """Words are always an answer."""
        return True

    def clear(self) -> None:
        """No row."""
        self.set_value(())

    def offer(self, rows: Iterable[Row], say: Callable[[Row], str] = _joined) -> None:
        """Propose rows to add in one go, each by a button of its own while it is not there.

        Args:
            rows: What each would add.
            say: Words of the button of a row.
        """
        for _, button in self._offers:
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._offers = []
        for words in rows:
            said = say(words)
            button = Button(shortened(said).replace("&", "&&"), kind="quiet", icon="user-plus")
            button.setToolTip(tooltip(said) if shortened(said) != said else "")
            button.clicked.connect(self._on_offer_clicked)
            self._offers.append((words, button))
            self._buttons.addWidget(button)
        self._show_offers()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(color("line"))
        for row in self._rows[1:]:
            y = row.geometry().top() - self._column.spacing() // 2
            painter.drawLine(0, y, self.width(), y)

    def _add(self, words: Row) -> _RowForm:
        row = _RowForm(self._columns, words, self._remove_words)
        row.edited.connect(self._on_row_edited)
        row.removal_requested.connect(self._on_row_removal_requested)
        self._rows.append(row)
        self._column.insertWidget(len(self._rows) - 1, row)
        row.show()  # now, not once the loop turns: the next Tab must find its fields
        return row

    def _drop(self, row: _RowForm) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _enter(self, row: _RowForm) -> None:
        self.structure_changed.emit()
        row.fields[0].widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_offers(self) -> None:
        present = self.value()
        for words, button in self._offers:
            button.setVisible(words not in present)

    def _changed(self) -> None:
        self._show_offers()
        self.edited.emit()
        self.committed.emit(self.value())

    @Slot()
    def _on_add_clicked(self) -> None:
        self._enter(self._add(("",) * len(self._columns)))

    @Slot()
    def _on_offer_clicked(self) -> None:
        words = next(words for words, button in self._offers if button is self.sender())
        self._enter(self._add(words))
        self._changed()

    @Slot()
    def _on_row_edited(self) -> None:
        self._changed()

    @Slot(object)
    def _on_row_removal_requested(self, row: _RowForm) -> None:
        place = self._rows.index(row)
        self._drop(row)
        near = self._rows[min(place, len(self._rows) - 1)].fields[0].widget if self._rows else self.add_button
        near.setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed()


class _RowForm(QWidget):
    """The fields of one row and its cross."""

    edited = Signal()
    removal_requested = Signal(object)

    def __init__(self, columns: Sequence[RowColumn], words: Row, remove: str) -> None:
        super().__init__()
        self.fields = [Field(column.label, column.make()) for column in columns]
        grid = FormGrid()
        for field, column, text in zip(self.fields, columns, words, strict=True):
            field.widget.set_value(text or None)
            field.widget.edited.connect(self.edited)
            grid.add(field, column.span)
        cross = QToolButton()
        cross.setObjectName("close")
        cross.setAccessibleName(remove)
        cross.setToolTip(remove)
        cross.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        icons.set_icon(cross, "x", "quiet", 16)
        cross.clicked.connect(self._on_cross_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(8)
        row.addWidget(grid, 1)
        row.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)

    def words(self) -> Row:
        return tuple(field.widget.value() or "" for field in self.fields)

    @Slot()
    def _on_cross_clicked(self) -> None:
        self.removal_requested.emit(self)
