"""Each imaginary table of a proof is that of a whole imaginary register, which gives the same file again."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from iscg_desktop.disclosure.preuve import Preuve
from tests.disclosure.lifting import complete, lift, recount
from tests.disclosure.years import USUAL_ORDER, Year


def assert_lifts(preuve: Preuve) -> None:
    for fictif in preuve.fictifs:
        values = complete(preuve, fictif)
        assert recount(preuve, lift(preuve, values)) == values


def proof(year: Year, periodes: Sequence[str]) -> Preuve:
    for periode in periodes:
        year.hand_over(periode)
    found = year.printed[periodes[-1]].preuve
    assert found is not None
    return found


@pytest.mark.parametrize("accueils", [48, 280])
def test_each_table_of_a_half_year_is_that_of_a_register(accueils: int) -> None:
    assert_lifts(proof(Year(accueils, seed=4), ("T1", "T2", "S1")))


@pytest.mark.campagne
@pytest.mark.timeout(1800)
def test_each_table_of_a_year_is_that_of_a_register() -> None:
    assert_lifts(proof(Year(160, seed=4), USUAL_ORDER))


def test_a_table_that_no_register_gives_is_seen() -> None:
    """One unit too many in one cell of a cross, and no register gives it."""
    preuve = proof(Year(48, seed=4), ("T1", "T2", "S1"))
    values = complete(preuve, preuve.fictifs[0])
    cross = next(cell for cell in values if len(cell.cle) == 2 and cell.periode == "T1")
    values[cross] += 1
    with pytest.raises(ValueError, match="zip"):
        lift(preuve, values)
