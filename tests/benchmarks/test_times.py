"""The times the program promises, each printed as a share of its limit (`-m campagne -s`); the best of a few runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from iscg_desktop.documents.fiche_liaison import render_fiche
from iscg_desktop.domain.fiche_numero import Numero
from iscg_desktop.domain.liste_dossiers import TOUS, VUES_FOURNIES
from iscg_desktop.reference.territories import Territories
from iscg_desktop.services import coffre
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.demo.demo import Demonstration, make_demo
from iscg_desktop.services.services import Services
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.tasks import TaskRunner
from tests.domain.fiche_exemples import MINIMALE
from tests.packaging.test_start import Checkout

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(900)]

TODAY = date(2026, 11, 23)


def best(act: Callable[[], object], runs: int = 5) -> float:
    """Seconds of the quickest of some runs: what the program takes, without what else the machine does."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times)


def within(what: str, seconds: float, limit: float) -> None:
    """Print a time as a share of its limit, and hold it to it."""
    print(f"\n{what}: {seconds * 1000:.1f} ms, {seconds / limit:.0%} of {limit * 1000:.0f} ms")
    assert seconds <= limit, what


def demo(folder: Path, number: int) -> Demonstration:
    return make_demo(folder, number=number, seed=1, today=TODAY, progress=lambda *_: None)


@pytest.mark.parametrize("typed", ["st", "saint aub", "lafeuille", "LE-MANS", "75", "35140", "s", "zzz"])
def test_a_commune_is_found_while_typing(typed: str) -> None:
    territories = Territories()
    territories.load()
    within(f"commune « {typed} »", best(lambda: territories.search(typed)), 0.005)


def test_a_fiche_is_rendered() -> None:
    content = MINIMALE.for_recipient(MINIMALE.items)
    numero = Numero("MKE", 2026, 1)
    within("fiche", best(lambda: render_fiche(content, numero, bytes(8))), 0.060)


def test_a_usual_year_is_demonstrated(tmp_path: Path) -> None:
    within("400 dossiers", best(lambda: demo(tmp_path, 400), runs=1), 60)


def test_a_second_start_is_immediate(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "projet")
    assert checkout.start("essai").returncode == 0
    within("second start", best(lambda: checkout.start("essai"), runs=3), 2)


# --- the window on ten years of data ---------------------------------------------------------------------


class Heart:
    """Beats in the window's thread; the longest silence between two beats is how long the window was frozen."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._on_beat)
        self._last = self._longest = 0.0

    def longest_silence(self, act: Callable[[], None], settled: int = 400) -> float:
        """Seconds without a beat while something is done and what follows from it settles."""
        self._timer.start()
        QTest.qWait(20)
        self._last, self._longest = time.perf_counter(), 0.0
        QTimer.singleShot(0, act)
        QTest.qWait(settled)
        self._timer.stop()
        return self._longest

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now


@pytest.fixture(scope="module")
def ten_years(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    return demo(tmp_path_factory.mktemp("dix_ans"), 4000)


@pytest.fixture
def desk(ten_years: Demonstration, qapp: QApplication) -> Iterator[Desk]:
    key = coffre.unlock(ten_years.coffre, ten_years.passphrase)
    session = coffre.open_session(ten_years.coffre, key, clock=Clock(today=lambda: TODAY))
    tasks = TaskRunner()
    made = Desk(Services(session), tasks)
    made.show()
    QTest.qWait(2000)  # what the program prepares once, off the window's thread or while nothing happens
    yield made
    made.close()
    tasks.close()


def choose_quarter(desk: Desk, code: str) -> None:
    """Choose a quarter as a pick in the list does."""
    desk.bilan.period.set_value(code)
    desk.bilan.period.committed.emit(code)


def a_long_dossier(services: Services, dossier_id: int) -> int:
    """Bring a dossier to 150 events."""
    for rank in range(150 - len(services.dossiers.reread(dossier_id).evenements)):
        services.journee.add_relance(TODAY + timedelta(days=rank // 3), f"Relance {rank}", dossier_id)
    return dossier_id


def test_a_dossier_opens_at_once_on_ten_years(desk: Desk) -> None:
    lines = desk.services.dossiers.find("")
    long = a_long_dossier(desk.services, lines[1].id)

    def opened(dossier_id: int) -> float:
        desk.window.show_page("dossiers")
        QApplication.processEvents()
        start = time.perf_counter()
        desk.dossiers.dossier_requested.emit(dossier_id)
        QApplication.processEvents()
        return time.perf_counter() - start

    within("dossier", min(opened(line.id) for line in lines[2:9]), 0.050)
    within("dossier of 150 events", min(opened(long) for _ in range(5)), 0.100)


def test_the_window_is_never_frozen_on_ten_years(desk: Desk) -> None:
    heart, services = Heart(), desk.services
    lines = services.dossiers.find("")
    orientation = next(each for line in lines for each in services.dossiers.orientations(line.id))
    issued = services.fiches.recent()[0]
    long = a_long_dossier(services, lines[1].id)
    acts: dict[str, Callable[[], None]] = {
        "Aujourd’hui": lambda: desk.window.show_page("aujourdhui"),
        "Saisines": lambda: desk.window.show_page("saisines"),
        "Dossiers": lambda: desk.window.show_page("dossiers"),
        "search of one letter": lambda: desk.dossiers.focus_search("m"),
        "search of a name": lambda: desk.dossiers.focus_search("martin"),
        "search of nothing": lambda: desk.dossiers.focus_search(""),
        "end of the list": desk.dossiers.table.view.scrollToBottom,
        "sorted by name": lambda: desk.dossiers.table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder),
        "another view": lambda: desk.dossiers.filters.vue_chosen.emit(VUES_FOURNIES[4]),
        "every dossier": lambda: desk.dossiers.filters.vue_chosen.emit(TOUS),
        "dossier": lambda: desk.dossiers.dossier_requested.emit(lines[0].id),
        "dossier of 150 events": lambda: desk.dossiers.dossier_requested.emit(long),
        "another entretien": lambda: desk.dossier.entretien_requested.emit(lines[0].id),
        "leaving it": lambda: desk.window.show_page("dossiers"),
        "new entretien": desk.dossiers.entretien_requested.emit,
        "Fiches": lambda: desk.window.show_page("fiches"),
        "fiche": lambda: desk.fiches.fiche_requested.emit(orientation.id),
        "issued fiche": lambda: desk.fiches.fiche_opened.emit(issued.id),
        "Bilan": lambda: desk.window.show_page("bilan"),
        "another quarter": lambda: choose_quarter(desk, "2024-T2"),
    }
    silences = {what: min(heart.longest_silence(act) for _ in range(3)) for what, act in acts.items()}
    for what, silence in silences.items():
        print(f"\n{what}: {silence * 1000:.0f} ms, {silence / 0.1:.0%} of 100 ms", end="")
    assert {what: round(silence, 3) for what, silence in silences.items() if silence > 0.1} == {}
