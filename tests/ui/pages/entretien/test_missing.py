"""What the bilan will lack and what no fiche can print, said while it can be mended."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from tests.ui.pages.entretien.desk import KEY, NBSP, Desk
from tests.vie import draft, victime


def _missing(desk: Desk) -> str:
    return desk.page.findChild(QObject, "missing").text()


def test_the_line_of_what_is_missing_follows_and_leads_to_the_field(desk: Desk, qtbot: QtBot) -> None:
    dossier = desk.services.entretiens.record(draft()).dossier_id
    desk.page.start(dossier)
    assert _missing(desk) == f"3 renseignements manquent pour le bilan{NBSP}: mode, demandes, réponses."
    desk.answer("demandes", "ecoute")
    desk.answer("reponses", "accueil")
    qtbot.waitUntil(lambda: _missing(desk) == f"1 renseignement manque pour le bilan{NBSP}: mode.")
    qtbot.mouseClick(desk.button("mode."), Qt.MouseButton.LeftButton)
    assert desk.focused() == "mode"
    desk.type("tel")
    desk.press(KEY.Key_Tab)
    qtbot.waitUntil(lambda: _missing(desk) == "Rien ne manque pour le bilan.")


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
        f"Des faits seulement, écrits comme si la personne les lisait{NBSP}: elle peut en demander copie."
    )
