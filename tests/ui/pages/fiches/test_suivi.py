"""Fiches et tournées: lists by state, several noted at once, printed together, handed over, coupons that come back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.coupon import Coupon
from iscg_desktop.domain.fiche_sections import Reponse
from iscg_desktop.domain.fiche_suivi import Etat
from iscg_desktop.ui import printing
from iscg_desktop.ui.pages.fiches.impression import ImpressionPage
from iscg_desktop.ui.pages.fiches.retour import RetourPage
from iscg_desktop.ui.pages.fiches.suivi import FichesPage
from iscg_desktop.ui.pages.fiches.tournee import TourneePage
from iscg_desktop.ui.tasks import TaskRunner
from tests.documents.coupons import answers, filled
from tests.services.fiches import corrected, issued, partner
from tests.ui.pages.pupitre import CTRL, KEY, Pupitre, opened
from tests.vie import TODAY, TestClock, open_services

ANSWER = Coupon(suite="rdv_fixe", date=TODAY, connu=Reponse.OUI, rendez_vous_le=TODAY + timedelta(days=6))


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()


class Liste(Pupitre):
    page: FichesPage

    def choose(self, *fiche_ids: int) -> None:
        """Select fiches as clicks with Ctrl would."""
        self.page.table.view.clearSelection()
        view = self.page.table.view
        for row, fiche in enumerate(self.page.table.records()):
            if fiche.id in fiche_ids:
                flags = view.selectionModel().SelectionFlag
                view.selectionModel().select(view.model().index(row, 0), flags.Select | flags.Rows)

    def states(self) -> dict[int, str]:
        return {fiche.id: fiche.etape for fiche in self.services.suivi.find(Etat.TOUTES)}


@pytest.fixture
def liste(tmp_path: Path, qtbot: QtBot, clock: TestClock) -> Iterator[Liste]:
    services, session = open_services(tmp_path, clock)
    with opened(Liste(services, session, qtbot, FichesPage)) as made:
        assert isinstance(made, Liste)
        yield made


def _shown(liste: Liste, count: int = 3) -> list[int]:
    fiches = [issued(liste.services) for _ in range(count)]
    liste.show()
    liste.page.activated()
    return fiches


def test_no_letter_means_two_things(liste: Liste) -> None:
    _shown(liste, 1)
    liste.page.handed.setEnabled(True)
    liste.page.handed.click()
    assert {letter for letter, count in liste.mnemonics().items() if count > 1} == set()


def test_an_empty_list_says_the_next_step(liste: Liste) -> None:
    liste.show()
    liste.page.activated()
    assert liste.says("Une fiche s’établit depuis une orientation")
    assert liste.says("Une tournée réunit les fiches")


def test_each_state_shows_its_fiches_and_the_head_counts_them(liste: Liste, clock: TestClock) -> None:
    first, second, third = _shown(liste)
    liste.services.suivi.note([second, third], "imprimee", TODAY)
    liste.services.suivi.note([third], "remise", TODAY)
    clock.day = TODAY + timedelta(days=5)
    liste.page.activated()
    assert liste.says("1 à imprimer · 1 à remettre · 0 à relancer")
    for etat, shown in (("a_imprimer", first), ("a_remettre", second), ("remises", third)):
        liste.page.etat.set_value(etat)
        liste.page.etat.committed.emit(etat)
        assert [fiche.id for fiche in liste.page.table.records()] == [shown]
    (fiche,) = liste.page.table.records()
    assert liste.page._since(fiche) == "sans retour depuis 5 jour(s)"


def test_a_number_is_searched(liste: Liste) -> None:
    fiches = _shown(liste)
    liste.page.search.setText("0002")
    liste.press(KEY.Key_Return) if liste.page.search.hasFocus() else liste.page.search.searched.emit("0002")
    assert [fiche.id for fiche in liste.page.table.records()] == [fiches[1]]


def test_several_are_noted_printed_and_taken_back(liste: Liste) -> None:
    fiches = _shown(liste)
    liste.choose(*fiches[:2])
    liste.click("Noter imprimées")
    assert list(liste.states().values()) == ["a_imprimer", "imprimee", "imprimee"]
    assert liste.says("2 fiche(s) notée(s)\u00a0: imprimée.")
    liste.click("Annuler")
    assert set(liste.states().values()) == {"a_imprimer"}


def test_several_are_handed_over_on_a_day_by_a_channel(liste: Liste, clock: TestClock) -> None:
    fiches = _shown(liste)
    clock.day = TODAY + timedelta(days=2)
    liste.choose(*fiches)
    liste.click("Noter remises…")
    liste.page.remise.day.set_value(TODAY + timedelta(days=1))
    liste.page.remise.canal.set_value("courrier")
    liste.click("Noter la remise")
    step = liste.services.fiches.trace(fiches[0])[-1]
    assert (step.etape, step.date, step.canal) == ("remise", TODAY + timedelta(days=1), "courrier")
    assert not liste.page.remise.isVisible()


def test_a_refusal_is_said_and_nothing_is_noted(liste: Liste) -> None:
    fiches = _shown(liste)
    corrected(liste.services, fiches[0])
    liste.page.activated()
    liste.choose(*fiches)
    liste.click("Noter remises…")
    liste.click("Noter la remise")
    assert liste.says("remplacée par la fiche")
    assert "remise" not in liste.states().values()


def test_the_ways_out_carry_the_chosen_fiches(liste: Liste) -> None:
    fiches = _shown(liste)
    batch, tournee = QSignalSpy(liste.page.batch_requested), QSignalSpy(liste.page.tournee_requested)
    liste.choose(*fiches[1:])
    liste.click("Imprimer ensemble…")
    liste.click("Préparer une tournée")
    assert sorted(batch.at(0)[0]) == fiches[1:]
    assert tournee.at(0)[0] is None
    assert sorted(tournee.at(0)[1]) == fiches[1:]


# Printing together.


class Presse(Pupitre):
    page: ImpressionPage


@pytest.fixture
def presse(tmp_path: Path, qtbot: QtBot, clock: TestClock, tasks: TaskRunner) -> Iterator[Presse]:
    services, session = open_services(tmp_path, clock)
    with opened(Presse(services, session, qtbot, lambda s, hub: ImpressionPage(s, hub, tasks))) as made:
        assert isinstance(made, Presse)
        yield made


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What comes out of the printer."""
    path = tmp_path / "papier.pdf"

    def choose(printer: QPrinter, _parent: QWidget) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        printer.setResolution(60)
        return True

    monkeypatch.setattr(printing, "_chosen", choose)
    return path


