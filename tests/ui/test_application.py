"""The application is dressed, speaks French and names nobody; shown for real it keeps its proportions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.fenetre import Ecran, colours

DRESSED = """
import gc
from PySide6.QtCore import QCoreApplication, QLocale
from iscg_desktop.ui.application import make_application
app, theme = make_application(["iscg-desktop"])
print(app.font().family())
print(QCoreApplication.translate("QPlatformTheme", "Cancel"))
print(QLocale().name())
print(app.applicationDisplayName())
print(app.applicationName(), app.organizationName() or "-")
print(gc.isenabled())  # by itself, in any thread
"""

SHOWN = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.fenetre import photograph
from tests.ui.gallery import MultiTypeAhead, TypeAhead, make_application, window
app, theme = make_application(["iscg-desktop"])
theme.choose("clair")
shown = window(900, 560)
shown.show()
shown.show_page("dossiers")
QTest.qWaitForWindowExposed(shown)
field = shown.page("dossiers").findChildren(TypeAhead)[2]
field.setFocus()
field.selectAll()
QTest.keyClicks(field, "conf conj")
photograph(shown, sys.argv[1])
QTest.keyClick(field, Qt.Key.Key_Return)
print(field.value(), shown.devicePixelRatioF())
"""


def test_the_application_is_dressed_and_speaks_french():
    done = subprocess.run(
        [sys.executable, "-c", DRESSED], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:6] == [
        "Noto Sans",
        "Annuler",
        "fr_FR",
        "ISCG Desktop",
        "iscg-desktop -",
        "False",
    ]


@pytest.mark.fenetre
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_real_window_at_the_scale_of_the_screen(ecran: Ecran, tmp_path: Path, scale: float):
    picture = tmp_path / "page.png"
    done = ecran.run_script(SHOWN, str(picture), scale=scale)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["conflit_conjugal", str(scale)]
    image = QImage(str(picture))
    assert (image.width(), image.height()) == pytest.approx((900 * scale, 560 * scale), abs=6)
    assert colours(image) > 20
