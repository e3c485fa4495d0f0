"""A comparison holds printed figures of files handed over, and no difference where one of the two is masked."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from iscg_desktop.disclosure.shares import Reference
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.tables import CellRef
from iscg_desktop.exports import bilan_xlsx
from iscg_desktop.exports.bilan_file import BilanFile
from tests.disclosure.registers import grid, partition, quarter, shape
from tests.exports.bilans import bilan_of, usual

NOW, BEFORE = usual(100, seed=0), usual(140, seed=1)


def sheet_of(bilan: BilanFile, *references: Reference) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(bilan_xlsx.render(bilan, references)))
    return list(book["Comparaison"].iter_rows(values_only=True))


def test_nothing_to_compare_with_makes_no_sheet() -> None:
    book = openpyxl.load_workbook(io.BytesIO(bilan_xlsx.render(NOW)))
    assert "Comparaison" not in book.sheetnames


def test_each_figure_stands_beside_that_of_the_earlier_file() -> None:
    rows = iter(sheet_of(NOW, Reference("4e trimestre 2025", BEFORE.bilan)))
    seen = {"écart": 0, "•": 0}
    for table in NOW.bilan.tables:
        head = next(row for row in rows if row[0] == table.titre)
        assert head
        assert next(rows)[2:] == ("4e trimestre 2025", "Écart")
        for cell in table.cellules:
            before = BEFORE.bilan.figures()[table.cell(cell.cle)]
            _, shown, earlier, gained = next(rows)[:4]
            assert shown == ("•" if cell.valeur is None else cell.valeur)
            assert earlier == ("•" if before is None else before)
            if cell.valeur is None or before is None:
                assert gained == "•"
                seen["•"] += 1
            else:
                assert gained == cell.valeur - before
                seen["écart"] += 1
    assert all(seen.values())


def test_shares_are_compared_in_points() -> None:
    rows = sheet_of(NOW, Reference("4e trimestre 2025", BEFORE.bilan))
    told = {row[0]: row[1:4] for row in rows if row[0] and str(row[0]).startswith("Part ")}
    assert told
    for indicateur in NOW.indicateurs:
        now, before = NOW.pour_mille(indicateur), BEFORE.pour_mille(indicateur)
        share, earlier, gained = told[indicateur.libelle]
        assert share == ("•" if now is None else now / 1000)
        assert earlier == ("•" if before is None else before / 1000)
        masked = now is None or before is None
        assert gained == "•" if masked else gained == pytest.approx((now or 0) / 10 - (before or 0) / 10)


def test_what_was_not_counted_then_is_neither_zero_nor_masked() -> None:
    crossed = grid(shape("x", partition("a", 2), partition("b", 2)), [[20, 30], [40, 50]])
    now = bilan_of(TableSystem([*quarter(100).tables, crossed]))
    rows = sheet_of(now, Reference("avant", BEFORE.bilan))
    start = next(rank for rank, row in enumerate(rows) if row[0] == crossed.titre)
    assert {row[2:4] for row in rows[start + 2 : start + 11]} == {("–", "–")}


def test_two_earlier_bilans_stand_side_by_side() -> None:
    rows = sheet_of(NOW, Reference("un", BEFORE.bilan), Reference("deux", NOW.bilan))
    total = next(row for row in rows if row[0] == "Total")
    now, before = NOW.bilan.valeur(CellRef("accueils")), BEFORE.bilan.valeur(CellRef("accueils"))
    assert now is not None
    assert before is not None
    assert total == ("Total", now, before, now - before, now, 0)
