"""One page in the bar of pages."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from iscg_desktop.ui import icons
from iscg_desktop.ui.theme import color
from iscg_desktop.ui.tokens import RADIUS
from iscg_desktop.ui.widgets.button import pressed_by_enter

_ICON, _LEFT, _GAP, _HEIGHT = 20, 12, 12, 38


class NavButton(QAbstractButton):
    """An icon and a word; the word becomes a tooltip when the bar is collapsed.

    Args:
        label: The word.
        icon: Lucide name.
        shortcut: Key shown in the tooltip; pressing it is the window's business.
        checkable: Whether it stays chosen.
    """

    def __init__(
        self,
        label: str,
        icon: str,
        *,
        shortcut: str = "",
        checkable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._keys = shortcut
        self._collapsed = False
        self.setText(label)
        self.setAccessibleName(label)
        self.setCheckable(checkable)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # On a small screen at 200 % the buttons of the bar close ranks rather than leave the window.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._tell()

    def set_collapsed(self, collapsed: bool) -> None:
        """Show the icon alone, or the word too."""
        self._collapsed = collapsed
        self._tell()
        self.update()

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon = name
        self.update()

    @property
    def _icon_side(self) -> int:
        return icons.side(_ICON)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text())
        width = _LEFT * 2 + self._icon_side + (0 if self._collapsed else _GAP + words)
        return QSize(width, max(_HEIGHT, self.fontMetrics().height() + 18))

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEFT * 2 + self._icon_side - 8, self.fontMetrics().height() + 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        painter.setPen(QPen(color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(color("soft" if chosen else "ground" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        role = "accent" if chosen else "ink" if self.underMouse() else "quiet"
        left = (self.width() - self._icon_side) / 2 if self._collapsed else _LEFT
        picture = icons.pixmap(self._icon, role, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(left, (self.height() - self._icon_side) / 2), picture)
        if self._collapsed:
            return
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(color(role))
        words = QRectF(self.rect()).adjusted(_LEFT + self._icon_side + _GAP, 0, -_LEFT, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _tell(self) -> None:
        """Tooltip: the word when it is not shown, the key always."""
        words = self.text() if self._collapsed else ""
        self.setToolTip("   ".join(filter(None, (words, self._keys))))
