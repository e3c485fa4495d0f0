"""What leaves the gate holds against enumeration, on published examples and on registers of every shape."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.disclosure.protection import protect, refuse_leaks
from iscg_desktop.disclosure.relations import Relation, Sens, at_least_one, sum_equals
from iscg_desktop.disclosure.sensitivity import sensitive_cells
from iscg_desktop.disclosure.suppression import Masks
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.tables import CellRef, Key, non
from iscg_desktop.disclosure.watch import ProtectionCancelled, Watch
from iscg_desktop.errors import BugError, UserError
from tests.disclosure.registers import counted, from_numbers, grid, line, partition, quarter, several, shape
from tests.disclosure.worlds import Written, answered, crosses

ACCUEILS = CellRef("accueils")
SHAPES = {
    "none": quarter(0),
    "one": quarter(1),
    "tiny": quarter(12),
    "usual": quarter(100),
    "large": quarter(110, unites=20, epci=15),
    "lopsided": quarter(90, lopsided=True),
}


def masked(bilan: ProtectedBilan) -> set[CellRef]:
    return {cell for cell, valeur in bilan.figures().items() if valeur is None}


def printed(bilan: ProtectedBilan) -> dict[CellRef, int]:
    return {cell: valeur for cell, valeur in bilan.figures().items() if valeur is not None}


def _a(rank: int) -> CellRef:
    return CellRef("accueils", (("a", f"a{rank}"),))


def one_way(numbers: Sequence[int], k: int = 5) -> ProtectedBilan:
    return protect(TableSystem([line(shape("accueils", partition("a", len(numbers))), numbers)]), k)


# What the strongest reader can imagine, against enumeration


def assert_deniable(written: Written, k: int) -> None:
    system = written.system
    bilan = protect(system, k)
    counts = dict(zip(system.cells, system.counts, strict=True))
    sensitive = {cell for cell, count in counts.items() if count.effectif < k or count.foyers < k}
    shown = printed(bilan)
    assert not sensitive & shown.keys()
    assert all(value == counts[cell].effectif for cell, value in shown.items())
    known = {cell: k for cell in system.cells if cell not in shown and cell not in sensitive}
    worlds = written.universe.agreeing(shown, known)
    for cell in sensitive:
        assert worlds[cell].min() == 0, cell
        assert worlds[cell].max() >= k, cell
    for cell in masked(bilan) - sensitive:
        assert worlds[cell].max() - worlds[cell].min() >= k, cell


@settings(max_examples=60, deadline=None)
@given(crosses(), st.sampled_from([2, 3]))
def test_every_mask_of_a_cross_is_deniable(written: Written, k: int) -> None:
    assert_deniable(written, k)


@settings(max_examples=40, deadline=None)
@given(answered(), st.sampled_from([2, 3]))
def test_every_mask_of_answers_and_every_hidden_non_is_deniable(written: Written, k: int) -> None:
    assert_deniable(written, k)


# Published examples


@pytest.mark.parametrize("numbers", [[0, 0, 0], [10, 5, 0, 0], [10, 3, 1, 1]])
def test_lines_that_suppressors_got_wrong(numbers: list[int]) -> None:
    """0 = 0+0+0, 15 = 10+5+0+0, 15 = 10+3+1+1."""
    bilan = one_way(numbers)
    hidden = [rank for rank in range(len(numbers)) if bilan.valeur(_a(rank)) is None]
    small = {rank for rank, number in enumerate(numbers) if number < 5}
    assert small <= set(hidden)
    if sum(numbers) == 0:
        assert bilan.valeur(ACCUEILS) is None
        return
    assert bilan.valeur(ACCUEILS) == 15
    left = sum(numbers[rank] for rank in hidden)
    worlds = [
        dict(zip(hidden, world, strict=True))
        for world in itertools.product(range(left + 1), repeat=len(hidden))
        if sum(world) == left
        and all(number >= 5 or rank in small for rank, number in zip(hidden, world, strict=True))
    ]
    for rank in hidden:
        reached = [world[rank] for world in worlds]
        assert max(reached) - min(reached) >= 5
        assert rank not in small or (min(reached) == 0 and max(reached) >= 5)


def test_linked_groupings_are_protected_together() -> None:
    leaves, first, second = partition("feuille", 4), partition("theme", 2), partition("gravite", 2)

    def cell(dimension: str, rank: int) -> CellRef:
        return CellRef("dossiers", ((dimension, f"{dimension}{rank}"),))

    links = [
        sum_equals(f"{dimension}{rank}", cell(dimension, rank), [cell("feuille", leaf) for leaf in grouped])
        for dimension, groups in {"theme": ((0, 1), (2, 3)), "gravite": ((0, 2), (1, 3))}.items()
        for rank, grouped in enumerate(groups)
    ]
    tables = [
        line(shape("dossiers", leaves), [2, 18, 19, 30]),
        line(shape("dossiers", first), [20, 49]),
        line(shape("dossiers", second), [21, 48]),
    ]
    bilan = protect(TableSystem(tables, links))
    # Two masked leaves would be enough for either grouping; together they are not.
    assert (
        sum(bilan.valeur(cell("feuille", rank)) is None for rank in range(4))
        + sum(
            bilan.valeur(cell(dimension, rank)) is None
            for dimension in ("theme", "gravite")
            for rank in (0, 1)
        )
        >= 3
    )


# One test for each way of forgetting something


def test_zeros_are_masked_and_nobody_is_unanimous() -> None:
    bilan = one_way([12, 0, 0])
    assert [bilan.valeur(_a(rank)) for rank in range(3)] == [
        None,
        None,
        None,
    ]
    assert bilan.valeur(ACCUEILS) == 12


def test_few_foyers_are_masked_like_few_units() -> None:
    dimension = partition("a", 3)
    numbers: dict[Key, int] = {(): 45, (("a", "a0"),): 9, (("a", "a1"),): 16, (("a", "a2"),): 20}
    foyers: dict[Key, int] = {(("a", "a0"),): 2, (): 38}
    bilan = protect(TableSystem([from_numbers(shape("accueils", dimension), numbers, foyers)]))
    assert _a(0) in masked(bilan)
    assert len(masked(bilan)) == 2


def test_a_small_non_masks_its_oui() -> None:
    numbers: dict[Key, int] = {(): 20, (("p", "p0"),): 18, (("p", non("p0")),): 2}
    bilan = protect(TableSystem([from_numbers(shape("accueils", several("p", 1)), numbers)]))
    assert bilan.valeur(ACCUEILS) == 20
    assert bilan.valeur(CellRef("accueils", (("p", "p0"),))) is None


def test_a_declared_relation_is_known_to_the_reader() -> None:
    """Each accueil has a problématique: with 20 and 8 of 30 printed, the third could not be 0."""
    numbers: dict[Key, int] = {
        (): 30,
        (("p", "p0"),): 20,
        (("p", non("p0")),): 10,
        (("p", "p1"),): 4,
        (("p", non("p1")),): 26,
        (("p", "p2"),): 8,
        (("p", non("p2")),): 22,
    }
    table = from_numbers(shape("accueils", several("p", 3)), numbers)
    alone = protect(TableSystem([table]))
    assert {cell.cle for cell in masked(alone)} == {(("p", "p1"),)}
    linked = protect(TableSystem([table], at_least_one("p", table, "p")))
    assert len(masked(linked)) == 2


def test_what_whole_numbers_forbid_is_not_called_safe() -> None:
    """3x + 5y = 78 with x = 1 and y = 15: fractions could make x 0, no register can."""
    tables = [from_numbers(shape("x"), {(): 1}), from_numbers(shape("y"), {(): 15})]
    relation = Relation("odd", ((3, CellRef("x")), (5, CellRef("y"))), Sens.EGAL, 78)
    with pytest.raises(UserError) as caught:
        protect(TableSystem(tables, [relation]))
    assert caught.value.code == "bilan_non_protegeable"


# Registers of every shape


@pytest.mark.parametrize("name", SHAPES)
def test_no_small_figure_is_told_and_all_sums_hold(name: str) -> None:
    system = SHAPES[name]
    bilan = protect(system)
    counts = dict(zip(system.cells, system.counts, strict=True))
    for cell, valeur in printed(bilan).items():
        assert valeur == counts[cell].effectif >= 5
        assert counts[cell].foyers >= 5
    assert bilan.chiffres_donnes + bilan.chiffres_masques == len(bilan.figures())


@pytest.mark.parametrize("name", SHAPES)
def test_no_mask_is_useless(name: str) -> None:
    """Printing any one complementary mask again lets the attack through."""
    system = SHAPES[name]
    masks = {system.position(cell) for cell in masked(protect(system))}
    refuse_leaks(system, frozenset(masks), 5, Watch())
    for given_back in masks - sensitive_cells(system, 5):
        with pytest.raises(BugError, match="audit"):
            refuse_leaks(system, frozenset(masks - {given_back}), 5, Watch())


def test_a_usual_quarter_still_tells_most_of_its_figures() -> None:
    bilan = protect(SHAPES["usual"])
    assert bilan.valeur(ACCUEILS) == 100
    assert bilan.chiffres_masques / len(bilan.figures()) < 0.4


def test_an_empty_quarter_tells_nothing() -> None:
    assert not printed(protect(SHAPES["none"]))


def test_the_profile_renforce_hides_more() -> None:
    usual, strong = protect(SHAPES["usual"], 5), protect(SHAPES["usual"], 11)
    assert strong.chiffres_masques > usual.chiffres_masques
    assert min(printed(strong).values()) >= 11


def test_masks_are_not_the_same_each_time() -> None:
    """A method that always chose alike could be run backwards: equal candidates are drawn."""
    draws = {frozenset(masked(one_way([3, 20, 20, 20, 20, 20]))) for _ in range(40)}
    assert len(draws) > 1


def test_order_and_names_of_categories_change_nothing_to_the_rule() -> None:
    forward = from_numbers(
        shape("accueils", partition("a", ["x", "y", "z"])), {(): 29, **_cells("x", 4, "y", 5, "z", 20)}
    )
    backward = from_numbers(
        shape("accueils", partition("a", ["u", "t", "s"])), {(): 29, **_cells("u", 20, "t", 5, "s", 4)}
    )
    for table, small in ((forward, "x"), (backward, "s")):
        bilan = protect(TableSystem([table]))
        assert bilan.valeur(CellRef("accueils", (("a", small),))) is None
        assert bilan.valeur(ACCUEILS) == 29
        refuse_leaks_of(TableSystem([table]), bilan)


def refuse_leaks_of(system: TableSystem, bilan: ProtectedBilan) -> None:
    refuse_leaks(system, frozenset(system.position(cell) for cell in masked(bilan)), 5, Watch())


def _cells(*pairs: str | int) -> dict[Key, int]:
    names, numbers = pairs[::2], pairs[1::2]
    return {(("a", str(name)),): int(number) for name, number in zip(names, numbers, strict=True)}


# The gate


def test_the_gate_refuses_masks_that_do_not_protect() -> None:
    system = TableSystem([grid(shape("accueils", partition("a", 2), partition("b", 2)), [[2, 20], [30, 40]])])
    small = system.position(CellRef("accueils", (("a", "a0"), ("b", "b0"))))
    with pytest.raises(BugError, match="sensitive cell would be printed"):
        refuse_leaks(system, frozenset(), 5, Watch())
    with pytest.raises(BugError, match="audit"):
        refuse_leaks(system, frozenset({small}), 5, Watch())


def test_the_gate_refuses_a_mask_that_is_too_narrow() -> None:
    """A complementary mask between 8 and 12 would tell nearly as much as its figure."""
    table = line(shape("accueils", partition("a", 2)), [4, 8])
    cell = _a(1)
    bound = Relation("narrow", ((1, cell),), Sens.AU_PLUS, 9)
    system = TableSystem([table], [bound])
    masks = frozenset(range(len(system.cells)))
    with pytest.raises(BugError, match="audit"):
        refuse_leaks(system, masks, 5, Watch())
    assert protect(system).valeur(cell) == 8  # told, it needs no range; its total is masked instead
    most = Relation("most", ((1, ACCUEILS),), Sens.AU_PLUS, 12)
    with pytest.raises(UserError):
        protect(TableSystem([table], [bound, most]))


def test_the_gate_refuses_a_small_cell_that_cannot_be_zero() -> None:
    """Someone was there, everyone knows it: one or more is already something told."""
    someone = Relation("someone", ((-1, _a(0)),), Sens.AU_PLUS, -1)
    system = TableSystem([line(shape("accueils", partition("a", 2)), [2, 30])], [someone])
    with pytest.raises(BugError, match="audit"):
        refuse_leaks(system, frozenset(range(len(system.cells))), 5, Watch())
    with pytest.raises(UserError):
        protect(system)


def test_progress_goes_up_to_its_total() -> None:
    seen: list[tuple[int, int]] = []
    protect(SHAPES["usual"], progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(set(seen))
    assert seen[0][0] == 0
    assert seen[-1] == (100, 100)


@pytest.mark.parametrize("patience", [0, 3, 30])
def test_cancelling_stops_and_gives_nothing(patience: int) -> None:
    asked = iter(range(1000))
    with pytest.raises(ProtectionCancelled):
        protect(SHAPES["usual"], cancelled=lambda: next(asked) >= patience)


def test_it_works_in_a_worker_thread() -> None:
    found: list[ProtectedBilan] = []
    worker = threading.Thread(target=lambda: found.append(protect(SHAPES["usual"])))
    worker.start()
    worker.join()
    assert found[0].valeur(ACCUEILS) == 100


def test_totals_alone_are_protected_too() -> None:
    system = TableSystem([counted(shape("fiches"), {(): count}) for count in [quarter(3).counts[0]]])
    assert protect(system).chiffres_masques == 1


def test_nothing_leaves_when_the_suppression_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault injection: a suppression that masks small cells only, in tables where no single sum betrays it."""
    rows, columns = partition("r", 4), partition("c", 4)
    numbers = [[41, 52, 9, 8], [20, 11, 3, 6], [7, 47, 60, 70], [9, 8, 65, 80]]
    system = TableSystem([grid(shape("accueils", rows, columns), numbers)])
    places = ((0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3))
    masks = {
        system.position(CellRef("accueils", (("r", f"r{row}"), ("c", f"c{column}"))))
        for row, column in places
    }
    monkeypatch.setattr("iscg_desktop.disclosure.protection.suppress", lambda *_: Masks(frozenset(masks)))
    with pytest.raises(BugError, match="audit"):
        protect(system)
