"""A few fields that open in place: Enter submits, Escape gives up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.errors import Problem
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.messages import settle_all, show_problems
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.scroll_page import KEPT_WHOLE


class ShortForm(Form):
    """Fields under each other and two buttons; hidden until it is opened.

    Args:
        fields: By name, in their order.
        submit: Words of the button that submits, with its mnemonic.

    Signals:
        opening: It is about to hold something else.
        opened: It is shown, ready to be filled in.
        submitted: The answers, by name.
        closed: She gave up, or it was done.
    """

    opening = Signal()
    opened = Signal()
    submitted = Signal(object)
    closed = Signal()

    def __init__(self, fields: Mapping[str, Field], submit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(KEPT_WHOLE, True)
        self.subject: Any = None  # what it is about, for whoever opened it
        self.column.setContentsMargins(8, 0, 8, 8)
        self.column.setSpacing(8)
        for name, field in fields.items():
            self.column.addWidget(self.register(name, field))
        row = QHBoxLayout()
        self.submit_button = Button(submit, icon="check")
        cancel = Button(self.tr("Annuler"), kind="quiet")
        row.addWidget(self.submit_button)
        row.addWidget(cancel)
        row.addStretch()
        self.column.addLayout(row)
        self.submit_button.clicked.connect(self._on_submit)
        cancel.clicked.connect(self.done)
        self.hide()

    def open(self, subject: Any = None, values: Mapping[str, Any] | None = None) -> None:
        """Show it, empty but for these values, and go to its first empty field."""
        self.opening.emit()
        self.subject = subject
        given = values or {}
        for name, field in self.fields.items():
            self.put(name, given.get(name))
            field.clear_error()
        self.show()
        first = next((name for name in self.fields if name not in given), next(iter(self.fields)))
        self.fields[first].widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit()

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Say what is wrong, field by field; what is typed stays."""
        show_problems(self.fields, problems)

    @Slot()
    def done(self) -> None:
        """Close it."""
        self.hide()
        self.subject = None
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.done()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_submit(self) -> None:
        if settle_all(self.fields.values()):
            self.submitted.emit(self.values())
