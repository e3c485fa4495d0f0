"""Underlines the letters of mnemonics only while Alt is held, so that a page stays calm to read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from iscg_desktop.ui.input_watch import InputWatch

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
        InputWatch(app, self)
        app.applicationStateChanged.connect(self._on_state_changed)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Alt:
            self._show(event.type() == QEvent.Type.KeyPress)
        return False

    @Slot(Qt.ApplicationState)
    def _on_state_changed(self, _state: Qt.ApplicationState) -> None:
        self._show(False)  # Alt+Tab: the release goes to another program

    def _show(self, held: bool) -> None:
        if held != shown():
            self._app.setProperty(_PROPERTY, held)
            for window in self._app.topLevelWidgets():
                for child in (window, *window.findChildren(QWidget)):
                    if getattr(child, "has_mnemonic", False):
                        child.update()
