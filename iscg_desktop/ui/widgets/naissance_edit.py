"""A birth: a day, a year, or an estimated age."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.dates import Naissance, format_naissance, parse_naissance
from iscg_desktop.ui.widgets.parsed_edit import ParsedEdit


class NaissanceEdit(ParsedEdit[Naissance]):
    """Takes « 12/3/1988 », « 1988 » or « ~30 ».

    Args:
        today: Tells the day.
    """

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setPlaceholderText(self.tr("12/3/1988, 1988 ou ~30"))

    def parse(self, text: str) -> Naissance:
        return parse_naissance(text, self._today())

    def format(self, value: Naissance) -> str:
        return format_naissance(value)
