"""The data-protection checklist: every test it names is there, its page is its own, the figures need no text."""

from __future__ import annotations

import ast
import importlib.util
import io
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pypdf

from iscg_desktop.domain.controle import PointControle
from iscg_desktop.domain.period import parse_period
from iscg_desktop.reference.controle import shipped_controle
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.vie import TODAY, draft, victime

ROOT = Path(__file__).resolve().parents[2]
T4 = parse_period("2026-T4")
ARTICLES = ("5", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "30", "32", "35")


def points() -> list[PointControle]:
    """Every line of the checklist."""
    return [each for groupe in shipped_controle() for each in groupe.points]


def _writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("controle_page", ROOT / "packaging" / "controle.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_test_it_names_is_there_and_runs_with_the_suite() -> None:
    missing = []
    for each in points():
        path, _, name = each.essai.partition("::")
        tree = ast.parse((ROOT / path).read_text("utf-8")) if (ROOT / path).is_file() else ast.Module([], [])
        found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name]
        marks = " ".join(ast.unparse(mark) for node in found for mark in node.decorator_list)
        if len(found) != 1 or "campagne" in marks or "skip" in marks:
            missing.append(each.essai)
    assert missing == []


def test_every_article_has_its_line_and_no_line_is_empty() -> None:
    named = {each.point.partition(".")[0] for each in points()}
    assert set(ARTICLES) <= named
    assert all(each.demande and each.reponse and each.ecran and each.ou for each in points())


def test_the_page_of_the_papers_is_made_of_it() -> None:
    assert (ROOT / "docs" / "controle-rgpd.md").read_text("utf-8") == _writer().page()


def test_it_is_handed_to_the_dpo(vie: tuple[Services, Session], tmp_path: Path) -> None:
    services, session = vie
    services.entretiens.record(draft())
    services.controle.enregistrer(tmp_path / "liste", services.controle.dessin()())
    pages = pypdf.PdfReader(io.BytesIO((tmp_path / "liste.pdf").read_bytes())).pages
    words = "".join("".join(page.extract_text() for page in pages).split())
    for each in points():
        for said in (each.demande, each.reponse, each.ou, each.essai):
            assert "".join(said.split()) in words, said
    for name in ("Péron", "Anaïs"):
        assert name not in words
    assert session.read.journal.entries(limit=1)[0].objet == "liste_controle"


def test_the_figures_are_the_same_with_every_free_text_empty(vie: tuple[Services, Session]) -> None:
    services, session = vie
    saisine = draft().saisine
    assert saisine is not None
    told = replace(saisine, motif="Querelle de voisins", demandeur="Le maire")
    lui = victime(nom_usage="Tressignaux", prenom="Yann", sexe="homme", description="grand", vit_avec="seul")
    for _ in range(3):
        services.entretiens.record(draft(personnes=(victime(), lui), saisine=told))
    before = services.bilans.comptes(T4)
    emptied = 0
    session.vault.begin_immediate()
    for table, columns in {
        "saisines": ("motif", "demandeur", "telephone", "contact_sur"),
        "entretiens": ("elements_transmissibles", "notes_de_travail"),
        "orientations": ("motif",),
        "personnes": (
            "nom_naissance", "nom_usage", "prenom", "surnom", "description", "adresse", "telephone", "courriel",
            "contact_sur", "contact_sur_horaires", "vit_avec",
        ),
    }.items():  # fmt: skip
        for column in columns:
            emptied += session.vault.execute(
                f"UPDATE {table} SET {column} = '' WHERE {column} <> ''"
            ).rowcount
    session.vault.commit()
    assert emptied > 30
    assert services.bilans.comptes(T4) == before
    assert TODAY.year == T4.debut.year
