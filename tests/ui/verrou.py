"""Played inside a real program by tests of the lock: she unlocks, types in an entretien, waits to be told to lock.

Run in a process of its own: ``python -c … COFFRE WORDS``. It says « prêt » once the words are in the draft; then each
line it reads is a key to press, and it answers with the moment it pressed it, then with the one at which the screen
was told: a process that is replaced never says that.
"""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iscg_desktop.ui.program import Program, run_window
from tests.coffres import PASSPHRASE
from tests.walk.script import Hands

KEYS = {
    "verrouiller": (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier),
    "voiler": (Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier),
    "discret": (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier),
}


class _Orders(QObject):
    """Brings each line of the standard input to the window's thread."""

    came = Signal(str)

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self.came.connect(self._on_came)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self.came.emit(line.strip())

    @Slot(str)
    def _on_came(self, order: str) -> None:
        target = QApplication.focusWidget() or self._program.desk.window
        print(time.monotonic(), flush=True)
        QTest.keyClick(target, *KEYS[order])
        QApplication.processEvents()  # drawn
        print(time.monotonic(), flush=True)


def type_in_an_entretien(program: Program, words: str) -> None:
    """From the gate to words half-typed in the notes of a new entretien."""
    app = QApplication.instance()
    hands = Hands(app)
    hands.come_to(program._gate)
    hands.wait_for(lambda: app.focusWidget() is not None, "the passphrase field")
    hands.write(app.focusWidget(), PASSPHRASE)
    hands.press(Qt.Key.Key_Return)
    hands.wait_for(lambda: program.desk is not None, "the desk")
    desk = program.desk
    hands.come_to(desk.window)
    hands.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page = desk.entretien
    hands.wait_for(lambda: page.isVisible() and page.form is not None, "the entretien")
    page.form.enter("notes_de_travail")
    hands.write(app.focusWidget(), words)
    hands.wait_for(lambda: len(desk.services.brouillons.all()) == 1, "the draft in the coffre")


def play(coffre: Path, words: str) -> int:
    """The program itself, with hands in it."""
    show_gate = Program.show_gate

    def begin(program: Program) -> None:
        type_in_an_entretien(program, words)
        program.orders = _Orders(program)
        print("prêt", flush=True)

    def show_and_begin(program: Program) -> None:
        show_gate(program)
        QTimer.singleShot(0, lambda: begin(program))

    Program.show_gate = show_and_begin
    return run_window(coffre)


if __name__ == "__main__":
    sys.exit(play(Path(sys.argv[1]), sys.argv[2]))
