"""Every form that takes typing has a draft, in the coffre while one types, found again on the same field.

Where the code makes a field that takes typing is read from the code itself: a new one is here in one of three lists.
"""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.agenda import PermanenceDraft
from iscg_desktop.domain.droits import Droit
from iscg_desktop.domain.period import parse_period
from iscg_desktop.domain.saisine import SaisineDraft
from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.services import Services
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.forms.form import typed_in
from iscg_desktop.ui.tasks import TaskRunner
from tests.attente import wait_for
from tests.coffres import Coffre
from tests.vie import TODAY, TestClock, closed_coffre, draft

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "iscg_desktop" / "ui"

TAKES_TYPING = {
    "LineEdit", "QLineEdit", "QPlainTextEdit", "QTextEdit", "TextArea", "DateEdit", "HeureEdit", "DureeEdit",
    "NaissanceEdit", "NombreEdit", "TypeAhead", "MultiTypeAhead", "PersonneField", "DossierField", "CommuneField",
    "ZonesEdit", "RowsEdit", "PassphraseEdit", "SearchField", "RecoveryCodeEdit",
}  # fmt: skip

NEVER_KEPT = {
    # A secret is never written, nor half of one.
    "forms/passphrase_edit.py:PassphraseField": "secret",
    "forms/restore_panel.py:RestorePanel": "secret",
    "forms/saving_card.py:SavingCard": "secret",
    "forms/recovery_code_edit.py:RecoveryCodeField": "secret",
    "forms/fermeture_card.py:FermetureCard": "a phrase that must be typed anew each time",
    # The first steps have no coffre yet to keep anything in.
    "forms/intervenant_form.py:IntervenantForm": "before the coffre; in Réglages it has its draft",
    "forms/unite_form.py:UnitesForm": "before the coffre",
    # What is looked for, filtered or chosen to be shown records nothing.
    "pages/aide.py:AidePage": "search",
    "pages/annuaire/page.py:AnnuairePage": "search",
    "pages/annuaire/structures.py:StructuresView": "filter",
    "pages/aujourdhui/page.py:AujourdhuiPage": "search",
    "pages/bilan/etendue.py:EtendueChooser": "period shown",
    "pages/conformite/journal.py:JournalSection": "filter",
    "pages/conformite/personne.py:PersonneSection": "search",
    "pages/dossiers/liste.py:DossiersPage": "search",
    "pages/dossiers/liste_filtres.py:FiltresDossiers": "filter, and the name of a view, nothing without its filters",
    "pages/fiches/suivi.py:FichesPage": "search",
    "pages/saisines/page.py:SaisinesPage": "search",
    # One number or label, in force as soon as the field is left, and before a lock.
    "pages/dossiers/corbeille.py:CorbeillePage": "in force at once",
    "pages/reglages/delais.py:DelaisSection": "in force at once",
    # A day proposed or an answer chosen, confirmed by the next key: no word is typed.
    "forms/remise_form.py:RemiseForm": "a day, proposed",
    "forms/unite_detail_form.py:FermetureForm": "a day and a choice",
    "pages/fiches/document_etabli.py:_InformedCard": "a day, proposed",
    "pages/annuaire/partenaire_cartes.py:FermetureCard": "a day, proposed",
    "pages/fiches/tournee.py:TourneePage": "a day, proposed",
    # What is chosen for a file that is still there; remembered by its titles once it was read in.
    "pages/reglages/importation.py:ImportationSection": "choices about a file",
    "pages/reglages/importation_colonnes.py:ColonnesCard": "choices about a file",
    "pages/reglages/importation_mots.py:MotsCard": "choices about a file",
    "forms/pieces_card.py:PiecesCard": "another name for a pièce that has one",
}
"""Fields that have no draft, and why."""

ELSEWHERE = {
    "forms/fiche_form.py:FicheForm": "tests/ui/pages/fiches/test_fiche.py",
    "forms/document_form.py:DocumentForm": "tests/ui/pages/fiches/test_document.py",
    "forms/transmission_form.py:TransmissionForm": "tests/ui/pages/fiches/test_document.py",
    "forms/mise_en_page_form.py:MiseEnPageForm": "tests/ui/pages/reglages/test_documents.py",
    "forms/intervenant_form.py:IntervenantForm": "tests/ui/pages/reglages/test_page.py",
    "forms/unite_detail_form.py:UniteDetailForm": "tests/ui/pages/reglages/test_page.py",
}
"""Forms whose drafts are proved with their pages: they wait for a worker, or stand in several places."""


