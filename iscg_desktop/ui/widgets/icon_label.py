"""An icon beside a word."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from iscg_desktop.ui import icons


class IconLabel(QWidget):
    """An icon, drawn in the colours now worn; the words beside it say the same.

    Args:
        name: Lucide name.
        role: Role of a token.
        size: Side in pixels.
    """

    def __init__(self, name: str, role: str = "quiet", size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role, self._size = name, role, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, name: str, role: str) -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self.update()

    def sizeHint(self) -> QSize:
        side = icons.side(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        picture = icons.pixmap(self._name, self._role, self._size, self.devicePixelRatioF())
        QPainter(self).drawPixmap(QPoint(0, 0), picture)
