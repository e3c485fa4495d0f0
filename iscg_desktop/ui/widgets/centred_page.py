"""A page of one card in the middle, for what comes before the pages of the bar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

_FULL = 16_777_215


class CentredPage(ScrollPage):
    """What is added stands in one column in the middle of the window; it scrolls when it does not fit.

    Args:
        width: Of the column, for body text of the usual size.
    """

    def __init__(self, *, width: int = 440, parent: QWidget | None = None) -> None:
        super().__init__(None, max_width=_FULL, parent=parent)
        large = max(self.fontMetrics().height() / 18, 1)
        self._column = QWidget()
        self._column.setMaximumWidth(round(width * large))
        self.column = QVBoxLayout(self._column)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._column, 1000)
        row.addStretch(1)
        self.body.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.body.addStretch(2)
        self.body.addLayout(row)
        self.body.addStretch(3)
