"""Drawn passphrases have the strength they are said to have; chosen ones are weighed before they are taken."""

from __future__ import annotations

import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.errors import UserError
from iscg_desktop.services.passphrase import (
    NEEDED_BITS,
    SHORTEST_PASSPHRASE,
    generate_passphrase,
    require_strong,
    strength,
)

WORD = math.log2(7776)


def test_a_drawn_phrase_is_strong_and_valued_at_what_it_is() -> None:
    for _ in range(20):
        phrase = generate_passphrase()
        require_strong(phrase)
        assert strength(phrase).bits == math.floor(7 * WORD)


def test_fewer_words_of_the_list_are_valued_at_what_they_are() -> None:
    for number in range(1, 7):
        found = strength(" ".join(generate_passphrase().split()[:number]))
        assert found.bits <= number * WORD
        assert not found.enough


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "azertyuiopqsdfgh",
        "12345678901234567890",
        "motdepasse123456",
        "jaimelechocolat",
        "éééééééééééééééééééé",
        "motdepassemotdepasse",
        "maisonmaison maison",
        "xK9#mQ2$vL5@nR",
    ],
)
def test_what_is_guessed_first_is_refused(weak: str) -> None:
    with pytest.raises(UserError) as refused:
        require_strong(weak)
    assert (refused.value.code, refused.value.values) == (
        "phrase_de_passe_faible",
        {"minimum": SHORTEST_PASSPHRASE},
    )


def test_a_long_unrelated_phrase_is_taken() -> None:
    require_strong("ma tante repeint sa caravane en violet mardi")
    require_strong("xK9#mQ2$vL5@nR8!wT4&zP7%jH3")


def test_a_very_long_phrase_is_weighed_too() -> None:
    require_strong(" ".join(generate_passphrase() for _ in range(20)))


def test_accents_and_case_bring_nothing() -> None:
    written = "Été à la Mer avec Mamie"
    assert strength(unicodedata.normalize("NFC", written)) == strength("ete a la mer avec mamie")
    assert strength(unicodedata.normalize("NFD", written)) == strength("ete a la mer avec mamie")


@given(typed=st.text(max_size=120))
def test_any_text_is_weighed(typed: str) -> None:
    found = strength(typed)
    assert found.bits >= 0
    assert found.enough is False or (found.bits >= NEEDED_BITS and len(typed) >= 1)
