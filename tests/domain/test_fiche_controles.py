"""The accord gate of a fiche, and what it says is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.fiche_controles import Manque, check_issue, completeness
from iscg_desktop.domain.fiche_liaison import CHAMPS_DES_ITEMS, FicheContent, Item
from iscg_desktop.domain.fiche_sections import (
    Accord,
    Base,
    BasePartage,
    Canal,
    InformationAccord,
    Personne,
    Reponse,
)
from iscg_desktop.messages import SENTENCES, sentence
from tests.domain.fiche_exemples import MINIMALE, TODAY, fiche_contents, filled

TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


def changed(path: str, value: object, content: FicheContent = MINIMALE) -> FicheContent:
    section, _, name = path.partition(".")
    if not name:
        return replace(content, **{section: value})
    return replace(content, **{section: replace(getattr(content, section), **{name: value})})


def codes(content: FicheContent) -> list[str]:
    return [p.code for p in check_issue(content, TODAY)]


def missing(content: FicheContent) -> set[str]:
    return {m.code for m in completeness(content)}


def test_a_minimal_fiche_may_be_issued() -> None:
    assert check_issue(MINIMALE, TODAY) == ()


@pytest.mark.parametrize(
    ("path", "value", "field", "code"),
    [
        ("emetteur.nom", " ", "emetteur.nom", "fiche_emetteur_sans_nom"),
        ("emetteur.employeur", "", "emetteur.employeur", "fiche_emetteur_sans_employeur"),
        ("etablie_le", None, "etablie_le", "fiche_sans_date"),
        ("etablie_le", TOMORROW, "etablie_le", "fiche_date_future"),
        ("type", None, "type", "fiche_sans_type"),
        ("urgence", None, "urgence", "fiche_sans_urgence"),
        ("motif", " \n", "motif", "fiche_sans_motif"),
        ("destinataire.service", "", "destinataire.service", "fiche_sans_destinataire"),
        ("destinataire.canal", None, "destinataire.canal", "fiche_sans_canal"),
        ("destinataire.canal", Canal.COURRIER, "destinataire.adresse", "fiche_courrier_sans_adresse"),
        (
            "destinataire.canal",
            Canal.COURRIEL_CHIFFRE,
            "destinataire.courriel",
            "fiche_courriel_sans_adresse",
        ),
        ("personne", Personne(commune="Vallière"), "personne.nom_naissance", "fiche_sans_personne"),
        ("personne.naissance", Naissance(date=TOMORROW), "personne.naissance", "fiche_naissance_apres"),
        ("personne.naissance", Naissance(annee=2027), "personne.naissance", "fiche_naissance_apres"),
        ("personne.naissance", Naissance(annee=1905), "personne.naissance", "fiche_naissance_trop_ancienne"),
        ("personne.age_note_le", TOMORROW, "personne.naissance", "fiche_age_note_futur"),
        ("information.informee_le", TOMORROW, "information.informee_le", "fiche_information_future"),
        ("information.informee_le", None, "information.informee_le", "fiche_accord_sans_information"),
        ("information.accord", Accord.NON, "information.accord", "fiche_sans_accord"),
        ("information.accord", Accord.NON_RECUEILLI, "information.accord", "fiche_sans_accord"),
        ("information.retrait_le", TODAY, "information.retrait_le", "fiche_accord_retire"),
        ("base.base", None, "base.base", "fiche_sans_base"),
        ("base.base", Base.AUTRE, "base.precision", "fiche_base_sans_precision"),
        ("base.base", Base.PROTECTION_ENFANCE, "information.parents_informes", "fiche_parents_non_precise"),
    ],
)
def test_each_fault_forbids_the_fiche(path: str, value: Any, field: str, code: str) -> None:
    assert [(p.field, p.code) for p in check_issue(changed(path, value), TODAY)] == [(field, code)]


def test_the_day_of_the_fiche_bounds_birth_and_information() -> None:
    earlier = replace(MINIMALE, etablie_le=YESTERDAY)
    assert codes(earlier) == ["fiche_information_future"]
    told = changed("information.informee_le", YESTERDAY, earlier)
    assert codes(told) == []
    assert codes(changed("personne.naissance", Naissance(date=TODAY), told)) == ["fiche_naissance_apres"]


def test_a_withdrawal_is_dated_between_the_information_and_the_fiche() -> None:
    urgent = changed("base.base", Base.URGENCE_DANGER)
    assert codes(changed("information.retrait_le", TODAY, urgent)) == []
    assert codes(changed("information.retrait_le", TOMORROW, urgent)) == ["fiche_retrait_futur"]
    assert codes(changed("information.retrait_le", YESTERDAY, urgent)) == ["fiche_retrait_avant_information"]


@pytest.mark.parametrize("base", [Base.PROTECTION_ENFANCE, Base.URGENCE_DANGER, Base.AUTRE])
@pytest.mark.parametrize("accord", [Accord.NON, Accord.NON_RECUEILLI])
def test_another_base_does_without_accord_and_without_information(base: Base, accord: Accord) -> None:
    content = replace(
        MINIMALE,
        information=InformationAccord(accord=accord, parents_informes=Reponse.OUI),
        base=BasePartage(base=base, precision="Mise en danger de l’enfant."),
    )
    assert codes(content) == []


def test_no_accord_and_no_base_is_always_refused() -> None:
    for accord in Accord:
        content = changed("information.accord", accord)
        assert "fiche_sans_base" in codes(changed("base.base", None, content))


def test_parents_of_a_minor_are_informed_or_one_says_why_not() -> None:
    child = changed("personne.naissance", Naissance(date=date(2015, 5, 1)))
    assert codes(child) == ["fiche_parents_non_precise"]
    assert codes(changed("information.parents_informes", Reponse.INCONNU, child)) == [
        "fiche_parents_non_precise"
    ]
    silent = changed("information.parents_informes", Reponse.NON, child)
    assert codes(silent) == ["fiche_parents_sans_motif"]
    assert codes(changed("information.parents_motif", "Danger pour l’enfant.", silent)) == []
    assert codes(changed("information.parents_informes", Reponse.OUI, child)) == []


def test_the_rule_for_minors_holds_when_the_birth_is_not_ticked() -> None:
    child = changed("personne.naissance", Naissance(annee=2015))
    assert codes(child.for_recipient(frozenset())) == ["fiche_parents_non_precise"]


def test_all_problems_come_at_once() -> None:
    problems = check_issue(FicheContent(), TODAY)
    assert len(problems) >= 9
    assert len({(p.field, p.code) for p in problems}) == len(problems)


def test_completeness_names_what_is_missing_and_nothing_else() -> None:
    assert missing(MINIMALE) >= {"fiche_manque_recit", "fiche_manque_risques", "fiche_manque_foyer"}
    everything = filled(FicheContent)
    everything = replace(everything, personne=replace(everything.personne, naissance=Naissance(annee=2015)))
    assert completeness(everything) == ()


@pytest.mark.parametrize("item", [i for i in Item if i not in {Item.AUTRE_PARTIE, Item.STATUT}])
def test_what_is_not_ticked_is_not_missing(item: Item) -> None:
    paths = CHAMPS_DES_ITEMS[item]
    empty = FicheContent(items=frozenset({item}))
    fields = {m.field for m in completeness(empty)} & set(paths)
    assert not {m.field for m in completeness(FicheContent(items=frozenset()))} & set(paths)
    # Vulnerabilities, safe contact, school and parents are missed in context, a référent never.
    in_context = {Item.VULNERABILITES, Item.SCOLARITE, Item.PARENTS, Item.REFERENT, Item.AUTRES_ORIENTATIONS}
    assert bool(fields) is (item not in in_context)


def test_context_decides_what_is_missing() -> None:
    assert "fiche_manque_alerte_motif" in missing(replace(MINIMALE, alerte=True))
    assert "fiche_manque_portee" in missing(MINIMALE)
    assert "fiche_manque_danger" in missing(changed("base.base", Base.URGENCE_DANGER))
    assert "fiche_manque_contact_heures" in missing(MINIMALE)
    assert "fiche_manque_contact_sur" in missing(changed("contact_sur.numero", ""))
    child = changed("personne.naissance", Naissance(annee=2015))
    assert missing(child) - missing(MINIMALE) == {"fiche_manque_etablissement", "fiche_manque_parents"}


@given(fiche_contents())
@settings(max_examples=60, deadline=None)
def test_every_content_gets_sentences(content: FicheContent) -> None:
    for each in (*check_issue(content, TODAY), *completeness(content)):
        assert each.code in SENTENCES
        assert "{" not in sentence(each)
        assert isinstance(each, Manque) is each.code.startswith("fiche_manque_")
