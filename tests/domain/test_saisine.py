"""Saisines: what is wrong with one, where it stands, how long each step took."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.agenda import RendezVousDraft
from iscg_desktop.domain.saisine import (
    A_TRAITER,
    CONTACT_TENTE,
    DOSSIER_OUVERT,
    RENDEZ_VOUS_FIXE,
    SANS_SUITE,
    Saisine,
    SaisineDraft,
    SaisineSuivie,
    TentativeDraft,
    delais,
    etat_de,
    noms_cites,
)

TODAY = date(2026, 11, 23)
WEEK = 7
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def _saisine(day: date = TODAY, *, etat: str = A_TRAITER, urgence: str = "sous_48h") -> Saisine:
    return Saisine(
        1, day, None, "gendarmerie", "intervention", 1, "", "oui", urgence, etat, "", "",
        7 if etat == DOSSIER_OUVERT else None, "", False, "refus" if etat == SANS_SUITE else None, "2026-T4",
    )  # fmt: skip


def _codes(problems: tuple[object, ...]) -> set[tuple[str, str]]:
    return {(problem.field, problem.code) for problem in problems}  # type: ignore[attr-defined]


def test_what_is_wrong_with_an_attempt() -> None:
    assert _codes(TentativeDraft(None).check(TODAY, TODAY)) == {
        ("date", "date_manquante"),
        ("resultat", "tentative_sans_resultat"),
    }
    tomorrow, yesterday = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
    assert _codes(TentativeDraft(tomorrow, resultat="joint").check(TODAY, TODAY)) == {("date", "date_future")}
    before = TentativeDraft(yesterday, resultat="rappel").check(TODAY, TODAY)
    assert _codes(before) == {("date", "tentative_avant_saisine")}
    assert TentativeDraft(yesterday, resultat="injoignable").check(TODAY, yesterday) == ()


def test_what_is_wrong_with_a_rendez_vous() -> None:
    assert _codes(RendezVousDraft(None, None).check(TODAY)) == {
        ("date", "rendez_vous_sans_date"),
        ("heure", "rendez_vous_sans_heure"),
    }
    wrong = RendezVousDraft(TODAY - timedelta(days=1), time(9), 1441, "unite")
    assert _codes(wrong.check(TODAY)) == {
        ("date", "rendez_vous_passe"),
        ("duree", "duree_impossible"),
        ("unite_id", "rendez_vous_sans_unite"),
    }
    assert RendezVousDraft(TODAY, time(9), None, "domicile").check(TODAY) == ()


def test_a_draft_comes_back_whole_from_its_saisine() -> None:
    draft = SaisineDraft(
        TODAY, time(9, 30), "ccas", "autre", 2, "Élu", "non", "immediate", "Motif", "06", "le matin", True
    )
    kept = Saisine(
        3, TODAY, time(9, 30), "ccas", "autre", 2, "Élu", "non", "immediate", A_TRAITER, "Motif", "06", None,
        "le matin", True, None, "2026-T4",
    )  # fmt: skip
    assert kept.draft() == draft


@given(st.integers(0, 5), st.booleans(), st.booleans(), st.booleans())
def test_the_state_is_that_of_the_furthest_step(
    tentatives: int, rendez_vous: bool, dossier: bool, sans_suite: bool
) -> None:
    etat = etat_de(tentatives=tentatives, rendez_vous=rendez_vous, dossier=dossier, sans_suite=sans_suite)
    assert (etat == DOSSIER_OUVERT) == dossier
    assert (etat == SANS_SUITE) == (sans_suite and not dossier)
    if not dossier and not sans_suite:
        assert (etat == RENDEZ_VOUS_FIXE) == rendez_vous
        assert (etat == CONTACT_TENTE) == (bool(tentatives) and not rendez_vous)


@given(
    DAYS,
    DAYS,
    st.sampled_from([A_TRAITER, CONTACT_TENTE, RENDEZ_VOUS_FIXE, DOSSIER_OUVERT, SANS_SUITE]),
    st.sampled_from(["immediate", "sous_48h", "differee", "non_renseigne"]),
    st.none() | DAYS,
    st.none() | DAYS,
    st.none() | DAYS,
)
def test_a_delay_is_never_below_zero_whatever_the_clock_says(
    came: date, today: date, etat: str, urgence: str, tried: date | None, met: date | None, seen: date | None
) -> None:
    suivie = SaisineSuivie(
        _saisine(came, etat=etat, urgence=urgence),
        premiere_tentative=tried,
        derniere_tentative=tried,
        rendez_vous_le=met,
        entretien_le=seen,
    )
    found = delais(suivie, today, WEEK)
    days = [each for each in (found.attente, found.tentative, found.rencontre) if each is not None]
    assert all(each >= 0 for each in days)
    assert (found.tentative is None) == (tried is None)
    assert (found.rencontre is None) == (met is None and seen is None)
    if etat in (DOSSIER_OUVERT, SANS_SUITE) or today <= came:
        assert found.retard in ("", "rendez_vous")
    if etat in (DOSSIER_OUVERT, SANS_SUITE):
        assert found.retard == ""


@given(DAYS, st.integers(0, 400), st.sampled_from(["immediate", "sous_48h", "differee", "non_renseigne"]))
def test_what_is_late_stays_late_as_days_pass(came: date, days: int, urgence: str) -> None:
    suivie = SaisineSuivie(_saisine(came, urgence=urgence))
    if delais(suivie, came + timedelta(days=days), WEEK).retard:
        assert delais(suivie, came + timedelta(days=days + 1), WEEK).retard == "contact"


@pytest.mark.parametrize(
    ("urgence", "days", "late"),
    [
        ("immediate", 0, ""),
        ("immediate", 1, "contact"),
        ("sous_48h", 2, ""),
        ("sous_48h", 3, "contact"),
        ("differee", 7, ""),
        ("differee", 8, "contact"),
        ("non_renseigne", 8, "contact"),
    ],
)
def test_when_a_first_call_is_late(urgence: str, days: int, late: str) -> None:
    suivie = SaisineSuivie(_saisine(TODAY - timedelta(days=days), urgence=urgence))
    assert delais(suivie, TODAY, WEEK).retard == late


def test_who_is_less_patient_is_obeyed() -> None:
    suivie = SaisineSuivie(_saisine(TODAY - timedelta(days=2)))
    assert [delais(suivie, TODAY, patience).retard for patience in (0, 1, 2)] == ["contact", "contact", ""]


def test_after_a_call_the_wait_begins_again_and_a_missed_rendez_vous_is_said() -> None:
    came = TODAY - timedelta(days=10)
    tried = SaisineSuivie(_saisine(came, etat=CONTACT_TENTE), 1, came, TODAY - timedelta(days=2))
    assert delais(tried, TODAY, WEEK).retard == ""
    assert delais(tried, TODAY + timedelta(days=1), WEEK).retard == "relance"
    met = SaisineSuivie(_saisine(came, etat=RENDEZ_VOUS_FIXE), rendez_vous_le=TODAY)
    assert delais(met, TODAY, WEEK).retard == ""
    assert delais(met, TODAY + timedelta(days=1), WEEK).retard == "rendez_vous"
    assert delais(met, TODAY, WEEK).rencontre == 10


def test_the_names_of_a_motif() -> None:
    text = "Mme LE GOFF Anne, adressée par l’adjudant Kervella. Violences, Brest-Nord"
    assert noms_cites(text) == ("LE GOFF Anne", "Brest-Nord")
    assert noms_cites("Elle est venue. A, B") == ()


@pytest.mark.parametrize("caller", ["Gend. Le Bihan", "Adj. Roux", "MDL-chef Anne Roux", "adjudant Kervella"])
def test_whoever_calls_under_a_rank_is_not_the_person_concerned(caller: str) -> None:
    assert noms_cites(f"{caller} ; pour M. Quéméneur") == ("Quéméneur",)


@given(st.text(max_size=200))
def test_any_text_may_be_searched_for_names(text: str) -> None:
    assert all(each and each[0].isupper() for each in noms_cites(text))
