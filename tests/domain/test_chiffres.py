"""Shares, medians, days compared, levels of collaboration: exact, and never more than may be told."""

from __future__ import annotations

import statistics
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.chiffres import mediane, pourcent
from iscg_desktop.domain.collaboration import Seuils, niveaux_du_bilan, seuils_du_bilan
from iscg_desktop.domain.etendue import Etendue, free_days
from iscg_desktop.domain.period import Palier, period_of
from iscg_desktop.errors import InvalidInput

days = st.dates(date(2016, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("haut", "bas", "printed"),
    [
        (377, 1677, "22,5 %"),
        (72, 100, "72 %"),
        (1, 3, "33,3 %"),
        (1, 2000, "0,1 %"),
        (3, 2, "150 %"),
        (0, 7, "0 %"),
        (4, 0, ""),
    ],
)
def test_a_share_is_printed_to_one_decimal(haut: int, bas: int, printed: str) -> None:
    assert pourcent(haut, bas) == printed


@given(st.lists(st.integers(0, 200), min_size=1))
def test_the_median_is_that_of_the_values(values: list[int]) -> None:
    found = mediane("x", "jours", Counter(values))
    assert (found.valeur, found.nombre) == (statistics.median(values), len(values))


def test_a_negative_delay_counts_as_none_and_no_delay_has_no_median() -> None:
    assert mediane("x", "jours", {-3: 1}).valeur == 0
    assert mediane("x", "jours", {}).valeur is None


@given(days, st.sampled_from(["trimestre", "semestre", "annee"]))
def test_a_period_is_compared_with_those_of_its_kind(day: date, palier: Palier) -> None:
    etendue = Etendue.of(period_of(day, palier))
    before = etendue.precedente
    assert before.periode is not None
    assert before.periode.next() == etendue.periode
    year = etendue.un_an_avant
    assert (year.debut.month, year.debut.year) == (etendue.debut.month, etendue.debut.year - 1)
    assert year.periode is not None
    assert year.periode.palier == palier


@given(days, st.integers(0, 800))
def test_free_days_are_compared_with_as_many(debut: date, length: int) -> None:
    etendue = free_days(debut, debut + timedelta(days=length))
    before = etendue.precedente
    assert before.fin + timedelta(days=1) == etendue.debut
    assert before.fin - before.debut == etendue.fin - etendue.debut
    assert etendue.un_an_avant.debut.year == debut.year - 1


def test_dates_that_make_no_period_are_refused() -> None:
    with pytest.raises(InvalidInput) as missing:
        free_days(date(2026, 1, 1), None)
    assert [(p.field, p.code) for p in missing.value.problems] == [("fin", "bilan_dates_manquantes")]
    with pytest.raises(InvalidInput) as inverted:
        free_days(date(2026, 2, 1), date(2026, 1, 1))
    assert [(p.field, p.code) for p in inverted.value.problems] == [("fin", "bilan_dates_inversees")]


FAMILLES = ("secteur", "sante", "ccas")
contacts = st.fixed_dictionaries(
    {
        famille: st.integers(0, 40).flatmap(lambda n: st.tuples(st.just(n), st.integers(min(n, 1), n)))
        for famille in FAMILLES
    }
)


@given(contacts, st.booleans(), st.sampled_from([5, 11]))
def test_a_level_leaves_room_for_none_and_for_k(
    counted: dict[str, tuple[int, int]], printed: bool, k: int
) -> None:
    """By brute force over every count that agrees with the levels and the total."""
    total = sum(number for number, _ in counted.values())
    seuils = Seuils(frequente=12, occasionnelle=3)
    levels = niveaux_du_bilan(counted, total if printed else None, seuils, k)
    bounds = seuils_du_bilan(seuils, k)
    for famille, level in levels.items():
        assert level == bounds.niveau(counted[famille][0])
        if level != "rare":
            assert counted[famille][1] >= k
        elif printed:
            others = [other for other in FAMILLES if other != famille]
            possible = {
                total - one - two
                for one in range(total + 1)
                for two in range(total + 1 - one)
                if (bounds.niveau(one), bounds.niveau(two)) == (levels[others[0]], levels[others[1]])
            }
            assert {0, k} <= {number for number in possible if bounds.niveau(number) == "rare"}


def test_levels_are_told_when_nothing_forbids_it() -> None:
    counted = {"secteur": (40, 30), "sante": (8, 8), "ccas": (2, 2)}
    levels = niveaux_du_bilan(counted, 50, Seuils(frequente=12, occasionnelle=3), 5)
    assert levels == {"secteur": "frequente", "sante": "occasionnelle", "ccas": "rare"}
    one_family = {**counted, "secteur": (40, 1)}
    assert not niveaux_du_bilan(one_family, 50, Seuils(frequente=12, occasionnelle=3), 5)
