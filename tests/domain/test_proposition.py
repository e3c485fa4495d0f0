"""Which structures are proposed: the right type, open, nearest first, none twice."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.partenaire import Partenaire
from iscg_desktop.domain.proposition import Lieu, Portee, portee, propose

DAY = date(2026, 11, 23)
# Her commune is « a »; « b » and « c » are of her EPCI, « d » and « e » of her département, the others elsewhere.
LIEU = Lieu(frozenset("a"), frozenset("abc"), frozenset("abcde"))

structures = st.builds(
    Partenaire,
    id=st.integers(1, 40),
    nom=st.sampled_from(["CDAS", "CCAS", "Élan", "ccas"]),
    type=st.sampled_from(["ccas", "cmp"]),
    adresse=st.just(""),
    code_postal=st.just(""),
    ville=st.just(""),
    telephone=st.just(""),
    courriel=st.just(""),
    ferme_le=st.none() | st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days)),
    communes=st.sets(st.sampled_from("abcdefgh")).map(lambda codes: tuple(sorted(codes))),
)
annuaires = st.lists(structures, unique_by=lambda each: each.id, max_size=12)


@given(annuaires)
def test_only_open_structures_of_the_type_that_may_serve_her_are_proposed(annuaire: list[Partenaire]) -> None:
    found = [each.partenaire for each in propose(annuaire, "ccas", LIEU, DAY)]
    wanted = [
        each
        for each in annuaire
        if each.type == "ccas"
        and (each.ferme_le is None or each.ferme_le > DAY)
        and (not each.communes or set(each.communes) & set("abcde"))
    ]
    assert sorted(each.id for each in found) == sorted(each.id for each in wanted)


@given(annuaires)
def test_the_nearest_come_first(annuaire: list[Partenaire]) -> None:
    def distance(each: Partenaire) -> int:
        served = set(each.communes)
        if not served:
            return 3
        return 0 if "a" in served else 1 if served & set("bc") else 2

    found = propose(annuaire, "ccas", LIEU, DAY)
    assert [each.portee for each in found] == [Portee(distance(each.partenaire)) for each in found]
    for before, after in pairwise(found):
        assert distance(before.partenaire) <= distance(after.partenaire)
        if before.portee == after.portee:
            assert len(before.partenaire.communes) <= len(after.partenaire.communes)


@given(annuaires, st.randoms())
def test_the_order_of_the_annuaire_changes_nothing(annuaire: list[Partenaire], random: object) -> None:
    shuffled = list(annuaire)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert propose(shuffled, "ccas", LIEU, DAY) == propose(annuaire, "ccas", LIEU, DAY)


@given(annuaires)
def test_without_a_commune_all_open_ones_are_proposed_by_name(annuaire: list[Partenaire]) -> None:
    found = propose(annuaire, "cmp", None, DAY)
    assert {each.partenaire.id for each in found} == {
        each.id for each in annuaire if each.type == "cmp" and each.is_open(DAY)
    }
    names = [each.partenaire.nom.casefold() for each in found]
    assert names == sorted(names)
    assert {each.portee for each in found} <= {None}


def test_a_territory_elsewhere_is_no_territory_of_hers() -> None:
    assert portee(("z",), LIEU) is None
    assert portee((), LIEU) is Portee.NON_PRECISEE


def test_the_day_of_closing_is_the_first_day_without() -> None:
    closing = Partenaire(1, "CCAS", "ccas", "", "", "", "", "", DAY)
    assert propose([closing], "ccas", None, DAY) == ()
    assert len(propose([closing], "ccas", None, DAY - timedelta(days=1))) == 1
