"""Says that something slow is under way: a thin moving line and a few words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from iscg_desktop.ui.theme import color
from iscg_desktop.ui.widgets.labels import Quiet

_STEP, _STEPS = 30, 60  # ms between two pictures, pictures from one end to the other


class BusyLine(QWidget):
    """Keeps its room while nothing is under way, so that nothing jumps when something starts.

    Args:
        with_words: Whether the words are shown too; otherwise they are for screen readers only.
    """

    def __init__(self, *, with_words: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar, self._words = _Bar(), Quiet()
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._bar)
        column.addWidget(self._words)
        self._words.setVisible(with_words)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(policy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, or ""."""
        return self._words.text()

    def start(self, words: str) -> None:
        """Something slow begins."""
        self._words.setText(words)
        self.show()
        self._bar.timer.start()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def stop(self) -> None:
        """It has ended."""
        self._words.setText("")
        self.hide()


class _Bar(QWidget):
    """A part of the line in the accent, going to and fro without haste."""

    def __init__(self) -> None:
        super().__init__()
        self._place = 0
        self.timer = QTimer(self, interval=_STEP)
        self.timer.timeout.connect(self._on_timeout)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(100, 3)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("line"))
        painter.drawRoundedRect(QRectF(self.rect()), 1.5, 1.5)
        part = self.width() / 4
        share = abs(self._place / _STEPS - 1)
        painter.setBrush(color("accent"))
        painter.drawRoundedRect(QRectF((self.width() - part) * (1 - share), 0, part, self.height()), 1.5, 1.5)

    def _on_timeout(self) -> None:
        self._place = (self._place + 1) % (2 * _STEPS)
        self.update()
