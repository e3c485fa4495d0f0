"""A line whose text is read when it is left: base of dates, hours, durations and births."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.ui.widgets.value import mark_invalid

T = TypeVar("T")

_STEPS = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 7,
    Qt.Key.Key_PageDown: -7,
}


class ParsedEdit(QLineEdit, Generic[T]):
    """Typed text becomes a value when the field is left or on Enter, and is then shown in full.

    What cannot be read stays as it was typed and ``refused`` says why. Escape comes back to the last
    value. Arrows step where the value has a next one.
    """

    edited = Signal()
    committed = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: T | None = None
        self._pending = False
        self.textEdited.connect(self._on_text_edited)

    # What each kind of value says of itself.

    def parse(self, text: str) -> T:
        """Read a text that is not empty; raises ``UserError``."""
        raise NotImplementedError

    def format(self, value: T) -> str:
        """Text that shows a value."""
        raise NotImplementedError

    def step(self, value: T | None, count: int) -> T | None:
        """The value ``count`` steps away; None when there is none."""
        return None

    # The protocol of values.

    def value(self) -> T | None:
        """The value as it stands, None while what is typed cannot be read."""
        if not self._pending:
            return self._value
        try:
            return self._read()
        except UserError:
            return None

    def set_value(self, value: T | None) -> None:
        """Show a value; emits nothing."""
        self._value = value
        self._show()

    def raw(self) -> str:
        """Typed text that is not yet a value, or ""."""
        return self.text() if self._pending else ""

    def set_raw(self, text: str) -> None:
        """Put back typed text that is not yet a value; emits nothing."""
        if text:
            self.setText(text)
            self._pending = True

    def clear(self) -> None:
        """Empty the field; emits nothing."""
        self.set_value(None)

    def settle(self) -> bool:
        """Read what is typed as if the field were left."""
        if not self._pending:
            return True
        try:
            value = self._read()
        except UserError as error:
            mark_invalid(self, True)
            self.refused.emit(sentence(error))
            return False
        self._take(value)
        return True

    # Keys and focus.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._step(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.settle():
                self.selectAll()
                super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape and self._pending:
            self.set_value(self._value)
            self.refused.emit("")
            self.edited.emit()
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            # The click that follows would drop the selection: a new answer is typed over the old one.
            QTimer.singleShot(0, self.selectAll)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()

    @Slot(str)
    def _on_text_edited(self, _text: str) -> None:
        self._pending = True
        mark_invalid(self, False)
        self.edited.emit()

    def _read(self) -> T | None:
        text = self.text().strip()
        return self.parse(text) if text else None

    def _step(self, count: int) -> None:
        if not self.isReadOnly() and self.settle():
            value = self.step(self._value, count)
            if value is not None:
                self._take(value)
                self.selectAll()
                self.edited.emit()

    def _take(self, value: T | None) -> None:
        new = value != self._value
        self._value = value
        self._show()
        self.refused.emit("")
        if new:
            self.committed.emit(value)

    def _show(self) -> None:
        self._pending = False
        mark_invalid(self, False)
        self.setText("" if self._value is None else self.format(self._value))
        self.setCursorPosition(0)
