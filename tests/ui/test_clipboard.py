"""What was copied leaves the clipboard of a real screen by itself, at a lock, at the end; another's stays (S41)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fenetre import Ecran

pytestmark = [pytest.mark.fenetre, pytest.mark.exigence("S41")]

COPYING = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
from iscg_desktop.ui.clipboard import MARKS, ClipboardKeeper
app = QApplication([])
keeper = ClipboardKeeper(app, stays=int(sys.argv[1]))
line = QLineEdit("Quentin Pourquery")
line.show()
line.selectAll()
line.copy()
clipboard = app.clipboard()
found = clipboard.mimeData()
assert found.text() == "Quentin Pourquery"
for kind, value in MARKS.items():
    if "windows" not in kind:
        assert bytes(found.data(kind)) == value, kind
assert clipboard.text(clipboard.Mode.Selection) in ("", "Quentin Pourquery")
"""
EXPIRES = """
clipboard.dataChanged.connect(lambda: app.exit(3 if clipboard.text() else 0))
QTimer.singleShot(20_000, lambda: app.exit(4))
print("copied", flush=True)
sys.exit(app.exec())
"""
CLEARED = """
keeper.clear()
assert clipboard.text() == ""
assert clipboard.text(clipboard.Mode.Selection) == ""
"""
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
from iscg_desktop.ui.program import Program
from tests.vie import open_services
app = QApplication([])
program = Program(app, Path(sys.argv[1]) / "coffre")
program._on_unlocked(open_services(Path(sys.argv[1]))[1])
line = QLineEdit("Quentin Pourquery")
line.selectAll()
line.copy()
clipboard = app.clipboard()
assert clipboard.text() == "Quentin Pourquery"
said = []
program.locked.connect(lambda: said.append(clipboard.text()))
app.aboutToQuit.connect(lambda: said.append(clipboard.text()))
if sys.argv[2] == "lock":
    program.lock()
else:
    QTimer.singleShot(0, app.quit)
    app.exec()
assert said == [""], said
"""
WAITING = """
print("copied", flush=True)
sys.stdin.readline()
for _ in range(50):
    app.processEvents()
assert clipboard.text() == "d'un autre", clipboard.text()
keeper.clear()
assert clipboard.text() == "d'un autre", clipboard.text()
"""
OTHER = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
app.clipboard().setText("d'un autre")
app.processEvents()
print("copied", flush=True)
app.exec()
"""


def test_what_was_copied_bears_the_marks_and_goes_by_itself(ecran: Ecran) -> None:
    done = ecran.run_script(COPYING + EXPIRES, "300")
    assert (done.returncode, done.stderr) == (0, "")


def test_it_is_emptied_at_once_when_asked(ecran: Ecran) -> None:
    done = ecran.run_script(COPYING + CLEARED, "20000")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("end", ["lock", "quit"])
def test_a_lock_and_the_end_empty_it(ecran: Ecran, tmp_path: Path, end: str) -> None:
    done = ecran.run_script(PROGRAM, str(tmp_path), end)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_another_program_put_there_stays(ecran: Ecran) -> None:
    with talking(ecran, COPYING + WAITING, "20000") as ours, talking(ecran, OTHER):
        ours.stdin.write("look\n")
        ours.stdin.flush()
        assert ours.wait(timeout=30) == 0


def test_twenty_seconds_are_left_to_paste() -> None:
    from iscg_desktop.ui.clipboard import STAYS

    assert STAYS == 20_000


@contextmanager
def talking(ecran: Ecran, source: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A script that copied something, and waits for a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", source, *arguments], env=ecran.environment,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout.readline() == "copied\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()