def test_fiches_are_printed_only_once_she_says_the_paper_is_there(presse: Presse, paper: Path) -> None:
    fiches = [issued(presse.services) for _ in range(2)]
    presse.page.show_fiches(fiches)
    presse.show()
    assert presse.says("Imprimer 2 fiche(s)")
    presse.press(KEY.Key_P, CTRL)
    assert paper.exists()
    assert presse.says("Le papier est-il sorti en entier")
    assert presse.services.suivi.count(Etat.A_IMPRIMER) == 2
    presse.click("Oui, noter l’impression")
    assert presse.services.suivi.count(Etat.A_REMETTRE) == 2
    presse.page._back.click()
    assert (presse.page.preview.pages, presse.page._pdf) == (0, b"")


def test_bordereaux_are_previewed_with_initials_then_names(
    presse: Presse, paper: Path, tasks: TaskRunner
) -> None:
    fiches = [issued(presse.services), issued(presse.services, partner(presse.services, "CRIP"))]
    tournee_id, _ = presse.services.tournees.create(TODAY, fiches)
    presse.page.show_bordereaux(tournee_id)
    presse.show()
    presse.qtbot.waitUntil(presse.page.primary.isEnabled)
    initials = presse.page._pdf
    presse.page.names.click()
    presse.qtbot.waitUntil(presse.page.primary.isEnabled)
    assert presse.page._pdf != initials
    presse.page.set_discreet(True)
    assert presse.page.preview._covered
    presse.press(KEY.Key_P, CTRL)
    presse.click("Oui, noter l’impression")
    assert presse.session.read.journal.entries(limit=1)[0].objet == "bordereau"
    assert presse.services.suivi.count(Etat.A_IMPRIMER) == 2


# The tournée.


class Route(Pupitre):
    page: TourneePage


@pytest.fixture
def route(tmp_path: Path, qtbot: QtBot, clock: TestClock) -> Iterator[Route]:
    services, session = open_services(tmp_path, clock)
    with opened(Route(services, session, qtbot, TourneePage)) as made:
        assert isinstance(made, Route)
        yield made


def _prepared(route: Route) -> list[int]:
    fiches = [
        issued(route.services),
        issued(route.services, partner(route.services, "CRIP")),
        issued(route.services),
    ]
    route.page.show_new(fiches[:2])
    route.show()
    route.page.activated()
    return fiches


