"""Buttons: one primary a page, the others quiet; and links."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QPushButton,
    QSizePolicy,
    QStyleOptionButton,
    QWidget,
)

from iscg_desktop.ui import icons, mnemonics
from iscg_desktop.ui.mnemonics import without_mnemonic

Kind = Literal["primary", "secondary", "quiet", "danger"]

_ICON_ROLES = {"primary": "accent_ink", "secondary": "ink", "quiet": "accent", "danger": "alert"}


def pressed_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Let Enter press a button that has the focus, as Space does; True when the key was Enter.

    Qt leaves Enter to the dialog, and a form around the button may take it for « done » even on « Annuler ».
    """
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if not plain or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    if not event.isAutoRepeat():  # an Enter held since the field before is no answer
        button.click()
    return True


class _Mnemonic(QPushButton):
    """A push button that answers Enter as well as Space, and underlines its mnemonic only while Alt is held."""

    has_mnemonic = True
    _pressed_at = -1_000_000  # ms of the mouse's own clock; long ago

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        if not mnemonics.shown():
            # « && » is what the style draws as one « & ».
            option.text = without_mnemonic(option.text).replace("&", "&&")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.timestamp()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Answer the second press of a double click only where the first one was.

        The first may have recorded and changed the page: what has come under the mouse since was not meant.
        """
        if event.timestamp() - self._pressed_at <= QApplication.doubleClickInterval():
            super().mouseDoubleClickEvent(event)


class Button(_Mnemonic):
    """A button.

    Args:
        text: What it does; « & » before the letter of its mnemonic.
        kind: ``primary`` once a page, ``secondary``, ``quiet`` (no border) or ``danger``.
        icon: Lucide name, or "".
        shortcut: Key sequence that presses it while its page is shown; said in the tooltip.
    """

    def __init__(
        self,
        text: str,
        *,
        kind: Kind = "secondary",
        icon: str = "",
        shortcut: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind = kind
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if icon:
            self.set_icon(icon)
        if shortcut:
            self.set_shortcut(shortcut)

    def set_icon(self, name: str) -> None:
        """Put another icon before the words."""
        icons.set_icon(self, name, _ICON_ROLES[self._kind], 16, gap=4)

    def set_shortcut(self, sequence: str) -> None:
        """Press it with a key too; unlike ``setShortcut`` this leaves the mnemonic in place."""
        keys = QKeySequence(sequence)
        QShortcut(keys, self, self.click)
        self.setToolTip(keys.toString(QKeySequence.SequenceFormat.NativeText))


class LinkButton(_Mnemonic):
    """An action that reads as a link, at the head of a card or in a message."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
