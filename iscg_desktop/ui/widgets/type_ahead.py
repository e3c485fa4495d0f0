"""One answer out of a list, found by typing the beginnings of its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from iscg_desktop.ui import icons
from iscg_desktop.ui.widgets.choice import Choice, as_choices
from iscg_desktop.ui.widgets.matching import find, named, rows
from iscg_desktop.ui.widgets.suggester import Suggester
from iscg_desktop.ui.widgets.value import mark_invalid

Given = Iterable[Choice | tuple[str, ...]]


class TypeAhead(QLineEdit):
    """One answer out of a list: « vio conj » then Enter or Tab gives *Violences conjugales*.

    ↓ opens the list, Escape comes back to the last answer, an emptied field is no answer. What names no
    choice stays as it was typed, with a sentence.

    Args:
        choices: The list, in its order.
        recent: Codes used recently or often, offered first.
        placeholder: Shown while nothing is typed.
    """

    edited = Signal()
    committed = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        choices: Given = (),
        *,
        recent: Iterable[str] = (),
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = as_choices(choices)
        self._recent = tuple(recent)
        self._choice: Choice | None = None
        self._pending = False
        self.setPlaceholderText(placeholder)
        self._suggester = Suggester(self, self._rows, self.value_settled)
        self._suggester.picked.connect(self._on_suggester_picked)
        self.textEdited.connect(self._on_text_edited)
        self._chevron = QAction(self.tr("Ouvrir la liste"), self)
        icons.set_icon(self._chevron, "chevron-down", "quiet", 16)
        self._chevron.triggered.connect(self._suggester.toggle)
        self.addAction(self._chevron, QLineEdit.ActionPosition.TrailingPosition)

    # The protocol of values.

    def value(self) -> str | None:
        """Code of the answer, None while what is typed names no choice."""
        choice = self.choice()
        return choice.code if choice else None

    def choice(self) -> Choice | None:
        """The answer with its label."""
        return named(self._offered(self.text()), self.text()) if self._pending else self._choice

    def value_settled(self) -> str | None:
        """Code of the last settled answer."""
        return self._choice.code if self._choice else None

    def set_value(self, value: str | Choice | None) -> None:
        """Show an answer by its code; emits nothing.

        A code the list does not hold is kept and shown as it is; give a ``Choice`` to show its label.
        """
        self._choice = value if isinstance(value, Choice) or value is None else self._by_code(value)
        self._show()

    def set_choices(self, choices: Given, recent: Iterable[str] = ()) -> None:
        """Offer another list; the answer stays."""
        self._choices = as_choices(choices)
        self._recent = tuple(recent)
        if self._choice is not None and not self._pending:
            self.set_value(next((c for c in self._choices if c.code == self._choice.code), self._choice))

    def raw(self) -> str:
        """Typed text that is not yet an answer, or ""."""
        return self.text() if self._pending else ""

    def set_raw(self, text: str) -> None:
        """Put back typed text that is not yet an answer; emits nothing."""
        if text:
            self.setText(text)
            self._pending = True

    def clear(self) -> None:
        """Forget the answer; emits nothing."""
        self.set_value(None)

    def pick(self) -> None:
        """Take what is highlighted in the open list, as Enter does."""
        self._suggester.pick_highlighted()

    def settle(self) -> bool:
        """Take what is typed when it names a choice, or can only mean one."""
        if not self._pending:
            return True
        text = self.text().strip()
        if not text:
            self._take(None)
            return True
        found = self._offered(text)
        choice = named(found, text) or (found[0] if len(found) == 1 else None)
        if choice is None:
            mark_invalid(self, True)
            self.refused.emit(self._refusal(len(found)))
            return False
        self._take(choice)
        return True

    # Keys and focus.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self._pending:
            self._show()
            self.refused.emit("")
            self.edited.emit()
            self.selectAll()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.settle():
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()

    # What a list searched elsewhere replaces.

    def _offered(self, text: str) -> Sequence[Choice]:
        return find(self._choices, text, self._recent)

    def _rows(self, text: str) -> Sequence[Choice | str]:
        return rows(self._choices, text, self._recent, self.tr("Souvent choisis"), self.tr("Toute la liste"))

    def _by_code(self, code: str) -> Choice:
        return next((choice for choice in self._choices if choice.code == code), Choice(code, code))

    def _refusal(self, count: int) -> str:
        if count:
            return self.tr("Plusieurs réponses commencent ainsi. Choisissez-en une dans la liste (touche ↓).")
        return self.tr("Cette réponse n’est pas dans la liste. Ouvrez-la avec la touche ↓.")

    @Slot(str)
    def _on_text_edited(self, _text: str) -> None:
        self._pending = True
        mark_invalid(self, False)
        self.edited.emit()

    @Slot(object)
    def _on_suggester_picked(self, choice: Choice) -> None:
        self._take(choice)
        self.edited.emit()

    def _take(self, choice: Choice | None) -> None:
        new = choice != self._choice
        self._choice = choice
        self._show()
        self.refused.emit("")
        if new:
            self.committed.emit(self.value())

    def _show(self) -> None:
        self._pending = False
        mark_invalid(self, False)
        self.setText(self._choice.libelle if self._choice else "")
        self.setCursorPosition(0)
