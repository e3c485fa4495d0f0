"""Drawn passphrases have the strength they are said to have; chosen ones are weighed before they are taken."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.errors import BugError, UserError
from iscg_desktop.storage import passphrase as module
from iscg_desktop.storage.passphrase import (
    LIST_LENGTH,
    MINIMUM_LENGTH,
    STRONG_BITS,
    WORDS_DRAWN,
    generate,
    require_acceptable,
    strength,
    words,
)


def test_the_list_has_all_its_words_and_each_can_be_typed_on_any_keyboard() -> None:
    assert len(words()) == len(set(words())) == LIST_LENGTH == 6**5
    assert all(re.fullmatch("[a-z]{4,10}", word) for word in words())


def test_seven_words_are_drawn_from_the_whole_list() -> None:
    drawn = [generate().split(" ") for _ in range(300)]
    assert {len(phrase) for phrase in drawn} == {WORDS_DRAWN}
    assert all(word in words() for phrase in drawn for word in phrase)
    assert WORDS_DRAWN * math.log2(LIST_LENGTH) > STRONG_BITS
    # Each place of the phrase reaches each quarter of the list.
    for place in range(WORDS_DRAWN):
        quarters = {words().index(phrase[place]) * 4 // LIST_LENGTH for phrase in drawn}
        assert quarters == {0, 1, 2, 3}
    assert len({word for phrase in drawn for word in phrase}) > 1500


def test_a_drawn_phrase_is_strong_and_valued_at_what_it_is() -> None:
    for _ in range(20):
        found = require_acceptable(generate())
        assert found.is_strong
        assert found.bits == pytest.approx(WORDS_DRAWN * math.log2(LIST_LENGTH))


def test_fewer_words_of_the_list_are_valued_at_what_they_are() -> None:
    for number in range(1, WORDS_DRAWN):
        found = strength(" ".join(generate().split()[:number]))
        assert found.bits <= number * math.log2(LIST_LENGTH) + 1e-9
        assert not found.is_strong


@pytest.mark.parametrize(
    "weak",
    [
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "azertyuiopqsdfgh",
        "12345678901234567890",
        "motdepasse123456",
        "jaimelechocolat",
        "éééééééééééééééééééé",
        "motdepassemotdepasse",
        "maisonmaison maison",
    ],
)
def test_what_is_guessed_first_is_refused(weak: str) -> None:
    with pytest.raises(UserError) as refused:
        require_acceptable(weak)
    assert refused.value.code == "phrase_trop_simple"


@pytest.mark.parametrize("length", [0, 1, MINIMUM_LENGTH - 1])
def test_a_short_phrase_is_refused_whatever_it_holds(length: int) -> None:
    with pytest.raises(UserError) as refused:
        require_acceptable("xK9#mQ2$vL5@nR8!wT4"[:length])
    assert (refused.value.code, refused.value.values) == ("phrase_trop_courte", {"minimum": MINIMUM_LENGTH})


def test_a_long_unrelated_phrase_is_taken() -> None:
    assert require_acceptable("xK9#mQ2$vL5@nR8!wT4").bits > 50
    assert require_acceptable("ma tante repeint sa caravane en violet mardi").is_strong


def test_a_very_long_phrase_is_weighed_too() -> None:
    assert require_acceptable(" ".join(generate() for _ in range(20))).is_strong


def test_accents_and_case_bring_nothing() -> None:
    written = "Été à la Mer avec Mamie"
    for form in ("NFC", "NFD"):
        assert strength(unicodedata.normalize(form, written)) == strength("ete a la mer avec mamie")  # type: ignore[arg-type, unused-ignore]


@given(typed=st.text(max_size=120))
def test_any_text_is_weighed_and_none_is_quoted(typed: str) -> None:
    try:
        found = require_acceptable(typed)
    except UserError as error:
        told = (error.code, error.values)
        assert told in (("phrase_trop_courte", {"minimum": MINIMUM_LENGTH}), ("phrase_trop_simple", {}))
    else:
        assert found.bits >= 40


@pytest.fixture
def _fresh_list() -> Iterator[None]:
    words.cache_clear()
    yield
    words.cache_clear()


@pytest.mark.usefixtures("_fresh_list")
@pytest.mark.parametrize("content", ["", "abaque\n" * LIST_LENGTH, "\n".join(f"mot{n}" for n in range(7000))])
def test_a_damaged_list_is_not_drawn_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    (tmp_path / "phrases").mkdir()
    (tmp_path / "phrases" / "mots.txt").write_text(content)
    monkeypatch.setattr(module, "resources", lambda: tmp_path)
    with pytest.raises(BugError):
        generate()
