"""A page in a window, and the hands that type in it: every key goes where the focus is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.mnemonics import without_mnemonic
from iscg_desktop.ui.widgets.line import Line

KEY = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


class Pupitre:
    """A page over a coffre.

    Args:
        make: Makes the page from the services and the hub.
    """

    def __init__(
        self,
        services: Services,
        session: Session,
        qtbot: QtBot,
        make: Callable[[Services, ChangesHub], QWidget],
    ) -> None:
        self.services, self.session, self.qtbot = services, session, qtbot
        self.hub = ChangesHub()
        self.page = make(services, self.hub)

    def show(self, width: int = 1084, height: int = 800) -> None:
        """Show the page in a window of its own."""
        self.page.resize(width, height)
        self.page.show()
        self.page.activateWindow()
        self.qtbot.waitUntil(self.page.isActiveWindow)

    def close(self) -> None:
        """Take the page away."""
        self.page.close()
        self.page.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @property
    def focus(self) -> QWidget:
        """What has the focus."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """One key."""
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)

    def alt(self, key: Qt.Key) -> None:
        """A mnemonic: the button it presses comes up again by itself a moment later."""
        self.press(key, ALT)
        buttons = self.page.findChildren
        self.qtbot.waitUntil(lambda: not any(button.isDown() for button in buttons(QAbstractButton)))

    def write(self, words: str) -> None:
        """Type letter by letter, accents included, which Qt's own helper does not know."""
        for letter in words:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.focus, QKeyEvent(kind, 0, NONE, letter))

    def click(self, words: str) -> None:
        """Press the button that says so."""
        QTest.mouseClick(self.button(words), Qt.MouseButton.LeftButton)

    def button(self, words: str) -> QAbstractButton:
        """The button shown that says so."""
        shown = [each for each in self.page.findChildren(QAbstractButton) if each.isVisible()]
        (found,) = [each for each in shown if without_mnemonic(each.text()) == words]
        return found

    def has_button(self, words: str) -> bool:
        """Whether a button says so."""
        shown = [each for each in self.page.findChildren(QAbstractButton) if each.isVisible()]
        return any(without_mnemonic(each.text()) == words for each in shown)

    def line(self, words: str) -> Line:
        """The line shown whose words hold these."""
        shown = [each for each in self.page.findChildren(Line) if each.isVisible()]
        return next(
            each for each in shown if any(words in label.text() for label in each.findChildren(QLabel))
        )

    def texts(self) -> list[str]:
        """Every sentence on the page."""
        QApplication.processEvents()  # what was just laid out is shown when the loop turns
        return [each.text() for each in self.page.findChildren(QLabel) if each.isVisible()]

    def says(self, words: str) -> bool:
        """Whether a sentence on the page holds these words."""
        return any(words in text for text in self.texts())

    def mnemonics(self) -> Counter[str]:
        """Letters under which something shown answers to Alt, and how many things do."""
        widgets = [*self.page.findChildren(QLabel), *self.page.findChildren(QAbstractButton)]
        texts = (widget.text().replace("&&", "") for widget in widgets if widget.isVisible())
        return Counter(text[text.index("&") + 1].lower() for text in texts if "&" in text)

    def full_disk(self, full: bool) -> None:
        """Say whether the coffre may grow by one more page."""
        driver = self.session.vault._connection._driver
        driver.set_authorizer(None)
        pages = driver.execute("PRAGMA page_count").fetchone()[0] if full else 1_000_000
        driver.execute(f"PRAGMA max_page_count = {pages}")


@contextmanager
def opened(pupitre: Pupitre) -> Iterator[Pupitre]:
    """The page while a test lasts; the coffre is closed after it."""
    try:
        yield pupitre
    finally:
        pupitre.close()
        pupitre.session.vault.close()
