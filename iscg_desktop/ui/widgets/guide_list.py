"""The chapters of the guide, or the passages that answer what is looked for, as one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QResizeEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from iscg_desktop.ui.style_sheet import CHIP
from iscg_desktop.ui.theme import color

_ROLE = Qt.ItemDataRole.UserRole
_PAD, _ABOVE = 10, 6
_MOST_LINES = 3
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """One line that leads somewhere, or a heading that does not.

    Attributes:
        titre: Its words.
        renvoi: Where it leads, "" for a heading.
        sous: Quiet words under it.
        extrait: What the passage says.
        gras: Places of the words of the extract that were looked for.
    """

    titre: str
    renvoi: str = ""
    sous: str = ""
    extrait: str = ""
    gras: tuple[tuple[int, int], ...] = ()

    def spoken(self) -> str:
        """All of it, for a screen reader."""
        return ". ".join(filter(None, (self.titre, self.sous, self.extrait)))


class GuideList(QListView):
    """Entries, one of them current; the arrows go from one to the next and show it.

    Signals:
        chosen: Reference of the entry that became current.
        entered: Enter: read it.
    """

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self.setObjectName("guide")
        self.setAccessibleName(name)
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(self))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.clicked.connect(self._on_clicked)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these in place of the others; none is current."""
        self._rows.show(entries)
        self.scrollToTop()

    def entries(self) -> tuple[Entry, ...]:
        """What is shown."""
        return self._rows.entries

    def mark(self, renvoi: str) -> None:
        """Make an entry current without going there; none when nothing leads there."""
        self.setCurrentIndex(self._rows.place_of(renvoi))

    def first(self) -> None:
        """Make the first entry that leads somewhere current, and go there."""
        self._go(self._rows.neighbour(-1, 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key)
        if step is not None:
            self._go(self._rows.neighbour(self.currentIndex().row(), step))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            self.setCurrentIndex(index)
            self.chosen.emit(index.data(_ROLE).renvoi)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if index.data(_ROLE).renvoi:
            self._go(index)


class _Rows(QAbstractListModel):
    """Entries; a heading cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == _ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.titre
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry.spoken()
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not self.entries[index.row()].renvoi:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def neighbour(self, row: int, step: int) -> QModelIndex:
        """Next row that leads somewhere, or an invalid index."""
        row += step
        while 0 <= row < len(self.entries):
            if self.entries[row].renvoi:
                return self.index(row)
            row += step
        return QModelIndex()

    def place_of(self, renvoi: str) -> QModelIndex:
        for row, entry in enumerate(self.entries):
            if renvoi and entry.renvoi == renvoi:
                return self.index(row)
        return QModelIndex()


class _Painter(QStyledItemDelegate):
    """A title, quiet words under it, the extract with the words looked for in bold."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        entry: Entry = index.data(_ROLE)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        return QSize(0, self._layout(None, QRect(0, 0, width, 0), entry, option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry: Entry = index.data(_ROLE)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if entry.renvoi and (chosen or state & QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("soft" if chosen else "ground"))
            painter.drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), 6, 6)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(option.rect.adjusted(1, 2, -1, -2), 6, 6)
        self._layout(painter, option.rect, entry, option.font, chosen=chosen)
        painter.restore()

    def _layout(
        self, painter: QPainter | None, rect: QRect, entry: Entry, font: QFont, *, chosen: bool = False
    ) -> int:
        """Draw an entry, or only measure it; returns its height in pixels."""
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * CHIP)
        strong = QFont(font)
        strong.setWeight(QFont.Weight.DemiBold)
        top = rect.top() + (_ABOVE if entry.renvoi else 14)
        width = rect.width() - 2 * _PAD
        titled = strong if chosen or entry.extrait else font if entry.renvoi else small
        parts: list[tuple[str, QFont, str, tuple[tuple[int, int], ...]]] = [
            (entry.titre, titled, "accent" if chosen else "ink" if entry.renvoi else "quiet", ())
        ]
        if entry.sous:
            parts.append((entry.sous, small, "quiet", ()))
        if entry.extrait:
            parts.append((entry.extrait, small, "ink", entry.gras))
        for text, each, role, bold in parts:
            layout = _laid_out(text, each, width, bold)
            if painter is not None:
                painter.setPen(color(role))
                layout.draw(painter, QPointF(rect.left() + _PAD, top))
            top += int(sum(layout.lineAt(n).height() for n in range(layout.lineCount()))) + 1
        return top - rect.top() + (_ABOVE if entry.renvoi else 2)


def _laid_out(text: str, font: QFont, width: int, bold: Sequence[tuple[int, int]]) -> QTextLayout:
    layout = QTextLayout(text, font)
    layout.setCacheEnabled(False)
    ranges = []
    for start, end in bold:
        each = QTextLayout.FormatRange()
        each.start, each.length = start, end - start
        strong = QTextCharFormat()
        strong.setFontWeight(QFont.Weight.Bold)
        strong.setForeground(QColor(color("accent")))
        each.format = strong
        ranges.append(each)
    layout.setFormats(ranges)
    layout.beginLayout()
    y = 0.0
    for _ in range(_MOST_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, 40))
        line.setPosition(QPointF(0, y))
        y += line.height()
    layout.endLayout()
    return layout
