"""A file as large as is taken comes in through the window and goes out again (`-m campagne -s`)."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from iscg_desktop.exports.tableur import LINES_MAX
from iscg_desktop.ui.pages.reglages.importation import ImportationSection
from iscg_desktop.ui.tasks import TaskRunner
from tests.benchmarks.measures import FROZEN, Heart, within
from tests.services.test_importation import HEADER, _tables
from tests.ui.pages.pupitre import Pupitre, opened
from tests.vie import open_services

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(900)]

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
_NAMES = ("Péron", "Le Goff", "Nguyễn", "d’Argoat", "Traoré", "Müller", "O’Neill", "Da Silva")
_LIFE = 600_000  # ms


def lines(count: int, seed: int = 1) -> Iterator[list[str]]:
    """Lines as a real file has them: three a dossier, dates in four writings, formulas, places nobody knows."""
    chance = random.Random(seed)
    for rank in range(count):
        day = date(2016, 1, 1) + timedelta(days=rank * 3900 // count)
        dates = (
            f"{day:%d/%m/%Y}", day.isoformat(), f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
            str((day - date(1899, 12, 30)).days),
        )  # fmt: skip
        yield [
            f"A{rank // 3}",
            dates[rank % 4],
            chance.choice(("Brigade de Saint-Aubin", "Brigade inconnue", "")),
            f"{_NAMES[rank // 3 % 8]} {chr(97 + rank // 24 % 26)}{rank // 624}",
            chance.choice(("Zoé", "Anaïs", "Noël", "Jean-Pierre")) if rank % 3 == 0 else "Solène",
            "F",
            "01/02/1988",
            chance.choice(("Rennes", "Nulle-Part-sur-Mer", "")),
            f"06{chance.randrange(10**8):08d}",
            "Autre",
            "oui",
            "RSA",
            "CCAS" if rank % 5 == 0 else "",
            chance.choice(("=2+2", "vue, rappeler jeudi", "@cmd", "calme, certificat remis")),
        ]


def text(count: int) -> bytes:
    """A CSV file of which every other line was written in another encoding."""
    encoded = [
        ";".join(line).replace("ễ", "e").encode("cp1252" if rank % 2 else "utf-8")
        for rank, line in enumerate(lines(count))
    ]
    return b"\n".join((HEADER.encode(), *encoded))


def workbook(count: int) -> bytes:
    """The same lines in a workbook, formulas among them."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate((HEADER.split(";"), *lines(count))):
            for place, cell in enumerate(cells):
                if cell == "=2+2":
                    sheet.write_formula(row, place, cell, None, 4)
                else:
                    sheet.write_string(row, place, cell)
    return data.getvalue()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Pupitre]:
    services, session = open_services(tmp_path)
    session.territories.load()
    tasks = TaskRunner()
    with opened(
        Pupitre(services, session, qtbot, lambda services, hub: ImportationSection(services, hub, tasks))
    ) as pupitre:
        pupitre.page.reload()  # type: ignore[attr-defined]
        pupitre.show()
        yield pupitre
        pupitre.qtbot.waitUntil(lambda: not tasks.running)
    tasks.close()


@pytest.mark.parametrize(("make", "name"), [(text, "dossiers.csv"), (workbook, "dossiers.xlsx")])
def test_the_longest_file_comes_in_and_goes_out_and_the_window_turns(
    desk: Pupitre, make: Callable[[int], bytes], name: str
) -> None:
    page = desk.page
    assert isinstance(page, ImportationSection)
    path = desk.session.vault.folder.parent / name
    path.write_bytes(make(LINES_MAX))
    before = _tables(desk.session)

    def held(what: str, act: Callable[[], object], ended: Callable[[], bool]) -> None:
        heart, start = Heart(), time.perf_counter()
        with heart.beating():
            QTimer.singleShot(0, act)
            desk.qtbot.wait(50)
            desk.qtbot.waitUntil(ended, timeout=_LIFE)
            desk.qtbot.wait(300)
        print(f"\n{what}: {time.perf_counter() - start:.1f} s, {_resident()} MB", end="")
        within(f"{what}, longest silence", heart.longest, FROZEN)

    held("read", lambda: page.read_file(path), lambda: not page._busy.text)
    held("checked", page._on_check_clicked, lambda: page.steps is None)
    assert desk.says("Toutes les lignes peuvent entrer")
    held("imported", page._on_run_clicked, lambda: page.steps is None)
    assert desk.says("L’import est fait")
    assert desk.services.dossiers.count() == (LINES_MAX + 2) // 3
    desk.click("Annuler cet import")
    held("taken back", lambda: desk.click("Confirmer la suppression"), lambda: page.steps is None)
    assert desk.says("L’import est annulé")
    assert _tables(desk.session) == before


def _resident() -> int:
    """Megabytes of this process in memory."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024
