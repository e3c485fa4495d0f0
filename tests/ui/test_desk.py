"""The desk: ways between the pages, discreet mode, and leaving without losing a word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.saisine import SaisineDraft
from iscg_desktop.domain.unite import Unite
from iscg_desktop.errors import UserError
from iscg_desktop.services.changes import changes
from iscg_desktop.services.session import Session
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.pages.fiches.fiche import FichePage
from iscg_desktop.ui.tasks import TaskRunner
from tests.attente import wait_for
from tests.vie import TODAY, draft, open_services


def wait_for_entretien(desk: Desk) -> None:
    """Until its form is made: in turns of the window."""
    wait_for(lambda: desk.window.current_page() == "entretien" and desk.entretien.form is not None)


def open_dossier(desk: Desk, dossier_id: int) -> None:
    """Until it is shown: the first of a session comes in turns."""
    desk.dossiers.dossier_requested.emit(dossier_id)
    wait_for(lambda: desk.window.current_page() == "dossier")


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Desk, Session]]:
    services, session = open_services(tmp_path)
    services.entretiens.record(draft())
    tasks = TaskRunner()
    desk = Desk(services, tasks)
    qtbot.addWidget(desk.window)
    desk.show()
    yield desk, session
    desk.close()
    tasks.close()


def test_a_key_pressed_before_the_days_page_is_there_is_kept_for_it(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    assert desk.window.current_page() is None
    QTest.keyClick(desk.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    wait_for_entretien(desk)


def test_what_was_just_recorded_is_in_the_index_once_the_page_that_follows_is_there(
    opened: tuple[Desk, Session],
) -> None:
    desk, session = opened
    desk.hub.announce(desk.services.entretiens.record(draft(notes_de_travail="zinnia")).changes)
    held = "SELECT count(*) FROM recherche WHERE textes LIKE '%zinnia%'"
    assert session.vault.execute(held).scalar() == 0
    wait_for(lambda: session.vault.execute(held).scalar() == 1)


@pytest.mark.parametrize("what", ["draft", "entretien"])
def test_a_full_disk_is_said_over_what_was_kept_in_the_room_for_that(
    opened: tuple[Desk, Session], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, session = opened
    wait_for(lambda: desk.window.current_page() is not None)
    connection = session.vault._connection
    commit, refusals = connection.commit, iter([UserError("disque_plein")])

    def full_at_first() -> None:
        for error in refusals:
            raise error
        commit()

    monkeypatch.setattr(connection, "commit", full_at_first)
    if what == "draft":
        desk.services.brouillons.keep("entretien:1", "entretien", {"notes": "à moitié"})
    else:
        desk.hub.announce(desk.services.entretiens.record(draft()).changes)
    desk.window.say("Entretien enregistré")  # as its page does next

    def said() -> bool:
        return any(
            each.isVisible() and each.text().startswith("Le disque est plein.")
            for each in desk.window.findChildren(QLabel)
        )

    wait_for(said)


def test_what_the_disk_refuses_of_a_short_form_waits_while_another_dossier_is_shown(
    opened: tuple[Desk, Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, session = opened
    other = desk.services.entretiens.record(draft()).dossier_id
    first = next(line.id for line in desk.services.dossiers.find("") if line.id != other)
    open_dossier(desk, first)

    def refuse() -> None:
        raise UserError("disque_en_erreur")

    with monkeypatch.context() as refusing:
        refusing.setattr(session.vault._connection, "commit", refuse)
        desk.dossier.relances.form.open()
        desk.dossier.relances.form.put("objet", "Rappeler la CAF")
        desk.dossier.relances.form.edited.emit()
        assert not desk.dossier.keep_now()
        assert any("Le disque ne répond pas" in each.text() for each in _shown_labels(desk))
        open_dossier(desk, other)
        assert not desk.dossier.relances.form.isVisible()
        assert not desk.may_leave()
        open_dossier(desk, first)
        desk.dossier._draft.action_triggered.emit()
        form = desk.dossier.relances.form
        assert form.value("objet") == "Rappeler la CAF"
        assert not desk.dossier._draft.isVisible()
        form._on_submit()  # refused: it comes back with the keyboard
        assert form.isVisible()
        assert form.fields["objet"].widget.hasFocus()
        assert form.value("objet") == "Rappeler la CAF"
        open_dossier(desk, other)
    assert desk.may_leave()
    assert [each.cle for each in session.read.drafts.all()] == [f"dossier:{first}:relance"]


def _shown_labels(desk: Desk) -> list[QLabel]:
    return [each for each in desk.window.findChildren(QLabel) if each.isVisible()]


def test_a_mnemonic_pressed_before_the_days_page_is_there_is_kept_for_it(
    opened: tuple[Desk, Session],
) -> None:
    desk, _ = opened
    assert desk.window.current_page() is None
    QTest.keyClick(desk.window, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(desk.window, Qt.Key.Key_Control)
    wait_for_entretien(desk)


def test_a_page_asked_for_before_the_days_page_is_there_gets_no_key_meant_for_that(
    opened: tuple[Desk, Session],
) -> None:
    desk, _ = opened
    QTest.keyClick(desk.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    desk.window.show_page("dossiers")
    QTest.qWait(200)
    assert desk.window.current_page() == "dossiers"


def test_from_the_list_to_the_dossier_and_back(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    line = desk.services.dossiers.find("")[0]
    desk.window.show_page("dossiers")
    open_dossier(desk, line.id)
    assert desk.window.current_page() == "dossier"
    desk.dossier.back_requested.emit()
    assert desk.window.current_page() == "dossiers"


def test_an_entretien_of_a_closed_dossier_says_that_it_opens_it_again(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    line = desk.services.dossiers.find("")[0]
    desk.services.dossiers.close(line.id, "Relais pris")
    open_dossier(desk, line.id)
    desk.dossier.entretien_requested.emit(line.id)
    wait_for_entretien(desk)
    said = " ".join(label.text() for label in desk.entretien.findChildren(QLabel))
    assert (
        "Ce dossier est clos depuis le lundi 23 novembre 2026. Enregistrer cet entretien le rouvrira." in said
    )
    desk.entretien.start()
    shown = [label.text() for label in desk.entretien.findChildren(QLabel) if label.isVisible()]
    assert "rouvrira" not in " ".join(shown)


def test_the_points_for_the_referent_are_reached_from_the_list(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    desk.window.show_page("dossiers")
    desk.dossiers.points_requested.emit()
    assert desk.window.current_page() == "points"
    desk.window.page("points").back_requested.emit()  # type: ignore[attr-defined]
    assert desk.window.current_page() == "dossiers"


def test_an_orientation_leads_to_its_fiche_and_back(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    line = desk.services.dossiers.find("")[0]
    open_dossier(desk, line.id)
    orientation = desk.services.dossiers.orientations(line.id)[0]
    desk.dossier.fiche_requested.emit(orientation.id)
    wait_for(lambda: desk.window.current_page() == "fiche")
    desk.fiche.left.emit()
    assert desk.window.current_page() == "dossier"


def test_a_draft_opens_in_the_page_of_its_form(opened: tuple[Desk, Session], qtbot: QtBot) -> None:
    desk, _ = opened
    orientation = desk.services.dossiers.orientations(desk.services.dossiers.find("")[0].id)[0]
    desk.today.draft_requested.emit(f"fiche:{orientation.id}:0")
    assert desk.window.current_page() == "fiche"


def test_from_the_triage_to_an_entretien(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    saisine, _ = desk.services.saisines.record(SaisineDraft(TODAY, motif="Dispute"))
    desk.today.saisines_requested.emit()
    assert desk.window.current_page() == "saisines"
    desk.saisines.entretien_requested.emit(saisine)
    wait_for_entretien(desk)
    assert desk.window.current_page() == "entretien"
    assert desk.entretien.form is not None
    assert desk.entretien.form.saisine_id == saisine
    desk.saisines.dossier_entretien_requested.emit(desk.services.dossiers.find("")[0].id)
    wait_for(lambda: desk.entretien.form is not None and desk.entretien.form.dossier_id is not None)
    desk.today.draft_requested.emit("saisines:nouvelle")
    assert desk.window.current_page() == "saisines"


def test_a_saisine_half_typed_is_kept_at_once_by_the_lock(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    desk.window.show_page("saisines")
    line = desk.saisines.saisie.line
    line.fields["motif"].widget.set_value("à moitié")
    line.edited.emit()
    assert desk.services.brouillons.get("saisines:nouvelle") is None
    desk.window.lock_requested.emit()
    kept = desk.services.brouillons.get("saisines:nouvelle")
    assert kept is not None
    assert kept.contenu["ligne"]["motif"] == {"v": "à moitié"}


def test_what_the_day_s_page_searches_is_searched_in_the_list(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    desk.today.search_requested.emit("zzz")
    assert desk.window.current_page() == "dossiers"
    assert desk.dossiers.table.records() == ()


@pytest.mark.parametrize("page", ["aujourdhui", "annuaire", "fiches", "saisines", "entretien", "reglages"])
def test_any_dossier_is_reached_by_ctrl_k_a_name_and_enter(opened: tuple[Desk, Session], page: str) -> None:
    desk, _ = opened
    dossier_id = desk.services.entretiens.record(draft()).dossier_id
    if page == "entretien":
        desk.dossiers.entretien_requested.emit()
        wait_for_entretien(desk)
    else:
        desk.window.show_page(page)

    def press(
        key: Qt.Key, text: str = "", modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(QApplication.focusWidget() or desk.window, text or key, modifier)  # type: ignore[call-overload]

    press(Qt.Key.Key_K, modifier=Qt.KeyboardModifier.ControlModifier)
    for letter in "peron":
        press(Qt.Key.Key_unknown, letter)
    press(Qt.Key.Key_Return)
    wait_for(lambda: desk.window.current_page() == "dossier")
    assert desk.dossier.shown == dossier_id


def test_the_window_never_says_what_is_open(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    for page in ("aujourdhui", "saisines", "dossiers", "fiches", "bilan"):
        desk.window.show_page(page)
        assert desk.window.windowTitle() == "ISCG Desktop"


@pytest.mark.parametrize("way", ["lock", "close"])
def test_words_the_disk_refused_are_not_left_in_silence(
    opened: tuple[Desk, Session], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    desk, _ = opened
    desk.entretien.start()
    desk.window.show_page("entretien")
    qtbot.waitUntil(lambda: desk.entretien.form is not None)
    form = desk.entretien.form
    assert form is not None
    form.textes.fields["notes_de_travail"].widget.set_value("mots à garder")
    form.edited.emit()

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise UserError("disque_plein")

    monkeypatch.setattr(desk.services.brouillons, "keep", refuse)
    locked: list[bool] = []
    desk.lock_requested.connect(lambda: locked.append(True))
    if way == "lock":
        desk.window.lock_requested.emit()
    else:
        assert not desk.window.close()
    assert locked == []
    assert desk.window.isVisible()
    assert form.textes.fields["notes_de_travail"].widget.value() == "mots à garder"


def test_told_once_she_may_leave_all_the_same(
    opened: tuple[Desk, Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = opened
    monkeypatch.setattr(desk.fiche, "keep_now", lambda: False)
    assert not desk.may_leave()
    assert desk.may_leave()


def test_a_search_half_typed_asks_nothing_of_a_closed_coffre(qtbot: QtBot, tmp_path: Path) -> None:
    services, _ = open_services(tmp_path)
    tasks = TaskRunner()
    desk = Desk(services, tasks)
    desk.show()
    desk.today.search_requested.emit("péron")
    desk.close()
    qtbot.wait(200)  # longer than the pause of the search field; an exception would fail the test
    tasks.close()


def test_no_page_is_made_ahead_beside_long_work(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    made = desk.window.made_pages()
    dialog = QDialog(desk.window)
    dialog.open()
    for _ in range(2):
        desk._make_ahead()
    assert desk.window.made_pages() == made
    dialog.reject()
    for _ in range(2):
        desk._make_ahead()
    assert len(desk.window.made_pages()) == len(made) + 1


def test_a_page_made_later_is_as_discreet_as_the_others(
    opened: tuple[Desk, Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = opened
    told: list[bool] = []
    monkeypatch.setattr(FichePage, "set_discreet", lambda _page, discreet: told.append(discreet))
    desk.window.set_discreet(True)
    assert told == []
    _ = desk.fiche
    assert told == [True]


def test_from_a_dossier_to_another_document_and_back(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    line = desk.services.dossiers.find("")[0]
    open_dossier(desk, line.id)
    desk.dossier.documents_requested.emit(line.id)
    assert desk.window.current_page() == "documents"
    person = desk.services.dossiers.reread(line.id).personnes[0].personne.id
    desk.documents.document_requested.emit(line.id, "note_information", person)
    wait_for(lambda: desk.window.current_page() == "document")
    desk.document.issue()
    desk.document.left.emit()
    assert desk.window.current_page() == "documents"
    desk.documents.left.emit()
    assert desk.window.current_page() == "dossier"
    desk.dossier.timeline.document_opened.emit(desk.services.documents.of_dossier(line.id)[0].id)
    assert desk.window.current_page() == "document"


def test_open_forms_follow_the_lists_and_the_unites(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    desk.today.entretien_requested.emit(None)
    wait_for_entretien(desk)
    form = desk.entretien.form
    assert form is not None
    mode = form.seance.fields["mode"].widget
    mode.set_value("telephone")
    unites = form.seance.fields["unite_id"].widget
    lists = desk.services.nomenclatures
    lists.relabel("mode", "telephone", "Appel")
    lists.offer("mode", "visioconference", active=False)
    lists.add("mode", "Messagerie", "courrier_courriel")
    desk.services.unites.create(Unite(0, "Brigade des Landes", "gendarmerie", "brigade"))
    desk.hub.announce(changes("reglages"))
    assert (mode.value(), mode.text()) == ("telephone", "Appel")
    labels = [choice.libelle for choice in mode._choices]
    assert "Messagerie" in labels
    assert "Visioconférence" not in labels
    assert "Brigade des Landes" in [choice.libelle for choice in unites._choices]


def test_a_reminder_of_the_convention_leads_to_its_page(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    desk.today.page_requested.emit("reglages")
    assert desk.window.current_page() == "reglages"
    desk.today.draft_requested.emit("reglages:convention")
    assert desk.window.page("reglages").current() == "convention"  # type: ignore[attr-defined]


def test_no_entretien_is_made_in_one_turn(opened: tuple[Desk, Session]) -> None:
    """Making its form takes longer than a key may wait; twice in a row too."""
    desk, _ = opened
    dossier = desk.services.dossiers.find("")[0].id
    for _ in range(2):
        desk.window.show_page("dossiers")
        turns, beat = [0], QTimer(interval=0)
        beat.timeout.connect(lambda turns=turns: turns.__setitem__(0, turns[0] + 1))
        beat.start()
        desk.saisines.dossier_entretien_requested.emit(dossier)
        assert desk.window.current_page() == "dossiers"
        wait_for_entretien(desk)
        assert turns[0] >= 5
        beat.stop()
    assert desk.entretien.form is not None
    assert desk.entretien.form.dossier_id == dossier


def test_a_lock_does_not_wait_for_an_entretien_asked_for(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    desk.dossiers.entretien_requested.emit()
    assert desk.keep_now()
    wait_for_entretien(desk)  # kept meanwhile, it is still the page she asked for


def test_bilans_are_added_up_from_those_handed_over_and_back(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    desk.window.show_page("bilan")
    desk.bilan.show_view("remis")
    desk.bilan.remis.unite.click()
    assert desk.window.current_page() == "consolidation"
    desk.window.page("consolidation").left.emit()  # type: ignore[attr-defined]
    assert desk.window.current_page() == "bilan"


def test_a_grid_half_typed_is_gone_on_with_from_the_day_s_page(opened: tuple[Desk, Session]) -> None:
    desk, _ = opened
    desk.window.show_page("bilan")
    desk.bilan.grille_requested.emit("")
    page = desk.grille
    QTest.keyClicks(page.form.fields["nom"].widget, "Ville")
    assert page.keep_now()
    desk.window.show_page("aujourdhui")
    desk.today.draft_requested.emit("grille:")
    assert (desk.window.current_page(), page.form.value("nom")) == ("grille", "Ville")
