"""Backups thin out as they age: never the newest, never beyond twelve months, never a month without one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.sauvegarde import CONSERVATION, a_garder, est_ancienne, est_due

NOW = datetime(2026, 11, 27, 8, 15, tzinfo=UTC)
past = st.integers(0, 800 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes))
pytestmark = pytest.mark.exigence("S13")


@given(st.frozensets(past, max_size=60))
def test_what_is_kept_was_there_and_is_not_too_old(moments: frozenset[datetime]) -> None:
    kept = a_garder(moments, NOW)
    assert kept <= moments
    assert all(NOW - moment <= CONSERVATION for moment in kept)
    assert len(kept) <= 9 + 8 + 6 + 13


@given(st.frozensets(past, min_size=1, max_size=60))
def test_the_newest_is_kept_unless_it_is_past_its_time(moments: frozenset[datetime]) -> None:
    newest = max(moments)
    assert (newest in a_garder(moments, NOW)) == (NOW - newest <= CONSERVATION)


@given(st.frozensets(past, max_size=60))
def test_thinning_what_was_thinned_takes_nothing_more(moments: frozenset[datetime]) -> None:
    kept = a_garder(moments, NOW)
    assert a_garder(kept, NOW) == kept


@given(st.frozensets(past, max_size=60))
def test_every_month_hour_day_and_week_within_reach_keeps_its_newest(moments: frozenset[datetime]) -> None:
    kept = a_garder(moments, NOW)
    for moment in moments:
        age = NOW - moment
        if age <= CONSERVATION:
            assert any(
                each >= moment and (each.year, each.month) == (moment.year, moment.month) for each in kept
            )
        if age <= timedelta(days=31):
            assert any(each >= moment and each.isocalendar()[:2] == moment.isocalendar()[:2] for each in kept)
        if age <= timedelta(days=7):
            assert any(each >= moment and each.date() == moment.date() for each in kept)
        if age <= timedelta(hours=8):
            assert any(each >= moment and each - moment < timedelta(hours=1) for each in kept)


@given(st.integers(1, 400), st.integers(1, 30))
def test_a_life_of_hourly_backups_keeps_a_past_to_go_back_to(days: int, every: int) -> None:
    """Made one after the other and thinned each time, as the program does: nothing is thinned to death."""
    start = NOW - timedelta(days=days)
    lying: frozenset[datetime] = frozenset()
    for step in range(0, days * 24, every * 7):
        moment = start + timedelta(hours=step)
        lying = a_garder(lying | {moment}, moment)
        assert moment in lying
    oldest = min(lying)
    reach = moment - start
    # A month of 31 days, and what lies between two backups.
    slack = timedelta(days=32, hours=every * 7)
    assert moment - oldest >= min(reach, CONSERVATION) - slack


def test_one_of_the_future_is_left_alone() -> None:
    """The clock was set back: what seems to come is what was just made."""
    future = NOW + timedelta(days=3)
    assert a_garder([future, NOW], NOW) == {future, NOW}


def test_reminder_and_turn() -> None:
    assert est_ancienne(None, NOW)
    assert est_ancienne(NOW - timedelta(days=7, seconds=1), NOW)
    assert not est_ancienne(NOW - timedelta(days=7), NOW)
    assert est_due(None, NOW)
    assert est_due(NOW - timedelta(hours=1), NOW)
    assert not est_due(NOW - timedelta(minutes=59), NOW)
    assert est_due(NOW + timedelta(minutes=5), NOW)
