"""A name is one name however it is written, glued, cut or heard."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.noms import (
    LONGEST,
    MOST_WORDS,
    by_ear,
    folded,
    one_letter_less,
    sounds,
    words,
    writings,
)

LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phaneuf", "Faneuf"), ("Lefèvre", "Lefebvre"), ("Gauthier", "Gaultier"), ("Gauthier", "Gotier"),
        ("Renault", "Reno"), ("Thibault", "Tibo"), ("Quéré", "Kéré"), ("Schmitt", "Schmidt"), ("Meyer", "Maier"),
        ("Meier", "Mayer"), ("Gonçalves", "Gonsalves"), ("Youssef", "Yousef"), ("Ouali", "Wali"),
        ("Nguyen", "Nguien"), ("Le Goff", "Legof"), ("Khadija", "Kadidja"), ("Szymański", "Chimanski"),
        ("Santucci", "Santoutchi"), ("Guénaëlle", "Gwenaelle"), ("Leroux", "Lerou"), ("Mathieu", "Matthieu"),
        ("Boulanger", "Boulenger"), ("Dupont", "Dupond"), ("Şahin", "Chahin"), ("Kerdoncuff", "Kerdonkuf"),
        ("Bihan", "Bian"), ("Hélène", "Élène"), ("Villain", "Vilain"), ("Sophia", "Sofia"), ("Quéméneur", "Kemener"),
    ],
)  # fmt: skip
def test_two_spellings_of_one_sound_are_heard_as_one(one: str, other: str) -> None:
    assert not set(sounds(one)).isdisjoint(sounds(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Martin", "Martine"), ("Moreau", "Morel"), ("Girard", "Gérard"), ("Petit", "Petot"), ("Blanc", "Blanchet"),
        ("Simon", "Simone"), ("Rossi", "Rocci"), ("Émile", "Émilie"), ("Jean", "Jeanne"), ("Durand", "Durant-Roy"),
    ],
)  # fmt: skip
def test_two_sounds_are_heard_as_two(one: str, other: str) -> None:
    assert by_ear(folded(one)) != by_ear(folded(other))


@given(text=st.text(max_size=60))
def test_case_and_accents_never_matter(text: str) -> None:
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    assert words(folded(text)) == words(text)
    assert words(unicodedata.normalize("NFC", plain)) == words(text)


@given(text=st.text(max_size=2000))
def test_any_text_gives_few_short_words(text: str) -> None:
    assert len(words(text)) <= MOST_WORDS
    assert all(0 < len(word) <= LONGEST for word in writings(text))
    assert all(sounds(text)) or not words(text)


@given(first=LETTERS, second=LETTERS, sign=st.sampled_from(["-", " ", "'", "’", ".", " - "]))
def test_what_parts_two_words_of_a_name_does_not_matter(first: str, second: str, sign: str) -> None:
    assert writings(first + sign + second) == writings(f"{first} {second}")


@given(word=LETTERS)
def test_a_sound_is_never_empty(word: str) -> None:
    assert by_ear(word)


@given(
    syllables=st.lists(
        st.tuples(st.sampled_from("bdfmnprt"), st.sampled_from("aiou")), min_size=2, max_size=5
    )
)
def test_a_doubled_letter_is_not_heard(syllables: list[tuple[str, str]]) -> None:
    (first, vowel), *rest = syllables
    plain = first + vowel + "".join(c + v for c, v in rest)
    doubled = first + vowel + "".join(c + c + v for c, v in rest)
    assert by_ear(doubled) == by_ear(plain)


@given(
    word=st.text("abcde", min_size=4, max_size=10), place=st.integers(0, 9), letter=st.sampled_from("abcde")
)
def test_one_slip_shares_a_neighbour(word: str, place: int, letter: str) -> None:
    place %= len(word)
    dropped = word[:place] + word[place + 1 :]
    added = word[:place] + letter + word[place:]
    replaced = word[:place] + letter + word[place + 1 :]
    near = one_letter_less(word) | {word}
    assert dropped in near
    assert word in one_letter_less(added)
    assert not near.isdisjoint(one_letter_less(replaced) | {replaced})


@pytest.mark.parametrize("text", ["", "   ", "...", "—’'", "😀", "\x00"])
def test_what_holds_no_letter_holds_no_word(text: str) -> None:
    assert words(text) == writings(text) == sounds(text) == ()


def test_another_alphabet_is_kept_as_it_is() -> None:
    assert words("Иванов Пётр") == ("иванов", "петр")
    assert sounds("Иванов")[0] == "иванов"
