"""A second start on the same coffre is refused at once and the first window comes forward; a crash leaves no trace."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.services.coffre import open_session
from iscg_desktop.ui.first_window import FirstWindow, address, ask_to_come_forward, bring_forward
from tests.exigences import ROOT, Chiffre
from tests.fenetre import Ecran
from tests.ui.test_lock_process import CANARY, program_with_words
from tests.vie import closed_coffre


def _ask_elsewhere(coffre: Path) -> subprocess.Popen[str]:
    code = (
        "import sys, pathlib; from iscg_desktop.ui.first_window import ask_to_come_forward as ask;"
        "print(ask(pathlib.Path(sys.argv[1])))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, str(coffre)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.exigence("S16")
def test_the_window_is_asked_forward_and_answers(qtbot: QtBot, tmp_path: Path) -> None:
    first = FirstWindow()
    first.listen(tmp_path)
    with qtbot.waitSignal(first.asked, timeout=20_000):
        other = _ask_elsewhere(tmp_path)
    assert other.communicate()[0] == "True\n"
    assert _ask_elsewhere(tmp_path / "autre").communicate()[0] == "False\n"
    first.close()
    assert not ask_to_come_forward(tmp_path)


def test_it_answers_for_the_coffre_of_the_moment(tmp_path: Path) -> None:
    first = FirstWindow()
    first.listen(tmp_path / "un")
    first.listen(tmp_path / "deux")
    assert _ask_elsewhere(tmp_path / "un").communicate()[0] == "False\n"
    assert _ask_elsewhere(tmp_path / "deux").communicate()[0] == "True\n"
    first.close()


def test_its_address_says_nothing_of_the_place(tmp_path: Path) -> None:
    assert tmp_path.name not in address(tmp_path / "Anaïs Lœil")
    assert "Ana" not in address(tmp_path / "Anaïs Lœil")
    assert address(tmp_path / "a") != address(tmp_path / "b")


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_minimised_window_is_shown(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    bring_forward(window)
    assert not window.isMinimized()
    assert window.isVisible()


@pytest.mark.fenetre
@pytest.mark.exigence("S7", "S16")
def test_killed_while_she_types_it_leaves_the_draft_and_no_wait(
    ecran: Ecran, tmp_path: Path, chiffre: Chiffre
) -> None:
    coffre = closed_coffre(tmp_path)
    folder = coffre.folder
    with program_with_words(ecran, folder, "panne") as program:
        second = subprocess.run(
            [sys.executable, "-m", "iscg_desktop", "--coffre", str(folder)],
            cwd=ROOT, env=ecran.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert second.returncode == 1
        assert second.stderr.startswith("Ce coffre est déjà ouvert")
        program.kill()
        program.wait()
    killed = time.monotonic()
    session = open_session(coffre.folder, coffre.key)
    waited = time.monotonic() - killed
    (draft,) = session.read.drafts.all()
    assert CANARY in str(draft.contenu)
    assert draft.champ == "notes_de_travail"
    session.vault.close()
    chiffre(
        f"tué en cours de frappe : brouillon gardé, champ retrouvé, coffre rouvert en {waited * 1000:.0f} ms"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe of Windows has no mode")
def test_the_socket_is_hers_alone(tmp_path: Path) -> None:
    before = os.umask(0o077)  # as the program does at its start
    try:
        first = FirstWindow()
        first.listen(tmp_path)
        assert Path(address(tmp_path)).stat().st_mode & 0o077 == 0
        first.close()
    finally:
        os.umask(before)
