"""The narrative of a bilan: kept beside it, refused when it names somebody of the coffre, settled once arrêté."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from iscg_desktop.domain.period import parse_period
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.services.bilan_remis import hand_over
from tests.vie import draft, victime

T3 = parse_period("2026-T3")


@pytest.fixture
def recorded(vie: tuple[Services, Session]) -> tuple[Services, Session]:
    """A coffre with one person, her telephone and her dossier."""
    services, _ = vie
    person = victime(informee_le=T3.debut)
    identite = replace(
        person.identite, nom_naissance="Quéméneur", prenom="Solenn", telephone="06 12 34 56 78"
    )
    services.entretiens.record(
        draft(date=T3.debut, personnes=(replace(person, identite=identite),), saisine=None)
    )
    return vie


def test_a_narrative_is_kept_replaced_and_taken_away(vie: tuple[Services, Session]) -> None:
    services, session = vie
    services.recits.keep(T3, "  Une permanence s’est ouverte.\r\nElle est suivie. ")
    assert services.recits.get(T3) == "Une permanence s’est ouverte.\nElle est suivie."
    services.recits.keep(T3, "Autre texte.")
    assert services.recits.get(T3) == "Autre texte."
    assert services.recits.get(parse_period("2026-T2")) == ""
    services.recits.keep(T3, "")
    assert services.recits.get(T3) == ""
    assert [entry.objet for entry in session.read.journal.entries()].count("recit") == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ouverture d’une permanence.\nMme Quemeneur en témoigne.", "recit_nom"),
        ("Accueil par\nMme Abgrall au CDAS.", "recit_nom"),
        ("Permanence.\nAppeler le 06.12.34.56.78.", "recit_telephone"),
        ("Permanence.\nVoir 2026-0001.", "recit_dossier"),
    ],
)
def test_a_name_a_telephone_or_a_dossier_is_refused_and_changes_nothing(
    recorded: tuple[Services, Session], text: str, code: str
) -> None:
    services, _ = recorded
    services.recits.keep(T3, "Ce qui était gardé.")
    services.brouillons.keep(services.recits.cle(T3), "recit", {"texte": text})
    with pytest.raises(InvalidInput) as refusal:
        services.recits.keep(T3, text)
    assert {problem.code for problem in refusal.value.problems} == {code}
    assert "ligne 2" in sentence(refusal.value.problems[0])
    assert services.recits.get(T3) == "Ce qui était gardé."
    typed = services.brouillons.get(services.recits.cle(T3))
    assert typed is not None
    assert typed.contenu == {"texte": text}


def test_a_number_of_another_country_that_the_coffre_knows_is_refused(vie: tuple[Services, Session]) -> None:
    services, _ = vie
    person = victime(informee_le=T3.debut)
    identite = replace(person.identite, contact_sur="sa sœur, +32 470 12 34 56")
    services.entretiens.record(
        draft(date=T3.debut, personnes=(replace(person, identite=identite),), saisine=None)
    )
    read = services.recits.relire
    assert [passage.code for passage in read("Rappel au +32 470/12.34.56.").refus] == ["recit_telephone"]
    assert not read("Rappel au +32 471/12.34.56.").refus


def test_what_is_only_warned_about_is_kept_and_its_draft_dropped(recorded: tuple[Services, Session]) -> None:
    services, _ = recorded
    text = "Une femme est venue. À Vallière, 12 saisines."
    services.brouillons.keep(services.recits.cle(T3), "recit", {"texte": text})
    read = services.recits.relire(text)
    assert not read.refus
    assert {sentence_code.code for sentence_code in read.avertissements} >= {"recit_petit_nombre"}
    services.recits.keep(T3, text)
    assert services.recits.get(T3) == text
    assert services.brouillons.get(services.recits.cle(T3)) is None


def test_a_structure_of_the_annuaire_may_be_named(recorded: tuple[Services, Session]) -> None:
    services, _ = recorded
    read = services.recits.relire("Les relais avec le CDAS de Vallière et France Victimes vont plus vite.")
    assert not read.refus


def test_a_commune_of_a_person_beside_a_number_is_warned_about(vie: tuple[Services, Session]) -> None:
    services, session = vie
    commune = session.territories.search("Lyon")[0]
    person = victime(informee_le=T3.debut)
    lives = replace(person, identite=replace(person.identite, commune=commune.code))
    services.entretiens.record(draft(date=T3.debut, personnes=(lives,), saisine=None))
    read = services.recits.relire(f"Nous avons reçu 14 personnes à {commune.nom}.")
    assert [passage.code for passage in read.avertissements] == ["recit_commune_chiffre"]


def test_once_arrete_it_does_not_change(recorded: tuple[Services, Session], tmp_path: Path) -> None:
    services, _ = recorded
    services.recits.keep(T3, "Texte remis.")
    hand_over(services, T3, tmp_path)
    with pytest.raises(UserError) as refusal:
        services.recits.keep(T3, "Autre texte.")
    assert refusal.value.code == "recit_arrete"
    assert services.recits.get(T3) == "Texte remis."


def test_one_too_long_is_refused(vie: tuple[Services, Session]) -> None:
    services, _ = vie
    with pytest.raises(InvalidInput) as refusal:
        services.recits.keep(T3, "a" * 20_001)
    assert refusal.value.problems[0].code == "recit_long"
