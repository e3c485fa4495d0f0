"""The life of the window: from the gate to the desk and back, and what is said when something fails on the way."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.reglages import Reglages
from iscg_desktop.messages import SENTENCES
from iscg_desktop.services.session import Session
from iscg_desktop.storage.instance import is_open_elsewhere
from iscg_desktop.ui import program as program_module
from iscg_desktop.ui.dialogs.folder_dialog import choose_folder
from iscg_desktop.ui.pages.deverrouillage import DeverrouillagePage
from iscg_desktop.ui.program import Program
from tests.conftest import LogWatch
from tests.fenetre import ROOT
from tests.vie import open_services


@pytest.fixture
def gate(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    """The program at its gate, where nothing lies yet."""
    program = Program(qapp, tmp_path / "habituel" / "coffre")
    program.show_gate()
    yield program
    program.lock()
    assert program._gate is not None
    program._gate.close()
    program._on_about_to_quit()
    qapp.aboutToQuit.disconnect(program._on_about_to_quit)
    program.deleteLater()


def _page(program: Program) -> DeverrouillagePage:
    assert program._gate is not None
    page = program._gate.centralWidget()
    assert isinstance(page, DeverrouillagePage)
    return page


def _session(folder: Path) -> Session:
    return open_services(folder)[1]


def test_a_lock_comes_back_to_the_coffre_that_was_open(gate: Program, tmp_path: Path) -> None:
    assert _page(gate).folder == tmp_path / "habituel" / "coffre"
    _page(gate).unlocked.emit(_session(tmp_path))  # as the assistant does for a place of her choice
    assert gate.desk is not None
    gate.lock()
    assert _page(gate).folder == tmp_path / "coffre"


def test_a_desk_that_cannot_be_laid_is_said_at_the_gate_and_closes_the_coffre(
    gate: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log_watch: LogWatch
) -> None:
    log_watch.expect("uncaught", logging.CRITICAL)

    def fails(*_: object) -> None:
        raise RuntimeError("a fault of the program")

    monkeypatch.setattr("iscg_desktop.ui.desk.Desk", fails)
    failures = program_module._Failures(gate)
    with pytest.raises(RuntimeError) as raised:
        gate._on_unlocked(_session(tmp_path))
    failures.on_uncaught(raised.type, raised.value, raised.tb)
    assert _page(gate).message.text == SENTENCES["erreur_interne_porte"]
    assert not is_open_elsewhere(tmp_path / "coffre")


def test_a_lock_gives_up_the_dialogs_that_are_open(gate: Program, tmp_path: Path, qtbot: QtBot) -> None:
    gate._on_unlocked(_session(tmp_path))
    assert gate.desk is not None
    window, asked = gate.desk.window, []

    def ask_again() -> None:
        asked.append(choose_folder(window, "Par-dessus", tmp_path))

    QTimer.singleShot(0, ask_again)
    QTimer.singleShot(200, gate.lock)  # nobody came back within twenty minutes
    asked.append(choose_folder(window, "Où remettre le bilan", tmp_path))
    qtbot.waitUntil(lambda: gate.desk is None)
    assert asked == [None, None]
    assert _page(gate).isVisible()
    assert QApplication.activeModalWidget() is None


def test_the_gate_opens_without_the_libraries_of_the_desk() -> None:
    """They take longer to read than all that is needed to ask for a passphrase."""
    heavy = "{'highspy', 'numpy', 'reportlab', 'pypdf', 'pypdfium2', 'xlsxwriter', 'rapidfuzz', 'icalendar'}"
    code = f"import sys, iscg_desktop.ui.program; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_the_idle_lock_obeys_her_settings_at_once(gate: Program, tmp_path: Path) -> None:
    session = _session(tmp_path)
    _page(gate).unlocked.emit(session)
    assert gate.desk is not None
    assert gate._idle._lock == 20 * 60
    gate.desk.hub.announce(gate.desk.services.reglages.set(Reglages(verrouillage_minutes=3)))
    assert gate._idle._lock == 3 * 60
