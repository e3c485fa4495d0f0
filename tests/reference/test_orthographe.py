"""French spelling: what is a word, what is right, and nothing at all without the library."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.paths import resources
from iscg_desktop.reference import orthographe
from iscg_desktop.reference.orthographe import Hunspell, _ThroughC, load, parts, words_of, wrong_words


@pytest.fixture(scope="module")
def checker() -> Hunspell:
    found = load()
    assert found is not None
    return found


def test_the_dictionary_has_its_licence() -> None:
    assert "MPL" in (resources() / "orthographe" / "LICENSE.txt").read_text("utf-8")


@pytest.mark.parametrize(
    "word",
    ["maison", "Maison", "l’hébergement", "d'hébergement", "qu’elle", "aujourd’hui", "cœur", "CCAS", "CMS",
     "porte-monnaie", "relogement", "rendez-vous", "contacterez"],
)  # fmt: skip
def test_right_words_are_not_underlined(checker: Hunspell, word: str) -> None:
    assert wrong_words(checker, [word], frozenset()) == set()


@pytest.mark.parametrize("word", ["maizon", "l’hébergemant", "violances", "hebergement", "porte-monnai"])
def test_misspelt_words_are(checker: Hunspell, word: str) -> None:
    assert wrong_words(checker, [word], frozenset()) == {word}


def test_names_are_not_underlined_in_any_case_nor_in_pieces(checker: Hunspell) -> None:
    known = frozenset(part.casefold() for part in parts("Kerdoncuff-Quéméneur"))
    for word in ("Kerdoncuff", "QUÉMÉNEUR", "kerdoncuff-quéméneur", "d’Kerdoncuff"):
        assert wrong_words(checker, [word], frozenset()) == {word}, word
        assert wrong_words(checker, [word], known) == set(), word


def test_suggestions_hold_the_word_meant(checker: Hunspell) -> None:
    assert "maison" in checker.suggest("maizon")
    assert "violences" in checker.suggest("violances")


def test_the_window_runs_meanwhile(checker: Hunspell) -> None:
    assert isinstance(checker, _ThroughC), "the Python binding would hold the interpreter"


def test_numbers_codes_and_addresses_are_no_words() -> None:
    text = "Le 12/3, à 9h30, M2A et 06 00 ; anais@exemple.fr, T4, n° 2026-0001 : elle rappelle."
    assert [word for _, word in words_of(text)] == ["Le", "à", "et", "n", "elle", "rappelle"]


@given(st.text(max_size=60))
def test_a_word_is_where_it_is_said_to_be(text: str) -> None:
    for start, word in words_of(text):
        assert text[start : start + len(word)] == word
        assert not any(c.isspace() or c.isdigit() for c in word)


def test_without_a_dictionary_nothing_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orthographe, "resources", lambda: tmp_path)
    assert load() is None


def test_without_the_library_nothing_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hunspell", None)
    assert load() is None


def test_the_binding_serves_where_the_library_is_inside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orthographe, "_LIBRARIES", ())
    found = load()
    assert found is not None
    assert (found.spell("maison"), found.spell("maizon")) == (True, False)
    assert "maison" in found.suggest("maizon")
