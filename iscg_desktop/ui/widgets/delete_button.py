"""A button that takes something away: pressed once it asks, pressed again it does."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from iscg_desktop.ui.widgets.button import Button


class DeleteButton(Button):
    """Asks « Confirmer » in place of its words; leaving it takes the question back.

    Args:
        text: What it takes away; "" for a mark alone.

    Signals:
        confirmed: It was pressed twice.
    """

    confirmed = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, kind="danger" if text else "quiet", icon="trash-2", parent=parent)
        self._words = text
        self._asking = False
        self.clicked.connect(self._on_clicked)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ask(asking=False)

    @Slot()
    def _on_clicked(self) -> None:
        if self._asking:
            self._ask(asking=False)
            self.confirmed.emit()
        else:
            self._ask(asking=True)

    def _ask(self, *, asking: bool) -> None:
        if asking != self._asking:
            self._asking = asking
            self.setText(self.tr("Confirmer la suppression") if asking else self._words)
