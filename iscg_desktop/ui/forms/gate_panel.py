"""One of the things that the card of the unlock page holds: an icon, a title, a few words, then what is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.icon_label import IconLabel
from iscg_desktop.ui.widgets.labels import Quiet, Title


class Panel(QWidget):
    """An icon, a title and a few words, then what the panel adds to ``column``."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(IconLabel(icon, "accent", 32), alignment=Qt.AlignmentFlag.AlignHCenter)

    def focus_first(self) -> None:
        """Go where she types first."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, title: str, words: str = "") -> None:
        for label in (Title(title), Quiet(words)):
            if label.text():
                label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                self.column.addWidget(label)

    def _add_wide(self, button: Button) -> None:
        policy = button.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        button.setSizePolicy(policy)
        self.column.addWidget(button)

    def _add_ends(self, left: Button, right: Button) -> None:
        row = QHBoxLayout()
        row.addWidget(left)
        row.addStretch()
        row.addWidget(right)
        self.column.addLayout(row)
