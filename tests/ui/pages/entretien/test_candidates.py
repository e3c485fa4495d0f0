"""Who a person may be already is proposed while her name is typed; one key takes her, Escape puts her away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.pages.entretien.desk import CTRL, KEY, Desk
from tests.vie import draft, victime


@pytest.fixture
def known(desk: Desk) -> Desk:
    """Anaïs Lœil is in the coffre; the page begins a dossier."""
    desk.services.entretiens.record(draft(orientations=()))
    desk.page.start()
    return desk


def _panel(desk: Desk, rank: int = 0):  # type: ignore[no-untyped-def]
    form = desk.form.personnes.lines[rank].form
    assert form is not None
    return form.candidates


def _type_her_name(desk: Desk) -> None:
    desk.answer("personnes.0.nom_usage", "loeil")
    desk.answer("personnes.0.prenom", "anais")
    desk.qtbot.waitUntil(lambda: bool(_panel(desk).shown_candidates()))


def test_she_is_proposed_side_by_side_with_what_is_known(known: Desk) -> None:
    _type_her_name(known)
    assert known.says("LŒIL née LE PÉRON Anaïs")
    assert known.says("dossier 2026-0001, dernier contact le ")
    assert known.says("Même nom, même prénom")
    assert known.form.personnes.lines[0].is_new, "nothing is taken by itself"


def test_one_key_takes_her_with_her_facts_and_what_was_typed(known: Desk) -> None:
    _type_her_name(known)
    known.answer("personnes.0.telephone", "06 99 99 99 99")
    known.answer("personnes.0.courriel", "anais@exemple.fr")
    known.go("personnes.0.prenom")
    known.press(KEY.Key_F4)
    line = known.form.personnes.lines[0]
    taken = line.draft()
    assert taken.personne_id == 1
    assert taken.identite.telephone == "06 99 99 99 99", "what she says today"
    assert taken.identite.courriel == "anais@exemple.fr"
    assert taken.profil.logement == "locataire_prive"
    assert "logement" in line.state()["a_confirmer"]
    assert taken.presente
    assert known.says("C’est maintenant la fiche de LŒIL Anaïs. Ce que vous avez tapé est gardé")
    assert known.says("noté jusqu’ici\u00a0: 06\u00a000\u00a000\u00a000\u00a001.")


def test_a_number_typed_in_another_writing_replaces_none(known: Desk) -> None:
    _type_her_name(known)
    known.answer("personnes.0.telephone", "+33600000001")
    known.go("personnes.0.prenom")
    known.press(KEY.Key_F4)
    assert known.form.personnes.lines[0].draft().identite.telephone == "06 00 00 00 01"
    assert not known.says("noté jusqu’ici")


def test_taking_her_can_be_taken_back(known: Desk) -> None:
    _type_her_name(known)
    before = known.form.personnes.lines[0].draft()
    known.go("personnes.0.prenom")
    known.press(KEY.Key_F4)
    known.button("Annuler").click()
    QApplication.processEvents()
    assert known.form.personnes.lines[0].draft() == before


def test_escape_puts_her_away_for_this_person(known: Desk) -> None:
    _type_her_name(known)
    known.go("personnes.0.prenom")
    known.press(KEY.Key_Escape)
    assert not _panel(known).isVisible()
    known.answer("personnes.0.surnom", "nana")
    known.qtbot.wait(200)
    assert _panel(known).shown_candidates() == ()
    assert known.form.personnes.lines[0].is_new


def test_of_one_home_it_is_only_asked(known: Desk) -> None:
    known.answer("personnes.0.nom_usage", "loeil")
    known.answer("personnes.0.prenom", "Gwendal")
    known.answer("personnes.0.telephone", "+33 6 00 00 00 01")
    known.qtbot.waitUntil(lambda: bool(_panel(known).shown_candidates()))
    assert [each.verdict for each in _panel(known).shown_candidates()] == ["foyer"]
    assert known.says("même foyer\u00a0?")


def test_nobody_is_named_in_the_discreet_mode(known: Desk) -> None:
    _type_her_name(known)
    known.page.set_discreet(True)
    assert not any("PÉRON" in text for text in known.texts())
    assert not _panel(known).isVisible()


def test_who_is_on_the_page_is_not_proposed_again(known: Desk) -> None:
    _type_her_name(known)
    known.go("personnes.0.prenom")
    known.press(KEY.Key_F4)
    known.form.add_person()
    known.answer("personnes.1.nom_usage", "loeil")
    known.answer("personnes.1.prenom", "anais")
    known.qtbot.wait(200)
    assert _panel(known, 1).shown_candidates() == ()


def test_a_statut_of_the_other_side_is_asked_twice(desk: Desk) -> None:
    desk.services.entretiens.record(draft(orientations=()))
    desk.page.start(1)
    line = desk.form.personnes.lines[0]
    desk.form.personnes.open(line)
    person = replace(victime(), personne_id=1)
    line.know(replace(person, profil=replace(person.profil, statut="mis_en_cause")))
    desk.answer("problematique_principale", "violences conj")
    desk.go("personnes.0.nom_usage")
    desk.press(KEY.Key_S, CTRL)
    desk.qtbot.waitUntil(lambda: desk.says("de l’autre côté"))
    assert desk.services.dossiers.reread(1).personnes[0].statut == "victime"
    desk.press(KEY.Key_S, CTRL)
    desk.qtbot.waitUntil(lambda: desk.services.dossiers.reread(1).personnes[0].statut == "mis_en_cause")


def test_the_name_typed_to_find_her_is_not_noted_a_second_time(desk: Desk) -> None:
    her = victime(nom_usage="", nom_naissance="Lefebvre", prenom="Chantal")
    desk.services.entretiens.record(draft(personnes=(her,), orientations=()))
    desk.page.start()
    desk.answer("personnes.0.nom_usage", "lefevre")
    desk.answer("personnes.0.prenom", "chantal")
    desk.qtbot.waitUntil(lambda: bool(_panel(desk).shown_candidates()))
    desk.go("personnes.0.prenom")
    desk.press(KEY.Key_F4)
    taken = desk.form.personnes.lines[0].draft().identite
    assert (taken.nom_usage, taken.nom_naissance) == ("", "Lefebvre")


def test_how_she_is_called_without_danger_is_said_beside_her_number(desk: Desk) -> None:
    silent = victime(telephone="06 00 00 00 01", contact_sur="06 00 00 00 02", sans_message=True)
    desk.services.entretiens.record(draft(orientations=(), personnes=(silent,)))
    desk.page.start()
    _type_her_name(desk)
    assert not desk.says("ne pas laisser de message")
    desk.press(KEY.Key_F4)
    form = desk.form.personnes.lines[0].form
    assert form is not None
    hint = form.fields["telephone"].hint()
    assert hint == "Ne pas laisser de message. Personne n’a dit que ce numéro est sûr."
    assert desk.says("ne pas laisser de message"), "on her line, folded or not"
    desk.answer("personnes.0.telephone", "06 00 00 00 02")
    desk.go("personnes.0.prenom")
    assert form.fields["telephone"].hint() == "Ne pas laisser de message."
