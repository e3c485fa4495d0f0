"""Takes the pictures of the README and of the guide: the real program over a demonstration.

Run it on a screen (or under ``xvfb-run -s "-screen 0 1600x1000x24"``) from the root of the checkout::

    python packaging/pictures.py FOLDER

It makes the demonstration in FOLDER and writes ``resources/aide/images/*.png``, in few colours: they are shipped.
"""

from __future__ import annotations

import io
import os
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from PySide6.QtCore import QBuffer  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QWidget  # noqa: E402

from iscg_desktop.paths import default_coffre  # noqa: E402
from iscg_desktop.services.clock import Clock  # noqa: E402
from iscg_desktop.services.coffre import exists, open_session, unlock  # noqa: E402
from iscg_desktop.services.demo.demo import demo_passphrase, make_demo  # noqa: E402
from iscg_desktop.services.services import Services  # noqa: E402
from iscg_desktop.ui.application import make_application  # noqa: E402
from iscg_desktop.ui.desk import Desk  # noqa: E402
from iscg_desktop.ui.gate import Gate  # noqa: E402
from iscg_desktop.ui.pages.deverrouillage.page import DeverrouillagePage  # noqa: E402
from iscg_desktop.ui.tasks import TaskRunner  # noqa: E402

PICTURES = ROOT / "resources" / "aide" / "images"
TODAY = date(2026, 11, 23)
DOSSIERS = 160
_SIZE = (1120, 700)
_COLOURS = 48
_SETTLED = 1500  # ms for a preview to come


def take(window: QWidget, name: str) -> None:
    """Save what the window shows, in few colours."""
    QTest.qWait(_SETTLED)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    picture = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
    few = picture.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


def main(place: Path) -> None:
    """Make the demonstration unless it is there, walk through the pages, take the pictures."""
    os.environ["XDG_DATA_HOME"] = str(place)  # where a coffre lies usually, the page of the gate does not say
    folder = default_coffre().parent
    if not exists(folder / "coffre"):
        make_demo(folder, number=DOSSIERS, seed=1, today=TODAY, progress=lambda what, done, total: None)
    app, theme = make_application(sys.argv[:1])
    theme.choose("clair")
    PICTURES.mkdir(parents=True, exist_ok=True)
    tasks = TaskRunner()
    take_gate(folder, tasks)
    session = open_session(
        folder / "coffre", unlock(folder / "coffre", demo_passphrase(1)), clock=Clock(today=lambda: TODAY)
    )
    desk = Desk(Services(session), tasks)
    desk.window.resize(*_SIZE)
    desk.show()
    take_pages(desk)
    desk.close()
    tasks.close()
    app.quit()


def take_gate(folder: Path, tasks: TaskRunner) -> None:
    """The page of the passphrase."""
    gate = Gate(tasks)
    gate.show_page(DeverrouillagePage(folder / "coffre", tasks))
    gate.resize(*_SIZE)
    gate.show()
    take(gate, "porte")
    gate.close()


def take_pages(desk: Desk) -> None:
    """The pages of the bar, then a dossier, an entretien and a fiche."""
    for page in ("aujourdhui", "saisines", "fiches", "annuaire", "agenda", "bilan", "conformite"):
        desk.window.show_page(page)
        take(desk.window, page)
    desk.window.show_page("reglages")
    desk.window.page("reglages").show_section("sauvegardes")  # type: ignore[attr-defined]
    take(desk.window, "sauvegardes")
    services = desk.services
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


if __name__ == "__main__":
    main(Path(sys.argv[1]))
