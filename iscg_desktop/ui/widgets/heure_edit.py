"""An hour of the day."""

from __future__ import annotations

from datetime import time

from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.dates import format_heure, parse_heure
from iscg_desktop.ui.widgets.parsed_edit import ParsedEdit

_STEP = 15


class HeureEdit(ParsedEdit[time]):
    """Takes « 9h30 », « 930 », « 14 » and shows « 9 h 30 »; ↑ and ↓ go by quarters of an hour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("9h30"))

    def parse(self, text: str) -> time:
        return parse_heure(text)

    def format(self, value: time) -> str:
        return format_heure(value)

    def step(self, value: time | None, count: int) -> time | None:
        minutes = (9 * 60 if value is None else value.hour * 60 + value.minute + _STEP * count) % (24 * 60)
        return time(minutes // 60, minutes % 60)
