"""Counting: every cell, zeros included, additive, with distinct foyers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.bilan import (
    NON,
    Categorie,
    Dimension,
    Effectif,
    Enrichment,
    Ligne,
    Tableau,
    by_familles,
    by_valeurs,
    classe_ressources,
    count,
)
from iscg_desktop.domain.nomenclature import Famille, Nomenclature, Nomenclatures, Valeur
from iscg_desktop.reference.nomenclatures import shipped

SEXE = Dimension(
    "sexe",
    "Sexe",
    "sexe",
    tuple(Categorie(code, code, frozenset({code})) for code in ("femme", "homme", "autre")),
)
LIEU = Dimension(
    "lieu",
    "Lieu",
    "lieu",
    (Categorie("ici", "Ici", frozenset({"a", "b"})), Categorie("x", "X", frozenset())),
    reste="x",
)
DEMANDE = Dimension(
    "demande",
    "Demande",
    "demande",
    tuple(Categorie(code, code, frozenset({code})) for code in ("ecoute", "sante")),
    reponses_multiples=True,
)


def _tableau(*dimensions: Dimension) -> Tableau:
    return Tableau("t", "T", "accueils", "accueil", "n", "d", dimensions, ("trimestre",))


rows = st.lists(
    st.builds(
        Ligne,
        st.sampled_from(["accueils", "accueils", "dossiers"]),
        st.integers(0, 6),
        st.fixed_dictionaries(
            {
                "sexe": st.sampled_from(["femme", "homme", "autre"]),
                "lieu": st.sampled_from(["a", "b", "ailleurs"]),
                "demande": st.lists(st.sampled_from(["ecoute", "sante"]), unique=True).map(tuple),
            }
        ),
    ),
    max_size=40,
)


@given(rows)
def test_every_margin_is_the_sum_of_its_cells(lignes: list[Ligne]) -> None:
    compte = count(_tableau(SEXE, LIEU), lignes)
    accueils = [ligne for ligne in lignes if ligne.univers == "accueils"]
    assert compte.effectifs[()] == Effectif(len(accueils), len({ligne.foyer for ligne in accueils}))
    for sexe in SEXE.all_answers():
        cells = [compte.effectifs[(("sexe", sexe), ("lieu", lieu))].unites for lieu in LIEU.all_answers()]
        assert compte.effectifs[(("sexe", sexe),)].unites == sum(cells)
    assert len(compte.effectifs) == 1 + 3 + 2 + 6


@given(rows)
def test_several_answers_are_as_many_yes_or_no(lignes: list[Ligne]) -> None:
    compte = count(_tableau(DEMANDE), lignes)
    for code in ("ecoute", "sante"):
        yes, no = (compte.effectifs[(("demande", answer),)] for answer in (code, NON + code))
        assert yes.unites + no.unites == compte.total
        assert yes.unites == sum(
            code in ligne.valeurs["demande"] for ligne in lignes if ligne.univers == "accueils"
        )


@given(rows)
def test_foyers_never_exceed_units(lignes: list[Ligne]) -> None:
    for effectif in count(_tableau(SEXE, LIEU), lignes).effectifs.values():
        assert effectif.foyers <= effectif.unites
        assert (effectif.foyers == 0) is (effectif.unites == 0)


def test_a_value_added_by_the_user_counts_under_the_shipped_one() -> None:
    liste = Nomenclature(
        "x",
        "X",
        (
            Valeur("vol", "Vol", "autres"),
            Valeur("vol_betail", "Vol de bétail", "inventee", compte_sous="vol"),
            Valeur("menaces", "Menaces", "violences"),
        ),
        (Famille("autres", "Autres"), Famille("violences", "Violences")),
    )
    assert {c.code: c.valeurs for c in by_valeurs(liste)}["vol"] == {"vol", "vol_betail"}
    assert "vol_betail" not in {c.code for c in by_valeurs(liste)}
    assert {c.code: c.valeurs for c in by_familles(liste)}["autres"] == {"vol", "vol_betail"}


def test_resources_are_a_partition_by_rule() -> None:
    lists = Nomenclatures(shipped().values())
    assert classe_ressources(["salaire", "rsa"], lists) == "minima_sociaux"
    assert classe_ressources(["salaire"], lists) == "autres"
    assert classe_ressources(["sans_ressources"], lists) == "sans"
    assert classe_ressources([], lists) == "non_renseigne"
    assert classe_ressources(["non_renseigne"], lists) == "non_renseigne"


def test_only_an_answer_makes_somebody_neither_agee_nor_handicapee() -> None:
    lists = Nomenclatures(shipped().values())

    def counted(*codes: str) -> object:
        facts = {"commune": "", "ressources": (), "vulnerabilite": codes}
        return Enrichment(lists, lambda _: None)(Ligne("accueils", 1, facts)).valeurs["agee_ou_handicapee"]

    assert counted() == counted("non_renseigne") == "non_renseigne"
    assert counted("aucune") == counted("personne_isolee") == "non"
    assert counted("personne_isolee", "personne_agee") == counted("personne_handicapee") == "oui"
