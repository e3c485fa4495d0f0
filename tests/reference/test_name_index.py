"""Names are found however they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.reference.name_index import NameIndex, SortedKeys, fold
from iscg_desktop.reference.turns import at_once

KEYS = st.lists(st.text(alphabet="ab1", max_size=4), max_size=30)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Saint-Étienne", "saint etienne"),
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("Œting", "oeting"),
        ("Ete\u0301", "ete"),
        ("Saint\u2011Malo – port", "saint malo   port"),
        ("Bâgé\nCœur", "bage\ncoeur"),
        ("Київ", ""),
    ],
)
def test_fold_keeps_letters_and_figures_only(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text())
def test_fold_never_raises_and_changes_nothing_twice(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(KEYS, st.text(alphabet="ab1", max_size=4))
def test_sorted_keys_answer_as_a_plain_scan_would(keys: list[str], asked: str) -> None:
    index = at_once(SortedKeys.sorting(keys, range(len(keys))))
    assert sorted(index.equal(asked)) == [place for place, key in enumerate(keys) if key == asked]
    assert sorted(index.starting(asked)) == [place for place, key in enumerate(keys) if key.startswith(asked)]


def test_a_name_is_found_without_spaces_and_without_its_article() -> None:
    index = NameIndex(["Le Mans", "Saint-Malo", "L'Isle-d'Abeau", "La"])
    assert index.named(["mans"]) == [0]
    assert index.named(["saintmalo"]) == [1]
    assert index.named(["isle", "d", "abeau"]) == [2]
    assert index.named(["la"]) == [3]
    assert index.beginning(["saint", "m"]) == [1]
    assert index.with_word("abe") == [2]
