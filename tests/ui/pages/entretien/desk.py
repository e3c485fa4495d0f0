"""The page of the entretien in a window, and a keyboard that counts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.dates import format_heure
from iscg_desktop.domain.entretien import Entretien
from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.entretien_form import EntretienForm
from iscg_desktop.ui.mnemonics import without_mnemonic
from iscg_desktop.ui.pages.entretien.page import EntretienPage

KEY = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier
NBSP = "\u00a0"


class Desk:
    """The page in a window, and a keyboard that counts."""

    def __init__(self, services: Services, session: Session, qtbot: QtBot) -> None:
        self.services, self.session, self.qtbot = services, session, qtbot
        self.hub = ChangesHub()
        self.pressed = 0
        self._open()

    def _open(self) -> None:
        self.page = EntretienPage(self.services, self.hub)
        self.page.resize(1084, 800)
        self.page.show()
        self.page.activateWindow()
        self.qtbot.waitUntil(self.page.isActiveWindow)

    @property
    def form(self) -> EntretienForm:
        assert self.page.form is not None
        return self.page.form

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.page, key, modifier)
        self.pressed += 1

    def type(self, words: str, *, counted: bool = True) -> None:
        for letter in words:
            target = QApplication.focusWidget()
            if letter.isascii():
                self.qtbot.keyClicks(target, letter)
            else:  # QTest knows no key for it, a French keyboard does
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QApplication.sendEvent(
                        target, QKeyEvent(kind, KEY.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
                    )
        self.pressed += len(words) if counted else 0

    def go(self, name: str) -> QWidget:
        """The field as a mouse would reach it."""
        self.form.enter(name)
        return self.form.fields()[name].widget

    def answer(self, name: str, words: str) -> None:
        """Replace what a field holds, as one does who comes with the Tab key."""
        self.go(name)
        if isinstance(QApplication.focusWidget(), QLineEdit):
            QApplication.focusWidget().selectAll()
        self.type(words)
        self.press(KEY.Key_Tab)

    def focused(self) -> str | None:
        """Name of the field that has the focus."""
        return next(
            (n for n, f in self.form.fields().items() if f.isAncestorOf(QApplication.focusWidget())), None
        )

    def press_button(self, key: Qt.Key, shown: Callable[[], object]) -> None:
        """The mnemonic of a button: Qt lets the button be seen pressed for a moment before it acts."""
        self.press(key, ALT)
        self.qtbot.waitUntil(lambda: bool(shown()))

    def texts(self) -> list[str]:
        """Every sentence on the page."""
        return [each.text() for each in self.page.findChildren(QLabel) if each.isVisible()]

    def says(self, words: str) -> bool:
        return any(words in text for text in self.texts())

    def button(self, words: str) -> QPushButton:
        (found,) = [
            each
            for each in self.page.findChildren(QPushButton)
            if each.isVisible() and without_mnemonic(each.text()) == words
        ]
        return found

    def recorded(self, dossier_id: int = 1) -> Entretien:
        """The last entretien of a dossier."""
        last = [e for e in self.services.dossiers.reread(dossier_id).evenements if e.kind == "entretien"]
        return self.services.entretiens.get(max(each.id for each in last))

    def restart(self) -> None:
        """The program dies and is started anew: nothing is flushed, the coffre is opened again."""
        self.close()
        vault = self.session.vault
        vault.close()
        self.session = open_session(vault.folder, vault.key, clock=self.services.clock)
        self.services = Services(self.session)
        self._open()

    def close(self) -> None:
        """The page goes without a word, its timers with it."""
        self.page.hide()
        self.page.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def hour_of(desk: Desk) -> str:
    """The hour on her watch."""
    return format_heure(desk.services.clock.now().astimezone().time())
