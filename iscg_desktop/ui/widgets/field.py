"""A widget with its label above and what is wrong with it below."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from iscg_desktop.ui import mnemonics
from iscg_desktop.ui.mnemonics import without_mnemonic
from iscg_desktop.ui.widgets.help_link import HelpLink
from iscg_desktop.ui.widgets.icon_label import IconLabel
from iscg_desktop.ui.widgets.labels import Quiet, Text
from iscg_desktop.ui.widgets.value import mark_invalid

_UNDER = 2  # place of the hint: below the label and the widget


class FieldLabel(QLabel):
    """Name of a field; its mnemonic, underlined while Alt is held, goes to the field."""

    has_mnemonic = True

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(without_mnemonic(self.text())) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(20, self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        mnemonic = Qt.TextFlag.TextShowMnemonic if mnemonics.shown() else Qt.TextFlag.TextHideMnemonic
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignLeft) | int(mnemonic), self.text())


class Field(QWidget):
    """A widget with its label above, a hint and, when needed, an error in words below.

    The label's mnemonic focuses the widget, which takes the label as its accessible name and the error as
    its accessible description. Whatever the widget refuses is shown here; the error goes at the next
    keystroke.

    Args:
        label: Words of the label, « & » before the letter of its mnemonic.
        widget: What is answered in.
        hint: A quiet line below.
        optional: Says « facultatif » beside the label.
    """

    def __init__(
        self,
        label: str,
        widget: QWidget,
        *,
        hint: str = "",
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.widget: Any = widget  # a ValueWidget most often; QWidget says nothing of values
        self._label = FieldLabel(self)
        self._label.setBuddy(widget)
        # Most fields never say anything: the lines below are made when there is something to say.
        self._hint: Quiet | None = None
        self._error: _ErrorLine | None = None
        self._below = QVBoxLayout(self)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(4)
        self._below.addWidget(self._label)
        self._below.addWidget(widget)
        self._below.addStretch()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_label(label + (self.tr(" (facultatif)") if optional else ""))
        self.set_hint(hint)
        for signal, slot in (("edited", self._on_widget_edited), ("refused", self._on_widget_refused)):
            if hasattr(widget, signal):
                getattr(widget, signal).connect(slot)

    def set_label(self, label: str) -> None:
        """Name the field otherwise."""
        self._label.setText(label)
        self.widget.setAccessibleName(without_mnemonic(label))

    def set_hint(self, hint: str) -> None:
        """Say something quietly under the widget; "" says nothing."""
        if hint and self._hint is None:
            self._hint = self._make_hint()
            self._below.insertWidget(_UNDER, self._hint)
        if self._hint is not None:
            self._hint.setText(hint)
            self._hint.setVisible(bool(hint) and not self.error())
        self._describe()

    def hint(self) -> str:
        """What is said quietly under the widget, or ""."""
        return self._hint.text() if self._hint is not None else ""

    def set_error(self, sentence: str) -> None:
        """Say what is wrong, and mark the widget; "" when nothing is."""
        if sentence and self._error is None:
            self._error = _ErrorLine()
            self._below.insertWidget(self._below.count() - 1, self._error)
        if self._error is not None:
            self._error.say(sentence)
            self._error.setVisible(bool(sentence))
        if self._hint is not None:
            self._hint.setVisible(bool(self.hint()) and not sentence)
        mark_invalid(self.widget, bool(sentence))
        self._describe()

    def clear_error(self) -> None:
        """Nothing is wrong."""
        self.set_error("")

    def error(self) -> str:
        """What is said to be wrong, or ""."""
        return self._error.sentence() if self._error is not None else ""

    @property
    def aide(self) -> str:
        """Where the guide says more of what is wrong, or ""."""
        return self._error.aide if self._error is not None else ""

    def _make_hint(self) -> Quiet:
        hint = Quiet()
        hint.setObjectName("hint")
        return hint

    def _describe(self) -> None:
        self.widget.setAccessibleDescription(self.error() or self.hint())

    @Slot()
    def _on_widget_edited(self) -> None:
        if self.error():
            self.clear_error()

    @Slot(object)
    def _on_widget_refused(self, sentence: str) -> None:
        self.set_error(sentence)


class _ErrorLine(QWidget):
    """A sentence and the mark of an error: never colour alone."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Text()
        self._words.setObjectName("error")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(IconLabel("circle-alert", "alert", 14), alignment=Qt.AlignmentFlag.AlignTop)
        self._more = HelpLink()
        self._more.setObjectName("more")
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # from the field, F1: Tab goes on to the next one
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self._words)
        said.addWidget(self._more, alignment=Qt.AlignmentFlag.AlignLeft)
        row.addLayout(said, 1)

    def say(self, sentence: str) -> None:
        self._words.setText(sentence)
        self._more.follow(sentence)

    def sentence(self) -> str:
        return self._words.text()

    @property
    def aide(self) -> str:
        return self._more.aide
