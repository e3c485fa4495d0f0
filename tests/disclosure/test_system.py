"""Tables are linked through their common cells; contradictions and cycles are refused."""

from __future__ import annotations

import random

import pytest

from iscg_desktop.disclosure.relations import Relation, Sens, at_least_one, at_most, sum_equals
from iscg_desktop.disclosure.system import CyclicMenu, TableSystem, refuse_cycles
from iscg_desktop.disclosure.tables import CellRef, TableShape, non
from iscg_desktop.errors import BugError
from tests.disclosure.registers import count, from_numbers, grid, line, partition, several, shape

A, B, C = (partition(code, 2) for code in "abc")


def test_tables_of_one_univers_share_total_and_margins() -> None:
    system = TableSystem(
        [grid(shape("accueils", A, B), [[1, 2], [3, 4]]), line(shape("accueils", A), [3, 7])]
    )
    assert len(system.cells) == 1 + 2 + 2 + 4
    assert list(system.cells) == sorted(system.cells)
    assert system.counts[system.position(CellRef("accueils"))].effectif == 10


def test_the_same_sum_in_two_tables_is_one_row() -> None:
    alone = TableSystem([grid(shape("accueils", A, B), [[1, 2], [3, 4]])])
    both = TableSystem([grid(shape("accueils", A, B), [[1, 2], [3, 4]]), line(shape("accueils", A), [3, 7])])
    assert set(alone.rows) == set(both.rows)


def test_a_hidden_non_completes_each_answer() -> None:
    form = shape("accueils", several("aborde", ["p1", "p2"]))
    units = [{"foyer": rank, "aborde": frozenset({"p1"} if rank else {"p1", "p2"})} for rank in range(4)]
    system = TableSystem([count(form, units)])
    hidden = {cell.cle for cell, is_hidden in zip(system.cells, system.hidden, strict=True) if is_hidden}
    assert hidden == {(("aborde", non("p1")),), (("aborde", non("p2")),)}
    # total = oui + non for each answer, and no sum of answers
    assert sorted(len(row.termes) for row in system.rows) == [3, 3]


def test_tables_that_disagree_on_a_common_cell_are_refused() -> None:
    with pytest.raises(BugError, match="differently"):
        TableSystem([line(shape("accueils", A), [3, 7]), line(shape("accueils", B), [3, 8])])


def test_counts_that_break_their_own_sums_are_refused() -> None:
    table = from_numbers(shape("accueils", A), {(): 9, (("a", "a0"),): 3, (("a", "a1"),): 7})
    with pytest.raises(BugError, match="break the relation"):
        TableSystem([table])


def test_counts_that_break_a_declared_relation_are_refused() -> None:
    tables = [line(shape("dossiers", A), [3, 7]), line(shape("accueils", A), [3, 6])]
    with pytest.raises(BugError, match="« d<=a »"):
        TableSystem(tables, [at_most("d<=a", CellRef("dossiers"), CellRef("accueils"))])


def test_a_relation_on_a_cell_nobody_counts_is_refused() -> None:
    relation = Relation("r", ((1, CellRef("accueils", (("a", "a9"),))),), Sens.AU_PLUS, 3)
    with pytest.raises(BugError, match="no table counts"):
        TableSystem([line(shape("accueils", A), [3, 7])], [relation])


def test_one_word_has_one_meaning() -> None:
    form = shape("accueils", A)
    other_unit = TableShape("autre", "t", "accueils", "personne", "haut", "bas", (B,))
    longer = partition("a", 3)
    with pytest.raises(BugError, match="two tables"):
        TableSystem([line(form, [3, 7]), line(form, [3, 7])])
    with pytest.raises(BugError, match="two units"):
        TableSystem([line(form, [3, 7]), line(other_unit, [3, 7])])
    with pytest.raises(BugError, match="two meanings"):
        TableSystem([line(form, [3, 7]), line(shape("accueils", longer, code="longer"), [3, 7, 0])])


def test_a_cyclic_menu_is_refused() -> None:
    chance = random.Random(1)
    units = [{"foyer": n, **{code: f"{code}{chance.randrange(2)}" for code in "abc"}} for n in range(30)]
    crosses = [count(shape("accueils", *pair), units) for pair in ((A, B), (B, C), (A, C))]
    with pytest.raises(CyclicMenu):
        TableSystem(crosses)
    TableSystem(crosses[:2])
    TableSystem([crosses[0], crosses[1], count(shape("dossiers", A, C), units)])


@pytest.mark.parametrize(
    ("crosses", "cyclic"),
    [
        (["ab", "bc", "cd", "be", "f"], False),
        (["ab", "bc", "cd", "da"], True),
        (["ab", "bc", "ac", "abc"], False),
        (["ab", "bc", "ca", "de"], True),
        (["abc", "bcd", "cde"], False),
        (["abc", "cde", "eaf"], True),
    ],
)
def test_trees_pass_and_cycles_do_not(crosses: list[str], cyclic: bool) -> None:
    shapes = [shape("accueils", *(partition(code, 2) for code in cross)) for cross in crosses]
    if cyclic:
        with pytest.raises(CyclicMenu):
            refuse_cycles(shapes)
    else:
        refuse_cycles(shapes)


def test_each_answer_is_a_variable_of_its_own() -> None:
    aborde = several("aborde", 3)
    refuse_cycles([shape("accueils", A, aborde), shape("accueils", A, B)])
    with pytest.raises(CyclicMenu):
        refuse_cycles([shape("accueils", aborde, several("demande", 2))])
    with pytest.raises(CyclicMenu):
        refuse_cycles([shape("accueils", A, aborde), shape("accueils", A, B), shape("accueils", B, aborde)])


def test_at_least_one_answer_holds_in_every_cell_of_the_cross() -> None:
    aborde = several("aborde", 2)
    form = shape("accueils", A, aborde)
    relations = at_least_one("p", form, "aborde")
    assert {relation.termes[0][1].cle for relation in relations} == {(), (("a", "a0"),), (("a", "a1"),)}
    covered = [{"foyer": 1, "a": "a0", "aborde": frozenset({"aborde0"})}]
    TableSystem([count(form, covered)], relations)
    uncovered = [*covered, {"foyer": 2, "a": "a1", "aborde": frozenset()}]
    with pytest.raises(BugError, match="« p »"):
        TableSystem([count(form, uncovered)], relations)


def test_at_least_one_is_for_several_answers_only() -> None:
    with pytest.raises(BugError, match="partition"):
        at_least_one("p", shape("accueils", A), "a")


def test_a_sum_can_be_declared_across_tables() -> None:
    leaves, familles = partition("feuille", 3), partition("famille", 2)
    tables = [line(shape("dossiers", leaves), [2, 8, 9]), line(shape("dossiers", familles), [10, 9])]
    link = sum_equals(
        "famille0",
        CellRef("dossiers", (("famille", "famille0"),)),
        [CellRef("dossiers", (("feuille", f"feuille{n}"),)) for n in (0, 1)],
    )
    assert len(TableSystem(tables, [link]).rows) == 3
