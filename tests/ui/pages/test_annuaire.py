"""The annuaire, its structures and the short forms around them, with real keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.contact_partenaire import ContactDraft
from iscg_desktop.domain.orientation import OrientationDraft, SuiteDraft
from iscg_desktop.domain.partenaire import PartenaireDraft
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.pages.annuaire.contact import ContactPage
from iscg_desktop.ui.pages.annuaire.echange import EchangeView
from iscg_desktop.ui.pages.annuaire.page import AnnuairePage
from iscg_desktop.ui.pages.annuaire.partenaire import PartenairePage
from iscg_desktop.ui.pages.annuaire.secteurs import SecteursView
from iscg_desktop.ui.pages.annuaire.structure import StructurePage
from iscg_desktop.ui.pages.annuaire.structures import StructuresView
from iscg_desktop.ui.pages.dossiers.dossier import DossierPage
from iscg_desktop.ui.pages.fiches.orientation import OrientationPage
from iscg_desktop.ui.pages.fiches.suite import SuitePage
from iscg_desktop.ui.tasks import TaskRunner
from tests.services.test_annuaire import CMP
from tests.services.test_contacts import close_quarter
from tests.ui.pages.pupitre import CTRL, KEY, Pupitre, opened
from tests.vie import TODAY, draft, open_services

Open = Callable[[Callable[[Services, ChangesHub], QWidget]], Pupitre]


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()


@pytest.fixture
def open_page(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    services, session = open_services(tmp_path)
    with ExitStack() as stack:
        yield lambda page: stack.enter_context(opened(Pupitre(services, session, qtbot, page)))


def _annuaire(open_page: Open, tasks: TaskRunner) -> Pupitre:
    pupitre = open_page(lambda services, hub: AnnuairePage(services, hub, tasks))
    pupitre.services.annuaire.add(CMP)
    pupitre.show()
    pupitre.page.activated()
    return pupitre


def test_the_list_is_searched_and_filtered(open_page: Open, tasks: TaskRunner) -> None:
    pupitre = _annuaire(open_page, tasks)
    page = pupitre.page
    view = page.view
    assert isinstance(view, StructuresView)
    assert len(view.table.records()) == 2
    asked = QSignalSpy(page.partenaire_requested)
    pupitre.write("elan")
    pupitre.qtbot.waitUntil(lambda: len(view.table.records()) == 1)
    pupitre.press(KEY.Key_Return)
    assert asked.at(0) == [view.table.records()[0].id]
    page.search.clear()
    view.search("")
    view.famille.set_value("secteur")
    view.reload()
    assert [line.nom for line in view.table.records()] == ["CDAS de Vallière"]
    view.etat.set_value("fermes")
    view.reload()
    assert pupitre.says("Aucune structure")


def test_orientations_without_suite_lead_to_the_form(open_page: Open, tasks: TaskRunner) -> None:
    pupitre = _annuaire(open_page, tasks)
    pupitre.services.entretiens.record(draft(date=TODAY - timedelta(days=40), saisine=None))
    page = pupitre.page
    page.show_view("suites")
    (waiting,) = page.view.table.records()
    assert waiting.nom == "LŒIL Anaïs"
    asked = QSignalSpy(page.suite_requested)
    page.view.table.activated.emit(waiting)
    assert asked.at(0) == [waiting.orientation.id]
    column = page.view.table.table.columns[2]
    page.set_discreet(True)
    assert column.text(waiting) == "A. L."
    page.set_discreet(False)
    assert column.text(waiting) == "LŒIL Anaïs"


def test_each_family_shows_its_level(open_page: Open, tasks: TaskRunner) -> None:
    pupitre = _annuaire(open_page, tasks)
    for days in range(12):
        pupitre.services.contacts.record(ContactDraft(1, TODAY - timedelta(days=days)))
    pupitre.page.show_view("collaborations")
    table = pupitre.page.view.table.table
    levels = {each.famille: table.columns[2].text(each) for each in table.records()}
    assert (levels["secteur"], levels["ccas"]) == ("fréquente", "rare ou aucune")
    assert pupitre.says("à partir de 12 contacts")


def test_a_secteur_is_typed_and_amended(open_page: Open, tasks: TaskRunner) -> None:
    pupitre = _annuaire(open_page, tasks)
    pupitre.page.show_view("secteurs")
    view = pupitre.page.view
    assert isinstance(view, SecteursView)
    pupitre.click("Enregistrer le secteur")
    assert view.form.fields["nom"].error() == "Le nom du secteur manque."
    pupitre.write("Bocage")
    pupitre.press(KEY.Key_Tab)
    pupitre.write("saint aubin du cormier")
    pupitre.press(KEY.Key_Return)
    pupitre.click("Enregistrer le secteur")
    (secteur,) = pupitre.services.annuaire.secteurs()
    assert (secteur.nom, secteur.communes) == ("Bocage", ("35253",))
    assert pupitre.says("Saint-Aubin-du-Cormier")
    pupitre.line("Bocage").activated.emit()
    assert pupitre.says("Une commune prise à un autre secteur")
    pupitre.click("Supprimer")
    assert len(pupitre.services.annuaire.secteurs()) == 1
    pupitre.click("Confirmer la suppression")
    assert pupitre.services.annuaire.secteurs() == ()


def test_a_file_is_shown_before_it_is_taken(open_page: Open, tasks: TaskRunner, tmp_path: Path) -> None:
    pupitre = _annuaire(open_page, tasks)
    pupitre.page.show_view("echange")
    view = pupitre.page.view
    assert isinstance(view, EchangeView)
    path = tmp_path / "annuaire.csv"
    path.write_text(
        "nom;type;ville;telephone\nNeuve;ccas;;\nCDAS de Vallière;service_social_secteur;Vallière;02 98\n;zzz;;\n",
        "utf-8",
    )
    view.read_file(path)
    pupitre.qtbot.waitUntil(view.report.isVisible)
    assert pupitre.services.annuaire.count() == 2
    assert len(view.report.refused.records()) == 1
    assert view.report.refused.whole.isVisible()
    assert view.report.refused.aide.startswith("annuaire")
    known = next(line for line in view.report.table.records() if line.sort == "differente")
    fate = view.report.table.table.columns[4]
    assert fate.text(known) == "laissée"
    view.report.table.activated.emit(known)
    assert fate.text(known) == "mise à jour"
    pupitre.click("Prendre ces lignes")
    assert view.steps is not None
    view.steps.cancel.click()
    assert "Rien n’a changé" in view.message.text
    assert pupitre.services.annuaire.count() == 2
    pupitre.click("Prendre ces lignes")
    assert pupitre.services.annuaire.count() == 2, "in turns of the window, none of them this one"
    pupitre.qtbot.waitUntil(lambda: view.steps is None)
    assert pupitre.services.annuaire.count() == 3
    assert pupitre.services.annuaire.get(1).telephone == "02 98"
    assert not view.report.isVisible()
    path.write_bytes(b"\x81\x8d")
    view.read_file(path)
    pupitre.qtbot.waitUntil(lambda: "CSV lisible" in view.message.text)
    assert pupitre.services.annuaire.count() == 3


def test_a_structure_is_shown_closed_and_opened_again(open_page: Open) -> None:
    pupitre = open_page(PartenairePage)
    services = pupitre.services
    recorded = services.entretiens.record(draft())
    services.contacts.record(ContactDraft(1, TODAY, dossier_id=recorded.dossier_id, note="Mme Lœil rappelle"))
    pupitre.page.show_partenaire(1)
    pupitre.show()
    for words in (
        "3 rue des Tilleuls",
        "Mme Jocelyne Abgrall",
        "Mme Lœil rappelle",
        "Évaluation de la situation",
    ):
        assert pupitre.says(words), words
    assert not pupitre.has_button("Supprimer")
    pupitre.page.set_discreet(True)
    for words in ("Abgrall", "Lœil", "Évaluation", "2026-0001"):
        assert not pupitre.says(words), words
    assert pupitre.says("1 contact")
    pupitre.page.set_discreet(False)
    assert pupitre.says("Abgrall")
    pupitre.click("Fermer la structure")
    assert services.annuaire.get(1).ferme_le == TODAY
    assert pupitre.says("Fermée depuis le 23/11/2026")
    assert pupitre.page.focusWidget().text() == "&Rouvrir la structure"
    pupitre.click("Rouvrir la structure")
    assert services.annuaire.get(1).ferme_le is None


def test_a_structure_nobody_used_is_taken_away(open_page: Open) -> None:
    pupitre = open_page(PartenairePage)
    pupitre.page.show_partenaire(1)
    pupitre.show()
    left = QSignalSpy(pupitre.page.back_requested)
    pupitre.click("Supprimer")
    pupitre.click("Modifier")  # leaving the question takes it back
    pupitre.click("Supprimer")
    assert pupitre.services.annuaire.count() == 1
    pupitre.click("Confirmer la suppression")
    assert (left.count(), pupitre.services.annuaire.count()) == (1, 0)


def test_a_structure_is_typed_whole(open_page: Open) -> None:
    pupitre = open_page(StructurePage)
    page = pupitre.page
    page.start()
    pupitre.show()
    page.activated()
    kept = QSignalSpy(page.kept)
    pupitre.press(KEY.Key_S, CTRL)
    assert page.form.fields["type"].error() == "Le type de la structure manque. Choisissez-le dans la liste."
    pupitre.write("CMP <b>de</b> " + "x" * 40)
    page.form.put("type", "cmp")
    page.form.put("communes", ("c:35253",))
    page.form.put("correspondants", (("Anne Œdie", "infirmière", "", ""),))
    pupitre.press(KEY.Key_S, CTRL)
    made = pupitre.services.annuaire.get(kept.at(0)[0])
    assert (made.nom, made.communes) == ("CMP <b>de</b> " + "x" * 40, ("35253",))
    page.start(made.id)
    page.activated()
    assert page.form.value("correspondants") == (("Anne Œdie", "infirmière", "", ""),)
    page.form.put("ville", "Liffré")
    pupitre.press(KEY.Key_S, CTRL)
    again = pupitre.services.annuaire.get(made.id)
    assert (again.ville, again.communes, again.uid) == ("Liffré", ("35253",), made.uid)


def test_a_contact_takes_a_few_keys(open_page: Open) -> None:
    pupitre = open_page(ContactPage)
    page = pupitre.page
    page.start()
    pupitre.show()
    page.activated()
    said, left = QSignalSpy(page.recorded), QSignalSpy(page.left)
    pupitre.write("cda")
    pupitre.press(KEY.Key_Return)  # takes the first of the list
    assert page.keep_now()
    assert len(pupitre.services.brouillons.all()) == 1
    pupitre.press(KEY.Key_Return)  # records
    (contact,) = pupitre.services.contacts.of_partenaire(1)
    assert contact.draft() == ContactDraft(1, TODAY)
    assert (said.at(0), left.count()) == (["Contact noté"], 1)
    assert pupitre.services.brouillons.all() == ()


def test_a_contact_about_a_dossier_names_nobody_on_the_page(open_page: Open) -> None:
    pupitre = open_page(ContactPage)
    page = pupitre.page
    dossier_id = pupitre.services.entretiens.record(draft()).dossier_id
    page.start(1)
    pupitre.show()
    field = page.form.fields["dossier_id"].widget
    field.setFocus()
    pupitre.write("lœil")
    pupitre.press(KEY.Key_Return)
    assert (field.value(), field.text()) == (str(dossier_id), "2026-0001")
    pupitre.press(KEY.Key_S, CTRL)
    assert pupitre.services.contacts.of_dossier(dossier_id)[0].partenaire_id == 1


def test_what_is_half_typed_is_kept_and_taken_up_again(open_page: Open) -> None:
    pupitre = open_page(ContactPage)
    page = pupitre.page
    page.start()
    pupitre.show()
    page.activated()
    pupitre.write("cd")
    page.form.put("note", "Rappeler")
    assert page.keep_now()
    (brouillon,) = pupitre.services.brouillons.all()
    again = open_page(ContactPage)
    again.page.resume(brouillon.cle)
    assert again.page.form.fields["partenaire_id"].widget.raw() == "cd"
    assert again.page.form.value("note") == "Rappeler"
    again.show()
    again.click("Annuler")
    assert again.services.brouillons.all() == ()


def test_a_contact_of_an_arrete_quarter_says_why_it_does_not_change(open_page: Open) -> None:
    pupitre = open_page(ContactPage)
    page = pupitre.page
    contact_id, _ = pupitre.services.contacts.record(ContactDraft(1, TODAY - timedelta(days=100)))
    close_quarter(pupitre.session, "2026-T3")
    page.amend(contact_id)
    pupitre.show()
    pupitre.click("Supprimer ce contact")
    pupitre.click("Confirmer la suppression")
    assert pupitre.says("déjà arrêté")
    pupitre.press(KEY.Key_S, CTRL)
    assert pupitre.says("déjà arrêté")
    assert pupitre.services.contacts.get(contact_id).partenaire_id == 1


def test_a_suite_is_noted_amended_and_taken_back(open_page: Open) -> None:
    pupitre = open_page(SuitePage)
    page = pupitre.page
    services = pupitre.services
    orientation_id = services.entretiens.record(draft()).orientation_ids[0]
    page.start(orientation_id)
    pupitre.show()
    page.activated()
    pupitre.press(KEY.Key_S, CTRL)
    assert page.form.fields["suite"].error() == "Qu’est devenue l’orientation\u00a0? Choisissez une suite."
    pupitre.write("r")  # « Rendez-vous fixé » is the first that begins so
    pupitre.press(KEY.Key_S, CTRL)
    assert page.form.fields["rendez_vous_le"].error()
    pupitre.write("+10")
    pupitre.press(KEY.Key_S, CTRL)
    (suite,) = services.orientations.suites(orientation_id)
    assert (suite.suite, suite.rendez_vous_le) == ("rdv_fixe", TODAY + timedelta(days=10))
    page.start(orientation_id)
    assert pupitre.says("rendez-vous le 03/12/2026")
    page.set_discreet(True)
    assert not pupitre.says("LŒIL")
    assert not pupitre.says("Évaluation de la situation")
    page.set_discreet(False)
    services.orientations.add_suite(orientation_id, SuiteDraft("sans_suite", TODAY))
    page.start(orientation_id)
    assert len(services.orientations.suites(orientation_id)) == 2
    page.amend(suite)
    page.form.put("suite", "refus_personne")
    pupitre.press(KEY.Key_S, CTRL)
    assert {each.suite for each in services.orientations.suites(orientation_id)} == {
        "refus_personne",
        "sans_suite",
    }


def test_the_right_structure_is_proposed_and_a_closed_one_never(open_page: Open) -> None:
    pupitre = open_page(OrientationPage)
    services, page = pupitre.services, pupitre.page
    far, _ = services.annuaire.add(PartenaireDraft("AAA loin", "cmp", communes=("29019",)))
    near, _ = services.annuaire.add(PartenaireDraft("ZZZ ici", "cmp", communes=("35253",)))
    closed, _ = services.annuaire.add(PartenaireDraft("Fermé", "cmp", communes=("35253",)))
    services.annuaire.close(closed, TODAY)
    recorded = services.entretiens.record(draft(orientations=()))
    page.start(recorded.dossier_id)
    pupitre.show()
    page.form.fields["type"].widget.setFocus()
    pupitre.write("cmp")
    pupitre.press(KEY.Key_Tab)
    field = page.form.fields["partenaire_id"]
    offered = [choice.code for choice in field.widget._choices]
    assert offered[0] == str(near)
    assert str(closed) not in offered
    assert str(far) in offered  # found by its name, never first
    assert pupitre.says("ZZZ ici, dessert sa commune")
    pupitre.press(KEY.Key_Down)
    pupitre.press(KEY.Key_Return)
    pupitre.press(KEY.Key_S, CTRL)
    (made,) = services.dossiers.orientations(recorded.dossier_id)
    assert (made.partenaire_id, made.type, made.entretien_id) == (near, "cmp", None)
    page.amend(made.id)
    page.form.put("accord", "oui")
    pupitre.press(KEY.Key_S, CTRL)
    assert services.orientations.get(made.id).accord == "oui"


def test_a_structure_closed_since_is_refused_with_its_date(open_page: Open) -> None:
    pupitre = open_page(OrientationPage)
    services, page = pupitre.services, pupitre.page
    recorded = services.entretiens.record(draft(orientations=()))
    orientation_id, _ = services.orientations.add(
        recorded.dossier_id, recorded.personne_ids[0], OrientationDraft(0, "service_social_secteur", 1)
    )
    services.annuaire.close(1, TODAY)
    page.amend(orientation_id)
    pupitre.show()
    page.form.put("date", TODAY)
    page.form.put("motif", "Autre motif")
    pupitre.press(KEY.Key_S, CTRL)
    assert services.orientations.get(orientation_id).motif == "Autre motif"  # what was is not asked again
    page.start(recorded.dossier_id)
    page.form.put("type", "service_social_secteur")
    page.form.put("partenaire_id", "1")
    pupitre.press(KEY.Key_S, CTRL)
    assert "23/11/2026" in page.form.fields["partenaire_id"].error()
    assert len(services.dossiers.orientations(recorded.dossier_id)) == 1


def test_the_dossier_shows_the_contacts_about_it(open_page: Open, tasks: TaskRunner) -> None:
    pupitre = open_page(lambda services, hub: DossierPage(services, hub, tasks))
    services, page = pupitre.services, pupitre.page
    dossier_id = services.entretiens.record(draft()).dossier_id
    contact_id, _ = services.contacts.record(
        ContactDraft(1, TODAY, "recu", dossier_id=dossier_id, note="Mme Lœil rappelle")
    )
    page.show_dossier(dossier_id)
    pupitre.show()
    assert pupitre.says("Mme Lœil rappelle")
    page.set_discreet(True)
    assert not pupitre.says("rappelle")
    asked, amended = QSignalSpy(page.contact_requested), QSignalSpy(page.contact_opened)
    page.contacts.action_triggered.emit()
    page.contacts.lines()[0].activated.emit()
    assert (asked.at(0), amended.at(0)) == ([None, dossier_id], [contact_id])


@pytest.mark.parametrize("view", ["structures", "suites", "collaborations", "secteurs", "echange"])
def test_no_two_things_answer_to_one_letter(open_page: Open, tasks: TaskRunner, view: str) -> None:
    pupitre = _annuaire(open_page, tasks)
    pupitre.page.show_view(view)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert [letter for letter, count in pupitre.mnemonics().items() if count > 1] == []


@pytest.mark.parametrize("make", [ContactPage, StructurePage, SuitePage, OrientationPage, PartenairePage])
def test_no_two_things_of_a_form_answer_to_one_letter(open_page: Open, make: type[QWidget]) -> None:
    pupitre = open_page(make)
    recorded = pupitre.services.entretiens.record(draft())
    begin = {
        ContactPage: ContactPage.start,
        StructurePage: StructurePage.start,
        SuitePage: lambda page: page.start(recorded.orientation_ids[0]),
        OrientationPage: lambda page: page.start(recorded.dossier_id),
        PartenairePage: lambda page: page.show_partenaire(1),
    }
    begin[make](pupitre.page)
    pupitre.show()
    assert [letter for letter, count in pupitre.mnemonics().items() if count > 1] == []
