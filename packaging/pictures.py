"""Takes the pictures of the README: the real program over a demonstration.

Run it on a screen (or under ``xvfb-run -s "-screen 0 1600x1000x24"``) from the root of the checkout::

    python packaging/pictures.py FOLDER

It makes the demonstration in FOLDER and writes ``docs/pictures/*.png``.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QWidget  # noqa: E402

from iscg_desktop.services.clock import Clock  # noqa: E402
from iscg_desktop.services.coffre import exists, open_session, unlock  # noqa: E402
from iscg_desktop.services.demo.demo import demo_passphrase, make_demo  # noqa: E402
from iscg_desktop.services.services import Services  # noqa: E402
from iscg_desktop.ui.application import make_application  # noqa: E402
from iscg_desktop.ui.desk import Desk  # noqa: E402
from iscg_desktop.ui.tasks import TaskRunner  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
TODAY = date(2026, 11, 23)
_SETTLED = 1500  # ms for a preview to come


def take(window: QWidget, name: str) -> None:
    """Save what the window shows."""
    QTest.qWait(_SETTLED)
    window.grab().save(str(PICTURES / f"{name}.png"))


def main(folder: Path) -> None:
    """Make the demonstration unless it is there, walk through the pages, take the pictures."""
    if not exists(folder / "coffre"):
        make_demo(folder, number=400, seed=1, today=TODAY, progress=lambda what, done, total: None)
    app, theme = make_application(sys.argv[:1])
    theme.choose("clair")
    session = open_session(
        folder / "coffre", unlock(folder / "coffre", demo_passphrase(1)), clock=Clock(today=lambda: TODAY)
    )
    services, tasks = Services(session), TaskRunner()
    desk = Desk(services, tasks)
    desk.window.resize(1280, 800)
    desk.show()
    take(desk.window, "aujourdhui")
    desk.window.show_page("saisines")
    take(desk.window, "saisines")
    desk.window.show_page("dossiers")
    take(desk.window, "dossiers")
    line = services.dossiers.find("violences conjugales")[:1] or services.dossiers.find("")[:1]
    desk.dossiers.dossier_requested.emit(line[0].id)
    take(desk.window, "dossier")
    desk.entretien.start(line[0].id)
    desk.window.show_page("entretien")
    take(desk.window, "entretien")
    oriented = next(
        orientation.id
        for each in services.dossiers.find("")
        for orientation in services.dossiers.orientations(each.id)
        if orientation.accord == "oui"
    )
    desk.fiche.prepare(oriented)
    desk.window.show_page("fiche")
    take(desk.window, "fiche")
    for page in ("fiches", "annuaire", "agenda", "reglages"):
        desk.window.show_page(page)
        take(desk.window, page)
    desk.window.show_page("bilan")
    take(desk.window, "bilan")
    theme.choose("sombre")
    desk.window.show_page("aujourdhui")
    take(desk.window, "aujourdhui_sombre")
    desk.close()
    tasks.close()
    app.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
