"""Plural forms come from the catalogue: « 1 dossier trouvé », never « 1 dossier(s) trouvé(s) »."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import PySide6
from preparation import translations

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "translations" / "iscg_fr.ts"
QT = Path(PySide6.__file__).parent

SPOKEN = """
from PySide6.QtCore import QCoreApplication
from iscg_desktop.ui.application import make_application
app, theme = make_application(["iscg-desktop"])
for number in (0, 1, 2):
    print(QCoreApplication.translate("DossiersPage", "%n dossier(s) trouvé(s)", "", number))
"""


def plural_forms(catalogue: Path) -> dict[tuple[str, str], list[str]]:
    """Page and words with a number -> their forms, the empty ones left out."""
    return {
        (context.findtext("name", ""), message.findtext("source", "")): [
            form.text for form in message.iter("numerusform") if form.text
        ]
        for context in ET.parse(catalogue).iter("context")  # noqa: S314 - made here by Qt's own tool
        for message in context.iter("message")
    }


def test_all_words_with_a_number_have_their_two_forms(tmp_path: Path) -> None:
    found = tmp_path / "found.ts"
    sources = tmp_path / "sources.lst"
    sources.write_text("\n".join(map(str, sorted((ROOT / "iscg_desktop/ui").rglob("*.py")))), "utf-8")
    tool = QT / ("lupdate.exe" if os.name == "nt" else "lupdate")
    subprocess.run(
        [str(tool), "-silent", "-pluralonly", "-target-language", "fr_FR", f"@{sources}", "-ts", str(found)],
        check=True, capture_output=True,
    )  # fmt: skip
    shipped = plural_forms(CATALOGUE)
    assert shipped.keys() == plural_forms(found).keys()
    assert [words for words, forms in shipped.items() if len(forms) != 2] == []


def test_the_window_speaks_them() -> None:
    translations.compile_stale(ROOT / "translations", QT.parent)
    done = subprocess.run(
        [sys.executable, "-c", SPOKEN], capture_output=True, text=True, check=False, timeout=60, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["0 dossier trouvé", "1 dossier trouvé", "2 dossiers trouvés"]
