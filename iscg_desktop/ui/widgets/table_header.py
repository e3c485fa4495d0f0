"""Headings of a table: quiet words, and a mark on the sorted column."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from iscg_desktop.ui import icons
from iscg_desktop.ui.theme import color

_PAD, _MARK, _GAP = 10, 12, 3


class TableHeader(QHeaderView):
    """A row of headings whose sort mark stands beside the words and never over them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionsMovable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setResizeContentsPrecision(60)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # as the rows under it
        self._bold = QFont(self.font())
        self._sizes: dict[str, QSize] = {}

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._bold = QFont(self.font())
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._sizes.clear()

    def sectionSizeFromContents(self, section: int) -> QSize:
        title = self._title(section)
        if title not in self._sizes:
            self._sizes[title] = self._size_of(title)
        return self._sizes[title]

    def _size_of(self, title: str) -> QSize:
        metrics = self.fontMetrics()
        lines = title.split("\n")
        words = max(map(metrics.horizontalAdvance, lines))
        # Medium weight is wider than the regular one the metrics speak of.
        width = int(words * 1.08) + 2 * _PAD + _GAP + icons.side(_MARK)
        return QSize(width, len(lines) * metrics.height() + 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), color("surface"))
        painter.end()
        super().paintEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.setFont(self._bold)
        mark_side = icons.side(_MARK)
        sorted_here = self.isSortIndicatorShown() and section == self.sortIndicatorSection()
        painter.setPen(color("ink" if sorted_here else "quiet"))
        right = self._alignment(section) & Qt.AlignmentFlag.AlignRight
        words = rect.adjusted(_PAD, 0, -_PAD, 0)
        room = words.width() - (_GAP + mark_side if sorted_here else 0)
        metrics = painter.fontMetrics()
        lines = [
            metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
            for line in self._title(section).split("\n")
        ]
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        # Beside heads of several lines, the others stand on the last one.
        low = Qt.AlignmentFlag.AlignBottom if rect.height() > 2 * metrics.height() + 9 else None
        place = words.adjusted(0, 0, 0, -9) if low else words
        painter.drawText(place, side | (low or Qt.AlignmentFlag.AlignVCenter), "\n".join(lines))
        if sorted_here:
            width = max(map(metrics.horizontalAdvance, lines))
            left = words.right() - width - _GAP - mark_side if right else words.left() + width + _GAP
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            mark = icons.pixmap(f"chevron-{'up' if up else 'down'}", "ink", _MARK, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(left, rect.center().y() - mark_side / 2 + 1), mark)
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _title(self, section: int) -> str:
        return str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")

    def _alignment(self, section: int) -> Qt.AlignmentFlag:
        role = Qt.ItemDataRole.TextAlignmentRole
        return Qt.AlignmentFlag(self.model().headerData(section, Qt.Orientation.Horizontal, role))
