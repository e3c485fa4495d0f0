"""One line of a card: words on the left, a state on the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from iscg_desktop.ui.theme import color
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.help_link import HelpLink
from iscg_desktop.ui.widgets.icon_label import IconLabel
from iscg_desktop.ui.widgets.labels import Quiet, Text


class Line(QWidget):
    """Words, quieter words under them, and a chip.

    A ``Sentence`` that the guide explains has a link to its chapter, which F1 opens too.

    Args:
        text: The words.
        sub: Quieter words below, or "".
        chip: A state on the right.
        icon: Lucide name on the left, or "".
        clickable: Whether Enter or a click activates it; it then takes the focus.
    """

    activated = Signal()

    def __init__(
        self,
        text: str,
        sub: str = "",
        *,
        chip: Chip | None = None,
        icon: str = "",
        clickable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._clickable = clickable
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Text(text))
        if sub:
            words.addWidget(Quiet(sub))
        row = QHBoxLayout(self)
        row.setContentsMargins(*((8, 4, 8, 4) if clickable else (0, 2, 0, 2)))
        row.setSpacing(10)
        if icon:
            row.addWidget(IconLabel(icon, "quiet", 18), alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self._more: HelpLink | None = None
        if explained := next((said for said in (text, sub) if getattr(said, "aide", "")), ""):
            self._more = HelpLink(self)  # few lines say what is wrong
            self._more.follow(explained)
            row.addWidget(self._more, alignment=Qt.AlignmentFlag.AlignTop)
        if chip is not None:
            row.addWidget(chip)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if clickable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setAttribute(Qt.WidgetAttribute.WA_Hover)
            self.setAccessibleName(", ".join(filter(None, (text, sub, chip.text() if chip else ""))))

    @property
    def aide(self) -> str:
        """Where the guide says more of it, or ""."""
        return self._more.aide if self._more is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._clickable and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self._clickable and event.button() == Qt.MouseButton.LeftButton and inside:
            self.activated.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._clickable or not (self.hasFocus() or self.underMouse()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(color("ground") if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
