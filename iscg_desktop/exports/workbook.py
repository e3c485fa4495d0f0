"""A workbook written from top to bottom: neutral, reproducible, without a formula."""

from __future__ import annotations

import io
import math
from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any, TypeAlias

from iscg_desktop.exports.bilan_notes import MASQUE

_ENCRE = "#1F2933"
_TRAIT = "#8A97A5"
_FOND = "#E8EEF2"
_ACCENT = "#2F6F73"
# Height of one line of text, in points.
_LINE = 15.0
# Widest sheet, in characters, that stays readable on a page held upright.
_PORTRAIT = 150
# A sheet of charts is printed at this scale, in per cent: its columns fit on a page held upright, even where a wider
# letter stands in for that of the workbook, and its pages can be broken between two charts, which a sheet fitted to
# the page does not allow.
_SCALE = 61
# Points of lines that a page then holds: A4 less its margins, and a little less still.
_PAGE = (842 - 2 * 54) / (_SCALE / 100) * 0.96
_CHART = 410  # pixels of width: that of its column
# What a letter takes of a digit's width: in bold; in lines so long that little is lost at their end.
_BOLD, _LONG = 1.1, 0.9

Format: TypeAlias = Any  # XlsxWriter has no types


class Workbook:
    """A workbook in memory; nothing in it tells who made it, and no clock is read.

    Args:
        title: Title among the properties of the file.
        issued: Day written as its date of creation.
    """

    def __init__(self, title: str, issued: date) -> None:
        self._buffer = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        import xlsxwriter

        self._book = xlsxwriter.Workbook(self._buffer, options)
        properties = {"title": title, "author": "", "created": datetime.combine(issued, time())}
        self._book.set_properties(properties)
        self._formats = Formats(self._book)

    def sheet(self, name: str, widths: Sequence[int]) -> Sheet:
        """Add a sheet whose columns have these widths, in characters."""
        return Sheet(self._book, name, self._formats, widths)

    def finish(self) -> bytes:
        """The file; the same content always gives the same bytes."""
        self._book.close()
        return self._buffer.getvalue()


class Formats:
    """The few looks of a cell."""

    def __init__(self, book: Any) -> None:
        # A text that begins like a formula stays a text, even after a passage through another program.
        text = {
            "font_name": "Calibri",
            "font_size": 11,
            "font_color": _ENCRE,
            "quote_prefix": True,
            "align": "left",  # said, or an indent means nothing beside a vertical alignment
            "indent": 1,
        }
        wrapped = {**text, "text_wrap": True, "valign": "top"}
        self.text: Format = book.add_format(wrapped)
        self.bold: Format = book.add_format({**wrapped, "bold": True})
        self.bold_over: Format = book.add_format({**text, "bold": True})
        self.aside: Format = book.add_format(wrapped)
        self.title: Format = book.add_format({**text, "bold": True, "font_size": 16})
        head = {**wrapped, "bold": True, "bg_color": _FOND, "bottom": 1, "bottom_color": _TRAIT}
        self.head: Format = book.add_format(head)
        self.figure_head: Format = book.add_format({**head, "align": "right", "indent": 0})
        mask = {**text, "font_color": _TRAIT, "indent": 0, "valign": "top"}
        self.mask: Format = book.add_format({**mask, "align": "right"})
        self.mask_left: Format = book.add_format({**mask, "align": "left", "indent": 1})
        number = {**text, "quote_prefix": False, "indent": 0, "valign": "top"}
        self.number: Format = book.add_format({**number, "num_format": "#,##0", "align": "right"})
        self.number_left: Format = book.add_format(
            {**number, "num_format": "#,##0", "align": "left", "indent": 1}
        )
        self.figure: Format = book.add_format({**text, "indent": 0, "valign": "top", "align": "right"})
        signed = {**number, "align": "right"}
        self.ecart: Format = book.add_format({**signed, "num_format": "+#,##0;\u2212#,##0;0"})
        self.points: Format = book.add_format({**signed, "num_format": "+0.0;\u22120.0;0.0"})
        self.share: Format = book.add_format({**number, "num_format": "0.0\u00a0%", "align": "right"})


