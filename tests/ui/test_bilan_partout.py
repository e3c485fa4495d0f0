"""A half-year and a year handed over: on screen, in JSON, in the workbook and in the report, each figure is the same.

The half-year prints categories together and is compared with the one before; the year has every cross.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from iscg_desktop.disclosure.protected import ProtectedBilan, ProtectedTable
from iscg_desktop.disclosure.shares import ecart, pour_mille
from iscg_desktop.documents.bilan_contenu import effectif, gain, pourcentage
from iscg_desktop.domain.period import Periode, parse_period
from iscg_desktop.exports.bilan_lines import lines
from iscg_desktop.services.bilan_regroupement import Regroupement
from iscg_desktop.services.services import Services
from iscg_desktop.ui.bilan_lignes import axes
from iscg_desktop.ui.bilan_tableaux import TableCard
from tests.documents.lecture import pages, squashed
from tests.services.bilan_remis import live
from tests.ui.tables import shown_rows
from tests.vie import TestClock, draft, open_services, victime

Cell = tuple[str, tuple[tuple[str, str], ...]]
TOGETHER = Regroupement("accueils", "sexe", ("homme", "autre"), "Homme ou autre")
QUARTERS = (
    (date(2026, 2, 3), {"femme": 17, "homme": 8}),
    (date(2026, 5, 4), {"femme": 11, "homme": 6, "autre": 2}),
    (date(2026, 8, 3), {"femme": 14, "homme": 7}),
    (date(2026, 11, 3), {"femme": 9, "homme": 9, "autre": 1}),
)


@dataclass
class Remis:
    """A period handed over: its figures, its files, and what it was compared with."""

    periode: Periode
    bilan: ProtectedBilan
    files: dict[str, bytes]
    avant: ProtectedBilan | None

    @property
    def document(self) -> dict[str, Any]:
        return json.loads(self.files["json"])  # type: ignore[no-any-return]

    @cached_property
    def told(self) -> str:
        return "".join(map(squashed, pages(self.files["rapport"])))

    def sheet(self, name: str) -> list[tuple[Any, ...]]:
        book = openpyxl.load_workbook(io.BytesIO(self.files["xlsx"]))
        return list(book[name].iter_rows(values_only=True))


@pytest.fixture(scope="module")
def remis(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Remis]:
    half = _handed_over(tmp_path_factory.mktemp("semestre"), _two_unites, "2026-S1", "2026-S2")
    year = _handed_over(tmp_path_factory.mktemp("annee"), _two_statuts, "2026")
    return {"2026-S2": half, "2026": year}


def _handed_over(folder: Path, record: Callable[[Services], None], *codes: str) -> Remis:
    """The last of some periods of a year, its quarters handed over before."""
    clock = TestClock(date(2026, 11, 23))
    services, session = open_services(folder, clock)
    with session.vault:
        record(services)
        clock.day = date(2027, 1, 4)
        for code in (*(f"2026-T{rank}" for rank in range(1, 5)), *codes):
            periode = parse_period(code)
            prepared = services.bilans.prepare(periode, [TOGETHER] if code == "2026-S2" else [])
            services.bilans.arreter(prepared, services.bilans.protect(prepared))
        files = {one.format: one.octets for one in services.bilans.files(periode)}
        before = services.bilans.protected(parse_period(codes[0])) if len(codes) > 1 else None
        return Remis(periode, services.bilans.protected(periode), files, before)


def _two_unites(services: Services) -> None:
    for day, persons in QUARTERS:
        live(services, day, *tuple(services.unites.all())[:2], **persons)


def _two_statuts(services: Services) -> None:
    for day, _ in QUARTERS:
        usual = draft(date=day)
        assert usual.saisine is not None
        for rank in range(21):
            person = victime(sexe="femme" if rank < 12 else "homme", informee_le=day)
            profil = replace(person.profil, statut="victime" if rank % 2 else "mis_en_cause")
            saisine = replace(usual.saisine, date=day)
            services.entretiens.record(
                replace(usual, personnes=(replace(person, profil=profil),), saisine=saisine)
            )


@pytest.fixture(params=["2026-S2", "2026"])
def one(request: pytest.FixtureRequest, remis: dict[str, Remis]) -> Remis:
    return remis[request.param]


def test_what_is_read_has_crosses_masks_and_categories_printed_together(remis: dict[str, Remis]) -> None:
    crosses = {code: [t for t in one.bilan.tables if len(t.dimensions) == 2] for code, one in remis.items()}
    assert [len(found) for found in crosses.values()] == [1, 6]
    for found in crosses.values():
        shown = [cell.valeur for table in found for cell in table.cellules if len(cell.cle) == 2]
        assert None in shown
    together = {c.code for c in remis["2026-S2"].bilan.table("unite_sexe").dimensions[1].categories}
    assert together == {"femme", "non_renseigne", TOGETHER.code}


def test_on_screen(one: Remis, qtbot: QtBot) -> None:
    """Read from the very words of the tables, masks, shares and crosses included."""
    for table in one.bilan.tables:
        if not table.dimensions:
            continue
        card = TableCard(table)
        qtbot.addWidget(card)
        rows = [[word.replace("\u00a0", " ") for word in row] for row in shown_rows(card.table)]
        if len(table.dimensions) == 1:
            expected = [
                [words, effectif(value), _part(table, value)] for cle, words, value in lines(table) if cle
            ]
        else:
            expected = _grid(table, *axes(table.dimensions), total_first=True)
        assert rows == expected, table.titre


def test_in_json(one: Remis) -> None:
    read = {
        (table["code"], tuple(sorted(cell["cle"].items()))): cell.get("valeur")
        for table in one.document["tableaux"]
        for cell in table["cellules"]
    }
    assert read == _cells(one.bilan)


def test_in_the_workbook(one: Remis) -> None:
    heads, *rows = one.sheet("Chiffres")
    depth = (len(heads) - 5) // 3
    read = {
        (
            row[0],
            tuple(sorted((row[3 + 3 * n], row[4 + 3 * n]) for n in range(depth) if row[3 + 3 * n])),
        ): row[-2]
        for row in rows
    }
    assert read == {cell: "•" if value is None else value for cell, value in _cells(one.bilan).items()}
    eye = iter(one.sheet("Tableaux"))
    for table in one.bilan.tables:
        assert [next(eye)[0], next(eye)[1], next(eye)[1]][0] == table.titre
        for cle, words, value in lines(table):
            name, figure, share = next(eye)
            assert (name, figure) == (words, "•" if value is None else value)
            if cle:
                assert _percent(share) == pourcentage(pour_mille(value, table.valeur()))
        next(eye, None)


def test_shares_in_json_workbook_and_report(one: Remis) -> None:
    workbook = {row[0].split(" (")[0]: _percent(row[1]) for row in one.sheet("Indicateurs")[1:] if row[2]}
    assert one.document["indicateurs"]
    for share in one.document["indicateurs"]:
        words = pourcentage(share.get("pour_mille"))
        assert workbook[share["libelle"]] == words
        assert squashed(f"{share['numerateur']} ÷ {share['denominateur']}") in one.told
        assert f"{squashed(share['libelle'])}" in one.told
        assert squashed(words) in one.told[one.told.index(squashed(share["libelle"])) :][:600]


def test_in_the_report(one: Remis) -> None:
    """Table after table: every line of a list, every row of a grid, and what each gained since the bilan before."""
    told = one.told[one.told.index("Chaquenombrecompte") :].split("Chaquenombrecompte")[1:]
    tables = [table for table in one.bilan.tables if table.dimensions]
    assert len(told) == len(tables)
    for table, words in zip(tables, told, strict=True):
        if len(table.dimensions) == 1:
            place = 0
            for cle, libelle, value in lines(table):
                share = pourcentage(pour_mille(value, table.valeur())) if cle else ""
                row = squashed(f"{libelle}{effectif(value)}{share}")
                place = words.find(row, place)
                assert place >= 0, row
                place += len(row)
        else:
            assert _holds_grid(words, table, None), table.titre
            if one.avant is not None:
                assert _holds_grid(words, table, one.avant.table(table.code)), table.titre


def test_a_category_printed_together_is_not_compared_with_what_was_apart(remis: dict[str, Remis]) -> None:
    half = remis["2026-S2"]
    (place,) = [
        n for n, row in enumerate(half.sheet("Comparaison")) if row[0] == "Sexe des personnes accueillies"
    ]
    rows = {row[0]: row[1:4] for row in half.sheet("Comparaison")[place + 2 : place + 6]}
    assert rows["Homme ou autre"][1:] == ("–", "–")
    assert rows["Total"] == (40, 44, -4)


def _cells(bilan: ProtectedBilan) -> dict[Cell, int | None]:
    return {
        (table.code, tuple(sorted(cell.cle))): cell.valeur
        for table in bilan.tables
        for cell in table.cellules
    }


def _part(table: ProtectedTable, value: int | None) -> str:
    """As the screen says it: « 72 % » without a decimal that says nothing."""
    share = pour_mille(value, table.valeur())
    return pourcentage(share).replace(",0", "").replace("\u00a0", " ")


def _percent(share: Any) -> str:
    return "•" if share == "•" else pourcentage(round(share * 1000))


def _grid(
    table: ProtectedTable,
    down: Any,
    across: Any,
    *,
    total_first: bool = False,
    before: ProtectedTable | None = None,
) -> list[list[str]]:
    """Rows of a cross, with its margins: figures, or what they gained."""

    def said(cle: tuple[tuple[str, str], ...]) -> str:
        if before is None:
            return effectif(table.valeur(cle))
        known = _cells_of(before)
        key = tuple(sorted(cle))
        return gain(ecart(table.valeur(cle), known[key])) if key in known else "–"

    own = [(c.libelle, ((down.code, c.code),)) for c in down.categories]
    other = [((across.code, c.code),) for c in across.categories]
    rows = [("Total", ()), *own] if total_first else [*own, ("Total", ())]
    columns = [(), *other] if total_first else [*other, ()]
    return [[words, *(said((*start, *end)) for end in columns)] for words, start in rows]


def _cells_of(table: ProtectedTable) -> dict[tuple[tuple[str, str], ...], int | None]:
    return {tuple(sorted(cell.cle)): cell.valeur for cell in table.cellules}


def _holds_grid(words: str, table: ProtectedTable, before: ProtectedTable | None) -> bool:
    """Whether all the rows follow each other, whichever question is read down."""
    first, second = table.dimensions
    for down, across in ((first, second), (second, first)):
        rows = [squashed("".join(row)) for row in _grid(table, down, across, before=before)]
        if "".join(rows) in words:
            return True
    return False
