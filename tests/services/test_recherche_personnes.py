"""The right person among twelve thousand, however her name is typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.personne import Identite
from iscg_desktop.reference.prenoms import shipped_prenoms
from iscg_desktop.services.rapprochement import compare
from iscg_desktop.services.services import Services
from tests.services.population import fill, identite, lines_of, population
from tests.vie import TODAY, open_services

SAME = lines_of("memes.tsv")
OTHERS = lines_of("autres.tsv")


@pytest.fixture(scope="module")
def among() -> Iterator[tuple[Services, dict[str, int]]]:
    """Twelve thousand persons, and those who are looked for."""
    with TemporaryDirectory() as folder:
        services, session = open_services(Path(folder))
        known = list(dict.fromkeys(written for written, _ in SAME))
        ids = fill(session, [identite(written) for written in known])
        others = list(dict.fromkeys(known for known, _ in OTHERS))
        ids += fill(session, [identite(written) for written in others])
        fill(session, population())
        yield services, dict(zip(known + others, ids, strict=True))
        session.vault.close()


def test_jose_is_not_joseph() -> None:
    one, other = identite("Lopes||José|||||"), identite("Lopes||Joseph|||||")
    assert compare(one, other, shipped_prenoms()).prenom == "autre"


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("1971", "1988", "autre"),
        ("1965-03-12", "1988-03-12", "autre"),
        ("1971-03-12", "1988", "autre"),
        ("1988", "1998", "possible"),
        ("1988-03-12", "1998-03-12", "probable"),
        ("~30", "1971", "possible"),
    ],
)
def test_births_further_apart_than_a_slip_are_not_offered_as_one(one: str, other: str, verdict: str) -> None:
    first, second = identite(f"Martin||Marie||{one}"), identite(f"Martin||Marie||{other}")
    assert compare(first, second, shipped_prenoms()).verdict == verdict


def test_two_hundred_pairs_are_written_by_hand() -> None:
    assert len({(known, typed) for known, typed in SAME}) >= 200
    assert len({(known, typed) for known, typed in OTHERS}) >= 200


def test_whoever_is_looked_for_is_among_the_first_five(among: tuple[Services, dict[str, int]]) -> None:
    services, ids = among
    missed = [
        (known, typed, [each.personne.identite.nom_court for each in services.personnes.search(typed, 5)])
        for known, typed in SAME
        if ids[known] not in [each.personne.id for each in services.personnes.search(typed, 5)]
    ]
    assert missed == []


def test_two_who_are_not_one_are_never_said_to_be_a_likely_doublon(
    among: tuple[Services, dict[str, int]],
) -> None:
    services, ids = among
    wronged = [
        (known, typed, candidate.raisons)
        for known, typed in OTHERS
        for candidate in services.personnes.candidates(identite(typed), limit=20)
        if candidate.personne.id == ids[known] and candidate.verdict == "probable"
    ]
    assert wronged == []


DOUBLES = [
    ("Lefebvre||Chantal||1961-03-12", "Lefèvre||Chantal||1961-03-12"),
    ("Le Goff||Maëlle", "Legoff||maelle"),
    ("Morvan|Péron|Viviane||1980-05-02", "Péron||Viviane||1980"),
    ("Bourdin||Étienne", "Bourdin||Titi"),
    ("Péron||Jean-Pierre||1952", "Péron||JP||1952"),
    ("Nguyễn||Thị Hương||1990-02-03", "Nguyen||Thi Huong||1990-03-02"),
    ("Coulibaly||Fatoumata||1984", "Koulibali||Fatoumata||1984"),
    ("El Mansouri||Aïcha|||06 12 34 56 78", "Elmansouri||Aicha|||+33 6 12 34 56 78"),
    ("Y\u0131lmaz||Gülsüm||1975-06-07", "Yilmas||Gulsum||1975-06-07"),
    ("de la Tour||Sixtine||1966", "Delatour||Sixtine||1966"),
    ("Kowalska||Bronisława||~40", "Kowalska||Bronislawa||1986"),
    ("Hébert-Morvan||Noël", "Morvan||Noel"),
]


@pytest.mark.parametrize(("known", "typed"), DOUBLES)
def test_the_same_person_typed_again_is_said_to_be_likely(
    among: tuple[Services, dict[str, int]], known: str, typed: str
) -> None:
    services, _ = among
    (added,) = fill(services.personnes._session, [identite(known)])
    verdicts = {each.personne.id: each.verdict for each in services.personnes.candidates(identite(typed))}
    assert verdicts.get(added) == "probable"


def test_one_home_is_said_and_never_more(among: tuple[Services, dict[str, int]]) -> None:
    services, ids = among
    known, typed = OTHERS[0]
    (her,) = (c for c in services.personnes.candidates(identite(typed)) if c.personne.id == ids[known])
    assert her.verdict == "foyer"
    assert {"meme_telephone", "meme_adresse", "autre_prenom", "autre_sexe"} <= set(her.raisons)


def test_whoever_is_on_the_page_already_is_no_candidate(among: tuple[Services, dict[str, int]]) -> None:
    services, ids = among
    known, typed = OTHERS[0]
    assert ids[known] not in {
        c.personne.id for c in services.personnes.candidates(identite(typed), but=[ids[known]])
    }


def test_a_birth_that_agrees_lifts_and_one_that_disagrees_lowers(
    among: tuple[Services, dict[str, int]],
) -> None:
    services, _ = among
    years = ("1951", "1990", "1991", "")
    added = fill(services.personnes._session, [identite(f"Ozouf||Modestine||{year}") for year in years])
    for typed in ("ozouf modestine 1990", "modestine ozouf 36 ans"):
        found = [each.personne.id for each in services.personnes.search(typed)]
        assert found == [added[1], added[2], added[3], added[0]], typed


def test_a_person_without_a_name_is_found_by_her_description(
    among: tuple[Services, dict[str, int]],
) -> None:
    services, _ = among
    someone = Identite(
        description="femme au manteau rouge, environ 30 ans", sexe="femme",
        naissance=Naissance(age_estime=30), age_estime_le=TODAY,
    )  # fmt: skip
    (known,) = fill(services.personnes._session, [someone])
    for typed in ("femme, environ 30 ans", "manteau rouge", "femme 31 ans"):
        assert services.personnes.search(typed, 5)[0].personne.id == known, typed


def test_the_initials_of_what_is_typed_are_no_particle(among: tuple[Services, dict[str, int]]) -> None:
    services, _ = among
    found = [each.personne.identite for each in services.personnes.search("lostis emilie", 40)]
    assert found[0].nom_court == "L’HOSTIS Émilie"
    assert not [name for who in found if (name := who.nom_naissance).startswith("Le ")]


@given(typed=st.text(max_size=80))
@settings(max_examples=40)
def test_anything_may_be_typed(among: tuple[Services, dict[str, int]], typed: str) -> None:
    services, _ = among
    assert len(services.personnes.search(typed, 5)) <= 5
    services.personnes.candidates(Identite(nom_usage=typed, prenom=typed, telephone=typed, adresse=typed))


def test_an_erased_person_leaves_nothing_in_the_index(among: tuple[Services, dict[str, int]]) -> None:
    services, _ = among
    session = services.personnes._session
    (known,) = fill(session, [identite("Zwingelstein||Kunégonde")])
    with session.transaction():
        session.vault.execute("DELETE FROM personnes WHERE id = ?", (known,))
        left = session.vault.execute("SELECT count(*) FROM personne_termes WHERE personne_id = ?", (known,))
        assert left.scalar() == 0


def test_a_changed_name_is_found_under_the_new_one_only(among: tuple[Services, dict[str, int]]) -> None:
    services, _ = among
    session = services.personnes._session
    (known,) = fill(session, [identite("Vraskovitch||Éponine")])
    with session.transaction() as tx:
        tx.personnes.change(known, identite("Quimerc’h||Éponine"))
        tx.commit()
    assert [each.personne.id for each in services.personnes.search("kimerc'h eponine", 1)] == [known]
    assert services.personnes.search("vraskovitch", 5) == ()


def test_what_did_not_change_is_not_written_again(among: tuple[Services, dict[str, int]]) -> None:
    services, _ = among
    session = services.personnes._session
    (known,) = fill(session, [identite("Vraskovitch||Éponine")])

    def written(her: Identite) -> int:
        before = session.vault.changes
        with session.transaction() as tx:
            tx.personnes.change(known, her)
            changes = session.vault.changes - before
            tx.commit()
        return changes

    her = services.personnes.identite(known)
    assert written(her) == 1  # her line alone
    assert written(replace(her, telephone="06 11 22 33 44")) == 2
    assert written(replace(her, telephone="06 55 66 77 88")) == 3  # one number for another


def test_whoever_was_just_found_is_read_again_once_something_was_written(
    among: tuple[Services, dict[str, int]],
) -> None:
    services, _ = among
    session = services.personnes._session
    (known,) = fill(session, [identite("Ozanneau||Perrine")])

    def found(typed: str) -> list[str]:
        return [each.personne.identite.prenom for each in services.personnes.search(typed, 3)]

    assert found("ozanneau")[0] == found("ozanneau")[0] == "Perrine"
    with session.transaction() as tx:  # never committed
        tx.personnes.change(known, identite("Ozanneau||Pétronille"))
        assert found("ozanneau")[0] == "Pétronille"
    assert found("ozanneau")[0] == "Perrine"
    with session.transaction() as tx:
        tx.personnes.change(known, identite("Ozanneau||Pétronille"))
        tx.commit()
    assert found("ozanneau")[0] == "Pétronille"
    with session.transaction() as tx:
        session.vault.execute("DELETE FROM personnes WHERE id = ?", (known,))
        tx.commit()
    assert "Pétronille" not in found("ozanneau")
