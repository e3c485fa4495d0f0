"""The demonstration: the guide's proportions, the same for the same seed, through the real use cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from iscg_desktop.cli import parser
from iscg_desktop.domain.nomenclature import Nomenclatures
from iscg_desktop.errors import UserError
from iscg_desktop.reference.nomenclatures import shipped
from iscg_desktop.services import coffre
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.demo.demo import Demonstration, make_demo
from iscg_desktop.services.demo.names import UNITES
from iscg_desktop.services.demo.people import DossierFictif, dossiers_fictifs
from iscg_desktop.services.services import Services

TODAY = date(2026, 11, 23)
COMMUNES = ("35253", "35121")


def _draw(seed: int, number: int = 400) -> tuple[DossierFictif, ...]:
    return dossiers_fictifs(Random(seed), number, date(2025, 11, 23), TODAY, COMMUNES)


@given(st.integers(0, 2**32))
def test_proportions_are_those_of_the_guide(seed: int) -> None:
    dossiers = _draw(seed)
    people = [person for dossier in dossiers for person in dossier.personnes]
    ages = [person.identite.age(dossier.day)[0] for dossier in dossiers for person in dossier.personnes]
    known = [age for age in ages if age is not None]

    def share(number: int, of: int = len(people)) -> int:
        return round(100 * number / of)

    assert len(dossiers) == 400
    assert len(people) == 560
    assert share(sum(p.identite.sexe == "femme" for p in people)) == 72
    assert share(sum(d.intrafamilial for d in dossiers), 400) == 55
    assert share(sum(p.profil.connu_services_sociaux == "inconnu" for p in people)) == 50
    assert share(sum(p.profil.suivi_en_cours == "non" for p in people)) == 65
    assert share(sum(age < 13 for age in known)) == 21
    assert share(sum(13 <= age < 18 for age in known)) == 14
    liste = shipped()["ressources"]
    minima = [
        p for p in people if any(liste.famille_of(code) == "minima_sociaux" for code in p.profil.ressources)
    ]
    assert share(len(minima)) == 43
    assert all(p.identite.sexe in ("femme", "homme") for p in people)


@given(st.integers(0, 2**32), st.integers(1, 60))
def test_every_dossier_is_in_order_and_inside_the_year(seed: int, number: int) -> None:
    dossiers = _draw(seed, number)
    days = [dossier.day for dossier in dossiers]
    assert days == sorted(days)
    assert date(2025, 11, 23) <= days[0] <= days[-1] <= TODAY
    lists = Nomenclatures(shipped().values())
    for dossier in dossiers:
        intrafamilial = lists["problematique"].famille_of(dossier.principale) == "intrafamilial"
        assert intrafamilial is dossier.intrafamilial
        assert dossier.personnes[0].presente


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Demonstration, list[tuple[str, int, int]]]:
    folder = tmp_path_factory.mktemp("demo")
    told: list[tuple[str, int, int]] = []
    return folder, _make(folder, told), told


def _make(folder: Path, told: list[tuple[str, int, int]]) -> Demonstration:
    return make_demo(folder, number=70, seed=7, today=TODAY, progress=lambda *step: told.append(step))


@pytest.fixture
def services(made: tuple[Path, Demonstration, object]) -> Iterator[Services]:
    demonstration = made[1]
    key = coffre.unlock(demonstration.coffre, demonstration.passphrase)
    session = coffre.open_session(demonstration.coffre, key, clock=Clock(today=lambda: TODAY))
    yield Services(session)
    session.vault.close()


def test_everything_is_where_it_says(made: tuple[Path, Demonstration, list[tuple[str, int, int]]]) -> None:
    folder, demonstration, told = made
    assert sorted(path.name for path in folder.iterdir()) == ["bilans", "coffre", "coupons", "fiches"]
    assert all(PdfReader(path).pages[0].extract_text() for path in demonstration.fiches[:2])
    assert {path.suffix for path in demonstration.bilans} == {".json", ".xlsx", ".pdf"}
    assert ("Dossiers", 70, 70) in told


def test_finished_quarters_are_arretes_and_printed_figures_are_exact(
    made: tuple[Path, Demonstration, object], services: Services
) -> None:
    states = {t.periode.code: t.etat for t in services.bilans.trimestres()}
    assert states == {
        "2026-T4": "en_cours", "2026-T3": "arrete", "2026-T2": "arrete", "2026-T1": "arrete", "2025-T4": "arrete",
    }  # fmt: skip
    files = [
        json.loads(path.read_text(encoding="utf-8")) for path in made[1].bilans if path.suffix == ".json"
    ]
    assert len(files) == 4
    for data in files:
        values = [
            cell["valeur"] for table in data["tableaux"] for cell in table["cellules"] if "valeur" in cell
        ]
        assert all(value >= 5 for value in values)


def test_the_same_seed_and_day_give_the_same_dossiers_and_counts(
    made: tuple[Path, Demonstration, object], services: Services, tmp_path: Path
) -> None:
    again = _make(tmp_path, [])
    key = coffre.unlock(again.coffre, again.passphrase)
    session = coffre.open_session(again.coffre, key, clock=Clock(today=lambda: TODAY))
    with session.vault:
        other = Services(session)
        assert other.dossiers.find("", limit=500) == services.dossiers.find("", limit=500)
        for trimestre in services.bilans.trimestres():
            assert other.bilans.comptes(trimestre.periode) == services.bilans.comptes(trimestre.periode)
        assert other.annuaire.find(etat="tous") == services.annuaire.find(etat="tous")
        assert other.orientations.without_suite() == services.orientations.without_suite()
        for year in services.annuaire.years():
            assert other.annuaire.collaborations(year) == services.annuaire.collaborations(year)


def test_the_annuaire_is_alive(services: Services) -> None:
    lines = services.annuaire.find(etat="tous")
    assert {line.is_open(TODAY) for line in lines} == {True, False}
    assert {each.niveau for each in services.annuaire.collaborations(TODAY.year)} == {
        "frequente", "occasionnelle", "rare",
    }  # fmt: skip
    assert services.orientations.without_suite()
    assert all(services.annuaire.get(line.id).communes for line in lines)
    assert len(services.annuaire.secteurs()) == 2


def test_the_day_s_page_has_something_to_show(services: Services) -> None:
    assert len(services.journee.saisines()) == 4
    assert services.saisines.counts()["sans_suite"] == 1
    assert services.journee.rendez_vous()
    assert services.journee.relances()
    assert services.journee.permanence() is not None


def test_the_last_thirty_fiches_are_written(
    made: tuple[Path, Demonstration, object], services: Services
) -> None:
    issued = services.fiches.recent(500)
    assert len(issued) > 30
    numbers = {
        path.name.removeprefix("fiche-").removesuffix(".pdf").replace("+", "*") for path in made[1].fiches
    }
    assert numbers == {fiche.numero for fiche in issued[:30]}


def test_some_retours_were_read_from_their_pdf_and_others_wait_to_be(
    made: tuple[Path, Demonstration, object], services: Services
) -> None:
    lus, coupons = made[1].lus, made[1].coupons
    assert (len(lus), len(coupons)) == (2, 3)
    found = [services.retours.found(services.retours.reader(path)()) for path in (*lus, *coupons)]
    assert [retour.deja for retour in found] == [True, True, False, False, False]
    for retour in found[:2]:
        assert services.retours.noted(retour.fiche.id) == retour.coupon


def test_eight_unites_of_unequal_size() -> None:
    assert len(UNITES) == len({weight for *_, weight in UNITES}) == 8
    assert parser().parse_args(["demo", "dossier"]).dossiers == 400


def test_a_second_one_in_the_same_place_is_refused(made: tuple[Path, Demonstration, object]) -> None:
    before = made[1].coffre.stat().st_mtime_ns
    with pytest.raises(UserError) as refusal:
        _make(made[0], [])
    assert refusal.value.code == "demo_existe"
    assert made[1].coffre.stat().st_mtime_ns == before
