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
from iscg_desktop.ui.widgets.late import show_when

_LONG = 24
"""Letters of a chip beyond which it stands under the words: beside them it would leave them a narrow column."""


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
        self._text = Text()
        self._sub: Quiet | None = None
        self._icon: IconLabel | None = None
        self._more: HelpLink | None = None  # few lines say what is wrong
        self._chip, self._state = chip, chip.text() if chip is not None else ""
        self._words = QVBoxLayout()
        self._words.setSpacing(1)
        self._words.addWidget(self._text)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(*((8, 4, 8, 4) if clickable else (0, 2, 0, 2)))
        self._row.setSpacing(10)
        self._row.addLayout(self._words, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._say(text, sub, icon)
        if chip is not None and len(chip.text()) > _LONG:
            self._words.addWidget(chip, alignment=Qt.AlignmentFlag.AlignLeft)
        elif chip is not None:
            self._row.addWidget(chip)
        self._set_clickable(clickable)

    def say(
        self,
        text: str,
        sub: str = "",
        *,
        state: tuple[str, str] | None = None,
        icon: str = "",
        clickable: bool = False,
    ) -> None:
        """Be another line: making one, and dressing all it is made of, takes several times as long.

        Args:
            text: The words.
            sub: Quieter words below, or "".
            state: Role and words of its chip.
            icon: Lucide name on the left, or "".
            clickable: Whether Enter or a click activates it.
        """
        self._say(text, sub, icon)
        if state is not None and self._chip is None:
            self._chip = Chip(*state)
            self._row.addWidget(self._chip)
        if self._chip is not None:
            if state is not None:
                self._chip.set(*state)
            show_when(self._chip, state is not None)
        self._state = state[1] if state is not None else ""
        self._set_clickable(clickable)

    def _say(self, text: str, sub: str, icon: str) -> None:
        self._text.setText(text)
        if sub and self._sub is None:
            self._sub = Quiet()
            self._words.addWidget(self._sub)
        if self._sub is not None:
            self._sub.setText(sub)
            show_when(self._sub, bool(sub))
        if icon and self._icon is None:
            self._icon = IconLabel(icon, "quiet", 18)
            self._row.insertWidget(0, self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        if self._icon is not None:
            if icon:
                self._icon.set(icon, "quiet")
            show_when(self._icon, bool(icon))
        explained = next((said for said in (text, sub) if getattr(said, "aide", "")), "")
        if explained and self._more is None:
            self._more = HelpLink(self)
            place = self._row.indexOf(self._words) + 1
            self._row.insertWidget(place, self._more, alignment=Qt.AlignmentFlag.AlignTop)
        if self._more is not None:
            self._more.follow(explained)

    def _set_clickable(self, clickable: bool) -> None:
        self._clickable = clickable
        said = (self._text.text(), self._sub.text() if self._sub is not None else "", self._state)
        self.setAccessibleName(", ".join(filter(None, said)) if clickable else "")
        if clickable == (self.focusPolicy() != Qt.FocusPolicy.NoFocus):
            return
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if clickable else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, clickable)
        if clickable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

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
