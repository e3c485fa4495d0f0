"""What she does now and then holds the window no longer than the rest, on ten years of data (`-m campagne -s`)."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from iscg_desktop.services import coffre
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.demo.demo import demo_passphrase
from iscg_desktop.services.services import Services
from iscg_desktop.ui import printing
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.pages.bilan import page as bilan_page
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.theme import Theme
from tests.attente import wait_for
from tests.benchmarks.measures import Heart, hold, never_frozen, turn_for

pytestmark = [
    pytest.mark.campagne,
    pytest.mark.timeout(900),
    pytest.mark.qt_log_ignore("does not support propagateSizeHints"),
]

_NEW_YEAR = date(2027, 1, 4)
"""The last quarter of the ten years is over, and to be arrêté."""


def test_a_fiche_is_printed(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a printer that writes into a file: what the window does for a page is the same."""
    places = iter(range(100))

    def chosen(printer: QPrinter, _parent: object) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / f"{next(places)}.pdf"))
        return True

    monkeypatch.setattr(printing, "_chosen", chosen)
    desk.fiches.fiche_opened.emit(desk.services.fiches.recent()[0].id)
    wait_for(lambda: desk.window.current_page() == "fiche")
    turn_for(1000)
    never_frozen({"a fiche printed": desk.fiche.panel.print}, settled=2500)
    assert len(list(tmp_path.glob("*.pdf"))) == 3


@pytest.fixture
def january(ten_years: Path, theme: Theme, tmp_path: Path) -> Iterator[Desk]:
    """The window over a copy of its own, at the beginning of the next year."""
    place = Path(shutil.copytree(ten_years, tmp_path / "coffre"))
    key = coffre.unlock(place, demo_passphrase(1))
    session = coffre.open_session(place, key, clock=Clock(today=lambda: _NEW_YEAR))
    tasks = TaskRunner()
    desk = Desk(Services(session), tasks)
    desk.show()
    turn_for(2000)
    yield desk
    desk.close()
    tasks.close()
    turn_for(300)


def test_a_bilan_is_prepared_closed_and_handed_over(
    january: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for the dialog in which a folder is chosen, which is the system's."""
    folder, page = tmp_path / "remise", january.bilan
    folder.mkdir()
    asked: list[object] = [None, folder]  # not now, then there
    monkeypatch.setattr(bilan_page, "choose_folder", lambda *_: asked.pop(0))
    january.window.show_page("bilan")
    periode = next(e.periode for e in january.services.bilans.periodes() if e.etat == "a_arreter")  # the last
    page.period.set_value(periode.code)
    page.period.committed.emit(periode.code)
    turn_for(3000)
    heart, found = Heart(), {}

    def turn(what: str, act: Callable[[], object], until: Callable[[], bool]) -> None:
        with heart.beating():
            act()
            end = time.monotonic() + 120
            while not until():
                assert time.monotonic() < end, what
                turn_for(20)
            turn_for(1000)
        found[what] = heart.longest

    def arrete() -> bool:
        return {each.periode: each.etat for each in january.services.bilans.periodes()}[periode] == "arrete"

    turn("a quarter prepared", page.primary.click, page.confirmation.isVisible)
    turn("arrêté", page.confirmation.confirmed.emit, lambda: not page.remise.busy and arrete())
    assert asked == [folder]
    turn("its files handed over", page.primary.click, lambda: not asked)
    assert {path.suffix for path in folder.iterdir()} >= {".json", ".xlsx"}
    hold(found)


def test_a_backup_is_made_while_she_works(desk: Desk, tmp_path: Path) -> None:
    """Copied and verified by a worker, which shares Python with the window: measured by the clock too."""
    made: list[object] = []
    desk.backups.made.connect(made.append)
    lines = desk.services.dossiers.find("")
    desk.dossiers.dossier_requested.emit(lines[0].id)
    turn_for(500)
    heart, found = Heart(), {}
    with heart.beating():
        desk.backups.start()
        for line in lines[1:9]:
            desk.window.show_page("dossiers")
            turn_for(150)
            desk.dossiers.dossier_requested.emit(line.id)
            turn_for(150)
    wait_for(lambda: bool(made), 60_000)
    found["dossiers opened while a backup is made"] = heart.longest
    hold(found)
