"""What every widget that holds an answer offers to forms, and how a wrong one is marked."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget


class ValueWidget(Protocol):
    """A widget that holds one answer; ``None`` (or "", or ``()``) means that nothing was answered.

    Attributes:
        edited: The user changed anything, at each keystroke.
        committed: Carries a new settled value: picked, or its field left.
        refused: Carries the sentence that says why what was typed is no value, or "".
    """

    edited: SignalInstance
    committed: SignalInstance
    refused: SignalInstance

    def value(self) -> Any:
        """The answer as it stands, also in the middle of typing; touches nothing."""

    def set_value(self, value: Any) -> None:
        """Show an answer; emits nothing."""

    def settle(self) -> bool:
        """Read what is typed as if the field were left; False when it is no value (``refused`` says why)."""

    def clear(self) -> None:
        """Forget the answer; emits nothing."""


def mark_invalid(widget: QWidget, invalid: bool) -> None:
    """Draw a widget with the border of an error, or without."""
    if bool(widget.property("invalid")) == invalid:
        return
    widget.setProperty("invalid", invalid)
    # The style sheet selects on the property; Qt reads it only when the widget is polished.
    for each in (widget, *widget.findChildren(QWidget)):
        each.style().unpolish(each)
        each.style().polish(each)
        each.update()
