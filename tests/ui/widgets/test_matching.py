"""Typed beginnings of words find what they mean, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.nomenclature import Famille, Nomenclature, Valeur
from iscg_desktop.ui.widgets.choice import Choice, as_choices, choices_of
from iscg_desktop.ui.widgets.matching import find, grouped, named, rows, words_of

CHOICES = as_choices(
    [
        ("violences_conjugales", "Violences conjugales", "Conflits intrafamiliaux"),
        ("conflit_conjugal", "Conflit conjugal", "Conflits intrafamiliaux"),
        ("mineur", "Mineur en danger", "Enfance et jeunesse"),
        ("violence_scolaire", "Violence scolaire", "Enfance et jeunesse"),
        ("expulsion", "Expulsion ou rupture d’hébergement", "Précarité, logement"),
        ("rsa", "Minima sociaux", "Précarité, logement", "RSA AAH"),
        ("oeuvre", "Œuvre sociale", "Précarité, logement"),
    ]
)
CODES = [choice.code for choice in CHOICES]


def _codes(text: str, recent: tuple[str, ...] = ()) -> list[str]:
    return [choice.code for choice in find(CHOICES, text, recent)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vio conj", ["violences_conjugales"]),
        ("conj vio", ["violences_conjugales"]),
        ("VIO  CONJ", ["violences_conjugales"]),
        ("hebergement", ["expulsion"]),
        ("d'hé", ["expulsion"]),
        ("oeuvre", ["oeuvre"]),
        ("vio", ["violences_conjugales", "violence_scolaire"]),
        ("conj", ["violences_conjugales", "conflit_conjugal"]),
        ("con", ["conflit_conjugal", "violences_conjugales"]),  # at the start first
        ("aah", ["rsa"]),  # a synonym
        ("precarite", ["expulsion", "rsa", "oeuvre"]),  # a family, when no label fits
        ("conflits", ["violences_conjugales", "conflit_conjugal"]),
        ("zzz", []),
        ("vio zzz", []),
        ("vio vio", []),  # a word is not found twice
        ("…", []),
        ("", CODES),
        ("  ", CODES),
    ],
)
def test_beginnings_of_words_find(text, expected):
    assert _codes(text) == expected


@pytest.mark.parametrize(
    ("text", "code"), [("rdv", "rdv_exterieur"), ("VAD", "visite"), ("rdv ext", "rdv_exterieur")]
)
def test_what_the_profession_writes_in_short_finds_the_whole(text: str, code: str) -> None:
    modes = as_choices([("rdv_exterieur", "Rendez-vous extérieur"), ("visite", "Visite à domicile")])
    assert [choice.code for choice in find(modes, text)] == [code]


def test_what_was_used_recently_comes_first_among_equals():
    assert _codes("vio", ("violence_scolaire",)) == ["violence_scolaire", "violences_conjugales"]
    assert _codes("con", ("violences_conjugales",)) == ["conflit_conjugal", "violences_conjugales"]


def test_a_label_typed_whole_names_its_choice_unless_two_bear_it():
    assert named(CHOICES, "mineur EN danger").code == "mineur"
    assert named(CHOICES, "mineur") is None
    assert named(CHOICES, "") is None
    twins = as_choices([("1", "Saint-Aubin"), ("2", "Saint Aubin")])
    assert named(twins, "saint-aubin") is None


def test_families_are_headings_in_the_order_of_their_first_choice():
    assert grouped(CHOICES[1:4]) == [
        "Conflits intrafamiliaux",
        CHOICES[1],
        "Enfance et jeunesse",
        CHOICES[2],
        CHOICES[3],
    ]
    assert grouped(CHOICES[:2]) == list(CHOICES[:2])
    assert grouped([]) == []


def test_the_whole_list_begins_with_what_is_chosen_often():
    plain = as_choices([("a", "Aa"), ("b", "Bb"), ("c", "Cc")])
    assert rows(plain, "", ("c", "inconnu"), "Souvent", "Tout") == ["Souvent", plain[2], "Tout", *plain[:2]]
    assert rows(plain, "", (), "Souvent", "Tout") == list(plain)
    assert rows(plain, "b", ("c",), "Souvent", "Tout") == [plain[1]]
    assert rows(plain, "", ("a", "b", "c"), "Souvent", "Tout") == ["Souvent", *plain]


@given(st.sampled_from(CHOICES), st.data())
def test_any_beginnings_of_the_words_of_a_label_find_it(choice: Choice, data):
    words = data.draw(st.permutations(words_of(choice.libelle)))
    typed = [word[: data.draw(st.integers(1, len(word)))] for word in words]
    assert choice in find(CHOICES, " ".join(typed))


@given(st.text(max_size=20))
def test_whatever_is_typed_only_real_choices_come(text):
    assert set(find(CHOICES, text)) <= set(CHOICES)


def test_a_nomenclature_offers_its_active_values_and_those_already_recorded():
    liste = Nomenclature(
        "issue",
        "Issue",
        (
            Valeur("a", "Réalisé", famille="f"),
            Valeur("b", "Ancien", active=False),
            Valeur("c", "Très ancien", active=False),
        ),
        (Famille("f", "Tenus"),),
    )
    assert choices_of(liste) == (Choice("a", "Réalisé", "Tenus"),)
    assert [choice.code for choice in choices_of(liste, keep=["c"])] == ["a", "c"]
