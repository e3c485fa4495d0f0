"""A day, typed as one says it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.dates import JOURS, Prefer, format_date, parse_date
from iscg_desktop.ui.widgets.parsed_edit import ParsedEdit


class DateEdit(ParsedEdit[date]):
    """Takes « hier », « 12/3 », « lundi », « -2 » and shows « lundi 23 novembre 2026 ».

    ↑ and ↓ go day by day, Page up and Page down week by week; from an empty field they give today.

    Args:
        today: Tells the day, asked each time: the program may stay open past midnight.
        prefer: Where a day without its year lies.
    """

    def __init__(
        self, today: Callable[[], date], *, prefer: Prefer = "past", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._prefer: Prefer = prefer
        self.setPlaceholderText(self.tr("12/3, lundi, hier…"))

    def parse(self, text: str) -> date:
        # She corrects « 23 » in « lundi 23 novembre 2026 »: the weekday left over is ours, not hers.
        if self._value is not None:
            text = text.removeprefix(JOURS[self._value.weekday()])
        return parse_date(text, self._today(), prefer=self._prefer)

    def format(self, value: date) -> str:
        return format_date(value)

    def step(self, value: date | None, count: int) -> date | None:
        return self._today() if value is None else value + timedelta(days=count)
