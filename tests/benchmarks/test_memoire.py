"""What the program keeps in memory: little more than an empty window, after every page on ten years."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from iscg_desktop.services.demo.demo import demo_passphrase
from tests.benchmarks.conftest import TODAY

pytestmark = [
    pytest.mark.campagne,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
]

LIMIT = 150
"""Megabytes more than an empty window."""

_PSS = """
def pss():
    with open("/proc/self/smaps_rollup") as rollup:
        print("PSS", next(int(line.split()[1]) // 1024 for line in rollup if line.startswith("Pss:")))
"""

_EMPTY = """
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
window.show()
QTest.qWait(500)
pss()
"""

_EVERY_PAGE = """
import sys
from datetime import date
from pathlib import Path
from iscg_desktop.ui.application import make_application
from PySide6.QtTest import QTest
from iscg_desktop.services import coffre
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.services import Services
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.tasks import TaskRunner
app, theme = make_application(sys.argv[:1])
place, phrase, today = Path(sys.argv[1]), sys.argv[2], date.fromisoformat(sys.argv[3])
session = coffre.open_session(place, coffre.unlock(place, phrase), clock=Clock(today=lambda: today))
services, tasks = Services(session), TaskRunner()
desk = Desk(services, tasks)
desk.show()
while desk.window.make_ahead():
    QTest.qWait(50)
first = services.dossiers.find("")[0].id
for page in ("saisines", "dossiers", "fiches", "annuaire", "agenda", "bilan", "reglages", "corbeille", "points"):
    desk.window.show_page(page)
    QTest.qWait(300)
for section in ("convention", "unites", "listes", "documents", "delais", "phrase", "apparence"):
    desk.window.page("reglages").show_section(section)
    QTest.qWait(100)
for act in (
    lambda: desk.dossiers.dossier_requested.emit(first),
    lambda: desk.dossier.entretien_requested.emit(first),
    lambda: desk.dossier.entretien_opened.emit(1),
    lambda: desk.dossier.documents_requested.emit(first),
    lambda: desk.fiches.fiche_opened.emit(services.fiches.recent()[0].id),
    lambda: desk.window.show_page("aujourdhui"),
):
    act()
    QTest.qWait(500)
pss()
desk.close()
tasks.close()
"""


def megabytes(script: str, *arguments: str) -> int:
    """What a process of its own holds in the end: its share of what it shares, and all the rest."""
    run = subprocess.run(
        [sys.executable, "-c", _PSS + script, *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return int(run.stdout.split("PSS")[1])


def test_every_page_on_ten_years_takes_little_more_than_an_empty_window(ten_years: Path) -> None:
    empty = megabytes(_EMPTY)
    whole = megabytes(_EVERY_PAGE, str(ten_years), demo_passphrase(1), TODAY.isoformat())
    print(
        f"\nmemory: {whole} MB, {whole - empty} more than {empty}: {(whole - empty) / LIMIT:.0%} of {LIMIT}"
    )
    assert whole - empty <= LIMIT
