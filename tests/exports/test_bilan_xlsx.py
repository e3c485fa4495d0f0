"""The workbook tells the same figures as the JSON, and nothing about who made it or when."""

from __future__ import annotations

import dataclasses
import functools
import io
import itertools
import json
import re
import zipfile
from typing import Any

import openpyxl
import pytest

from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.tables import Category, Dimension
from iscg_desktop.exports import bilan_json, bilan_xlsx
from iscg_desktop.exports.bilan_file import BilanFile, Emetteur
from tests.disclosure.registers import grid, line, partition, quarter, shape
from tests.exports.bilans import bilan_of, share, usual

CASES = ("none", "tiny", "usual", "cross")


@functools.cache
def case_of(case: str) -> BilanFile:
    if case == "cross":
        numbers = [[9, 3], [20, 30], [8, 40]]
        crossed = grid(shape("x", partition("a", 3), partition("b", 2)), numbers)
        return bilan_of(TableSystem([*quarter(100).tables, crossed]))
    return usual({"none": 0, "tiny": 12, "usual": 100}[case])


def book_of(bilan: BilanFile) -> Any:
    return openpyxl.load_workbook(io.BytesIO(bilan_xlsx.render(bilan)))


def rows_of(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


@pytest.mark.parametrize("case", CASES)
def test_every_figure_is_that_of_the_json(case: str) -> None:
    bilan = case_of(case)
    document = json.loads(bilan_json.render(bilan))
    heads, *rows = rows_of(book_of(bilan)["Chiffres"])
    depth = (len(heads) - 5) // 3
    told = [
        (row[0], {row[3 + 3 * n]: row[4 + 3 * n] for n in range(depth) if row[3 + 3 * n]}, row[-2], row[-1])
        for row in rows
    ]
    expected = [
        (table["code"], cell["cle"], cell.get("valeur", "•"), "oui" if "masque" in cell else "non")
        for table in document["tableaux"]
        for cell in table["cellules"]
    ]
    assert told == expected


@pytest.mark.parametrize("case", CASES)
def test_tables_for_the_eye_hold_the_same_figures(case: str) -> None:
    bilan = case_of(case)
    rows = iter(rows_of(book_of(bilan)["Tableaux"]))
    for table in bilan.bilan.tables:
        assert next(rows)[0] == table.titre
        assert table.denominateur in next(rows)[0]
        assert table.unite in next(rows)[1]
        total = table.valeur()
        for cell in table.cellules:
            row = next(rows)
            assert row[1] == ("•" if cell.valeur is None else cell.valeur)
            if not cell.cle:
                assert row[0] == "Total"
            elif cell.valeur is None or total is None:
                assert row[2] == "•"
            else:
                assert row[2] == pytest.approx(cell.valeur / total, abs=0.0005001)
        next(rows, None)


def test_shares_are_those_of_the_json() -> None:
    bilan = case_of("usual")
    rows = rows_of(book_of(bilan)["Indicateurs"])[1:]
    told = [(row[0].split(" (")[0], row[1]) for row in rows]
    shares = json.loads(bilan_json.render(bilan))["indicateurs"]
    assert told == [
        (one["libelle"], one["pour_mille"] / 1000 if "pour_mille" in one else "•") for one in shares
    ]
    assert any(row[1] == "•" for row in rows)
    assert "peut dépasser 100" in rows[-1][0]


@pytest.mark.parametrize("case", CASES)
def test_charts_draw_printed_figures_only(case: str) -> None:
    """A spreadsheet draws a text as 0: a mask in the range of a chart would be told as a zero."""
    bilan = case_of(case)
    book = book_of(bilan)
    sheet = book["Graphiques"]
    labelled = [
        (table, [cell.valeur for cell in table.cellules if cell.cle and cell.valeur is not None])
        for table in bilan.bilan.tables
        if len(table.dimensions) == 1
    ]
    drawn = [(table, shown) for table, shown in labelled if len(shown) >= 2]
    assert len(sheet._charts) == len(drawn)
    for chart, (table, shown) in zip(sheet._charts, drawn, strict=True):
        (series,) = chart.series
        first, last = re.findall(r"\$B\$(\d+)", series.val.numRef.f)
        values = [sheet.cell(row, 2).value for row in range(int(first), int(last) + 1)]
        assert values == shown
        assert [float(point.v) for point in series.val.numRef.numCache.pt] == shown
        title = "".join(run.t for run in chart.title.tx.rich.p[0].r)
        masked = sum(cell.valeur is None for cell in table.cellules if cell.cle)
        assert title.startswith(table.titre)
        assert (f"({masked} effectif" in title) is bool(masked)


@pytest.mark.parametrize("case", CASES)
def test_no_chart_is_cut_between_two_printed_pages(case: str) -> None:
    sheet = book_of(case_of(case))["Graphiques"]
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage, "a sheet fitted to the page ignores its breaks"
    breaks = [one.id for one in sheet.row_breaks.brk]
    pages = [*itertools.pairwise((0, *breaks)), (breaks[-1] if breaks else 0, None)]
    ends = []
    for chart in sheet._charts:
        top, bottom = chart.anchor._from.row, chart.anchor.to.row
        ends.append(bottom)
        assert not any(top < line <= bottom for line in breaks)
    for first, last in pages:
        lines = range(first, last or max(ends, default=0) + 1)
        points = sum(sheet.row_dimensions[line + 1].height or 15 for line in lines)
        assert points * sheet.page_setup.scale / 100 <= 842 - 2 * 54


def test_descriptions_of_charts_say_printed_figures_only() -> None:
    bilan = case_of("usual")
    with zipfile.ZipFile(io.BytesIO(bilan_xlsx.render(bilan))) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    descriptions = re.findall(r'descr="([^"]+)"', drawing)
    assert len(descriptions) == len(book_of(bilan)["Graphiques"]._charts)
    printed = {str(value) for value in bilan.bilan.figures().values() if value is not None}
    for description in descriptions:
        figures = re.findall(r" (\d+)(?:;|$)", description)
        assert figures
        assert set(figures) <= printed


def test_the_first_sheet_is_for_a_person() -> None:
    bilan = case_of("usual")
    book = book_of(bilan)
    assert book.sheetnames == ["Lisez-moi", "Indicateurs", "Tableaux", "Graphiques", "Chiffres"]
    assert book.active.title == "Lisez-moi"
    rows = rows_of(book["Lisez-moi"])
    text = "\n".join(str(value) for row in rows for value in row if value is not None)
    for said in (
        "1er trimestre 2026",
        "du 01/01/2026 au 31/03/2026",
        "03/04/2026",
        "Association Exemple",
        "méthode 1, seuil k = 5",
        *bilan.notes,
    ):
        assert said in text
    totals = [(cell, valeur) for cell, valeur in bilan.bilan.figures().items() if not cell.cle]
    start = next(rank for rank, row in enumerate(rows) if row[0] == "Ce qui est compté") + 1
    told = [row[1] for row in rows[start : start + len(totals)]]
    assert sorted(map(str, told)) == sorted("•" if valeur is None else str(valeur) for _, valeur in totals)


def test_earlier_bilans_are_named() -> None:
    earlier = ("a" * 64, "b" * 64)
    rows = rows_of(book_of(dataclasses.replace(case_of("usual"), predecesseurs=earlier))["Lisez-moi"])
    assert rows[-1][1] == "\n".join(earlier)
    assert rows_of(book_of(case_of("usual"))["Lisez-moi"])[-1][1] == "aucun"


TRAPS = [
    "=1+1",
    "+33",
    "-2",
    "@SUM(A1)",
    '=HYPERLINK("http://exemple.invalid")',
    "{=1}",
    "12",
    "http://exemple.invalid",
]


@pytest.mark.parametrize("trap", TRAPS)
def test_a_text_is_never_a_formula_a_link_or_a_number(trap: str) -> None:
    dimension = Dimension(
        "tranche_age", trap, (Category("tranche_age0", trap), Category("tranche_age1", "b"))
    )
    table = dataclasses.replace(
        line(shape("accueils", dimension), [20, 30]), titre=trap, unite=trap, numerateur=trap
    )
    bilan = dataclasses.replace(bilan_of(TableSystem([table])), emetteur=Emetteur("1", trap))
    bilan = dataclasses.replace(
        bilan, indicateurs=(dataclasses.replace(share("x", *bilan.indicateurs[0].haut), libelle=trap),)
    )
    data = bilan_xlsx.render(bilan)
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == trap]
    assert len(found) >= 5
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.quotePrefix for cell in found)
    assert not any(cell.hyperlink for cell in found)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


def test_the_same_bilan_gives_the_same_bytes() -> None:
    assert bilan_xlsx.render(case_of("usual")) == bilan_xlsx.render(
        bilan_json.read(bilan_json.render(case_of("usual")))
    )


def test_nothing_tells_who_made_it_or_when() -> None:
    data = bilan_xlsx.render(case_of("usual"))
    properties = openpyxl.load_workbook(io.BytesIO(data)).properties
    assert not properties.creator
    assert not properties.lastModifiedBy
    assert {f"{properties.created:%F %T}", f"{properties.modified:%F %T}"} == {"2026-04-03 00:00:00"}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
