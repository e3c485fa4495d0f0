"""A box to tick."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from iscg_desktop.ui import icons, mnemonics
from iscg_desktop.ui.theme import color

_BOX, _TICK, _GAP = 18, 14, 9
_NARROWEST = 160  # pixels: a number and a few letters of a name


class CheckBox(QCheckBox):
    """A box to tick, its words beside it; drawn here so that its border can be seen in both schemes.

    Args:
        text: The words beside it.
        elides: Whether the words may be cut short where the place is narrow: words she typed, of any length.
            They are whole in its tooltip.
    """

    has_mnemonic = True

    edited = Signal()
    committed = Signal(object)
    refused = Signal(str)

    def __init__(self, text: str, parent: QWidget | None = None, *, elides: bool = False) -> None:
        super().__init__(text, parent)
        self._elides = elides
        self._measured: tuple[str, str, int] | None = None
        self._size = QSize()
        if elides:
            # A box takes its whole words for the least it needs, unless it may shrink.
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            self.setToolTip(text.replace("&&", "&"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_clicked)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: bool | None) -> None:
        """Tick it or not; emits nothing of ours."""
        self.setChecked(bool(value))

    def settle(self) -> bool:
        """Always an answer."""
        return True

    def clear(self) -> None:
        """Not ticked."""
        self.setChecked(False)

    def sizeHint(self) -> QSize:
        asked = (self.text(), self.font().key(), icons.side(_BOX))
        if asked != self._measured:  # words are measured once: hundreds of boxes are laid out at each change
            self._measured = asked
            words = self.fontMetrics().size(Qt.TextFlag.TextHideMnemonic, self.text())
            side = icons.side(_BOX)
            self._size = QSize(side + _GAP + words.width() + 6, max(side, words.height()) + 10)
        return QSize(self._size)

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(whole.width(), _NARROWEST), whole.height()) if self._elides else whole

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        pointed = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = icons.side(_BOX)
        box = QRectF(3, (self.height() - side) / 2, side, side)
        ticked = self.isChecked()
        if self.hasFocus():
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 6, 6)
        self._draw_box(painter, box, ticked=ticked, pointed=pointed)
        words = self.rect().adjusted(int(box.right()) + _GAP, 0, 0, 0)
        painter.setPen(color("ink" if self.isEnabled() else "quiet"))
        mnemonic = Qt.TextFlag.TextShowMnemonic if mnemonics.shown() else Qt.TextFlag.TextHideMnemonic
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        text = self.text()
        if self._elides:
            text = self.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, words.width(), int(mnemonic)
            )
        painter.drawText(words, int(flags) | int(mnemonic), text)

    def _draw_box(self, painter: QPainter, box: QRectF, *, ticked: bool, pointed: bool) -> None:
        enabled = self.isEnabled()
        border = "accent" if enabled and (ticked or pointed) else "edge"
        ground = ("accent" if enabled else "edge") if ticked else "surface"
        painter.setPen(QPen(color(border), 1.5))
        painter.setBrush(color(ground))
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
        if ticked:
            inset = (box.width() - icons.side(_TICK)) / 2
            tick = icons.pixmap("check", "accent_ink", _TICK, self.devicePixelRatioF())
            painter.drawPixmap(box.topLeft() + QPointF(inset, inset), tick)

    @Slot()
    def _on_clicked(self) -> None:
        self.edited.emit()
        self.committed.emit(self.value())