def sites() -> set[str]:
    """« file:class » wherever the window makes a field that takes typing."""
    found: set[str] = set()

    def look(node: ast.AST, file: str, owner: str) -> None:
        for child in ast.iter_child_nodes(node):
            inside = child.name if isinstance(child, ast.ClassDef) else owner
            if isinstance(child, ast.Call):
                made = child.func
                name = made.id if isinstance(made, ast.Name) else getattr(made, "attr", "")
                if name in TAKES_TYPING:
                    found.add(f"{file}:{owner}")
            look(child, file, inside)

    for path in UI.rglob("*.py"):
        if "widgets" not in path.parts:
            look(ast.parse(path.read_text(encoding="utf-8")), path.relative_to(UI).as_posix(), "")
    return found


@dataclass(frozen=True)
class Way:
    """How a form is opened, and where one types in it.

    Attributes:
        sites: What it proves.
        open: Opens it on the page of a desk.
        field: The widget typed in.
        text: What is typed; words that are no answer yet where an answer is read.
    """

    sites: tuple[str, ...]
    open: Callable[[Desk], object]
    field: Callable[[Desk], QWidget]
    text: str = "Zzz"


def _section(page: str, key: str) -> Callable[[Desk], Any]:
    def show(desk: Desk) -> Any:
        shown = cast(Any, desk.window.page(page))
        shown.show_section(key)
        return shown.section(key)

    return show


def _page(key: str) -> Callable[[Desk], Any]:
    return lambda desk: cast(Any, desk.window.page(key))


def _secteurs(desk: Desk) -> Any:
    desk.annuaire.show_view("secteurs")
    return desk.annuaire.view


def _form(page: Callable[[Desk], Any], name: str, form: str = "form") -> Callable[[Desk], QWidget]:
    return lambda desk: getattr(page(desk), form).fields[name].widget


_points, _grille, _retour = _page("points"), _page("grille"), _page("retour")
_echeances, _droits = _section("conformite", "echeances"), _section("conformite", "droits")
_notes, _mots = _section("conformite", "notes"), _section("reglages", "mots")
_listes, _convention = _section("reglages", "listes"), _section("reglages", "convention")


def _entretien(desk: Desk) -> None:
    desk.entretien.start()


