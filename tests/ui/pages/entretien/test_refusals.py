"""What is wrong is said in words where it is wrong, and nothing typed is lost."""

from __future__ import annotations

from datetime import date

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.saisine import SaisineDraft
from tests.ui.pages.entretien.desk import CTRL, CTRL_SHIFT, KEY, Desk
from tests.vie import TestClock, draft, victime


def test_all_that_is_wrong_is_marked_in_words_and_the_first_has_the_focus(desk: Desk) -> None:
    desk.page.start()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.answer("date", "1/2/2026")
    desk.answer("saisine.date", "3/2/2026")
    desk.answer("personnes.0.naissance", "3/3/2026")
    desk.press(KEY.Key_S, CTRL)
    marked = {name: field.error() for name, field in desk.form.fields().items() if field.error()}
    assert set(marked) == {"saisine.date", "personnes.0.naissance", "problematique_principale"}
    assert "postérieure à l’entretien" in marked["personnes.0.naissance"]
    assert desk.focused() == "saisine.date"
    assert desk.says("3 points sont à corriger")
    assert desk.services.dossiers.count() == 0
    desk.answer("problematique_principale", "fugue")
    assert not desk.form.fields()["problematique_principale"].error()


def test_what_is_said_at_the_foot_does_not_hide_the_field_gone_to(desk: Desk) -> None:
    desk.page.start()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.press(KEY.Key_P, CTRL_SHIFT)
    desk.type("Gaël")
    desk.answer("problematique_principale", "fugue")
    desk.press(KEY.Key_O, CTRL_SHIFT)
    desk.answer("orientations.0.type", "secteur")
    desk.press(KEY.Key_S, CTRL)
    assert desk.focused() == "orientations.0.personne"
    desk.qtbot.waitUntil(lambda: desk.says("Un point est à corriger"))
    field = desk.form.fields()["orientations.0.personne"]
    desk.qtbot.waitUntil(lambda: field.visibleRegion().boundingRect() == field.rect(), timeout=1000)
    assert "ne concerne personne de cet entretien" in field.error()


def test_a_problem_of_a_folded_line_opens_it(desk: Desk) -> None:
    desk.page.start()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.answer("personnes.0.naissance", "3/3/2026")
    desk.answer("date", "1/2/2026")
    desk.answer("saisine.date", "1/2/2026")
    desk.press(KEY.Key_P, CTRL_SHIFT)
    desk.type("Gaël")
    desk.answer("problematique_principale", "fugue")
    desk.press(KEY.Key_S, CTRL)
    assert [line.is_open for line in desk.form.personnes.lines] == [True, False]
    assert desk.focused() == "personnes.0.naissance"
    assert desk.says("à corriger")


def test_a_person_prefilled_and_folded_is_made_to_show_its_problem(desk: Desk, clock: TestClock) -> None:
    clock.day = date(2020, 5, 1)
    young = victime(prenom="Petit", naissance=Naissance(date=date(2020, 1, 1)), informee_le=None)
    saisine = SaisineDraft(clock.day)
    dossier = desk.services.entretiens.record(
        draft(personnes=(victime(informee_le=None), young), date=clock.day, saisine=saisine)
    ).dossier_id
    desk.page.start(dossier)
    assert desk.form.personnes.lines[1].form is None
    desk.answer("date", "1/1/2019")
    desk.answer("problematique_principale", "fugue")
    desk.press(KEY.Key_S, CTRL)
    assert desk.focused() == "personnes.1.naissance"
    assert desk.form.fields()["personnes.1.naissance"].error()


def test_nobody_there_is_said_at_the_persons(desk: Desk) -> None:
    desk.page.start()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.go("personnes.0.participation")
    desk.type("s")
    desk.answer("problematique_principale", "fugue")
    desk.press(KEY.Key_S, CTRL)
    assert desk.says("L’entretien est noté réalisé, mais personne n’était là.")


def test_an_unknown_commune_cannot_be_recorded(desk: Desk) -> None:
    desk.page.start()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.answer("problematique_principale", "fugue")
    desk.answer("personnes.0.commune", "Zzyxville")
    assert "n’existe pas" in desk.form.fields()["personnes.0.commune"].error()
    desk.press(KEY.Key_S, CTRL)
    assert desk.focused() == "personnes.0.commune"
    assert "n’existe pas" in desk.form.fields()["personnes.0.commune"].error()
    assert desk.form.fields()["personnes.0.commune"].widget.text() == "Zzyxville"
    assert desk.says("Un point est à corriger")
    assert desk.services.dossiers.count() == 0


def test_what_cannot_be_read_and_what_is_missing_are_said_together(desk: Desk) -> None:
    desk.page.start()
    desk.answer("heure", "25h")
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.press(KEY.Key_S, CTRL)
    assert {n for n, f in desk.form.fields().items() if f.error()} == {"heure", "problematique_principale"}
    assert desk.focused() == "heure"


def test_an_issue_is_never_left_without_an_answer(desk: Desk) -> None:
    desk.page.start()
    desk.go("issue")
    desk.press(KEY.Key_A, CTRL)
    desk.press(KEY.Key_Backspace)
    desk.press(KEY.Key_Tab)
    assert desk.form.fields()["issue"].widget.text() == "Réalisé"
