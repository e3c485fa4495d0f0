"""Réglages: each section saves by itself, says so, takes it back; nothing typed is lost at a lock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.reglages import Reglages
from iscg_desktop.services import preferences
from iscg_desktop.services.preferences import Preferences
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.pages.reglages import ReglagesPage
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.theme import Theme
from tests.ui.pages.pupitre import CTRL, KEY, Pupitre, opened
from tests.vie import MAELLE, draft, open_services, victime


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Pupitre]:
    services, session = open_services(tmp_path)
    tasks = TaskRunner()
    with opened(
        Pupitre(services, session, qtbot, lambda services, hub: ReglagesPage(services, hub, tasks))
    ) as pupitre:
        _page(pupitre).activated()
        pupitre.show()
        yield pupitre
    tasks.close()


def _page(desk: Pupitre) -> ReglagesPage:
    assert isinstance(desk.page, ReglagesPage)
    return desk.page


def _open(desk: Pupitre, key: str) -> Section:
    _page(desk).show_section(key)
    QApplication.processEvents()
    return _page(desk).section(key)


SECTIONS = ["identite", "delais", "apparence"]


@pytest.mark.parametrize("key", SECTIONS)
def test_no_two_things_of_a_section_answer_the_same_letter(desk: Pupitre, key: str) -> None:
    _open(desk, key)
    assert [letter for letter, count in desk.mnemonics().items() if count > 1] == []


def test_keys_go_from_section_to_section(desk: Pupitre) -> None:
    page = _page(desk)
    keys = list(page._makers)
    assert page.current() == keys[0]
    desk.press(KEY.Key_Down, CTRL)
    assert page.current() == keys[1]
    desk.press(KEY.Key_Up, CTRL)
    desk.press(KEY.Key_Up, CTRL)
    assert page.current() == keys[-1]


def test_a_delay_is_kept_when_its_field_is_left_and_taken_back(desk: Pupitre) -> None:
    _open(desk, "delais")
    desk.alt(KEY.Key_F)
    desk.write("21")
    desk.press(KEY.Key_Tab)
    assert desk.services.reglages.get() == Reglages(fiche_sans_retour_jours=21)
    assert desk.says("C’est gardé.")
    desk.click("Annuler (Ctrl+Z)")
    assert desk.services.reglages.get() == Reglages()
    assert desk.says("C’est annulé.")


def test_a_delay_out_of_bounds_is_refused_under_its_field(desk: Pupitre) -> None:
    section = _open(desk, "delais")
    for typed, words in (("0", "entre 1 et 365"), ("deux", "en chiffres"), ("9" * 1000, "en chiffres")):
        field = section.fields["fiche_sans_retour_jours"]  # type: ignore[attr-defined]
        field.widget.setFocus()
        field.widget.selectAll()
        desk.write(typed)
        desk.press(KEY.Key_Tab)
        assert words in field.error()
        assert desk.services.reglages.get() == Reglages()


def test_the_look_is_worn_at_once_kept_outside_and_taken_back(desk: Pupitre) -> None:
    theme = QApplication.instance().findChild(Theme)  # type: ignore[union-attr]
    section = _open(desk, "apparence")
    before = theme.choice
    try:
        section.fields["aspect"].widget.setFocus()  # type: ignore[attr-defined]
        desk.write("s")
        assert preferences.load() == Preferences(aspect="sombre")
        assert theme.dark
        desk.click("Annuler (Ctrl+Z)")
        assert preferences.load() == Preferences()
    finally:
        preferences.save(Preferences())
        theme.wear(before, "normale")


def test_identity_is_saved_by_one_action_and_taken_back(desk: Pupitre) -> None:
    section = _open(desk, "identite")
    desk.alt(KEY.Key_Q)
    desk.press(KEY.Key_A, CTRL)
    desk.write("Conseillère")
    assert desk.services.coffre.intervenant == MAELLE
    desk.press(KEY.Key_S, CTRL)
    now = desk.services.coffre.intervenant
    assert now is not None
    assert now.qualite == "Conseillère"
    assert desk.says("Les fiches déjà établies ne changent pas")
    section._on_undo()
    assert desk.services.coffre.intervenant == MAELLE


def test_an_identity_half_typed_outlives_a_lock(desk: Pupitre) -> None:
    _open(desk, "identite")
    desk.alt(KEY.Key_E)
    desk.press(KEY.Key_A, CTRL)
    desk.write("Association")
    assert _page(desk).keep_now()
    again = ReglagesPage(desk.services, desk.hub, TaskRunner(desk.page))
    desk.qtbot.addWidget(again)
    again.resume("reglages:identite")
    form = again.section("identite").form  # type: ignore[attr-defined]
    assert form.read().employeur == "Association"
    assert desk.services.coffre.intervenant == MAELLE
    desk.click("Abandonner")
    assert desk.services.brouillons.all() == ()


def test_a_name_is_needed_and_the_refusal_is_under_the_field(desk: Pupitre) -> None:
    section = _open(desk, "identite")
    desk.alt(KEY.Key_N)
    desk.press(KEY.Key_A, CTRL)
    desk.press(KEY.Key_Delete)
    desk.press(KEY.Key_S, CTRL)
    assert "Votre nom manque" in section.form.fields["nom"].error()  # type: ignore[attr-defined]
    assert desk.services.coffre.intervenant == MAELLE


def test_another_departement_says_from_when_it_counts(desk: Pupitre) -> None:
    before = date(2025, 12, 1)
    person = victime(informee_le=before)
    desk.services.entretiens.record(draft(date=before, personnes=(person,), saisine=None))
    _open(desk, "identite")
    desk.alt(KEY.Key_M)
    desk.press(KEY.Key_A, CTRL)
    desk.write("Morbihan")
    desk.press(KEY.Key_Tab)
    assert desk.says("gardent les intercommunalités du département du 1er janvier, Ille-et-Vilaine (35)")
    desk.press(KEY.Key_S, CTRL)
    assert desk.session.departement(2026) == "35"
    assert desk.session.departement(2027) == "56"
    assert desk.says("gardent les intercommunalités")


def test_discreet_mode_blanks_who_she_is(desk: Pupitre) -> None:
    section = _open(desk, "identite")
    _page(desk).set_discreet(True)
    assert not section.form.isVisible()  # type: ignore[attr-defined]
    assert desk.says("Masqué (F9)")
    _page(desk).set_discreet(False)
    assert section.form.isVisible()  # type: ignore[attr-defined]
