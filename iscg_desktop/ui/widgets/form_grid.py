"""A form on twelve columns, which become six, then three, when the place is narrow or the text large."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayoutItem, QSizePolicy, QWidget

from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.arranged_layout import ArrangedLayout, height_of
from iscg_desktop.ui.widgets.labels import Heading

_FULL = 12
_QUARTER = 24  # characters a field of three columns holds: « mercredi 23 septembre »


class FormGrid(QWidget):
    """Fields in rows of twelve columns; the order of adding is the order of the Tab key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = _Grid(self)
        # Not Minimum: the height hinted for a narrow place would be kept in a wide one.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget, span: int = 3) -> None:
        """Add a field that takes ``span`` of the twelve columns, on a new row when this one is full."""
        self._grid.add(widget, span)

    def add_section(self, title: str) -> None:
        """Begin a part of the form under a small heading."""
        self._grid.add(Heading(title), _FULL)

    def new_row(self) -> None:
        """Leave the rest of the row empty."""
        self._grid.new_row()


class _Grid(ArrangedLayout):
    """Places items on columns of equal width; a row is as high as its highest item."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self._spans: list[int] = []
        self._row_starts: set[int] = set()

    def add(self, widget: QWidget, span: int) -> None:
        self._spans.append(span)
        self.addWidget(widget)

    def new_row(self) -> None:
        self._row_starts.add(len(self._items))

    def takeAt(self, index: int) -> QLayoutItem | None:
        taken = super().takeAt(index)
        if taken is not None:
            del self._spans[index]
        return taken

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def sizeHint(self) -> QSize:
        width = self._character() * _QUARTER * 3
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        width = max((item.minimumSize().width() for item in self._items if not item.isEmpty()), default=0)
        return QSize(width, 0)

    def _character(self) -> int:
        return self._host.fontMetrics().averageCharWidth()

    def _columns(self, width: int) -> int:
        """How many columns of the twelve stand side by side."""
        least = self._character() * _QUARTER
        if (width + GAP) // 4 - GAP >= least:
            return _FULL
        return _FULL // 2 if (width + GAP) // 2 - GAP >= least else _FULL // 4

    def _rows(self, columns: int) -> list[list[tuple[QLayoutItem, int, int]]]:
        """Rows of (item, first column, span)."""
        rows: list[list[tuple[QLayoutItem, int, int]]] = []
        used = columns + 1
        for index, (item, span) in enumerate(zip(self._items, self._spans, strict=True)):
            if item.isEmpty():
                continue
            span = _narrowed(span, columns)
            if used + span > columns or index in self._row_starts:
                rows.append([])
                used = 0
            rows[-1].append((item, used, span))
            used += span
        return rows

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """Place the items in a rectangle; returns the height they need."""
        columns = self._columns(rect.width())
        unit = (rect.width() + GAP) / columns
        y = rect.y()
        for row in self._rows(columns):
            ends = [first + span for _, first, span in row]
            if columns != _FULL:
                ends[-1] = columns
            cells = [
                (item, round(first * unit), round(end * unit) - GAP)
                for (item, first, _), end in zip(row, ends, strict=True)
            ]
            heights = [_height(item, right - left) for item, left, right in cells]
            if place:
                for (item, left, right), height in zip(cells, heights, strict=True):
                    item.setGeometry(QRect(QPoint(rect.x() + left, y), QSize(right - left, height)))
            y += max(heights) + GAP - 4
        return max(y - GAP + 4, rect.y()) - rect.y()


def _narrowed(span: int, columns: int) -> int:
    """On fewer columns a field takes half the row, or the whole."""
    if columns == _FULL:
        return span
    return columns // 2 if span <= _FULL // 2 and columns == _FULL // 2 else columns


def _height(item: QLayoutItem, width: int) -> int:
    return max(height_of(item, width), item.minimumSize().height())
