"""F9 on every page: nobody who looks over her shoulder reads a name, nor a word she typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.forms.agenda_form import AgendaForm
from iscg_desktop.ui.forms.dossier_field import DossierField
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.search_field import SearchField
from tests.ui.canaris import CANARY, Places, fill, songs, uncovered
from tests.vie import open_services


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Desk, Places]]:
    desk, tasks, places = _open(qtbot, tmp_path)
    yield desk, places
    desk.close()
    tasks.close()


def _open(qtbot: QtBot, folder: Path) -> tuple[Desk, TaskRunner, Places]:
    services, _ = open_services(folder)
    places = fill(services, folder)
    tasks = TaskRunner()
    desk = Desk(services, tasks)
    qtbot.addWidget(desk.window)
    desk.show()
    return desk, tasks, places


def _type(desk: Desk) -> None:
    """Write a canary in every field shown on the page."""
    page = desk.window.page(desk.window.current_page() or "")
    for kind in (LineEdit, SearchField, DossierField):  # the others take a date, or an answer of a list
        for field in page.findChildren(kind):
            if field.isVisible() and field.isEnabled() and not field.isReadOnly() and not field.text():
                field.setText("canaritape")
    for area in page.findChildren(QPlainTextEdit):
        if area.isVisible() and area.isEnabled():
            area.setPlainText("canariecrit")


def _ways(desk: Desk, at: Places) -> dict[str, Callable[[], None]]:  # noqa: C901 - a list, each of its ways is short
    """How each page is reached, filled with what the coffre holds."""
    dossier, show = desk.dossier, desk.window.show_page

    def dossier_forms() -> None:
        desk._ways._on_dossier_requested(at.dossier)
        dossier._close.click()
        dossier.relances.form.open()
        dossier.points.adding.open()
        _type(desk)

    def dossier_orienting() -> None:
        desk._ways._on_dossier_requested(at.dossier)
        dossier._on_orient()
        _type(desk)

    def point_seen() -> None:
        desk._ways._on_dossier_requested(at.dossier)
        dossier.points.seeing.open(desk.services.referent.points(at.dossier)[0])
        _type(desk)

    def saisie() -> None:
        show("saisines")
        _type(desk)

    def amended() -> None:
        desk.saisines.suivi.amend_requested.emit(at.saisine)
        show("saisines")

    def step(name: str) -> Callable[[], None]:
        def open_step() -> None:
            show("saisines")
            desk.saisines.select(at.saisine)
            desk.saisines.suivi._buttons[name].click()
            _type(desk)

        return open_step

    def agenda() -> None:
        show("agenda")
        if not desk.window.discreet:
            desk.agenda._show_names.click()

    def agenda_form() -> None:
        agenda()
        desk.agenda._on_primary_clicked()
        _type(desk)

    def day(form: AgendaForm | None) -> Callable[[], None]:
        def open_it() -> None:
            show("aujourdhui")
            if form is not None:
                form.open()
            elif not desk.window.discreet:
                desk.today._show_names.click()
            _type(desk)

        return open_it

    def offered() -> None:
        """The names that a field offers while one is being typed."""
        step("rattacher")()
        field = desk.saisines.suivi._form.fields["dossier"].widget  # type: ignore[union-attr]
        field.setText("")
        QTest.keyClicks(field, "Canari")

    def searched() -> None:
        desk._ways.search("Canari")

    def entretien() -> None:
        desk._ways._on_new_entretien_requested()
        _type(desk)

    def contact() -> None:
        desk._ways._on_contact_requested(1, at.dossier)
        _type(desk)

    def suite() -> None:
        desk._ways._on_suite_requested(at.orientation)
        _type(desk)

    def edited_person() -> None:
        desk._ways._on_personne_requested(at.personnes[0])
        desk.personne.edit()
        _type(desk)

    ways: dict[str, Callable[[], None]] = {
        "aujourdhui": day(None),
        "aujourdhui, rendez-vous": day(desk.today._rendez_vous.form),
        "aujourdhui, relance": day(desk.today._relances.form),
        "dossiers": searched,
        "dossier": lambda: desk._ways._on_dossier_requested(at.dossier),
        "dossier, forms": dossier_forms,
        "dossier, orienting": dossier_orienting,
        "dossier, point seen": point_seen,
        "personne": lambda: desk._ways._on_personne_requested(at.personnes[0]),
        "personne, edited": edited_person,
        "doublons": desk._ways._on_doublons_requested,
        "doublons, two": lambda: desk._ways._on_comparison_requested(*at.personnes),
        "entretien": entretien,
        "entretien, dossier": lambda: desk._ways._on_dossier_entretien_requested(at.dossier),
        "entretien, saisine": lambda: desk._ways._on_saisine_entretien_requested(at.saisine),
        "entretien, amend": lambda: desk._ways._on_amend_requested(at.entretien),
        "entretien_lu": lambda: desk._ways._on_entretien_opened(at.entretien),
        "corbeille": lambda: show("corbeille"),
        "fiches": lambda: show("fiches"),
        "fiche": lambda: desk._ways._on_fiche_requested(at.orientation),
        "fiche, issued": lambda: desk._ways._on_fiche_opened(at.fiche),
        "documents": lambda: desk._ways._on_documents_requested(at.dossier),
        "document": lambda: desk._ways._on_document_requested(at.dossier, "information_preoccupante", None),
        "document, note": lambda: desk._ways._on_document_requested(
            at.dossier, "note_information", at.personnes[0]
        ),
        "document, issued": lambda: desk._ways._on_document_opened(at.document),
        "tournee": lambda: desk._ways._on_tournee_requested(at.tournee, ()),
        "tournee, new": lambda: desk._ways._on_tournee_requested(None, (at.fiche,)),
        "retour": lambda: show("retour"),
        "impression": lambda: desk._ways._on_batch_requested((at.fiche,)),
        "impression, bordereaux": lambda: desk._ways._on_bordereaux_requested(at.tournee, None),
        "annuaire": lambda: show("annuaire"),
        "partenaire": lambda: desk._ways._on_partenaire_requested(1),
        "contact": contact,
        "contact, amend": lambda: desk._ways._on_contact_opened(at.contact),
        "suite": suite,
        "orientation": lambda: desk._ways._on_orientation_requested(at.dossier),
        "orientation, amend": lambda: desk._ways._on_orientation_opened(at.orientation),
        "points": lambda: show("points"),
        "saisines, new": saisie,
        "saisines, amended": amended,
        "agenda": agenda,
        "agenda, form": agenda_form,
        "bilan": lambda: show("bilan"),
        "saisines, offered": offered,
    }
    ways |= {f"saisines, {name}": step(name) for name in ("appel", "rendez_vous", "sans_suite", "rattacher")}
    return ways


def test_nothing_of_anyone_is_on_any_page_in_discreet_mode(opened: tuple[Desk, Places]) -> None:
    """Each page is shown, filled, hidden, and looked at; then shown again while everything is hidden."""
    desk, at = opened
    heard: dict[str, list[str]] = {}
    for name, go in _ways(desk, at).items():
        desk.window.set_discreet(False)
        go()
        desk.window.set_discreet(True)
        _note(heard, f"{name} / F9 after", songs() + uncovered())
        go()
        _note(heard, f"{name} / F9 before", songs() + uncovered())
    assert heard == {}


def _note(heard: dict[str, list[str]], name: str, found: list[str]) -> None:
    if found:
        heard[name] = found


def test_once_she_comes_back_her_words_are_there(opened: tuple[Desk, Places]) -> None:
    desk, at = opened
    ways = _ways(desk, at)
    for name in ("dossiers", "dossier", "partenaire", "agenda, form"):
        desk.window.set_discreet(False)
        ways[name]()
        before = songs()
        assert before
        desk.window.set_discreet(True)
        desk.window.set_discreet(False)
        shown = songs()
        # The names of the agenda alone stay hidden: they were asked for.
        assert [each for each in before if each not in shown and "SemaineCard" not in each] == []


def test_no_word_outlives_the_lock_and_every_word_typed_is_a_draft(qtbot: QtBot, tmp_path: Path) -> None:
    desk, tasks, at = _open(qtbot, tmp_path)
    brouillons = desk.services.brouillons
    ways = _ways(desk, at)
    steps = {
        "aujourdhui, rendez-vous": "aujourdhui:rendez_vous",
        "aujourdhui, relance": "aujourdhui:relance",
        "dossier, orienting": f"dossier:{at.dossier}:orienter",
        "dossier, point seen": f"dossier:{at.dossier}:vu:1",
        "dossier, forms": f"dossier:{at.dossier}:clore",
        "agenda, form": "agenda:rendez_vous",
        "saisines, appel": f"saisines:appel:{at.saisine}",
    }
    for name in steps:
        ways[name]()
        for form in desk.window.findChildren(Form):
            if form.isVisible() and form.state():  # as the keys would say
                form.edited.emit()
    assert desk._keep_now()
    kept = {each.cle: str(each.contenu) for each in brouillons.all()}
    for cle in (*steps.values(), f"dossier:{at.dossier}:point", f"dossier:{at.dossier}:relance"):
        assert CANARY in kept.get(cle, ""), (cle, sorted(kept))
    desk.close()
    assert songs() == []
    assert [each for each in desk.window.findChildren(QTimer) if each.isActive()] == []
    tasks.close()


def test_a_name_half_typed_asks_nothing_of_a_locked_coffre(qtbot: QtBot, tmp_path: Path) -> None:
    desk, tasks, at = _open(qtbot, tmp_path)
    desk.window.activateWindow()
    _ways(desk, at)["saisines, offered"]()
    with capture_exceptions() as failed:
        desk.close()
        QApplication.processEvents()
    tasks.close()
    assert failed == []
