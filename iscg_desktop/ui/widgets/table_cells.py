"""How the cells of a table are drawn: plain words, a state or a share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText, QTransform

from iscg_desktop.ui.models.record_table import RecordTable
from iscg_desktop.ui.style_sheet import CHIP
from iscg_desktop.ui.theme import color, soft_color
from iscg_desktop.ui.widgets.chip import draw_chip

_PAD = 10
_BAR = 72
_CHIP_ROOM = 20
_ROUNDING = 2
"""Pixels by which words may be wider than they are said to be."""
_LONGEST = 500
"""Characters of a cell that are measured: no column is as wide."""
_KEPT = 2_000
"""Words kept laid out: those of a dozen screens; a list says the same ones in many rows."""
_ROOM_LEFT = {"left": 0.0, "center": 0.5, "right": 1.0}


class Place(NamedTuple):
    """Where a row is drawn, in pixels from the top, and whether it is chosen or pointed at."""

    row: int
    top: int
    height: int
    chosen: bool
    pointed: bool


class Cells:
    """Draws rows: plain words, a chip, or a figure beside a bar, as each column says of its record.

    Neither a delegate nor the style is asked: the rules of the style are looked up for each cell, which took five
    times as long, and a list that scrolls draws a hundred cells an image.

    Args:
        table: What the view shows.
    """

    def __init__(self, table: RecordTable[Any]) -> None:
        self._table = table
        self._font: QFont | None = None

    def width(self, column: int, rows: Iterable[int], font: QFont) -> int:
        """What the widest of some cells of a column takes."""
        self._measure(font)
        spec, widest = self._table.columns[column], 0
        for row in rows:
            record = self._table.record(row)
            if record is None:
                continue
            text = spec.text(record)[:_LONGEST]
            if spec.role and spec.role(record):
                width = self._chip_metrics.horizontalAdvance(text) + _CHIP_ROOM
            else:
                width = self._advance(text)
                width += _BAR + _PAD if spec.share and spec.share(record) is not None else 0
            widest = max(widest, width)
        return widest + 2 * _PAD + _ROUNDING

    def draw(
        self, painter: QPainter, columns: Sequence[tuple[int, int, int]], places: Iterable[Place]
    ) -> None:
        """Draw rows; one that is chosen, or pointed at, lights up as a whole.

        Args:
            painter: Its font is that of plain words.
            columns: Those to draw from left to right, side by side: column, left and width.
            places: The rows.
        """
        if not columns:
            return
        self._measure(painter.font())
        soft, ground, ink, line = color("soft"), color("ground"), color("ink"), color("line")
        start, room = columns[0][1], columns[-1][1] + columns[-1][2] - columns[0][1]
        for place in places:
            if place.chosen or place.pointed:
                painter.fillRect(start, place.top, room, place.height, soft if place.chosen else ground)
            painter.fillRect(start, place.top + place.height - 1, room, 1, line)
            record = self._table.record(place.row)
            if record is None:  # erased since
                continue
            for number, left, width in columns:
                column = self._table.columns[number]
                text = column.text(record)[:_LONGEST]
                if column.role and (role := column.role(record)):
                    self._draw_chip(painter, QRect(left, place.top, width, place.height), role, text)
                elif column.share and (share := column.share(record)) is not None:
                    self._draw_share(painter, QRect(left, place.top, width, place.height), share, text)
                elif text:
                    painter.setPen(ink)
                    words = QRect(left + _PAD, place.top, width - 2 * _PAD, place.height - 1)
                    self._draw_words(painter, words, column.align, text)

    def _measure(self, font: QFont) -> None:
        if font != self._font:
            self._font = QFont(font)
            self._metrics = QFontMetrics(font)
            self._chip_font = QFont(font)
            self._chip_font.setPointSizeF(font.pointSizeF() * CHIP)
            self._chip_font.setWeight(QFont.Weight.DemiBold)
            self._chip_metrics = QFontMetrics(self._chip_font)
            # Not the method of Qt itself: having its name copied has all of PySide's signatures worked out.
            self._advance = lru_cache(maxsize=_KEPT)(partial(self._metrics.horizontalAdvance))
            self._laid_out = lru_cache(maxsize=_KEPT)(partial(self._lay_out, QFont(font)))

    def _lay_out(self, font: QFont, text: str, room: int) -> QStaticText:
        """Words in one line, cut where the room ends: laying them out takes longer than drawing them."""
        line = " ".join(text.splitlines())
        words = _static(line, font)
        if words.size().width() <= room:
            return words
        return _static(self._metrics.elidedText(line, Qt.TextElideMode.ElideRight, room), font)

    def _draw_words(self, painter: QPainter, room: QRect, align: str, text: str) -> None:
        words = self._laid_out(text, room.width())
        size = words.size()
        left = room.x() + (room.width() - size.width()) * _ROOM_LEFT[align]
        painter.drawStaticText(QPointF(left, room.y() + (room.height() - size.height()) / 2), words)

    def _draw_chip(self, painter: QPainter, rect: QRect, role: str, text: str) -> None:
        painter.save()
        painter.setFont(self._chip_font)
        width = min(self._chip_metrics.horizontalAdvance(text) + _CHIP_ROOM, rect.width() - 2 * _PAD)
        height = self._chip_metrics.height() + 5
        top = (rect.top() + rect.bottom() - height) / 2
        fitted = self._chip_metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - _CHIP_ROOM // 2)
        draw_chip(painter, QRectF(rect.x() + _PAD, top, width, height), role, fitted)
        painter.restore()

    def _draw_share(self, painter: QPainter, rect: QRect, share: float, text: str) -> None:
        room = QRectF(rect).adjusted(_PAD, 0, -_PAD, -1)  # above the line
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(color("ink"))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        words = max(self._metrics.horizontalAdvance(text), self._metrics.horizontalAdvance("100 %"))
        track = QRectF(room.x(), room.center().y() - 3, max(room.width() - words - _PAD, 0), 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft_color("quiet"))
        painter.drawRoundedRect(track, 3, 3)
        filled = QRectF(track.x(), track.y(), track.width() * min(max(share, 0.0), 1.0), track.height())
        painter.setBrush(color("accent"))
        painter.drawRoundedRect(filled, 3, 3)
        painter.restore()


def _static(text: str, font: QFont) -> QStaticText:
    words = QStaticText(text)
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.prepare(QTransform(), font)
    return words
