"""What every field of free words does with them: any text is a value."""

from __future__ import annotations

from PySide6.QtCore import SignalInstance


class FreeText:
    """To be inherited before the Qt class of the field, which says what is written and shows it."""

    committed: SignalInstance
    _settled = ""  # the value that was last announced or shown

    def value(self) -> str:
        """What is written, trimmed."""
        raise NotImplementedError

    def set_value(self, value: str | None) -> None:
        """Show a text; emits nothing."""
        raise NotImplementedError

    def set_raw(self, text: str) -> None:
        """Put back what was written; emits nothing."""
        self.set_value(text)

    def settle(self) -> bool:
        """Announce the value if it is new."""
        if self.value() != self._settled:
            self._settled = self.value()
            self.committed.emit(self._settled)
        return True

    def clear(self) -> None:
        """Empty the field; emits nothing."""
        self.set_value("")
