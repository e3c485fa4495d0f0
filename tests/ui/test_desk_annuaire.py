"""The ways between the annuaire and its short forms, and what is half-typed in them at the lock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from iscg_desktop.errors import UserError
from iscg_desktop.services.session import Session
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.drafted_page import DraftedPage
from iscg_desktop.ui.tasks import TaskRunner
from tests.attente import wait_for
from tests.ui.pages.pupitre import CTRL, SHIFT
from tests.vie import draft, open_services


def open_dossier(desk: Desk, dossier_id: int) -> None:
    """Until it is shown: the first of a session comes in turns."""
    desk.dossiers.dossier_requested.emit(dossier_id)
    wait_for(lambda: desk.window.current_page() == "dossier")


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Desk, Session]]:
    services, session = open_services(tmp_path)
    services.entretiens.record(draft())
    tasks = TaskRunner()
    desk = Desk(services, tasks)
    qtbot.addWidget(desk.window)
    desk.show()
    yield desk, session
    desk.close()
    tasks.close()


def test_a_contact_is_noted_from_anywhere_about_what_is_shown(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    line = desk.services.dossiers.find("")[0]
    open_dossier(desk, line.id)
    QTest.keyClick(desk.window, Qt.Key.Key_C, CTRL | SHIFT)
    assert desk.window.current_page() == "contact"
    assert desk.contact.form.read().dossier_id == line.id
    desk.contact.form.put("partenaire_id", "1")
    QTest.keyClick(desk.window, Qt.Key.Key_S, CTRL)
    assert desk.window.current_page() == "dossier"
    assert [each.partenaire_id for each in desk.services.contacts.of_dossier(line.id)] == [1]
    desk.annuaire.partenaire_requested.emit(1)
    QTest.keyClick(desk.window, Qt.Key.Key_C, CTRL | SHIFT)
    assert desk.contact.form.read().partenaire_id == 1


def test_from_form_to_form_and_back_where_she_came_from(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    line = desk.services.dossiers.find("")[0]
    open_dossier(desk, line.id)
    orientation = desk.services.dossiers.orientations(line.id)[0]
    desk.dossier.suite_requested.emit(orientation.id)
    assert desk.window.current_page() == "suite"
    desk.suite.orientation_opened.emit(orientation.id)
    assert desk.window.current_page() == "orientation"
    desk.orientation.left.emit()
    assert desk.window.current_page() == "suite"
    desk.suite.left.emit()
    assert desk.window.current_page() == "dossier"


def test_an_orientation_is_begun_from_the_dossier_by_one_key(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    line = desk.services.dossiers.find("")[0]
    open_dossier(desk, line.id)
    before = len(desk.services.dossiers.orientations(line.id))
    QTest.keyClick(desk.dossier, Qt.Key.Key_O)
    assert desk.window.place_of("orientation") == "dossiers"
    assert desk.window.current_page() == "orientation"
    QTest.keyClick(desk.window, Qt.Key.Key_S, CTRL)
    assert desk.window.current_page() == "orientation"  # refused in words, nothing stored
    assert len(desk.services.dossiers.orientations(line.id)) == before
    for name, value in (("date", date(2026, 11, 18)), ("type", "ccas"), ("motif", "Aide alimentaire")):
        desk.orientation.form.put(name, value)
    QTest.keyClick(desk.window, Qt.Key.Key_S, CTRL)
    assert desk.window.current_page() == "dossier"
    newest = next(each for each in desk.services.dossiers.orientations(line.id) if each.type == "ccas")
    assert (newest.date, newest.motif) == (date(2026, 11, 18), "Aide alimentaire")


def test_an_orientation_left_half_typed_waits_on_its_dossier(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    line = desk.services.dossiers.find("")[0]
    open_dossier(desk, line.id)
    desk.dossier.orientations.action_triggered.emit()
    desk.orientation.form.put("motif", "à moitié")
    desk.orientation.form.edited.emit()
    desk.orientation._on_back_clicked()
    assert desk.window.current_page() == "dossier"
    assert desk.dossier._draft.isVisible()
    desk.dossier._draft.action_triggered.emit()
    assert desk.window.current_page() == "orientation"
    assert desk.orientation.form.value("motif") == "à moitié"


def test_a_structure_just_added_is_shown_and_leads_back_to_the_annuaire(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    desk.window.show_page("annuaire")
    desk.annuaire.structure_requested.emit()
    desk.structure.form.put("nom", "CMP")
    desk.structure.form.put("type", "cmp")
    desk.structure.save()
    assert desk.window.current_page() == "partenaire"
    assert desk.services.annuaire.get(desk.partenaire.shown or 0).nom == "CMP"
    desk.partenaire.back_requested.emit()
    assert desk.window.current_page() == "annuaire"


@pytest.mark.parametrize("key", ["contact", "suite", "orientation", "structure"])
def test_what_is_half_typed_in_a_short_form_is_kept_at_the_lock_and_resumed(
    opened: tuple[Desk, Session], key: str
) -> None:
    desk, _ = opened
    line = desk.services.dossiers.find("")[0]
    orientation = desk.services.dossiers.orientations(line.id)[0]
    begin = {
        "contact": lambda: desk.annuaire.contact_requested.emit(None, None),
        "suite": lambda: desk.dossier.suite_requested.emit(orientation.id),
        "orientation": lambda: desk.suite.orientation_opened.emit(orientation.id),
        "structure": desk.annuaire.structure_requested.emit,
    }
    word = {"contact": "note", "suite": "motif", "orientation": "motif", "structure": "nom"}[key]
    begin[key]()
    page = cast(DraftedPage, desk.window.page(key))
    page.form.put(word, "à moitié")
    page.form.edited.emit()
    assert desk.may_leave()
    (kept,) = desk.services.brouillons.all()
    page.form.put(word, "")
    page._keeper = None
    desk.today.draft_requested.emit(kept.cle)
    assert desk.window.current_page() == key
    assert page.form.value(word) == "à moitié"


@pytest.mark.parametrize("key", ["contact", "orientation", "structure"])
def test_beginning_another_keeps_what_was_half_typed_of_the_first(
    opened: tuple[Desk, Session], key: str
) -> None:
    desk, _ = opened
    line = desk.services.dossiers.find("")[0]
    begin = {
        "contact": lambda: desk.annuaire.contact_requested.emit(None, None),
        "orientation": lambda: desk.dossier.orientation_requested.emit(line.id),
        "structure": desk.annuaire.structure_requested.emit,
    }[key]
    word = {"contact": "note", "orientation": "motif", "structure": "nom"}[key]
    for words in ("la première", "la seconde"):
        begin()
        page = cast(DraftedPage, desk.window.page(key))
        assert not page.form.value(word)
        page.form.put(word, words)
        page.form.edited.emit()
        assert page.keep_now()
        desk.window.show_page("annuaire")
    begin()
    assert not page.form.value(word)
    found = set()
    for each in desk.services.brouillons.all():
        desk.today.draft_requested.emit(each.cle)
        found.add(page.form.value(word))
    assert found == {"la première", "la seconde"}


def test_what_the_disk_refuses_stays_on_the_screen_when_another_is_begun(
    opened: tuple[Desk, Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = opened
    desk.annuaire.structure_requested.emit()
    desk.structure.form.put("nom", "Foyer fictif")
    desk.structure.form.edited.emit()

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise UserError("disque_plein")

    monkeypatch.setattr(desk.services.brouillons, "keep", refuse)
    desk.window.show_page("annuaire")
    desk.annuaire.structure_requested.emit()
    assert desk.structure.form.value("nom") == "Foyer fictif"
    assert "Le disque est plein" in desk.structure.message.text
    monkeypatch.undo()
    desk.annuaire.structure_requested.emit()
    assert not desk.structure.form.value("nom")
    (kept,) = desk.services.brouillons.all()
    desk.today.draft_requested.emit(kept.cle)
    assert desk.structure.form.value("nom") == "Foyer fictif"


def test_a_suite_half_typed_is_gone_on_with_and_an_empty_form_leaves_no_draft(
    opened: tuple[Desk, Session],
) -> None:
    desk, _ = opened
    line = desk.services.dossiers.find("")[0]
    orientation = desk.services.dossiers.orientations(line.id)[0]
    desk.dossier.suite_requested.emit(orientation.id)
    desk.suite.save()  # refused: nothing is chosen
    assert desk.suite.keep_now()
    assert desk.services.brouillons.all() == ()
    desk.suite.form.put("motif", "à moitié")
    desk.suite.form.edited.emit()
    desk.annuaire.structure_requested.emit()
    desk.dossier.suite_requested.emit(orientation.id)
    assert desk.suite.form.value("motif") == "à moitié"
