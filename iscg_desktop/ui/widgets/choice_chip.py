"""One of several chosen answers, which can be taken away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from iscg_desktop.ui import icons
from iscg_desktop.ui.plain import tooltip
from iscg_desktop.ui.theme import color
from iscg_desktop.ui.widgets.choice import Choice

_PAD, _CROSS = 9, 14


class ChoiceChip(QWidget):
    """A chosen answer; a click on its cross, Delete or Backspace takes it away."""

    removed = Signal(str)
    left = Signal(int)  # -1 or +1: the arrows go on to the neighbour

    def __init__(self, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        self._pointed = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(choice.libelle)
        self.setAccessibleDescription(self.tr("Retour arrière pour retirer cette réponse"))
        self.setToolTip(tooltip(choice.libelle))

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.choice.libelle) + 2 * _PAD + icons.side(_CROSS) + 4
        return QSize(width, metrics.height() + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.choice.code)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.left.emit(-1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        target = self._cross().adjusted(-5, -6, 8, 6)
        if event.button() == Qt.MouseButton.LeftButton and target.contains(event.position()):
            self.removed.emit(self.choice.code)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._pointed = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointed = False
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(color("soft" if self.isEnabled() else "ground"))
        painter.setPen(QPen(color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        words = QRectF(self.rect()).adjusted(_PAD, 0, -_PAD - icons.side(_CROSS) - 4, 0)
        painter.setPen(color("ink" if self.isEnabled() else "quiet"))
        room = int(words.width()) + 1
        text = painter.fontMetrics().elidedText(self.choice.libelle, Qt.TextElideMode.ElideRight, room)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if self.isEnabled():
            role = "ink" if self._pointed or self.hasFocus() else "quiet"
            cross = icons.pixmap("x", role, _CROSS, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(self._cross().topLeft()), cross)

    def _cross(self) -> QRectF:
        side = icons.side(_CROSS)
        return QRectF(self.width() - _PAD - side + 2, (self.height() - side) / 2, side, side)
