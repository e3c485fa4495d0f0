"""What is heaviest in a day holds the window no longer than the rest, on ten years of data (`-m campagne -s`)."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from iscg_desktop.domain.etendue import Etendue
from iscg_desktop.domain.piece_jointe import TAILLE_MAX
from iscg_desktop.services import coffre
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.demo.demo import demo_passphrase
from iscg_desktop.services.services import Services
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.pages.annuaire.echange import EchangeView
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.theme import Theme
from tests.attente import wait_for
from tests.benchmarks.conftest import TODAY
from tests.benchmarks.measures import Heart, hold, never_frozen

pytestmark = [
    pytest.mark.campagne,
    pytest.mark.timeout(900),
    pytest.mark.qt_log_ignore("does not support propagateSizeHints"),
]

_LIFE = """
import json, sys, time
from pathlib import Path
from iscg_desktop.ui.application import make_application
from iscg_desktop.ui.program import Program
from tests.benchmarks.measures import Heart, turn_for
app, theme = make_application(sys.argv[:1])
program = Program(app, Path(sys.argv[1]))
heart, found = Heart(), {}
def turn(what, act, settled=4000):
    found[what] = heart.longest_silence(act, settled)
def unlock():
    program._page._phrase.submitted.emit(sys.argv[2])
def come_back():
    end = time.monotonic() + 30
    while program.desk.services.coffre.waits_for_check:
        assert time.monotonic() < end, "the check does not end"
        turn_for(50)
    turn_for(100)
    program.lock()
    program.show_gate()
    turn_for(300)
