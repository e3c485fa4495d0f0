"""A line that opens on a form: one sentence while it is folded, the fields once it is open."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from iscg_desktop.ui import icons
from iscg_desktop.ui.theme import color
from iscg_desktop.ui.widgets.chip import Chip

_ICON, _PAD, _INDENT = 16, 8, 32


class FoldHeader(QAbstractButton):
    """The sentence of a line; Enter, Space or a click opens and folds it, → opens, ← folds."""

    removal_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sub = ""
        self._quiet = False
        self.removable = True
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, title: str, sub: str, *, quiet: bool) -> None:
        """Say another sentence; ``quiet`` when nothing is known yet."""
        self._sub, self._quiet = sub, quiet
        self.setText(title)
        self.setAccessibleName(", ".join(filter(None, (title, sub))))
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        words = metrics.horizontalAdvance(f"{self.text()} {self._sub}")
        return QSize(_INDENT + words + _PAD, metrics.height() + 16)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        opens = {int(Qt.Key.Key_Right): True, int(Qt.Key.Key_Left): False}
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or opens.get(key) == (not self.isChecked()):
            self.click()
        elif key == Qt.Key.Key_Delete and self.removable:
            self.removal_requested.emit()
        elif key not in opens:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(color("ground") if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        chevron = "chevron-down" if self.isChecked() else "chevron-right"
        place = QPoint(_PAD, (self.height() - _ICON) // 2)
        painter.drawPixmap(place, icons.pixmap(chevron, "quiet", _ICON, self.devicePixelRatioF()))
        words = self.rect().adjusted(_INDENT, 0, -_PAD, 0)
        self._draw_words(painter, words)

    def _draw_words(self, painter: QPainter, words: QRect) -> None:
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        font = QFont(self.font())
        if not self._quiet:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(color("quiet" if self._quiet else "ink"))
        metrics = painter.fontMetrics()
        title = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, flags, title)
        rest = words.adjusted(metrics.horizontalAdvance(title) + 12, 0, 0, 0)
        if self._sub and rest.width() > 40:
            painter.setFont(self.font())
            painter.setPen(color("quiet"))
            sub = painter.fontMetrics().elidedText(self._sub, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, flags, sub)


class Fold(QWidget):
    """A line of a list: a header that opens on a form, chips, and a way to take it away.

    Signals:
        toggled: She asked to open it (True) or to fold it.
        removal_requested: She asked to take it away.
    """

    toggled = Signal(bool)
    removal_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = FoldHeader()
        self.header.clicked.connect(self.toggled)
        self.header.removal_requested.connect(self.removal_requested)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self._remove = QToolButton()
        self._remove.setObjectName("close")
        self._remove.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Delete does it from the keyboard
        icons.set_icon(self._remove, "x", "quiet", 16)
        self._remove.clicked.connect(self.removal_requested)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.header, 1)
        head.addLayout(self._chips)
        head.addWidget(self._remove)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addLayout(head)
        self._body: QWidget | None = None

    def refresh(self) -> None:
        """Say again in one line what it holds."""
        raise NotImplementedError

    @property
    def is_open(self) -> bool:
        """Whether its fields are shown."""
        return self.header.isChecked()

    @property
    def body(self) -> QWidget | None:
        """What it opens on, once made."""
        return self._body

    def set_remove_words(self, words: str) -> None:
        """Say what its cross does."""
        self._remove.setAccessibleName(words)
        self._remove.setToolTip(words)

    def set_removable(self, removable: bool) -> None:
        """Let it be taken away, or not."""
        self._remove.setVisible(removable)
        self.header.removable = removable

    def add_chip(self, chip: Chip) -> None:
        """Put a state at the right of the sentence."""
        self._chips.addWidget(chip)

    def set_body(self, body: QWidget) -> None:
        """Give it what it opens on."""
        self._body = body
        body.setVisible(self.is_open)
        body.setContentsMargins(0, 0, 0, 12)
        self._column.addWidget(body)

    def set_open(self, open_it: bool) -> None:
        """Open or fold it; emits nothing."""
        self.header.setChecked(open_it)
        if self._body is not None:
            self._body.setVisible(open_it)
