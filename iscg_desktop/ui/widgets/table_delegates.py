"""How cells of a table are drawn when they are a state or a share."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from iscg_desktop.ui.models.record_table import CHIP_ROLE, SHARE_ROLE
from iscg_desktop.ui.style_sheet import CHIP
from iscg_desktop.ui.theme import color, soft_color
from iscg_desktop.ui.widgets.chip import draw_chip

_PAD = 10
_BAR = 72
_Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Plain words, a chip, or a figure beside a bar, as the model says of each cell."""

    pointed_row = -1
    """Row under the pointer, told by the view: it lights up as a whole."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        # The whole row carries the focus: a frame around one cell would say otherwise.
        option.state &= ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver)
        if index.row() == self.pointed_row:
            option.state |= QStyle.StateFlag.State_MouseOver
        if index.data(CHIP_ROLE) is not None or index.data(SHARE_ROLE) is not None:
            option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        chip, share = index.data(CHIP_ROLE), index.data(SHARE_ROLE)
        if chip is None and share is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        if chip is not None:
            self._draw_chip(painter, option, chip, index.data())
        else:
            self._draw_share(painter, option, share, index.data())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        size = super().sizeHint(option, index)
        extra = 0
        if index.data(SHARE_ROLE) is not None:
            extra = _BAR + _PAD + option.fontMetrics.horizontalAdvance(index.data())
        elif index.data(CHIP_ROLE) is not None:
            extra = option.fontMetrics.horizontalAdvance(index.data()) + 24
        return QSize(size.width() + extra, size.height())

    @staticmethod
    def _draw_chip(painter: QPainter, option: QStyleOptionViewItem, role: str, text: str) -> None:
        font = option.font
        font.setPointSizeF(font.pointSizeF() * CHIP)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        width = min(metrics.horizontalAdvance(text) + 20, option.rect.width() - 2 * _PAD)
        height = metrics.height() + 5
        box = QRectF(
            option.rect.x() + _PAD, (option.rect.top() + option.rect.bottom() - height) / 2, width, height
        )
        draw_chip(painter, box, role, text)

    @staticmethod
    def _draw_share(painter: QPainter, option: QStyleOptionViewItem, share: float, text: str) -> None:
        room = QRectF(option.rect).adjusted(_PAD, 0, -_PAD, -1)  # as the style does, above the line
        painter.setPen(color("ink"))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        words = max(
            painter.fontMetrics().horizontalAdvance(text), painter.fontMetrics().horizontalAdvance("100 %")
        )
        track = QRectF(room.x(), room.center().y() - 3, max(room.width() - words - _PAD, 0), 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft_color("quiet"))
        painter.drawRoundedRect(track, 3, 3)
        filled = QRectF(track.x(), track.y(), track.width() * min(max(share, 0.0), 1.0), track.height())
        painter.setBrush(color("accent"))
        painter.drawRoundedRect(filled, 3, 3)
