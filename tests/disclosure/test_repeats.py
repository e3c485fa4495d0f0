"""A change made again and again stays within floors and limits as often as is said, and not once more."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from iscg_desktop.disclosure.relations import Sens
from iscg_desktop.disclosure.repeats import Repeats
from iscg_desktop.disclosure.system import Row

SUM = Row(((0, -1), (1, 1), (2, 1), (3, 1)), Sens.EGAL, 0)
LIMIT = Row(((1, 1), (2, -2)), Sens.AU_PLUS, 3)


def agrees(values: list[int], floors: list[int]) -> bool:
    return all(row.holds(values) for row in (SUM, LIMIT)) and all(
        value >= floor for value, floor in zip(values, floors, strict=True)
    )


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.integers(0, 12), min_size=3, max_size=3),
    st.lists(st.integers(0, 5), min_size=4, max_size=4),
    st.lists(st.integers(-3, 3), min_size=3, max_size=3).filter(any),
)
def test_as_often_as_is_said_and_not_once_more(
    parts: list[int], floors: list[int], change: list[int]
) -> None:
    truth = [sum(parts), *parts]
    floors = [min(floor, value) for floor, value in zip(floors, truth, strict=True)]
    if not agrees(truth, floors):
        return
    whole = {cell: step for cell, step in enumerate([sum(change), *change]) if step}
    smallest, back, often = Repeats([SUM, LIMIT], truth, floors).of(whole)

    def after(times: int) -> list[int]:
        return [value + times * smallest.get(cell, 0) for cell, value in enumerate(truth)]

    assert agrees(after(-back), floors)
    assert agrees(after(often), floors)
    assert back == 1000 or not agrees(after(-back - 1), floors)
    assert often == 1000 or not agrees(after(often + 1), floors)
