"""The gate for tests: a window with one page in it, and the hands that type in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot


class Portail:
    """A page on the screen; every key goes where the focus is, as it does for her."""

    def __init__(self, qtbot: QtBot, window: QMainWindow) -> None:
        self.qtbot = qtbot
        self.window = window

    @property
    def focus(self) -> QWidget:
        """What has the focus."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    def write(self, words: str) -> None:
        """Type letter by letter, accents included, which Qt's own helper does not know."""
        for letter in words:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                shift = (
                    Qt.KeyboardModifier.ShiftModifier if letter.isupper() else Qt.KeyboardModifier.NoModifier
                )
                QApplication.sendEvent(self.focus, QKeyEvent(kind, 0, shift, letter))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key."""
        QTest.keyClick(self.focus, key, modifier)

    def alt(self, key: Qt.Key) -> None:
        """A mnemonic: the button it presses comes up again by itself a moment later."""
        self.press(key, Qt.KeyboardModifier.AltModifier)
        find = self.window.findChildren
        self.qtbot.waitUntil(lambda: not any(button.isDown() for button in find(QAbstractButton)))

    def enter(self) -> None:
        """The Enter key."""
        self.press(Qt.Key.Key_Return)

    def letters(self) -> list[str]:
        """Letters under which something shown answers to Alt."""
        widgets = [*self.window.findChildren(QLabel), *self.window.findChildren(QAbstractButton)]
        texts = [widget.text().replace("&&", "") for widget in widgets if widget.isVisible()]
        return [text[text.index("&") + 1].lower() for text in texts if "&" in text]

    def words(self) -> str:
        """All the words that can be read, on the screen or by a screen reader."""
        found = []
        for widget in self.window.findChildren(QWidget):
            if widget.isVisible():
                found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
                if isinstance(widget, QLabel):
                    found.append(widget.text())
        return "\n".join(found)


def write(widget: QWidget, words: str) -> None:
    """Send letters to a widget, Shift held for the capitals."""
    for letter in words:
        shift = Qt.KeyboardModifier.ShiftModifier if letter.isupper() else Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, shift, letter))


@contextmanager
def portail(qtbot: QtBot, page: QWidget, *, width: int = 1280, height: int = 800) -> Iterator[Portail]:
    """Show a page as the program does."""
    window = QMainWindow()
    window.setCentralWidget(page)
    window.resize(width, height)
    page.activated()  # type: ignore[attr-defined]
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield Portail(qtbot, window)
    window.close()
    window.deleteLater()
    # Now, not when it is collected: half of the page would be gone by then.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
