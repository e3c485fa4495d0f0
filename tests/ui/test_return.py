"""Back from a lock, a crash or a flat battery: the same page, the same line, the same field."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.mentions import TypeDocument
from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.services import Services
from iscg_desktop.storage import vault
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.tasks import TaskRunner
from tests.coffres import Coffre
from tests.vie import TestClock, closed_coffre, draft, victime


class Days:
    """Opens a coffre on a desk as after the passphrase, and leaves it."""

    def __init__(self, coffre: Coffre, qtbot: QtBot) -> None:
        self.coffre, self._qtbot = coffre, qtbot
        self._tasks = TaskRunner()
        self._opened: list[Desk] = []

    def open(self, folder: Path | None = None, *, at_once: bool = False) -> Desk:
        session = open_session(
            folder or self.coffre.folder, self.coffre.key, clock=TestClock().clock, at_once=at_once
        )
        desk = Desk(Services(session), self._tasks)
        self._opened.append(desk)
        desk.show()
        self._qtbot.waitUntil(lambda: desk.window.current_page() is not None)
        return desk

    def leave(self, desk: Desk, *, locked: bool = True) -> None:
        self._opened.remove(desk)
        desk.close(coming_back=locked)

    def end(self) -> None:
        for desk in list(self._opened):
            self.leave(desk)
        self._tasks.close()


@pytest.fixture
def days(tmp_path: Path, qtbot: QtBot) -> Iterator[Days]:
    made = Days(closed_coffre(tmp_path), qtbot)
    yield made
    made.end()


@pytest.mark.exigence("S39", "S7")
@pytest.mark.parametrize("end", ["lock", "crash"])
def test_an_entretien_half_typed_is_there_again_on_the_same_field(
    days: Days, tmp_path: Path, qtbot: QtBot, end: str
) -> None:
    desk = days.open()
    desk.entretien.start()
    desk.window.show_page("entretien")
    qtbot.waitUntil(lambda: desk.entretien.form is not None)
    form = desk.entretien.form
    assert form is not None
    form.enter("notes_de_travail")
    form.textes.fields["notes_de_travail"].widget.set_value("Elle rappelle")
    form.edited.emit()
    if end == "lock":
        days.leave(desk)
    else:
        assert desk.may_leave()  # what the pause of the keeper does; then the battery is flat
    place = tmp_path / "apres"
    shutil.copytree(days.coffre.folder, place)
    after = days.open(place)
    assert after.window.current_page() == "entretien"
    qtbot.waitUntil(lambda: after.entretien.form is not None)
    assert after.entretien.form is not None
    assert after.entretien.form.textes.value("notes_de_travail") == "Elle rappelle"
    assert after.entretien.form.champ == "notes_de_travail"


@pytest.mark.exigence("S39")
def test_a_short_form_is_there_again_on_the_same_field(days: Days) -> None:
    desk = days.open()
    desk._ways._on_structure_requested()
    field = desk.structure.form.fields["ville"]
    field.widget.setFocus()
    field.widget.set_value("Vallière")
    desk.structure.form.edited.emit()
    days.leave(desk)
    after = days.open()
    assert after.window.current_page() == "structure"
    assert after.structure.form.value("ville") == "Vallière"
    here = after.window.focusWidget()
    assert after.structure.form.fields["ville"].isAncestorOf(here)


@pytest.mark.exigence("S39")
def test_what_was_only_read_is_shown_again_and_the_names_stay_blanked(days: Days) -> None:
    desk = days.open()
    partenaire = desk.services.annuaire.all()[0].id
    desk.annuaire.partenaire_requested.emit(partenaire)
    desk.window.set_discreet(True)
    days.leave(desk)
    after = days.open()
    assert after.window.current_page() == "partenaire"
    assert after.partenaire.shown == partenaire
    assert after.window.discreet


def test_the_first_document_looked_at_is_noted_as_its_own_place(days: Days, qtbot: QtBot) -> None:
    """Its page is made, filled and shown in three turns."""
    desk = days.open()
    recorded = desk.services.entretiens.record(draft(personnes=(victime(informee_le=None),)))
    dossier, person = recorded.dossier_id, recorded.personne_ids[0]
    content = desk.services.documents.prepare(dossier, TypeDocument.NOTE_INFORMATION, person)
    issued = desk.services.documents.issue(dossier, person, content)
    desk.documents.show_dossier(dossier)
    desk.documents.document_opened.emit(issued.document_id)
    assert desk._ways.here().voie == ""
    qtbot.waitUntil(lambda: desk.window.current_page() == "document")
    here = desk._ways.here()
    assert (here.voie, here.arguments) == ("document_opened", (issued.document_id,))


@pytest.mark.exigence("S7", "S9")
def test_a_crash_is_known_once_a_large_coffre_was_checked(
    days: Days, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "_CHECKED_AT_ONCE", 0)
    desk = days.open(at_once=True)  # nothing may be written yet, and the page is there
    assert desk.window.current_page() == "aujourdhui"
    qtbot.waitUntil(lambda: desk.services.reprises._session.read.settings.get("reprise") == "ouvert")


def test_a_page_of_the_bar_is_shown_again(days: Days) -> None:
    desk = days.open()
    desk.window.show_page("agenda")
    days.leave(desk)
    assert days.open().window.current_page() == "agenda"


def test_a_day_that_was_ended_begins_at_the_day_s_page(days: Days) -> None:
    desk = days.open()
    desk.window.show_page("agenda")
    days.leave(desk, locked=False)
    assert days.open().window.current_page() == "aujourdhui"


def test_a_place_that_makes_no_sense_any_more_is_the_day_s_page(days: Days) -> None:
    for kept in (
        {"page": "dossier", "voie": "dossier_requested", "arguments": [99]},
        {"page": "inconnue"},
        {"page": 3, "voie": None, "arguments": "?", "brouillon": []},
        {"brouillon": "entretien"},
        {"brouillon": "nulle_part:1"},
    ):
        session = open_session(days.coffre.folder, days.coffre.key, clock=TestClock().clock)
        with session.transaction() as tx:
            tx.settings.put("reprise", kept)
            tx.commit()
        session.vault.close()
        desk = days.open()
        assert desk.window.current_page() in {"aujourdhui", "entretien"}, kept
        days.leave(desk, locked=False)
