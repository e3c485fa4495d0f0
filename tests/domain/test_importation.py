"""Which column says what, and which word means what: guessed where it is plain, asked where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.importation import (
    CHAMPS,
    PAR_CODE,
    Correspondance,
    folded,
    guess_columns,
    guess_value,
    parts,
    words_of,
)

SEXES = {"femme": "Femme", "homme": "Homme", "autre": "Autre", "non_renseigne": "Non renseigné"}


def test_usual_names_of_columns_are_understood() -> None:
    columns = ["N° dossier", "DATE", "Nom", "Prénom", "DDN", "Ville", "Tél.", "Motif", "Licorne"]
    found = guess_columns(columns, Correspondance())
    assert [found[folded(name)] for name in columns] == [
        "numero", "date", "nom", "prenom", "naissance", "commune", "telephone", "problematique_principale", "",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Né(e) le", "Née le", "né le", "Date de naissance"])
def test_a_birth_is_understood_in_each_of_its_usual_writings(name: str) -> None:
    assert guess_columns([name], Correspondance()) == {folded(name): "naissance"}


def test_what_she_said_before_comes_first() -> None:
    kept = Correspondance({"motif": "notes_de_travail", "nom": ""})
    assert guess_columns(["Motif", "Nom"], kept) == {"motif": "notes_de_travail", "nom": ""}


@given(
    st.lists(
        st.sampled_from([name for champ in CHAMPS for name in (champ.libelle, *champ.noms)]), max_size=12
    )
)
def test_two_columns_never_say_the_same_thing(columns: list[str]) -> None:
    found = [code for code in guess_columns(columns, Correspondance()).values() if code]
    assert len(found) == len(set(found))


def test_no_two_champs_share_a_name() -> None:
    names = [name for champ in CHAMPS for name in {folded(each) for each in (champ.libelle, *champ.noms)}]
    assert sorted({name for name in names if names.count(name) > 1}) == []
    assert len(PAR_CODE) == len(CHAMPS)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Femme", "femme"), ("FEMME", "femme"), ("F", "femme"), ("Mme", "femme"), ("monsieur", "homme"),
        ("NR", ""), ("", ""), ("?", ""), ("licorne", None), ("fem", None), ("homm", "homme"),
    ],
)  # fmt: skip
def test_words_are_given_the_code_they_plainly_mean(word: str, code: str | None) -> None:
    assert guess_value(PAR_CODE["sexe"], word, SEXES) == code


@given(st.text(max_size=20))
def test_a_guess_is_a_code_of_the_list_or_nothing(word: str) -> None:
    assert guess_value(PAR_CODE["sexe"], word, SEXES) in {*SEXES, "", None}


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_a_cell_may_give_several_answers() -> None:
    assert parts("RSA ; AAH, RSA / ASPA") == ("RSA", "AAH", "ASPA")
    assert words_of(PAR_CODE["ressources"], ["RSA, AAH", "rsa", ""]) == ("RSA", "AAH")
    assert words_of(PAR_CODE["logement"], ["Parc privé, Rennes", "parc privé  rennes"]) == (
        "Parc privé, Rennes",
    )