class Sheet:
    """A sheet written from top to bottom."""

    def __init__(self, book: Any, name: str, formats: Formats, widths: Sequence[int]) -> None:
        self._book = book
        self._name = name
        self.formats = formats
        self.row = 0
        self._widths = widths
        self._heights: dict[int, float] = {}
        self._sheet = book.add_worksheet(name)
        self._sheet.hide_gridlines(2)
        self._sheet.set_paper(9)
        if sum(widths) > _PORTRAIT:
            self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def line(self, *values: str | int | None, look: Format = None) -> None:
        """Write a line; None is a masked figure, an empty text an empty cell."""
        self._set_height(_LINE * max(map(self._lines_of, range(len(values)), values), default=1))
        for column, value in enumerate(values):
            if value is None:
                self._sheet.write_string(self.row, column, MASQUE, self.formats.mask)
            elif isinstance(value, int):
                self._sheet.write_number(self.row, column, value, self.formats.number)
            elif value:
                self._sheet.write_string(self.row, column, value, look or self.formats.text)
        self.row += 1

    def head(self, *names: str, figures: Collection[int] = ()) -> None:
        """Write the heads of columns, those of figures to the right."""
        lines = (_lines(name, self._widths[column], _BOLD) for column, name in enumerate(names))
        self._set_height(_LINE * max(lines))
        for column, name in enumerate(names):
            look = self.formats.figure_head if column in figures else self.formats.head
            self._sheet.write_string(self.row, column, name, look)
        self.row += 1

    def count(self, name: str, valeur: int | None) -> None:
        """Write a name and its figure beside it."""
        self.line(name)
        if valeur is None:
            self._sheet.write_string(self.row - 1, 1, MASQUE, self.formats.mask_left)
        else:
            self._sheet.write_number(self.row - 1, 1, valeur, self.formats.number_left)

    def title(self, text: str) -> None:
        """Write the title of the sheet, over the next columns."""
        self._set_height(1.6 * _LINE)
        self.over(text, self.formats.title)

    def over(self, text: str, look: Format = None) -> None:
        """Write a line that runs over the other columns, as high as it needs: none of it is lost on paper."""
        last = len(self._widths) - 1
        if last and len(text) > self._widths[0]:
            if look is None:
                self._set_height(_LINE * _lines(text, sum(self._widths), _LONG))
            self._sheet.merge_range(self.row, 0, self.row, last, "")
        self._sheet.write_string(self.row, 0, text, look or self.formats.aside)
        self.row += 1

    def skip(self) -> None:
        """Leave a line empty."""
        self.row += 1

    def share(self, column: int, pour_mille: int | None) -> None:
        """Write a share into the line just written."""
        if pour_mille is None:
            self.mark(column, MASQUE)
        else:
            self._sheet.write_number(self.row - 1, column, pour_mille / 1000, self.formats.share)

    def mark(self, column: int, sign: str) -> None:
        """Write a sign in the place of a figure, into the line just written."""
        self._sheet.write_string(self.row - 1, column, sign, self.formats.mask)

    def word(self, column: int, text: str) -> None:
        """Write a text to the right, among figures, into the line just written."""
        self._sheet.write_string(self.row - 1, column, text, self.formats.figure)

    def number(self, column: int, valeur: int | None) -> None:
        """Write a figure into the line just written."""
        if valeur is None:
            self.mark(column, MASQUE)
        else:
            self._sheet.write_number(self.row - 1, column, valeur, self.formats.number)

    def ecart(self, column: int, valeur: int | None, *, points: bool = False) -> None:
        """Write what a figure gained or lost into the line just written; in tenths of a point for a share."""
        if valeur is None:
            self.mark(column, MASQUE)
        elif points:
            self._sheet.write_number(self.row - 1, column, valeur / 10, self.formats.points)
        else:
            self._sheet.write_number(self.row - 1, column, valeur, self.formats.ecart)

    def freeze(self) -> None:
        """Keep the lines written so far in sight."""
        self._sheet.freeze_panes(self.row, 0)
        self._sheet.repeat_rows(0, self.row - 1)

    def filter(self, columns: int) -> None:
        """Offer a filter on the first line, and print it on each page."""
        self._sheet.repeat_rows(0)
        self._sheet.autofilter(0, 0, self.row - 1, columns - 1)

    def bars(self, title: str, first: int, last: int, description: str) -> int:
        """Place horizontal bars beside lines written before: names in the first column, figures in the second.

        Args:
            title: Title of the chart.
            first: First line drawn, on top.
            last: Last line drawn.
            description: The same in words, for a screen reader.

        Returns:
            The number of lines that the chart covers, from the one above its first.
        """
        covered = min(5 + 2 * (last - first + 1), int(_PAGE / _LINE) - 1)
        chart = self._book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "categories": [self._name, first, 0, last, 0],
                "values": [self._name, first, 1, last, 1],
                "fill": {"color": _ACCENT},
                "gap": 40,
                "border": {"none": True},
                "data_labels": {
                    "value": True,
                    "position": "outside_end",
                    "font": {"size": 10, "color": _ENCRE},
                },
            }
        )
        chart.set_title({"name": title, "name_font": {"size": 12, "color": _ENCRE}, "overlay": False})
        chart.set_legend({"none": True})
        chart.set_chartarea({"border": {"color": _FOND}})
        chart.set_y_axis(
            {"reverse": True, "num_font": {"size": 10, "color": _ENCRE}, "line": {"color": _TRAIT}}
        )
        chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
        chart.set_size({"width": _CHART, "height": 20 * covered - 4})
        self._sheet.insert_chart(first - 1, 3, chart, {"y_offset": 2, "description": description})
        return covered

    def keep_whole(self, starts: Sequence[int]) -> None:
        """Break the printed pages so that no block that fits on one is cut.

        Args:
            starts: First line of each block; it runs to the next, the last one to the line that would come now.
        """
        self._sheet.set_print_scale(_SCALE)
        breaks, room = [], _PAGE
        for start, following in pairwise((*starts, self.row)):
            height = sum(self._heights.get(row, _LINE) for row in range(start, following))
            if height > room and room < _PAGE:
                breaks.append(start)
                room = _PAGE
            room -= height
        self._sheet.set_h_pagebreaks(breaks)

    def _set_height(self, points: float) -> None:
        """Set the height of the line that comes."""
        self._heights[self.row] = points
        self._sheet.set_row(self.row, points)

    def _lines_of(self, column: int, value: str | int | None) -> int:
        """Lines that a text takes in its column: not every program works that out when it opens a file."""
        return _lines(value, self._widths[column]) if isinstance(value, str) else 1


def _lines(text: str, width: int, room: float = 1.05) -> int:
    """Lines that a text takes in so many digits' widths; `room` is what its letters take of them."""
    return sum(max(1, math.ceil(room * len(one) / width)) for one in text.split("\n"))
