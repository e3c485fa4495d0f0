"""How often a family was worked with: each contact of the year counts once, each family has one level."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.collaboration import Seuils, collaborations

FAMILLES = ("secteur", "sante", "ccas")
contacts = st.lists(st.tuples(st.sampled_from(FAMILLES), st.dates(date(2024, 1, 1), date(2027, 12, 31))))
seuils = st.integers(1, 20).flatmap(
    lambda low: st.integers(low + 1, 40).map(lambda high: Seuils(frequente=high, occasionnelle=low))
)


@given(contacts, seuils, st.integers(2024, 2027))
def test_every_family_is_there_once_and_every_contact_of_the_year_counts_once(
    given_contacts: list[tuple[str, date]], bounds: Seuils, annee: int
) -> None:
    found = collaborations(given_contacts, FAMILLES, annee, bounds)
    assert [each.famille for each in found] == list(FAMILLES)
    assert sum(each.contacts for each in found) == sum(day.year == annee for _, day in given_contacts)
    for each in found:
        assert each.niveau == (
            "frequente"
            if each.contacts >= bounds.frequente
            else "occasionnelle"
            if each.contacts >= bounds.occasionnelle
            else "rare"
        )


@pytest.mark.parametrize(
    ("number", "niveau"),
    [
        (0, "rare"),
        (2, "rare"),
        (3, "occasionnelle"),
        (11, "occasionnelle"),
        (12, "frequente"),
        (500, "frequente"),
    ],
)
def test_a_level_begins_at_its_threshold(number: int, niveau: str) -> None:
    assert Seuils(frequente=12, occasionnelle=3).niveau(number) == niveau
