"""The annuaire: found by any word, closed rather than lost, its territories in few words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from iscg_desktop.domain.contact_partenaire import ContactDraft
from iscg_desktop.domain.orientation import SuiteDraft
from iscg_desktop.domain.partenaire import Correspondant, PartenaireDraft, Secteur
from iscg_desktop.domain.proposition import Portee
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.vie import TODAY, draft, open_services

CMP = PartenaireDraft(
    "Centre médico-psychologique « L’Élan »",
    "cmp",
    adresse="2 allée des Genêts",
    code_postal="35140",
    ville="Saint-Aubin",
    telephone="02 00 00 00 01",
    courriel="accueil@cmp.example",
    horaires="Lundi au vendredi, 9 h à 17 h",
    accueille="Adultes, sur rendez-vous",
    communes=("35253", "35121"),
    correspondants=(
        Correspondant("Dr Ronan Tréguier", "psychiatre", "02 00 00 00 02", "r.t@cmp.example"),
        Correspondant("Anne Œdie", "infirmière"),
    ),
)


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path)
    yield services, session
    session.vault.close()


def test_a_structure_is_kept_whole_and_amended(coffre: tuple[Services, Session]) -> None:
    annuaire = coffre[0].annuaire
    structure, _ = annuaire.add(CMP)
    kept = annuaire.get(structure)
    assert kept.draft() == replace(CMP, communes=("35121", "35253"))
    assert len(kept.uid) == 32
    amended = replace(kept.draft(), nom="CMP de Saint-Aubin", communes=("35001",), correspondants=())
    annuaire.change(structure, amended)
    again = annuaire.get(structure)
    assert (again.draft(), again.uid) == (amended, kept.uid)


def test_what_is_wrong_is_said_at_once_and_changes_nothing(coffre: tuple[Services, Session]) -> None:
    annuaire = coffre[0].annuaire
    wrong = PartenaireDraft(
        " ",
        None,
        courriel="pas une adresse",
        communes=("99999",),
        correspondants=(Correspondant("", "juriste"),),
    )
    with pytest.raises(InvalidInput) as refusal:
        annuaire.add(wrong)
    assert {(problem.field, problem.code) for problem in refusal.value.problems} == {
        ("nom", "partenaire_sans_nom"),
        ("type", "partenaire_sans_type"),
        ("courriel", "partenaire_courriel"),
        ("correspondants", "correspondant_sans_nom"),
        ("communes", "commune_inconnue"),
    }
    with pytest.raises(InvalidInput):
        annuaire.add(replace(CMP, nom="x" * 1000))
    assert annuaire.count() == 1


@pytest.mark.parametrize(
    "typed",
    ["elan", "ÉLAN", "medico psy", "aubin", "35140", "treguier", "oedie", "psychiatrie"],
)
def test_any_word_finds_it_without_accents(coffre: tuple[Services, Session], typed: str) -> None:
    annuaire = coffre[0].annuaire
    structure, _ = annuaire.add(CMP)
    assert structure in [line.id for line in annuaire.find(typed)]
    assert annuaire.find(f"{typed} zzz") == ()


def test_filters_narrow_the_list(coffre: tuple[Services, Session]) -> None:
    annuaire = coffre[0].annuaire
    structure, _ = annuaire.add(CMP)

    def found(**filters: object) -> list[int]:
        return [line.id for line in annuaire.find(**filters)]  # type: ignore[arg-type]

    assert found() == [1, structure]
    assert found(kind="cmp") == [structure]
    assert found(famille="sante") == [structure]
    assert found(famille="justice") == []
    assert found(commune="35121") == [structure]
    assert found(commune="35238") == []
    annuaire.close(structure, TODAY)
    assert found() == [1]
    assert found(etat="fermes") == [structure]
    assert found(etat="tous") == [1, structure]
    annuaire.reopen(structure)
    assert found() == [1, structure]


def test_a_structure_that_was_used_is_never_deleted(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    unused, _ = services.annuaire.add(CMP)
    services.annuaire.delete(unused)
    assert services.annuaire.count() == 1
    services.entretiens.record(draft())
    with pytest.raises(UserError) as refusal:
        services.annuaire.delete(1)
    assert refusal.value.code == "partenaire_utilise"
    called, _ = services.annuaire.add(CMP)
    services.contacts.record(ContactDraft(called, TODAY))
    with pytest.raises(UserError):
        services.annuaire.delete(called)
    assert services.annuaire.count() == 2
    assert session.read.journal.verify() is None


def test_the_list_says_how_often_it_was_worked_with(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    services.entretiens.record(draft())
    for day in (date(2026, 11, 2), date(2026, 10, 5)):
        services.contacts.record(ContactDraft(1, day))
    (line,) = services.annuaire.find("vallière")
    assert (line.contacts, line.orientations, line.dernier_contact) == (2, 1, date(2026, 11, 2))


def test_each_family_has_its_level_of_the_year(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    clinic, _ = services.annuaire.add(CMP)
    for month in range(1, 11):
        services.contacts.record(ContactDraft(1, date(2026, month, 5)))
    for day in (1, 2):
        services.contacts.record(ContactDraft(1, date(2026, 11, day)))
        services.contacts.record(ContactDraft(clinic, date(2026, 11, day)))
    services.contacts.record(ContactDraft(clinic, date(2025, 11, 1)))
    levels = {each.famille: (each.contacts, each.niveau) for each in services.annuaire.collaborations(2026)}
    assert len(levels) == 7
    assert levels["secteur"] == (12, "frequente")
    assert levels["sante"] == (2, "rare")
    assert levels["justice"] == (0, "rare")
    assert services.annuaire.years() == (2026, 2025)
    services.reglages.set(replace(services.reglages.get(), collaboration_occasionnelle=2))
    assert {e.famille: e.niveau for e in services.annuaire.collaborations(2026)}["sante"] == "occasionnelle"


def test_nearest_structures_are_proposed_first_and_closed_ones_never(
    coffre: tuple[Services, Session],
) -> None:
    services, session = coffre
    home = session.territories.commune("35253")
    assert home is not None
    assert home.epci is not None
    neighbour = next(c.code for c in session.territories.in_epci(home.epci) if c.code != "35253")
    names = {
        "loin": ("29019",),
        "sans territoire": (),
        "département": ("35238",),
        "intercommunalité": (neighbour,),
        "commune": ("35253", "35238"),
        "fermé": ("35253",),
    }
    ids = {}
    for nom, communes in names.items():
        ids[nom], _ = services.annuaire.add(PartenaireDraft(nom, "cmp", communes=communes))
    services.annuaire.close(ids["fermé"], TODAY)
    found = services.orientations.propose("cmp", "35253")
    assert [(each.partenaire.nom, each.portee) for each in found] == [
        ("commune", Portee.COMMUNE),
        ("intercommunalité", Portee.EPCI),
        ("département", Portee.DEPARTEMENT),
        ("sans territoire", Portee.NON_PRECISEE),
    ]
    assert len(services.orientations.propose("cmp", None)) == 5
    assert "fermé" in [
        p.partenaire.nom for p in services.orientations.propose("cmp", "35253", date(2026, 1, 1))
    ]


def test_a_whole_epci_and_departement_come_in_one_go_and_read_in_few_words(
    coffre: tuple[Services, Session],
) -> None:
    territoires = coffre[0].territoires
    session = coffre[1]
    home = session.territories.commune("35253")
    assert home is not None
    epci = f"e:{home.epci}"
    assert epci in [zone.code for zone in territoires.search(territoires.zone(epci).libelle)]
    communes = territoires.communes((epci, "c:35238"))
    assert "35253" in communes
    assert [zone.code for zone in territoires.zones(communes)] == [epci, "c:35238"]
    whole = territoires.communes(("d:35",))
    assert set(communes) < set(whole)
    assert [zone.code for zone in territoires.zones(whole)] == ["d:35"]
    assert "d:35" in [zone.code for zone in territoires.search("ille et vil")]
    assert "d:35" not in [zone.code for zone in territoires.zones(set(whole) - {"35253"})]
    assert territoires.search("  ") == []
    assert territoires.zones(("99999",))[0].libelle == "99999"


def test_a_commune_is_in_one_secteur_at_most(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    annuaire = services.annuaire
    annuaire.keep_secteur(Secteur(0, " CAS de Vallière ", ("35253", "35121")))
    annuaire.keep_secteur(Secteur(0, "CAS de la Côte", ("35121",)))
    first, second = sorted(annuaire.secteurs(), key=lambda each: each.id)
    assert (first.nom, first.communes, second.communes) == ("CAS de Vallière", ("35253",), ("35121",))
    with pytest.raises(InvalidInput):
        annuaire.keep_secteur(Secteur(0, "cas de la cote"))
    with pytest.raises(InvalidInput):
        annuaire.keep_secteur(Secteur(0, " "))
    annuaire.keep_secteur(replace(second, nom="CAS maritime", communes=("35121", "35238")))
    code = f"s:{second.id}"
    assert services.territoires.communes((code,)) == ("35121", "35238")
    assert services.territoires.zone(code).libelle == "CAS maritime"
    assert code in [zone.code for zone in services.territoires.search("maritime")]
    annuaire.delete_secteur(second.id)
    assert [each.nom for each in annuaire.secteurs()] == ["CAS de Vallière"]


def test_what_was_being_amended_goes_with_what_is_taken_away(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    structure, _ = services.annuaire.add(CMP)
    contact, _ = services.contacts.record(ContactDraft(1, TODAY))
    orientation = services.entretiens.record(draft()).orientation_ids[0]
    services.orientations.add_suite(orientation, SuiteDraft("sans_suite", TODAY))
    (suite,) = services.orientations.suites(orientation)
    for cle in (
        f"structure:{structure}",
        f"contact:{contact}",
        f"suite:{orientation}:{suite.id}",
        "contact:neuf",
    ):
        services.brouillons.keep(cle, cle.partition(":")[0], {})
    services.annuaire.delete(structure)
    services.contacts.delete(contact)
    services.orientations.delete_suite(suite.id)
    assert [kept.cle for kept in services.brouillons.all()] == ["contact:neuf"]
