"""Screen, JSON, workbook and report tell the same figures: each read from the very files that were handed over."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import openpyxl
import pytest

from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.disclosure.shares import pour_mille
from iscg_desktop.documents.bilan_contenu import effectif, pourcentage
from iscg_desktop.domain.period import parse_period
from iscg_desktop.services.bilan_fichiers import references_of
from iscg_desktop.services.services import Services
from tests.documents.lecture import pages, squashed
from tests.services.bilan_remis import hand_over, live
from tests.vie import TestClock, open_services

T2, T3 = parse_period("2026-T2"), parse_period("2026-T3")


@pytest.fixture(scope="module")
def remis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Services, Mapping[str, bytes]]]:
    """A coffre with two quarters handed over, and the files of the second."""
    folder = tmp_path_factory.mktemp("remis")
    services, session = open_services(folder, TestClock())
    live(services, date(2026, 5, 4), femme=15, homme=9)
    hand_over(services, T2, folder)
    live(services, date(2026, 8, 3), femme=22, homme=8, autre=1)
    with session.transaction() as tx:
        tx.recits.keep(T3.code, "Une permanence s’est ouverte.", date(2026, 10, 1))
        tx.commit()
    assert [reference.libelle for reference in references_of(session, T3)] == ["2e trimestre 2026"]
    files = hand_over(services, T3, folder)
    yield services, files
    session.vault.close()


def printed(bilan: ProtectedBilan) -> dict[tuple[str, tuple[tuple[str, str], ...]], str]:
    """What the screen shows of each cell of each table."""
    return {
        (table.code, tuple(sorted(cell.cle))): effectif(cell.valeur)
        for table in bilan.tables
        for cell in table.cellules
    }


def in_json(data: bytes) -> dict[tuple[str, tuple[tuple[str, str], ...]], str]:
    return {
        (table["code"], tuple(sorted(cell["cle"].items()))): str(cell.get("valeur", "•"))
        for table in json.loads(data)["tableaux"]
        for cell in table["cellules"]
    }


def in_workbook(data: bytes) -> dict[tuple[str, tuple[tuple[str, str], ...]], str]:
    heads, *rows = openpyxl.load_workbook(io.BytesIO(data))["Chiffres"].iter_rows(values_only=True)
    depth = (len(heads) - 5) // 3

    def cle(row: tuple[Any, ...]) -> tuple[tuple[str, str], ...]:
        pairs = [(row[3 + 3 * rank], row[4 + 3 * rank]) for rank in range(depth)]
        return tuple(sorted((str(code), str(value)) for code, value in pairs if code))

    return {(str(row[0]), cle(row)): str(row[-2]) for row in rows}


def test_every_figure_is_the_same_on_screen_in_json_and_in_the_workbook(
    remis: tuple[Services, Mapping[str, bytes]],
) -> None:
    services, files = remis
    shown = printed(services.bilans.protected(T3))
    assert shown == in_json(files["bilan-2026-T3.json"])
    assert shown == in_workbook(files["bilan-2026-T3.xlsx"])
    assert {"•"} < set(shown.values())


def test_every_figure_of_the_report_is_that_of_the_screen(
    remis: tuple[Services, Mapping[str, bytes]],
) -> None:
    services, files = remis
    told = "".join(squashed(page) for page in pages(files["bilan-2026-T3-rapport.pdf"]))
    bilan = services.bilans.protected(T3)
    place = told.index("Chaquenombrecompte")
    for table in bilan.tables:
        if not table.dimensions:
            continue
        place = told.index(f"{squashed(table.numerateur)}.Total:", place)
        after = told.find("Chaquenombrecompte", place)
        words = {(d.code, c.code): c.libelle for d in table.dimensions for c in d.categories}
        for cell in table.cellules:
            share = pourcentage(pour_mille(cell.valeur, table.valeur())) if cell.cle else ""
            label = " – ".join(words[pair] for pair in cell.cle) or "Total"
            row = squashed(f"{label}{effectif(cell.valeur)}{share}")
            place = told.find(row, place)
            assert place >= 0, row
            assert place < after or after < 0, row
            place += len(row)


def test_the_narrative_goes_into_the_report_and_nowhere_else(
    remis: tuple[Services, Mapping[str, bytes]],
) -> None:
    _, files = remis
    said = "Une permanence s’est ouverte."
    for name, data in files.items():
        if name.endswith(".pdf"):
            assert (said in "".join(pages(data))) is ("rapport" in name)
        elif name.endswith(".json"):
            assert said not in data.decode()
        else:
            book = openpyxl.load_workbook(io.BytesIO(data))
            cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
            assert said not in cells


def test_all_files_are_in_the_coffre_before_one_is_written(
    remis: tuple[Services, Mapping[str, bytes]],
) -> None:
    services, files = remis
    assert {item.nom: item.octets for item in services.bilans.files(T3)} == files
    assert sorted(files) == [
        "bilan-2026-T3-rapport.pdf",
        "bilan-2026-T3-tableau-de-bord.pdf",
        "bilan-2026-T3.json",
        "bilan-2026-T3.xlsx",
    ]


def test_the_workbook_and_the_report_compare_with_what_was_handed_over_before(
    remis: tuple[Services, Mapping[str, bytes]],
) -> None:
    services, files = remis
    book = openpyxl.load_workbook(io.BytesIO(files["bilan-2026-T3.xlsx"]))
    total = next(row for row in book["Comparaison"].iter_rows(values_only=True) if row[0] == "Total")
    now = services.bilans.protected(T3).table("sexe").valeur()
    before = services.bilans.protected(T2).table("sexe").valeur()
    assert (now, before) == (31, 24)
    assert total == ("Total", 31, 24, 7)
    told = "".join(squashed(page) for page in pages(files["bilan-2026-T3-rapport.pdf"]))
    assert "Personnesaccueillies3124+7" in told
