"""The security page: what the machine answers is said, nothing more; the code of the veil is chosen there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.services.securite import EtatMachine
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.pages.aujourdhui.cartes import SECURITE, CoffreCard
from iscg_desktop.ui.pages.aujourdhui.page import AujourdhuiPage
from iscg_desktop.ui.pages.reglages.securite import SecuriteSection
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.line import Line
from tests.vie import TODAY, open_services

SAFE = EtatMachine("chiffre", "chiffre", sans_image=True, hors_captures=True, dossier_ferme=True)
BARE = EtatMachine("en_clair", "en_clair", sans_image=False, hors_captures=False, dossier_ferme=False)
SILENT = EtatMachine("inconnu", "inconnu", sans_image=True, hors_captures=False, dossier_ferme=None)


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return open_services(tmp_path)[0]


@pytest.fixture
def section(services: Services, qtbot: QtBot) -> Iterator[SecuriteSection]:
    tasks = TaskRunner()
    made = SecuriteSection(services, ChangesHub(), tasks)
    qtbot.addWidget(made)
    made.show()
    made.reload()
    qtbot.waitUntil(lambda: made._machine is not None)
    yield made
    tasks.close()


def said(section: SecuriteSection) -> dict[str, str]:
    """Each check, and what its chip says."""
    lines = [line for line in section.checks.findChildren(Line) if line.isVisible()]
    words = [[label.text() for label in line.findChildren(QLabel) if label.text()] for line in lines]
    return {each[0]: each[-1] for each in words}


def type_code(section: SecuriteSection, code: str, again: str) -> None:
    section.code.fields["code"].widget.set_value(code)
    section.code.fields["encore"].widget.set_value(again)
    section.code.choose.click()


def test_a_machine_that_protects_is_said_to(section: SecuriteSection) -> None:
    section._on_examined(SAFE)
    assert said(section) == {
        "Coffre chiffré": "oui",
        "Voile (F12)": "sans code court",
        "Verrou (Ctrl+L)": "oui",
        "Dernière sauvegarde vérifiée": "jamais",
        "Dernier exercice avec la fiche de secours": format_date_courte(TODAY),  # the creation is one
        "Chiffrement du disque": "oui",
        "Mémoire que le système range sur le disque": "oui",
        "Pas d’image de la mémoire après une panne": "oui",
        "Dossier du coffre fermé aux autres comptes": "oui",
        "Fenêtre absente des captures d’écran": "oui",
    }


def test_a_machine_that_does_not_is_said_not_to(section: SecuriteSection) -> None:
    section._on_examined(BARE)
    found = said(section)
    assert found["Chiffrement du disque"] == "non trouvé"
    assert found["Mémoire que le système range sur le disque"] == "non trouvé"
    assert found["Pas d’image de la mémoire après une panne"] == "non"
    assert found["Dossier du coffre fermé aux autres comptes"] == "non"
    assert found["Captures d’écran"] == "possibles"


def test_what_is_not_known_is_said_to_be_so(section: SecuriteSection) -> None:
    section._on_examined(SILENT)
    found = said(section)
    assert found["Chiffrement du disque"] == "inconnu"
    assert "Dossier du coffre fermé aux autres comptes" not in found


@pytest.mark.exigence("S37")
def test_a_code_is_chosen_then_taken_away(section: SecuriteSection, services: Services, qtbot: QtBot) -> None:
    assert not section.code.remove.isVisible()
    type_code(section, "2718", "2718")
    qtbot.waitUntil(lambda: services.voile.serrure().par_code)
    assert services.voile.serrure().accepts("2718")
    assert not services.voile.serrure().accepts("2719")
    assert said(section)["Voile (F12)"] == "code court"
    assert section.code.fields["code"].widget.value() == ""
    section.code.remove.click()
    assert not services.voile.serrure().par_code
    section.message.action_triggered.emit()  # taken back: nothing to take back, the code is nowhere
    assert not services.voile.serrure().par_code


@pytest.mark.exigence("S37")
@pytest.mark.parametrize(
    ("code", "again", "field", "words"),
    [
        ("2718", "2719", "encore", "diffèrent"),
        ("271", "271", "code", "de 4 à 12"),
        ("2718281828459", "2718281828459", "code", "de 4 à 12"),
        ("1234", "1234", "code", "essaierait"),
        ("9876", "9876", "code", "essaierait"),
        ("0000", "0000", "code", "essaierait"),
    ],
)
def test_a_code_that_protects_nothing_is_refused_in_words(
    section: SecuriteSection, services: Services, qtbot: QtBot, code: str, again: str, field: str, words: str
) -> None:
    type_code(section, code, again)
    qtbot.waitUntil(lambda: words in section.code.fields[field].error())
    assert not services.voile.serrure().par_code


def test_a_backup_is_said_with_its_day(section: SecuriteSection, services: Services) -> None:
    services.sauvegardes.record(services.sauvegardes.travail().run())
    section.reload()
    assert said(section)["Dernière sauvegarde vérifiée"] == format_date_courte(TODAY)


def test_a_code_half_typed_is_forgotten_when_the_page_is_left(section: SecuriteSection) -> None:
    section.code.fields["code"].widget.set_value("2718")
    section.hide()
    assert section.code.fields["code"].widget.value() == ""


def test_the_day_s_page_leads_there(services: Services, qtbot: QtBot) -> None:
    page = AujourdhuiPage(services, ChangesHub())
    qtbot.addWidget(page)
    page.show()
    page.activated()
    card = page.findChild(CoffreCard)
    with qtbot.waitSignal(page.draft_requested, check_params_cb=lambda cle: cle == SECURITE):
        card.lines()[-1].activated.emit()
