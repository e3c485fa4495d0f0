"""The grid of a recipient: their lines, their order, their words; figures of the bilan handed over, masks kept."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.grille import Cible, Grille, LigneGrille, parse_cible
from iscg_desktop.domain.period import parse_period
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.grilles import GrillesService
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.services.bilan_remis import hand_over, live
from tests.vie import TestClock, open_services

T3 = parse_period("2026-T3")
LINES = (
    LigneGrille("A. Le public"),
    LigneGrille("Nombre d’usagères", "sexe.femme"),
    LigneGrille("dont part", "%sexe.femme"),
    LigneGrille("=Public total", "sexe"),
    LigneGrille("Situations", "principale"),
    LigneGrille("Autres", "sexe.autre"),
    LigneGrille("Taux de féminisation", "%part_femmes"),
)


@pytest.fixture(scope="module")
def remis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Services, Session, Mapping[str, Any]]]:
    """A coffre whose quarter is handed over, and the JSON of its bilan."""
    folder = tmp_path_factory.mktemp("remis")
    services, session = open_services(folder, TestClock())
    live(services, date(2026, 8, 3), femme=40, homme=20, autre=1)
    files = hand_over(services, T3, folder)
    yield services, session, json.loads(files["bilan-2026-T3.json"])
    session.vault.close()


def rows(data: bytes) -> dict[str, Any]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return {str(row[0]): row[1] for row in sheet.iter_rows(values_only=True) if row[0]}


def printed(data: Mapping[str, Any], code: str, **cle: str) -> int | str:
    table = next(one for one in data["tableaux"] if one["code"] == code)
    cell = next(one for one in table["cellules"] if one["cle"] == cle)
    return cell.get("valeur", "•")  # type: ignore[no-any-return]


def test_a_grid_is_filled_in_its_order_and_words(remis: tuple[Services, Session, Mapping[str, Any]]) -> None:
    services, _, data = remis
    services.grilles.keep(Grille("Département", LINES), ancien="Département")
    filled = rows(services.grilles.fill("Département", T3))
    words = [line.libelle for line in LINES]
    assert [name for name in filled if name in words] == words
    women, total = printed(data, "sexe", sexe="femme"), printed(data, "sexe")
    assert filled["Nombre d’usagères"] == women
    assert filled["=Public total"] == total == 61
    assert filled["Autres"] == printed(data, "sexe", sexe="autre") == "•"
    assert filled["A. Le public"] is None
    if isinstance(women, int) and isinstance(total, int):
        assert filled["dont part"] == pytest.approx(women / total, abs=0.0005)
    else:
        assert filled["dont part"] == "•"
    assert filled["Taux de féminisation"] == filled["dont part"]
    assert any(name.startswith("• = effectif non diffusé") for name in filled)


def test_every_figure_of_a_filled_grid_is_that_of_the_bilan(
    remis: tuple[Services, Session, Mapping[str, Any]],
) -> None:
    services, _, data = remis
    codes = [cible.code for cible in services.grilles.catalogue() if not cible.code.startswith("%")]
    services.grilles.keep(Grille("Tout", tuple(LigneGrille(f"ligne {code}", code) for code in codes)))
    filled = rows(services.grilles.fill("Tout", T3))
    told = {
        ".".join((table["code"], *cell["cle"].values())): cell.get("valeur", "•")
        for table in data["tableaux"]
        for cell in table["cellules"]
        if len(cell["cle"]) in (0, len(table["dimensions"]))
    }
    assert {code: filled[f"ligne {code}"] for code in told} == told


def test_words_of_an_employer_are_never_a_formula(remis: tuple[Services, Session, Mapping[str, Any]]) -> None:
    services, _, _ = remis
    services.grilles.keep(Grille("Pièges", (LigneGrille("=1+1", "sexe"), LigneGrille("@SUM(A1)"))))
    sheet = openpyxl.load_workbook(io.BytesIO(services.grilles.fill("Pièges", T3))).active
    assert sheet is not None
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value in ("=1+1", "@SUM(A1)")]
    assert [cell.data_type for cell in found] == ["s", "s"]
    assert all(cell.quotePrefix for cell in found)


@pytest.mark.parametrize(
    "code", ["sexes.femme", "sexe.dame", "sexe.femme.homme", "%inconnue", "sexe..", "unite.u1.u2"]
)
def test_an_unknown_figure_is_named_and_nothing_is_kept(
    remis: tuple[Services, Session, Mapping[str, Any]], code: str
) -> None:
    services, _, _ = remis
    before = services.grilles.all()
    with pytest.raises(InvalidInput) as refusal:
        services.grilles.keep(Grille("Autre", (LigneGrille("Femmes", "sexe.femme"), LigneGrille("X", code))))
    (problem,) = refusal.value.problems
    assert (problem.code, problem.values) == ("grille_indicateur_inconnu", {"ligne": 2, "code": code})
    assert code in sentence(problem)
    assert services.grilles.all() == before


def test_what_a_shorter_period_does_not_count_is_said_so(
    remis: tuple[Services, Session, Mapping[str, Any]],
) -> None:
    services, session, _ = remis
    with session.transaction() as tx:
        tx.settings.put("grilles", {"Ancienne": [["Logement précaire", "logement.precaire"]]})
        tx.commit()
    filled = rows(services.grilles.fill("Ancienne", T3))
    assert filled["Logement précaire"] == "–"
    assert any("semestre ou de l’année" in name for name in filled)


def test_without_a_bilan_handed_over_a_grid_cannot_be_mapped(vie: tuple[Services, Session]) -> None:
    services, _ = vie
    for act in (
        services.grilles.catalogue,
        lambda: services.grilles.keep(Grille("Grille", LINES)),
    ):
        with pytest.raises(UserError) as refusal:
            act()
        assert refusal.value.code == "grille_sans_bilan"
    services.grilles.keep(Grille("Grille", (LigneGrille("Plus tard"),)))
    with pytest.raises(UserError) as refusal:
        services.grilles.fill("Grille", T3)
    assert refusal.value.code == "bilan_pas_arrete"


def test_grids_are_kept_replaced_and_forgotten(vie: tuple[Services, Session]) -> None:
    services, _ = vie
    services.grilles.keep(Grille("B", (LigneGrille("un"),)))
    services.grilles.keep(Grille("A", (LigneGrille("deux"),)))
    services.grilles.keep(Grille("B", (LigneGrille("trois"),)), ancien="B")
    assert [(one.nom, one.lignes[0].libelle) for one in services.grilles.all()] == [
        ("A", "deux"),
        ("B", "trois"),
    ]
    for nom, ancien in (("A", ""), ("A", "B")):
        with pytest.raises(InvalidInput) as taken:
            services.grilles.keep(Grille(nom, (LigneGrille("quatre"),)), ancien=ancien)
        assert "s’appelle déjà «\u00a0A\u00a0»" in sentence(taken.value.problems[0])
    services.grilles.keep(Grille("C", (LigneGrille("trois"),)), ancien="B")
    assert [one.nom for one in services.grilles.all()] == ["A", "C"]
    services.grilles.remove("A")
    assert [one.nom for one in services.grilles.all()] == ["C"]
    with pytest.raises(UserError) as refusal:
        services.grilles.fill("A", T3)
    assert refusal.value.code == "grille_inconnue"


@pytest.mark.parametrize(
    ("grille", "code"),
    [
        (Grille("", (LigneGrille("x"),)), "grille_nom_manquant"),
        (Grille("a\nb", (LigneGrille("x"),)), "grille_nom_long"),
        (Grille("a", ()), "grille_vide"),
        (Grille("a", (LigneGrille("x"),) * 501), "grille_longue"),
        (Grille("a", (LigneGrille(" "),)), "grille_libelle_manquant"),
        (Grille("a", (LigneGrille("x" * 301),)), "grille_libelle_long"),
    ],
)
def test_a_grid_that_cannot_be_kept_is_said_why(
    vie: tuple[Services, Session], grille: Grille, code: str
) -> None:
    services, _ = vie
    with pytest.raises(InvalidInput) as refusal:
        services.grilles.keep(grille)
    assert [problem.code for problem in refusal.value.problems] == [code]
    assert "{" not in sentence(refusal.value.problems[0])


def test_lines_are_read_from_a_list_with_or_without_heads(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Intitulé;Code\nFemmes;sexe.femme\nHommes;\n", "utf-8")
    assert GrillesService.read_file(path) == (LigneGrille("Femmes", "sexe.femme"), LigneGrille("Hommes"))
    path.write_text("Femmes accueillies\nHommes accueillis\n", "cp1252")
    assert GrillesService.read_file(path) == (
        LigneGrille("Femmes accueillies"),
        LigneGrille("Hommes accueillis"),
    )
    with xlsxwriter.Workbook(str(tmp_path / "liste.xlsx")) as book:
        sheet = book.add_worksheet()
        for row, words in enumerate(("Indicateur", "Nombre de femmes", "Nombre d’hommes")):
            sheet.write(row, 0, words)
    assert [line.libelle for line in GrillesService.read_file(tmp_path / "liste.xlsx")] == [
        "Nombre de femmes",
        "Nombre d’hommes",
    ]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04abc", b"\0\0\0;"])
def test_a_list_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "liste.xlsx"
    path.write_bytes(content)
    with pytest.raises(UserError) as refusal:
        GrillesService.read_file(path)
    assert refusal.value.code.startswith("tableur_")
    with pytest.raises(UserError):
        GrillesService.read_file(tmp_path / "absente.csv")


def test_lines_are_typed_with_or_without_codes() -> None:
    typed = "A. Public\nFemmes ; sexe.femme\n\n  Hommes;\nAge ; 18-25 ; age_4.18_64"
    typed += "\nHommes ; femmes\nPart ; %part_femmes"
    assert GrillesService.read_text(typed) == (
        LigneGrille("A. Public"),
        LigneGrille("Femmes", "sexe.femme"),
        LigneGrille("Hommes"),
        LigneGrille("Age ; 18-25", "age_4.18_64"),
        LigneGrille("Hommes ; femmes"),
        LigneGrille("Part", "%part_femmes"),
    )


def test_the_likeliest_figure_is_proposed_and_none_when_nothing_is_near(
    remis: tuple[Services, Session, Mapping[str, Any]],
) -> None:
    services, _, _ = remis
    lines = (
        LigneGrille("Sexe des personnes accueillies : femme"),
        LigneGrille("Part des femmes"),
        LigneGrille("Kilomètres parcourus"),
        LigneGrille("Ce qu’elle avait choisi", "sexe.homme"),
    )
    assert [line.code for line in services.grilles.propose(lines)] == [
        "sexe.femme",
        "%part_femmes",
        "",
        "sexe.homme",
    ]


def test_an_export_is_noted_and_written_where_she_chose(
    remis: tuple[Services, Session, Mapping[str, Any]], tmp_path: Path
) -> None:
    services, session, _ = remis
    services.grilles.keep(Grille("Département", LINES), ancien="Département")
    path = tmp_path / "grille.xlsx"
    services.grilles.export("Département", T3, path)
    assert path.read_bytes() == services.grilles.fill("Département", T3)
    assert any((e.action, e.objet) == ("export", "grille") for e in session.read.journal.entries())


@given(st.text(max_size=30), st.lists(st.text(max_size=8), max_size=3), st.booleans())
def test_a_code_reads_back(nom: str, reponses: list[str], part: bool) -> None:
    cible = parse_cible(Cible(nom, tuple(reponses), part).code)
    assert parse_cible(cible.code) == cible
