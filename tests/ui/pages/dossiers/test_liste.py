"""The list of dossiers: thousands scroll, filters and views by the keyboard, and F9."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.liste_dossiers import Colonne, Tri
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.models.window_table import WindowTable
from iscg_desktop.ui.pages.dossiers.liste import DossiersPage
from tests.ui.pages.pupitre import ALT, KEY, Pupitre, opened
from tests.vie import draft, open_services, victime

NAMES = ("Bescond", "Abgrall", "Éliès", "Corre")


class Bureau(Pupitre):
    page: DossiersPage

    def shown(self) -> list[str]:
        """Names in the order shown."""
        return [line.noms.split()[0] for line in self.page.lines.records()]

    def subtitle(self) -> str:
        assert self.page.header is not None
        return self.page.header._subtitle.text()


@pytest.fixture
def bureau(qtbot: QtBot, tmp_path: Path) -> Iterator[Bureau]:
    services, session = open_services(tmp_path)
    for rank, nom in enumerate(NAMES):
        person = victime(nom_naissance=nom, nom_usage="")
        recorded = services.entretiens.record(draft(personnes=(person,), unite_id=1 + rank % 2))
        if rank == 2:
            services.dossiers.close(recorded.dossier_id, "Fin")
        if rank == 3:
            services.referent.add(recorded.dossier_id, "Un point")
    with opened(Bureau(services, session, qtbot, DossiersPage)) as found:
        found.show()
        found.page.activated()  # type: ignore[attr-defined]
        yield found  # type: ignore[misc]


def test_it_opens_on_everything_the_newest_first(bureau: Bureau) -> None:
    assert bureau.shown() == ["CORRE", "ÉLIÈS", "ABGRALL", "BESCOND"]
    assert "4" in bureau.subtitle()


def test_names_take_more_room_than_the_other_words(bureau: Bureau) -> None:
    _, names, problematique, unite, *_ = (bureau.page.table.view.columnWidth(place) for place in range(7))
    assert names >= 250
    assert min(problematique, unite) >= 150


def test_a_filter_is_typed_and_taken_back_without_the_mouse(bureau: Bureau) -> None:
    bureau.alt(KEY.Key_F)
    bureau.write("clos")
    bureau.press(KEY.Key_Return)
    assert bureau.shown() == ["ÉLIÈS"]
    bureau.write("vallière")
    bureau.press(KEY.Key_Return)
    assert bureau.shown() == []
    bureau.press(KEY.Key_Backspace)
    bureau.press(KEY.Key_Backspace)
    assert len(bureau.shown()) == 4


def test_the_arrows_choose_a_view(bureau: Bureau) -> None:
    bureau.page.filters.vues.setFocus()
    bureau.press(KEY.Key_Right)
    assert bureau.shown() == ["CORRE", "ABGRALL", "BESCOND"]  # those open
    bureau.press(KEY.Key_Right)
    assert bureau.shown() == ["CORRE"]  # to review with the référent
    assert bureau.page.filters.filtres.value() == ("signes:a_revoir",)


def test_a_view_is_kept_found_again_and_dropped(bureau: Bureau) -> None:
    assert not bureau.has_button("Garder cette vue")
    bureau.alt(KEY.Key_F)
    bureau.write("brigade de saint")
    bureau.press(KEY.Key_Return)
    bureau.page.lines.sort(1, Qt.SortOrder.AscendingOrder)
    bureau.click("Garder cette vue")
    bureau.press(KEY.Key_Return)
    assert bureau.says("Donnez un nom à cette vue.")
    bureau.write("Mes Saint-Aubin")
    bureau.press(KEY.Key_Return)
    assert bureau.services.liste_dossiers.vues()[-1].nom == "Mes Saint-Aubin"
    bureau.click("Tous")
    assert len(bureau.shown()) == 4
    bureau.click("Mes Saint-Aubin")
    assert bureau.shown() == ["BESCOND", "ÉLIÈS"]
    bureau.page.set_discreet(True)
    assert not bureau.has_button("Mes Saint-Aubin")
    assert bureau.has_button("Ma vue 1")
    bureau.page.set_discreet(False)
    bureau.click("Supprimer cette vue")
    assert not bureau.has_button("Mes Saint-Aubin")


@pytest.mark.parametrize(
    ("section", "colonne"),
    [(0, Colonne.NUMERO), (1, Colonne.PERSONNES), (2, Colonne.PROBLEMATIQUE), (3, Colonne.UNITE),
     (5, Colonne.ENTRETIENS), (6, Colonne.CONTACT)],
)  # fmt: skip
@pytest.mark.parametrize("descending", [False, True])
def test_a_heading_sorts_the_whole_list(
    bureau: Bureau, section: int, colonne: Colonne, descending: bool
) -> None:
    way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
    bureau.page.table.view.sortByColumn(section, way)
    wanted = bureau.services.liste_dossiers.ids("", bureau.page.filters.filtre(), Tri(colonne, descending))
    assert tuple(line.id for line in bureau.page.lines.records()) == wanted
    header = bureau.page.table.view.horizontalHeader()
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (section, way)


def test_an_order_is_read_once(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt asks for it twice where a column is sorted otherwise than by its heading."""
    liste, read = bureau.services.liste_dossiers, []
    ids = liste.ids
    monkeypatch.setattr(liste, "ids", lambda *asked: read.append(asked) or ids(*asked))
    bureau.page.table.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert [tri for _, _, tri in read] == [Tri(Colonne.PERSONNES, descendant=True)]


def test_a_search_goes_through_the_filter(bureau: Bureau) -> None:
    bureau.page.focus_search("elies")
    assert bureau.shown() == ["ÉLIÈS"]
    bureau.click("Ouverts")
    assert bureau.shown() == []
    assert bureau.says("moins de filtres")


