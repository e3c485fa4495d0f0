"""Search as you type."""

from __future__ import annotations

import time

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from iscg_desktop.ui import icons
from iscg_desktop.ui.theme import color

_QUICK = 0.05  # seconds: answers that come within are shown letter by letter
_PAUSE = 120  # ms waited before a slow search: one a word, not one a letter


class SearchField(QLineEdit):
    """A line that searches while one types.

    Args:
        placeholder: What it looks for, when it looks among what its page lists: ``Ctrl+F`` comes to it. Without
            words it looks among all dossiers and persons: ``Ctrl+K`` comes to it.

    Attributes:
        everywhere: Whether it looks among all dossiers and persons.

    Signals:
        searched: What is typed, trimmed: as soon as the keys that wait are read, after a short pause where the last
            answer took long, or at once on Enter.
        opened: Enter: open the first result.
        left_downwards: ↓: go to the results.
    """

    searched = Signal(str)
    opened = Signal()
    left_downwards = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.everywhere = not placeholder
        self.setPlaceholderText(placeholder or self.tr("Chercher un nom, un numéro, un mot"))
        self.setAccessibleName(self.placeholderText())
        self.setClearButtonEnabled(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        glass = QAction(self)
        icons.set_icon(glass, "search", "quiet", 16)
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self._searched = ""
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._on_timer_timeout)
        self.textChanged.connect(self._on_text_changed)

    def sizeHint(self) -> QSize:
        return QSize(330, super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_timer_timeout()
            self.opened.emit()
        elif key == Qt.Key.Key_Down:
            self._on_timer_timeout()
            self.left_downwards.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._on_timer_timeout()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text() or self.hasFocus():
            return
        painter = QPainter(self)
        painter.setPen(color("quiet"))
        words = self.fontMetrics().horizontalAdvance(self.placeholderText()) + 44
        room = QRect(words, 0, self.width() - words - 12, self.height())
        keys = "Ctrl+K" if self.everywhere else "Ctrl+F"
        if room.width() >= self.fontMetrics().horizontalAdvance(keys):
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, keys)

    @property
    def is_behind(self) -> bool:
        """Whether what is typed is still to be looked for."""
        return self.text().strip() != self._searched

    def set_discreet(self, discreet: bool) -> None:
        """Blank what is looked for, a name most often, or show it again."""
        self.setEchoMode(self.EchoMode.Password if discreet else self.EchoMode.Normal)

    @Slot()
    def _on_text_changed(self) -> None:
        self._timer.start()

    @Slot()
    def _on_timer_timeout(self) -> None:
        self._timer.stop()
        if self.is_behind:
            text = self._searched = self.text().strip()
            start = time.thread_time()
            self.searched.emit(text)
            self._timer.setInterval(0 if time.thread_time() - start < _QUICK else _PAUSE)
