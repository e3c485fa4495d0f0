"""The page of a dossier after that of another one: its lines are the same widgets, and say nothing of the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.entretien import PersonneDraft
from iscg_desktop.domain.personne import Identite, Profil
from iscg_desktop.ui.pages.dossiers.dossier import DossierPage
from iscg_desktop.ui.pages.dossiers.dossier_chronologie import EntretienDetail
from tests.ui.pages.dossiers.page import made
from tests.ui.pages.pupitre import Pupitre, opened
from tests.vie import TODAY, TestClock, draft, open_services, victime

YANN = PersonneDraft(
    identite=Identite(nom_naissance="Le Bihan", prenom="Yann", telephone="06 00 00 00 07", sans_message=True),
    profil=Profil(statut="mis_en_cause"),
    presente=False,
)
LEO = PersonneDraft(identite=Identite(prenom="Léo", adresse="2 rue du Four"), presente=False)


class Suite(Pupitre):
    """The page over three dossiers that have little in common.

    Attributes:
        dossiers: Their ids.
    """

    page: DossierPage
    dossiers: tuple[int, ...]

    def open(self, dossier_id: int) -> None:
        """Open a dossier as the window does."""
        self.page.show_dossier(dossier_id)
        self.page.activated()
        QApplication.processEvents()

    def seen(self, page: DossierPage | None = None) -> list[tuple[str, str, str, bool, QPoint]]:
        """All that can be seen or read aloud under the head, and where."""
        page = page or self.page
        shown = [each for each in page._content.findChildren(QWidget) if each.isVisible()]
        return sorted(
            (
                type(each).__name__,
                each.text() if isinstance(each, QLabel) else "",
                each.accessibleName(),
                each.focusPolicy() != Qt.FocusPolicy.NoFocus,
                each.mapTo(page, QPoint()).toTuple(),  # type: ignore[misc]
            )
            for each in shown
            if isinstance(each, QLabel)
            or each.accessibleName()
            or each.focusPolicy() != Qt.FocusPolicy.NoFocus
        )


@pytest.fixture
def suite(qtbot: QtBot, tmp_path: Path) -> Iterator[Suite]:
    services, session = open_services(tmp_path, TestClock())
    record = services.entretiens.record
    both = record(draft(personnes=(victime(vit_avec="Yann"), YANN, LEO), notes_de_travail="Rappeler jeudi."))
    for words in ("deux", "trois", "quatre"):
        again = draft(personnes=(PersonneDraft(both.personne_ids[0]),), saisine=None, orientations=())
        record(replace(again, dossier_id=both.dossier_id, notes_de_travail=words))
    for rank in range(12):
        services.journee.add_relance(
            TODAY - timedelta(days=90 + rank // 3), f"Relance {rank}", both.dossier_id
        )
    alone = record(draft(personnes=(replace(LEO, presente=True),), orientations=()))
    closed = record(draft(notes_de_travail="Autre chose."))
    services.dossiers.close(closed.dossier_id, "Relais pris")
    with opened(Suite(services, session, qtbot, made)) as found:
        assert isinstance(found, Suite)
        found.dossiers = both.dossier_id, alone.dossier_id, closed.dossier_id
        found.page.show_dossier(both.dossier_id)
        found.show()
        yield found


def test_nothing_of_a_dossier_is_left_in_the_next_one(suite: Suite) -> None:
    fresh: dict[tuple[int, bool], list[tuple[str, str, str, bool, QPoint]]] = {}
    for dossier in suite.dossiers:
        for discreet in (False, True):
            page = made(suite.services, suite.hub)
            page.set_discreet(discreet)
            page.show_dossier(dossier)
            page.resize(suite.page.size())
            page.show()
            QApplication.processEvents()
            page.show_dossier(dossier)
            QApplication.processEvents()
            fresh[dossier, discreet] = suite.seen(page)
            page.close()
            page.deleteLater()
    for one, other, third in permutations(suite.dossiers):
        for discreet in (False, True):
            suite.page.set_discreet(discreet)
            for dossier in (one, other, third):
                suite.open(dossier)
                assert suite.seen() == fresh[dossier, discreet]
                assert [each for each in suite.seen() if each[0] in ("Text", "Heading") and not each[1]] == []


def test_an_entretien_left_open_is_closed_in_the_next_dossier(suite: Suite) -> None:
    both, alone, closed = suite.dossiers
    events = suite.services.dossiers.reread(both).evenements
    for entretien in [event.id for event in events if event.kind == "entretien"]:
        suite.page.timeline.open_entretien(entretien)
    assert suite.says("Rappeler jeudi.")
    for dossier in (closed, alone):
        suite.open(dossier)
        assert not [each for each in suite.page.findChildren(EntretienDetail) if each.isVisible()]


def test_tab_goes_down_the_persons_and_the_lines_made_late(suite: Suite) -> None:
    both, alone, _ = suite.dossiers
    page = made(suite.services, suite.hub)
    page.resize(suite.page.size())
    page.show_dossier(alone)
    page.show()
    page.show_dossier(both)
    QApplication.processEvents()
    try:
        persons, events = stops(page, page._persons), stops(page, page.timeline)
        assert len(persons) > 3
        assert persons == sorted(persons)
        assert len(events) > 3
        assert events == sorted(events)
    finally:
        page.close()
        page.deleteLater()


def stops(page: DossierPage, inside: QWidget) -> list[tuple[bool, int]]:
    """Where Tab stops in a part of the page, in its order: whether on the right, and how far down."""
    found, each = [], page.nextInFocusChain()
    while each is not page:
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus and inside.isAncestorOf(each):
            place = each.mapTo(inside, QPoint())
            found.append((place.x() > inside.width() // 2 and inside is page._persons, place.y()))
        each = each.nextInFocusChain()
    return found


def test_the_first_drawing_is_the_last(suite: Suite) -> None:
    """Nothing is drawn squeezed in the height of the dossier before: what is laid out at once stays where it is."""
    for dossier in (*suite.dossiers, *reversed(suite.dossiers)):
        suite.page.hide()
        suite.page.show_dossier(dossier)
        suite.page.show()
        suite.page.activated()
        at_once = suite.seen(), suite.page._scrolled.size()
        suite.qtbot.wait(60)
        assert (suite.seen(), suite.page._scrolled.size()) == at_once
