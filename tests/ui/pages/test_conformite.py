"""Conformité: each section does what it says, for the person it says, and shows nobody in discreet mode."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pypdf
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.conservation import Durees
from iscg_desktop.domain.droits import Droit, Reponse
from iscg_desktop.services.journal import FiltreJournal
from iscg_desktop.services.passation import PassationService
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.forms import drawn_section
from iscg_desktop.ui.forms.drawn_section import DrawnSection
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.mnemonics import without_mnemonic
from iscg_desktop.ui.pages.aujourdhui.page import AujourdhuiPage
from iscg_desktop.ui.pages.conformite.page import ConformitePage
from iscg_desktop.ui.pages.conformite.passation import PassationSection
from iscg_desktop.ui.pages.deverrouillage.page import DeverrouillagePage
from iscg_desktop.ui.sections_page import SectionsPage
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.line import Line
from tests.attente import wait_for
from tests.ui.pages.pupitre import Pupitre, opened
from tests.vie import TODAY, TestClock, draft, open_services, victime

PHRASE = "brosse morille swing semis rigolade aubade croix"
SECTIONS = ["echeances", "personne", "droits", "notes", "journal", "traitement", "controle", "passation"]


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, clock: TestClock) -> Iterator[Pupitre]:
    services, session = open_services(tmp_path, clock)
    services.entretiens.record(draft())
    tasks = TaskRunner()
    with opened(
        Pupitre(services, session, qtbot, lambda services, hub: ConformitePage(services, hub, tasks))
    ) as pupitre:
        pupitre.page.activated()  # type: ignore[attr-defined]
        pupitre.show()
        yield pupitre
    tasks.close()


def _open(desk: Pupitre, key: str) -> Section:
    assert isinstance(desk.page, ConformitePage)
    desk.page.show_section(key)
    QApplication.processEvents()
    return desk.page.section(key)


@pytest.mark.parametrize("key", SECTIONS)
def test_no_two_things_of_a_section_answer_the_same_letter(desk: Pupitre, key: str) -> None:
    section = _open(desk, key)
    if key == "personne":
        section.show_person(1)  # type: ignore[attr-defined]
    if key == "droits":
        desk.click("Nouvelle demande")
    assert [letter for letter, count in desk.mnemonics().items() if count > 1] == []


@pytest.mark.parametrize("key", SECTIONS)
def test_nobody_is_named_while_the_screen_is_discreet(desk: Pupitre, clock: TestClock, key: str) -> None:
    desk.services.droits.noter(1, Droit.ACCES, TODAY, "par sa sœur Rozenn")
    clock.day = date(2028, 11, 24)
    section = _open(desk, key)
    if key == "personne":
        section.show_person(1)  # type: ignore[attr-defined]
        desk.click("Effacer…")
    if key == "echeances":
        desk.click("Effacer…")
    desk.page.set_discreet(True)  # type: ignore[attr-defined]
    for name in ("Péron", "PÉRON", "Anaïs", "LŒIL", "Rozenn", "service social"):
        assert not desk.says(name), name
    desk.page.set_discreet(False)  # type: ignore[attr-defined]
    assert key not in ("echeances", "personne", "droits") or desk.says("LŒIL")


def test_past_its_time_it_is_prolonged_with_a_reason(desk: Pupitre, clock: TestClock) -> None:
    _open(desk, "echeances")
    assert desk.says("Aucun dossier n’a passé son temps")
    clock.day = date(2028, 11, 24)
    section = _open(desk, "echeances")
    assert desk.says("2026-0001 · LŒIL Anaïs")
    desk.click("Prolonger…")
    desk.click("Prolonger")
    assert desk.says("Écrivez une date.")
    section.prolonging.put("jusqu_au", date(2029, 1, 1))  # type: ignore[attr-defined]
    section.prolonging.put("motif", "Procédure en cours")  # type: ignore[attr-defined]
    desk.click("Prolonger")
    assert desk.services.conservation.echus() == ()
    assert desk.services.conservation.fin(1) == date(2029, 1, 1)
    assert desk.says("Aucun dossier n’a passé son temps")


@pytest.mark.parametrize(
    ("mois", "day"), [(24, date(2028, 11, 23)), (24, date(2028, 11, 24)), (1, date(2026, 12, 24))]
)
def test_the_days_page_counts_what_is_past_its_time(
    desk: Pupitre, clock: TestClock, mois: int, day: date
) -> None:
    conservation = desk.services.conservation
    conservation.set_durees(Durees({"adulte_difficulte": mois}, "essai"))
    clock.day = day
    assert conservation.count() == len(conservation.dates()) == (day != date(2028, 11, 23))
    conservation.prolonger(1, day + timedelta(days=5), "Procédure")
    assert conservation.count() == len(conservation.dates()) == 0
    clock.day = day + timedelta(days=6)
    assert conservation.count() == len(conservation.dates()) == 1


def test_a_public_employer_has_the_bordereau_signed_first(desk: Pupitre, clock: TestClock) -> None:
    clock.day = date(2028, 11, 24)
    section = _open(desk, "echeances")
    desk.click("Effacer…")
    assert desk.says("S’effacent\u00a0: LŒIL née LE PÉRON Anaïs.")
    assert desk.says("Avec\u00a0: 1 dossier")
    assert not desk.button("Effacer").isEnabled()
    section.erasing.signed.click()  # type: ignore[attr-defined]
    desk.click("Effacer")
    wait_for(lambda: desk.says("Rien ne s’en retrouve dans le coffre."))
    assert desk.session.read.dossiers.count() == 0


def test_giving_up_erases_nothing(desk: Pupitre, clock: TestClock) -> None:
    clock.day = date(2028, 11, 24)
    _open(desk, "echeances")
    desk.click("Effacer…")
    desk.click("Annuler")
    assert desk.session.read.dossiers.count() == 1
    assert not desk.says("S’effacent")


def test_a_duration_of_zero_is_refused_and_another_needs_a_reason(desk: Pupitre) -> None:
    section = _open(desk, "echeances")
    fields = section.durations  # type: ignore[attr-defined]
    fields["adulte_difficulte"].widget.set_value(0)
    desk.click("Garder ces durées")
    assert "de 1 à 240 mois" in fields["adulte_difficulte"].error()
    fields["adulte_difficulte"].widget.set_value(12)
    desk.click("Garder ces durées")
    assert "Écrivez pourquoi" in fields["motif"].error()
    fields["motif"].widget.set_value("Avis du délégué")
    desk.click("Garder ces durées")
    assert desk.services.conservation.durees.of("adulte_difficulte") == 12
    desk.click("Annuler (Ctrl+Z)")
    assert desk.services.conservation.durees.of("adulte_difficulte") == 24


def test_a_requester_is_found_with_her_namesakes_and_erased(desk: Pupitre) -> None:
    desk.services.entretiens.record(draft(personnes=(victime(nom_usage="Loeil", naissance=None),)))
    section = _open(desk, "personne")
    assert not desk.button("Effacer…").isEnabled()
    section.show_person(1)  # type: ignore[attr-defined]
    assert desk.says("LŒIL née LE PÉRON Anaïs, 12/03/1988")
    assert desk.says("d’autres portent presque ce nom")
    assert len(section._chosen()) == 0, "no text goes unless it is ticked"  # type: ignore[attr-defined]
    desk.click("Effacer…")
    desk.click("Effacer")
    wait_for(lambda: desk.says("Rien ne s’en retrouve dans le coffre."))
    assert desk.session.read.personnes.some([1]) == {}
    assert desk.session.read.dossiers.count() == 1
    assert not desk.button("Effacer…").isEnabled()


def test_a_copy_is_written_with_what_was_ticked(
    desk: Pupitre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = _open(desk, "personne")
    section.show_person(1)  # type: ignore[attr-defined]
    key = next(iter(section._texts))  # type: ignore[attr-defined]
    section._texts[key].click()  # type: ignore[attr-defined]
    monkeypatch.setattr(
        "iscg_desktop.ui.pages.conformite.personne.choose_place", lambda *_: tmp_path / "copie.pdf"
    )
    desk.click("Enregistrer sa copie…")
    assert (tmp_path / "copie.pdf").read_bytes().startswith(b"%PDF")
    written = (tmp_path / "copie.json").read_text("utf-8")
    assert "orientée" in written
    assert "Rappeler jeudi" not in written


def test_a_request_is_noted_answered_and_lifted(desk: Pupitre) -> None:
    section = _open(desk, "droits")
    desk.click("Nouvelle demande")
    desk.click("Noter la demande")
    assert desk.says("Choisissez la personne.")
    form = section.noting  # type: ignore[attr-defined]
    form.fields["personne"].widget.setFocus()
    desk.write("loeil")
    form.fields["personne"].widget.settle()
    form.put("droit", "opposition")
    desk.click("Noter la demande")
    assert desk.says("S’opposer · LŒIL Anaïs")
    assert desk.says("30 jour")
    desk.click("Répondue…")
    section.answering.put("reponse", "partielle")  # type: ignore[attr-defined]
    desk.click("Enregistrer la réponse")
    assert desk.says("Écrivez pourquoi")
    section.answering.put("note", "Obligation légale")  # type: ignore[attr-defined]
    desk.click("Enregistrer la réponse")
    assert desk.says("en vigueur")
    desk.click("Lever")
    assert desk.services.droits.lasting(1) == ()


def test_words_of_a_note_are_hers_until_a_reader_checks_them(desk: Pupitre) -> None:
    section = _open(desk, "notes")
    section._on_language_committed("en")  # type: ignore[attr-defined]
    assert desk.says("À faire relire")
    desk.click("Un lecteur de cette langue l’a relue")
    assert desk.says("Relue le lundi 23 novembre 2026.")
    section.words["titre"].widget.set_value("Your rights")  # type: ignore[attr-defined]
    desk.click("Garder ces mots")
    assert desk.services.notes_langues.note("en").titre == "Your rights"
    assert desk.says("À faire relire")
    section.words["titre"].widget.set_value("{moi}")  # type: ignore[attr-defined]
    desk.click("Garder ces mots")
    assert "{moi}" in section.words["titre"].error()  # type: ignore[attr-defined]


def test_the_journal_is_filtered_verified_and_exported(
    desk: Pupitre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = _open(desk, "journal")
    table = section.table  # type: ignore[attr-defined]
    wait_for(lambda: any(each.action == "ouverture" for each in table.table.records()))
    opening = next(each for each in table.table.records() if each.action == "ouverture")
    assert table.table.columns[3].text(opening) in ("phrase de passe", "fiche de secours")
    section.fields["action"].widget.set_value("creation")  # type: ignore[attr-defined]
    section._on_filter_committed(None)  # type: ignore[attr-defined]
    assert {each.action for each in section.table.table.records()} == {"creation"}  # type: ignore[attr-defined]
    desk.click("Vérifier")
    wait_for(lambda: desk.says("La chaîne est entière"))
    place = tmp_path / "journal.csv"
    monkeypatch.setattr("iscg_desktop.ui.pages.conformite.journal.choose_place", lambda *_: place)
    desk.click("Exporter sans noms…")
    wait_for(place.exists)
    assert "2026-0001" not in place.read_text("utf-8-sig")
    desk.session.vault.begin_immediate()
    desk.session.vault.execute("UPDATE journal SET objet = 'autre' WHERE id = 2")
    desk.session.vault.commit()
    desk.click("Vérifier")
    wait_for(lambda: desk.says("se rompt à la ligne 2"))


def test_the_description_is_shown_and_written(
    desk: Pupitre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = _open(desk, "traitement")
    wait_for(lambda: section.preview.pages == 2)  # type: ignore[attr-defined]
    monkeypatch.setattr(drawn_section, "choose_place", lambda *_: tmp_path / "t.pdf")
    desk.click("Enregistrer…")
    wait_for(lambda: desk.says("Le document est écrit."))
    assert (tmp_path / "t.pdf").read_bytes().startswith(b"%PDF")


def test_the_description_says_what_the_system_says_of_the_disk(
    desk: Pupitre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iscg_desktop.platform.disk.of_folder", lambda _folder: "en_clair")
    section = _open(desk, "traitement")
    wait_for(lambda: section._disque is False)  # type: ignore[attr-defined]
    place = tmp_path / "traitement.pdf"
    monkeypatch.setattr(drawn_section, "choose_place", lambda *_: place)
    desk.click("Enregistrer…")
    wait_for(lambda: desk.says("Le document est écrit."))
    words = " ".join(pypdf.PdfReader(place).pages[1].extract_text().split())
    assert "non chiffré" in words


def test_no_place_is_asked_for_while_no_dossier_is_chosen(
    desk: Pupitre, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(
        "iscg_desktop.ui.pages.conformite.passation.choose_place", lambda *args: asked.append(args)
    )
    _open(desk, "passation")
    desk.click("Écrire le fichier…")
    assert desk.says("Choisissez au moins un dossier")
    assert asked == []
    desk.click("Tous les dossiers ouverts")
    desk.click("Écrire le fichier…")
    assert len(asked) == 1


def test_dossiers_leave_in_a_file_of_the_successor(desk: Pupitre, tmp_path: Path) -> None:
    section = _open(desk, "passation")
    place = tmp_path / "dossiers.passation"
    section.hand_over(place)  # type: ignore[attr-defined]
    assert desk.says("Choisissez au moins un dossier")
    desk.click("Tous les dossiers ouverts")
    section.phrase.widget.set_value("courte")  # type: ignore[attr-defined]
    section.hand_over(place)  # type: ignore[attr-defined]
    wait_for(lambda: bool(section.phrase.error()))  # type: ignore[attr-defined]
    assert not place.exists()
    section.phrase.widget.set_value(PHRASE)  # type: ignore[attr-defined]
    section.hand_over(place)  # type: ignore[attr-defined]
    wait_for(place.exists)
    wait_for(lambda: desk.says("transmis. Ils restent ici"))
    (dossier,) = PassationService.ouvrir(place, PHRASE)["tables"]["dossiers"]
    assert json.loads(dossier)["numero"] == "2026-0001"
    section.key.widget.set_value("une phrase qui n’ouvre rien du tout")  # type: ignore[attr-defined]
    section.receive(place)  # type: ignore[attr-defined]
    assert not desk.says("Ils restent ici"), "what was said before is not said of this"
    wait_for(lambda: "n’ouvre pas ce fichier" in section.key.error())  # type: ignore[attr-defined]
    section.key.widget.set_value(PHRASE)  # type: ignore[attr-defined]
    section.receive(place)  # type: ignore[attr-defined]
    wait_for(lambda: desk.says("sont déjà dans ce coffre"))
    assert section.key.error() == ""  # type: ignore[attr-defined]


def test_the_day_s_page_says_what_is_past_its_time(qtbot: QtBot, tmp_path: Path, clock: TestClock) -> None:
    services, session = open_services(tmp_path, clock)
    services.entretiens.record(draft())
    clock.day = date(2028, 11, 24)
    with opened(Pupitre(services, session, qtbot, AujourdhuiPage)) as day:
        day.page.activated()  # type: ignore[attr-defined]
        day.show()
        asked: list[str] = []
        day.page.draft_requested.connect(asked.append)  # type: ignore[attr-defined]
        qtbot.waitUntil(lambda: day.says("Temps de conservation passé"))
        day.line("Temps de conservation passé").activated.emit()
    assert asked == ["conformite:echeances"]


def test_the_day_s_page_says_which_request_waits(qtbot: QtBot, tmp_path: Path, clock: TestClock) -> None:
    services, session = open_services(tmp_path, clock)
    services.entretiens.record(draft())
    services.droits.noter(1, Droit.ACCES, TODAY)
    clock.day = date(2026, 12, 21)
    with opened(Pupitre(services, session, qtbot, AujourdhuiPage)) as day:
        day.page.activated()  # type: ignore[attr-defined]
        day.show()
        asked: list[str] = []
        day.page.draft_requested.connect(asked.append)  # type: ignore[attr-defined]
        qtbot.waitUntil(lambda: day.says("dans 2 jours"))
        day.line("Demandes des personnes").activated.emit()
        services.droits.repondre(1, clock.day, Reponse.SATISFAITE)
        day.page.activated()  # type: ignore[attr-defined]
        qtbot.waitUntil(lambda: not day.says("Demandes des personnes"))
    assert asked == ["conformite:droits"]


def test_every_line_of_the_checklist_names_a_screen_that_is_there_and_leads_to_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    services, session = open_services(tmp_path)
    tasks = TaskRunner()
    desk = Desk(services, tasks)
    qtbot.addWidget(desk.window)
    desk.show()
    found = []
    for each in (point for groupe in services.controle.groupes() for point in groupe.points):
        desk.window.show_page("conformite")
        page = desk.window.page("conformite")
        page.show_section("controle")
        section = page.section("controle")
        qtbot.waitUntil(lambda section=section: not section._next.isActive())
        line = next(
            line
            for line in section.findChildren(Line)
            if line.accessibleName().startswith(f"{each.point} · {each.demande}")
        )
        line.activated.emit()
        key = desk.window.current_page() or ""
        shown = desk.window.page(key)
        words = shown.title
        if isinstance(shown, SectionsPage):
            key += f":{shown.current()}"
            words += f", {without_mnemonic(shown._buttons[shown.current()].text())}"
        found.append((each.point, key, words))
    assert found == [
        (point.point, point.ecran, point.ou)
        for groupe in services.controle.groupes()
        for point in groupe.points
    ]
    desk.close()
    tasks.close()
    session.vault.close()


def test_the_checklist_is_written_for_the_dpo(
    desk: Pupitre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = _open(desk, "controle")
    wait_for(lambda: desk.says("Le registre des demandes compte les jours qui restent."))
    assert not desk.says("test_"), "names of tests are for the document"
    monkeypatch.setattr(drawn_section, "choose_place", lambda *_: tmp_path / "liste.pdf")
    desk.click("Enregistrer…")
    wait_for(lambda: section.message.text == "Le document est écrit.")
    assert (tmp_path / "liste.pdf").read_bytes().startswith(b"%PDF")
    assert desk.services.journal.lignes(FiltreJournal())[0].objet == "liste_controle"


def test_the_checklist_is_drawn_beside_the_window_and_asked_for_once(
    desk: Pupitre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The document of the DPO too: they are made of the same."""
    section = _open(desk, "controle")
    assert isinstance(section, DrawnSection)
    sent: list[bytes] = []
    monkeypatch.setattr(drawn_section, "print_pdf", lambda _parent, pdf: bool(sent.append(pdf)) or True)
    section.print_button.click()
    assert sent == []
    assert not section.print_button.isEnabled()
    wait_for(lambda: section.message.text == "Document envoyé à l’imprimante.")
    assert [pdf[:4] for pdf in sent] == [b"%PDF"]
    assert section.print_button.isEnabled()


