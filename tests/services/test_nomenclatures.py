"""The lists edited in a real coffre: rows stay readable, bilans count the same, used values stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscg_desktop.domain.period import parse_period
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.vie import draft, open_services

T4 = parse_period("2026-T4")


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path)
    yield services, session
    session.vault.close()


def test_what_is_edited_is_read_back_by_all(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    announced = services.nomenclatures.relabel("demande", "sante", "Soins")
    assert announced.kinds == {"reglages"}
    assert services.listes.libelle("demande", "sante") == "Soins"
    services.nomenclatures.move("demande", "sante", -100)
    assert services.listes["demande"].valeurs[0].code == "sante"
    services.nomenclatures.offer("demande", "mediation", active=False)
    assert not services.listes["demande"].valeur("mediation").active
    new = services.nomenclatures.add("demande", "Garde d’enfant", "aide_educative")
    codes = [valeur.code for valeur in services.listes["demande"].valeurs]
    assert codes.index(new) == codes.index("aide_educative") + 1
    assert not services.nomenclatures.is_original("demande")
    services.nomenclatures.reset_labels("demande")
    assert services.listes.libelle("demande", "sante") == "Santé"
    assert new in services.listes["demande"]
    assert services.nomenclatures.is_original("demande")
    assert {entry.objet for entry in session.read.journal.entries(limit=5)} == {"nomenclature"}


def test_taking_back_restores_labels_order_and_offer(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    before = services.nomenclatures.get("demande")
    services.nomenclatures.relabel("demande", "sante", "Soins")
    services.nomenclatures.move("demande", "sante", -3)
    services.nomenclatures.offer("demande", "mediation", active=False)
    services.nomenclatures.restore(before)
    assert services.nomenclatures.get("demande") == before


def test_a_value_of_hers_counts_under_the_shipped_one_whatever_its_words(
    coffre: tuple[Services, Session],
) -> None:
    services, _ = coffre
    new = services.nomenclatures.add("problematique", "Vol de bétail", "vol_escroquerie")
    mode = services.nomenclatures.add("mode", "Messagerie", "courrier_courriel")
    services.nomenclatures.relabel("problematique", "vol_escroquerie", "Vols et arnaques")
    services.nomenclatures.move("problematique", "vol_escroquerie", -10)
    recorded = services.entretiens.record(draft(problematique_principale=new, mode=mode))
    assert services.entretiens.get(recorded.entretien_id).problematique_principale == new
    comptes = {c.tableau.code: c for c in services.bilans.comptes(T4, "annee")}
    detail = comptes["principale_detail"]
    assert detail.effectifs[(("principale_detail", "vol_escroquerie"),)].unites == 1
    labels = {c.code: c.libelle for c in detail.tableau.dimensions[0].categories}
    assert labels["vol_escroquerie"] == "Vol, escroquerie"
    assert new not in labels
    assert services.nomenclatures.original_label("problematique", new) == "Vol, escroquerie"


def test_only_an_unused_value_of_hers_goes(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    for liste, code in (("demande", "sante"), ("sexe", "femme")):
        with pytest.raises(UserError) as refused:
            services.nomenclatures.remove(liste, code)
        assert refused.value.code == "valeur_d_origine"
    used = services.nomenclatures.add("demande", "Garde d’enfant", "aide_educative")
    typed = services.nomenclatures.add("demande", "Transport", "autre")
    services.entretiens.record(draft(demandes=(used,)))
    services.brouillons.keep("entretien:1", "entretien", {"demandes": {"v": [typed]}}, dossier_id=None)
    for code in (used, typed):
        with pytest.raises(UserError) as refused:
            services.nomenclatures.remove("demande", code)
        assert refused.value.code == "valeur_utilisee"
    spare = services.nomenclatures.add("demande", "Ajoutée par erreur", "autre")
    services.nomenclatures.remove("demande", spare)
    assert spare not in services.listes["demande"]


def test_a_refusal_changes_nothing(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    before = {liste.code: liste for liste in services.nomenclatures.all()}
    for call in (
        lambda: services.nomenclatures.relabel("demande", "sante", ""),
        lambda: services.nomenclatures.add("demande", "Santé", "autre"),
        lambda: services.nomenclatures.add("issue", "Par téléphone", "realise"),
        lambda: services.nomenclatures.offer("issue", "realise", active=False),
    ):
        with pytest.raises(InvalidInput):
            call()
    assert {liste.code: liste for liste in services.nomenclatures.all()} == before
