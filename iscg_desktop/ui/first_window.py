"""One window per coffre: a second start finds the first one, has it come forward, and ends."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
import threading
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

_COME = b"devant"
_HERE = b"ici"
_PATIENCE = 0.7  # seconds to wait for an answer: a second start is refused within one


def address(coffre: Path) -> str:
    """Where the window over a coffre is asked for; says nothing of the coffre's place."""
    name = f"iscg-{hashlib.sha256(os.fsencode(coffre.absolute())).hexdigest()[:20]}"
    if sys.platform == "win32":
        return rf"\\.\pipe\{name}"
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return str(folder / f"{name}-{os.getuid()}")


def ask_to_come_forward(coffre: Path) -> bool:
    """Whether a window over that coffre was there, and now comes forward."""
    try:
        with Client(address(coffre)) as asked:
            asked.send_bytes(_COME)
            return bool(asked.poll(_PATIENCE)) and asked.recv_bytes(len(_HERE)) == _HERE
    except (OSError, EOFError):
        return False


class FirstWindow(QObject):
    """Answers those who ask, for as long as it is kept.

    A failure to listen is no harm: the coffre itself refuses to be opened twice.

    Signals:
        asked: Somebody started the program on this coffre again.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listener: Listener | None = None

    @Slot(object)
    def listen(self, coffre: Path) -> None:
        """Answer those who ask for a window over this coffre, and no other."""
        self.close()
        place = address(coffre)
        try:
            if sys.platform != "win32":
                Path(place).unlink(missing_ok=True)  # left by a crash: nobody answers there
            self._listener = Listener(place)
        except OSError:
            return
        threading.Thread(target=self._listen, args=(self._listener,), daemon=True).start()

    def close(self) -> None:
        """Answer no more."""
        if self._listener is not None:
            with contextlib.suppress(OSError):
                self._listener.close()
            self._listener = None

    def _listen(self, listener: Listener) -> None:
        while True:
            try:
                with listener.accept() as asking:
                    self._answer(asking)
            except (OSError, EOFError):
                if self._listener is not listener:
                    return

    def _answer(self, asking: Connection) -> None:
        if asking.poll(_PATIENCE) and asking.recv_bytes(len(_COME)) == _COME:
            self.asked.emit()
            asking.send_bytes(_HERE)


def bring_forward(window: QWidget) -> None:
    """Show a window before the others, or have the desktop point at it where that is not allowed."""
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)
