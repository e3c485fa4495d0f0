"""A short form under a line: a few fields and a button, Enter does it and Escape gives up."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from iscg_desktop.errors import InvalidInput
from iscg_desktop.ui.forms.form import Form, enter
from iscg_desktop.ui.messages import settle_all, show_problems
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.scroll_page import KEPT_WHOLE


class StepForm(Form):
    """A few fields and a button; Enter does it, Escape gives up.

    Args:
        words: Of the button.

    Signals:
        submitted: What ``read`` gives.
        closed: She gives up.
    """

    submitted = Signal(object)
    closed = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(KEPT_WHOLE, True)
        self._done = Button(words, icon="check")
        self._done.clicked.connect(self.submit)
        close = Button(self.tr("Annuler"), kind="quiet")
        close.clicked.connect(self.closed)
        self._row = QHBoxLayout()
        self._row.addWidget(self._done)
        self._row.addWidget(close)
        self._row.addStretch()
        self._build()
        self.column.addLayout(self._row)

    def _build(self) -> None:
        """Make the fields."""
        raise NotImplementedError

    def read(self) -> Any:
        """What was typed."""
        raise NotImplementedError

    @Slot()
    def submit(self) -> None:
        """Hand over what was typed, unless a field holds words that are no answer."""
        if settle_all(self.fields.values()):
            self.submitted.emit(self.read())

    def refuse(self, error: InvalidInput) -> None:
        """Say in its fields what is wrong."""
        show_problems(self.fields, error.problems)
        for problem in error.problems[:1]:
            widget = self.fields[problem.field].widget
            if isinstance(widget, QLineEdit):
                widget.selectAll()  # the next words replace those refused

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _enter(self, name: str) -> None:
        """Go to a field; what is typed next replaces what it holds."""
        widget = self.fields[name].widget
        enter(widget)
        if isinstance(widget, QLineEdit):
            widget.selectAll()

    def _side_by_side(self, *parts: tuple[str, str, QWidget, int]) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP - 4)
        for name, label, widget, stretch in parts:
            row.addWidget(self.register(name, Field(label, widget)), stretch)
        self.column.addLayout(row)
