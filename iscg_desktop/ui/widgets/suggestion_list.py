"""The list of choices that opens under a field, inside the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from iscg_desktop.ui import icons
from iscg_desktop.ui.theme import color
from iscg_desktop.ui.widgets.choice import Choice

_ROLE = Qt.ItemDataRole.UserRole
_MOST_ROWS = 9
_ROOM = 6  # between the field, the list and the edge of the window
_PAD = 10
_MARK = 16
_Index = QModelIndex | QPersistentModelIndex


class SuggestionList(QFrame):
    """Choices under the field being typed in.

    A child of the window rather than a window of its own: it is placed alike on every system, the keyboard
    stays in the field, and whatever hides the window hides it too.

    Args:
        field: The widget under which it opens.
    """

    picked = Signal(object)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        field.destroyed.connect(self.deleteLater)  # while open it is a child of the window, not of the field
        self._watched: list[QWidget] = []
        self._model = _Rows(self)
        self._view = QListView(self)
        self._view.setModel(self._model)
        self._view.setItemDelegate(_Painter(self._view))
        self._view.setMouseTracking(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._view.clicked.connect(self._on_view_clicked)
        for widget in (self, self._view, self._view.viewport(), self._view.verticalScrollBar()):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self._view)
        self.hide()

    def open(self, rows: Sequence[Choice | str], current: str | None, *, highlight: bool) -> None:
        """Show rows; a text is the heading of a family.

        Args:
            rows: What to show; nothing closes the list.
            current: Code of the answer so far, marked and highlighted.
            highlight: Whether the first choice is highlighted when there is no answer so far.
        """
        if not rows:
            self.close_list()
            return
        self._model.show(rows, current)
        if not self.isVisible():
            self.setParent(self._field.window())
            self._watch()
        index = self._model.place_of(current)
        if not index.isValid() and highlight:
            index = self._model.neighbour(-1, 1)
        self._view.setCurrentIndex(index)
        self.show()  # lays the window out, which may move the field
        self._place()
        self.raise_()
        self._view.scrollTo(index) if index.isValid() else self._view.scrollToTop()

    def close_list(self) -> None:
        """Hide the list and go back under the care of its field."""
        self.hide()
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._watched.clear()
        self.setParent(self._field)

    def highlighted(self) -> Choice | None:
        """The choice Enter would pick."""
        choice = self._view.currentIndex().data(_ROLE) if self.isVisible() else None
        return choice if isinstance(choice, Choice) else None

    def step(self, count: int) -> None:
        """Highlight the choice that many steps further, stopping at the ends."""
        row = self._view.currentIndex().row()
        for _ in range(abs(count)):
            index = self._model.neighbour(row, 1 if count > 0 else -1)
            if not index.isValid():
                break
            row = index.row()
            self._view.setCurrentIndex(index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.isVisible():
            self._place()
        elif event.type() == QEvent.Type.Hide:
            self.close_list()
        return False

    def _watch(self) -> None:
        """Follow the field when it moves: a page that scrolls, a window that is resized."""
        widget: QWidget | None = self._field
        while widget is not None:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = None if widget.isWindow() else widget.parentWidget()

    def _place(self) -> None:
        """Below the field, or above it when there is more room there."""
        window = self._field.window()
        top_left = self._field.mapTo(window, QPoint(0, 0))
        below = window.height() - top_left.y() - self._field.height() - 2 * _ROOM
        above = top_left.y() - 2 * _ROOM
        wanted = self._wanted_height()
        height = min(wanted, max(above, below))
        width = min(max(self._field.width(), 320), window.width() - 2 * _ROOM)
        x = max(min(top_left.x(), window.width() - width - _ROOM), _ROOM)
        under = wanted <= below or below >= above
        y = top_left.y() + self._field.height() + _ROOM if under else top_left.y() - height - _ROOM
        self.setGeometry(QRect(x, y, width, height))

    def _wanted_height(self) -> int:
        rows = min(self._model.rowCount(), _MOST_ROWS)
        return sum(self._view.sizeHintForRow(row) for row in range(rows)) + 2 * 5

    @Slot(QModelIndex)
    def _on_view_clicked(self, index: QModelIndex) -> None:
        choice = index.data(_ROLE)
        if isinstance(choice, Choice):
            self.picked.emit(choice)


class _Rows(QAbstractListModel):
    """Choices, and headings that cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[Choice | str] = []
        self._current: str | None = None

    def show(self, rows: Sequence[Choice | str], current: str | None) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self._current = current
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == _ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.libelle if isinstance(row, Choice) else row
        if role == Qt.ItemDataRole.CheckStateRole and isinstance(row, Choice) and row.code == self._current:
            return Qt.CheckState.Checked
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def neighbour(self, row: int, step: int) -> QModelIndex:
        """Next row that is a choice, or an invalid index."""
        row += step
        while 0 <= row < len(self._rows):
            if isinstance(self._rows[row], Choice):
                return self.index(row)
            row += step
        return QModelIndex()

    def place_of(self, code: str | None) -> QModelIndex:
        for row, item in enumerate(self._rows):
            if isinstance(item, Choice) and item.code == code:
                return self.index(row)
        return QModelIndex()


class _Painter(QStyledItemDelegate):
    """A choice on a soft ground when highlighted, a mark on the answer so far, a quiet heading."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        heading = isinstance(index.data(_ROLE), str)
        return QSize(0, option.fontMetrics.height() + (10 if heading else 14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = index.data(_ROLE)
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, str):
            font = painter.font()
            font.setPointSizeF(font.pointSizeF() * 0.9)
            painter.setFont(font)
            painter.setPen(color("quiet"))
            self._text(painter, rect.adjusted(_PAD, 4, -_PAD, 0), row)
        else:
            state = option.state
            if state & QStyle.StateFlag.State_Selected or state & QStyle.StateFlag.State_MouseOver:
                selected = bool(state & QStyle.StateFlag.State_Selected)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color("soft" if selected else "ground"))
                painter.drawRoundedRect(rect, 4, 4)
            painter.setPen(color("ink"))
            marked = index.data(Qt.ItemDataRole.CheckStateRole) is not None
            taken = icons.side(_MARK) + 6 if marked else 0
            self._text(painter, rect.adjusted(_PAD, 0, -_PAD - taken, 0), row.libelle)
            if marked:
                side = icons.side(_MARK)
                place = QPoint(rect.right() - _PAD - side, rect.center().y() - side // 2)
                mark = icons.pixmap("check", "accent", _MARK, painter.device().devicePixelRatioF())
                painter.drawPixmap(place, mark)
        painter.restore()

    @staticmethod
    def _text(painter: QPainter, rect: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
