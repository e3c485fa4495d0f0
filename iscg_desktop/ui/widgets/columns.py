"""Cards side by side that stand under each other when the page is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from iscg_desktop.ui.tokens import GAP


class Columns(QWidget):
    """Widgets side by side.

    Args:
        widgets: From left to right, or from top to bottom when narrow.
        ratios: Their shares of the width; equal by default.
        break_at: Width under which they stand under each other, in ems of 10 pt text (13 pixels).
    """

    def __init__(
        self,
        *widgets: QWidget,
        ratios: Sequence[int] = (),
        break_at: int = 720,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._widgets = widgets
        self._break = break_at
        self._ratios = tuple(ratios) or (1,) * len(widgets)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GAP)
        for widget, ratio in zip(widgets, self._ratios, strict=True):
            self._box.addWidget(widget, ratio)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        """No wider than the widest of them: asking for the width of all, it would never be narrow enough to stack."""
        return QSize(max(self._least_widths(), default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widths = self._least_widths()
        beside = sum(widths) + GAP * (len(widths) - 1)
        narrow = event.size().width() < max(self._break * max(self.fontMetrics().height() / 18, 1), beside)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
            for place, ratio in enumerate(self._ratios):
                self._box.setStretch(place, 0 if narrow else ratio)
            self.updateGeometry()

    def _least_widths(self) -> list[int]:
        return [each.minimumSizeHint().width() for each in self._widgets if not each.isHidden()]


def stacked(*widgets: QWidget, spacing: int = GAP) -> QWidget:
    """Widgets under each other, each as high as it needs: one of the columns."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return holder
