"""Two to five answers side by side."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from iscg_desktop.ui.widgets.choice import Choice, as_choices
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.matching import words_of
from iscg_desktop.ui.widgets.value import mark_invalid


class Segment(QRadioButton):
    """One answer of a row, drawn as a button; still a radio button to a screen reader."""

    def __init__(self, choice: Choice, parent: QWidget) -> None:
        super().__init__(choice.libelle, parent)
        self.choice = choice
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The row answers every key: a radio button would keep the arrows for itself.
        event.ignore()


class ChoiceRow(QWidget):
    """One of two to five answers: arrows or the first letter choose, Backspace forgets.

    One stop of the Tab key, whatever the number of answers.

    Args:
        choices: The answers, in their order.
        clearable: Whether pressing the chosen answer again, or Backspace, leaves no answer.
    """

    edited = Signal()
    committed = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        choices: Iterable[Choice | tuple[str, ...]],
        *,
        clearable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._clearable = clearable
        self._value: str | None = None
        flow = FlowLayout(self, spacing=6)
        self._segments = [Segment(choice, self) for choice in as_choices(choices)]
        for segment in self._segments:
            flow.addWidget(segment)
            segment.clicked.connect(self._on_segment_clicked)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        # The answers take the focus; without a policy of its own the mnemonic of a label would not come here.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show()

    def value(self) -> str | None:
        """Code of the answer."""
        return self._value

    def set_value(self, value: str | None) -> None:
        """Show an answer; emits nothing. A code that is no answer shows none."""
        codes = {segment.choice.code for segment in self._segments}
        self._value = value if value in codes else None
        self._show()

    def settle(self) -> bool:
        """Always an answer or none."""
        return True

    def clear(self) -> None:
        """Forget the answer; emits nothing."""
        self.set_value(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if key in steps:
            self._move(steps[key])
        elif key == Qt.Key.Key_Space:
            self._choose(self._focused())
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self._clearable and self._value is not None:
            self._take(None)
        elif not self._on_letter(event.text()):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._focused().setFocus(event.reason())

    def _on_letter(self, letter: str) -> bool:
        """Choose the next answer that begins with a letter; False when there is none."""
        typed = words_of(letter)
        start = next((i for i, s in enumerate(self._segments) if s.choice.code == self._value), -1) + 1
        for segment in self._segments[start:] + self._segments[:start]:
            if typed and words_of(segment.choice.libelle)[0].startswith(typed[0]):
                self._choose(segment, toggle=False)
                return True
        return False

    @Slot()
    def _on_segment_clicked(self) -> None:
        segment = self.sender()
        assert isinstance(segment, Segment)
        self._choose(segment)

    def _focused(self) -> Segment:
        chosen = next((s for s in self._segments if s.choice.code == self._value), self._segments[0])
        return next((s for s in self._segments if s.hasFocus()), chosen)

    def _move(self, step: int) -> None:
        place = self._segments.index(self._focused())
        if self._value is not None:
            place = (place + step) % len(self._segments)
        self._choose(self._segments[place], toggle=False)

    def _choose(self, segment: Segment, *, toggle: bool = True) -> None:
        again = segment.choice.code == self._value
        self._take(None if again and toggle and self._clearable else segment.choice.code)
        segment.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, code: str | None) -> None:
        new = code != self._value
        self._value = code
        self._show()
        mark_invalid(self, False)
        if new:
            self.edited.emit()
            self.committed.emit(code)

    def _show(self) -> None:
        """Check the answer and leave one stop for the Tab key: it, or the first."""
        stop = next((s for s in self._segments if s.choice.code == self._value), self._segments[0])
        for segment in self._segments:
            segment.setAutoExclusive(False)  # Qt leaves no exclusive button to be unchecked
        for segment in self._segments:
            segment.setChecked(segment.choice.code == self._value)
            segment.setAutoExclusive(True)  # what makes it a radio button to a screen reader
            policy = Qt.FocusPolicy.StrongFocus if segment is stop else Qt.FocusPolicy.ClickFocus
            segment.setFocusPolicy(policy)
        self.setFocusProxy(stop)
