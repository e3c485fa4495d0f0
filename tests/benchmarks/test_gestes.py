"""What she does now and then holds the window no longer than the rest, on ten years of data (`-m campagne -s`)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from iscg_desktop.ui import printing
from iscg_desktop.ui.desk import Desk
from tests.attente import wait_for
from tests.benchmarks.measures import Heart, hold, never_frozen, turn_for

pytestmark = [
    pytest.mark.campagne,
    pytest.mark.timeout(900),
    pytest.mark.qt_log_ignore("does not support propagateSizeHints"),
]


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