def test_a_tournee_is_prepared_changed_and_made(route: Route) -> None:
    fiches = _prepared(route)
    assert [box.value() for box in route.page._boxes.values()] == [True, False, True]
    route.press(KEY.Key_S, CTRL)
    (line,) = route.services.tournees.all()
    assert (line.fiches, line.services) == (2, 2)
    route.click("Modifier")
    route.page._boxes[fiches[2]].click()
    route.press(KEY.Key_S, CTRL)
    assert route.says("3 fiche(s) · 2 service(s) · à faire")
    route.click("Tournée faite…")
    route.click("Noter la remise")
    assert route.services.suivi.count(Etat.REMISES) == 3
    assert route.says("3 fiche(s) notée(s) remise(s).")
    assert not route.has_button("Modifier")
    route.click("Annuler")
    assert route.services.suivi.count(Etat.A_IMPRIMER) == 3
    assert route.has_button("Modifier")


def test_services_change_place_on_the_way(route: Route) -> None:
    _prepared(route)
    route.press(KEY.Key_S, CTRL)
    assert route.says("1. CDAS de Vallière")
    later = [
        b for b in route.page.findChildren(QWidget) if b.accessibleName() == "Plus tard, CDAS de Vallière"
    ]
    later[-1].click()  # type: ignore[attr-defined]
    assert route.says("1. CRIP")
    assert route.says("2. CDAS de Vallière")


def test_a_day_gone_by_is_refused_under_its_field(route: Route) -> None:
    _prepared(route)
    route.page.day.set_value(TODAY - timedelta(days=1))
    route.press(KEY.Key_S, CTRL)
    assert "aujourd’hui ou plus tard" in route.page.day_field.error()
    assert route.services.tournees.all() == ()


def test_discreet_the_tournee_names_nobody(route: Route) -> None:
    _prepared(route)
    route.page.set_discreet(True)
    assert not any("LŒIL" in box.text() for box in route.page._boxes.values())
    route.press(KEY.Key_S, CTRL)
    assert not route.says("LŒIL")
    assert route.says("A. L.")


def test_no_letter_of_a_tournee_means_two_things(route: Route) -> None:
    _prepared(route)
    assert {letter for letter, count in route.mnemonics().items() if count > 1} == set()
    route.press(KEY.Key_S, CTRL)
    route.click("Tournée faite…")
    assert {letter for letter, count in route.mnemonics().items() if count > 1} == set()


# The coupon that comes back.


class Guichet(Pupitre):
    page: RetourPage


@pytest.fixture
def guichet(tmp_path: Path, qtbot: QtBot, clock: TestClock, tasks: TaskRunner) -> Iterator[Guichet]:
    services, session = open_services(tmp_path, clock)
    with opened(Guichet(services, session, qtbot, lambda s, hub: RetourPage(s, hub, tasks))) as made:
        assert isinstance(made, Guichet)
        yield made


def _asked(guichet: Guichet) -> int:
    fiche_id = issued(guichet.services)
    guichet.show()
    guichet.page.activated()
    return fiche_id


def _form(guichet: Guichet, fiche_id: int, folder: Path, **values: str) -> Path:
    path = folder / "coupon.pdf"
    guichet.services.retours.save_coupon(fiche_id, path)
    path.write_bytes(filled(answers(ANSWER) | values, path.read_bytes()))
    return path


def test_a_number_typed_finds_its_fiche_and_its_answer_is_recorded(guichet: Guichet) -> None:
    fiche_id = _asked(guichet)
    numero = guichet.services.fiches.get(fiche_id).numero
    guichet.write(numero.lower())
    guichet.press(KEY.Key_Return)
    assert guichet.says(f"{numero} · CDAS de Vallière")
    assert guichet.says("LŒIL Anaïs")
    guichet.page.set_discreet(True)
    assert not guichet.says("LŒIL")
    assert {letter for letter, count in guichet.mnemonics().items() if count > 1} == set()
    guichet.press(KEY.Key_S, CTRL)
    assert guichet.page.form.fields["suite"].error() == "Indiquez la suite donnée."
    guichet.write("rendez")
    guichet.press(KEY.Key_Tab)
    guichet.press(KEY.Key_S, CTRL)
    assert guichet.services.retours.noted(fiche_id) == Coupon(suite="rdv_fixe", date=TODAY)
    assert guichet.says(f"Retour de la fiche {numero} noté")
    assert guichet.page.typed.hasFocus(), "ready for the next coupon"


def test_a_wrong_group_is_said_under_the_number_which_stays(guichet: Guichet) -> None:
    _asked(guichet)
    guichet.write("MKE-2026-001-A")
    guichet.press(KEY.Key_Return)
    assert "troisième groupe" in guichet.page.field.error()
    assert guichet.page.typed.value() == "MKE-2026-001-A"
    guichet.press(KEY.Key_Backspace)
    assert guichet.page.field.error() == ""


