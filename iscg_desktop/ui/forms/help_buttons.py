"""The guide and the emergency numbers, one press away before any coffre is open."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.ui.helping import URGENCES, ask_help
from iscg_desktop.ui.widgets.button import Button


class HelpButtons(QWidget):
    """Two quiet buttons, with the keys that do the same.

    Args:
        before: Another button, on their left.
    """

    def __init__(self, before: Button) -> None:
        super().__init__()
        self._guide = Button(self.tr("Aide (F1)"), kind="quiet", icon="info")
        self._numbers = Button(self.tr("Numéros d’urgence (F2)"), kind="quiet", icon="phone")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in (before, self._guide, self._numbers):
            row.addWidget(button)
        self._guide.clicked.connect(self._on_guide_clicked)
        self._numbers.clicked.connect(self._on_numbers_clicked)

    @Slot()
    def _on_guide_clicked(self) -> None:
        ask_help(self, "premiers-pas")

    @Slot()
    def _on_numbers_clicked(self) -> None:
        ask_help(self, URGENCES)
