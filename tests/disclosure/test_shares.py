"""Shares and comparisons are told of printed figures only, to the printed digit."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.disclosure.protected import reread
from iscg_desktop.disclosure.shares import Indicateur, Reference, ecart, part, pour_mille, somme
from iscg_desktop.disclosure.tables import CellRef
from tests.disclosure.registers import partition, shape

FORM = shape("accueils", partition("a", 4))
A = [CellRef("accueils", (("a", f"a{rank}"),)) for rank in range(4)]
TOTAL = CellRef("accueils")
BILAN = reread([FORM], {TOTAL: 73, A[0]: 40, A[1]: 20, A[2]: None, A[3]: None}, 5, "1")


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_a_share_is_the_nearest_per_thousand_half_up(haut: int, bas: int) -> None:
    assert pour_mille(haut, bas) == int(Fraction(1000 * haut, bas) + Fraction(1, 2))


@pytest.mark.parametrize(("haut", "bas"), [(None, 5), (5, None), (5, 0), (None, None)])
def test_no_share_of_what_is_masked_nor_of_nothing(haut: int | None, bas: int | None) -> None:
    assert pour_mille(haut, bas) is None


def test_a_sum_with_a_masked_figure_is_masked() -> None:
    assert somme(BILAN, [A[0], A[1]]) == 60
    assert somme(BILAN, [A[0], A[2]]) is None
    with pytest.raises(KeyError):
        somme(BILAN, [CellRef("accueils", (("a", "inconnue"),))])


def test_a_share_is_masked_with_its_figures() -> None:
    def indicateur(*haut: CellRef) -> Indicateur:
        return Indicateur("x", "x", "haut", "bas", haut, (TOTAL,))

    assert part(BILAN, indicateur(A[0])) == 548
    assert part(BILAN, indicateur(A[2])) is None


def test_a_difference_needs_two_printed_figures() -> None:
    assert ecart(3, 5) == -2
    assert ecart(None, 5) is None
    assert ecart(3, None) is None


def test_an_earlier_bilan_tells_masked_from_not_counted() -> None:
    reference = Reference("avant", BILAN)
    unknown = CellRef("dossiers")
    assert reference.counts((A[2],))
    assert reference.somme((A[2],)) is None
    assert not reference.counts((unknown,))
    assert reference.somme((unknown,)) is None
