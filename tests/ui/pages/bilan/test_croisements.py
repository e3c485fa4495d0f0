"""Crosses of two questions on the bilan page: what each figure was, with real keys and for a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLabel, QRadioButton
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.period import parse_period
from iscg_desktop.ui.bilan_ecarts import Ecarts
from iscg_desktop.ui.bilan_tableaux import TableCard
from iscg_desktop.ui.pages.bilan.page import BilanPage
from iscg_desktop.ui.tasks import TaskRunner
from tests.services.bilan_remis import live
from tests.ui.pages.bilan.page_du_bilan import page_of, shown
from tests.ui.pages.pupitre import KEY, Pupitre, opened
from tests.ui.tables import shown_rows
from tests.vie import TestClock, open_services


@pytest.fixture
def pupitre(qtbot: QtBot, tmp_path: Path) -> Iterator[Pupitre]:
    services, session = open_services(tmp_path, TestClock(date(2026, 12, 5)))
    runner = TaskRunner()
    with ExitStack() as stack:
        made = Pupitre(services, session, qtbot, lambda services, hub: BilanPage(services, hub, runner))
        live(services, date(2025, 8, 4), femme=1)
        live(services, date(2026, 5, 4), femme=3, homme=4)
        live(services, date(2026, 8, 3), femme=5, homme=2)
        yield stack.enter_context(opened(made))
    runner.close()


def _cross(page: BilanPage, code: str) -> TableCard:
    (card,) = (each for each in page.chiffres.findChildren(TableCard) if each.code == code)
    return card


def _ecarts(card: TableCard) -> Ecarts:
    (found,) = card.findChildren(Ecarts)
    return found


def _choose(pupitre: Pupitre, card: TableCard, steps: int) -> None:
    choice = _ecarts(card).choice
    assert choice is not None
    choice.setFocus()
    for _ in range(steps):
        pupitre.press(KEY.Key_Right)


def test_a_cross_says_beside_each_figure_what_it_gained_or_lost(pupitre: Pupitre) -> None:
    page = shown(pupitre)
    card = _cross(page, "sexe_statut")
    assert shown_rows(card.table)[:3] == [
        ["Total", "7", "7", "0", "0", "0"],
        ["Femme", "5", "5", "0", "0", "0"],
        ["Homme", "2", "2", "0", "0", "0"],
    ]
    _choose(pupitre, card, 1)
    assert shown_rows(card.table)[:3] == [
        ["Total", "7 (=)", "7 (=)", "0 (=)", "0 (=)", "0 (=)"],
        ["Femme", "5 (+2)", "5 (+2)", "0 (=)", "0 (=)", "0 (=)"],
        ["Homme", "2 (−2)", "2 (−2)", "0 (=)", "0 (=)", "0 (=)"],
    ]
    _choose(pupitre, card, 1)
    assert [row[1] for row in shown_rows(card.table)[:3]] == ["7 (+6)", "5 (+4)", "2 (+2)"]
    _choose(pupitre, card, 1)
    assert shown_rows(card.table)[1][1] == "5", "after the last choice, the figures alone again"


def test_a_long_question_stands_in_the_lines_and_its_figures_keep_their_place(pupitre: Pupitre) -> None:
    page = shown(pupitre)
    card = _cross(page, "sexe_age")
    heads = [column.title for column in card.table.table.columns]
    assert heads[1:4] == ["Total", "Femme", "Homme"]
    _choose(pupitre, card, 1)
    told = {row[0]: row[1:4] for row in shown_rows(card.table)}
    assert told["35 à 44 ans"] == told["Total"] == ["7 (=)", "5 (+2)", "2 (−2)"]
    asked = QSignalSpy(page.releve_requested)
    line = next(each for each in card.table.records() if each.libelle == "35 à 44 ans")
    card.table.activated.emit(line)
    cellules, _, number, _ = asked.at(0)[1:]
    assert (cellules, number) == ((("accueils", (("tranche_age", "35_44"),)),), 7)


def test_a_screen_reader_hears_what_is_chosen_and_each_gain(pupitre: Pupitre) -> None:
    page = shown(pupitre)
    card = _cross(page, "sexe_statut")
    choice = _ecarts(card).choice
    assert choice is not None
    assert choice.accessibleName() == "Ce que montre ce tableau"
    assert [each.text() for each in choice.findChildren(QRadioButton)] == [
        "Effectifs",
        "Écart avec la période précédente",
        "Écart avec l’an dernier",
    ]
    _choose(pupitre, card, 1)
    view = card.table.view
    assert view.accessibleName() == "Sexe et statut – Écart avec la période précédente"
    read = QAccessible.queryAccessibleInterface(view)
    told = [read.child(place).text(QAccessible.Text.Name) for place in range(read.childCount())]
    assert {"Femme", "5 (+2)", "2 (−2)"} <= set(told)
    words = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert "Entre parenthèses, ce que chaque effectif a gagné ou perdu ; – n’était pas compté." in words


def test_sorting_what_is_compared_sorts_by_what_was_gained(pupitre: Pupitre) -> None:
    page = shown(pupitre)
    card = _cross(page, "sexe_statut")
    _choose(pupitre, card, 1)
    card.table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert card.table.records()[0].libelle == "Homme"


def test_a_year_has_one_comparison_and_a_first_period_has_none(pupitre: Pupitre) -> None:
    page = page_of(pupitre)
    pupitre.show()
    page.etendue.show_palier("annee")
    page.activated()
    page = shown(pupitre, "2026")
    choice = _ecarts(_cross(page, "sexe_statut")).choice
    assert choice is not None
    assert [each.text() for each in choice.findChildren(QRadioButton)][1:] == [
        "Écart avec la période précédente"
    ]
    assert page.chiffres.totaux._cells["accueils"].accessibleName().endswith("1 l’an dernier")
    page = shown(pupitre, "2025")
    assert not _ecarts(_cross(page, "sexe_statut")).isVisible()


def test_what_was_arrete_is_compared_as_it_was_handed_over(pupitre: Pupitre) -> None:
    for code in ("2025-T3", "2025-T4", "2026-T1", "2026-T2"):
        prepared = pupitre.services.bilans.prepare(parse_period(code))
        pupitre.services.bilans.arreter(prepared, pupitre.services.bilans.protect(prepared))
    pupitre.session.vault.execute("DELETE FROM dossiers WHERE id = 2")  # as an erasure does
    page = shown(pupitre)
    card = _cross(page, "sexe_statut")
    _choose(pupitre, card, 1)
    assert [row[1] for row in shown_rows(card.table)[:3]] == ["7 (=)", "5 (+2)", "2 (−2)"]
