"""A page in the middle of the window, for what comes before the pages of the bar."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.ui.widgets.scroll_page import ScrollPage

_FULL = 16_777_215
_ALMOST_ALL = 1000


class CentredPage(ScrollPage):
    """What is added stands in the middle, one thing under the other; it scrolls when it does not fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(None, max_width=_FULL, parent=parent)
        whole = self._content.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.setStretchFactor(self.body, _ALMOST_ALL)  # the body takes the height that is left
        self.body.addStretch(2)
        self.body.addStretch(3)

    def add_centred(self, widget: QWidget, width: int) -> None:
        """Add something under what is already there.

        Args:
            widget: What to add.
            width: Its greatest width, for text of the usual size.
        """
        widget.setMaximumWidth(round(width * max(self.fontMetrics().height() / 18, 1)))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(widget, _ALMOST_ALL)
        row.addStretch(1)
        self.body.insertLayout(self.body.count() - 1, row)
