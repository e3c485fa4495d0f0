"""What a list says when it is empty: why, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.icon_label import IconLabel
from iscg_desktop.ui.widgets.labels import Heading, Quiet


class EmptyState(QWidget):
    """An icon, a sentence, and the next step.

    Args:
        icon: Lucide name.
        sentence: What is empty, or what to do.
        detail: A quieter sentence, or "".
        action: Words of the next step's button, or "".
    """

    action_triggered = Signal()

    def __init__(
        self, icon: str, sentence: str, *, detail: str = "", action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        heading, quiet = Heading(sentence), Quiet(detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 20, 16, 20)
        column.setSpacing(6)
        column.addStretch()
        column.addWidget(IconLabel(icon, "edge", 36), alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        for words in (heading, quiet):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
        quiet.setVisible(bool(detail))  # not before it has a parent: it would be a window of its own
        if action:
            button = Button(action)
            button.clicked.connect(self.action_triggered)
            self.setFocusProxy(button)
            column.addSpacing(8)
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
