"""Orientations and partners, added in place; what other pages change meanwhile."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.unite import Unite
from tests.ui.pages.entretien.desk import CTRL, CTRL_SHIFT, KEY, Desk
from tests.vie import MAELLE


def test_an_orientation_is_added_in_place(desk: Desk) -> None:
    desk.page.start()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.answer("personnes.0.accord", "o")
    desk.press(KEY.Key_O, CTRL_SHIFT)
    assert desk.focused() == "orientations.0.type", "the only person is the one oriented"
    desk.type("secteur")
    desk.press(KEY.Key_Tab)
    desk.type("cdas")
    desk.press(KEY.Key_Tab)
    desk.press(KEY.Key_Tab)
    desk.type("Évaluation")
    desk.answer("problematique_principale", "fugue")
    desk.press(KEY.Key_S, CTRL)
    (orientation,) = desk.services.dossiers.orientations(1)
    assert (orientation.type, orientation.partenaire, orientation.accord, orientation.motif) == (
        "service_social_secteur", "CDAS de Vallière", "oui", "Évaluation"
    )  # fmt: skip


def test_a_partner_the_annuaire_lacks_is_added_without_leaving_the_page(desk: Desk, qtbot: QtBot) -> None:
    desk.page.start()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.press(KEY.Key_O, CTRL_SHIFT)
    desk.type("chrs")
    desk.press(KEY.Key_Tab)
    desk.press_button(KEY.Key_U, lambda: desk.focused() == "orientations.0.partenaire.nom")
    desk.press(KEY.Key_Return)
    assert desk.form.fields()["orientations.0.partenaire.nom"].error() == "Le nom de la structure manque."
    desk.type("Foyer des Ormes")
    with qtbot.waitSignal(desk.hub.changed) as announced:
        desk.press(KEY.Key_Return)
    assert announced.args[0].kinds == {"partenaires"}
    assert desk.focused() == "orientations.0.partenaire_id"
    assert QApplication.focusWidget().text() == "Foyer des Ormes"
    added = next(p for p in desk.services.orientations.partenaires() if p.nom == "Foyer des Ormes")
    assert added.type == "hebergement"
    desk.answer("problematique_principale", "fugue")
    desk.press(KEY.Key_S, CTRL)
    assert desk.services.dossiers.orientations(1)[0].partenaire_id == added.id


def test_a_partner_half_typed_is_not_lost_by_recording(desk: Desk) -> None:
    desk.page.start()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.answer("problematique_principale", "fugue")
    desk.press(KEY.Key_O, CTRL_SHIFT)
    desk.answer("orientations.0.type", "chrs")
    desk.press_button(KEY.Key_U, lambda: desk.form.orientations.lines[0].form.partner)
    desk.type("Foyer")
    desk.press(KEY.Key_S, CTRL)
    assert desk.services.dossiers.count() == 0
    assert desk.says("Un partenaire est à demi écrit.")
    desk.press(KEY.Key_Escape)
    desk.press(KEY.Key_S, CTRL)
    assert desk.services.dossiers.count() == 1


def test_an_orientation_without_type_or_person_is_marked_on_its_own_line(desk: Desk) -> None:
    desk.page.start()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.press(KEY.Key_P, CTRL_SHIFT)
    desk.type("Gaël")
    desk.answer("problematique_principale", "fugue")
    desk.press(KEY.Key_O, CTRL_SHIFT)
    assert desk.focused() == "orientations.0.personne"
    desk.answer("orientations.0.motif", "Un toit")
    desk.press(KEY.Key_S, CTRL)
    marked = {name for name, field in desk.form.fields().items() if field.error()}
    assert marked == {"orientations.0.personne", "orientations.0.type"}


def test_a_unite_added_elsewhere_is_offered_by_the_next_entretien(desk: Desk) -> None:
    """The next form was made in advance, before the unité existed."""
    QApplication.processEvents()
    desk.hub.announce(
        desk.services.coffre.set_up(MAELLE, (Unite(0, "Brigade de Kerbras", "gendarmerie", "brigade"),))
    )
    desk.page.start()
    desk.answer("unite_id", "kerbras")
    assert desk.form.fields()["unite_id"].widget.text() == "Brigade de Kerbras"
