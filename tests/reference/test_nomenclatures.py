"""The shipped lists are whole: every list of the field, every value once, families that exist."""

from __future__ import annotations

import pytest

from iscg_desktop.domain.nomenclature import NON_RENSEIGNE, Nomenclatures
from iscg_desktop.domain.period import tranche_age
from iscg_desktop.domain.personne import CODED_FACTS, MULTIPLE_FACTS
from iscg_desktop.reference.menu import menu
from iscg_desktop.reference.menu_dimensions import Lieux
from iscg_desktop.reference.nomenclatures import shipped

# How many values each list of the field has, « non renseigné » left out.
SIZES = {
    "origine": 16, "support": 7, "accord_contact": 3, "urgence": 3, "etat_saisine": 5, "motif_sans_suite": 4,
    "force": 3, "type_unite": 9, "mode": 9, "issue": 5, "lieu": 5, "sexe": 3, "tranche_age": 9, "statut": 8,
    "vulnerabilite": 7, "situation_conjugale": 7, "type_menage": 6, "activite": 9, "csp": 8, "ressources": 17,
    "logement": 11, "problematique": 39, "demande": 9, "connu_services_sociaux": 2, "suivi_en_cours": 7,
    "reponse": 13, "type_partenaire": 28, "suite": 7, "lien": 7, "regime": 2, "type_fiche": 3, "base_partage": 4,
    "canal_fiche": 3, "canal_contact": 5, "objet_contact": 3, "diplome": 4, "employeur": 3, "accord": 3,
}  # fmt: skip


def test_every_list_of_the_field_is_shipped_whole() -> None:
    found = {code: len([v for v in n.valeurs if v.code != NON_RENSEIGNE]) for code, n in shipped().items()}
    assert found == SIZES


@pytest.mark.parametrize("code", sorted(SIZES))
def test_codes_are_distinct_and_families_exist(code: str) -> None:
    liste = shipped()[code]
    codes = [valeur.code for valeur in liste.valeurs]
    assert len(set(codes)) == len(codes)
    familles = {famille.code for famille in liste.familles}
    if familles:
        assert {valeur.famille for valeur in liste.valeurs} == familles


def test_each_fact_has_its_list_with_non_renseigne() -> None:
    for fact in (*CODED_FACTS, *MULTIPLE_FACTS):
        assert NON_RENSEIGNE in shipped()[fact]
    assert all(shipped()[fact].multiple for fact in MULTIPLE_FACTS)


def test_the_nine_families_and_the_six_of_the_guide() -> None:
    assert [f.code for f in shipped()["problematique"].familles][:9] == [
        "intrafamilial", "enfance_jeunesse", "autres_violences", "voisinage", "vulnerabilite", "precarite", "sante",
        "radicalisation", "autre",
    ]  # fmt: skip
    assert [f.code for f in shipped()["type_partenaire"].familles] == [
        "secteur", "associations", "protection_enfance", "sante", "justice", "ccas", "autres",
    ]  # fmt: skip


def test_minima_sociaux_are_the_six_of_the_definition() -> None:
    liste = shipped()["ressources"]
    assert {v.code for v in liste.valeurs if v.famille == "minima_sociaux"} == {
        "rsa",
        "ass",
        "aah",
        "aspa",
        "asi",
        "ada",
    }


def test_every_age_falls_in_a_listed_band() -> None:
    assert {tranche_age(age) for age in [None, *range(131)]} == {
        v.code for v in shipped()["tranche_age"].valeurs
    }


@pytest.mark.parametrize("palier", ["trimestre", "semestre", "annee"])
def test_every_table_of_the_menu_can_be_counted(palier: str) -> None:
    lists = Nomenclatures(shipped().values())
    tableaux = menu().tableaux(palier, lists, Lieux(2026, {}, (), ()))  # type: ignore[arg-type]
    codes = [tableau.code for tableau in tableaux]
    assert len(set(codes)) == len(codes)
    for tableau in tableaux:
        for dimension in tableau.dimensions:
            seen: set[str] = set()
            for categorie in dimension.categories:
                assert not seen & categorie.valeurs
                seen |= categorie.valeurs
            if dimension.reste is None:
                assert seen


def test_quarter_tables_are_those_of_menu_version_1() -> None:
    lists = Nomenclatures(shipped().values())
    assert [t.code for t in menu().tableaux("trimestre", lists, Lieux(2026, {}, ()))] == [
        "unite", "sexe", "age_4", "statut", "principale", "connu", "suivi", "minima", "origine", "epci",
        "orientations", "entretiens_conjoints", "saisines", "fiches", "retours", "premieres", "engagements", "contacts",
    ]  # fmt: skip
