"""The day's page: what waits comes first, names are initials until asked, each line leads where it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.convention import Convention
from iscg_desktop.domain.reglages import Reglages
from iscg_desktop.domain.saisine import SaisineDraft
from iscg_desktop.services.changes import changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.pages.aujourdhui.cartes import since
from iscg_desktop.ui.pages.aujourdhui.page import AujourdhuiPage
from iscg_desktop.ui.pages.aujourdhui.tete import permanence_words
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.list_card import SHOWN
from iscg_desktop.ui.words import initials
from tests.ui.pages.portail import Portail, portail
from tests.vie import TODAY, TestClock, draft, open_services, victime

Show = Callable[[], Portail]


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def services(tmp_path: Path, clock: TestClock) -> Iterator[Services]:
    services, session = open_services(tmp_path, clock)
    yield services
    session.vault.close()


@pytest.fixture
def page(services: Services, qtbot: QtBot) -> AujourdhuiPage:
    return AujourdhuiPage(services, ChangesHub())


@pytest.fixture
def gate(page: AujourdhuiPage, qtbot: QtBot) -> Iterator[Show]:
    """Shows the page, once the test has filled the coffre."""
    opened = []

    def show() -> Portail:
        context = portail(qtbot, page)
        opened.append(context)
        return context.__enter__()

    yield show
    for context in opened:
        context.__exit__(None, None, None)


def _lines(card: QWidget) -> list[Line]:
    return [line for line in card.findChildren(Line) if line.isVisible()]


def _chips(card: QWidget) -> list[tuple[str, str]]:
    return [(line.findChild(Chip).role, line.findChild(Chip).text()) for line in _lines(card)]


def _saisine(services: Services, **values: object) -> int:
    whole = {"origine": "gendarmerie", "support": "intervention", "unite_id": 1} | values
    day = whole.pop("date", TODAY)
    return services.saisines.record(SaisineDraft(day, **whole))[0]  # type: ignore[arg-type]


def test_the_first_day_says_what_to_do_first(page: AujourdhuiPage, services: Services, gate: Show) -> None:
    shown = gate()
    assert "Lundi 23 novembre" in shown.words()
    assert "Enregistrez un premier entretien" in shown.words()
    asked = QSignalSpy(page.entretien_requested)
    _lines(page._bienvenue)[1].setFocus()
    shown.enter()
    assert asked.at(0) == [None]
    services.entretiens.record(draft())
    page.activated()
    assert "Enregistrez un premier entretien" not in shown.words()
    assert "Aucune saisine n’attend." in shown.words()


def test_in_sight_before_it_is_read_it_says_the_day_and_nothing_that_may_be_untrue(
    page: AujourdhuiPage, services: Services, qtbot: QtBot
) -> None:
    services.entretiens.record(draft())
    _saisine(services, motif="Différend")
    qtbot.addWidget(page)
    page.read_in_turns()
    page.activated()
    page.show()
    said = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "Lundi 23 novembre" in said
    for untrue in ("Votre coffre est prêt", "À reprendre", "Convention"):
        assert untrue not in said
    assert not any(words.startswith("Aucun") for words in said)
    page.reload()
    said = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "Aucun rendez-vous aujourd’hui." in said


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen and its menus
def test_the_permanence_is_picked_once_by_keys(
    page: AujourdhuiPage, services: Services, gate: Show, qtbot: QtBot, clock: TestClock
) -> None:
    shown = gate()
    announced = QSignalSpy(page._hub.changed)
    page._head._place.setFocus()
    shown.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.findChild(QMenu) is not None and page.findChild(QMenu).isVisible())
    menu = page.findChild(QMenu)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert services.journee.permanence() == services.journee.unites()[0].id
    assert announced.count() == 1
    assert page._head._place.text() == "Permanence à la brigade de Saint-Aubin"
    clock.day = TODAY + timedelta(days=1)
    page.activated()
    assert "Où êtes-vous" in page._head._place.text()
    assert page._head.title == "Mardi 24 novembre"


def test_saisines_come_by_urgency_and_lead_to_their_entretien(
    page: AujourdhuiPage, services: Services, gate: Show
) -> None:
    later = _saisine(
        services, urgence="differee", motif="Conflit de voisinage", date=TODAY - timedelta(days=3)
    )
    first = _saisine(services, urgence="immediate", motif="Intervention de nuit", accord_contact="oui")
    unsaid = _saisine(services)
    shown = gate()
    assert _chips(page._saisines) == [
        ("alert", "immédiate"),
        ("accent", "différée"),
        ("quiet", "urgence à préciser"),
    ]
    assert "Brigade de Saint-Aubin · attend depuis 3 jours" in shown.words()
    assert "accord de contact\u00a0: oui" in shown.words()
    asked = QSignalSpy(page.entretien_requested)
    for line in _lines(page._saisines):
        line.setFocus()
        shown.enter()
    assert [asked.at(i)[0] for i in range(3)] == [first, later, unsaid]


def test_a_long_list_is_folded_until_the_rest_is_asked_for(
    page: AujourdhuiPage, services: Services, gate: Show, qtbot: QtBot
) -> None:
    for _ in range(SHOWN + 3):
        _saisine(services, urgence="sous_48h")
    gate()
    assert len(_lines(page._saisines)) == SHOWN
    more = next(b for b in page._saisines.findChildren(QPushButton) if "3 de plus" in b.text())
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert len(_lines(page._saisines)) == SHOWN + 3
    assert not more.isVisible()


def test_names_are_initials_until_they_are_asked_for(
    page: AujourdhuiPage, services: Services, gate: Show
) -> None:
    recorded = services.entretiens.record(draft())
    services.journee.add_rendez_vous(
        TODAY, time(9, 30), "premier entretien",
        dossier_id=recorded.dossier_id, personne_id=recorded.personne_ids[0],
    )  # fmt: skip
    shown = gate()
    assert "9\u00a0h\u00a030   A. L. — premier entretien" in shown.words()
    assert "Lœil" not in shown.words()
    shown.alt(Qt.Key.Key_M)
    assert "Anaïs Lœil — premier entretien" in shown.words()
    page.set_discreet(True)
    assert "Lœil" not in shown.words()
    assert "premier entretien" not in shown.words()
    assert not page._show_names.isVisible()
    page.set_discreet(False)
    assert "A. L. — premier entretien" in shown.words()
    asked = QSignalSpy(page.dossier_requested)
    _lines(page._rendez_vous)[0].setFocus()
    shown.enter()
    assert asked.at(0) == [recorded.dossier_id]


def test_discreet_mode_leaves_out_what_she_typed(
    page: AujourdhuiPage, services: Services, gate: Show
) -> None:
    _saisine(services, motif="Madame Canari a appelé")
    services.journee.add_relance(TODAY, "Rappeler Canari")
    shown = gate()
    assert shown.words().count("Canari") >= 2
    page.set_discreet(True)
    assert "Canari" not in shown.words()
    assert "Gendarmerie" in shown.words()


def test_a_rendez_vous_is_fixed_in_place_by_keys(
    page: AujourdhuiPage, services: Services, gate: Show
) -> None:
    services.journee.choose_permanence(2)
    shown = gate()
    shown.alt(Qt.Key.Key_R)
    shown.write("14h15")
    shown.press(Qt.Key.Key_Tab)
    shown.write("visite au CDAS")
    shown.enter()
    (fixed,) = services.journee.rendez_vous()
    assert (fixed.heure, fixed.objet) == (time(14, 15), "visite au CDAS")
    assert "14\u00a0h\u00a015   visite au CDAS" in shown.words()


def test_a_rendez_vous_without_hour_or_object_is_refused_and_kept_on_screen(
    page: AujourdhuiPage, services: Services, gate: Show
) -> None:
    shown = gate()
    shown.alt(Qt.Key.Key_R)
    shown.press(Qt.Key.Key_Tab)
    shown.write("visite")
    shown.enter()
    assert "Indiquez l’heure." in shown.words()
    assert services.journee.rendez_vous() == ()
    assert page._rendez_vous.form.fields["objet"].widget.value() == "visite"
    shown.press(Qt.Key.Key_Escape)
    assert not page._rendez_vous.form.isVisible()


def test_a_relance_is_noted_shown_when_due_and_done(
    page: AujourdhuiPage, services: Services, gate: Show, clock: TestClock, qtbot: QtBot
) -> None:
    shown = gate()
    shown.alt(Qt.Key.Key_L)
    shown.write("rappeler le SIAO")
    shown.enter()
    assert _chips(page._relances) == [("accent", "aujourd’hui")]
    clock.day = TODAY + timedelta(days=3)
    page.activated()
    assert _chips(page._relances) == [("warn", "depuis 3 jours")]
    done = next(b for b in page._relances.findChildren(QPushButton) if b.accessibleName() == "Relance faite")
    qtbot.mouseClick(done, Qt.MouseButton.LeftButton)
    assert services.journee.relances() == ()
    assert "Rien n’est dû." in shown.words()


def test_a_past_day_is_no_day_for_a_relance(page: AujourdhuiPage, services: Services, gate: Show) -> None:
    shown = gate()
    shown.alt(Qt.Key.Key_L)
    page._relances.form.fields["jour"].widget.set_value(TODAY - timedelta(days=1))
    shown.write("trop tard")
    shown.enter()
    assert "Indiquez un jour à venir" in shown.words()
    assert services.journee.relances() == ()


def test_a_draft_is_resumed(page: AujourdhuiPage, services: Services, gate: Show, clock: TestClock) -> None:
    recorded = services.entretiens.record(draft())
    services.brouillons.keep("entretien:7", "entretien", {}, dossier_id=recorded.dossier_id)
    shown = gate()
    assert f"Entretien commencé, dossier {recorded.numero}" in shown.words()
    assert "gardé à 10\u00a0h\u00a041" in shown.words()  # 9 h 41 UTC, in Paris in November
    asked = QSignalSpy(page.draft_requested)
    _lines(page._brouillons)[0].setFocus()
    shown.enter()
    assert asked.at(0) == ["entretien:7"]
    services.brouillons.drop("entretien:7")
    page._hub.announce(changes("brouillons"))
    assert not page._brouillons.isVisible()


def test_fiches_without_retour_show_their_days_and_open(
    page: AujourdhuiPage, services: Services, gate: Show, clock: TestClock
) -> None:
    orientation = services.entretiens.record(draft()).orientation_ids[0]
    issued = services.fiches.issue(orientation, services.fiches.prepare(orientation))
    shown = gate()
    assert "Aucune fiche n’attend" in shown.words()
    services.reglages.set(Reglages(fiche_remise_jours=10))
    for days, role in ((9, "accent"), (10, "warn")):
        clock.day = TODAY + timedelta(days=days)
        page.activated()
        assert _chips(page._fiches) == [(role, f"{days} jours")]
    assert "CDAS de Vallière" in shown.words()
    assert "à imprimer le lundi 23 novembre" in shown.words()
    opened, all_of_them = QSignalSpy(page.fiche_opened), QSignalSpy(page.fiches_requested)
    _lines(page._fiches)[0].setFocus()
    shown.enter()
    assert opened.at(0) == [issued.fiche_id]
    page._fiches.action_triggered.emit()
    assert all_of_them.count() == 1


def test_the_keys_of_the_page(page: AujourdhuiPage, gate: Show) -> None:
    shown = gate()
    asked, searched = QSignalSpy(page.entretien_requested), QSignalSpy(page.search_requested)
    shown.window.setFocus()
    shown.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert asked.at(0) == [None]
    page._search.setFocus()
    shown.enter()
    assert searched.count() == 0
    shown.write("p")
    assert searched.at(0) == ["p"], "she goes on where the answers are"
    assert page._search.text() == ""


def test_the_security_card_claims_only_what_is_true(page: AujourdhuiPage, gate: Show) -> None:
    gate()
    assert ("good", "deux copies en ordre") in _chips(page._coffre)
    etat = page._services.sauvegardes.etat()
    page._coffre.show_state(("entete_non_reparee", "horloge_reculee"), etat, rappel=True, exercice=True)
    assert ("warn", "une seule copie lisible") in _chips(page._coffre)
    assert ("warn", "en retard sur le coffre") in _chips(page._coffre)
    assert ("warn", "aucune encore") in _chips(page._coffre)  # backups
    assert ("warn", "à relire") in _chips(page._coffre)  # the sheet
    assert ("accent", "page Sécurité") in _chips(page._coffre)


def test_a_change_that_does_not_concern_the_day_is_not_read_again(
    page: AujourdhuiPage, services: Services, gate: Show
) -> None:
    shown = gate()
    _saisine(services, motif="Arrivée entre-temps")
    page._hub.announce(changes("bilans"))
    assert "Arrivée entre-temps" not in shown.words()
    page._hub.announce(changes("saisines"))
    assert "Arrivée entre-temps" in shown.words()


@pytest.mark.parametrize(
    ("nom", "words"),
    [
        ("Brigade de Saint-Aubin", "Permanence à la brigade de Saint-Aubin"),
        ("Commissariat de Vallière", "Permanence au commissariat de Vallière"),
        ("PSIG de Vallière", "Permanence\u00a0: PSIG de Vallière"),
    ],
)
def test_the_permanence_is_said_in_french(nom: str, words: str) -> None:
    assert permanence_words(nom) == words


@given(st.text(max_size=20), st.text(max_size=20))
def test_initials_hold_one_letter_a_name(prenom: str, nom: str) -> None:
    found = initials(prenom, nom).split()
    assert len(found) == sum(1 for name in (prenom, nom) if name.strip())
    assert all(letter.endswith(".") for letter in found)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(2, 900))
def test_since_counts_days(day: date, days: int) -> None:
    assert since(day, day) == "aujourd’hui"
    assert since(day, day + timedelta(days=1)) == "hier"
    assert since(day, day + timedelta(days=days)) == f"il y a {days} jours"


def test_what_the_convention_asks_is_recalled_and_leads_to_its_page(
    page: AujourdhuiPage, services: Services, gate: Show, qtbot: QtBot
) -> None:
    shown = gate()
    assert not page._convention.isVisible()
    day = date(2026, 8, 3)
    person = victime(informee_le=day)
    services.entretiens.record(draft(date=day, personnes=(person,), saisine=None))
    services.convention.set(
        Convention(
            fin=TODAY + timedelta(days=40),
            comites=(TODAY + timedelta(days=1),),
            rencontre="quinzaine",
            derniere_rencontre=TODAY - timedelta(days=14),
        )
    )
    page._hub.announce(changes("reglages"))
    words = shown.words()
    assert "Bilan à remettre\u00a0: 3e trimestre 2026" in words
    assert "avant le vendredi 30 octobre" in words
    assert "La convention prend fin" in words
    assert _chips(page._convention) == [
        ("warn", "depuis 24 jours"),
        ("accent", "aujourd’hui"),
        ("accent", "demain"),
        ("accent", "dans 40 jours"),
    ]
    asked = QSignalSpy(page.page_requested)
    for line in [line for line in _lines(page._convention) if line.focusPolicy()]:
        line.setFocus()
        shown.enter()
    assert [asked.at(i)[0] for i in range(asked.count())] == ["bilan", "bilan", "reglages"]
    met = next(b for b in page._convention.findChildren(QPushButton) if "référent" in b.accessibleName())
    qtbot.mouseClick(met, Qt.MouseButton.LeftButton)
    assert services.convention.get().derniere_rencontre == TODAY
    assert "Rencontre avec le référent" not in shown.words()
