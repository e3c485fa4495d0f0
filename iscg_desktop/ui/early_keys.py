"""Keeps the key that was pressed before the first page was there, and presses it when it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

from iscg_desktop.ui.main_window import MainWindow

_ALONE = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)


class EarlyKeys(QObject):
    """Holds the last key that nobody answered while the window shows no page.

    The keys of the window are answered at once; those of a page, Ctrl+N of the day's page first, have to wait for it.

    Args:
        window: Whose pages they are.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._held: QKeySequence | None = None
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() not in _ALONE
        ):
            self._held = QKeySequence(event.keyCombination())
        return False

    def press_on(self, page: QWidget) -> None:
        """Press the key that was kept on the page that has come, and keep no more."""
        self._window.removeEventFilter(self)
        held, self._held = self._held, None
        if held is None:
            return
        for shortcut in page.findChildren(QShortcut):
            if shortcut.key() == held and shortcut.isEnabled() and _answers(shortcut.parent()):
                shortcut.activated.emit()
                return
        for button in page.findChildren(QAbstractButton):
            if button.shortcut() == held and _answers(button):
                button.click()
                return


def _answers(owner: QObject | None) -> bool:
    return isinstance(owner, QWidget) and owner.isVisible() and owner.isEnabled()
