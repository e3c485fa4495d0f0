"""A narrative that names, rings or numbers somebody is refused; one that may point at somebody is warned about."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from iscg_desktop.domain.noms import words
from iscg_desktop.domain.recherche import phones
from iscg_desktop.domain.recit import Connus, Relecture, relire, words_of_persons

FRENCH = frozenset({"petit", "rose", "vallière", "une", "permanence", "pierre", "gravée"})
PLACES = ("Saint-Aubin", "Vallière", "Le Bocage")


def connus(*names: str, numbers: tuple[str, ...] = (), dossiers: tuple[tuple[int, int], ...] = ()) -> Connus:
    towns = frozenset(map(words, PLACES))
    return Connus(
        noms=words_of_persons(names),
        telephones=frozenset(each for number in numbers for each in phones(number)),
        dossiers=frozenset(dossiers),
        communes=towns,
        lieux=towns,
        est_un_mot=lambda word: word in FRENCH,
    )


def codes(read: Relecture) -> list[tuple[str, str]]:
    return [(passage.gravite, passage.code) for passage in read.passages]


def refused(text: str, known: Connus) -> set[str]:
    return {passage.code for passage in relire(text, known, 5).refus}


NAMES = (
    "Le Goff",
    "Kerdoncuff",
    "N’Diaye",
    "Petit",
    "Rose",
    "Martin-Durand",
    "Éloïse",
    "de la Tour",
    "Łukasz",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("writing", [str, str.upper, lambda name: unicodedata.normalize("NFD", name)])
@pytest.mark.parametrize(
    "sentence",
    ["Nous avons revu {} en mars.", "{} est revenue.", "L’accueil de Mme\u00a0{}, puis\nle reste.", "({})"],
)
def test_a_name_of_the_coffre_is_refused(name: str, writing: object, sentence: str) -> None:
    assert "recit_nom" in refused(sentence.format(writing(name)), connus(*NAMES))  # type: ignore[operator]


@pytest.mark.parametrize(
    "typed",
    ["legoff", "LeGoff", "Goff", "kerdoncuff", "KERDON\u200bCUFF", "ndiaye", "Durand", "eloise", "DELATOUR"],
)
def test_a_name_is_known_glued_cut_without_accents_or_capitals(typed: str) -> None:
    assert refused(f"Nous avons revu {typed} hier.", connus(*NAMES)) == {"recit_nom"}


@pytest.mark.parametrize("stored", ["Legoff", "Delatour"])
def test_a_name_kept_in_one_word_is_known_in_two(stored: str) -> None:
    written = {"Legoff": "Le Goff", "Delatour": "Dela Tour"}[stored]
    assert refused(f"Nous avons revu {written}.", connus(stored)) == {"recit_nom"}


@pytest.mark.parametrize(
    "text", ["peu à peu, une petite chose", "un petit pas, une rose, une pierre gravée", "de la vie"]
)
def test_a_french_word_in_small_letters_names_nobody(text: str) -> None:
    assert refused(text, connus("Petit", "Rose", "Pierre", "de la Tour")) == set()


def test_a_place_that_is_also_a_name_is_only_warned_about_unless_somebody_is_called_so() -> None:
    known = connus("Vallière", "Aubin")
    assert codes(relire("La brigade de Vallière et celle de Saint-Aubin", known, 5)) == [
        ("avertissement", "recit_nom_de_lieu"),
        ("avertissement", "recit_nom_de_lieu"),
    ]
    assert refused("Madame Vallière est venue", known) == {"recit_nom"}


@given(
    st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=3, max_size=20),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)
def test_whatever_stands_around_it_a_name_with_its_capital_is_refused(
    name: str, before: str, after: str
) -> None:
    name = name[0].upper() + name[1:].lower()
    known = connus(name)
    assume(known.noms)
    assume(name[0] != name[0].lower())
    assert "recit_nom" in refused(f"{before} {name}, {after}", known)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_is_read_without_fail_and_told_where(text: str) -> None:
    read = relire(text, connus(*NAMES, numbers=("06 12 34 56 78",), dossiers=((2026, 12),)), 5)
    for passage in read.passages:
        assert 0 <= passage.debut < passage.fin <= len(read.texte)
        assert passage.ligne == 1 + read.texte[: passage.debut].count("\n")
    assert relire(read.texte, connus(*NAMES), 5).texte == read.texte


@given(
    st.integers(100_000_000, 999_999_999),
    st.sampled_from(["", " ", ".", "-", "\u00a0", "\u202f"]),
    st.sampled_from(["0", "+33", "+33 ", "0033"]),
)
def test_a_telephone_is_refused_however_it_is_cut(number: int, cut: str, prefix: str) -> None:
    digits = str(number)
    written = prefix + digits[0] + "".join(cut + digits[place : place + 2] for place in range(1, 9, 2))
    known = connus(numbers=("0" + digits,))
    assert "recit_telephone" in refused(f"Joignable au {written} le soir.", known)
    assert "recit_telephone" in refused(f"Joignable au {written} le soir.", connus())


def test_a_foreign_number_of_the_coffre_is_refused() -> None:
    assert refused("Au +32 470 12 34 56.", connus(numbers=("+32 470 12 34 56",))) == {"recit_telephone"}


@given(st.integers(2000, 2099), st.integers(1, 9999), st.sampled_from(["-", "–", " ", "/", "\u2011", " - "]))
def test_a_dossier_of_the_coffre_is_refused(year: int, number: int, sign: str) -> None:
    text = f"Voir {year}{sign}{number:04d}."
    assert refused(text, connus(dossiers=((year, number),))) == {"recit_dossier"}
    assert refused(text, connus(dossiers=((year - 1, number),))) == set()


def test_a_span_of_years_is_no_dossier() -> None:
    assert refused("Sur 2025-2026, la convention court.", connus(dossiers=((2026, 12),))) == set()


@pytest.mark.parametrize(
    "text",
    [
        "À Vallière, nous avons reçu 12 femmes",
        "douze situations à Saint-Aubin",
        "Au Bocage comme à Vallière la hausse est de 30 %",
    ],
)
def test_a_commune_beside_a_number_is_warned_about(text: str) -> None:
    assert ("avertissement", "recit_commune_chiffre") in codes(relire(text, connus(), 5))


@pytest.mark.parametrize(
    "text",
    [
        "À Vallière. Nous avons reçu 12 femmes",
        "Vallière depuis 2026",
        "En 2026 à Vallière, une permanence ouvre",
    ],
)
def test_a_commune_alone_is_not(text: str) -> None:
    assert codes(relire(text, connus(), 5)) == []


@pytest.mark.parametrize(
    "text",
    [
        "3 femmes",
        "trois femmes",
        "une seule femme",
        "une femme",
        "aucun mineur",
        "zéro retour",
        "Quatre situations",
        "0 retour",
    ],
)
def test_a_number_under_the_threshold_is_warned_about_in_figures_and_in_words(text: str) -> None:
    assert ("avertissement", "recit_petit_nombre") in codes(relire(text, connus(), 5))


@pytest.mark.parametrize(
    "text",
    [
        "12 femmes",
        "le 3 mars",
        "depuis 2 ans",
        "une permanence",
        "3 %",
        "le 4e trimestre",
        "cinq femmes",
        "en 2026",
    ],
)
def test_a_larger_number_a_date_a_duration_or_a_share_is_not(text: str) -> None:
    assert codes(relire(text, connus(), 5)) == []


def test_with_the_reinforced_profile_small_is_under_eleven() -> None:
    assert codes(relire("dix femmes, 10 hommes, onze enfants", connus(), 11)) == [
        ("avertissement", "recit_petit_nombre"),
        ("avertissement", "recit_petit_nombre"),
    ]


def test_what_cannot_be_seen_is_not_kept() -> None:
    assert relire(" une\u200b\u202e permanence\r\n", connus(), 5).texte == "une permanence"