def test_a_coffre_is_closed_for_good_once_the_successor_read_her_file_again(
    desk: Pupitre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = _open(desk, "passation")
    assert isinstance(section, PassationSection)
    assert desk.says("n’a pas été relu")
    assert not desk.has_button("Fermer pour de bon…")
    place, record = tmp_path / "remise.passation", tmp_path / "pv.pdf"
    monkeypatch.setattr("iscg_desktop.ui.pages.conformite.passation.choose_file", lambda *_: place)
    monkeypatch.setattr("iscg_desktop.ui.pages.conformite.passation.choose_place", lambda *_: record)
    section.all_box.click()
    section.phrase.widget.set_value(PHRASE)
    section.hand_over(place)
    wait_for(lambda: desk.says("transmis. Ils restent ici"))
    section.end.proof.widget.set_value("une phrase qui n’ouvre rien du tout")
    desk.click("Relire le fichier remis…")
    wait_for(lambda: "n’ouvre pas ce fichier" in section.end.proof.error())
    section.end.proof.widget.set_value(PHRASE)
    desk.click("Relire le fichier remis…")
    wait_for(lambda: desk.says("Fichier relu le"))  # read again, a few dossiers a turn
    assert desk.says("1 dossier(s) transmis")
    assert desk.says("Chiffres jamais arrêtés, qui disparaissent\u00a0: 4e trimestre 2026.")
    ended: list[bool] = []
    desk.page.lock_requested.connect(lambda: ended.append(True))  # type: ignore[attr-defined]
    section.end.words.widget.set_value("fermer")
    desk.click("Fermer pour de bon…")
    wait_for(lambda: "tapez exactement" in section.end.words.error())
    assert ended == []
    section.end.words.widget.set_value("fermer pour de bon")
    desk.click("Fermer pour de bon…")
    wait_for(lambda: ended == [True])
    assert record.read_bytes().startswith(b"%PDF")
    folder = desk.services.coffre.folder
    desk.session.vault.close()
    tasks = TaskRunner()
    gate = DeverrouillagePage(folder, tasks)
    desk.qtbot.addWidget(gate)
    gate.show()
    gate.activated()
    assert "Le coffre est fermé pour de bon." in gate.message.text
    assert not folder.exists()
    tasks.close()


def test_all_the_open_dossiers_leave_those_that_are_not_shown_too(
    desk: Pupitre, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Quemener", "Tanguy", "Abgrall"):
        desk.services.entretiens.record(draft(personnes=(victime(nom_usage=name),)))
    desk.services.dossiers.close(4, "relais fait")
    monkeypatch.setattr("iscg_desktop.ui.pages.conformite.passation._SHOWN", 2)
    section = _open(desk, "passation")
    assert isinstance(section, PassationSection)
    assert desk.says("1 autre(s) dossier(s) ouvert(s)")
    section.all_box.click()
    assert section.chosen() == [1, 2, 3]
    section.closed_box.click()
    assert section.chosen() == [1, 2, 3, 4]
    next(iter(section.boxes.values())).click()
    assert section.chosen() == [2, 4]


def test_a_long_list_of_dossiers_comes_in_turns_and_stays_ticked(
    desk: Pupitre, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Quemener", "Tanguy"):
        desk.services.entretiens.record(draft(personnes=(victime(nom_usage=name),)))
    monkeypatch.setattr("iscg_desktop.ui.pages.conformite.passation._TOGETHER", 1)
    section = _open(desk, "passation")
    assert isinstance(section, PassationSection)
    wait_for(lambda: list(section.boxes) == [1, 2, 3])
    section.boxes[3].click()
    section.reload()
    section.reload()
    assert list(section.boxes) == [1], "the others in turns of their own"
    wait_for(lambda: list(section.boxes) == [1, 2, 3])
    assert section.chosen() == [3]
    section.reload()
    section.all_box.click()
    wait_for(lambda: list(section.boxes) == [1, 2, 3])
    assert all(box.value() for box in section.boxes.values())
    section.reload()
    section.all_box.click()
    wait_for(lambda: list(section.boxes) == [1, 2, 3])
    assert section.chosen() == []
