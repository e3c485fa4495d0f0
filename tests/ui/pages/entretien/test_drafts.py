"""The draft of an entretien: kept while one types, found again after a crash, said when the disk refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.pages.entretien.desk import ALT, CTRL, CTRL_SHIFT, KEY, Desk, hour_of
from tests.vie import draft, victime


@pytest.mark.exigence("S7")
def test_the_draft_lies_in_the_coffre_within_two_seconds(desk: Desk, qtbot: QtBot) -> None:
    desk.page.start()
    assert desk.services.brouillons.all() == (), "no draft before the first keystroke"
    desk.go("notes_de_travail")
    desk.type("Ra")
    qtbot.waitUntil(lambda: desk.services.brouillons.all() != (), timeout=2000)
    (kept,) = desk.services.brouillons.all()
    assert (kept.cle, kept.formulaire, kept.champ) == (desk.page.draft_key, "entretien", "notes_de_travail")
    assert desk.says(f"Nouveau dossier · brouillon gardé à {hour_of(desk)}")


def _kept(desk: Desk, key: str) -> str:
    kept = desk.services.brouillons.get(key)
    return "" if kept is None else str(kept.contenu)


@pytest.mark.exigence("S7")
def test_after_a_crash_she_is_on_the_same_line_at_the_same_letter(desk: Desk, qtbot: QtBot) -> None:
    dossier = desk.services.entretiens.record(draft(personnes=(victime(), victime(prenom="Gaël")))).dossier_id
    desk.page.start(dossier)
    desk.answer("date", "hier")
    desk.go("heure")
    desk.type("neuf")
    desk.answer("problematiques", "financieres")
    desk.go("personnes.1.commune")
    desk.press(KEY.Key_End)
    desk.type(" Vall")
    desk.press(KEY.Key_O, CTRL_SHIFT)
    desk.type("Gaël")
    desk.press(KEY.Key_Tab)
    desk.type("siao")
    desk.answer("orientations.0.motif", "Un toit")
    desk.press_button(KEY.Key_U, lambda: desk.form.orientations.lines[0].form.partner)
    desk.type("Foyer fictif")
    desk.press(KEY.Key_Left)
    desk.press(KEY.Key_Left)
    key = desk.page.draft_key
    assert key is not None
    qtbot.waitUntil(lambda: "Foyer fictif" in _kept(desk, key), timeout=2000)
    desk.page.keep_now()
    before = desk.form.state()

    desk.restart()
    desk.page.resume(key)

    assert desk.focused() == "orientations.0.partenaire.nom"
    assert desk.form.state() == before
    assert QApplication.focusWidget().text() == "Foyer fictif"
    assert QApplication.focusWidget().cursorPosition() == len("Foyer fict")
    assert desk.form.fields()["heure"].widget.text() == "neuf"
    assert desk.form.fields()["date"].widget.value() == date(2026, 11, 22)
    assert desk.form.personnes.lines[1].title() == "LŒIL Gaël"
    assert desk.says("Dossier 2026-0001 · brouillon gardé")


def test_a_resumed_draft_is_recorded_and_gone(desk: Desk, qtbot: QtBot) -> None:
    desk.page.start()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.page.keep_now()
    key = desk.page.draft_key
    assert key is not None
    desk.restart()
    desk.page.resume(key)
    desk.answer("problematique_principale", "fugue")
    desk.press(KEY.Key_S, CTRL)
    assert desk.recorded().personnes[0].nom == "Anaïs"
    assert desk.services.brouillons.all() == ()
    assert desk.page.keep_now()
    assert desk.services.brouillons.all() == (), "nothing writes it again"


def test_a_half_typed_date_is_read_after_a_crash_as_before(desk: Desk, qtbot: QtBot) -> None:
    """« 23 » corrected in « lundi 23 novembre 2026 » is read against the date that was there."""
    desk.page.start()
    widget = desk.go("date")
    widget.setCursorPosition(len("lundi 23"))
    for _ in range(2):
        desk.press(KEY.Key_Backspace)
    desk.type("20")
    desk.page.keep_now()
    key = desk.page.draft_key
    assert key is not None
    desk.restart()
    desk.page.resume(key)
    assert QApplication.focusWidget().text() == "lundi 20 novembre 2026"
    desk.press(KEY.Key_Tab)
    assert desk.form.fields()["date"].widget.value() == date(2026, 11, 20)


def test_another_entretien_leaves_the_first_one_as_a_draft(desk: Desk) -> None:
    desk.page.start()
    desk.go("notes_de_travail")
    desk.type("Premier")
    desk.page.start()
    assert desk.form.fields()["notes_de_travail"].widget.value() == ""
    (kept,) = desk.services.brouillons.all()
    desk.page.resume(kept.cle)
    assert desk.form.fields()["notes_de_travail"].widget.value() == "Premier"


def test_a_draft_is_abandoned_only_when_she_says_so_twice(desk: Desk, qtbot: QtBot) -> None:
    desk.page.start()
    desk.go("notes_de_travail")
    desk.type("Rien")
    desk.page.keep_now()
    desk.press_button(KEY.Key_B, lambda: desk.says("Abandonner ce brouillon"))
    assert len(desk.services.brouillons.all()) == 1
    with qtbot.waitSignal(desk.page.left):
        desk.press(KEY.Key_Space)
    assert desk.services.brouillons.all() == ()
    assert desk.page.form is None


def test_a_page_on_which_nothing_was_typed_is_left_without_a_question(desk: Desk, qtbot: QtBot) -> None:
    desk.page.start()
    with qtbot.waitSignal(desk.page.left):
        desk.press(KEY.Key_B, ALT)


def test_a_draft_that_is_gone_is_said(desk: Desk) -> None:
    desk.page.resume("entretien:disparu")
    assert desk.says("Ce brouillon n’existe plus.")
    assert desk.page.form is not None


@pytest.fixture
def full_disk(desk: Desk) -> Callable[[bool], None]:
    """Say whether the disk has room for one more page."""

    def set_full(full: bool) -> None:
        driver = desk.session.vault._connection._driver
        driver.set_authorizer(None)
        pages = driver.execute("PRAGMA page_count").fetchone()[0] if full else 1_000_000
        driver.execute(f"PRAGMA max_page_count = {pages}")

    return set_full


@pytest.mark.exigence("S4")
def test_a_full_disk_is_said_and_the_words_stay_until_they_are_kept(
    desk: Desk, qtbot: QtBot, full_disk: Callable[[bool], None]
) -> None:
    desk.page.start()
    words = "Longue note. " * 2000
    desk.form.fields()["notes_de_travail"].widget.setPlainText(words)
    full_disk(True)
    assert not desk.page.keep_now()
    assert desk.says("Le brouillon n’est pas encore gardé")
    assert desk.says("Nouveau dossier · brouillon pas encore gardé")
    assert desk.form.fields()["notes_de_travail"].widget.value() == words.strip()
    full_disk(False)
    qtbot.mouseClick(desk.button("Réessayer"), Qt.MouseButton.LeftButton)
    assert len(desk.services.brouillons.all()) == 1
    assert not desk.says("Le brouillon n’est pas encore gardé")


@pytest.mark.exigence("S4")
def test_words_the_disk_refuses_are_not_put_away(desk: Desk, full_disk: Callable[[bool], None]) -> None:
    desk.page.start()
    words = "Longue note. " * 2000
    desk.form.fields()["notes_de_travail"].widget.setPlainText(words)
    full_disk(True)
    desk.page.start()
    desk.page.resume("entretien:autre")
    assert desk.form.fields()["notes_de_travail"].widget.value() == words.strip()
    assert desk.says("Le brouillon n’est pas encore gardé")
    full_disk(False)
    desk.page.start()
    assert desk.form.fields()["notes_de_travail"].widget.value() == ""
    assert len(desk.services.brouillons.all()) == 1


@pytest.mark.exigence("S4")
def test_a_full_disk_at_recording_loses_nothing(desk: Desk, full_disk: Callable[[bool], None]) -> None:
    desk.page.start()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.answer("problematique_principale", "fugue")
    words = "Longue note. " * 2000
    desk.form.fields()["notes_de_travail"].widget.setPlainText(words)
    full_disk(True)
    desk.press(KEY.Key_S, CTRL)
    assert desk.says("Le disque est plein")
    assert desk.form.fields()["notes_de_travail"].widget.value() == words.strip()
    assert desk.services.dossiers.count() == 0
    full_disk(False)
    desk.press(KEY.Key_S, CTRL)
    assert desk.recorded().notes_de_travail == words.strip()
