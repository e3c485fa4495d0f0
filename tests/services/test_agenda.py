"""The agenda: the past stays as it was, and nothing that names anyone leaves in a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from iscg_desktop.domain.agenda import PermanenceDraft, RendezVousDraft
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.documents.lecture import pages
from tests.vie import TODAY, draft, open_services

MARDI = date(2026, 11, 24)
WEEKLY = PermanenceDraft(1, MARDI, time(9), time(12))
MEETING = RendezVousDraft(MARDI, time(9, 30), 45, "unite", 1, "Canari des mots")
CANARIES = ("Canari", "Péron", "Solène")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path)
    yield services, session
    session.vault.close()


def _held(services: Services, day: date) -> list[tuple[int, time]]:
    return [(each.unite_id, each.debut) for each in services.agenda.day(day).permanences]


def test_a_permanence_comes_back_each_week_from_its_first_day(opened: tuple[Services, Session]) -> None:
    services, _ = opened
    changed = services.agenda.add_permanence(WEEKLY)
    assert "agenda" in changed.kinds
    week = services.agenda.week(MARDI + timedelta(days=70))
    assert [len(day.permanences) for day in week] == [0, 1, 0, 0, 0, 0, 0]
    assert _held(services, MARDI - timedelta(days=7)) == []


def test_once_only_is_once_only(opened: tuple[Services, Session]) -> None:
    services, _ = opened
    services.agenda.add_permanence(replace(WEEKLY, chaque_semaine=False))
    assert _held(services, MARDI) == [(1, time(9))]
    assert _held(services, MARDI + timedelta(days=7)) == []


def test_one_that_is_not_held_is_said_and_may_be_held_after_all(opened: tuple[Services, Session]) -> None:
    services, _ = opened
    services.agenda.add_permanence(WEEKLY)
    permanence_id = services.agenda.day(MARDI).permanences[0].id
    services.agenda.set_held(permanence_id, MARDI, held=False)
    assert _held(services, MARDI) == []
    assert [each.id for each in services.agenda.day(MARDI).absences] == [permanence_id]
    assert _held(services, MARDI + timedelta(days=7)) == [(1, time(9))]
    services.agenda.set_held(permanence_id, MARDI, held=True)
    assert _held(services, MARDI) == [(1, time(9))]
    with pytest.raises(UserError, match="permanence_autre_jour"):
        services.agenda.set_held(permanence_id, MARDI + timedelta(days=1), held=False)


def test_changing_a_permanence_leaves_the_past_as_it_was(opened: tuple[Services, Session]) -> None:
    services, _ = opened
    services.agenda.add_permanence(WEEKLY)
    permanence_id = services.agenda.day(MARDI).permanences[0].id
    later = MARDI + timedelta(days=14)
    services.agenda.change_permanence(
        permanence_id, later, replace(WEEKLY, jour=later, debut=time(10), unite_id=2)
    )
    assert _held(services, MARDI + timedelta(days=7)) == [(1, time(9))]
    assert _held(services, later) == [(2, time(10))]


def test_ending_it_from_its_first_day_leaves_nothing(opened: tuple[Services, Session]) -> None:
    services, session = opened
    services.agenda.add_permanence(WEEKLY)
    services.agenda.end_permanence(services.agenda.day(MARDI).permanences[0].id, MARDI)
    assert session.read.agenda.permanences() == ()


def test_what_does_not_exist_is_said(opened: tuple[Services, Session]) -> None:
    services, _ = opened
    for act in (
        lambda: services.agenda.end_permanence(99, TODAY),
        lambda: services.agenda.set_held(99, TODAY, held=False),
        lambda: services.agenda.change_permanence(99, TODAY, WEEKLY),
    ):
        with pytest.raises(UserError, match="permanence_introuvable"):
            act()
    with pytest.raises(UserError, match="rendez_vous_introuvable"):
        services.agenda.set_etat(99, "honore")


def test_what_is_wrong_changes_nothing(opened: tuple[Services, Session]) -> None:
    services, session = opened
    with pytest.raises(InvalidInput):
        services.agenda.add_permanence(replace(WEEKLY, fin=time(8)))
    with pytest.raises(InvalidInput):
        services.agenda.add_rendez_vous(replace(MEETING, heure=None))
    services.agenda.add_permanence(WEEKLY)
    permanence_id = services.agenda.day(MARDI).permanences[0].id
    with pytest.raises(InvalidInput):
        services.agenda.change_permanence(permanence_id, MARDI, replace(WEEKLY, unite_id=None))
    assert len(session.read.agenda.permanences()) == 1
    assert services.agenda.day(MARDI).rendez_vous == ()


def test_a_rendez_vous_is_fixed_moved_and_ended(opened: tuple[Services, Session]) -> None:
    services, _ = opened
    services.agenda.add_rendez_vous(MEETING)
    (meeting,) = services.agenda.day(MARDI).rendez_vous
    assert (meeting.heure, meeting.duree, meeting.objet, meeting.unite_id) == (
        time(9, 30),
        45,
        "Canari des mots",
        1,
    )
    at_once = replace(MEETING, heure=time(10))
    assert [each.id for each in services.agenda.overlapping(at_once)] == [meeting.id]
    assert services.agenda.overlapping(at_once, but=meeting.id) == ()
    services.agenda.change_rendez_vous(meeting.id, replace(MEETING, date=MARDI + timedelta(days=1)))
    assert services.agenda.day(MARDI).rendez_vous == ()
    services.agenda.set_etat(meeting.id, "annule")
    assert services.agenda.day(MARDI + timedelta(days=1)).rendez_vous[0].etat == "annule"


def test_the_day_begins_where_the_agenda_says(opened: tuple[Services, Session]) -> None:
    services, _ = opened
    assert services.journee.permanence() is None
    services.agenda.add_permanence(PermanenceDraft(2, TODAY, time(14), time(17)))
    services.agenda.add_permanence(PermanenceDraft(1, TODAY, time(9), time(12)))
    assert services.journee.permanence() == 1
    services.journee.choose_permanence(2)
    assert services.journee.permanence() == 2


def _with_a_person(services: Services) -> None:
    """A rendez-vous with someone who has a name, and words typed about it."""
    recorded = services.entretiens.record(draft())
    services.agenda.add_rendez_vous(
        replace(MEETING, dossier_id=recorded.dossier_id, personne_id=recorded.personne_ids[0])
    )
    services.journee.add_relance(TODAY, "Canari à rappeler", recorded.dossier_id)


def test_a_calendar_holds_places_and_hours_and_no_one(
    opened: tuple[Services, Session], tmp_path: Path
) -> None:
    services, _ = opened
    _with_a_person(services)
    services.agenda.add_permanence(replace(WEEKLY, jusqu_au=MARDI + timedelta(days=21)))
    services.agenda.set_held(
        services.agenda.day(MARDI).permanences[0].id, MARDI + timedelta(days=7), held=False
    )
    path = tmp_path / "agenda.ics"
    services.agenda.save_calendar(path)
    words = path.read_text("utf-8")
    name = services.agenda.day(MARDI).rendez_vous[0].nom
    assert name
    assert [canary for canary in (*CANARIES, name, "2026-0001") if canary.lower() in words.lower()] == []
    events = {str(event["SUMMARY"]): event for event in Calendar.from_ical(words).walk("VEVENT")}
    assert set(events) == {"Permanence – Brigade de Saint-Aubin", "Rendez-vous"}
    weekly = events["Permanence – Brigade de Saint-Aubin"]
    assert weekly["RRULE"]["FREQ"] == ["WEEKLY"]
    assert weekly["RRULE"]["UNTIL"][0].date() == MARDI + timedelta(days=21)
    assert weekly["EXDATE"].dts[0].dt.date() == MARDI + timedelta(days=7)
    assert weekly["DTSTART"].dt.hour == 9
    assert events["Rendez-vous"]["DTEND"].dt.time() == time(10, 15)


def test_an_entry_keeps_its_name_from_one_calendar_to_the_next(opened: tuple[Services, Session]) -> None:
    services, _ = opened
    services.agenda.add_rendez_vous(MEETING)
    services.agenda.add_permanence(WEEKLY)
    names = [
        sorted(str(event["UID"]) for event in Calendar.from_ical(services.agenda.calendar()).walk("VEVENT"))
        for _ in range(2)
    ]
    assert names[0] == names[1]
    assert len(set(names[0])) == 2


def test_what_is_over_or_cancelled_is_in_no_calendar(opened: tuple[Services, Session]) -> None:
    services, _ = opened
    services.agenda.add_rendez_vous(MEETING)
    services.agenda.set_etat(services.agenda.day(MARDI).rendez_vous[0].id, "annule")
    past = TODAY - timedelta(days=60)
    services.agenda.add_permanence(
        PermanenceDraft(1, past, time(9), time(12), jusqu_au=past + timedelta(days=7))
    )
    assert Calendar.from_ical(services.agenda.calendar()).walk("VEVENT") == []


@pytest.mark.parametrize("names", [True, False])
def test_the_sheet_of_a_day_names_people_only_when_asked(
    opened: tuple[Services, Session], *, names: bool
) -> None:
    services, _ = opened
    _with_a_person(services)
    services.agenda.add_permanence(WEEKLY)
    name = services.agenda.day(MARDI).rendez_vous[0].nom
    words = " ".join(pages(services.agenda.day_sheet(MARDI, names=names)))
    assert "Brigade de Saint-Aubin" in words
    assert "2026-0001" in words
    assert (name in words) == names
    assert ("Canari des mots" in words, "Canari à rappeler" in words) == (names, names)
    assert ("CONFIDENTIEL" in words) == names


def test_the_sheet_is_the_same_bytes_for_the_same_day(opened: tuple[Services, Session]) -> None:
    services, _ = opened
    _with_a_person(services)
    assert services.agenda.day_sheet(MARDI, names=True) == services.agenda.day_sheet(MARDI, names=True)


@pytest.mark.parametrize(("issue", "etat"), [("realise", "honore"), ("absent", "prevu")])
def test_an_entretien_held_on_the_day_keeps_the_rendez_vous_of_its_dossier(
    opened: tuple[Services, Session], issue: str, etat: str
) -> None:
    services, _ = opened
    first = services.entretiens.record(draft())
    other = services.entretiens.record(draft())
    for day, dossier_id in (
        (TODAY, first.dossier_id),
        (MARDI, first.dossier_id),
        (TODAY, other.dossier_id),
    ):
        services.agenda.add_rendez_vous(replace(MEETING, date=day, dossier_id=dossier_id))
    services.entretiens.record(replace(draft(), dossier_id=first.dossier_id, saisine=None, issue=issue))
    kept = {each.dossier_id: each.etat for each in services.agenda.day(TODAY).rendez_vous}
    assert kept == {first.dossier_id: etat, other.dossier_id: "prevu"}
    assert services.agenda.day(MARDI).rendez_vous[0].etat == "prevu"
