"""The screen of the tests really shows windows, and is empty without them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from tests.fenetre import Ecran, colours

WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit
from PySide6.QtTest import QTest
from tests.fenetre import photograph
app = QApplication(sys.argv)
window = QLineEdit()
window.setStyleSheet("background: #12ab34; color: #12ab34; border: none")
window.resize(400, 100)
window.show()
window.activateWindow()
assert QTest.qWaitForWindowActive(window)
QTest.keyClicks(window, "bonjour")
assert window.text() == "bonjour"
photograph(window, sys.argv[1])
"""

STAYS_OPEN = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(sys.argv)
window = QLabel("bonjour")
window.setStyleSheet("background: #12ab34")
window.resize(400, 100)
window.show()
app.exec()
"""

GREEN = QColor("#12ab34")


@pytest.mark.fenetre
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_script_shows_its_window_and_photographs_it(ecran: Ecran, tmp_path: Path, scale: float) -> None:
    picture = tmp_path / "window.png"
    result = ecran.run_script(WINDOW, str(picture), scale=scale)
    assert result.returncode == 0, result.stderr
    image = QImage(str(picture))
    assert image.width() == 400 * scale
    assert image.pixelColor(image.width() - 5, image.height() // 2) == GREEN


@pytest.mark.fenetre
def test_a_program_is_photographed_from_outside(ecran: Ecran, tmp_path: Path) -> None:
    assert colours(QImage(str(ecran.photograph(tmp_path / "empty.png")))) == 1
    with ecran.start("-c", STAYS_OPEN) as program:
        ecran.photograph_when(lambda image: image.pixelColor(390, 5) == GREEN, tmp_path / "window.png")
        assert program.poll() is None
    assert program.poll() is not None
    ecran.photograph_when(lambda image: colours(image) == 1, tmp_path / "empty.png")
