"""A duration in minutes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.dates import format_duree, parse_duree
from iscg_desktop.ui.widgets.parsed_edit import ParsedEdit

_STEP = 5
_DAY = 24 * 60


class DureeEdit(ParsedEdit[int]):
    """Takes « 45 », « 1h30 », « 90 min » and shows « 1 h 30 »; ↑ and ↓ go by five minutes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("45 ou 1h30"))

    def parse(self, text: str) -> int:
        return parse_duree(text)

    def format(self, value: int) -> str:
        return format_duree(value)

    def step(self, value: int | None, count: int) -> int | None:
        return min(max((value or 0) + _STEP * count, 0), _DAY)
