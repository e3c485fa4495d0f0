"""A list of lines of which one is open: persons, orientations; what is taken away can be put back."""

from __future__ import annotations

from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.ui.forms.fold import Fold
from iscg_desktop.ui.theme import color
from iscg_desktop.ui.widgets.inline_message import InlineMessage

L = TypeVar("L", bound=Fold)


class FoldList(QWidget, Generic[L]):
    """Lines, one of them open at most.

    Signals:
        edited: Lines were added, taken away or put back.
        structure_changed: The order of the Tab key must be made again.
    """

    edited = Signal()
    structure_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[L] = []
        self._taken: tuple[int, L] | None = None
        self.message = InlineMessage()
        self.message.action_triggered.connect(self._on_message_action_triggered)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.column.addWidget(self.message)

    def add_line(self, line: L, *, open_it: bool = True) -> None:
        """Add a line under the others."""
        self._insert(len(self.lines), line)
        line.toggled.connect(partial(self._on_line_toggled, line))
        line.removal_requested.connect(partial(self.take_away, line))
        if open_it:
            self.open(line)
        self.structure_changed.emit()

    def open(self, line: L | None) -> None:
        """Open a line and fold the others; None folds all."""
        for each in self.lines:
            if each is line:
                self.make(each)
            each.set_open(each is line)
        self.structure_changed.emit()

    def opened(self) -> L | None:
        """The line that is open."""
        return next((line for line in self.lines if line.is_open), None)

    def make(self, line: L) -> None:
        """Make what a line opens on, if it waits for its first opening."""

    def farewell(self, line: L) -> str:
        """What is said of a line just taken away; "" when nothing of it would be missed."""
        raise NotImplementedError

    def take_away(self, line: L) -> None:
        """Take a line away; it can be put back until the next one goes."""
        place = self.lines.index(line)
        words = self.farewell(line)
        self._forget_taken()
        self._remove(line)
        self._taken = (place, line)
        self.message.show_message("info", words, self.tr("Remettre") if words else "")
        neighbour = self.lines[min(place, len(self.lines) - 1)] if self.lines else None
        if neighbour is not None:
            neighbour.header.setFocus()
        self.structure_changed.emit()
        self.edited.emit()

    def say_farewell_again(self) -> None:
        """Say of the line taken away what may be read now."""
        if self._taken is not None and self.message.text:
            self.message.show_message("info", self.farewell(self._taken[1]), self.tr("Remettre"))

    def drop(self, line: L) -> None:
        """Take a line away for good, without a word."""
        self._remove(line)
        line.deleteLater()
        self.structure_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(color("line"))
        for line in self.lines[1:]:
            y = line.geometry().top() - self.column.spacing() // 2 - 1
            painter.drawLine(0, y, self.width(), y)

    def _insert(self, place: int, line: L) -> None:
        self.lines.insert(place, line)
        # The message stands first in the column.
        self.column.insertWidget(place + 1, line)
        line.show()

    def _remove(self, line: L) -> None:
        self.lines.remove(line)
        self.column.removeWidget(line)
        line.hide()
        line.set_open(False)

    def _forget_taken(self) -> None:
        if self._taken is not None:
            self._taken[1].deleteLater()
            self._taken = None

    def _on_line_toggled(self, line: L, open_it: bool) -> None:
        self.open(line if open_it else None)

    @Slot()
    def _on_message_action_triggered(self) -> None:
        if self._taken is not None:
            place, line = self._taken
            self._taken = None
            self._insert(min(place, len(self.lines)), line)
            self.message.clear()
            line.header.setFocus()
            self.structure_changed.emit()
            self.edited.emit()
