"""What is asked when something is typed: names, births, ages, numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.personne import Identite
from iscg_desktop.domain.prenoms import Prenoms
from iscg_desktop.domain.recherche import birth_year, phones, read, terms_of

TODAY = date(2026, 11, 23)
NONE = Prenoms()


@pytest.mark.parametrize(
    "written",
    ["0612345678", "06 12 34 56 78", "06.12.34.56.78", "06-12-34-56-78", "+33 6 12 34 56 78", "0033612345678",
     "33612345678", "+33 (0)6 12 34 56 78", "6 12 34 56 78"],
)  # fmt: skip
def test_a_number_is_one_number_in_any_writing(written: str) -> None:
    assert phones(written) == ("612345678",)
    assert read(written, TODAY, NONE).telephone == "612345678"


def test_two_numbers_in_one_field_are_two() -> None:
    assert phones("06 12 34 56 78 ou 07 11 22 33 44 (soeur)") == ("612345678", "711223344")


@pytest.mark.parametrize(
    ("typed", "mots", "years"),
    [
        ("marie martin 1988", ("marie", "martin"), (1988, 1988)),
        ("martin née en 1988", ("martin",), (1988, 1988)),
        ("femme, environ 30 ans", ("femme",), (1995, 1996)),
        ("garcia 7/9/1967", ("garcia",), None),
        ("2026-0012", ("2026", "0012"), None),
        ("1988", (), (1988, 1988)),
        ("LE GOFF née PÉRON Maëlle", ("le", "goff", "peron", "maelle"), None),
    ],
)
def test_a_birth_is_read_among_the_names(
    typed: str, mots: tuple[str, ...], years: tuple[int, int] | None
) -> None:
    asked = read(typed, TODAY, NONE)
    assert (asked.mots, asked.annees) == (mots, years)


def test_a_day_of_birth_is_read_among_the_names() -> None:
    assert read("garcia née le 7/9/1967", TODAY, NONE).naissance == date(1967, 9, 7)


@pytest.mark.parametrize(
    "typed",
    ["violaine le 12 mars 1961", "violaine née le 12 mars 1961", "violaine 12031961", "violaine 12/03/61"],
)
def test_a_day_of_birth_is_read_in_every_writing(typed: str) -> None:
    asked = read(typed, TODAY, NONE)
    assert (asked.naissance, asked.annees) == (date(1961, 3, 12), None)
    assert asked.mots[0] == "violaine"


@pytest.mark.parametrize("typed", ["violaine 31 février 1961", "violaine 99991961", "violaine 3 lunes 1961"])
def test_a_day_that_is_none_is_left_among_the_words(typed: str) -> None:
    assert read(typed, TODAY, NONE).naissance is None


@pytest.mark.parametrize(
    ("typed", "mots"),
    [
        ("Mme Le Goff", ("le", "goff")),
        ("M. Goff", ("goff",)),
        ("m bemba", ("m", "bemba")),
        ("Monsieur Goff", ("goff",)),
        ("Péron épouse Goff", ("peron", "goff")),
        ("Péron ép. Goff", ("peron", "goff")),
        ("Péron, veuve Goff, dite Mado", ("peron", "goff", "mado")),
        ("Madame", ("madame",)),
        ("Madameau Epinette", ("madameau", "epinette")),
    ],
)
def test_what_is_said_beside_a_name_is_no_name(typed: str, mots: tuple[str, ...]) -> None:
    assert read(typed, TODAY, NONE).mots == mots


@pytest.mark.parametrize(
    "number",
    ["06 12 34 56 78", "06.12.34.56.78", "+33 6 12 34 56 78", "+33 (0)6 12 34 56 78", "0033612345678"],
)
def test_a_number_beside_a_name_lifts_and_is_not_required(number: str) -> None:
    asked = read(f"goff {number}", TODAY, NONE)
    assert (asked.mots, asked.requis) == (("goff",), frozenset({0}))
    (phone,) = (terme for terme in asked.termes if terme.debut.startswith("t"))
    assert phone.debut == "t612345678"


def test_small_words_are_not_required() -> None:
    asked = read("de la tour sixtine", TODAY, NONE)
    assert asked.requis == {2, 3}


@given(text=st.text(max_size=300))
def test_anything_typed_is_read(text: str) -> None:
    asked = read(text, TODAY, NONE)
    assert len(asked.termes) < 500
    assert all(terme.debut <= terme.fin for terme in asked.termes)


@given(age=st.integers(0, 120), year=st.integers(2010, 2030))
def test_an_estimated_age_grows_with_the_years(age: int, year: int) -> None:
    someone = Identite(naissance=Naissance(age_estime=age), age_estime_le=date(year, 6, 1))
    assert birth_year(someone) == year - age
    assert f"a{year - age}" in terms_of(someone)


@given(text=st.text(max_size=1000))
def test_the_index_of_any_name_stays_small(text: str) -> None:
    someone = Identite(nom_usage=text, prenom=text, description=text)
    assert len(terms_of(someone)) < 900
