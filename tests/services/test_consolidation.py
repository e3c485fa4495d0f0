"""Consolidation: many files, one result that adds up, and a sentence for every file that cannot be added."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iscg_desktop import bootstrap
from iscg_desktop.disclosure.protection import protect
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.domain.period import Periode, parse_period
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.exports import bilan_json
from iscg_desktop.exports.bilan_file import BilanFile, Emetteur, NiveauCollaboration
from iscg_desktop.exports.bilan_file import Periode as Imprimee
from iscg_desktop.messages import sentence
from iscg_desktop.services.consolidation import consolider, ecrire, noms
from tests.disclosure.registers import line, partition, shape
from tests.exports.bilans import usual


@functools.cache
def model(seed: int) -> BilanFile:
    return usual(120, seed=seed)


@functools.cache
def short() -> BilanFile:
    """A bilan of one table, where only its levels of collaboration matter."""
    form = shape("accueils", partition("sexe", 2))
    return dataclasses.replace(
        model(0), bilan=protect(TableSystem([line(form, [60, 40])]), 5), indicateurs=()
    )


def issued(who: int, code: str, seed: int = 0, base: BilanFile | None = None, **changes: object) -> BilanFile:
    """The bilan of an intervenant for a period."""
    periode: Periode = parse_period(code)
    return dataclasses.replace(
        base or model(seed),
        periode=Imprimee(periode.code, periode.palier, periode.debut, periode.fin),
        emetteur=Emetteur(f"I{who:02}", "Département fictif"),
        coffre=f"{who:016x}",
        **changes,  # type: ignore[arg-type]
    )


def write(folder: Path, bilans: Sequence[BilanFile]) -> list[Path]:
    paths = []
    for rank, bilan in enumerate(bilans):
        path = folder / f"{rank}-{bilan.emetteur.id}-{bilan.periode.code}.json"
        path.write_bytes(bilan_json.render(bilan))
        paths.append(path)
    return paths


def refused(paths: Sequence[Path]) -> list[str]:
    """Codes of the refusals; each sentence names its file."""
    with pytest.raises(InvalidInput) as caught:
        consolider(paths)
    for problem in caught.value.problems:
        said = sentence(problem)
        assert str(problem.values["fichier"]) in said
        assert "{" not in said
    return [problem.code for problem in caught.value.problems]


def test_it_says_how_many_intervenants_and_quarters_it_covers(tmp_path: Path) -> None:
    paths = write(
        tmp_path, [issued(1, "2025-T1"), issued(1, "2025-T2"), issued(2, "2025-S1"), issued(3, "2025")]
    )
    made = consolider(paths)
    assert (made.intervenants, made.trimestres) == (3, 8)
    assert (made.debut, made.fin) == (date(2025, 1, 1), date(2025, 12, 31))


def test_printed_figures_are_added_and_the_order_of_the_files_does_not_matter(tmp_path: Path) -> None:
    bilans = [issued(1, "2025-T1", 0), issued(1, "2025-T2", 1), issued(2, "2025-T1", 2)]
    paths = write(tmp_path, bilans)
    ecrire(consolider(paths), tmp_path / "a.json")
    ecrire(consolider(paths[::-1]), tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    told = json.loads((tmp_path / "a.json").read_bytes())
    sexe = next(table for table in told["tableaux"] if table["code"] == "sexe")
    for cell in sexe["cellules"]:
        values = [bilan.bilan.table("sexe").valeur(tuple(cell["cle"].items())) for bilan in bilans]
        if None in values:
            assert cell["minimum"] >= sum(value for value in values if value is not None)
        else:
            assert cell["valeur"] == sum(value for value in values if value is not None)
    assert [one["sha256"] for one in told["bilans"]] == [
        hashlib.sha256(path.read_bytes()).hexdigest() for path in paths
    ]


def test_the_workbook_tells_the_same_figures_as_the_json(tmp_path: Path) -> None:
    made = consolider(write(tmp_path, [issued(1, "2025-T1", 0), issued(2, "2025-T1", 1)]))
    for name in ("c.json", "c.xlsx"):
        ecrire(made, tmp_path / name)
    told = json.loads((tmp_path / "c.json").read_bytes())
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "c.xlsx").read_bytes()))
    rows = [row for row in book["Tableaux"].iter_rows(values_only=True) if isinstance(row[2], int)]
    cells = [cell for table in told["tableaux"] for cell in table["cellules"]]
    assert len(rows) == len(cells)
    for row, cell in zip(rows, cells, strict=True):
        if "valeur" in cell:
            assert row[1:] == (cell["valeur"],) * 3 + (cell["bilans"],)
        else:
            high = cell["maximum"]
            words = f"au moins {cell['minimum']}" if high is None else f"de {cell['minimum']} à {high}"
            assert row[1:] == (words, cell["minimum"], high, cell["bilans"])
    first = "\n".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    assert "Trimestres de travail" in first
    assert "du 01/01/2025 au 31/03/2025" in first


def test_unites_of_two_coffres_are_two(tmp_path: Path) -> None:
    made = consolider(write(tmp_path, [issued(1, "2025-T1"), issued(1, "2025-T2"), issued(2, "2025-T1")]))
    (unites,) = (table for table in made.tables if table.code == "unite")
    own = len(model(0).bilan.table("unite").dimensions[0].categories)
    assert len(unites.dimensions[0].categories) == 2 * own
    assert {cell.bilans for cell in unites.cellules if cell.cle} == {1, 2}


def test_the_same_file_twice_is_refused(tmp_path: Path) -> None:
    paths = write(tmp_path, [issued(1, "2025-T1"), issued(2, "2025-T1"), issued(1, "2025-T1")])
    assert refused(paths) == ["consolidation_double"]


def test_two_files_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    assert refused(write(tmp_path, [issued(1, "2025-T1", 0), issued(1, "2025-T1", 1)])) == [
        "consolidation_contredit"
    ]


def test_one_bilan_handed_over_on_two_days_is_not_said_to_contradict_itself(tmp_path: Path) -> None:
    again = dataclasses.replace(issued(1, "2025-T1"), date_emission=date(2027, 1, 4))
    assert refused(write(tmp_path, [issued(1, "2025-T1"), again])) == ["consolidation_reemis"]


@pytest.mark.parametrize(
    "codes",
    [
        ("2025-T1", "2025-S1"),
        ("2025-T4", "2025"),
        ("2025", "2025-S2", "2025-T1"),
        ("2025-S1", "2025-T2"),
        ("2025", "2025-T2", "2025-T4"),
    ],
)
def test_periods_of_one_intervenant_that_overlap_are_refused(tmp_path: Path, codes: tuple[str, ...]) -> None:
    paths = write(tmp_path, [issued(1, code) for code in codes])
    assert set(refused(paths)) == {"consolidation_chevauche"}
    assert len(refused(paths)) == len(codes) - 1


def test_one_intervenant_with_two_coffres_is_not_counted_twice(tmp_path: Path) -> None:
    moved = dataclasses.replace(issued(1, "2025-S1"), coffre="ffffffffffffffff")
    assert refused(write(tmp_path, [issued(1, "2025-T1"), moved])) == ["consolidation_chevauche"]
    later = dataclasses.replace(issued(1, "2025-S2"), coffre="ffffffffffffffff")
    assert consolider(write(tmp_path, [issued(1, "2025-S1"), later])).intervenants == 1


def test_another_menu_is_refused(tmp_path: Path) -> None:
    assert refused(write(tmp_path, [issued(1, "2025-T1"), issued(2, "2025-T1", menu=2)])) == [
        "consolidation_menu"
    ]


def test_every_bad_file_is_named_at_once(tmp_path: Path) -> None:
    (good,) = write(tmp_path, [issued(1, "2025-T1")])
    data = good.read_bytes()
    bad = {
        "tronqué.json": data[:-40],
        "vide.json": b"",
        "autre.json": b"{}",
        "récent.json": data.replace(b'"version": 1', b'"version": 9', 1),
        "modifié.json": data.replace(b'"seuil": 5', b'"seuil": 6', 1),
    }
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
    paths = [good, *(tmp_path / name for name in bad), tmp_path / "absent.json", tmp_path]
    assert refused(paths) == [
        "consolidation_illisible",
        "consolidation_illisible",
        "consolidation_autre_format",
        "consolidation_plus_recent",
        "consolidation_modifie",
        "consolidation_absent",
        "consolidation_absent",
    ]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_one_character_changed_anywhere_is_refused(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(bilan_json.render(model(0)))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(32, 126).filter(lambda byte: byte != content[place]))
    path = tmp_path / "bilan.json"
    path.write_bytes(bytes(content))
    assert len(refused([path])) == 1


def test_a_consolidation_is_no_bilan(tmp_path: Path) -> None:
    ecrire(consolider(write(tmp_path, [issued(1, "2025-T1")])), tmp_path / "c.json")
    assert refused([tmp_path / "c.json"]) == ["consolidation_autre_format"]


@pytest.mark.parametrize("name", ["c.ods", "c", "0-I01-2025-T1.json"])
def test_a_result_without_its_kind_or_over_a_bilan_is_refused(tmp_path: Path, name: str) -> None:
    paths = write(tmp_path, [issued(1, "2025-T1")])
    before = paths[0].read_bytes()
    with pytest.raises(UserError) as refusal:
        ecrire(consolider(paths), tmp_path / name, paths)
    assert refusal.value.code.startswith("consolidation_sortie")
    assert paths[0].read_bytes() == before


def test_no_file_at_all_is_refused() -> None:
    with pytest.raises(UserError) as refusal:
        consolider([])
    assert refusal.value.code == "consolidation_vide"


# --- how often each family of partners is worked with: guide of the profession, 2012, lines 148 to 153 ----------

_FAMILLES = ("secteur", "associations", "enfance", "sante", "justice", "ccas")
# Posts that answered, by level. The guide's shares of the two last lines add up to 101: some posts did not answer.
_POSTES = ((94, 6, 0), (66, 30, 4), (52, 41, 7), (44, 43, 13), (27, 38, 33), (23, 36, 34))
_PARTS = ((940, 60, 0), (660, 300, 40), (520, 410, 70), (440, 430, 130), (276, 388, 337), (247, 387, 366))


def hundred_posts() -> list[BilanFile]:
    levels = ("frequente", "occasionnelle", "rare")
    answers = [
        [level for level, number in zip(levels, numbers, strict=True) for _ in range(number)]
        for numbers in _POSTES
    ]
    return [
        issued(
            post,
            "2025",
            base=short(),
            collaborations=tuple(
                NiveauCollaboration(famille, famille.capitalize(), given[post])  # type: ignore[arg-type]
                for famille, given in zip(_FAMILLES, answers, strict=True)
                if post < len(given)
            ),
        )
        for post in range(100)
    ]


def test_the_table_of_the_guide_comes_out_of_a_hundred_bilans(tmp_path: Path) -> None:
    """« Rares » and « Aucune », one level here, are added: 22 % + 12 % = 34 %, 25 % + 12 % = 37 %."""
    made = consolider(write(tmp_path, hundred_posts()))
    assert made.intervenants == 100
    assert tuple(one.pour_mille for one in made.collaborations) == _PARTS
    printed = [[(share + 5) // 10 for share in one.pour_mille] for one in made.collaborations]
    assert printed == [[94, 6, 0], [66, 30, 4], [52, 41, 7], [44, 43, 13], [28, 39, 34], [25, 39, 37]]
    ecrire(made, tmp_path / "c.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "c.xlsx")["Collaborations"].iter_rows(values_only=True)
    assert ("Secteur", 0.94, 0.06, 0, 100) in list(rows)


# --- the command ------------------------------------------------------------------------------------------------


def test_the_command_writes_the_result_and_says_what_it_covers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = write(tmp_path, [issued(who, code) for who in (1, 2) for code in ("2025-T1", "2025-T2")])
    words = ["consolider", *map(str, paths), "-o", str(tmp_path / "c.xlsx")]
    assert bootstrap.main(words) == 0
    assert "Intervenants 2, bilans 4, trimestres de travail 4" in capsys.readouterr().out
    assert (tmp_path / "c.xlsx").read_bytes().startswith(b"PK")


def test_the_command_answers_1_and_writes_nothing_when_a_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = write(tmp_path, [issued(1, "2025-T1"), issued(1, "2025-S1")])
    assert bootstrap.main(["consolider", *map(str, paths), "-o", str(tmp_path / "c.json")]) == 1
    assert "couvrent des jours communs" in capsys.readouterr().err
    assert not (tmp_path / "c.json").exists()


@pytest.mark.parametrize("day", [date(2025, 4, 1)])
def test_the_result_is_reproducible(tmp_path: Path, day: date) -> None:
    paths = write(
        tmp_path, [issued(1, "2025-T1", date_emission=day), issued(2, "2025-T1", date_emission=day)]
    )
    for name in ("a.xlsx", "b.xlsx"):
        ecrire(consolider(paths), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    """Colleagues all hand over a « bilan-2025-T1.json »."""
    paths = []
    for who in (1, 2, 3):
        folder = tmp_path / f"poste {who}" / "bilans"
        folder.mkdir(parents=True)
        paths.append(folder / "bilan-2025-T1.json")
        paths[-1].write_bytes(bilan_json.render(issued(who, "2025-T1")))
    assert consolider(paths).intervenants == 3
    paths[1].write_bytes(b"{}")
    with pytest.raises(InvalidInput) as caught:
        consolider(paths)
    assert [problem.values["fichier"] for problem in caught.value.problems] == [
        "poste 2/bilans/bilan-2025-T1.json"
    ]
    assert noms([paths[0], tmp_path / "autre.json"]) == ("bilan-2025-T1.json", "autre.json")
