"""Counted tables refuse to be incomplete or absurd."""

from __future__ import annotations

import pytest

from iscg_desktop.disclosure.tables import Category, CellRef, Count, Dimension, non
from iscg_desktop.errors import BugError
from tests.disclosure.registers import counted, from_numbers, grid, partition, several, shape

SEXE = partition("sexe", ["femme", "homme"])


def test_a_table_lists_total_margins_and_crosses_in_order() -> None:
    form = shape("accueils", SEXE, partition("connu", ["oui", "non"]))
    keys = list(form.all_keys())
    assert keys[0] == ()
    assert keys[1:3] == [(("sexe", "femme"),), (("sexe", "homme"),)]
    assert keys[-1] == (("sexe", "homme"), ("connu", "non"))
    assert len(keys) == 1 + 2 + 2 + 4


def test_a_several_answers_dimension_is_counted_with_its_non_and_printed_without() -> None:
    form = shape("entretiens", several("conjoint", ["oui"]))
    assert list(form.all_keys()) == [(), (("conjoint", "oui"),), (("conjoint", non("oui")),)]
    assert list(form.printed_keys()) == [(), (("conjoint", "oui"),)]


@pytest.mark.parametrize(
    "counts",
    [
        {(): 3, (("sexe", "femme"),): 3},
        {(): 3, (("sexe", "femme"),): 3, (("sexe", "homme"),): 0, (("sexe", "autre"),): 0},
        {(("sexe", "femme"),): 3, (("sexe", "homme"),): 0},
    ],
    ids=["a zero left out", "an unknown category", "no total"],
)
def test_a_table_has_every_cell_and_no_other(counts: dict[tuple[tuple[str, str], ...], int]) -> None:
    with pytest.raises(BugError, match="cells missing"):
        from_numbers(shape("accueils", SEXE), counts)


def test_a_table_refuses_the_same_cell_in_two_orders() -> None:
    form = shape("accueils", SEXE, partition("connu", ["oui"]))
    counts = dict(grid(form, [[1], [2]]).counts)
    counts[("connu", "oui"), ("sexe", "femme")] = Count(1, 1)
    with pytest.raises(BugError, match="given twice"):
        counted(form, counts)


def test_a_table_refuses_the_same_dimension_twice() -> None:
    with pytest.raises(BugError, match="same dimension twice"):
        from_numbers(shape("accueils", SEXE, SEXE), {(): 0})


def test_a_cell_has_one_name_whatever_the_order_of_its_dimensions() -> None:
    assert CellRef("accueils", (("sexe", "femme"), ("age", "mineur"))) == CellRef(
        "accueils", (("age", "mineur"), ("sexe", "femme"))
    )


@pytest.mark.parametrize(("effectif", "foyers"), [(2, 3), (3, 0), (3, -1), (-1, -1)])
def test_impossible_counts_are_refused(effectif: int, foyers: int) -> None:
    with pytest.raises(BugError, match="impossible count"):
        Count(effectif, foyers)


@pytest.mark.parametrize("codes", [(), ("a", "a"), ("non:a",), ("é",), ("",)])
def test_a_dimension_needs_distinct_plain_codes(codes: tuple[str, ...]) -> None:
    with pytest.raises(BugError):
        Dimension("sexe", "Sexe", tuple(Category(code, code) for code in codes))
