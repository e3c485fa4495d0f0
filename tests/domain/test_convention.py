"""What the convention makes due: each bilan once, until it is arrêté; nothing before the first counted day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.convention import (
    COMITE_ANNONCE,
    FIN_ANNONCEE,
    JOURS_DU_RYTHME,
    Convention,
    Rappel,
    Rythme,
    rappels,
)
from iscg_desktop.domain.period import Palier, parse_period, period_of, quarter_of

TODAY = date(2026, 11, 23)
T2, T3 = parse_period("2026-T2"), parse_period("2026-T3")
JULY = date(2026, 7, 1)


def test_a_bilan_is_due_from_the_end_of_its_period_until_it_is_arrete() -> None:
    def due(day: date, *arretes: str) -> tuple[Rappel, ...]:
        return rappels(Convention(), day, arretes=arretes, premier=JULY)

    assert due(date(2026, 9, 30)) == ()
    assert due(date(2026, 10, 1)) == (Rappel("bilan", date(2026, 10, 30), T3),)
    assert due(TODAY, "2026-T3") == ()


def test_a_year_is_settled_when_its_quarters_are_or_when_it_is_itself() -> None:
    yearly = Convention(periodicite="annee", delai_bilan=90)
    day, first = date(2027, 1, 15), date(2026, 1, 1)
    quarters = ["2026-T1", "2026-T2", "2026-T3"]
    (rappel,) = rappels(yearly, day, arretes=quarters, premier=first)
    assert rappel == Rappel("bilan", date(2027, 3, 31), parse_period("2026"))
    assert rappels(yearly, day, arretes=[*quarters, "2026-T4"], premier=first) == ()
    assert rappels(yearly, day, arretes=["2026"], premier=first) == ()


def test_nothing_is_due_before_the_first_counted_day_nor_after_the_convention() -> None:
    assert rappels(Convention(), TODAY, arretes=(), premier=None) == ()
    found = rappels(Convention(debut=date(2026, 1, 1)), TODAY, arretes=(), premier=date(2026, 4, 1))
    assert [rappel.periode for rappel in found] == [T2, T3]
    ended = Convention(fin=date(2026, 6, 30))
    found = rappels(ended, TODAY, arretes=(), premier=date(2026, 4, 1))
    assert [rappel.periode for rappel in found if rappel.type == "bilan"] == [T2]


def test_the_end_is_announced_sixty_days_before() -> None:
    for days, shown in ((FIN_ANNONCEE + 1, False), (FIN_ANNONCEE, True), (0, True), (-3, True)):
        end = TODAY + timedelta(days=days)
        found = rappels(Convention(fin=end), TODAY, arretes=(), premier=None)
        assert found == ((Rappel("convention", end),) if shown else ())


def test_the_referent_is_met_at_the_rhythm_agreed() -> None:
    for rythme, days in JOURS_DU_RYTHME.items():
        met = Convention(rencontre=rythme, derniere_rencontre=TODAY - timedelta(days=days))  # type: ignore[arg-type]
        assert rappels(met, TODAY, arretes=(), premier=None) == (Rappel("rencontre", TODAY),)
        assert rappels(met, TODAY - timedelta(days=1), arretes=(), premier=None) == ()
    never = Convention(rencontre="quinzaine")
    assert rappels(never, TODAY, arretes=(), premier=None) == (Rappel("rencontre", TODAY),)


def test_a_comite_is_recalled_a_month_before_until_its_day() -> None:
    days = (-1, 0, COMITE_ANNONCE, COMITE_ANNONCE + 1)
    convention = Convention(comites=tuple(TODAY + timedelta(days=each) for each in days))
    found = rappels(convention, TODAY, arretes=(), premier=None)
    assert [(rappel.jour - TODAY).days for rappel in found] == [0, COMITE_ANNONCE]


def test_what_is_wrong_is_said_field_by_field() -> None:
    wrong = Convention(
        debut=TODAY, fin=TODAY - timedelta(days=1), delai_bilan=-1, referent="x" * 1000,
        derniere_rencontre=TODAY + timedelta(days=1),
    )  # fmt: skip
    assert [(p.field, p.code) for p in wrong.check(TODAY)] == [
        ("fin", "convention_fin_avant_debut"),
        ("delai_bilan", "reglage_hors_bornes"),
        ("derniere_rencontre", "date_future"),
        ("referent", "texte_trop_long"),
    ]
    assert Convention().check(TODAY) == ()


DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
CONVENTIONS = st.builds(
    Convention,
    debut=st.none() | DAYS,
    fin=st.none() | DAYS,
    periodicite=st.sampled_from(get_args(Palier)),
    delai_bilan=st.integers(0, 180),
    rencontre=st.sampled_from(get_args(Rythme)),
    derniere_rencontre=st.none() | DAYS,
    comites=st.lists(DAYS, max_size=4).map(tuple),
)


@given(CONVENTIONS, DAYS, st.none() | DAYS, st.data())
def test_each_thing_is_due_once_and_only_when_it_is(
    convention: Convention, today: date, premier: date | None, data: st.DataObject
) -> None:
    first = None if premier is None else quarter_of(premier).debut
    found = rappels(convention, today, arretes=(), premier=first)
    assert len(set(found)) == len(found) or len(set(convention.comites)) < len(convention.comites)
    assert [rappel.jour for rappel in found] == sorted(rappel.jour for rappel in found)
    for rappel in found:
        if rappel.type == "bilan":
            assert rappel.periode is not None
            assert rappel.periode.fin < today
            assert rappel.periode == period_of(rappel.periode.debut, convention.periodicite)
            assert first is not None
            assert rappel.periode.fin >= first
    bilans = [rappel.periode for rappel in found if rappel.periode is not None]
    done = data.draw(st.sets(st.sampled_from(bilans))) if bilans else set()
    left = rappels(convention, today, arretes={periode.code for periode in done}, premier=first)
    assert {r.periode for r in left if r.periode} == set(bilans) - done
    later = rappels(replace(convention, fin=None), today, arretes=(), premier=first)
    assert not any(rappel.type == "convention" for rappel in later)
