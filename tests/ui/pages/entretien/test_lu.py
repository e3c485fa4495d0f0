"""The page of a recorded entretien: what it shows, its history, its way to the corbeille and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.dates import format_duree
from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.pages.dossiers.corbeille import CorbeillePage
from iscg_desktop.ui.pages.entretien.lu import EntretienLuPage
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.button import Button
from tests.vie import draft, open_services, victime


class Room:
    """The two pages over one coffre."""

    def __init__(self, services: Services, session: Session, tasks: TaskRunner) -> None:
        self.services, self.session = services, session
        hub = ChangesHub()
        self.page = EntretienLuPage(services, hub, tasks)
        self.corbeille = CorbeillePage(services, hub)
        self.hub = hub

    def words(self, page: EntretienLuPage | CorbeillePage | None = None) -> str:
        QApplication.processEvents()
        shown = page or self.page
        return "\n".join(label.text() for label in shown.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    services, session = open_services(tmp_path)
    tasks = TaskRunner()
    made = Room(services, session, tasks)
    for page in (made.page, made.corbeille):
        qtbot.addWidget(page)
        page.show()
    yield made
    tasks.close()
    session.vault.close()


def _record(room: Room, **changes: object) -> int:
    whole = draft(
        personnes=(victime(nom_usage="Canari", nom_naissance="Canari"),),
        elements_transmissibles="Madame Canari demande un logement.",
        notes_de_travail="Canari rappelle jeudi.",
    )
    return room.services.entretiens.record(replace(whole, **changes)).entretien_id  # type: ignore[arg-type]


def _press(page: EntretienLuPage | CorbeillePage, words: str) -> None:
    QApplication.processEvents()
    found = [b for b in page.findChildren(Button) if b.text().replace("&", "") == words and b.isVisible()]
    found[0].click()


def test_it_shows_all_and_nothing_of_it_in_discreet_mode(room: Room) -> None:
    room.page.show_entretien(_record(room))
    said = room.words()
    for words in (
        "Madame Canari demande",
        "Canari rappelle",
        "CANARI Anaïs",
        "Présentiel",
        format_duree(45),
        "Victime",
    ):
        assert words in said, words
    room.page.set_discreet(True)
    assert "canari" not in room.words().lower()
    entry = room.session.read.journal.entries(limit=1)[0]
    assert (entry.action, entry.objet) == ("lecture", "entretien")


def test_the_history_says_what_changed_and_when(room: Room) -> None:
    entretien = _record(room)
    whole = room.services.entretiens.draft_of(entretien)
    (line,) = whole.personnes
    changed = replace(line, profil=replace(line.profil, csp="cadres"))
    room.services.entretiens.amend(entretien, replace(whole, duree=60, personnes=(changed,)))
    room.page.show_entretien(entretien)
    said = room.words()
    assert "Corrigé le lundi 23 novembre 2026" in said
    assert f"Durée\u00a0: «\u00a0{format_duree(45)}\u00a0» devient «\u00a0{format_duree(60)}\u00a0»" in said
    assert "Catégorie (CSP) (CANARI Anaïs)" in said
    whole = room.services.entretiens.draft_of(entretien)
    room.services.entretiens.amend(entretien, replace(whole, notes_de_travail="Canari a rappelé."))
    room.page.activated()
    assert "«\u00a0Canari a rappelé.\u00a0»" in room.words()
    room.page.set_discreet(True)
    assert "canari" not in room.words().lower()


def test_it_shows_the_orientations_and_what_was_changed_of_them(room: Room) -> None:
    entretien = _record(room)
    whole = room.services.entretiens.draft_of(entretien)
    (made,) = whole.orientations
    changed = replace(made, motif="Canari déménage", partenaire_id=None)
    room.services.entretiens.amend(
        entretien,
        replace(whole, orientations=(changed, OrientationDraft(0, "cidff", motif="Canari demande"))),
    )
    again = room.services.entretiens.draft_of(entretien)
    room.services.entretiens.amend(entretien, replace(again, orientations=again.orientations[:1]))
    room.page.show_entretien(entretien)
    said = room.words()
    assert "CANARI Anaïs, accord donné, Canari déménage" in said
    assert (
        "Partenaire de l’orientation (CANARI Anaïs)\u00a0: «\u00a0CDAS de Vallière\u00a0» devient «\u00a0rien\u00a0»"
        in said
    )
    assert "Orientation ajoutée\u00a0: CIDFF, CANARI Anaïs, Canari demande" in said
    assert "Orientation retirée\u00a0: CIDFF, CANARI Anaïs, Canari demande" in said
    room.page.set_discreet(True)
    assert "canari" not in room.words().lower()
    assert "Orientation retirée\u00a0: CIDFF" in room.words()


def test_to_the_corbeille_and_back_from_either_page(room: Room) -> None:
    entretien = _record(room)
    room.page.show_entretien(entretien)
    _press(room.page, "Mettre à la corbeille")
    assert "Cet entretien est à la corbeille." in room.words()
    assert "CANARI Anaïs" in room.words(room.corbeille)
    room.corbeille.set_discreet(True)
    assert "canari" not in room.words(room.corbeille).lower()
    room.page.message.action_triggered.emit()
    assert room.services.corbeille.lines() == ()
    assert "La corbeille est vide." in room.words(room.corbeille)
    _press(room.page, "Mettre à la corbeille")
    _press(room.corbeille, "Reprendre")
    assert room.services.corbeille.lines() == ()
    assert "est de retour" in room.words(room.corbeille)


def _focused(page: QWidget) -> str:
    """The words of the button that has the keyboard, without its mnemonic."""
    return page.focusWidget().text().replace("&", "")  # type: ignore[union-attr,attr-defined]


def test_the_keyboard_stays_on_the_page_that_loses_a_button(room: Room) -> None:
    room.page.show_entretien(_record(room))
    _press(room.page, "Mettre à la corbeille")
    assert _focused(room.page) == "Le reprendre"
    room.page.message.action_triggered.emit()
    assert _focused(room.page) == "Corriger"
    for _ in range(2):
        room.services.corbeille.put(_record(room))
    room.corbeille.activated()
    _press(room.corbeille, "Reprendre")
    assert _focused(room.corbeille) == "Reprendre"
    _press(room.corbeille, "Effacer…")
    assert _focused(room.corbeille) == "Effacer"
    room.corbeille.message.action_triggered.emit()
    assert room.corbeille.focusWidget() is room.corbeille._back


def test_a_fiche_and_an_arrete_quarter_are_said(room: Room) -> None:
    day = date(2026, 3, 10)
    entretien = _record(room, date=day, saisine=None, personnes=(victime(informee_le=day),))
    (orientation,) = [o.id for o in room.services.dossiers.orientations(1)]
    prepared = room.services.fiches.prepare(orientation)
    room.services.fiches.issue(orientation, replace(prepared, urgence="differee"))
    room.session.vault.execute(
        "INSERT INTO bilans (code, type, debut, fin, arrete_le, menu, seuil, rang)"
        " VALUES ('2026-T1', 'trimestre', '2026-01-01', '2026-04-01', '2026-04-02', 1, 5,"
        " (SELECT count(*) + 1 FROM bilans))"
    )
    room.page.show_entretien(entretien)
    assert "Le trimestre est arrêté." in room.words()
    _press(room.page, "Mettre à la corbeille")
    assert "les chiffres du bilan ne bougent pas" in room.words()
    assert "à partir de lui" in room.words()


def test_the_corbeille_is_emptied_only_once_confirmed(room: Room) -> None:
    for _ in range(2):
        room.services.corbeille.put(_record(room))
    room.corbeille.activated()
    _press(room.corbeille, "Effacer…")
    assert len(room.services.corbeille.lines()) == 2
    room.corbeille.message.action_triggered.emit()
    assert len(room.services.corbeille.lines()) == 1
    _press(room.corbeille, "Vider la corbeille…")
    assert len(room.services.corbeille.lines()) == 1
    room.corbeille.message.action_triggered.emit()
    assert room.services.corbeille.lines() == ()


def test_the_days_are_set_and_refused_in_words(room: Room) -> None:
    field = room.corbeille._days.widget
    room.corbeille.activated()
    assert field.value() == "30"
    field.setText("60")
    field.settle()
    assert room.services.corbeille.jours == 60
    field.setText("0")
    field.settle()
    assert "entre 1 et 365" in room.words(room.corbeille)
    assert field.value() == "60"
