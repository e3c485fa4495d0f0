"""Restoring from the gate: the file, what opens it, what it holds, then the coffre; each no in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.services import Services
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.rotation import Rotation
from iscg_desktop.storage.strays import replaced_coffres
from iscg_desktop.ui.mnemonics import without_mnemonic
from iscg_desktop.ui.pages.deverrouillage.page import DeverrouillagePage
from iscg_desktop.ui.tasks import TaskRunner
from tests.coffres import PASSPHRASE, Coffre, make_coffre, snapshot
from tests.ui.pages.portail import Portail, portail

pytestmark = pytest.mark.exigence("S13")
NEW = "Une phrase toute neuve pour des clés neuves"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Coffre, Path]:
    """A coffre and a backup of it, to be copied."""
    coffre = make_coffre(tmp_path_factory.mktemp("restaurer") / "coffre")
    session = open_session(coffre.folder, coffre.key)
    fait = Services(session).sauvegardes.travail().run()
    session.vault.close()
    return coffre, next(fait.places[0].glob("*.coffre"))


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()


def _click(gate: Portail, words: str) -> None:
    shown = [each for each in gate.window.findChildren(QAbstractButton) if each.isVisible()]
    (button,) = [each for each in shown if without_mnemonic(each.text()) == words]
    button.click()


def _settled(gate: Portail, tasks: TaskRunner) -> None:
    gate.qtbot.waitUntil(lambda: tasks.running == 0, timeout=20_000)


def _open(gate: Portail, page: DeverrouillagePage, path: Path, phrase: str, tasks: TaskRunner) -> None:
    _click(gate, "Restaurer une sauvegarde")
    page._restoring.choose(path)
    gate.write(phrase)
    gate.enter()
    _settled(gate, tasks)


def test_what_it_holds_is_shown_then_it_takes_the_place_of_the_coffre(
    made: tuple[Coffre, Path], tmp_path: Path, tasks: TaskRunner, qtbot: QtBot
) -> None:
    coffre, path = made[0].copy_to(tmp_path / "coffre"), made[1]
    page = DeverrouillagePage(coffre.folder, tasks)
    with portail(qtbot, page) as gate:
        before = snapshot(coffre.folder)
        _open(gate, page, path, PASSPHRASE, tasks)
        assert "entière" in gate.words()
        assert "0 dossier" in gate.words()
        assert snapshot(coffre.folder) == before
        gate.enter()
        _settled(gate, tasks)
        assert "La sauvegarde est restaurée." in gate.words()
        assert "Votre coffre est fermé" in gate.words()
        assert len(replaced_coffres(coffre.folder)) == 1
    open_session(coffre.folder, coffre.key).vault.close()


def test_a_new_computer_begins_with_a_backup_and_the_sheet(
    made: tuple[Coffre, Path], tmp_path: Path, tasks: TaskRunner, qtbot: QtBot
) -> None:
    page = DeverrouillagePage(tmp_path / "coffre", tasks)
    with portail(qtbot, page) as gate:
        _click(gate, "Restaurer une sauvegarde")
        page._restoring.choose(made[1])
        _click(gate, "J’ai la fiche de secours")
        gate.write(made[0].code)
        gate.enter()
        _settled(gate, tasks)
        gate.enter()
        _settled(gate, tasks)
        assert "La sauvegarde est restaurée." in gate.words()
    open_session(tmp_path / "coffre", made[0].key).vault.close()


def test_each_refusal_is_one_sentence_and_nothing_is_touched(
    made: tuple[Coffre, Path], tmp_path: Path, tasks: TaskRunner, qtbot: QtBot
) -> None:
    coffre = made[0].copy_to(tmp_path / "coffre")
    letter = tmp_path / "lettre.coffre"
    letter.write_bytes(b"PK" * 9000)
    damaged = tmp_path / "abimee.coffre"
    data = bytearray(made[1].read_bytes())
    data[6000] ^= 1
    damaged.write_bytes(data)
    before = snapshot(coffre.folder)
    page = DeverrouillagePage(coffre.folder, tasks)
    with portail(qtbot, page) as gate:
        _click(gate, "Restaurer une sauvegarde")
        page._restoring.choose(letter)
        assert "n’est pas une sauvegarde" in gate.words()
        page._restoring.choose(made[1])
        gate.enter()
        assert "Écrivez ce qui ouvre" in gate.words()
        gate.write("une autre phrase que celle-là")
        gate.enter()
        _settled(gate, tasks)
        assert "n’ouvre pas cette sauvegarde" in gate.words()
        page._restoring.choose(damaged)
        page._restoring.phrase.widget.set_value(PASSPHRASE)
        gate.enter()
        _settled(gate, tasks)
        assert "est abîmée" in gate.words()
        _click(gate, "Retour")
        assert "Votre coffre est fermé" in gate.words()
        assert page._restoring.phrase.widget.value() == ""
    assert snapshot(coffre.folder) == before


def test_after_new_keys_the_phrase_in_force_is_asked_for_too(
    made: tuple[Coffre, Path], tmp_path: Path, tasks: TaskRunner, qtbot: QtBot
) -> None:
    coffre = made[0].copy_to(tmp_path / "coffre")
    session = open_session(coffre.folder, coffre.key)
    rotation = Rotation(session.vault, NEW, KdfParameters.floor())
    rotation.prepare()
    rotation.commit(rotation.recovery_code.text)
    page = DeverrouillagePage(coffre.folder, tasks)
    with portail(qtbot, page) as gate:
        _open(gate, page, made[1], PASSPHRASE, tasks)
        gate.enter()
        _settled(gate, tasks)
        assert "s’ouvre avec une autre phrase" in gate.words()
        page._restoring.lost.click()
        assert "numéros sauteront" in gate.words()
        page._restoring.lost.click()
        page._restoring.current.widget.set_value(NEW)
        page._restoring.current.widget.setFocus()
        gate.enter()
        _settled(gate, tasks)
        assert "La sauvegarde est restaurée." in gate.words()
        assert "1\u202f000" not in gate.words()
