"""A few numbers over time as bars, each with its figure; read aloud as one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from iscg_desktop.ui.theme import color, soft_color

_BAR, _GAP, _PAD = 96, 10, 6  # height of the tallest bar, between two bars, between a bar and its words


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        libelle: Words under it.
        valeur: Its figure, over it.
        courante: The one she is looking at: full, the others hatched by a lighter ground and an edge.
    """

    libelle: str
    valeur: int
    courante: bool = False


class TrendBars(QWidget):
    """Bars side by side; told apart by their edge and their figure, never by colour alone."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._bars: tuple[Bar, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show other numbers."""
        self._bars = tuple(bars)
        said = " ; ".join(f"{bar.libelle} : {bar.valeur}" for bar in bars)
        self.setAccessibleDescription(said)
        self.setToolTip(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, _BAR + 2 * (self.fontMetrics().height() + _PAD) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().height()
        most = max(bar.valeur for bar in self._bars) or 1
        width = min((self.width() - _GAP * (len(self._bars) - 1)) / len(self._bars), 96)
        floor = line + _PAD + _BAR + 2
        for place, bar in enumerate(self._bars):
            left = place * (width + _GAP)
            height = max(_BAR * bar.valeur / most, 2)
            box = QRectF(left + 1, floor - height, width - 2, height)
            painter.setPen(color("accent"))
            painter.setBrush(color("accent") if bar.courante else soft_color("accent"))
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(color("ink"))
            above = QRectF(left, box.top() - line - _PAD + 2, width, line)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(bar.valeur))
            painter.setPen(color("ink") if bar.courante else color("quiet"))
            words = self.fontMetrics().elidedText(bar.libelle, Qt.TextElideMode.ElideRight, int(width))
            painter.drawText(QRectF(left, floor + _PAD - 2, width, line), Qt.AlignmentFlag.AlignCenter, words)
        if self.hasFocus():
            painter.setPen(color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
