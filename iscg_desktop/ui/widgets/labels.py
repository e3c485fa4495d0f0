"""Words on a page, by what they are; never HTML, whatever they hold."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class Text(QLabel):
    """Plain words, on several lines when the place is narrow.

    Args:
        text: The words.
        wrap: Whether they may take several lines.
    """

    def __init__(self, text: str = "", *, wrap: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if not wrap:
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setText(text)


class Title(Text):
    """Name of a page."""


class Heading(Text):
    """Name of a card or of a group."""


class Quiet(Text):
    """Secondary words."""


class Figure(Text):
    """A number that is looked at first."""
