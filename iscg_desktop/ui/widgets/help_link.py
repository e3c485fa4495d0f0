"""The link from words to where the guide says more of them."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.ui.helping import ask_help
from iscg_desktop.ui.widgets.button import LinkButton


class HelpLink(LinkButton):
    """« En savoir plus (F1) », hidden where the guide says nothing of the words.

    Attributes:
        aide: Where the link leads, « chapter#heading », or "".
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.aide = ""
        self.setText(self.tr("En savoir plus (F1)"))
        self.clicked.connect(self._on_clicked)
        self.hide()

    def follow(self, words: str) -> None:
        """Lead where these words say; a plain ``str`` leads nowhere."""
        self.aide = str(getattr(words, "aide", ""))
        if not self.aide or self.parent() is not None:
            self.setVisible(bool(self.aide))  # without a parent it would open as a window of its own

    @Slot()
    def _on_clicked(self) -> None:
        ask_help(self, self.aide)