def test_what_is_shown_goes_with_its_number(guichet: Guichet) -> None:
    numero = guichet.services.fiches.get(_asked(guichet)).numero
    guichet.write(numero)
    guichet.press(KEY.Key_Return)
    guichet.page.typed.setFocus()
    guichet.press(KEY.Key_Backspace)
    assert not guichet.page.found.isVisible()
    guichet.press(KEY.Key_S, CTRL)
    assert guichet.services.suivi.count(Etat.RETOURS) == 0


def test_a_filled_pdf_is_shown_then_recorded(guichet: Guichet, tmp_path: Path) -> None:
    fiche_id = _asked(guichet)
    guichet.write("rien de tel")
    guichet.press(KEY.Key_Return)
    assert guichet.page.field.error()
    guichet.page.read_file(_form(guichet, fiche_id, tmp_path))
    assert not guichet.page.field.error()  # another coupon is being read
    guichet.qtbot.waitUntil(guichet.page.found.isVisible)
    assert guichet.services.suivi.count(Etat.RETOURS) == 0, "shown first"
    guichet.press(KEY.Key_S, CTRL)
    assert guichet.services.retours.noted(fiche_id) == ANSWER


def test_what_the_pdf_says_badly_is_corrected_by_her(guichet: Guichet, tmp_path: Path) -> None:
    fiche_id = _asked(guichet)
    guichet.page.read_file(_form(guichet, fiche_id, tmp_path, rendez_vous_le="fin mars"))
    guichet.qtbot.waitUntil(guichet.page.found.isVisible)
    field = guichet.page.form.fields["rendez_vous_le"]
    assert "« fin mars »" in field.error()
    guichet.press(KEY.Key_S, CTRL)
    assert guichet.services.suivi.count(Etat.RETOURS) == 0
    field.widget.set_value(None)
    guichet.press(KEY.Key_S, CTRL)
    assert guichet.services.suivi.count(Etat.RETOURS) == 1


def test_a_file_that_is_no_coupon_is_refused_in_one_sentence(guichet: Guichet, tmp_path: Path) -> None:
    _asked(guichet)
    path = tmp_path / "note.pdf"
    path.write_bytes(b"bonjour")
    guichet.page.read_file(path)
    guichet.qtbot.waitUntil(lambda: guichet.says("n’est pas un PDF"))
    assert not guichet.page.found.isVisible()


def test_a_second_answer_is_said_and_replaces_the_first(guichet: Guichet) -> None:
    fiche_id = _asked(guichet)
    guichet.services.retours.record(fiche_id, Coupon(suite="en_attente", date=TODAY, referent="M. Tanguy"))
    guichet.write(guichet.services.fiches.get(fiche_id).numero)
    guichet.press(KEY.Key_Return)
    assert guichet.says("Un retour est déjà noté")
    assert guichet.page.form.fields["referent"].widget.value() == "M. Tanguy"
    guichet.page.form.suite.set_value("accompagnement_engage")
    guichet.click("Remplacer le retour noté")
    noted = guichet.services.retours.noted(fiche_id)
    assert noted is not None
    assert noted.suite == "accompagnement_engage"


def test_after_a_refused_file_the_keyboard_waits_for_a_number(guichet: Guichet, tmp_path: Path) -> None:
    fiche_id = _asked(guichet)
    guichet.page.read_file(_form(guichet, fiche_id, tmp_path))
    guichet.qtbot.waitUntil(guichet.page.found.isVisible)
    assert guichet.page.found.isAncestorOf(guichet.focus)
    wrong = tmp_path / "lettre.pdf"
    wrong.write_bytes(b"bonjour")
    guichet.page.read_file(wrong)
    guichet.qtbot.waitUntil(lambda: not guichet.page.found.isVisible())
    assert guichet.page.typed.hasFocus()


def test_the_coupon_of_an_old_version_is_accepted_and_said(guichet: Guichet) -> None:
    old = _asked(guichet)
    new = corrected(guichet.services, old)
    guichet.write(guichet.services.fiches.get(old).numero)
    guichet.press(KEY.Key_Return)
    assert guichet.says("remplacée depuis par")
    guichet.page.form.suite.set_value("sans_suite")
    guichet.press(KEY.Key_S, CTRL)
    assert [fiche.id for fiche in guichet.services.suivi.find(Etat.RETOURS)] == [new]
