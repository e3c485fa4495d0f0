"""A morning at the desk in a process of its own, every word of it a canary: python -m tests.ui.seance FOLDER [HOW].

It goes to every page, fills every form, has documents drawn, copies, undoes, then ends as told: by the lock, or killed
in the middle. Every file that Python opens to write is printed, for the test to look into.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iscg_desktop.ui.application import make_application
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.tasks import TaskRunner
from tests.ui.canaris import fill
from tests.ui.chemins import ways
from tests.vie import open_services

_PAUSE = 60  # ms on each page: a preview drawn, a draft kept, a word checked
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def main(folder: Path, end: str) -> None:
    """Live the morning in a coffre of ``folder``."""
    app, _ = make_application(["iscg-desktop"])
    services, _ = open_services(folder)
    given = folder / "recu"  # what she was sent is hers to keep or to throw away
    given.mkdir()
    places = fill(services, given)
    tasks = TaskRunner()
    desk = Desk(services, tasks)
    desk.show()
    sys.addaudithook(_tell)
    for go in ways(desk, places, given).values():
        go()
        QTest.qWait(_PAUSE)
        focused = app.focusWidget()
        if focused is not None:
            QTest.keyClicks(focused, "Canarifrappe")
            for key in (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_Z):
                QTest.keyClick(focused, key, Qt.KeyboardModifier.ControlModifier)
    if end == "tue":
        os._exit(0)
    desk.close()
    tasks.close()
    QApplication.processEvents()


def _tell(event: str, arguments: tuple[object, ...]) -> None:
    if event != "open":
        return
    path, mode, flags = arguments
    writes = (isinstance(mode, str) and set(mode) & set("wax+")) or (
        isinstance(flags, int) and flags & _WRITES
    )
    if writes and isinstance(path, str | bytes | os.PathLike):
        os.write(1, os.fsencode(path) + b"\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
