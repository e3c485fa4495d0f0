"""Several answers out of a list, each shown as a chip that can be taken away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from iscg_desktop.ui.theme import color
from iscg_desktop.ui.tokens import CONTROL, RADIUS
from iscg_desktop.ui.widgets.choice import Choice, as_choices
from iscg_desktop.ui.widgets.choice_chip import ChoiceChip
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.matching import find, named, rows
from iscg_desktop.ui.widgets.suggester import Suggester
from iscg_desktop.ui.widgets.type_ahead import Given
from iscg_desktop.ui.widgets.value import mark_invalid

_PAD = 5


class TokenEdit(QLineEdit):
    """The line typed in among the chips: no wider than its words, so that it stays on their line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text() or self.placeholderText())
        return QSize(max(words, 12) + 12, self.fontMetrics().height() + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())


class MultiTypeAhead(QWidget):
    """Several answers out of a list, in the order they were chosen.

    Typing filters what is not chosen yet, Enter or Tab adds the first match, Backspace in the empty line
    takes the last answer away, ← goes to the chips.

    Args:
        choices: The list, in its order.
        recent: Codes used recently or often, offered first.
        placeholder: Shown while nothing is chosen.
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
        self._placeholder = placeholder
        self._chips: list[ChoiceChip] = []
        self._edit = TokenEdit(self)
        self._edit.installEventFilter(self)
        self._edit.textEdited.connect(self._on_edit_text_edited)
        self._suggester = Suggester(self._edit, self._rows, lambda: None, self)
        self._suggester.picked.connect(self._on_suggester_picked)
        self._flow = FlowLayout(self, spacing=4)
        self._flow.setContentsMargins(_PAD, _PAD, _PAD, _PAD)
        self._flow.addWidget(self._edit)
        self.setFocusProxy(self._edit)
        # So that ``order_tabs`` chains it too: left behind the last field, it would send Tab back to its line.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._on_chips_changed()

    # The protocol of values.

    def value(self) -> tuple[str, ...]:
        """Codes in the order they were chosen."""
        return tuple(chip.choice.code for chip in self._chips)

    def set_value(self, value: Iterable[str | Choice] | None) -> None:
        """Show answers by their codes; emits nothing. An unknown code is kept and shown as it is."""
        self.clear()
        for item in value or ():
            self._add_chip(item if isinstance(item, Choice) else self._by_code(item))
        self._on_chips_changed()

    def set_choices(self, choices: Given, recent: Iterable[str] = ()) -> None:
        """Offer another list; the answers stay."""
        self._choices = as_choices(choices)
        self._recent = tuple(recent)
        known = {choice.code for choice in self._choices}
        self.set_value([c.choice.code if c.choice.code in known else c.choice for c in self._chips])

    def raw(self) -> str:
        """Typed text that is not yet an answer, or ""."""
        return self._edit.text()

    def set_raw(self, text: str) -> None:
        """Put back typed text that is not yet an answer; emits nothing."""
        self._edit.setText(text)

    def clear(self) -> None:
        """Forget the answers; emits nothing."""
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips.clear()
        self._edit.clear()
        mark_invalid(self, False)
        self._on_chips_changed()

    def settle(self) -> bool:
        """Take what is typed when it can only mean one answer."""
        text = self._edit.text().strip()
        if not text:
            self._edit.clear()
            self._accept()
            return True
        found = find(self._left(), text, self._recent)
        choice = named(found, text) or (found[0] if len(found) == 1 else None)
        if choice is not None:
            self._add(choice)
            return True
        mark_invalid(self, True)
        self.refused.emit(
            self.tr("Plusieurs réponses commencent ainsi. Choisissez-en une dans la liste (touche ↓).")
            if found
            else self.tr("Cette réponse n’est pas dans la liste. Ouvrez-la avec la touche ↓.")
        )
        return False

    # Keys, focus, size.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._edit:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._on_edit_key(event)
            if isinstance(event, QFocusEvent):
                self._on_edit_focus(event)
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self._suggester.toggle()

    def sizeHint(self) -> QSize:
        return QSize(240, max(CONTROL, self._flow.sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(140, max(CONTROL, self._flow.minimumSize().height()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(CONTROL, self._flow.heightForWidth(width))

    # The focus is in the line: it speaks for the whole.

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._edit.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        chosen = ", ".join(chip.choice.libelle for chip in self._chips)
        words = [self.tr("Réponses choisies\u00a0: {0}").format(chosen)] if chosen else []
        self._edit.setAccessibleDescription(". ".join([*words, description] if description else words))

    def paintEvent(self, _event: QPaintEvent) -> None:
        active, enabled = self._edit.hasFocus(), self.isEnabled()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = "alert" if self.property("invalid") else "accent" if active else "edge" if enabled else "line"
        width = 2 if active else 1
        painter.setPen(QPen(color(role), width))
        painter.setBrush(color("surface" if enabled else "ground"))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)

    def _on_edit_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Left) and self._chips and not self._edit.text():
            if key == Qt.Key.Key_Left:
                self._chips[-1].setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self._on_chip_removed(self._chips[-1].choice.code)
            return True
        if key == Qt.Key.Key_Escape and self._edit.text():
            self._edit.clear()
            self._accept()
            self.edited.emit()
            return True
        return key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bool(self._edit.text()) and not self.settle()

    def _on_edit_focus(self, event: QFocusEvent) -> None:
        self.update()
        if event.type() == QEvent.Type.FocusOut and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()

    @Slot(str)
    def _on_edit_text_edited(self, _text: str) -> None:
        mark_invalid(self, False)
        self.edited.emit()

    @Slot(object)
    def _on_suggester_picked(self, choice: Choice) -> None:
        self._add(choice)

    @Slot(str)
    def _on_chip_removed(self, code: str) -> None:
        chip = next(chip for chip in self._chips if chip.choice.code == code)
        self._chips.remove(chip)
        self._flow.removeWidget(chip)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        chip.hide()
        chip.deleteLater()
        self._on_chips_changed()
        self.edited.emit()
        self.committed.emit(self.value())

    @Slot(int)
    def _on_chip_left(self, step: int) -> None:
        chip = self.sender()
        assert isinstance(chip, ChoiceChip)
        place = self._chips.index(chip) + step
        target = self._chips[max(place, 0)] if place < len(self._chips) else self._edit
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _left(self) -> list[Choice]:
        chosen = set(self.value())
        return [choice for choice in self._choices if choice.code not in chosen]

    def _rows(self, text: str) -> Sequence[Choice | str]:
        return rows(self._left(), text, self._recent, self.tr("Souvent choisis"), self.tr("Toute la liste"))

    def _by_code(self, code: str) -> Choice:
        return next((choice for choice in self._choices if choice.code == code), Choice(code, code))

    def _add(self, choice: Choice) -> None:
        self._edit.clear()
        self._add_chip(choice)
        self._on_chips_changed()
        self._accept()
        self.edited.emit()
        self.committed.emit(self.value())

    def _add_chip(self, choice: Choice) -> None:
        if choice.code in self.value():
            return
        chip = ChoiceChip(choice, self)
        chip.removed.connect(self._on_chip_removed)
        chip.left.connect(self._on_chip_left)
        self._flow.insert_widget(len(self._chips), chip)
        self._chips.append(chip)
        chip.show()

    def _accept(self) -> None:
        mark_invalid(self, False)
        self.refused.emit("")

    def _on_chips_changed(self) -> None:
        self._edit.setPlaceholderText("" if self._chips else self._placeholder)
        self.setAccessibleDescription(self.accessibleDescription())
        self.updateGeometry()
