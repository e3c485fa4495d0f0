"""Bilans added up: exact where all is printed, and bounds that hold whatever lies under the masks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscg_desktop.disclosure.consolidation import ZERO, Apport, Encadrement, bounds, reunir
from iscg_desktop.disclosure.protected import ProtectedBilan, reread
from iscg_desktop.disclosure.protection import protect
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.tables import Category, CellRef, Dimension
from iscg_desktop.errors import UserError
from tests.disclosure.registers import count, line, partition, quarter, several, shape

FORM = shape("accueils", partition("a", 4))
A = [CellRef("accueils", (("a", f"a{rank}"),)) for rank in range(4)]
TOTAL = CellRef("accueils")


def bilan(total: int | None, *values: int | None) -> ProtectedBilan:
    return reread([FORM], {TOTAL: total, **dict(zip(A, values, strict=True))}, 5, "1")


def cells(*bilans: ProtectedBilan) -> dict[CellRef, tuple[int, int | None, int]]:
    (table,) = reunir((Apport(one, f"c{rank}", f"n{rank}") for rank, one in enumerate(bilans)), frozenset())
    return {
        table.cell(cell.cle): (cell.encadrement.minimum, cell.encadrement.maximum, cell.bilans)
        for cell in table.cellules
    }


def test_printed_figures_are_added_exactly() -> None:
    found = cells(bilan(100, 40, 30, 20, 10), bilan(50, 20, 10, 10, 10))
    assert found[TOTAL] == (150, 150, 2)
    assert [found[cell][:2] for cell in A] == [(60, 60), (40, 40), (30, 30), (20, 20)]


def test_a_masked_figure_gives_what_its_sum_leaves_open() -> None:
    found = cells(bilan(100, 60, 30, None, None), bilan(50, 20, 10, 10, 10))
    assert [found[cell][:2] for cell in A] == [(80, 80), (40, 40), (10, 20), (10, 20)]


def test_without_a_printed_total_there_is_no_upper_bound() -> None:
    found = cells(bilan(None, 60, None, None, None))
    assert found[TOTAL][:2] == (60, None)
    assert found[A[1]][:2] == (0, None)


def test_a_masked_total_lies_above_the_sum_of_what_is_printed() -> None:
    assert cells(bilan(None, 60, 7, None, 8), bilan(90, 50, 20, 10, 10))[TOTAL][:2] == (165, None)


@settings(max_examples=25)
@given(st.lists(st.lists(st.integers(0, 30), min_size=4, max_size=4), min_size=1, max_size=4))
def test_the_true_sum_lies_within_the_bounds(registers: list[list[int]]) -> None:
    found = cells(*(protect(TableSystem([line(FORM, numbers)]), 5) for numbers in registers))
    for rank, cell in enumerate(A):
        low, high, _ = found[cell]
        true = sum(numbers[rank] for numbers in registers)
        assert low <= true
        assert high is None or true <= high
    low, high, _ = found[TOTAL]
    assert low <= sum(map(sum, registers)) <= (high if high is not None else 10**9)


@pytest.mark.parametrize("accueils", [12, 60, 150])
def test_bounds_of_a_whole_quarter_hold_in_every_table(accueils: int) -> None:
    system = quarter(accueils, seed=accueils)
    known = bounds(protect(system, 5))
    for table in system.tables:
        for cle, exact in table.counts.items():
            between = known.get(table.cell(cle))
            if between is not None:
                assert between.minimum <= exact.effectif
                assert between.maximum is None or exact.effectif <= between.maximum


def test_bounds_of_several_answers_hold() -> None:
    form = shape("accueils", several("d", 3))
    register = [
        {"foyer": str(rank), "d": frozenset(f"d{each}" for each in range(3) if rank % (each + 2) == 0)}
        for rank in range(40)
    ]
    table = count(form, register)
    known = bounds(protect(TableSystem([table]), 5))
    for cle, exact in table.counts.items():
        between = known[table.cell(cle)]
        assert between.minimum <= exact.effectif <= (40 if between.maximum is None else between.maximum)


def test_what_only_one_hand_counts_by_is_set_apart() -> None:
    form = shape(
        "accueils", Dimension("unite", "Unité", (Category("u1", "Brigade"), Category("non_renseigne", "?")))
    )
    one = reread(
        [form],
        {TOTAL: 30, form.cell((("unite", "u1"),)): 20, form.cell((("unite", "non_renseigne"),)): 10},
        5,
        "1",
    )
    (table,) = reunir([Apport(one, "aa", "MKE"), Apport(one, "bb", "JLB")], frozenset({"unite"}))
    told = {cell.cle: (cell.encadrement.exact, cell.bilans) for cell in table.cellules}
    assert told == {
        (): (60, 2),
        (("unite", "aa_u1"),): (20, 1),
        (("unite", "bb_u1"),): (20, 1),
        (("unite", "non_renseigne"),): (20, 2),
    }
    words = [one.libelle for one in table.dimensions[0].categories]
    assert words == ["Brigade (MKE)", "Brigade (JLB)", "?"]


def test_lines_that_one_bilan_alone_has_are_kept_with_their_number_of_bilans() -> None:
    longer = shape("accueils", partition("a", ["a0", "a4"]))
    other = reread([longer], {TOTAL: 30, A[0]: 20, CellRef("accueils", (("a", "a4"),)): 10}, 5, "1")
    found = cells(bilan(100, 40, 30, 20, 10), other)
    assert found[A[0]] == (60, 60, 2)
    assert found[A[1]] == (30, 30, 1)
    assert found[CellRef("accueils", (("a", "a4"),))] == (10, 10, 1)


def test_one_code_for_two_tables_is_refused() -> None:
    other = shape("dossiers", partition("a", 4), code=FORM.code)
    values = {other.cell(()): 40, **{other.cell((("a", f"a{rank}"),)): 10 for rank in range(4)}}
    with pytest.raises(UserError) as refusal:
        reunir(
            [Apport(bilan(40, 10, 10, 10, 10), "a", "a"), Apport(reread([other], values, 5, "1"), "b", "b")],
            frozenset(),
        )
    assert refusal.value.code == "consolidation_tableaux"


def test_bounds_add_up() -> None:
    assert ZERO + Encadrement(3, None) + Encadrement(4, 9) == Encadrement(7, None)
    assert (Encadrement(3, 3) + Encadrement(4, 4)).exact == 7
    assert Encadrement(3, 4).exact is None
