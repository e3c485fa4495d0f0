"""What the program keeps in memory: little more than an empty window, after every page on ten years."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from iscg_desktop.services.demo.demo import demo_passphrase

pytestmark = [
    pytest.mark.campagne,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
]

LIMIT = 150
"""Megabytes more than an empty window."""

_HELD = """
def held():
    with open("/proc/self/smaps_rollup") as rollup:
        print("HELD", *(int(line.split()[1]) // 1024 for line in rollup if line.startswith(("Rss:", "Pss:"))))
"""
"""What the process holds: all that is mapped into it, then its share of it."""

_EMPTY = """
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
window.show()
QTest.qWait(500)
held()
"""

_EVERY_PAGE = """
import sys
from pathlib import Path
from iscg_desktop.ui.application import make_application
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from iscg_desktop.ui.program import Program, spare_what_lasts
from tests.benchmarks.measures import turn_for
app, theme = make_application(sys.argv[:1])
program, made = Program(app, Path(sys.argv[1])), []
program.all_made.connect(lambda: made.append(True))
spare_what_lasts(program)
program.show_gate()
turn_for(10_000)
QTest.keyClicks(app.focusWidget(), sys.argv[2])
QTest.keyClick(app.focusWidget(), Qt.Key.Key_Return)
while not made:
    turn_for(100)
desk, services = program.desk, program.desk.services
assert not services.coffre.waits_for_check
first = services.dossiers.find("")[0].id
for page in ("saisines", "dossiers", "fiches", "annuaire", "agenda", "bilan", "reglages", "corbeille", "points"):
    desk.window.show_page(page)
    turn_for(300)
for section in ("convention", "unites", "listes", "documents", "delais", "phrase", "apparence"):
    desk.window.page("reglages").show_section(section)
    turn_for(100)
for act in (
    lambda: desk.dossiers.dossier_requested.emit(first),
    lambda: desk.dossier.entretien_requested.emit(first),
    lambda: desk.dossier.entretien_opened.emit(1),
    lambda: desk.dossier.documents_requested.emit(first),
    lambda: desk.fiches.fiche_opened.emit(services.fiches.recent()[0].id),
    lambda: desk.window.show_page("aujourdhui"),
):
    act()
    turn_for(1000)
held()
program.lock()
"""


def megabytes(script: str, *arguments: str) -> tuple[int, int]:
    """What a process of its own holds in the end: resident, and its share of what it shares with others."""
    run = subprocess.run(
        [sys.executable, "-c", _HELD + script, *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    resident, share = map(int, run.stdout.split("HELD")[1].split())
    return resident, share


def test_every_page_on_ten_years_takes_little_more_than_an_empty_window(ten_years: Path) -> None:
    """In the program as it is started: the gate, her passphrase typed, then every page."""
    empty = megabytes(_EMPTY)
    whole = megabytes(_EVERY_PAGE, str(ten_years), demo_passphrase(1))
    more = {}
    for what, bare, taken in zip(("resident", "share"), empty, whole, strict=True):
        more[what] = taken - bare
        print(
            f"\nmemory, {what}: {taken} MB, {taken - bare} more than {bare}: {(taken - bare) / LIMIT:.0%} of {LIMIT}"
        )
    assert {what: megs for what, megs in more.items() if megs > LIMIT} == {}
