"""The page of a dossier: what it shows, and what it keeps to itself in discreet mode."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.pages.dossier import DossierPage
from tests.vie import TODAY, draft, open_services, victime


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[DossierPage]:
    """A dossier where every text names the same person."""
    services, session = open_services(tmp_path)
    whole = draft(
        personnes=(victime(nom_usage="Canari", nom_naissance="Canari"),),
        elements_transmissibles="Madame Canari demande un logement.",
        notes_de_travail="Canari rappelle jeudi.",
    )
    assert whole.saisine is not None
    recorded = services.entretiens.record(
        replace(
            whole,
            saisine=replace(whole.saisine, motif="Monsieur Canari est intervenu"),
            orientations=(replace(whole.orientations[0], motif="Loger Mme Canari"),),
        )
    )
    services.journee.add_relance(TODAY, "Rappeler Canari", dossier_id=recorded.dossier_id)
    shown = DossierPage(services, ChangesHub())
    qtbot.addWidget(shown)
    shown.show_dossier(recorded.dossier_id)
    shown.show()
    shown._show_entretien(recorded.entretien_id)
    yield shown
    session.vault.close()


def _words(page: DossierPage) -> str:
    QApplication.processEvents()  # what was just added is shown when the page is laid out
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_discreet_nothing_of_the_page_names_the_person(page: DossierPage) -> None:
    assert _words(page).count("Canari") >= 6
    page.set_discreet(True)
    assert "canari" not in _words(page).lower()
    events = page._services.dossiers.reread(page._dossier_id or 0).evenements
    page._show_entretien(next(event.id for event in events if event.kind == "entretien"))
    assert "canari" not in _words(page).lower()
    assert "Textes masqués (F9)" in _words(page)
    page.set_discreet(False)
    assert "Madame Canari demande un logement." in _words(page)
