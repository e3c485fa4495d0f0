"""Lays widgets out like words: side by side, over as many lines as needed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayoutItem, QWidget

from iscg_desktop.ui.widgets.arranged_layout import ArrangedLayout, height_of


class FlowLayout(ArrangedLayout):
    """Widgets side by side, on a new line when the line is full.

    A widget whose horizontal policy expands takes what is left of its line.

    Args:
        spacing: Between widgets and between lines.
    """

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8) -> None:
        super().__init__(parent)
        self.setSpacing(spacing)

    def insert_widget(self, index: int, widget: QWidget) -> None:
        """Put a widget before the one at ``index``."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self.invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def sizeHint(self) -> QSize:
        widths = [item.sizeHint().width() for item in self._shown()]
        margins = self.contentsMargins()
        width = sum(widths) + self.spacing() * max(len(widths) - 1, 0) + margins.left() + margins.right()
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = width + 1
        for item in self._shown():
            needed = item.sizeHint().width()
            if used + self.spacing() + needed > width:
                lines.append([])
                used = -self.spacing()
            lines[-1].append(item)
            used += self.spacing() + needed
        return lines

    def _sizes(self, line: list[QLayoutItem], width: int) -> list[QSize]:
        """Size of each item of a line; the first that expands takes what is left."""
        widths = [min(item.sizeHint().width(), width) for item in line]
        free = width - sum(widths) - self.spacing() * (len(line) - 1)
        for place, item in enumerate(line):
            if free > 0 and item.expandingDirections() & Qt.Orientation.Horizontal:
                widths[place] += free
                break
        return [QSize(wide, height_of(item, wide)) for item, wide in zip(line, widths, strict=True)]

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """Place the items in a rectangle; returns the height they need."""
        margins = self.contentsMargins()
        inside = rect.marginsRemoved(margins)
        y = inside.y()
        for line in self._lines(inside.width()):
            sizes = self._sizes(line, inside.width())
            height = max(size.height() for size in sizes)
            x = inside.x()
            for item, size in zip(line, sizes, strict=True):
                if place:
                    item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + self.spacing()
            y += height + self.spacing()
        return max(y - self.spacing(), inside.y()) - rect.y() + margins.bottom()
