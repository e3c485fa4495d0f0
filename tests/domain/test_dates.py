"""Dates, hours, durations and births: what is typed is read, what is wrong is said."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iscg_desktop.domain import dates
from iscg_desktop.domain.dates import (
    Naissance,
    format_date,
    format_date_courte,
    format_duree,
    format_heure,
    format_jour,
    format_naissance,
    parse_date,
    parse_duree,
    parse_heure,
    parse_naissance,
)
from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence

MONDAY = date(2026, 11, 23)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
# Shapes close to what is really typed, and anything at all.
TYPED = st.one_of(
    st.text(max_size=30),
    st.from_regex(r"\A[+-]?[0-9]{0,10}[/.:h -]?[0-9]{0,9}[/. -]?[0-9]{0,9}\Z"),
    st.builds(
        " ".join,
        st.lists(
            st.sampled_from(
                [
                    "le",
                    "12",
                    "31",
                    "1er",
                    "févr",
                    "mars",
                    "juin",
                    "lundi",
                    "2026",
                    "26",
                    "~",
                    "environ",
                    "ans",
                    "h",
                    "½",
                    "²",
                ]
            ),
            max_size=5,
        ),
    ),
)


def _code(function, *args, **kwargs) -> str:
    with pytest.raises(UserError) as caught:
        function(*args, **kwargs)
    assert sentence(caught.value)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hier", date(2026, 11, 22)),
        ("Aujourd’hui", MONDAY),
        ("aujourd'hui", MONDAY),
        ("auj", MONDAY),
        (" DEMAIN ", date(2026, 11, 24)),
        ("avant-hier", date(2026, 11, 21)),
        ("avant hier", date(2026, 11, 21)),
        ("après-demain", date(2026, 11, 25)),
        ("-2", date(2026, 11, 21)),
        ("−2", date(2026, 11, 21)),
        ("+3", date(2026, 11, 26)),
        ("J-2", date(2026, 11, 21)),
        ("12/3", date(2026, 3, 12)),
        ("23/11", MONDAY),
        ("24/11", date(2025, 11, 24)),
        ("12/03/26", date(2026, 3, 12)),
        ("12.3.2026", date(2026, 3, 12)),
        ("12-3-26", date(2026, 3, 12)),
        ("12 / 3 / 2026", date(2026, 3, 12)),
        ("12 mars", date(2026, 3, 12)),
        ("le 12 mars 2025", date(2025, 3, 12)),
        ("jeudi 12 mars 2026", date(2026, 3, 12)),
        ("1er février", date(2026, 2, 1)),
        ("1 fevr. 26", date(2026, 2, 1)),
        ("3 déc", date(2025, 12, 3)),
        ("lundi", date(2026, 11, 16)),
        ("mar", date(2026, 11, 17)),
        ("dimanche", date(2026, 11, 22)),
        ("lundi prochain", date(2026, 11, 30)),
        ("120326", date(2026, 3, 12)),
        ("12032026", date(2026, 3, 12)),
        ("2026-03-12", date(2026, 3, 12)),
        ("29/2", date(2024, 2, 29)),
        ("12/3/99", date(1999, 3, 12)),
        ("12/3/36", date(2036, 3, 12)),
        ("12/3/37", date(1937, 3, 12)),
    ],
)
def test_a_day_is_read_as_it_is_typed(text, expected):
    assert parse_date(text, MONDAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lundi", date(2026, 11, 30)),
        ("mardi", date(2026, 11, 24)),
        ("mardi dernier", date(2026, 11, 17)),
        ("12/3", date(2027, 3, 12)),
        ("23/11", MONDAY),
        ("29/2", date(2028, 2, 29)),
    ],
)
def test_a_day_to_come_is_the_next_one(text, expected):
    assert parse_date(text, MONDAY, prefer="future") == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "date_illisible"),
        ("bientôt", "date_illisible"),
        ("12 jui", "date_illisible"),
        ("12 mars 2026 et 3", "date_illisible"),
        ("31/2", "date_impossible"),
        ("30 février 2026", "date_impossible"),
        ("29/2/2026", "date_impossible"),
        ("12/13/2026", "date_impossible"),
        ("00/00/0000", "date_impossible"),
        ("12/3/1899", "date_trop_lointaine"),
        ("+99999", "date_trop_lointaine"),
        ("mardi 12 mars 2026", "date_autre_jour"),
    ],
)
def test_an_impossible_day_is_refused_with_its_reason(text, code):
    assert _code(parse_date, text, MONDAY) == code


def test_a_wrong_weekday_is_answered_with_the_right_one():
    with pytest.raises(UserError) as caught:
        parse_date("mardi 12 mars 2026", MONDAY)
    assert sentence(caught.value) == "Le 12/03/2026 est un jeudi. Corrigez la date ou le jour."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9h30", time(9, 30)),
        ("9:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("930", time(9, 30)),
        ("0930", time(9, 30)),
        ("9h", time(9)),
        ("14", time(14)),
        ("9 h 30", time(9, 30)),
        ("9\u202fh\u202f30", time(9, 30)),
        ("9 H 30 min", time(9, 30)),
        ("0h05", time(0, 5)),
        ("midi", time(12)),
        ("minuit", time(0)),
    ],
)
def test_an_hour_is_read_as_it_is_typed(text, expected):
    assert parse_heure(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "heure_illisible"),
        ("tôt", "heure_illisible"),
        ("9h3", "heure_illisible"),
        ("12345", "heure_illisible"),
        ("25", "heure_impossible"),
        ("24h", "heure_impossible"),
        ("9h60", "heure_impossible"),
    ],
)
def test_an_impossible_hour_is_refused(text, code):
    assert _code(parse_heure, text) == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("45", 45),
        ("45 min", 45),
        ("45'", 45),
        ("45 mn", 45),
        ("1h", 60),
        ("1h30", 90),
        ("1 h 30", 90),
        ("1h5", 65),
        ("1:30", 90),
        ("2 heures", 120),
        ("90 min", 90),
        ("0", 0),
        ("24h", 1440),
    ],
)
def test_a_duration_is_read_in_minutes(text, expected):
    assert parse_duree(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "duree_illisible"),
        ("longtemps", "duree_illisible"),
        ("-5", "duree_illisible"),
        ("1h60", "duree_impossible"),
        ("1441", "duree_impossible"),
        ("25h", "duree_impossible"),
    ],
)
def test_an_impossible_duration_is_refused(text, code):
    assert _code(parse_duree, text) == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12/3/1988", Naissance(date=date(1988, 3, 12))),
        ("12/3/88", Naissance(date=date(1988, 3, 12))),
        ("120388", Naissance(date=date(1988, 3, 12))),
        ("née le 12 mars 1988", Naissance(date=date(1988, 3, 12))),
        ("1/2/26", Naissance(date=date(2026, 2, 1))),
        ("1/2/27", Naissance(date=date(1927, 2, 1))),
        ("1988", Naissance(annee=1988)),
        ("~1988", Naissance(annee=1988)),
        ("vers 1988", Naissance(annee=1988)),
        ("né en 1988", Naissance(annee=1988)),
        ("~30", Naissance(age_estime=30)),
        ("~ 30", Naissance(age_estime=30)),
        ("environ 30 ans", Naissance(age_estime=30)),
        ("30 ans", Naissance(age_estime=30)),
        ("1 an", Naissance(age_estime=1)),
        ("~0", Naissance(age_estime=0)),
    ],
)
def test_a_birth_is_a_day_a_year_or_an_age(text, expected):
    assert parse_naissance(text, MONDAY) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "naissance_illisible"),
        ("30", "naissance_illisible"),  # an age or a year: not guessed
        ("12/3", "naissance_illisible"),
        ("hier", "naissance_illisible"),
        ("31/2/1988", "date_impossible"),
        ("24/11/2026", "naissance_future"),
        ("2027", "naissance_future"),
        ("1899", "naissance_trop_ancienne"),
        ("12/3/1880", "naissance_trop_ancienne"),
        ("~121", "naissance_trop_ancienne"),
        ("1988 ans", "naissance_trop_ancienne"),
    ],
)
def test_an_impossible_birth_is_refused(text, code):
    assert _code(parse_naissance, text, MONDAY) == code


def test_days_hours_and_durations_are_written_in_french():
    assert format_date(MONDAY) == "lundi 23 novembre 2026"
    assert format_jour(date(2026, 12, 1)) == "mardi 1er décembre"
    assert format_date_courte(date(2026, 3, 1)) == "01/03/2026"
    assert format_heure(time(9, 30)) == "9\u00a0h\u00a030"
    assert format_heure(time(9, 5)) == "9\u00a0h\u00a005"
    assert format_heure(time(0)) == "0\u00a0h"
    assert format_duree(45) == "45\u00a0min"
    assert format_duree(60) == "1\u00a0h"
    assert format_duree(605) == "10\u00a0h\u00a005"
    assert format_naissance(Naissance(age_estime=30)) == "environ 30\u00a0ans"
    assert format_naissance(Naissance(age_estime=1)) == "environ 1\u00a0an"


@given(DAYS, DAYS)
def test_every_written_day_is_read_back(day, today):
    for text in (format_date(day), format_date_courte(day), day.isoformat(), f"{day:%d%m%Y}"):
        assert parse_date(text, today) == day


@given(DAYS, DAYS)
@example(date(2024, 2, 29), date(2025, 1, 1))
def test_a_day_without_its_year_lies_on_the_asked_side(day, today):
    past = parse_date(f"{day.day}/{day.month}", today, prefer="past") if today.year > 1909 else today
    assert past <= today
    if today.year < 2090:
        assert parse_date(f"{day.day}/{day.month}", today, prefer="future") >= today


@given(st.sampled_from(dates.JOURS), st.dates(date(1901, 1, 1), date(2099, 12, 1)))
def test_a_weekday_alone_is_within_the_week_and_never_today(jour, today):
    past, future = parse_date(jour, today), parse_date(jour, today, prefer="future")
    assert timedelta(1) <= today - past <= timedelta(7)
    assert timedelta(1) <= future - today <= timedelta(7)
    assert dates.JOURS[past.weekday()] == dates.JOURS[future.weekday()] == jour


@given(st.times().map(lambda t: t.replace(second=0, microsecond=0)))
def test_every_written_hour_is_read_back(hour):
    assert parse_heure(format_heure(hour)) == hour


@given(st.integers(0, 1440))
def test_every_written_duration_is_read_back(minutes):
    assert parse_duree(format_duree(minutes)) == minutes


@given(
    st.one_of(
        st.dates(date(1900, 1, 1), MONDAY).map(lambda d: Naissance(date=d)),
        st.integers(1900, 2026).map(lambda y: Naissance(annee=y)),
        st.integers(0, 120).map(lambda a: Naissance(age_estime=a)),
    )
)
def test_every_written_birth_is_read_back(birth):
    assert parse_naissance(format_naissance(birth), MONDAY) == birth


@given(TYPED, DAYS)
@example("9" * 9, MONDAY)
@example("٣/٣", MONDAY)
@example("1²/3", MONDAY)
def test_nothing_typed_raises_anything_but_a_user_error(text, today):
    for read in (
        lambda: parse_date(text, today),
        lambda: parse_date(text, today, prefer="future"),
        lambda: parse_heure(text),
        lambda: parse_duree(text),
        lambda: parse_naissance(text, today),
    ):
        with suppress(UserError):
            read()