WAYS = {
    "entretien": Way(
        tuple(
            f"forms/{file}"
            for file in (
                "seance_form.py:SeanceForm", "situation_form.py:SituationForm", "textes_form.py:TextesForm",
                "saisine_form.py:SaisineForm", "personne_form.py:PersonneForm", "partenaire_form.py:PartenaireForm",
                "orientation_form.py:OrientationForm",
            )
        ),
        _entretien,
        lambda desk: cast(Any, desk.entretien.form).fields()["notes_de_travail"].widget,
    ),
    "saisine": Way(
        ("forms/saisine_line.py:SaisineLine",),
        lambda desk: desk.window.show_page("saisines"),
        lambda desk: desk.saisines.saisie.line.fields["motif"].widget,
    ),
    "appel": Way(
        tuple(f"forms/saisine_steps.py:{each}" for each in ("TentativeForm", "RendezVousForm", "RattachementForm")),
        lambda desk: (desk.saisines.reload(), desk.saisines.resume("saisines:appel:2")),
        lambda desk: cast(Any, desk.saisines.suivi)._form.fields["note"].widget,
    ),
    "contact": Way(
        ("forms/contact_form.py:ContactForm",), lambda d: d.contact.start(1, None), _form(_page("contact"), "note")
    ),
    "structure": Way(
        ("forms/structure_form.py:StructureForm",), lambda d: d.structure.start(), _form(_page("structure"), "nom")
    ),
    "suite": Way(("forms/suite_form.py:SuiteForm",), lambda d: d.suite.start(1), _form(_page("suite"), "motif")),
    "orientation": Way((), lambda d: d.orientation.amend(1), _form(_page("orientation"), "motif")),
    "recit": Way(
        ("pages/bilan/recit.py:RecitForm",),
        lambda d: d.recit.start(parse_period("2026-T3")),
        lambda d: next(iter(d.recit.form.fields.values())).widget,
    ),
    "rendez_vous": Way(
        ("forms/agenda_steps.py:RendezVousStep",),
        lambda d: d.agenda.resume("agenda:rendez_vous"),
        lambda d: cast(Any, d.agenda)._form.fields["objet"].widget,
    ),
    "permanence": Way(
        ("forms/agenda_steps.py:PermanenceStep",),
        lambda d: d.agenda.resume(f"agenda:permanence:1:{TODAY.isoformat()}"),
        lambda d: cast(Any, d.agenda)._form.fields["fin"].widget,
        "17h",
    ),
    "relance": Way(
        ("forms/agenda_form.py:AgendaForm",),
        lambda d: d.today.resume("aujourdhui:relance"),
        lambda d: cast(Any, d.today)._relances.form.fields["objet"].widget,
    ),
    "clore": Way(
        ("pages/dossiers/dossier_saisies.py:",),
        lambda d: d.dossier.resume("dossier:1:clore"),
        lambda d: d.dossier.forms.closing.fields["motif"].widget,
    ),
    "rouvrir": Way(
        ("pages/dossiers/dossier_saisies.py:",),
        lambda d: d.dossier.resume("dossier:1:rouvrir"),
        lambda d: d.dossier.forms.reopening.fields["motif"].widget,
    ),
    "point": Way(
        ("forms/points_card.py:PointsCard",),
        lambda d: d.dossier.resume("dossier:1:vu:1"),
        lambda d: d.dossier.points.seeing.fields["decision"].widget,
    ),
    "identite": Way(
        ("forms/identite_form.py:IdentiteForm",),
        lambda d: (d.personne.show_person(1), d.personne.edit()),
        _form(_page("personne"), "contact_sur"),
    ),
    "lien": Way(
        ("pages/dossiers/personne.py:PersonnePage",),
        lambda d: (d.personne.show_person(1), cast(Any, d.personne)._on_link_asked()),
        _form(_page("personne"), "personne", "links"),
    ),
    "vu": Way(
        ("pages/dossiers/points.py:PointsPage",),
        lambda d: _points(d).resume("points:vu:1"),
        _form(_points, "decision", "seeing"),
    ),
    "secteur": Way(("pages/annuaire/secteurs.py:_SecteurForm",), _secteurs, _form(_secteurs, "nom")),
    "demande": Way(
        ("pages/conformite/droits.py:DroitsSection",),
        lambda d: _droits(d).add_button.click(),
        _form(_droits, "note", "noting"),
    ),
    "reponse": Way((), lambda d: _droits(d)._answer(1), _form(_droits, "note", "answering")),
    "prolonger": Way(
        ("pages/conformite/echeances.py:EcheancesSection",),
        lambda d: _echeances(d)._open_prolonging(1),
        _form(_echeances, "motif", "prolonging"),
    ),
    "durees": Way((), _echeances, lambda d: _echeances(d).durations["motif"].widget),
    "notes": Way(
        ("pages/conformite/notes.py:NotesSection",),
        lambda d: _notes(d)._on_language_committed("en"),
        lambda d: _notes(d).words["titre"].widget,
    ),
    "mots": Way(("pages/reglages/mots.py:MotsSection",), _mots, lambda d: _mots(d).mot.widget),
    "listes": Way(
        ("pages/reglages/listes.py:ListesSection",), _listes, lambda d: _listes(d).added["libelle"].widget
    ),
    "comite": Way(
        ("pages/reglages/convention.py:ConventionSection",), _convention, lambda d: _convention(d).comite.widget, "12/"
    ),
    "convention": Way(
        ("forms/convention_form.py:ConventionForm",), _convention,
        lambda d: next(f.widget for f in _convention(d).form.fields.values() if type(f.widget).__name__ == "LineEdit"),
    ),
    "grille": Way(
        ("forms/grille_form.py:GrilleForm", "forms/grille_form.py:CiblesEdit"),
        lambda d: _grille(d).start(""),
        lambda d: _grille(d).form.fields["lignes"].widget,
    ),
    "coupon": Way(
        ("pages/fiches/retour.py:RetourPage", "forms/coupon_form.py:CouponForm"), _retour, lambda d: _retour(d).typed
    ),
}  # fmt: skip


def test_every_field_that_takes_typing_has_a_draft_or_a_reason() -> None:
    known = {site for way in WAYS.values() for site in way.sites} | NEVER_KEPT.keys() | ELSEWHERE.keys()
    assert sites() - known == set(), "a form without a draft: what is typed in it is lost with the battery"
    assert known - sites() == set(), "listed, and no longer in the code"
    for site, file in ELSEWHERE.items():
        assert "keep_now" in (ROOT / file).read_text(encoding="utf-8"), site


