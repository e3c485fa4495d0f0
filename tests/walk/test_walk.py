"""The whole life of an entretien, in a real window: keystroke, draft, coffre, fiche, bilan file."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage

from iscg_desktop.paths import resources
from tests.fenetre import Ecran, colours
from tests.vie import open_services
from tests.walk import script


@pytest.mark.fenetre
@pytest.mark.timeout(180)
def test_from_the_first_keystroke_to_the_bilan_file(ecran: Ecran, tmp_path: Path) -> None:
    _, session = open_services(tmp_path)
    session.vault.close()
    source = Path(script.__file__).read_text(encoding="utf-8")
    done = ecran.run_script(source, str(tmp_path / "coffre"), str(tmp_path), timeout=170)
    assert done.returncode == 0, done.stderr
    for page in ("aujourdhui", "entretien", "fiche", "bilan"):
        assert colours(QImage(str(tmp_path / f"{page}.png"))) > 20, page
    text = " ".join("".join(p.extract_text() for p in PdfReader(tmp_path / "fiche.pdf").pages).split())
    assert script.RECIT in text
    assert "Quéméneur" in text
    assert "CDAS de Vallière" in text
    (bilan,) = tmp_path.glob("bilan-*.json")
    data = json.loads(bilan.read_text(encoding="utf-8"))
    jsonschema.validate(
        data, json.loads((resources() / "bilan" / "schema-bilan-1.json").read_text(encoding="utf-8"))
    )
    # One dossier in the quarter: every figure is small, none may be printed.
    assert {"valeur" in cell for table in data["tableaux"] for cell in table["cellules"]} == {False}
    assert "Quéméneur" not in bilan.read_text(encoding="utf-8")
