"""A whole number, such as a delay in days."""

from __future__ import annotations

from iscg_desktop.errors import UserError
from iscg_desktop.ui.widgets.parsed_edit import ParsedEdit


class NombreEdit(ParsedEdit[int]):
    """Takes « 15 », and « 15 jours » as well; ↑ and ↓ go by one."""

    def parse(self, text: str) -> int:
        figures = text.split(maxsplit=1)[0] if text.split() else ""
        if not (figures.isascii() and figures.isdigit()) or len(figures) > 6:
            raise UserError("nombre_illisible")
        return int(figures)

    def format(self, value: int) -> str:
        return str(value)

    def step(self, value: int | None, count: int) -> int | None:
        return max((value or 0) + count, 0)