class Days:
    """One coffre, opened on a desk and left as by a flat battery."""

    def __init__(self, coffre: Coffre, qtbot: QtBot) -> None:
        self._qtbot, self._tasks = qtbot, TaskRunner()
        self._opened: list[Desk] = []
        self.coffre = coffre

    def open(self, folder: Path) -> Desk:
        session = open_session(folder, self.coffre.key, clock=TestClock().clock)
        desk = Desk(Services(session), self._tasks)
        self._opened.append(desk)
        desk.window.show()
        return desk

    def end(self) -> None:
        for desk in self._opened:
            desk.close()
        self._tasks.close()


def _people(services: Services) -> None:
    recorded = services.entretiens.record(draft())
    services.referent.add(recorded.dossier_id, "Le logement")
    services.saisines.record(SaisineDraft(TODAY, motif="Dispute", telephone="06 00 00 00 09"))
    services.droits.noter(recorded.personne_ids[0], Droit.ACCES, TODAY, "")
    services.agenda.add_permanence(PermanenceDraft(1, TODAY, time(9), time(12), True, None))


@pytest.fixture
def days(tmp_path: Path, qtbot: QtBot) -> Iterator[Days]:
    made = Days(closed_coffre(tmp_path), qtbot)
    session = open_session(made.coffre.folder, made.coffre.key, clock=TestClock().clock)
    _people(Services(session))
    session.vault.close()
    yield made
    made.end()


def _type(widget: QWidget, text: str) -> QWidget:
    target = typed_in(widget)
    target.setFocus()
    if isinstance(target, QLineEdit):
        target.selectAll()
    QTest.keyClicks(target, text)
    return target


def _text(widget: QWidget) -> str:
    target = typed_in(widget)
    return target.toPlainText() if isinstance(target, QPlainTextEdit) else cast(QLineEdit, target).text()


@pytest.mark.exigence("S7")
def test_what_is_typed_is_there_again_after_a_flat_battery(days: Days, tmp_path: Path) -> None:
    desk = days.open(days.coffre.folder)
    kept: dict[str, str] = {}
    for name, way in WAYS.items():
        way.open(desk)
        _type(way.field(desk), way.text)
        assert desk.keep_now(), name  # what the pause of the keeper does; then the battery is flat
        (new,) = {
            each.cle: each for each in desk.services.brouillons.all() if each.cle not in kept.values()
        }.values()
        assert way.text in json.dumps(dict(new.contenu), ensure_ascii=False), name
        kept[name] = new.cle
    place = tmp_path / "apres"
    shutil.copytree(days.coffre.folder, place)
    after = days.open(place)
    for name, way in WAYS.items():
        after.today.draft_requested.emit(kept[name])
        wait_for(lambda: after.entretien.form is not None)  # the first page taken, made in turns
        assert way.text in _text(way.field(after)), name


def test_a_form_opened_for_another_thing_leaves_its_words_where_they_were(days: Days) -> None:
    desk = days.open(days.coffre.folder)
    desk.services.referent.add(1, "Les papiers")
    for point in (1, 2):
        _points(desk).resume(f"points:vu:{point}")
        _type(_points(desk).seeing.fields["decision"].widget, f"vu {point}")
    for point in (1, 2):
        _points(desk).resume(f"points:vu:{point}")
        assert _text(_points(desk).seeing.fields["decision"].widget) == f"vu {point}"


def test_the_field_and_the_letter_are_those_where_she_left(days: Days, qtbot: QtBot) -> None:
    desk = days.open(days.coffre.folder)
    desk.personne.show_person(1)
    desk.window.show_page("personne")
    desk.personne.edit()
    field = _form(_page("personne"), "adresse")(desk)
    _type(field, "rue du Port")
    cast(QLineEdit, typed_in(field)).setCursorPosition(3)
    assert desk.keep_now()
    (kept,) = desk.services.brouillons.all()
    assert (kept.champ, kept.contenu["curseur"]) == ("adresse", 3)
    desk.personne.show_person(1)
    desk.personne.edit()
    target = cast(QLineEdit, typed_in(_form(_page("personne"), "adresse")(desk)))
    assert desk.window.focusWidget() is target
    assert target.cursorPosition() == 3


def test_words_taken_back_leave_no_draft(days: Days) -> None:
    desk = days.open(days.coffre.folder)
    way = WAYS["mots"]
    way.open(desk)
    target = _type(way.field(desk), "Zzz")
    assert desk.keep_now()
    for _ in range(3):
        QTest.keyClick(target, Qt.Key.Key_Backspace)
    assert desk.keep_now()
    assert desk.services.brouillons.all() == ()
