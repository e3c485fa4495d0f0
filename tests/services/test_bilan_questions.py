"""The questions kept in ``docs/lire-un-bilan.md`` find their answers on the first sheet of real files."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from iscg_desktop.domain.period import parse_period
from iscg_desktop.exports.bilan_notes import typographie
from tests.services.bilan_remis import hand_over, live
from tests.vie import TestClock, open_services

PAPER = Path(__file__).resolve().parents[2] / "docs" / "lire-un-bilan.md"


@pytest.fixture(scope="module")
def handed_over(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mapping[str, bytes], ...]:
    """The files of two quarters in a row."""
    folder = tmp_path_factory.mktemp("remis")
    services, session = open_services(folder, TestClock())
    made = []
    for code, women in (("2026-T2", 14), ("2026-T3", 20)):
        periode = parse_period(code)
        live(services, periode.debut, femme=women, homme=8)
        made.append(hand_over(services, periode, folder))
    session.vault.close()
    return tuple(made)


def questions() -> dict[str, list[str]]:
    """Each question and the sentences that answer it."""
    parts = re.split(r"^## (.+)$", PAPER.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return {
        question: re.findall(r"^> (.+)$", answer, flags=re.MULTILINE)
        for question, answer in zip(parts[::2], parts[1::2], strict=True)
    }


def first_sheet(files: Mapping[str, bytes]) -> str:
    """What a person reads there, a line for each row."""
    data = next(data for name, data in files.items() if name.endswith(".xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    rows = book.worksheets[0].iter_rows(values_only=True)
    return "\n".join(" : ".join(str(cell) for cell in row if cell is not None) for row in rows)


def told(files: Mapping[str, bytes], before: str) -> dict[str, Any]:
    """What the words between braces stand for, read in the JSON of the same bilan."""
    data = json.loads(next(data for name, data in files.items() if name.endswith(".json")))
    cells = {
        (table["univers"], *sorted(cell["cle"].items())): cell.get("valeur", "•")
        for table in data["tableaux"]
        for cell in table["cellules"]
    }
    share = next(one for one in data["indicateurs"] if one["code"] == "part_femmes")
    day = {name: "/".join(reversed(data["periode"][name].split("-"))) for name in ("debut", "fin")}
    return {
        **day,
        "code": data["periode"]["code"],
        "employeur": data["emetteur"]["employeur"],
        "emission": "/".join(reversed(data["date_emission"].split("-"))),
        "accueils": cells["accueils",],
        "dossiers": cells["dossiers",],
        "femmes": cells["accueils", ("sexe", "femme")],
        "part_femmes": f"{share['pour_mille'] / 10:.1f} %".replace(".", ",")
        if "pour_mille" in share
        else "•",
        "fictifs": len(data["preuve"]["fictifs"]),
        "predecesseurs": before,
    }


def test_there_are_ten_questions_or_more_and_each_has_an_answer() -> None:
    asked = questions()
    assert len(asked) >= 10
    assert all(asked.values())


def test_each_answer_is_on_the_first_sheet(handed_over: tuple[Mapping[str, bytes], ...]) -> None:
    first, second = handed_over
    digest = hashlib.sha256(first["bilan-2026-T2.json"]).hexdigest()
    for files, before in ((first, "aucun"), (second, digest)):
        sheet = typographie(first_sheet(files))
        words = told(files, before)
        for question, answers in questions().items():
            for answer in answers:
                assert typographie(answer.format(**words)) in sheet, question
