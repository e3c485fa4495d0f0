"""Her hands over the week: what she presses, what she waits for, what she keeps of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from iscg_desktop.services import coffre as services_coffre
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.services import Services
from iscg_desktop.ui import printing
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.mnemonics import without_mnemonic
from iscg_desktop.ui.program import Program
from iscg_desktop.ui.widgets.line import Line
from tests.coffres import PASSPHRASE
from tests.fenetre import photograph
from tests.walk.script import Hands

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
_FAR = 60
"""Presses of Tab after which a thing is out of reach."""


class Semaine:
    """The program over a coffre, its day, its printer, and the hands at its keyboard.

    Attributes:
        jour: The day that the program believes it is.
        folder: Where pictures and printed documents go.
        tabs: Presses of Tab it took to reach each thing that has no key of its own.
    """

    def __init__(self, app: QApplication, coffre: Path, folder: Path, jour: date) -> None:
        self.jour, self.folder = jour, folder
        self.heure = time(9, 0)
        self.tabs: dict[str, int] = {}
        self._app, self._hands = app, Hands(app)
        self._paper = folder / "papier.pdf"
        clock = Clock(today=lambda: self.jour, now=self._now)
        services_coffre.Clock = lambda: clock  # type: ignore[assignment,misc]
        printing._chosen = self._choose_printer  # type: ignore[assignment]
        self._paint, printing.paint_pdf = printing.paint_pdf, self._keep_and_paint  # type: ignore[assignment]
        self._coffre = coffre
        self._begin()

    def _begin(self) -> None:
        """The program as a new process would start it."""
        self._program = Program(self._app, self._coffre)
        self._program.locked.connect(self._on_locked)

    def _on_locked(self) -> None:
        """In the place of the process that ends."""
        self._begin()
        self._program.show_gate()

    @property
    def desk(self) -> Desk:
        """The open coffre."""
        assert self._program.desk is not None
        return self._program.desk

    @property
    def services(self) -> Services:
        """What the coffre holds, to be asked afterwards."""
        return self.desk.services

    def _now(self) -> datetime:
        return datetime.combine(self.jour, self.heure).astimezone()

    # The day.

    def ouvrir(self, jour: date) -> None:
        """Come in the morning of a day: the passphrase, then the day's page."""
        self.jour = jour
        self._program.show_gate()
        self.reprendre()

    def reprendre(self) -> None:
        """Type the passphrase at the gate."""
        gate = next(w for w in self._app.topLevelWidgets() if w.isVisible())
        self._hands.come_to(gate)
        self.attendre(lambda: self._app.focusWidget() is not None, "the passphrase field")
        self.ecrire(PASSPHRASE)
        self.touche(Qt.Key.Key_Return)
        self.attendre(lambda: self._program.desk is not None, "the desk")
        self.attendre(lambda: self.desk.window.current_page() is not None, "the day's page")
        self._hands.come_to(self.desk.window)

    def verrouiller(self) -> None:
        """Ctrl+L, until the gate of the next program shows."""
        before = self._program
        self.touche(Qt.Key.Key_L, CONTROL)
        self.attendre(lambda: self._program is not before, "the gate")

    def fermer(self) -> None:
        """End the program."""
        self._app.quit()

    # The keyboard.

    def touche(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, wherever the keyboard is."""
        target = self._app.activePopupWidget() or self._app.focusWidget() or self._program_window()
        QTest.keyClick(target, key, modifier)

    def _program_window(self) -> QWidget:
        return self.desk.window

    def alt(self, letter: str) -> None:
        """Alt and a letter or a digit."""
        self.touche(Qt.Key(ord(letter.upper())), ALT)

    def ctrl(self, letter: str) -> None:
        """Ctrl and a letter."""
        self.touche(Qt.Key(ord(letter.upper())), CONTROL)

    def ctrl_maj(self, letter: str) -> None:
        """Ctrl, Shift and a letter."""
        self.touche(Qt.Key(ord(letter.upper())), CONTROL | SHIFT)

    def aller_a(self, widget: QWidget) -> None:
        """Press Tab until the keyboard is there."""
        self.jusque(Qt.Key.Key_Tab, widget.hasFocus, widget.accessibleName())

    def entree(self) -> None:
        """Enter."""
        self.touche(Qt.Key.Key_Return)

    def ecrire(self, words: str) -> None:
        """Type where the keyboard is."""
        self._hands.write(self._app.focusWidget(), words)

    def dicter(self, *answers: str) -> None:
        """Type answers in a row, each followed by Enter, as on the line of the saisines."""
        for words in answers:
            self.ecrire(words)
            self.entree()

    def espace(self) -> None:
        """Space: presses the button on which the keyboard is."""
        self.touche(Qt.Key.Key_Space)

    def dicter_tab(self, *answers: str) -> None:
        """Type answers in a row, with a Tab between them."""
        for rank, words in enumerate(answers):
            if rank:
                self.touche(Qt.Key.Key_Tab)
            self.ecrire(words)

    def remplir(self, page: QWidget) -> Callable[[str, str], None]:
        """Type in the fields of a page by their names."""
        return lambda name, words: self._hands.type(name, words, page)

    def aller(self, words: str, within: QWidget | None = None) -> None:
        """Press Tab until the keyboard is on a button or a line that says this."""
        for count in range(_FAR):
            here = self._app.focusWidget()
            inside = within is None or (here is not None and within.isAncestorOf(here))
            if here is not None and inside and words in _said(here):
                self.tabs[words] = count
                return
            QTest.keyClick(here or self._program_window(), Qt.Key.Key_Tab)
        self.photo("echec")
        sys.exit(f"out of reach of {_FAR} Tab: {words}")

    def jusque(self, key: Qt.Key, reached: Callable[[], bool], what: str) -> None:
        """Press a key until something is so."""
        for _ in range(_FAR):
            if reached():
                return
            self.touche(key)
        self.photo("echec")
        sys.exit(f"out of reach: {what}")

    def attendre(self, happened: Callable[[], bool], what: str) -> None:
        """Wait for what comes by itself."""
        for _ in range(600):
            if happened():
                return
            QTest.qWait(20)
        self.photo("echec")
        sys.exit(f"never came: {what}")

    def voir(self, page: str) -> None:
        """Wait until a page is shown."""
        self.attendre(lambda: self.desk.window.current_page() == page, f"the page {page}")

    # What is kept.

    def photo(self, name: str) -> None:
        """Photograph the window."""
        if self._program.desk is not None:
            QTest.qWait(150)
            photograph(self.desk.window, str(self.folder / f"{name}.png"))

    @contextmanager
    def papier(self, name: str) -> Iterator[None]:
        """What is printed meanwhile is kept under a name; it must be printed."""
        self._paper = self.folder / f"{name}.pdf"
        yield
        self.attendre(self._paper.exists, f"the paper of {name}")

    def _choose_printer(self, printer: QPrinter, _parent: QWidget) -> bool:
        """In place of the dialog of the system: a printer that draws into a file, coarsely."""
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self._paper.with_suffix(".dessin.pdf")))
        printer.setResolution(40)
        return True

    def _keep_and_paint(self, printer: QPrinter, pdf: bytes) -> Iterator[int]:
        self._paper.write_bytes(pdf)
        yield from self._paint(printer, pdf)


def _said(widget: QWidget) -> str:
    """What a widget says of itself."""
    if isinstance(widget, QAbstractButton):
        return f"{without_mnemonic(widget.text())} {widget.accessibleName()}"
    return widget.accessibleName() if isinstance(widget, Line) or widget.accessibleName() else ""
