"""How long a dossier is kept, and what forbids keeping it longer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.conservation import Durees, check_prolongation, fin_conservation, oldest_kept

TODAY = date(2026, 11, 23)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def test_twenty_four_months_after_the_last_contact() -> None:
    assert fin_conservation(date(2024, 2, 29), 24) == date(2026, 2, 28)
    assert fin_conservation(date(2024, 11, 23), 24) == TODAY


@given(days, st.integers(1, 240), st.none() | days)
def test_prolonging_never_shortens_and_a_later_contact_never_ends_earlier(
    contact: date, mois: int, until: date | None
) -> None:
    fin = fin_conservation(contact, mois, until)
    assert fin >= fin_conservation(contact, mois) > contact
    assert fin_conservation(contact + timedelta(days=1), mois, until) >= fin
    assert until is None or fin >= until


@given(days, st.integers(1, 240), st.integers(-3, 3))
def test_the_day_before_the_oldest_one_kept_is_past(today: date, mois: int, beside: int) -> None:
    begin = oldest_kept(today, mois)
    assert fin_conservation(begin, mois) >= today > fin_conservation(begin - timedelta(days=1), mois)
    contact = begin + timedelta(days=beside)
    assert (fin_conservation(contact, mois) < today) is (contact < begin)


@pytest.mark.parametrize("mois", [0, -1, 241])
def test_a_duration_of_zero_is_refused(mois: int) -> None:
    (problem,) = Durees({"adulte_difficulte": mois}, "parce que").check()
    assert (problem.field, problem.code) == ("adulte_difficulte", "conservation_hors_bornes")


def test_another_duration_than_the_recommended_one_needs_a_reason() -> None:
    assert not Durees({"adulte_difficulte": 24}).check()
    (problem,) = Durees({"adulte_difficulte": 12}, "  ").check()
    assert problem.code == "conservation_sans_motif"
    assert not Durees({"adulte_difficulte": 12}, "Demande de l’employeur").check()


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.booleans()) | st.none() | st.integers())
def test_durations_that_make_no_sense_are_the_recommended_ones(value: object) -> None:
    kept = Durees.kept({"mois": value})
    assert not [p for p in kept.check() if p.code == "conservation_hors_bornes"]
    assert kept.of("jamais vu") == 24 or isinstance(value, dict)


def test_a_prolongation_has_a_day_to_come_and_a_reason() -> None:
    assert [p.code for p in check_prolongation(None, " ", TODAY)] == [
        "prolongation_sans_date",
        "prolongation_sans_motif",
    ]
    assert [p.code for p in check_prolongation(TODAY, "x", TODAY)] == ["prolongation_passee"]
    assert [p.code for p in check_prolongation(date(2036, 11, 24), "x", TODAY)] == ["prolongation_longue"]
    assert not check_prolongation(date(2036, 11, 23), "Procédure en cours", TODAY)
