"""Periods add up, bands partition, and what comes late counts in the earliest open quarter."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.period import (
    Periode,
    age_on,
    counting_quarter,
    parse_period,
    period_of,
    quarter_of,
    tranche_age,
)
from iscg_desktop.errors import UserError

PERIOD = re.compile(r"(19|20|21)[0-9]{2}(-(T[1-4]|S[12]))?|2200(-(T[1-4]|S[12]))?")
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@given(days, st.sampled_from(["trimestre", "semestre", "annee"]))
def test_a_period_holds_its_day_and_touches_the_next(day: date, palier: str) -> None:
    periode = period_of(day, palier)  # type: ignore[arg-type]
    assert day in periode
    assert periode.next().debut == periode.fin + timedelta(days=1)
    assert parse_period(periode.code) == periode


@given(days, st.sampled_from(["semestre", "annee"]))
def test_half_years_and_years_are_exact_sums_of_quarters(day: date, palier: str) -> None:
    periode = period_of(day, palier)  # type: ignore[arg-type]
    quarters = periode.quarters()
    assert (quarters[0].debut, quarters[-1].fin) == (periode.debut, periode.fin)
    assert len(quarters) == {"semestre": 2, "annee": 4}[palier]
    assert all(a.next() == b for a, b in pairwise(quarters))


def test_names_of_periods() -> None:
    assert quarter_of(date(2026, 1, 1)).libelle == "1er trimestre 2026"
    assert period_of(date(2026, 11, 23), "semestre").libelle == "2e semestre 2026"
    assert period_of(date(2026, 11, 23), "annee").libelle == "année 2026"
    assert quarter_of(date(2026, 8, 15)).months == "juillet à septembre 2026"


@given(st.one_of(st.text(max_size=12), st.from_regex(r"[0-9]{4}(-[TS][0-9])?", fullmatch=True)))
def test_what_names_no_period_is_refused(text: str) -> None:
    if PERIOD.fullmatch(text):
        assert parse_period(text).code == text
    else:
        with pytest.raises(UserError, match="periode_inconnue"):
            parse_period(text)


@given(days, st.integers(0, 12))
def test_a_late_event_counts_in_the_earliest_open_quarter(day: date, closed: int) -> None:
    own = quarter_of(day)
    arretes, last = [], own
    for _ in range(closed):
        arretes.append(last.code)
        last = last.next()
    assert counting_quarter(day, arretes) == last


def test_a_quarter_before_the_first_arrete_is_closed_too() -> None:
    # Quarters are arrêtés in order: an entry of 2024 made after 2025-T4 was handed over counts in 2026-T1.
    assert counting_quarter(date(2024, 5, 1), ["2025-T4"]).code == "2026-T1"


def test_what_is_older_than_the_first_counted_stays_there_unless_that_quarter_is_arrete() -> None:
    """A coffre restored after a loss counts from today, and holds bilans of before."""
    may = date(2026, 5, 1)
    assert counting_quarter(may, [], "2026-T4").code == "2026-T2"
    assert counting_quarter(may, ["2026-T2"], "2026-T4").code == "2026-T3"
    assert counting_quarter(may, ["2026-T2", "2026-T3"], "2026-T4").code == "2026-T4"
    assert counting_quarter(may, ["2026-T3"], "2026-T4").code == "2026-T2"


@given(st.integers(-5, 200))
def test_age_bands_partition(age: int) -> None:
    bands = {
        "moins_13": range(-5, 13), "13_17": range(13, 18), "18_24": range(18, 25), "25_34": range(25, 35),
        "35_44": range(35, 45), "45_54": range(45, 55), "55_64": range(55, 65), "65_74": range(65, 75),
        "75_plus": range(75, 201),
    }  # fmt: skip
    assert [code for code, ages in bands.items() if age in ages] == [tranche_age(age)]


def test_an_unknown_age_is_not_an_age() -> None:
    assert tranche_age(None) == "non_renseigne"


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 1), date(2100, 1, 1)))
def test_age_changes_on_the_birthday(born: date, event: date) -> None:
    age, source = age_on(event, Naissance(date=born))
    assert source == "date"
    assert age is not None
    birthday = (event.month, event.day) >= (born.month, born.day)
    assert age == event.year - born.year - (0 if birthday else 1)


def test_age_by_year_and_by_estimate() -> None:
    event = date(2026, 11, 23)
    assert age_on(event, Naissance(annee=1988)) == (38, "annee")
    assert age_on(event, Naissance(age_estime=30), date(2024, 11, 23)) == (32, "estime")
    assert age_on(event, Naissance(age_estime=30), date(2024, 11, 24)) == (31, "estime")
    assert age_on(event, Naissance(age_estime=30)) == (30, "estime")
    assert age_on(event, None) == (None, "inconnu")


def test_periods_are_ordered_by_time() -> None:
    assert sorted([parse_period("2027-T1"), parse_period("2026-T4")])[0] == Periode(
        date(2026, 10, 1), date(2026, 12, 31), "trimestre", "2026-T4"
    )
