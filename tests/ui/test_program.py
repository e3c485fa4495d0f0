"""The life of the window: from the gate to the desk and back, and what is said when something fails on the way."""

from __future__ import annotations

import gc
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.lieu import Lieu
from iscg_desktop.domain.reglages import Reglages
from iscg_desktop.errors import UserError
from iscg_desktop.messages import SENTENCES
from iscg_desktop.services.coffre import open_session, unlock
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage.instance import is_open_elsewhere
from iscg_desktop.ui.dialogs.folder_dialog import choose_folder
from iscg_desktop.ui.failures import Failures
from iscg_desktop.ui.pages.assistant.page import AssistantPage
from iscg_desktop.ui.pages.deverrouillage.page import DeverrouillagePage
from iscg_desktop.ui.program import Program, spare_what_lasts
from tests.attente import wait_for
from tests.coffres import PASSPHRASE
from tests.conftest import LogWatch
from tests.fenetre import ROOT
from tests.vie import open_services


def _page(program: Program) -> DeverrouillagePage:
    assert program._gate is not None
    page = program._gate.centralWidget()
    assert isinstance(page, DeverrouillagePage)
    return page


def _session(folder: Path) -> Session:
    return open_services(folder)[1]


def test_the_assistant_comes_in_turns_of_the_window(gate: Program) -> None:
    """At a first start its code is not read yet; it may be given up before it is there."""
    before = _page(gate)
    before.creation_requested.emit()
    assert _page(gate) is before
    gate.show_gate()
    again = _page(gate)
    again.creation_requested.emit()
    assert gate._gate is not None
    wait_for(lambda: gate._gate.centralWidget() is not again)  # type: ignore[union-attr]
    assert isinstance(gate._gate.centralWidget(), AssistantPage)


def test_a_lock_names_the_coffre_that_was_open_and_the_place_of_the_window(
    gate: Program, tmp_path: Path, qapp: QApplication
) -> None:
    assert _page(gate).folder == tmp_path / "habituel" / "coffre"
    _page(gate).unlocked.emit(_session(tmp_path))  # as the assistant does for a place of her choice
    assert gate.desk is not None
    gate.desk.window.resize(700, 600)
    said: list[tuple[Path, str]] = []
    gate.locked.connect(lambda folder, place: said.append((folder, place)))
    gate.lock()
    assert gate.desk is None
    assert not is_open_elsewhere(tmp_path / "coffre")
    [(folder, place)] = said
    assert folder == tmp_path / "coffre"
    following = Program(qapp, folder, place)
    following.show_gate()
    assert following._gate is not None
    assert (following._gate.width(), following._gate.height()) == (700, 600)
    following._gate.close()
    following._on_about_to_quit()
    qapp.aboutToQuit.disconnect(following._on_about_to_quit)
    following.deleteLater()


def test_a_desk_that_cannot_be_laid_is_said_at_the_gate_and_closes_the_coffre(
    gate: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log_watch: LogWatch
) -> None:
    log_watch.expect("uncaught", logging.CRITICAL)

    def fails(*_: object) -> None:
        raise RuntimeError("a fault of the program")

    monkeypatch.setattr("iscg_desktop.ui.desk.Desk", fails)
    failures = Failures(gate.say_failure, gate)
    with pytest.raises(RuntimeError) as raised:
        gate._on_unlocked(_session(tmp_path))
    failures.on_uncaught(raised.type, raised.value, raised.tb)
    assert _page(gate).message.text == SENTENCES["erreur_interne_porte"]
    assert not is_open_elsewhere(tmp_path / "coffre")


@pytest.mark.exigence("S38")
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
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == []
    assert QApplication.activeModalWidget() is None


def test_no_garbage_is_looked_for_among_the_pages_of_the_desk_as_long_as_it_is_there(
    gate: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program that is started does it, and no process of tests: there desks come and go."""
    done: list[str] = []
    monkeypatch.setattr(gc, "freeze", lambda: done.append("left alone"))
    monkeypatch.setattr(gc, "unfreeze", lambda: done.append("looked at again"))
    spare_what_lasts(gate)
    gate._on_unlocked(_session(tmp_path))
    assert gate.desk is not None
    assert done == ["left alone"]
    while gate.desk.window.make_ahead():
        pass
    gate.desk._make_ahead()
    assert done == ["left alone"] * 2
    gate._on_damaged(UserError("coffre_abime"))
    assert done[2:] == ["looked at again"]


@pytest.mark.exigence("S38")
def test_a_lock_takes_every_window_off_the_screen(gate: Program, tmp_path: Path) -> None:
    gate._on_unlocked(_session(tmp_path))
    assert gate.desk is not None
    aside, preview = QDialog(gate.desk.window), QLabel("Quentin Pourquery")
    aside.setWindowTitle("Quentin Pourquery")
    for window in (aside, preview):
        window.show()
    gate.lock()
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == []
    preview.deleteLater()


@pytest.mark.exigence("S39")
def test_a_lock_keeps_where_she_was(gate: Program, tmp_path: Path) -> None:
    session = _session(tmp_path)
    gate._on_unlocked(session)
    assert gate.desk is not None
    gate.desk.window.show_page("agenda")
    gate.lock()
    key = unlock(tmp_path / "coffre", PASSPHRASE)
    opened = Services(open_session(tmp_path / "coffre", key, clock=session.clock))
    assert opened.reprises.place() == Lieu("agenda")
    opened.coffre.lock()


@pytest.mark.exigence("S39")
def test_a_lock_that_hangs_ends_the_process_all_the_same(gate: Program, tmp_path: Path) -> None:
    asked = []
    gate.locking.connect(lambda folder, place: asked.append((folder, place, gate.desk is not None)))
    gate._on_unlocked(_session(tmp_path))
    gate.lock()
    [(folder, _, still_open)] = asked
    assert (folder, still_open) == (tmp_path / "coffre", True)  # before anything that may hang


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
