"""Delays and thresholds: bounds said field by field, and what an older or damaged coffre kept read without harm."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.reglages import BORNES, Reglages

NAMES = [field.name for field in dataclasses.fields(Reglages)]
ANYTHING = st.one_of(st.integers(-10, 5000), st.text(max_size=5), st.none(), st.booleans(), st.floats())


def test_every_setting_has_bounds_around_its_default() -> None:
    assert list(BORNES) == NAMES
    assert Reglages().check() == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_value_out_of_bounds_is_named(name: str) -> None:
    low, high = BORNES[name]
    for value in (low - 1, high + 1):
        (problem,) = dataclasses.replace(Reglages(), **{name: value}).check()
        assert (problem.field, problem.code) == (name, "reglage_hors_bornes")
        assert problem.values == {"minimum": low, "maximum": high}


def test_an_occasional_collaboration_stays_below_a_frequent_one() -> None:
    (problem,) = Reglages(collaboration_frequente=5, collaboration_occasionnelle=5).check()
    assert (problem.field, problem.code) == ("collaboration_occasionnelle", "collaboration_ordre")


@given(st.one_of(ANYTHING, st.dictionaries(st.sampled_from([*NAMES, "inconnu"]), ANYTHING)))
def test_whatever_was_kept_gives_settings_in_bounds(kept: object) -> None:
    assert Reglages.kept(kept).check() == ()


@given(st.builds(Reglages, **{name: st.integers(*bounds) for name, bounds in BORNES.items()}))
def test_what_is_right_is_read_back_as_it_was(reglages: Reglages) -> None:
    if not reglages.check():
        assert Reglages.kept(reglages.as_values()) == reglages
