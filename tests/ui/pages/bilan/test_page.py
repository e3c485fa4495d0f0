"""The bilan page, with real keys: exact figures, what is behind them, what is missing, what is handed over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.period import parse_period
from iscg_desktop.services.services import Services
from iscg_desktop.ui.bilan_tableaux import TableCard
from iscg_desktop.ui.pages.bilan.page import BilanPage
from iscg_desktop.ui.pages.bilan.recit import RecitPage
from iscg_desktop.ui.pages.bilan.releve import RelevePage
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.line import Line
from tests.registre import Accueilli, write
from tests.ui.pages.bilan.page_du_bilan import page_of, shown
from tests.ui.pages.pupitre import KEY, Pupitre, opened
from tests.ui.tables import shown_rows
from tests.vie import draft, open_services

AOUT = date(2026, 8, 3)


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()


@pytest.fixture
def pupitre(qtbot: QtBot, tmp_path: Path, tasks: TaskRunner) -> Iterator[Pupitre]:
    services, session = open_services(tmp_path)
    with ExitStack() as stack:
        made = Pupitre(services, session, qtbot, lambda services, hub: BilanPage(services, hub, tasks))
        yield stack.enter_context(opened(made))


def _register(pupitre: Pupitre) -> None:
    write(
        pupitre.session,
        [
            Accueilli(
                rank + 1,
                sexe="femme" if rank < 30 else "homme",
                logement="hotel" if rank % 2 else "non_renseigne",
            )
            for rank in range(42)
        ],
        AOUT,
    )


def _arreter(services: Services) -> None:
    prepared = services.bilans.prepare(parse_period("2026-T3"))
    services.bilans.arreter(prepared, services.bilans.protect(prepared))


def _words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_nothing_counted_yet_is_said_rather_than_drawn_as_nothing(pupitre: Pupitre) -> None:
    _register(pupitre)
    pupitre.show()
    page = page_of(pupitre)
    assert "Les chiffres se comptent…" in _words(page)
    assert not page.chiffres.reperes.isVisible()
    shown(pupitre)
    assert "Les chiffres se comptent…" not in _words(page)
    assert page.chiffres.reperes.isVisible()


def test_the_figures_of_a_quarter_are_shown_and_compared(pupitre: Pupitre) -> None:
    _register(pupitre)
    pupitre.services.entretiens.record(draft())
    page = shown(pupitre)
    women = page.chiffres.reperes.table.records()[0]
    assert (women.indicateur.part, women.avant) == ("71,4 %", "")
    assert "42" in _words(page)
    cards = {card.code: card for card in page.chiffres.findChildren(TableCard)}
    assert [(line.libelle, line.valeurs, line.part) for line in cards["sexe"].table.records()] == [
        ("Femme", (30,), "71,4 %"),
        ("Homme", (12,), "28,6 %"),
    ]
    page = shown(pupitre, "2026-T4")
    assert page.chiffres.reperes.table.records()[0].avant == "71,4 %"
    assert page.chiffres.trend.accessibleDescription() == "T3 2026 : 42 ; T4 2026 : 1"
    assert page.chiffres.totaux._cells["accueils"].accessibleName() == "1 personnes accueillies, 42 avant"
    (card,) = [each for each in page.chiffres.findChildren(TableCard) if each.code == "sexe"]
    assert shown_rows(card.table) == [["Femme", "1", "100 %", "30", "–"], ["Homme", "0", "0 %", "12", "–"]]


def test_enter_on_a_figure_asks_for_its_records(pupitre: Pupitre) -> None:
    _register(pupitre)
    page = shown(pupitre)
    asked = QSignalSpy(page.releve_requested)
    page.chiffres.reperes.table.setFocus()
    pupitre.press(KEY.Key_Return)
    etendue, cellules, words, number, a_completer = asked.at(0)
    assert (etendue.periode.code, words, number, a_completer) == ("2026-T3", "Part des femmes", 30, False)
    assert cellules == (("accueils", (("sexe", "femme"),)),)


def test_what_is_missing_leads_to_the_very_entretiens(pupitre: Pupitre) -> None:
    _register(pupitre)
    page = shown(pupitre)
    page.show_view("manques")
    manques = {each.tableau.code: each for each in page.manques.table.records()}
    assert manques["logement"].a_completer == 21
    asked = QSignalSpy(page.releve_requested)
    page.manques.table.select(manques["logement"])
    page.manques.table.setFocus()
    pupitre.press(KEY.Key_Return)
    etendue, cellules, words, number, a_completer = asked.at(0)
    releve = RelevePage(pupitre.services)
    releve.show_figure(etendue, cellules, words, number, a_completer=a_completer)
    assert releve.table.records() == (), "found in turns of the window, none of them this one"
    pupitre.qtbot.waitUntil(lambda: not releve.searching)
    assert len(releve.table.records()) == 21
    amended, opened_dossiers = QSignalSpy(releve.amend_requested), QSignalSpy(releve.dossier_requested)
    releve.table.activated.emit(releve.table.records()[0])
    assert (amended.at(0), opened_dossiers.count()) == ([41], 0)
    releve.deleteLater()


def test_fewer_records_than_what_is_arrete_is_said(pupitre: Pupitre) -> None:
    _register(pupitre)
    _arreter(pupitre.services)
    pupitre.session.vault.execute("DELETE FROM dossiers WHERE id = 1")
    page = shown(pupitre)
    women = page.chiffres.reperes.table.records()[0].indicateur
    assert women.haut == 30
    releve = RelevePage(pupitre.services)
    pupitre.qtbot.addWidget(releve)
    releve.show_figure(page._chiffres.etendue, women.cellules, women.libelle, women.haut, a_completer=False)  # type: ignore[union-attr]
    releve.show()
    pupitre.qtbot.waitUntil(lambda: not releve.searching)
    assert "Le bilan arrêté compte 30 ; 29 se retrouvent encore." in _words(releve)
    before = QSignalSpy(releve.dossier_requested)
    releve.table.activated.emit(releve.table.records()[0])
    assert before.count() == 1


def test_any_days_are_for_the_screen_and_wrong_ones_are_said(pupitre: Pupitre) -> None:
    _register(pupitre)
    page = shown(pupitre)
    page.etendue.show_palier("dates")
    page.etendue.debut.set_value(date(2026, 8, 3))
    page.etendue.fin.set_value(date(2026, 8, 2))
    page.etendue.fin.committed.emit(None)
    assert "avant le premier" in page.etendue.fin_field.error()
    page.etendue.fin.set_value(date(2026, 8, 3))
    page.etendue.fin.committed.emit(None)
    pupitre.qtbot.waitUntil(lambda: not page._steps.running, timeout=20000)
    assert page.chiffres.reperes.table.records()[0].indicateur.haut == 30
    assert not page.primary.isVisible()
    page.show_view("remise")
    assert "Des dates libres sont pour l’écran" in _words(page)


def test_a_period_without_any_dossier_says_so(pupitre: Pupitre) -> None:
    page = shown(pupitre, "2026-T4")
    assert "Aucun dossier n’est compté" in _words(page)
    assert not page.primary.isVisible()
    page.show_view("manques")
    assert "Tout est renseigné" in _words(page)


def test_a_bilan_is_prepared_seen_left_then_handed_over(pupitre: Pupitre, tmp_path: Path) -> None:
    _register(pupitre)
    page = shown(pupitre)
    page.hand_over = lambda periode: page.export_to(periode, tmp_path)  # type: ignore[method-assign]
    page.primary.setFocus()
    pupitre.press(KEY.Key_Space)
    pupitre.qtbot.waitUntil(page.confirmation.isVisible, timeout=60000)
    assert "chiffres donnés" in _words(page)
    page.confirmation.cancel.click()
    assert "Rien n’est arrêté" in _words(page)
    assert not pupitre.session.read.bilans.quarters()
    page.primary.click()
    pupitre.qtbot.waitUntil(page.confirmation.isVisible, timeout=60000)
    pupitre.press(KEY.Key_Space)
    pupitre.qtbot.waitUntil(lambda: pupitre.session.read.bilans.quarters() == {"2026-T3"}, timeout=60000)
    assert sorted(path.suffix for path in tmp_path.glob("bilan-*"))[:1] == [".json"]
    cards = {card.code: card for card in page.remise.shown.findChildren(TableCard)}
    pupitre.qtbot.waitUntil(lambda: not page.remise.shown._timer.isActive(), timeout=20000)
    cards = {card.code: card for card in page.remise.shown.findChildren(TableCard)}
    assert all(v is None or v >= 5 for line in cards["sexe"].table.records() for v in line.valeurs)


def test_what_was_handed_over_is_written_again_the_same(pupitre: Pupitre, tmp_path: Path) -> None:
    _register(pupitre)
    _arreter(pupitre.services)
    page = shown(pupitre)
    first, again = tmp_path / "une", tmp_path / "deux"
    for folder in (first, again):
        folder.mkdir()
        page.hand_over = lambda periode, folder=folder: page.export_to(periode, folder)  # type: ignore[misc,method-assign]
        page.show_view("remis")
        page.remis.write.click()
    written = {path.name: path.read_bytes() for path in first.iterdir()}
    assert written == {path.name: path.read_bytes() for path in again.iterdir()}
    whole = first / "bilan-2026-T3.json"
    page.remis.verify_files([whole])
    pupitre.qtbot.waitUntil(lambda: "en ordre" in page.remis.message.text, timeout=20000)
    whole.write_bytes(whole.read_bytes().replace(b'"valeur": 30', b'"valeur": 31', 1))
    page.remis.verify_files([whole])
    pupitre.qtbot.waitUntil(lambda: "a été modifié" in page.remis.message.text, timeout=20000)


def test_no_two_keys_of_the_page_clash(pupitre: Pupitre) -> None:
    _register(pupitre)
    page = shown(pupitre)
    for view in ("chiffres", "manques", "remise", "remis"):
        page.show_view(view)
        assert [letter for letter, times in pupitre.mnemonics().items() if times > 1] == []


def test_the_narrative_is_read_again_as_it_is_typed(pupitre: Pupitre) -> None:
    pupitre.services.entretiens.record(draft())
    recit = RecitPage(pupitre.services, pupitre.hub)
    pupitre.qtbot.addWidget(recit)
    recit.start(parse_period("2026-T4"))
    recit.show()
    recit.form.put("texte", "Madame Lœil a rappelé.")
    recit.form.edited.emit()
    pupitre.qtbot.waitUntil(recit.found.isVisible)
    assert "le nom d’une personne du coffre" in _words(recit)
    assert [line.aide for line in recit.found.findChildren(Line)] == ["bilan#les-quatre-fichiers"]
    recit.save()
    assert pupitre.services.recits.get(parse_period("2026-T4")) == ""
    assert recit.keep_now()
    assert pupitre.services.brouillons.get("recit:2026-T4") is not None
    recit.form.put("texte", "Le poste est mieux connu des mairies.")
    recit.save()
    assert pupitre.services.recits.get(parse_period("2026-T4")) == "Le poste est mieux connu des mairies."
    recit.set_discreet(True)
    assert not recit.form.fields["texte"].isVisible()


def test_small_categories_are_printed_together_when_she_says_so(pupitre: Pupitre) -> None:
    lieux = ("proprietaire",) * 20 + ("hotel",) * 14 + ("locataire_prive",) * 12
    ages = ("35_44",) * 30 + ("moins_13",) * 13 + ("13_17",) * 3
    write(
        pupitre.session,
        [
            Accueilli(rank + 1, logement=lieu, tranche_age=age)
            for rank, (lieu, age) in enumerate(zip(lieux, ages, strict=True))
        ],
        AOUT,
    )
    page = shown(pupitre)
    page.primary.click()
    pupitre.qtbot.waitUntil(page.confirmation.isVisible, timeout=60000)
    assert page.remise.regrouper.isVisible()
    button = next(b for b in page.remise.regrouper.findChildren(Button) if "Âge" in b.accessibleName())
    button.click()
    pupitre.qtbot.waitUntil(page.confirmation.isVisible, timeout=60000)
    assert page.remise._ready is not None
    assert [one.dimension for one in page.remise._ready[0].regroupements] == ["age_4"]
    pupitre.qtbot.waitUntil(lambda: pupitre.has_button("Ne rien regrouper"))
    pupitre.click("Ne rien regrouper")
    pupitre.qtbot.waitUntil(page.confirmation.isVisible, timeout=60000)
    assert not page.remise._ready[0].regroupements
