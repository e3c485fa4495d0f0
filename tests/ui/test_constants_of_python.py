"""The program outlives the references PySide6 takes away under Python 3.11."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import sys
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget
if sys.argv[1] == "protege":
    import iscg_desktop.ui

class Source(QObject):
    said = Signal(bool)

app = QApplication([])
widget, source = QWidget(), Source()
for _ in range(100_000):
    widget.update()
    source.said.emit(True)
print("vivant", flush=True)
"""


def _run(how: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, how], capture_output=True, text=True, check=False, timeout=60
    )


def test_a_long_day_of_calls_does_not_end_the_program():
    done = _run("protege")
    assert (done.returncode, done.stdout) == (0, "vivant\n"), done.stderr


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="constants cannot die from Python 3.12 on")
def test_the_protection_is_still_needed():
    """When this fails, PySide6 is mended: the protection and this file can go."""
    done = _run("nu")
    assert done.returncode != 0
    assert "deallocating" in done.stderr
