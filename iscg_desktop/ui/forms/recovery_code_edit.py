"""The recovery code: shown in groups to be copied by hand, and typed back group by group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.labels import Quiet, Title
from iscg_desktop.ui.widgets.value import mark_invalid

GROUPS, LENGTH = 7, 5


class RecoveryCodeView(QWidget):
    """The groups of a recovery code, large, each under its number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, spacing=8)
        self._words: list[Title] = []
        for number in range(1, GROUPS + 1):
            words = Title()
            for label in (caption := Quiet(str(number)), words):
                label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                label.setWordWrap(False)
            panel = Card()
            panel.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            if (layout := panel.layout()) is not None:
                layout.setContentsMargins(12, 8, 12, 10)
            panel.body.setSpacing(0)
            panel.add(caption)
            panel.add(words)
            self._flow.addWidget(panel)
            self._words.append(words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_groups(self, groups: Sequence[str]) -> None:
        """Show a code."""
        for words, group in zip(self._words, groups, strict=True):
            words.setText(group)
        self.setAccessibleName(self.tr("Code de secours : {groupes}").format(groupes=", ".join(groups)))
        self._flow.invalidate()

    def wipe(self) -> None:
        """Show nothing any more."""
        for words in self._words:
            words.setText("")
        self.setAccessibleName("")


class RecoveryCodeEdit(QWidget):
    """Seven boxes of five characters: a full one passes on to the next, a pasted code fills them all.

    Signals:
        edited: The user changed anything.
        entered: Enter was pressed.
    """

    edited = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = FlowLayout(self, spacing=6)
        self._boxes = [_Box(number, self) for number in range(1, GROUPS + 1)]
        for box in self._boxes:
            flow.addWidget(box)
            box.textEdited.connect(self._on_box_edited)
            box.left.connect(self._on_box_left)
            box.entered.connect(self.entered)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusProxy(self._boxes[0])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # for the mnemonic of its label

    def value(self) -> str:
        """The code as typed, groups joined by hyphens; "" when nothing is typed."""
        return "-".join(box.text() for box in self._boxes).strip("-")

    def wipe(self) -> None:
        """Forget what was typed."""
        for box in self._boxes:
            box.setText("")
        self.mark_groups(())

    def mark_groups(self, numbers: Iterable[int]) -> None:
        """Draw these groups as wrong, the others as right, and go to the first wrong one."""
        wrong = set(numbers)
        for number, box in enumerate(self._boxes, start=1):
            mark_invalid(box, number in wrong)
        if wrong:
            self._go(min(wrong) - 1)

    def mark_slips(self, error: UserError) -> None:
        """Mark the groups that an error names; an incomplete code is to go on where it stops."""
        named = str(error.values.get("groupes", ""))
        self.mark_groups(int(number) for number in named.split(",") if number.strip())
        if error.code == "code_secours_longueur":
            short = (i for i, box in enumerate(self._boxes) if len(box.text()) < LENGTH)
            self._go(next(short, GROUPS - 1))

    def _go(self, place: int) -> None:
        self._boxes[place].setFocus(Qt.FocusReason.OtherFocusReason)
        self._boxes[place].selectAll()

    @Slot()
    def _on_box_edited(self) -> None:
        box = self.sender()
        assert isinstance(box, _Box)
        place = self._boxes.index(box)
        at_end = box.cursorPosition() == len(box.text())
        typed = "".join(filter(str.isalnum, box.text().upper()))
        if typed != box.text() or len(typed) > LENGTH:
            self._spread(place, typed)
        elif at_end and len(typed) == LENGTH and place + 1 < GROUPS:
            self._go(place + 1)
        mark_invalid(box, False)
        self.edited.emit()

    def _spread(self, place: int, typed: str) -> None:
        """Give a box its five characters and the boxes after it the rest."""
        cursor = self._boxes[place].cursorPosition()
        while True:
            box = self._boxes[place]
            box.setText(typed[:LENGTH])
            typed = typed[LENGTH:]
            if not typed or place + 1 == GROUPS:
                break
            place += 1
            cursor = LENGTH
        box.setCursorPosition(min(cursor, len(box.text())))
        if len(box.text()) == LENGTH and box.cursorPosition() == LENGTH and place + 1 < GROUPS:
            self._go(place + 1)
        else:
            box.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _on_box_left(self, step: int) -> None:
        box = self.sender()
        assert isinstance(box, _Box)
        place = self._boxes.index(box) + step
        if 0 <= place < GROUPS:
            self._boxes[place].setFocus(Qt.FocusReason.OtherFocusReason)
            self._boxes[place].setCursorPosition(0 if step > 0 else len(self._boxes[place].text()))


class _Box(QLineEdit):
    """One group."""

    left = Signal(int)  # -1 or +1: go on to the neighbour
    entered = Signal()

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(str(number))
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName(self.tr("Groupe {numero} du code de secours").format(numero=number))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhPreferUppercase
        )

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("W" * LENGTH) + 18, super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, place, length = event.key(), self.cursorPosition(), len(self.text())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Minus):
            if length:
                self.left.emit(1)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Left) and place == 0 and not self.hasSelectedText():
            self.left.emit(-1)
        elif key == Qt.Key.Key_Right and place == length:
            self.left.emit(1)
        else:
            super().keyPressEvent(event)


class RecoveryCodeField(Field):
    """The code with its label, and what is wrong with it.

    Args:
        label: Words of the label.
    """

    def __init__(self, label: str) -> None:
        super().__init__(label, RecoveryCodeEdit())

    def refuse(self, error: UserError) -> None:
        """Say what is wrong, and mark the groups to look at again."""
        self.set_error(sentence(error))
        self.widget.mark_slips(error)

    def wipe(self) -> None:
        """Forget what was typed."""
        self.widget.wipe()
        self.clear_error()
