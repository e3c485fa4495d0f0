"""What the bilan will lack and what no fiche can print, said while it can be mended."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from tests.ui.pages.entretien.desk import CTRL, KEY, NBSP, Desk
from tests.vie import TODAY, draft, victime


def _missing(desk: Desk) -> str:
    return desk.page.findChild(QObject, "missing").text()


def test_the_line_of_what_is_missing_follows_and_leads_to_the_field(desk: Desk, qtbot: QtBot) -> None:
    dossier = desk.services.entretiens.record(draft()).dossier_id
    desk.page.start(dossier)
    taken = "des réponses reprises sont à confirmer (F8)."
    assert (
        _missing(desk) == f"3 renseignements manquent pour le bilan{NBSP}: mode, demandes, réponses, {taken}"
    )
    qtbot.mouseClick(desk.button(taken), Qt.MouseButton.LeftButton)
    assert desk.focused() == "personnes.0.situation_conjugale"
    desk.press(KEY.Key_F8)
    qtbot.waitUntil(lambda: taken not in _missing(desk))
    desk.answer("demandes", "ecoute")
    desk.answer("reponses", "accueil")
    qtbot.waitUntil(lambda: _missing(desk) == f"1 renseignement manque pour le bilan{NBSP}: mode.")
    qtbot.mouseClick(desk.button("mode."), Qt.MouseButton.LeftButton)
    assert desk.focused() == "mode"
    desk.type("tel")
    desk.press(KEY.Key_Tab)
    qtbot.waitUntil(lambda: _missing(desk) == "Rien ne manque pour le bilan.")


def test_what_was_taken_over_is_confirmed_by_one_key_and_recorded_as_it_was(desk: Desk) -> None:
    dossier = desk.services.entretiens.record(draft(personnes=(victime(), victime()))).dossier_id
    desk.page.start(dossier)
    assert [bool(line.to_confirm()) for line in desk.form.personnes.lines] == [True, True]
    assert desk.says("reprise de l’entretien du lundi 23 novembre 2026, à confirmer")
    desk.answer("personnes.0.logement", "hotel")
    assert "logement" not in desk.form.personnes.lines[0].to_confirm(), "touching one confirms it"
    desk.answer("problematique_principale", "harcelement")
    desk.press(KEY.Key_S, CTRL)
    kept = desk.recorded().personnes
    assert "logement" not in dict(kept[0].reprises)
    assert dict(kept[0].reprises)["csp"] == TODAY, "recorded all the same, and still to be confirmed"
    desk.page.start(dossier)
    desk.press(KEY.Key_F8)
    assert not any(line.to_confirm() for line in desk.form.personnes.lines)
    desk.answer("problematique_principale", "harcelement")
    desk.press(KEY.Key_Return, CTRL)
    assert [line.reprises for line in desk.recorded().personnes] == [(), ()]


def test_a_draft_keeps_the_day_of_what_is_to_be_confirmed(desk: Desk) -> None:
    dossier = desk.services.entretiens.record(draft()).dossier_id
    desk.page.start(dossier)
    desk.answer("notes_de_travail", "Un mot.")
    before = desk.form.personnes.lines[0].to_confirm()
    assert desk.page.keep_now()
    key = desk.page.draft_key
    assert key is not None
    desk.page.start()
    desk.page.resume(key)
    assert desk.form.personnes.lines[0].to_confirm() == before != {}


def test_a_missing_fact_leads_to_the_person_who_lacks_it(desk: Desk, qtbot: QtBot) -> None:
    nobody_knows = replace(
        victime(naissance=None), profil=replace(victime().profil, logement="non_renseigne")
    )
    dossier = desk.services.entretiens.record(draft(personnes=(victime(), nobody_knows))).dossier_id
    desk.page.start(dossier)
    assert "âge, logement" in _missing(desk)
    qtbot.mouseClick(desk.button("âge,"), Qt.MouseButton.LeftButton)
    assert desk.focused() == "personnes.1.naissance"
    qtbot.mouseClick(desk.button("logement,"), Qt.MouseButton.LeftButton)
    assert desk.focused() == "personnes.1.logement"


def test_a_character_no_fiche_can_print_is_said_as_it_is_typed(desk: Desk) -> None:
    desk.page.start()
    desk.go("elements_transmissibles")
    desk.type("Œuvre à Łódź ")
    assert not desk.says("ne s’impriment pas")
    desk.type("汉")
    assert desk.says(f"Ces caractères ne s’impriment pas sur une fiche, remplacez-les{NBSP}: 汉")
    desk.press(KEY.Key_Backspace)
    assert not desk.says("ne s’impriment pas")


def test_the_texts_recall_who_may_read_them(desk: Desk) -> None:
    desk.page.start()
    assert desk.says(
        f"Ce qui est écrit sur une personne peut être demandé par elle{NBSP}; des faits seulement."
    )