def test_the_chosen_line_stays_chosen_when_the_list_changes(bureau: Bureau) -> None:
    line = bureau.page.lines.record(2)
    bureau.page.table.select(line)
    bureau.hub.announce(bureau.services.referent.add(1, "Un autre point"))
    kept = bureau.page.table.selected()
    assert kept is not None
    assert kept.id == line.id


def test_discreet_only_initials_are_shown(bureau: Bureau) -> None:
    bureau.page.set_discreet(True)
    model = bureau.page.lines
    cells = {
        str(model.index(row, c).data()) for row in range(model.rowCount()) for c in range(model.columnCount())
    }
    assert not any(nom.lower() in cell.lower() for nom in NAMES for cell in cells)


def test_its_mnemonics_do_not_clash(bureau: Bureau) -> None:
    bureau.alt(KEY.Key_F)
    bureau.write("clos")
    bureau.press(KEY.Key_Return)
    bureau.click("Garder cette vue")
    assert {letter: n for letter, n in bureau.mnemonics().items() if n > 1} == {}
    assert ALT


def test_the_first_results_are_there_at_once_and_the_others_once_the_hand_rests(bureau: Bureau) -> None:
    for rank in range(40):
        person = victime(nom_naissance=f"Morvan{'abcd'[rank % 4]}", nom_usage="")
        bureau.services.entretiens.record(draft(personnes=(person,), orientations=(), saisine=None))
    bureau.page.activated()
    before, screen = bureau.subtitle(), bureau.page.table.rows_in_sight()
    assert screen < 40
    bureau.page.search.setFocus()
    bureau.write("morvan")
    bureau.qtbot.waitUntil(lambda: bureau.page.lines.rowCount() == screen)
    first = [line.id for line in bureau.page.lines.records()]
    bureau.page.table.select(bureau.page.lines.record(2))
    assert bureau.subtitle() == before
    bureau.qtbot.waitUntil(lambda: bureau.page.lines.rowCount() == 40)
    wanted = bureau.services.liste_dossiers.ids("morvan", bureau.page.filters.filtre(), None)
    assert tuple(line.id for line in bureau.page.lines.records()) == wanted
    assert list(wanted[:screen]) == first
    chosen = bureau.page.table.selected()
    assert chosen is not None
    assert chosen.id == first[2]
    assert "40" in bureau.subtitle()


def test_the_others_wait_for_a_letter_that_waits_and_come_when_it_is_taken_back(bureau: Bureau) -> None:
    for rank in range(40):
        person = victime(nom_naissance=f"Morvan{'abcd'[rank % 4]}", nom_usage="")
        bureau.services.entretiens.record(draft(personnes=(person,), orientations=(), saisine=None))
    bureau.page.activated()
    bureau.page.search.setFocus()
    bureau.write("morvan")
    bureau.qtbot.waitUntil(bureau.page._rest.isActive)
    few = bureau.page.lines.rowCount()
    bureau.page.search._timer.setInterval(400)  # as after an answer that took long
    bureau.write("q")
    bureau.qtbot.wait(300)
    assert bureau.page.lines.rowCount() == few
    bureau.press(KEY.Key_Backspace)
    bureau.qtbot.waitUntil(lambda: bureau.page.lines.rowCount() == 40)


# --- the model ----------------------------------------------------------------------------------------------


def test_thousands_of_rows_are_fetched_as_they_come_into_sight(qtmodeltester: object) -> None:
    asked: list[int] = []

    def fetch(keys: list[int]) -> list[tuple[int, str]]:
        asked.extend(keys)
        return [(key, f"n° {key}") for key in reversed(keys) if key != 7]

    table: WindowTable[tuple[int, str]] = WindowTable([Column("N", lambda r: r[1])], fetch, lambda r: r[0])  # type: ignore[arg-type]
    QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.set_keys(range(27_000))
    assert table.rowCount() == 27_000
    assert len(asked) <= 100
    asked.clear()
    assert [table.index(row, 0).data() for row in (26_999, 13_000, 7)] == ["n° 26999", "n° 13000", None]
    assert len(set(asked)) <= 300
    asked.clear()
    for row in range(0, 27_000, 50):
        table.record(row)
    assert table.record(26_999) == (26_999, "n° 26999")
    assert len(asked) <= 27_000  # each window once
    assert table.row_of((26_999, "")) == 26_999
    assert table.row_of((27_001, "")) == -1
    qtmodeltester.check(table)  # type: ignore[attr-defined]


@given(
    first=st.integers(0, 130), more=st.integers(0, 130), looked_at=st.lists(st.integers(0, 129), max_size=5)
)
def test_records_that_come_after_those_shown_change_none_of_them(
    first: int, more: int, looked_at: list[int]
) -> None:
    table: WindowTable[int] = WindowTable([Column("N", str)], lambda keys: keys, lambda r: r)
    QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.set_keys(range(first))
    for row in looked_at:
        if row < first:
            table.record(row)
    table.add_keys(range(first, first + more))
    assert table.records() == tuple(range(first + more))


def test_hostile_names_are_words(bureau: Bureau) -> None:
    for nom in ("N" * 1000, "<b>x</b>", "%1", "'; DROP TABLE dossiers; --"):
        bureau.services.entretiens.record(draft(personnes=(victime(nom_naissance=nom, nom_usage=""),)))
    bureau.page.activated()
    bureau.page.grab()
    model = bureau.page.lines
    assert model.rowCount() == 8
    assert replace(
        victime().identite, nom_naissance="'; DROP TABLE dossiers; --", nom_usage=""
    ).nom_court in {model.index(row, 1).data() for row in range(8)}
