"""What could be printed together: every small category, one that is not, and what it gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.bilan import Categorie, Dimension, Effectif, Tableau, TableauCompte
from iscg_desktop.services.bilan_propositions import propositions

CODES = ("a", "b", "c", "d", "e")


def _compte(numbers: dict[str, int]) -> TableauCompte:
    dimension = Dimension("q", "Q", "q", tuple(Categorie(c, c.upper(), frozenset({c})) for c in numbers))
    tableau = Tableau("t", "Unités", "accueils", "accueil", "n", "d", (dimension,), ("trimestre",))
    cells = {(("q", code),): Effectif(number, number) for code, number in numbers.items()}
    total = sum(numbers.values())
    return TableauCompte(tableau, {(): Effectif(total, total), **cells})


def test_small_categories_are_proposed_with_the_smallest_that_is_not() -> None:
    (found,) = propositions([_compte({"a": 30, "b": 2, "c": 12, "d": 3, "e": 40})], 5, "Autres ({nombre})")
    assert found.regroupement.codes == ("b", "c", "d")
    assert (found.regroupement.libelle, found.noms, found.gain) == ("Autres (3)", ("B", "C", "D"), 2)
    assert not propositions([_compte({"a": 30, "b": 2, "c": 12})], 5, "", [found.regroupement])


def test_nothing_is_proposed_where_it_gives_nothing() -> None:
    assert not propositions([_compte({"a": 30, "b": 12, "c": 9})], 5, "")
    assert not propositions([_compte({"a": 30, "b": 2, "c": 1})], 5, "")  # one category only would be left
    assert not propositions([_compte({"a": 30, "b": 0, "c": 12})], 5, "")  # nobody is hidden there


@given(st.fixed_dictionaries(dict.fromkeys(CODES, st.integers(0, 20))))
def test_a_group_never_tells_which_of_its_categories_is_small(numbers: dict[str, int]) -> None:
    for found in propositions([_compte(numbers)], 5, ""):
        inside = [numbers[code] for code in found.regroupement.codes]
        assert sum(number >= 5 for number in inside) == 1
        assert sum(inside) >= 5
        assert {code for code, number in numbers.items() if number < 5} < set(found.regroupement.codes)
        assert len(numbers) - len(inside) >= 1
