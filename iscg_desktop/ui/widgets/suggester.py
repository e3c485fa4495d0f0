"""Gives a line of text its list of suggestions: typing filters, Enter and Tab pick, Escape closes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.suggestion_list import SuggestionList

Rows = Callable[[str], Sequence[Choice | str]]

_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}


class Suggester(QObject):
    """Watches the keys of a line of text and offers rows under a field.

    Args:
        edit: The line being typed in.
        rows: Gives the rows for a text; headings are plain texts.
        current: Gives the code of the answer so far.
        field: The widget under which the list opens; the line itself by default.
    """

    picked = Signal(object)

    def __init__(
        self,
        edit: QLineEdit,
        rows: Rows,
        current: Callable[[], str | None],
        field: QWidget | None = None,
    ) -> None:
        super().__init__(edit)
        self._edit = edit
        self._rows = rows
        self._current = current
        self._field = field or edit
        self._made: SuggestionList | None = None  # most lists of a form are never opened
        edit.textEdited.connect(self._on_text_edited)
        edit.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._made is not None and self._made.isVisible()

    @property
    def _list(self) -> SuggestionList:
        """The list, made when it first has something to show."""
        if self._made is None:
            self._made = SuggestionList(self._field)
            self._made.picked.connect(self._on_list_picked)
        return self._made

    def browse(self) -> None:
        """Open the whole list, whatever is typed."""
        self._list.open(self._rows(""), self._current(), highlight=False)

    def toggle(self) -> None:
        """Open the whole list, or close it."""
        if self.is_open:
            self.close()
        else:
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.browse()

    def close(self) -> None:
        """Close the list and pick nothing."""
        if self.is_open:
            self._list.close_list()

    def pick_highlighted(self) -> bool:
        """Pick what is highlighted in the open list; False when nothing is."""
        choice = self._list.highlighted() if self.is_open else None
        if choice is not None:
            self._on_list_picked(choice)
        return choice is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            # While the list is open, Escape and Enter are its own, not a shortcut of the page.
            if self.is_open and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        elif event.type() == QEvent.Type.FocusOut:
            self.close()
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        """Whether the key was for the list."""
        key = Qt.Key(event.key())
        if key in _MOVES:
            return self._on_move(_MOVES[key])
        if not self.is_open:
            return False
        if key == Qt.Key.Key_Escape:
            self.close()
            return not self._edit.isModified()  # else the field comes back to its answer
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.pick_highlighted()
        if key == Qt.Key.Key_Tab:
            self.pick_highlighted()
        return False

    def _on_move(self, count: int) -> bool:
        if self._edit.isReadOnly():
            return False
        if self.is_open:
            self._list.step(count)
        elif abs(count) == 1:
            self.browse()
            if self._list.highlighted() is None:
                self._list.step(1)
        self._announce()
        return True

    def _announce(self) -> None:
        """The focus stays in the field: say the highlighted choice to a screen reader."""
        choice = self._list.highlighted()
        if choice is not None and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._edit, choice.libelle))

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        if text.strip():
            self._list.open(self._rows(text), None, highlight=True)
            self._announce()
        else:
            self.close()

    @Slot(object)
    def _on_list_picked(self, choice: Choice) -> None:
        self.close()
        self.picked.emit(choice)
