"""The agenda: a week read at a glance, everything by keys, no name before it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.agenda import PermanenceDraft, RendezVous, RendezVousDraft
from iscg_desktop.services.services import Services
from iscg_desktop.ui.pages.agenda.page import AgendaPage, _words_of_week
from iscg_desktop.ui.pages.agenda.semaine import Entree
from iscg_desktop.ui.widgets.button import Button
from tests.ui.pages.pupitre import ALT, CTRL, KEY, Pupitre, opened
from tests.vie import TODAY, draft, open_services

MARDI = TODAY + timedelta(days=1)


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Pupitre]:
    """The page over a coffre where a weekly permanence and a rendez-vous with someone are planned."""
    services, session = open_services(tmp_path)
    services.agenda.add_permanence(PermanenceDraft(1, TODAY, time(9), time(12)))
    recorded = services.entretiens.record(draft())
    services.agenda.add_rendez_vous(
        RendezVousDraft(
            MARDI, time(10), 45, "unite", 1, "mots privés", recorded.dossier_id, recorded.personne_ids[0]
        )
    )
    with opened(Pupitre(services, session, qtbot, AgendaPage)) as made:
        made.show()
        made.page.activated()
        yield made


def _page(desk: Pupitre) -> AgendaPage:
    assert isinstance(desk.page, AgendaPage)
    return desk.page


def _meeting(services: Services, day: date = MARDI) -> RendezVous:
    (found,) = services.agenda.day(day).rendez_vous
    return found


def _entry(desk: Pupitre, place: int) -> Entree:
    QApplication.processEvents()  # what was just laid out is shown when the loop turns
    return [each for each in _page(desk).findChildren(Entree) if each.isVisible()][place]


def _open(desk: Pupitre, place: int) -> list[str]:
    """Activate an entry of the week; returns the words of what can be done."""
    entry = _entry(desk, place)
    entry.line.setFocus()
    desk.press(KEY.Key_Return)
    return [button.text() for button in entry.findChildren(Button)]


def _do(desk: Pupitre, place: int, words: str) -> None:
    _open(desk, place)
    entry = _entry(desk, place)
    next(button for button in entry.findChildren(Button) if button.text() == words).click()


def test_a_rendez_vous_is_fixed_by_keys_alone(desk: Pupitre) -> None:
    desk.press(KEY.Key_N, CTRL)
    desk.write("14h30")
    for _ in range(4):
        desk.press(KEY.Key_Tab)
    desk.write("point avec le CDAS")
    desk.press(KEY.Key_Return)
    meeting = _meeting(desk.services, TODAY)
    assert (meeting.heure, meeting.duree, meeting.objet) == (time(14, 30), 45, "point avec le CDAS")
    assert (meeting.lieu, meeting.unite_id) == ("unite", 1)  # where she is that day
    assert desk.says("point avec le CDAS")


def test_what_is_wrong_is_said_in_its_field_and_nothing_is_kept(desk: Pupitre) -> None:
    desk.press(KEY.Key_N, CTRL)
    desk.press(KEY.Key_Return)
    assert desk.says("L’heure du rendez-vous manque.")
    assert desk.services.agenda.day(TODAY).rendez_vous == ()
    desk.press(KEY.Key_Escape)
    assert not desk.says("L’heure du rendez-vous manque.")


def test_two_at_once_are_kept_and_said(desk: Pupitre) -> None:
    desk.services.agenda.add_rendez_vous(RendezVousDraft(TODAY, time(14), 60, objet="premier"))
    desk.press(KEY.Key_N, CTRL)
    desk.write("14h30")
    for _ in range(4):
        desk.press(KEY.Key_Tab)
    desk.write("second")
    desk.press(KEY.Key_Return)
    assert len(desk.services.agenda.day(TODAY).rendez_vous) == 2
    assert desk.says("Un autre rendez-vous est déjà prévu")


def test_a_permanence_is_planned_by_keys_alone(desk: Pupitre) -> None:
    desk.alt(KEY.Key_P)
    for answer in ("valli", "jeudi", "14h", "17h"):
        desk.write(answer)
        desk.press(KEY.Key_Tab)
    desk.press(KEY.Key_Return)
    jeudi = TODAY + timedelta(days=3)
    assert [each.unite_id for each in desk.services.agenda.day(jeudi).permanences] == [2]
    assert [each.unite_id for each in desk.services.agenda.day(jeudi + timedelta(days=7)).permanences] == [2]


def test_a_permanence_that_is_not_held_is_said_so_and_may_be_held_after_all(desk: Pupitre) -> None:
    _do(desk, 0, "Pas cette fois")
    assert desk.services.agenda.day(TODAY).permanences == ()
    assert desk.says("pas cette fois")
    _do(desk, 0, "Elle a lieu finalement")
    assert len(desk.services.agenda.day(TODAY).permanences) == 1


def test_a_permanence_changes_from_a_day_on(desk: Pupitre) -> None:
    _page(desk).show_day(TODAY + timedelta(days=7))
    _do(desk, 0, "Modifier à partir de ce jour")
    desk.write("10h")
    desk.press(KEY.Key_Return)
    assert desk.services.agenda.day(TODAY).permanences[0].debut == time(9)
    assert desk.services.agenda.day(TODAY + timedelta(days=7)).permanences[0].debut == time(10)
    _do(desk, 0, "Arrêter à partir de ce jour")
    assert desk.services.agenda.day(TODAY + timedelta(days=14)).permanences == ()
    assert len(desk.services.agenda.day(TODAY).permanences) == 1


def test_what_became_of_a_rendez_vous_is_noted_in_two_keys(desk: Pupitre) -> None:
    assert _open(desk, 1) == ["Honoré", "Absent", "Annuler", "Modifier", "Ouvrir le dossier"]
    _open(desk, 1)  # closes again
    _do(desk, 1, "Absent")
    assert _meeting(desk.services).etat == "absent"
    assert desk.says("absent")
    _do(desk, 1, "Prévu, finalement")
    assert _meeting(desk.services).etat == "prevu"


def test_a_rendez_vous_is_moved_and_keeps_its_person(desk: Pupitre) -> None:
    before = _meeting(desk.services)
    _do(desk, 1, "Modifier")
    desk.press(KEY.Key_Tab)
    desk.write("11h")
    desk.press(KEY.Key_Return)
    after = _meeting(desk.services)
    assert after.heure == time(11)
    assert (after.personne_id, after.dossier_id, after.objet) == (
        before.personne_id,
        before.dossier_id,
        "mots privés",
    )


def test_its_dossier_opens(desk: Pupitre) -> None:
    spy = QSignalSpy(_page(desk).dossier_requested)
    _do(desk, 1, "Ouvrir le dossier")
    assert spy.at(0) == [_meeting(desk.services).dossier_id]


def test_names_are_shown_only_when_asked_and_never_in_discreet_mode(desk: Pupitre) -> None:
    name = _meeting(desk.services).nom
    assert not desk.says(name)
    assert desk.says("mots privés")
    desk.alt(KEY.Key_M)
    assert desk.says(name)
    _page(desk).set_discreet(True)
    assert not desk.says(name)
    assert not desk.says("mots privés")
    _page(desk).set_discreet(False)
    assert not desk.says(name)


def test_what_is_being_typed_is_hidden_and_not_lost(desk: Pupitre) -> None:
    _do(desk, 1, "Modifier")
    form = _page(desk)._form
    assert form is not None
    objet = form.fields["objet"].widget
    objet.set_value("mots à moitié")
    _page(desk).set_discreet(True)
    assert "mots" not in objet.displayText()
    _page(desk).set_discreet(False)
    assert objet.displayText() == "mots à moitié"


def test_weeks_follow_each_other_by_keys(desk: Pupitre) -> None:
    desk.press(KEY.Key_PageDown, ALT)
    assert desk.says("Semaine du 30 novembre au 6 décembre 2026")
    desk.press(KEY.Key_PageUp, ALT)
    desk.press(KEY.Key_PageUp, ALT)
    assert desk.says("Semaine du 16 au 22 novembre 2026")
    desk.press(KEY.Key_Home, ALT)
    assert desk.says("Semaine du 23 au 29 novembre 2026")


@pytest.mark.parametrize(
    ("monday", "words"),
    [
        (date(2026, 6, 1), "Semaine du 1er au 7 juin 2026"),
        (date(2026, 12, 28), "Semaine du 28 décembre 2026 au 3 janvier 2027"),
        (date(2026, 5, 25), "Semaine du 25 au 31 mai 2026"),
    ],
)
def test_a_week_is_said_in_words(monday: date, words: str) -> None:
    assert _words_of_week(monday) == words


def test_no_two_things_answer_to_the_same_letter(desk: Pupitre) -> None:
    assert {letter for letter, count in desk.mnemonics().items() if count > 1} == set()
    desk.press(KEY.Key_N, CTRL)
    assert {letter for letter, count in desk.mnemonics().items() if count > 1} == set()
    desk.alt(KEY.Key_P)
    assert {letter for letter, count in desk.mnemonics().items() if count > 1} == set()


def test_the_calendar_is_written_where_she_says_or_refused_in_words(desk: Pupitre, tmp_path: Path) -> None:
    _page(desk).save_calendar(tmp_path)
    assert (tmp_path / "agenda.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert desk.says("aucun nom")
    _page(desk).save_calendar(tmp_path / "nulle" / "part")
    assert desk.says("Ce dossier n’existe pas")


def test_what_is_gone_meanwhile_is_said(desk: Pupitre) -> None:
    _open(desk, 0)
    permanence = desk.services.agenda.day(TODAY).permanences[0]
    desk.services.agenda.end_permanence(permanence.id, TODAY)
    entry = _entry(desk, 0)
    next(b for b in entry.findChildren(Button) if b.text() == "Pas cette fois").click()
    assert desk.says("Cette permanence n’existe plus.")
