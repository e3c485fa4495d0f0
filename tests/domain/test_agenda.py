"""Permanences come back on their day and on no other; a rendez-vous says all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.agenda import (
    Permanence,
    PermanenceDraft,
    RendezVous,
    RendezVousDraft,
    days_from,
    monday_of,
    overlapping,
    plan,
)

TODAY = date(2026, 11, 23)
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
hours = st.builds(time, st.integers(0, 22), st.sampled_from((0, 15, 30, 45)))


@st.composite
def permanences(draw: st.DrawFn) -> Permanence:
    debut = draw(hours)
    fin = time(debut.hour + 1, debut.minute)
    if draw(st.booleans()):
        return Permanence(1, 1, debut, fin, jour=draw(days))
    du = draw(st.none() | days)
    au = draw(st.none() | days)
    exceptions = frozenset(draw(st.sets(days, max_size=3)))
    return Permanence(1, 1, debut, fin, semaine=draw(st.integers(1, 7)), du=du, au=au, exceptions=exceptions)


@given(permanences(), days)
def test_a_permanence_is_held_on_the_days_it_names(each: Permanence, day: date) -> None:
    if each.jour is not None:
        expected = day == each.jour
    else:
        since = each.du is None or day >= each.du
        before_end = each.au is None or day <= each.au
        expected = day.isoweekday() == each.semaine and since and before_end and day not in each.exceptions
    assert each.held_on(day) == expected
    assert not each.held_on(day) or each.planned_on(day)


@given(permanences(), days, days)
def test_ending_a_permanence_changes_nothing_before_and_leaves_nothing_after(
    each: Permanence, end: date, day: date
) -> None:
    left = each.ended_before(end)
    held = left is not None and left.held_on(day)
    assert held == (each.held_on(day) and day < end)


@given(days)
def test_a_week_begins_on_its_monday(day: date) -> None:
    monday = monday_of(day)
    assert monday.isoweekday() == 1
    assert day in list(days_from(monday))


@given(st.lists(permanences(), max_size=5), days)
def test_each_permanence_planned_is_there_or_said_absent(known: list[Permanence], first: date) -> None:
    for journee in plan(first, 7, known, ()):
        held, absent = list(journee.permanences), list(journee.absences)
        assert len(held) + len(absent) == sum(each.planned_on(journee.jour) for each in known)
        assert all(each.held_on(journee.jour) for each in held)
        assert not any(each.held_on(journee.jour) for each in absent)
        assert [each.debut for each in held] == sorted(each.debut for each in held)


def _meeting(hour: time, duree: int, *, etat: str = "prevu", jour: date = TODAY) -> RendezVous:
    return RendezVous(1, hour, duree, "", None, "", "", "", jour=jour, etat=etat)


def _minutes(begin: time, duree: int) -> set[int]:
    first = begin.hour * 60 + begin.minute
    return set(range(first, first + duree))


@given(hours, st.integers(1, 120), st.lists(st.tuples(hours, st.integers(1, 120)), max_size=4))
def test_two_rendez_vous_overlap_when_they_share_a_minute(
    hour: time, duree: int, others: Iterable[tuple[time, int]]
) -> None:
    known = [_meeting(*other) for other in others]
    found = overlapping(RendezVousDraft(TODAY, hour, duree), known)
    assert list(found) == [each for each in known if _minutes(hour, duree) & _minutes(each.heure, each.duree)]


def test_a_cancelled_one_or_one_of_another_day_is_in_nobodys_way() -> None:
    draft = RendezVousDraft(TODAY, time(9), 60)
    others = [
        _meeting(time(9), 60, etat="annule"),
        _meeting(time(9), 60, jour=TODAY + timedelta(days=1)),
    ]
    assert overlapping(draft, others) == ()


GOOD = RendezVousDraft(TODAY, time(9, 30), 45, "unite", 1, "Premier entretien")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"date": None}, [("date", "rendez_vous_sans_date")]),
        ({"date": TODAY - timedelta(days=1)}, [("date", "rendez_vous_passe")]),
        ({"heure": None}, [("heure", "rendez_vous_sans_heure")]),
        ({"duree": 1441}, [("duree", "duree_impossible")]),
        ({"unite_id": None}, [("unite_id", "rendez_vous_sans_unite")]),
        ({"objet": "  "}, [("objet", "rendez_vous_sans_objet")]),
        ({"objet": "  ", "dossier_id": 4}, []),
        ({"objet": "x" * 201}, [("objet", "rendez_vous_objet_long")]),
        (
            {"date": None, "heure": None},
            [("date", "rendez_vous_sans_date"), ("heure", "rendez_vous_sans_heure")],
        ),
    ],
)
def test_a_rendez_vous_says_all_that_is_wrong(
    change: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    problems = replace(GOOD, **change).check(TODAY, alone=True)  # type: ignore[arg-type]
    assert [(each.field, each.code) for each in problems] == expected


def test_that_of_a_saisine_needs_no_words() -> None:
    assert replace(GOOD, objet="").check(TODAY) == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"unite_id": None}, [("unite_id", "permanence_sans_unite")]),
        ({"jour": None}, [("jour", "permanence_sans_jour")]),
        ({"debut": None}, [("debut", "permanence_sans_heure")]),
        ({"fin": time(9)}, [("fin", "permanence_finit_avant")]),
        ({"jusqu_au": TODAY - timedelta(days=1)}, [("jusqu_au", "permanence_jusqu_avant")]),
        ({"jusqu_au": TODAY - timedelta(days=1), "chaque_semaine": False}, []),
    ],
)
def test_a_permanence_says_all_that_is_wrong(
    change: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    good = PermanenceDraft(1, TODAY, time(9), time(12))
    problems = replace(good, **change).check()  # type: ignore[arg-type]
    assert [(each.field, each.code) for each in problems] == expected
