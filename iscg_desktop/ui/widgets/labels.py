"""Words on a page, by what they are; never HTML, whatever they hold."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_CUT = "\u200b"  # where a line may be cut, without a mark
_LONG_WORD = re.compile(r"(\S{30})(?=\S)")


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

    def setText(self, text: str) -> None:
        # Qt cuts a line between words only: one very long word would push the rest of the page aside.
        super().setText(_LONG_WORD.sub(rf"\1{_CUT}", text) if self.wordWrap() else text)

    def text(self) -> str:
        return super().text().replace(_CUT, "")


class Title(Text):
    """Name of a page."""


class Heading(Text):
    """Name of a card or of a group."""


class Quiet(Text):
    """Secondary words."""


class Figure(Text):
    """A number that is looked at first."""
