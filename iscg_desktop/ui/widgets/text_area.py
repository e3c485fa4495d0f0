"""Several lines of text that grow with what is written."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from iscg_desktop.ui.theme import color
from iscg_desktop.ui.widgets.free_text import FreeText

_LINE = 75  # characters; longer lines tire the eye
_PAD = 9


class TextArea(FreeText, QPlainTextEdit):
    """Several lines of text; Tab moves on, the height follows the text.

    Args:
        placeholder: Shown while nothing is written.
        rows: Least height, in lines.
        max_rows: Greatest height; beyond it the text scrolls.
    """

    edited = Signal()
    committed = Signal(object)
    refused = Signal(str)

    def __init__(
        self, placeholder: str = "", *, rows: int = 4, max_rows: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows, self._max_rows = rows, max_rows
        self._quiet = False
        self._discreet = False
        self._written = ""  # underlining a word announces a change too, and is none
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._on_text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._on_document_resized)
        self._limit_width()

    def value(self) -> str:
        """What is written, without blank lines around it."""
        return self.toPlainText().strip()

    def set_value(self, value: str | None) -> None:
        """Show a text; emits nothing."""
        self._quiet = True
        self.setPlainText(value or "")
        self._quiet = False
        self._settled = self.value()

    def raw(self) -> str:
        """What is written, as it is."""
        return self.toPlainText()

    @property
    def checks_spelling(self) -> bool:
        """Whether its misspelt words may be underlined now."""
        return not self._discreet

    def set_discreet(self, discreet: bool) -> None:
        """Blank what is written, or show it again; what is typed meanwhile is kept all the same."""
        self._discreet = discreet
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._discreet or not self.toPlainText():
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        painter.setPen(color("quiet"))
        words = self.viewport().rect().adjusted(4, 2, -4, -2)
        painter.drawText(words, Qt.AlignmentFlag.AlignTop, self.tr("Texte masqué (F9)"))

    def sizeHint(self) -> QSize:
        lines = min(max(self.document().size().height(), self._rows), self._max_rows)
        # Four more pixels than the margins of the document and of the style sheet: the border.
        return QSize(320, int(lines * QFontMetricsF(self.font()).lineSpacing()) + 2 * _PAD + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._limit_width()

    def _limit_width(self) -> None:
        room = QFontMetricsF(self.font()).averageCharWidth() * _LINE + 2 * _PAD + 16
        self.setMaximumWidth(int(room))

    @Slot()
    def _on_text_changed(self) -> None:
        written = self.toPlainText()
        if written == self._written:
            return
        self._written = written
        if not self._quiet:
            self.edited.emit()

    @Slot()
    def _on_document_resized(self) -> None:
        self.updateGeometry()
