"""Texts without what cannot be seen, and canonical JSON that loses nothing."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.canonical import Cleaned, clean, from_canonical, to_canonical
from iscg_desktop.errors import BugError


@dataclass(frozen=True, slots=True)
class Example(Cleaned):
    """One field of each kind."""

    texte: str = ""
    jour: date | None = None
    mots: tuple[str, ...] = ()
    compte: int = 0
    coche: bool = False


@given(st.text())
def test_cleaning_keeps_what_can_be_read(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert {unicodedata.category(c) for c in cleaned if c != "\n"}.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
    readable = "".join(c for c in text if unicodedata.category(c)[0] in "LNPSM")
    assert unicodedata.normalize("NFC", readable) == "".join(
        c for c in unicodedata.normalize("NFC", cleaned) if unicodedata.category(c)[0] in "LNPSM"
    ) or any(unicodedata.combining(c) for c in text)


def test_cleaning_removes_what_would_deceive() -> None:
    assert clean("a\x00b\u202ec\ufeffd\x07") == "abcd"
    assert clean("un\r\ndeux\rtrois\u2028quatre\tcinq") == "un\ndeux\ntrois\nquatre cinq"
    assert clean("\ud800x") == "x"


@given(
    st.builds(
        Example,
        st.text(),
        st.none() | st.dates(),
        st.lists(st.text()).map(tuple),
        st.integers(),
        st.booleans(),
    )
)
def test_canonical_text_loses_nothing(value: Example) -> None:
    assert from_canonical(Example, to_canonical(value)) == value


def test_canonical_text_is_sorted_and_without_spaces() -> None:
    value = Example(texte="é", jour=date(2026, 11, 23), mots=("b", "a"), compte=3, coche=True)
    assert to_canonical(value) == '{"coche":true,"compte":3,"jour":"2026-11-23","mots":["b","a"],"texte":"é"}'


@pytest.mark.parametrize(
    "text",
    [
        '{"coche":1,"compte":3,"jour":null,"mots":[],"texte":""}',
        '{"coche":true,"compte":true,"jour":null,"mots":[],"texte":""}',
        '{"coche":true,"compte":3,"jour":"23/11/2026","mots":[],"texte":""}',
        '{"coche":true,"compte":3,"jour":null,"mots":"abc","texte":""}',
        '{"coche":true,"compte":3,"jour":null,"mots":[],"texte":"","autre":1}',
        '{"coche":true,"compte":3,"jour":null,"mots":[]}',
        "[]",
        "{",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BugError):
        from_canonical(Example, text)
