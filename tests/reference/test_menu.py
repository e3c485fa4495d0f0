"""The menu: crosses without a cycle, links that are declared, indicators in every tier they are promised for."""

from __future__ import annotations

from collections import Counter

import pytest

from iscg_desktop.disclosure.system import CyclicMenu, refuse_cycles
from iscg_desktop.disclosure.tables import Category, Dimension, TableShape
from iscg_desktop.domain.bilan import Tableau
from iscg_desktop.domain.bilan_bandes import bande_delai, bande_duree
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE, Nomenclatures
from iscg_desktop.domain.period import Palier
from iscg_desktop.reference.menu import ecran, menu
from iscg_desktop.reference.menu_dimensions import Lieux
from iscg_desktop.reference.nomenclatures import shipped

LISTS = Nomenclatures(shipped().values())
LIEUX = Lieux(
    2026,
    {},
    (("200000001", "Ici"), ("200000002", "Là")),
    (("35001", "Une"), ("35002", "Deux"), ("35003", "Trois")),
    {"35001": "200000001", "35002": "200000001"},
)
PALIERS: tuple[Palier, ...] = ("trimestre", "semestre", "annee")


def _tableaux(palier: Palier) -> tuple[Tableau, ...]:
    return menu().tableaux(palier, LISTS, LIEUX)


def _shape(tableau: Tableau) -> TableShape:
    return TableShape(
        tableau.code,
        tableau.titre,
        tableau.univers,
        tableau.unite,
        tableau.numerateur,
        tableau.denominateur,
        tuple(
            Dimension(
                d.code,
                d.libelle,
                tuple(Category(c.code, c.libelle) for c in d.categories),
                d.reponses_multiples,
            )
            for d in tableau.dimensions
        ),
    )


def _printed(palier: Palier) -> set[tuple[str, tuple[tuple[str, str], ...]]]:
    return {(tableau.univers, cle) for tableau in _tableaux(palier) for cle in _shape(tableau).printed_keys()}


def test_no_two_tables_bear_the_same_title() -> None:
    """Of the bilan, whatever its tier, and of the screen: a title names one table in every file and page."""
    everywhere = ecran().tous(LISTS, LIEUX)
    assert {one.code for palier in PALIERS for one in _tableaux(palier)} <= {one.code for one in everywhere}
    titles = Counter(tableau.titre for tableau in everywhere)
    assert [title for title, times in titles.items() if times > 1] == []


def test_the_crosses_of_each_tier_form_a_tree() -> None:
    for palier in PALIERS:
        refuse_cycles(map(_shape, _tableaux(palier)))


def test_one_more_cross_would_close_a_cycle() -> None:
    shapes = {tableau.code: _shape(tableau) for tableau in _tableaux("annee")}
    origine, connu = (shapes[code].dimensions[1] for code in ("unite_origine", "unite_connu"))
    more = TableShape("origine_connu", "", "accueils", "accueil", "", "", (origine, connu))
    with pytest.raises(CyclicMenu):
        refuse_cycles((*shapes.values(), more))


@pytest.mark.parametrize("palier", PALIERS)
def test_no_unit_is_split_by_unite_twice(palier: Palier) -> None:
    univers = {t.univers for t in _tableaux(palier) for d in t.dimensions if d.code == "unite"}
    assert univers == {"accueils"}


@pytest.mark.parametrize("palier", PALIERS)
def test_what_asks_the_same_question_twice_is_declared(palier: Palier) -> None:
    """Two dimensions of one univers read from one fact are nested in each other, and said to be."""
    champs = Counter((t.univers, d.champ, d.code) for t in _tableaux(palier) for d in t.dimensions)
    declared = {(i.univers, i.gros, i.fin) for i in menu().imbrications(LISTS, LIEUX)}
    for univers, champ, code in champs:
        for other, same, twin in champs:
            if (univers, champ) == (other, same) and code < twin:
                assert {(univers, code, twin), (univers, twin, code)} & declared


def test_imbrications_say_which_categories_lie_inside_which() -> None:
    found = {(i.gros, i.fin): i for i in menu().imbrications(LISTS, LIEUX)}
    ages = found["age_4", "tranche_age"]
    assert ages.dedans["65_plus"] == ("65_74", "75_plus")
    assert ages.exacte == {"moins_13", "13_17", "18_64", "65_plus", NON_RENSEIGNE}
    assert found["conjoint", "mode"].dedans == {"oui": ("conjoint",)}
    principale = found["principale", "principale_detail"]
    assert "conflit_conjugal" in principale.dedans["intrafamilial"]
    assert sum(map(len, principale.dedans.values())) == len(LISTS["problematique"].valeurs)
    assert found["epci", "commune"].dedans["200000001"] == ("35001", "35002")
    assert found["epci", "commune"].exacte == frozenset()


def test_every_relation_is_between_cells_that_some_tier_prints() -> None:
    printed = [_printed(palier) for palier in PALIERS]
    for relation in menu().relations:
        cells = {*relation.petit, *relation.grand}
        assert any(cells <= one for one in printed), relation.code
    codes = [relation.code for relation in menu().relations]
    assert len(set(codes)) == len(codes)


def test_each_tier_gives_its_indicators() -> None:
    given = {palier: {item.code: item for item in menu().indicateurs(_printed(palier))} for palier in PALIERS}
    quarter = {
        "part_femmes", "part_intrafamilial", "moins_13", "13_17", "minima_sociaux", "inconnus", "non_suivis",
        "orientes_secteur", "part_conjoints", "forces_de_l_ordre",
    }  # fmt: skip
    half = quarter | {"vulnerables", "ouvriers_employes"}
    assert set(given["trimestre"]) == quarter
    assert set(given["semestre"]) == half
    assert set(given["annee"]) == half | {"accompagnement_engage", "orientes_inconnus"}
    assert given["annee"]["moins_13"].haut == (("accueils", (("tranche_age", "moins_13"),)),)
    assert given["annee"]["accompagnement_engage"].rapport_de_flux
    assert given["annee"]["accompagnement_engage"].bas == (("accueils", (("suivi", "non"),)),)
    assert given["trimestre"]["inconnus"].inconnus == (("accueils", (("connu", NON_RENSEIGNE),)),)
    assert not given["trimestre"]["orientes_secteur"].inconnus


def test_what_is_frozen_but_never_printed_is_apart() -> None:
    internes = menu().tableaux("annee", LISTS, LIEUX, internes=True)
    assert [tableau.code for tableau in internes] == ["contacts_famille"]
    assert not {"contacts_famille"} & {tableau.code for tableau in _tableaux("annee")}


def test_every_delay_and_duration_falls_in_a_listed_band() -> None:
    codes = {d.code: {c.code for c in d.categories} for t in _tableaux("semestre") for d in t.dimensions}
    assert {bande_delai(days) for days in [None, *range(-3, 400)]} == codes["delai_contact"]
    assert {bande_duree(minutes) for minutes in [None, *range(1441)]} == codes["duree"]
