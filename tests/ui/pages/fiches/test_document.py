"""A document being completed, by the keyboard: what forbids it, what is offered, its draft, its issue, F9."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.document import Source
from iscg_desktop.domain.fiche_sections import Reponse
from iscg_desktop.domain.partenaire import PartenaireDraft
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.services import Services
from iscg_desktop.ui import issued_actions, printing
from iscg_desktop.ui.pages.fiches.document import DocumentPage
from iscg_desktop.ui.pages.fiches.documents import DocumentsPage
from iscg_desktop.ui.tasks import TaskRunner
from tests.services.test_documents import GWENDAL, IP, LEO, NI, SG, someone
from tests.ui.pages.pupitre import CTRL, KEY, Pupitre
from tests.vie import TODAY, TestClock, draft, open_services, victime


class Bureau(Pupitre):
    """The page over a dossier of child protection: a mother, her child, the mis en cause."""

    page: DocumentPage

    def __init__(self, tmp_path: Path, qtbot: QtBot) -> None:
        self.tasks = TaskRunner()
        services, session = open_services(tmp_path, TestClock())
        services.orientations.add_partenaire(PartenaireDraft("CRIP 35", "crip", adresse="2 rue du Pré"))
        people = (
            victime(informee_le=None),
            someone(LEO, "ni_l_un_ni_l_autre"),
            someone(GWENDAL, "mis_en_cause"),
        )
        services.entretiens.record(draft(personnes=people))
        services.documents.protect_child(1)
        super().__init__(services, session, qtbot, lambda s, hub: DocumentPage(s, hub, self.tasks))
        self.changes: list[Changes] = []
        self.hub.changed.connect(self.changes.append)

    def begin(self, kind: str = IP, personne_id: int | None = None) -> None:
        self.page.prepare(1, kind, personne_id)
        self.show()
        self.page.activated()

    def go(self, name: str) -> None:
        self.page.form.enter(name)

    def answer(self, name: str, words: str) -> None:
        self.go(name)
        self.write(words)
        self.press(KEY.Key_Tab)

    def error(self, name: str) -> str:
        return self.page.form.fields[name].error()

    def settled(self) -> None:
        self.qtbot.waitUntil(lambda: not self.page._timer.isActive() and not self.tasks.running)

    def complete(self) -> None:
        """All that an information préoccupante must say, typed."""
        self.go("urgence")
        self.write("s")
        self.click("Entretien du lundi 23 novembre 2026")
        self.press(KEY.Key_Tab)
        self.write("d")
        self.press(KEY.Key_Tab)
        self.write("Mme Lœil")
        self.answer("danger", "Des violences répétées.")
        self.answer("demande", "Évaluer.")
        self.go("informes")
        self.write("n")
        self.answer("informes_motif", "Contraire à son intérêt.")

    def restart(self) -> None:
        """The program dies and is started anew: nothing is flushed."""
        self.close()
        vault = self.session.vault
        vault.close()
        self.session = open_session(vault.folder, vault.key, clock=self.services.clock)
        self.services = Services(self.session)
        self.page = DocumentPage(self.services, self.hub, self.tasks)

    def end(self) -> None:
        self.tasks.close()
        self.close()
        self.qtbot.waitUntil(lambda: not self.tasks.running)
        self.session.vault.close()


@pytest.fixture
def bureau(tmp_path: Path, qtbot: QtBot) -> Iterator[Bureau]:
    made = Bureau(tmp_path, qtbot)
    yield made
    made.end()


def _printer_to(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    def choose(printer: QPrinter, _parent: QWidget) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        return True

    monkeypatch.setattr(printing, "_chosen", choose)


def test_an_information_preoccupante_is_typed_and_issued_with_the_keyboard(bureau: Bureau) -> None:
    bureau.begin()
    assert bureau.page.form.champ == "destinataire.service"
    assert "ne peut pas encore être établi" in bureau.page.gate.text()
    bureau.complete()
    bureau.settled()
    assert "Le document peut être établi." in bureau.page.gate.text()
    bureau.press(KEY.Key_S, CTRL)
    (issued,) = bureau.services.documents.of_dossier(1)
    content = bureau.services.documents.content(issued.id)
    assert [each.prenom for each in content.concernes] == ["Léo"]
    (fait,) = content.faits
    assert (fait.source, fait.qui) == (Source.DIT_PAR, "Mme Lœil")
    assert content.informes is Reponse.NON
    assert content.responsables == (), "nobody is named who was not added"
    assert bureau.says("Document établi")
    assert bureau.services.brouillons.all() == ()
    assert bureau.changes[-1].kinds >= {"documents", "brouillons"}


@pytest.mark.parametrize("kind", [IP, SG, NI])
def test_no_letter_means_two_things(bureau: Bureau, kind: str) -> None:
    bureau.begin(kind, 1)
    if kind is not NI:
        bureau.go("informes")
        bureau.write("o")
    assert {letter for letter, count in bureau.mnemonics().items() if count > 1} == set()


def test_what_forbids_it_is_said_under_its_field(bureau: Bureau) -> None:
    bureau.begin()
    bureau.press(KEY.Key_S, CTRL)
    assert "urgence" in bureau.error("urgence")
    assert "Aucun fait" in bureau.error("faits")
    assert "parents ont été informés" in bureau.error("informes")
    assert bureau.page.form.champ == "urgence"
    assert bureau.services.documents.of_dossier(1) == ()


def test_parents_are_added_by_choice_even_the_mis_en_cause_and_without_his_statut(bureau: Bureau) -> None:
    bureau.begin()
    assert bureau.page.form.value("responsables") == ()
    bureau.click("Gwendal Morvan")
    content = bureau.page.form.read()
    assert [each.nom for each in content.responsables] == ["Morvan"]
    assert not bureau.says("Mis en cause")


def test_a_signalement_is_asked_its_ground_and_article_40_only_of_a_public_agent(bureau: Bureau) -> None:
    bureau.begin(SG)
    base = bureau.page.form.fields["base"].widget
    assert bureau.page.form.value("base") is None
    assert "article_40" in {choice.code for choice in base._offered("")}
    owner = bureau.session.intervenant
    assert owner is not None
    with bureau.session.transaction() as tx:
        bureau.session.keep_intervenant(tx, replace(owner, nature_employeur="association"))
        tx.commit()
    bureau.begin(SG, 1)
    assert "article_40" not in {choice.code for choice in base._offered("")}


def test_a_note_shows_its_own_fields_only_and_names_its_person(bureau: Bureau) -> None:
    bureau.begin(NI, 1)
    shown = [name for name, field in bureau.page.form.fields.items() if field.isVisible()]
    assert shown == ["personne", "langue", "dpo"]
    assert bureau.page.form.value("personne") == "Anaïs Lœil"


def test_words_of_the_procedure_are_pointed_at_as_they_are_typed(bureau: Bureau) -> None:
    bureau.begin()
    bureau.answer("danger", "Il sort de garde à vue.")
    assert "garde à vue" in bureau.page.form.fields["danger"]._hint.text()
    bureau.answer("demande", "Évaluer 美")
    assert "美" in bureau.error("demande")


def test_after_a_crash_everything_is_there_and_she_is_on_the_same_field(bureau: Bureau) -> None:
    bureau.begin()
    bureau.complete()
    bureau.go("danger")
    bureau.page.keep_now()
    state = bureau.page.form.state()
    (kept,) = bureau.services.brouillons.all()
    assert (kept.cle, kept.dossier_id) == (f"document:1:{IP}:0:0", 1)
    bureau.restart()
    bureau.page.resume(kept.cle)
    bureau.show()
    bureau.page.activated()
    assert bureau.page.form.state() == state
    assert bureau.page.form.champ == "danger"


def test_discreet_nothing_typed_can_be_read(bureau: Bureau) -> None:
    bureau.begin()
    bureau.complete()
    bureau.settled()
    bureau.page.set_discreet(True)
    assert [name for name, field in bureau.page.form.fields.items() if field.isVisible()] == []
    assert bureau.says("Saisie masquée")
    assert not bureau.has_button("Anaïs Lœil")
    bureau.page.set_discreet(False)
    assert bureau.page.form.value("danger") == "Des violences répétées."
    assert bureau.page.form.fields["danger"].isVisible()


def test_a_note_is_issued_and_printed_in_one_go_once_a_day(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "papier.pdf"
    _printer_to(monkeypatch, path)
    bureau.show()
    for _ in range(2):
        bureau.page.print_note(1, 1)
    (note,) = bureau.services.documents.of_dossier(1)
    assert len(PdfReader(path).pages) == 1
    assert [step.etape for step in bureau.services.documents.trace(note.id)] == ["imprimee", "imprimee"]
    bureau.page.set_discreet(True)
    assert not bureau.says("LŒIL")


def test_a_note_that_cannot_be_issued_prints_nothing_of_anyone_else(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "papier.pdf"
    _printer_to(monkeypatch, path)
    bureau.begin(NI, 3)
    bureau.press(KEY.Key_S, CTRL)
    with bureau.session.transaction() as tx:
        tx.settings.put("intervenant", None)
        tx.commit()
    bureau.page.print_note(1, 1)
    assert bureau.says("ne sait pas encore qui vous êtes")
    assert not path.exists()
    assert len(bureau.services.documents.of_dossier(1)) == 1


def test_another_document_the_disk_refuses_to_keep_is_not_issued_in_place_of_the_note(bureau: Bureau) -> None:
    bureau.begin()
    bureau.page.form.fields["danger"].widget.setPlainText("Des violences. " * 9000)
    bureau.full_disk(True)
    bureau.page.print_note(1, 1)
    assert bureau.says("Le brouillon n’est pas encore gardé")
    bureau.full_disk(False)
    assert bureau.services.documents.of_dossier(1) == ()


def test_the_information_given_is_asked_once_with_its_day(bureau: Bureau) -> None:
    bureau.begin(NI, 1)
    bureau.press(KEY.Key_S, CTRL)
    bureau.page.panel.informed.day.setFocus()
    bureau.page.panel.informed.day.selectAll()
    bureau.write("demain")
    bureau.click("Information donnée")
    assert bureau.services.documents.informed(1) is None
    bureau.page.panel.informed.day.setFocus()
    bureau.page.panel.informed.day.selectAll()
    bureau.write("hier")
    bureau.click("Information donnée")
    given = bureau.services.documents.informed(1)
    assert given is not None
    assert (TODAY - given).days == 1
    assert bureau.says("Information donnée le dimanche 22 novembre 2026.")
    assert not bureau.has_button("Information donnée")


def test_saved_it_opens_with_the_phrase_and_is_noted(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau.begin(NI, 1)
    bureau.press(KEY.Key_S, CTRL)
    monkeypatch.setattr(issued_actions, "choose_folder", lambda *_: tmp_path)
    bureau.alt(KEY.Key_E)
    (path,) = tmp_path.glob("*.pdf")
    reader = PdfReader(path)
    assert reader.is_encrypted
    assert reader.decrypt(bureau.page.panel.saving.phrase.value())
    assert bureau.says("PDF écrit")
    bureau.click("Noter la remise")
    assert bureau.services.documents.of_dossier(1)[0].etape == "remise"


def test_a_correction_names_the_document_it_replaces(bureau: Bureau) -> None:
    bureau.begin(NI, 1)
    bureau.press(KEY.Key_S, CTRL)
    bureau.click("Corriger par une nouvelle version")
    bureau.press(KEY.Key_S, CTRL)
    new, old = bureau.services.documents.of_dossier(1)
    assert (new.version, old.remplace_par) == (2, new.numero)
    bureau.page.show_issued(old.id)
    assert bureau.says(f"Remplacé par le document {new.numero}")
    assert not bureau.has_button("Corriger par une nouvelle version")


# « Autre document… »


def test_the_page_offers_what_the_regime_calls_for(tmp_path: Path, qtbot: QtBot) -> None:
    services, session = open_services(tmp_path)
    services.entretiens.record(draft(personnes=(victime(), someone(LEO, "ni_l_un_ni_l_autre"))))
    pupitre = Pupitre(services, session, qtbot, DocumentsPage)
    page = pupitre.page
    assert isinstance(page, DocumentsPage)
    page.show_dossier(1)
    pupitre.show()
    assert not pupitre.says("À la CRIP")
    assert pupitre.says("Au parquet, pour LŒIL Anaïs")
    assert not pupitre.says("Au parquet, pour LŒIL Léo"), "a child calls for the other regime"
    pupitre.click("Passer ce dossier en protection de l’enfance")
    assert pupitre.says("À la CRIP")
    with qtbot.waitSignal(page.document_requested) as asked:
        pupitre.line("À la CRIP").activated.emit()
    assert asked.args == [1, "information_preoccupante", None]
    with qtbot.waitSignal(page.document_requested) as asked:
        pupitre.line("Information donnée").activated.emit()
    assert asked.args == [1, "note_information", 1]
    issued = services.documents.issue(1, 1, services.documents.prepare(1, NI, 1))
    page.activated()
    assert pupitre.says(issued.numero)
    page.set_discreet(True)
    assert not pupitre.says("LŒIL")
    pupitre.close()
    session.vault.close()


def test_both_sides_named_are_said_before_it_is_issued_and_hidden_with_the_rest(bureau: Bureau) -> None:
    bureau.begin()
    bureau.complete()
    bureau.answer("danger", "Anaïs a peur.")
    bureau.settled()
    assert "les deux parties" not in bureau.page.gate.text()
    bureau.answer("danger", " Gwendal revient.")
    bureau.settled()
    said = bureau.page.gate.text()
    assert "Le document peut être établi." in said
    assert "Ce document nomme les deux parties" in said
    assert "Gwendal" in said
    bureau.page.set_discreet(True)
    assert "Gwendal" not in bureau.page.gate.text()
    assert "Ce document nomme les deux parties" in bureau.page.gate.text()
