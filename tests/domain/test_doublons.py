"""Whole names one slip apart are paired, others are not: compared with the plain way of finding them."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from iscg_desktop.domain.doublons import pairs_by_a_slip

NAMES = st.text("abé ", min_size=7, max_size=10)


@given(st.lists(st.tuples(st.integers(1, 6), NAMES), max_size=12))
def test_every_pair_one_slip_apart_is_found(keys: list[tuple[int, str]]) -> None:
    near = {
        tuple(sorted((one, other)))
        for (one, name), (other, same) in combinations(keys, 2)
        if one != other and OSA.distance(name, same) <= 1
    }
    assert near <= set(pairs_by_a_slip(keys))


@given(st.lists(st.tuples(st.integers(1, 6), NAMES), max_size=12))
def test_nobody_two_slips_away_and_no_pair_that_is_known(keys: list[tuple[int, str]]) -> None:
    found = pairs_by_a_slip(keys)
    assert list(found) == sorted(set(found))
    names: dict[int, list[str]] = {}
    for person, name in keys:
        names.setdefault(person, []).append(name)
    for one, other in found:
        assert one < other
        assert min(OSA.distance(a, b) for a in names[one] for b in names[other]) <= 2
    assert pairs_by_a_slip(keys, found) == ()


def test_short_names_are_not_guessed_at() -> None:
    assert pairs_by_a_slip([(1, "ba li"), (2, "bo li")]) == ()
    assert pairs_by_a_slip([(1, "kerdonkuf maelle"), (2, "kerdonkif maelle")]) == ((1, 2),)
