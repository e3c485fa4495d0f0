"""Keeps the keys pressed while a page is being made, and presses them on it in their order once it is shown."""

from __future__ import annotations

from collections import deque
from typing import TypeGuard

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from shiboken6 import isValid

from iscg_desktop.ui.main_window import MainWindow
from iscg_desktop.ui.one_a_turn import OneATurn

_ALONE = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)


class EarlyKeys(QObject):
    """Stands before whatever has the keyboard, from the moment a page is asked for until it is shown.

    Else what is typed meanwhile would be answered by the page that is left, or by nobody. The keys of the window
    itself, F12 or Alt+2, are answered at once. Who shows another page than the one awaited has changed her mind:
    what was kept is forgotten.

    Args:
        window: Whose pages they are.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._held: deque[QKeyEvent | QInputMethodEvent] = deque()
        self._watched: list[QWidget] = []
        self._awaited: str | None = None
        self._pressing = False
        self._turn = OneATurn(self, self._press_next)
        window.coming.awaited.connect(self.hold)
        window.coming.given_up.connect(self.let_go)
        window.page_shown.connect(self._on_page_shown)

    @property
    def holds(self) -> bool:
        """Whether a key pressed now waits."""
        return bool(self._watched)

    @Slot(str)
    def hold(self, page: str) -> None:
        """Keep every key from now on; they are meant for the page of that key."""
        if self._awaited not in (None, page):
            self._held.clear()
        self._awaited = page
        self._turn.stop()
        if not self._watched:
            app = QApplication.instance()
            assert isinstance(app, QApplication)
            app.focusChanged.connect(self._on_focus_changed)
            self._watch(self._window)
            self._on_focus_changed(None, self._window.focusWidget())

    @Slot()
    def let_go(self) -> None:
        """Keep no key any more, and forget those that were kept."""
        self._awaited = None
        self._held.clear()
        self._turn.stop()
        self._watch_no_more()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self._pressing:
            return False
        if isinstance(event, QInputMethodEvent) and event.commitString():
            self._held.append(_typed(event))
            return True
        if not isinstance(event, QKeyEvent) or event.key() in _ALONE:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            if self._is_of_the_window(event):
                return False
            event.accept()  # no shortcut of the page that is left: the key itself comes next
        elif event.type() == QEvent.Type.KeyPress:
            self._held.append(_pressed(event, QEvent.Type.KeyPress))
        return True

    def _is_of_the_window(self, event: QKeyEvent) -> bool:
        keys = QKeySequence(event.keyCombination())
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        return any(keys == each.key() for each in self._window.findChildren(QShortcut, options=direct))

    # Who has the keyboard.

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and new.window() is self._window and new not in self._watched:
            self._watch(new)

    def _watch(self, widget: QWidget) -> None:
        widget.installEventFilter(self)
        self._watched.append(widget)

    def _watch_no_more(self) -> None:
        if self._watched:
            app = QApplication.instance()
            assert isinstance(app, QApplication)
            app.focusChanged.disconnect(self._on_focus_changed)
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()

    # The page has come.

    @Slot(str)
    def _on_page_shown(self, key: str) -> None:
        if self._awaited is None:
            return
        if not self._held or self._awaited != key:
            self.let_go()
            return
        self._awaited = None
        self._turn.start()  # not in the turn that shows it, which is long enough

    def _press_next(self) -> None:
        """Press one key; the others and those of meanwhile wait for their turn, or for the page it asks for."""
        if not self._held:
            self.let_go()
            return
        self._pressing = True
        try:
            self._press(self._held.popleft())
        finally:
            self._pressing = False

    def _press(self, event: QKeyEvent | QInputMethodEvent) -> None:
        if isinstance(event, QInputMethodEvent):
            QApplication.sendEvent(self._target(), event)
            return
        override = _pressed(event, QEvent.Type.ShortcutOverride)
        override.ignore()
        QApplication.sendEvent(self._target(), override)
        if override.isAccepted() or not self._answered(QKeySequence(event.keyCombination())):
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self._target(), _pressed(event, kind))

    def _target(self) -> QWidget:
        focused: QWidget | None = self._window.focusWidget()
        return self._window if focused is None else focused

    def _answered(self, keys: QKeySequence) -> bool:
        """Have a shortcut or a mnemonic of the page answer, as Qt does for a key that comes from the keyboard."""
        page = self._window.shown_page()
        if page is None:
            return False
        for shortcut in page.findChildren(QShortcut):
            if shortcut.key() == keys and shortcut.isEnabled() and self._reaches(shortcut):
                shortcut.activated.emit()
                return True
        for button in page.findChildren(QAbstractButton):
            if button.shortcut() == keys and _answers(button):
                button.click()
                return True
        for label in page.findChildren(QLabel):
            buddy = label.buddy()
            if buddy is not None and QKeySequence.mnemonic(label.text()) == keys and _answers(buddy):
                buddy.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return False

    def _reaches(self, shortcut: QShortcut) -> bool:
        owner = shortcut.parent()
        everywhere = shortcut.context() != Qt.ShortcutContext.WidgetWithChildrenShortcut
        return _answers(owner) and (everywhere or owner.isAncestorOf(self._target()))


def _answers(owner: QObject | None) -> TypeGuard[QWidget]:
    return isinstance(owner, QWidget) and owner.isVisible() and owner.isEnabled()


def _pressed(event: QKeyEvent, kind: QEvent.Type) -> QKeyEvent:
    """The same key: an event belongs to Qt and is gone once it was answered."""
    return QKeyEvent(kind, event.key(), event.modifiers(), event.text(), event.isAutoRepeat())


def _typed(event: QInputMethodEvent) -> QInputMethodEvent:
    same = QInputMethodEvent()
    same.setCommitString(event.commitString())
    return same
