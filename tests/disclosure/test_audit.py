"""The attacker of ours finds exactly what enumeration finds, in whole numbers, and the published examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscg_desktop.disclosure.audit import Bounds, bounds
from iscg_desktop.disclosure.blocks import Reader
from iscg_desktop.disclosure.relations import Relation, Sens, sum_equals
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.tables import CellRef
from iscg_desktop.errors import BugError
from tests.disclosure.registers import from_numbers, grid, line, partition, shape
from tests.disclosure.worlds import Written, answered, crosses


def attack(
    system: TableSystem, masked: set[CellRef], floors: dict[CellRef, int] | None = None
) -> dict[CellRef, Bounds]:
    """Bounds of all that is not printed."""
    reader = Reader(
        size=len(system.cells),
        rows=system.rows,
        printed={
            rank: count.effectif
            for rank, (cell, count) in enumerate(zip(system.cells, system.counts, strict=True))
            if cell not in masked and not system.hidden[rank]
        },
        floors={system.position(cell): floor for cell, floor in (floors or {}).items()},
    )
    return {system.cells[cell]: found for cell, found in bounds(reader)}


def assert_same_as_enumeration(written: Written, masked: set[CellRef], floors: dict[CellRef, int]) -> None:
    system = written.system
    printed = {
        cell: count.effectif
        for cell, count, hidden in zip(system.cells, system.counts, system.hidden, strict=True)
        if cell not in masked and not hidden
    }
    worlds = written.universe.agreeing(printed, floors)
    for cell, found in attack(system, masked, floors).items():
        assert found.low == worlds[cell].min(), cell
        largest = int(worlds[cell].max())
        if largest < written.cap:
            assert found.high == largest, cell
        else:
            assert found.reach(largest), cell


@settings(max_examples=60, deadline=None)
@given(crosses(), st.data())
def test_bounds_of_a_cross_are_those_of_enumeration(written: Written, data: st.DataObject) -> None:
    masked = data.draw(st.sets(st.sampled_from(written.system.cells)))
    assert_same_as_enumeration(written, masked, {})


@settings(max_examples=25, deadline=None)
@given(answered(), st.data())
def test_bounds_of_answers_and_relations_are_those_of_enumeration(
    written: Written, data: st.DataObject
) -> None:
    # The total stays printed: it bounds everything, so that the enumeration has every world.
    shown = [
        cell
        for cell, hidden in zip(written.system.cells, written.system.hidden, strict=True)
        if not hidden and cell != CellRef("accueils")
    ]
    masked = data.draw(st.sets(st.sampled_from(shown)))
    known = {
        cell: count.effectif for cell, count in zip(written.system.cells, written.system.counts, strict=True)
    }
    floors = {
        cell: min(known[cell], 2) for cell in data.draw(st.sets(st.sampled_from(shown))) if cell in masked
    }
    assert_same_as_enumeration(written, masked, floors)


def test_two_masks_in_every_line_do_not_always_protect() -> None:
    """The oracle of a 4 x 4 table: 47 is computable though no line gives it; one more mask: 0 to 78."""
    rows, columns = partition("r", 4), partition("c", 4)
    system = TableSystem(
        [
            grid(
                shape("accueils", rows, columns),
                [[41, 52, 9, 8], [20, 11, 47, 6], [7, 47, 60, 70], [9, 8, 65, 80]],
            )
        ]
    )

    def cell(row: int, column: int) -> CellRef:
        return CellRef("accueils", (("r", f"r{row}"), ("c", f"c{column}")))

    masked = {
        cell(*place) for place in ((0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3))
    }
    for line_of_masks in ("r", "c"):
        lines = [dict(one.cle)[line_of_masks] for one in masked]
        assert all(lines.count(name) >= 2 for name in lines)
    assert attack(system, masked)[cell(1, 2)] == Bounds(47, 47)
    assert attack(system, masked | {cell(2, 1)})[cell(1, 2)] == Bounds(0, 78)


def test_tables_safe_alone_leak_together() -> None:
    """The oracle of linked tables: two groupings of the same leaves, each protected alone."""
    leaves = partition("feuille", 4)
    first, second = partition("theme", 2), partition("gravite", 2)

    def leaf(rank: int) -> CellRef:
        return CellRef("dossiers", (("feuille", f"feuille{rank}"),))

    def group(dimension: str, rank: int) -> CellRef:
        return CellRef("dossiers", ((dimension, f"{dimension}{rank}"),))

    counts = line(shape("dossiers", leaves), [2, 8, 9, 30])
    by_theme = line(shape("dossiers", first), [10, 39])
    by_gravite = line(shape("dossiers", second), [11, 38])
    links_theme = [
        sum_equals("t0", group("theme", 0), [leaf(0), leaf(1)]),
        sum_equals("t1", group("theme", 1), [leaf(2), leaf(3)]),
    ]
    links_gravite = [
        sum_equals("g0", group("gravite", 0), [leaf(0), leaf(2)]),
        sum_equals("g1", group("gravite", 1), [leaf(1), leaf(3)]),
    ]
    alone = TableSystem([counts, by_theme], links_theme)
    assert attack(alone, {leaf(0), leaf(1)})[leaf(0)] == Bounds(0, 10)
    # The other grouping alone would mask leaves 0 and 2; whoever holds both files sees 1 and 2 printed.
    together = TableSystem([counts, by_theme, by_gravite], [*links_theme, *links_gravite])
    assert attack(together, {leaf(0), leaf(1)})[leaf(0)] == Bounds(2, 2)
    assert attack(together, {leaf(0), leaf(1), leaf(2), leaf(3)})[leaf(0)] == Bounds(0, 10)


def test_bounds_are_those_of_whole_numbers() -> None:
    """3x + 5y = 18: fractions would allow x = 0, whole numbers do not."""
    x, y = CellRef("x"), CellRef("y")
    tables = [from_numbers(shape("x"), {(): 1}), from_numbers(shape("y"), {(): 3})]
    system = TableSystem(tables, [Relation("odd", ((3, x), (5, y)), Sens.EGAL, 18)])
    assert attack(system, {x, y}) == {x: Bounds(1, 6), y: Bounds(0, 3)}


def test_what_is_printed_links_nothing_and_what_has_no_end_says_so() -> None:
    system = TableSystem(
        [line(shape("accueils", partition("a", 3)), [2, 8, 9]), line(shape("d", partition("b", 2)), [1, 1])]
    )
    everything = set(system.cells)
    assert all(found == Bounds(0, None) for found in attack(system, everything).values())
    total = CellRef("accueils")
    assert attack(system, everything - {total})[CellRef("accueils", (("a", "a0"),))] == Bounds(0, 19)


def test_printed_figures_that_contradict_each_other_are_refused() -> None:
    system = TableSystem([line(shape("accueils", partition("a", 2)), [2, 8])])
    with pytest.raises(BugError, match="contradict"):
        list(bounds(Reader(3, system.rows, {0: 10, 1: 3, 2: 8}, {})))
    with pytest.raises(BugError, match="no complete table"):
        list(bounds(Reader(3, system.rows, {0: 10, 1: 12}, {})))


def test_a_solver_that_is_wrong_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault injection: a table of zeros is whole, and breaks the sum."""
    system = TableSystem([line(shape("accueils", partition("a", 2)), [2, 8])])
    monkeypatch.setattr("iscg_desktop.disclosure.audit.Program.cheapest", lambda self: np.zeros(2))
    with pytest.raises(BugError, match="could not show"):
        attack(system, set(system.cells) - {CellRef("accueils")})
