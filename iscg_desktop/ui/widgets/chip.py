"""A state in a word or two, on a soft ground."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from iscg_desktop.ui.theme import color, soft_color
from iscg_desktop.ui.widgets.labels import Text


class Chip(Text):
    """A word on the soft ground of its role; the word says what the colour says.

    Args:
        role: ``accent``, ``good``, ``warn``, ``alert`` or ``quiet``.
        text: One to four words.
    """

    def __init__(self, role: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, wrap=False, parent=parent)
        self._role = role
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def role(self) -> str:
        """The role it is drawn in."""
        return self._role

    def set(self, role: str, text: str) -> None:
        """Say another state."""
        self._role = role
        self.setText(text)
        self.update()

    def sizeHint(self) -> QSize:
        self.ensurePolished()  # else what holds it is laid out for larger letters first, and drawn twice
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 20, metrics.height() + 5)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        draw_chip(painter, QRectF(self.rect()), self._role, self.text())


def draw_chip(painter: QPainter, rect: QRectF, role: str, text: str) -> None:
    """Draw a chip with the painter's font; tables use it too."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(soft_color(role))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setPen(color("ink" if role == "quiet" else role))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
