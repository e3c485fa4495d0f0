"""A table of records on a card: no grid, high rows, Enter opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHoverEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QStackedLayout, QTableView, QWidget

from iscg_desktop.ui.models.record_table import Column, RecordTable
from iscg_desktop.ui.models.window_table import WindowTable
from iscg_desktop.ui.theme import color
from iscg_desktop.ui.tokens import ROW
from iscg_desktop.ui.widgets.empty_state import EmptyState
from iscg_desktop.ui.widgets.table_cells import Cells, Place
from iscg_desktop.ui.widgets.table_header import TableHeader

_READABLE = 150
"""Least width of a column that stretches."""
_WIDEST = 260
"""What such a column takes at most beside so many others that one scrolls."""


class DataTable(QWidget):
    """Records in rows; a click on a heading sorts, Enter or a double click activates.

    Args:
        columns: From left to right.
        empty: Shown instead while there is no record.
        fit_rows: As high as its rows, up to so many, then it scrolls; None takes the room it is given.
        name: What the table holds, for screen readers.
        table: A model of these columns that fetches its records by itself.
        multiple: Whether several rows may be chosen, with Shift, Ctrl or Ctrl+A.
    """

    activated = Signal(object)
    selection_changed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[Any]],
        *,
        empty: EmptyState | None = None,
        fit_rows: int | None = None,
        name: str = "",
        table: RecordTable[Any] | None = None,
        multiple: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.table: RecordTable[Any] = table if table is not None else RecordTable(columns, parent=self)
        self.view = _View(self.table, self)
        self.view.setModel(self.table)
        self.view.setAccessibleName(name)
        if multiple:
            self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.entered_record.connect(self._on_view_entered)
        self.view.doubleClicked.connect(self._on_view_entered)
        self.view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self._empty = empty
        self._fit_rows = fit_rows
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.view)
        if empty is not None:
            self._stack.addWidget(empty)
        self.setFocusProxy(self.view)
        if fit_rows is not None:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.view.lay_out(columns)
        self._on_records_changed()

    def set_records(self, records: Iterable[Any]) -> None:
        """Show other records; the sort stays, and the selection when its record is still there."""
        header = self.view.horizontalHeader()
        with self._kept_selection():
            self.table.set_records(records)
            if header.isSortIndicatorShown():
                self.table.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())

    def set_keys(self, keys: Iterable[Any]) -> None:
        """Show the records of these keys, in their order; for a table that fetches its records by itself."""
        assert isinstance(self.table, WindowTable)
        with self._kept_selection():
            self.table.set_keys(keys)
            self.view.settle()

    def show_sort(self, column: int, order: Qt.SortOrder) -> None:
        """Mark a column as the sorted one without sorting; -1 marks none."""
        header = self.view.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(column, order)
        header.blockSignals(False)
        header.viewport().update()

    @contextmanager
    def _kept_selection(self) -> Iterator[None]:
        kept = self.selected()
        yield
        if kept is not None:
            self.select(kept)
        self._on_records_changed()

    def records(self) -> tuple[Any, ...]:
        """Records in the order they are shown."""
        return self.table.records()

    def selected(self) -> Any | None:
        """The selected record."""
        rows = self.view.selectionModel().selectedRows()
        return self.table.record(rows[0].row()) if rows else None

    def selection(self) -> tuple[Any, ...]:
        """Every selected record, in the order they are shown."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return tuple(self.table.record(row) for row in rows)

    def rows_in_sight(self) -> int:
        """How many rows fill the view, one that is cut at its end included."""
        return self.view.viewport().height() // self.view.row_height() + 2

    def select(self, record: Any) -> None:
        """Select a record and bring it into sight; nothing when it is not shown."""
        row = self.table.row_of(record)
        if row >= 0:
            self.view.selectRow(row)

    def sizeHint(self) -> QSize:
        if self._empty is not None and not self.table.rowCount():
            return self._empty.sizeHint()
        rows = min(self.table.rowCount(), self._fit_rows or 10)
        height = self.view.horizontalHeader().sizeHint().height() + rows * self.view.row_height() + 2
        if self.view.scrolls_sideways:
            height += self.view.horizontalScrollBar().sizeHint().height()
        return QSize(480, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height() if self._fit_rows is not None else 3 * ROW)

    @Slot(QModelIndex)
    def _on_view_entered(self, index: QModelIndex) -> None:
        if index.isValid():
            self.activated.emit(self.table.record(index.row()))

    @Slot(QItemSelection, QItemSelection)
    def _on_selection_changed(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        self.selection_changed.emit(self.selected())

    def _on_records_changed(self) -> None:
        shown = self._empty if self._empty is not None and not self.table.rowCount() else self.view
        if shown is not self._stack.currentWidget() or self._fit_rows is not None:
            self._stack.setCurrentWidget(shown)
            self.setFocusProxy(shown)  # one that is out of sight would hold Tab where it is
            self.updateGeometry()
        if self._fit_rows is not None and self.isVisible():
            self.view.leave_room()


class _View(QTableView):
    """The view itself: rows as a whole, one Tab stop, a ring around the row that has the focus."""

    entered_record = Signal(QModelIndex)

    def __init__(self, table: RecordTable[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        # It draws the card's ground itself: Qt would first draw the card, the page and the window under it, each image.
        # With its header so too, the rows of a letter typed take 2.5 ms to draw rather than 4.5.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._cells = Cells(table)
        self._pointed = -1  # the row under the pointer
        self._widest: dict[int, int] | None = None  # widest place of each column, once they keep it
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self._columns: tuple[Column[Any], ...] = ()
        self.scrolls_sideways = False
        self.setHorizontalHeader(TableHeader(self))
        self.setSortingEnabled(True)

    def lay_out(self, columns: Sequence[Column[Any]]) -> None:
        """Give each column its width: its words', or the room that is left."""
        header = self.horizontalHeader()
        self._columns = tuple(columns)
        stretched = any(column.stretch for column in columns)
        for place, column in enumerate(columns):
            wide = column.stretch or (not stretched and place == len(columns) - 1)
            mode = QHeaderView.ResizeMode.Stretch if wide else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(place, mode)
        header.setFixedHeight(max(self.row_height(), header.sizeHint().height()))
        self.verticalHeader().setDefaultSectionSize(self.row_height())

    def settle(self) -> None:
        """Lay out other rows now: Qt would draw them, lay them out, and draw them again.

        The columns keep the widest place they had: none moves under the eye while one types.
        """
        if self.isVisible():
            self._widest = self._widest or {}
            self.doItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._widest:
            self._widest = {}
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.leave_room()

    def leave_room(self) -> None:
        """Leave out the columns that yield as long as the ones that stretch could not be read."""
        header = self.horizontalHeader()
        needed = {
            place: int(_READABLE * column.weight)
            if column.stretch
            else max(self.sizeHintForColumn(place), header.sectionSizeFromContents(place).width())
            for place, column in enumerate(self._columns)
        }
        for place in reversed([place for place, column in enumerate(self._columns) if column.yields]):
            left_out = sum(needed.values()) > self.viewport().width()
            self.setColumnHidden(place, left_out)
            if left_out:
                del needed[place]
        self._keep_words(needed)
        self._share_room()

    def _share_room(self) -> None:
        """Give each column that stretches its part of the room the others leave; Qt gives them all the same."""
        header = self.horizontalHeader()
        shown = [place for place in range(len(self._columns)) if not self.isColumnHidden(place)]
        shared = [place for place in shown if self._columns[place].stretch]
        weights = [self._columns[place].weight for place in shared]
        if self.scrolls_sideways or len(set(weights)) < 2:
            return
        taken = sum(header.sectionSize(place) for place in shown if place not in shared)
        unit = (self.viewport().width() - taken) / sum(weights)
        for place, weight in zip(shared[:-1], weights, strict=False):  # the last one takes what is left
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(place, int(unit * weight))

    def _keep_words(self, needed: Mapping[int, int]) -> None:
        """Where one has to scroll sideways anyway, let the columns that stretch be read rather than squeezed."""
        header = self.horizontalHeader()
        stretched = [place for place, column in enumerate(self._columns) if column.stretch]
        others = sum(width for place, width in needed.items() if place not in stretched)
        squeezed = others + len(stretched) * header.minimumSectionSize() > self.viewport().width()
        if squeezed == self.scrolls_sideways:
            return
        self.scrolls_sideways = squeezed
        for place in stretched:
            mode = QHeaderView.ResizeMode.Fixed if squeezed else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(place, mode)
            if squeezed:
                header.resizeSection(place, min(self.sizeHintForColumn(place), _WIDEST))
        self.updateGeometry()

    def row_height(self) -> int:
        """36, or more when the text is large."""
        return max(ROW, self.fontMetrics().height() + 18)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_record.emit(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            # Rows are chosen whole: the first and the last column, where Qt would go, mean nothing here.
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else self.model().rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and self.model().rowCount():
            self.selectRow(max(self.currentIndex().row(), 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHoverEvent):
            left = event.type() == QEvent.Type.HoverLeave
            row = -1 if left else self.indexAt(event.position().toPoint()).row()
            if row != self._pointed:
                self._pointed = row
                self.viewport().update()
        return super().viewportEvent(event)

    def sizeHintForColumn(self, column: int) -> int:
        first = max(self.rowAt(0), 0)
        measured = self.horizontalHeader().resizeContentsPrecision()
        rows = range(first, min(first + measured, self.model().rowCount()))
        width = self._cells.width(column, rows, self.font())
        if self._widest is not None:
            width = self._widest[column] = max(width, self._widest.get(column, 0))
        return width

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), color("surface"))
        painter.setFont(self.font())
        dirty, rows = event.rect(), self.model().rowCount()
        columns = [
            (column, left, width)
            for column in range(self.model().columnCount())
            if not self.isColumnHidden(column)
            and (left := self.columnViewportPosition(column)) <= dirty.right()
            and left + (width := self.columnWidth(column)) > dirty.left()
        ]
        first, last = self.rowAt(dirty.top()), self.rowAt(dirty.bottom())
        places = map(self._place, range(max(first, 0), rows if last < 0 else last + 1))
        self._cells.draw(painter, columns, places)
        self._draw_ring(painter)

    def _place(self, row: int) -> Place:
        chosen = self.selectionModel().isSelected(self.model().index(row, 0))
        return Place(row, self.rowViewportPosition(row), self.rowHeight(row), chosen, row == self._pointed)

    def _draw_ring(self, painter: QPainter) -> None:
        index = self.currentIndex()
        if not self.hasFocus() or not index.isValid():
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("accent"), 2))
        top = self.rowViewportPosition(index.row())
        height = self.rowHeight(index.row())
        painter.drawRoundedRect(1, top + 1, self.viewport().width() - 2, height - 3, 4, 4)