program.show_gate()
turn_for(400)
turn("first-run assistant", program._on_creation_requested)
program.show_gate()
turn("code read while the passphrase is typed", lambda: None, 8000)
turn("unlock", unlock)
first = program.desk.services.dossiers.find("")[0].id
program.desk.dossiers.dossier_requested.emit(first)
come_back()
turn("back to a dossier after a lock", unlock)
assert program.desk.window.current_page() == "dossier"
program.desk.dossier.entretien_requested.emit(first)
turn_for(1000)
program.desk.entretien.form.textes.fields["notes_de_travail"].widget.set_value("Elle rappelle")
program.desk.entretien.form.edited.emit()
come_back()
turn("back to a half-typed entretien after a lock", unlock)
assert program.desk.entretien.form.textes.value("notes_de_travail") == "Elle rappelle"
program.lock()
print(json.dumps(found))
"""


_DOSSIER = 7


def _open_dossier(desk: Desk) -> None:
    desk.today.dossier_requested.emit(_DOSSIER)


def _begin_entretien(desk: Desk) -> None:
    desk.dossier.entretien_requested.emit(_DOSSIER)


def _begin_fiche(desk: Desk) -> None:
    orientations = desk.services.dossiers.orientations
    dossier = next(line.id for line in desk.services.dossiers.find("") if orientations(line.id))
    desk.dossier.fiche_requested.emit(orientations(dossier)[0].id)


FIRSTS: dict[str, tuple[Callable[[Desk], object], Callable[[Desk], object]]] = {
    "new entretien": (lambda _: None, lambda desk: desk.today.entretien_requested.emit(None)),
    "dossier": (lambda _: None, _open_dossier),
    "entretien of a dossier": (_open_dossier, _begin_entretien),
    "fiche": (_open_dossier, _begin_fiche),
    "bilan": (lambda _: None, lambda desk: desk.window.go_to("bilan")),
    "dossiers": (lambda _: None, lambda desk: desk.window.go_to("dossiers")),
    "conformité": (lambda _: None, lambda desk: desk.window.go_to("conformite")),
    "saisines": (lambda _: None, lambda desk: desk.window.go_to("saisines")),
}
"""The first of each page of a session: what is there before, and what is asked for."""


def test_nothing_holds_the_window_from_the_gate_to_the_page_she_left(ten_years: Path, tmp_path: Path) -> None:
    """In a process of its own: the code of the program is read in it too."""
    place = shutil.copytree(ten_years, tmp_path / "coffre")
    found: list[dict[str, float]] = []
    for _ in range(2):
        run = subprocess.run(
            [sys.executable, "-c", _LIFE, str(place), demo_passphrase(1)],
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        found.append(json.loads(run.stdout.splitlines()[-1]))
    hold({what: min(each[what] for each in found) for what in found[0]})


def test_a_piece_of_ten_million_bytes(desk: Desk, tmp_path: Path) -> None:
    photo = tmp_path / "courrier.jpg"
    photo.write_bytes(b"\xff\xd8\xff" + random.Random(1).randbytes(TAILLE_MAX - 3))
    desk.dossiers.dossier_requested.emit(desk.services.dossiers.find("")[0].id)
    card = desk.dossier.pieces
    never_frozen(
        {
            "added": lambda: card.add_file(photo),
            "looked at": lambda: card.open(card.pieces()[0]),
            "removed": card._remove,
        },
        rounds=3,
        settled=2000,
    )
    assert card.pieces() == ()


def test_an_annuaire_of_two_thousand_structures(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "annuaire.csv"
    lines = (f"Structure {n};ccas;Vallière;02 99 00 {n // 100:02d} {n % 100:02d}\n" for n in range(2000))
    path.write_text("nom;type;ville;telephone\n" + "".join(lines), "utf-8")
    desk.window.show_page("annuaire")
    desk.annuaire.show_view("echange")
    view = desk.annuaire.view
    assert isinstance(view, EchangeView)
    before = desk.services.annuaire.count()
    never_frozen(
        {"read": lambda: view.read_file(path), "taken": view._on_take_clicked},
        rounds=1,
        settled=8000,
    )
    assert desk.services.annuaire.count() == before + 2000
    never_frozen({"read again": lambda: view.read_file(path)}, rounds=1, settled=8000)


def test_the_records_behind_a_figure_of_ten_years(desk: Desk) -> None:
    ten = Etendue(date(TODAY.year - 10, 1, 1), TODAY)
    for univers, cle in (("accueils", ("sexe", "femme")), ("entretiens", ("mode", "telephone"))):
        cells = ((univers, (cle,)),)
        never_frozen(
            {univers: lambda cells=cells: desk.bilan.releve_requested.emit(ten, cells, "Chiffre", 0, False)},
            settled=2500,
        )
        assert desk.releve.table.records()


def test_the_first_of_each_in_a_session(ten_years: Path, theme: Theme) -> None:
    """Hardly is the day's page there: nothing was made at rest."""
    key = coffre.unlock(ten_years, demo_passphrase(1))
    found: dict[str, list[float]] = {}
    for _ in range(3):
        for what, (before, act) in FIRSTS.items():
            session = coffre.open_session(ten_years, key, clock=Clock(today=lambda: TODAY), at_once=True)
            tasks = TaskRunner()
            desk = Desk(Services(session), tasks)
            desk.show()
            wait_for(lambda desk=desk: desk.window.current_page() is not None)
            before(desk)
            QTest.qWait(200)
            found.setdefault(what, []).append(Heart().longest_silence(partial(act, desk), 1500))
            desk.close()
            tasks.close()
            QTest.qWait(200)
    hold({what: min(silences) for what, silences in found.items()})


def test_an_entretien_begun_right_after_another(desk: Desk) -> None:
    dossiers = [line.id for line in desk.services.dossiers.find("")]
    desk.saisines.dossier_entretien_requested.emit(dossiers[0])
    QTest.qWait(300)
    never_frozen(
        {f"after {pause} ms": lambda n=n: desk.saisines.dossier_entretien_requested.emit(dossiers[n])
         for n, pause in enumerate((250, 500, 900), 1)},
        rounds=3, settled=300,
    )  # fmt: skip
