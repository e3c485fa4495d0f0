"""Underlines the letters of mnemonics only while Alt is held, so that a page stays calm to read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_PROPERTY = "iscgMnemonics"


def shown() -> bool:
    """Whether Alt is held."""
    app = QApplication.instance()
    return bool(app and app.property(_PROPERTY))


def without_mnemonic(text: str) -> str:
    """A text as it reads: « &Commune » is « Commune », « && » is « & »."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


class Mnemonics(QObject):
    """Watches the Alt key and has every window drawn again when it changes."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress or kind == QEvent.Type.KeyRelease:
            if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Alt:
                self._show(kind == QEvent.Type.KeyPress)
        elif kind == QEvent.Type.ApplicationStateChange:
            self._show(False)  # Alt+Tab: the release goes to another program
        return False

    def _show(self, held: bool) -> None:
        if held != shown():
            self._app.setProperty(_PROPERTY, held)
            for window in self._app.topLevelWidgets():
                for child in (window, *window.findChildren(QWidget)):
                    if getattr(child, "has_mnemonic", False):
                        child.update()
