"""One line of text."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from iscg_desktop.ui.widgets.free_text import FreeText


class LineEdit(FreeText, QLineEdit):
    """One line of text; its value is what is typed, without the spaces around it."""

    edited = Signal()
    committed = Signal(object)
    refused = Signal(str)

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(self._on_text_edited)
        self.editingFinished.connect(self._on_editing_finished)

    def value(self) -> str:
        """What is typed, trimmed."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Show a text; emits nothing."""
        self.setText(value or "")
        self.setCursorPosition(0)
        self._settled = self.value()

    def raw(self) -> str:
        """What is typed, as it is."""
        return self.text()

    def set_discreet(self, discreet: bool) -> None:
        """Blank what is typed, or show it again."""
        self.setEchoMode(QLineEdit.EchoMode.Password if discreet else QLineEdit.EchoMode.Normal)

    @Slot(str)
    def _on_text_edited(self, _text: str) -> None:
        self.edited.emit()

    @Slot()
    def _on_editing_finished(self) -> None:
        self.settle()
