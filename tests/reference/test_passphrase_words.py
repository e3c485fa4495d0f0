"""Generated passphrases are as strong as announced and made of words one can type and say."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from iscg_desktop.errors import BugError
from iscg_desktop.paths import resources
from iscg_desktop.reference.passphrase_words import entropy_bits, generate, read_words, words


def test_there_are_7776_different_words_of_4_to_8_plain_letters() -> None:
    assert len(set(words())) == len(words()) == 7776
    assert [word for word in words() if not re.fullmatch("[a-z]{4,8}", word)] == []
    assert list(words()) == sorted(words())


def test_no_two_words_differ_by_a_plural_mark_only() -> None:
    known = set(words())
    assert [word for word in known if known & {word + "s", word + "x"}] == []


def test_nothing_a_victim_should_not_meet() -> None:
    """A few witnesses; the whole list is read by eye whenever it changes."""
    hard = (
        "abus arme coup couteau crime danger guerre mari menace mort peur prison sang sexe suicide tuer viol"
    )
    assert not set(words()) & set(hard.split())


def test_a_phrase_is_made_of_listed_words() -> None:
    known = set(words())
    assert len(generate().split(" ")) == 7
    for count in range(1, 12):
        phrase = generate(count).split(" ")
        assert len(phrase) == count
        assert set(phrase) <= known


@pytest.mark.parametrize("count", [0, -1])
def test_a_phrase_of_no_words_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match=str(count)):
        generate(count)


def test_the_default_is_worth_more_than_80_bits() -> None:
    assert entropy_bits() == pytest.approx(90.47, abs=0.01)
    assert entropy_bits(6) < 80 < entropy_bits(7)


def test_the_draw_does_not_follow_the_predictable_generator() -> None:
    random.seed(2026)
    first = generate()
    random.seed(2026)
    assert generate() != first


def test_every_part_of_the_list_is_drawn_alike() -> None:
    """Eight bands of 972 words, 24 000 draws: ten standard deviations of room, never met by chance."""
    band = {word: rank // 972 for rank, word in enumerate(words())}
    draws = Counter(band[word] for word in generate(24_000).split(" "))
    assert set(draws) == set(range(8))
    assert all(abs(draws[each] - 3000) < 10 * 51.2 for each in draws)
    assert len(set(generate(24_000).split(" "))) > 7000


@pytest.mark.parametrize(
    "damage",
    [
        lambda lines: lines[:-1],
        lambda lines: [*lines[:-1], lines[0]],
        lambda lines: [*lines, "surplus"],
        lambda lines: ["école", *lines[1:]],
        lambda lines: ["deux mots", *lines[1:]],
        lambda lines: ["", *lines[1:]],
    ],
    ids=["truncated", "duplicate", "one more", "accent", "space", "empty"],
)
def test_a_damaged_list_is_refused_rather_than_weakening_phrases(tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    lines = (resources() / "phrases" / "mots.txt").read_text("utf-8").splitlines()
    (tmp_path / "mots.txt").write_text("\n".join(damage(lines)) + "\n", "utf-8")
    with pytest.raises(BugError):
        read_words(tmp_path / "mots.txt")
