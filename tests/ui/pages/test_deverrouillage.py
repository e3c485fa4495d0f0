"""The unlock page: the passphrase or the recovery sheet opens, everything else is one sentence, nothing stays."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from iscg_desktop.errors import UserError
from iscg_desktop.messages import SENTENCES
from iscg_desktop.services import coffre as service
from iscg_desktop.services.coffre import KdfParameters
from iscg_desktop.services.session import Session
from iscg_desktop.ui.pages.deverrouillage.page import DeverrouillagePage
from iscg_desktop.ui.tasks import TaskRunner
from tests.coffres import PASSPHRASE, Coffre, make_coffre, snapshot
from tests.ui.pages.portail import Portail, portail

NEW = "Une autre phrase, longue et sans rapport aucun 47"


@cache
def _model() -> Coffre:
    return make_coffre(Path(mkdtemp(prefix="iscg-accueil-")) / "coffre")


@pytest.fixture
def coffre(tmp_path: Path) -> Coffre:
    return _model().copy_to(tmp_path / "coffre")


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()


def _page(folder: Path, tasks: TaskRunner) -> DeverrouillagePage:
    return DeverrouillagePage(folder, tasks, kdf=KdfParameters.floor())


def _unlocked(page: DeverrouillagePage, act: Callable[[], None], qtbot: QtBot) -> Session:
    """The session that the page gives when something is done."""
    with qtbot.waitSignal(page.unlocked, timeout=20_000) as given:
        act()
    return given.args[0]


def _settled(gate: Portail, tasks: TaskRunner) -> None:
    gate.qtbot.waitUntil(lambda: tasks.running == 0, timeout=20_000)


def test_the_passphrase_is_typed_at_once_hidden_and_enter_opens(
    coffre: Coffre, tasks: TaskRunner, qtbot: QtBot
) -> None:
    page = _page(coffre.folder, tasks)
    with portail(qtbot, page) as gate:
        edit = gate.focus
        assert isinstance(edit, QLineEdit)
        assert edit.echoMode() == QLineEdit.EchoMode.Password
        gate.write(PASSPHRASE)
        session = _unlocked(page, gate.enter, qtbot)
        assert session.vault.folder == coffre.folder
        edit.setEchoMode(QLineEdit.EchoMode.Normal)  # hidden text has no history, shown text has
        assert (edit.text(), edit.isUndoAvailable(), edit.isRedoAvailable()) == ("", False, False)
        session.vault.close()


def test_the_eye_shows_and_hides_what_is_typed(coffre: Coffre, tasks: TaskRunner, qtbot: QtBot) -> None:
    with portail(qtbot, _page(coffre.folder, tasks)) as gate:
        gate.write("mot")
        gate.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        assert gate.focus.echoMode() == QLineEdit.EchoMode.Normal
        gate.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        assert gate.focus.echoMode() == QLineEdit.EchoMode.Password


def test_a_wrong_passphrase_is_one_sentence_and_leaves_the_folder_as_it_was(
    coffre: Coffre, tasks: TaskRunner, qtbot: QtBot
) -> None:
    page = _page(coffre.folder, tasks)
    opened = QSignalSpy(page.unlocked)
    before = snapshot(coffre.folder)
    with portail(qtbot, page) as gate:
        gate.write("Ce n’est pas la bonne phrase")
        gate.enter()
        _settled(gate, tasks)
        assert gate.words().count(SENTENCES["phrase_de_passe_incorrecte"]) >= 1
        edit = gate.focus
        assert isinstance(edit, QLineEdit)
        assert edit.selectedText() != ""
        assert opened.count() == 0
        assert snapshot(coffre.folder) == before
        gate.write(PASSPHRASE)  # over the selection
        session = _unlocked(page, gate.enter, qtbot)
        session.vault.close()


def test_an_empty_passphrase_asks_for_one_without_any_work(
    coffre: Coffre, tasks: TaskRunner, qtbot: QtBot
) -> None:
    with portail(qtbot, _page(coffre.folder, tasks)) as gate:
        gate.enter()
        assert tasks.running == 0
        assert "Écrivez votre phrase de passe." in gate.words()


def test_locked_capitals_are_told_by_the_letters_that_arrive(
    coffre: Coffre, tasks: TaskRunner, qtbot: QtBot
) -> None:
    with portail(qtbot, _page(coffre.folder, tasks)) as gate:
        gate.write("aÉb")  # Shift is held for the capital
        assert "majuscules" not in gate.words()
        without_shift = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "A")
        QApplication.sendEvent(gate.focus, without_shift)
        assert "Les majuscules semblent verrouillées." in gate.words()
        gate.write("a")
        assert "majuscules" not in gate.words()


# What cannot be opened.


def _both_headers_damaged(coffre: Coffre) -> None:
    for name in ("header.a", "header.b"):
        (coffre.folder / name).write_bytes(b"abime")


def _newer(coffre: Coffre) -> None:
    payload = json.dumps({"format": "iscg-coffre", "version": 2}, separators=(",", ":")).encode()
    sealed = payload + b"\n" + b"0" * 64 + b"\n"
    (coffre.folder / "header.a").write_bytes(sealed + hashlib.sha256(sealed).hexdigest().encode() + b"\n")


def _truncated(coffre: Coffre) -> None:
    data = coffre.database.read_bytes()
    coffre.database.write_bytes(data[: len(data) - 4096])


def _without_database(coffre: Coffre) -> None:
    coffre.database.unlink()


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (_both_headers_damaged, "entetes_abimes"),
        (_newer, "coffre_plus_recent"),
        (_truncated, "coffre_abime"),
        (_without_database, "coffre_incomplet"),
    ],
)
def test_a_coffre_that_cannot_be_opened_is_told_and_its_files_are_left(
    harm: Callable[[Coffre], None], code: str, coffre: Coffre, tasks: TaskRunner, qtbot: QtBot
) -> None:
    harm(coffre)
    files = {path.name: path.read_bytes() for path in coffre.folder.iterdir() if path.is_file()}
    page = _page(coffre.folder, tasks)
    opened = QSignalSpy(page.unlocked)
    with portail(qtbot, page) as gate:
        gate.write(PASSPHRASE)
        gate.enter()
        _settled(gate, tasks)
        assert SENTENCES[code] in gate.words()
        assert opened.count() == 0
    assert {path.name: path.read_bytes() for path in coffre.folder.iterdir() if path.is_file()} == files


@pytest.mark.exigence("S12")
def test_a_damaged_coffre_is_saved_beside_itself_with_a_count(
    coffre: Coffre, tasks: TaskRunner, qtbot: QtBot
) -> None:
    data = bytearray(coffre.database.read_bytes())
    data[-1000] ^= 1
    coffre.database.write_bytes(data)
    page = _page(coffre.folder, tasks)
    with portail(qtbot, page) as gate:
        gate.write(PASSPHRASE)
        gate.enter()
        _settled(gate, tasks)
        page.message.action_triggered.emit()
        _settled(gate, tasks)
        assert "L’ancien est resté tel quel" in gate.words()
        assert "Dossiers\u00a0: 0 sur 0" in gate.words()
        assert page.folder == coffre.folder.with_name("coffre-sauvé")
        gate.write(PASSPHRASE)
        session = _unlocked(page, gate.enter, qtbot)
        session.vault.close()
    assert coffre.database.read_bytes() == data


def test_a_salvage_asks_for_the_passphrase_first(coffre: Coffre, tasks: TaskRunner, qtbot: QtBot) -> None:
    page = _page(coffre.folder, tasks)
    with portail(qtbot, page) as gate:
        page.suspect(UserError("coffre_abime"))
        page.message.action_triggered.emit()
        assert tasks.running == 0
        assert "elle ouvrira aussi le nouveau coffre" in gate.words()


def test_a_coffre_open_elsewhere_is_told_before_and_after_the_passphrase(
    coffre: Coffre, tasks: TaskRunner, qtbot: QtBot
) -> None:
    other = service.open_session(coffre.folder, coffre.key)
    page = _page(coffre.folder, tasks)
    opened = QSignalSpy(page.unlocked)
    with portail(qtbot, page) as gate:
        assert SENTENCES["coffre_deja_ouvert"] in gate.words()
        gate.write(PASSPHRASE)
        gate.enter()
        _settled(gate, tasks)
        assert SENTENCES["coffre_deja_ouvert"] in gate.words()
        assert opened.count() == 0
        other.vault.close()
        session = _unlocked(page, gate.enter, qtbot)
        session.vault.close()


def test_where_there_is_no_coffre_the_page_welcomes_and_offers_to_create_it(
    tmp_path: Path, tasks: TaskRunner, qtbot: QtBot
) -> None:
    page = _page(tmp_path / "rien", tasks)
    asked, demo = QSignalSpy(page.creation_requested), QSignalSpy(page.demo_requested)
    with portail(qtbot, page) as gate:
        assert "Bienvenue" in gate.words()
        gate.press(Qt.Key.Key_Space)
        assert asked.count() == 1
        gate.alt(Qt.Key.Key_D)
        assert demo.count() == 1
    assert list(tmp_path.iterdir()) == []


def test_another_coffre_is_opened_and_a_folder_that_is_none_changes_nothing(
    coffre: Coffre, tasks: TaskRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    elsewhere = coffre.copy_to(tmp_path / "demo" / "coffre")
    (tmp_path / "vide").mkdir()
    page = _page(coffre.folder, tasks)
    chosen = QSignalSpy(page.folder_chosen)
    with portail(qtbot, page) as gate:
        page.set_folder(tmp_path / "vide")
        assert SENTENCES["pas_un_coffre"] in gate.words()
        assert (page.folder, chosen.count()) == (coffre.folder, 0)
        page.set_folder(tmp_path / "demo")  # the folder around the coffre will do
        assert (page.folder, chosen.at(0)[0]) == (elsewhere.folder, elsewhere.folder)
        gate.write(PASSPHRASE)
        session = _unlocked(page, gate.enter, qtbot)
        assert session.vault.folder == elsewhere.folder
        session.vault.close()


# The recovery sheet.


def test_a_slip_in_the_recovery_code_names_its_group_and_changes_nothing(
    coffre: Coffre, tasks: TaskRunner, qtbot: QtBot
) -> None:
    groups = coffre.code.split("-")
    groups[2] = ("0" if groups[2][0] != "0" else "1") + groups[2][1:]
    before = snapshot(coffre.folder)
    with portail(qtbot, _page(coffre.folder, tasks)) as gate:
        gate.alt(Qt.Key.Key_F)
        gate.write("".join(groups).lower())
        gate.enter()
        assert "Relisez le groupe 3" in gate.words()
        assert gate.focus.accessibleName() == "Groupe 3 du code de secours"
        assert snapshot(coffre.folder) == before


def test_an_unfinished_code_goes_on_where_it_stops(coffre: Coffre, tasks: TaskRunner, qtbot: QtBot) -> None:
    groups = coffre.code.split("-")
    with portail(qtbot, _page(coffre.folder, tasks)) as gate:
        gate.alt(Qt.Key.Key_F)
        gate.write("".join(groups[:4]))
        gate.enter()
        assert "35 caractères, et 20 sont écrits" in gate.words()
        assert gate.focus.accessibleName() == "Groupe 5 du code de secours"


def test_the_code_of_another_coffre_is_told(
    coffre: Coffre, tasks: TaskRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    stranger = make_coffre(tmp_path / "autre")
    with portail(qtbot, _page(coffre.folder, tasks)) as gate:
        gate.alt(Qt.Key.Key_F)
        gate.write(stranger.code)
        gate.enter()
        assert SENTENCES["code_secours_incorrect"] in gate.words()


def test_the_sheet_opens_once_a_new_passphrase_is_set_and_the_old_one_no_longer_does(
    coffre: Coffre, tasks: TaskRunner, qtbot: QtBot
) -> None:
    page = _page(coffre.folder, tasks)
    with portail(qtbot, page) as gate:
        gate.alt(Qt.Key.Key_F)
        gate.write(coffre.code)  # hyphens included, as on the sheet
        gate.enter()
        gate.alt(Qt.Key.Key_O)
        gate.press(Qt.Key.Key_Right)  # « Choisie par moi »
        gate.press(Qt.Key.Key_Tab)
        gate.write(NEW)
        gate.enter()
        gate.write(NEW)
        session = _unlocked(page, gate.enter, qtbot)
        session.vault.close()
    assert service.unlock(coffre.folder, NEW).dbk == coffre.key.dbk
    assert service.unlock_with_sheet(coffre.folder, coffre.code).dbk == coffre.key.dbk
    with pytest.raises(UserError, match="phrase_de_passe_incorrecte"):
        service.unlock(coffre.folder, PASSPHRASE)


def test_a_weak_new_passphrase_is_refused_and_the_old_one_stays(
    coffre: Coffre, tasks: TaskRunner, qtbot: QtBot
) -> None:
    page = _page(coffre.folder, tasks)
    before = snapshot(coffre.folder)
    with portail(qtbot, page) as gate:
        gate.alt(Qt.Key.Key_F)
        gate.write(coffre.code)
        gate.enter()
        gate.alt(Qt.Key.Key_O)
        gate.press(Qt.Key.Key_Right)
        gate.press(Qt.Key.Key_Tab)
        for _ in ("phrase", "confirmation"):
            gate.write("motdepassemotdepasse")
            gate.enter()
        _settled(gate, tasks)
        assert "se devine trop vite" in gate.words()
        assert snapshot(coffre.folder) == before


# Nothing stays.


def test_leaving_the_page_forgets_all_that_was_typed(coffre: Coffre, tasks: TaskRunner, qtbot: QtBot) -> None:
    page = _page(coffre.folder, tasks)
    with portail(qtbot, page) as gate:
        gate.alt(Qt.Key.Key_F)
        gate.write(coffre.code)
        gate.enter()
        gate.write("début de phrase")
        proposed = (
            page._renewal.form._proposed
        )  # whole: one of its words may be « phrase », which the page says
        assert proposed in gate.words()
        page.hide()
        for edit in page.findChildren(QLineEdit):
            edit.setEchoMode(QLineEdit.EchoMode.Normal)
            assert (edit.text(), edit.isUndoAvailable()) == ("", False)
        page.show()
        assert proposed not in gate.words()
        assert page._key is None


def test_a_key_that_comes_after_the_page_is_left_opens_nothing(
    coffre: Coffre, tasks: TaskRunner, qtbot: QtBot
) -> None:
    page = _page(coffre.folder, tasks)
    opened = QSignalSpy(page.unlocked)
    with portail(qtbot, page) as gate:
        gate.write(PASSPHRASE)
        gate.enter()
        page.hide()
        _settled(gate, tasks)
        assert opened.count() == 0
    assert not service.open_elsewhere(coffre.folder)


_ASK = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
import shiboken6
from iscg_desktop.ui.dialogs.folder_dialog import choose_folder

app, window, secret = QApplication([]), QWidget(), Path(sys.argv[2])

def accept():
    dialog = app.activeModalWidget()
    dialog.setDirectory(str(secret))
    dialog.accept()

QTimer.singleShot(200, accept)
if sys.argv[1] == "ours":
    assert choose_folder(window, "Coffre", secret.parent / "rien") == secret
else:
    dialog = QFileDialog(window, "Coffre", str(secret.parent))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    assert dialog.exec()
    shiboken6.delete(dialog)
"""


@pytest.mark.parametrize(("whose", "trace"), [("qt", True), ("ours", False)])
def test_choosing_a_folder_leaves_no_trace_in_the_settings(whose: str, trace: bool, tmp_path: Path) -> None:
    secret = tmp_path / "Lœil-Canari"
    secret.mkdir()
    home = tmp_path / "home"
    home.mkdir()
    places = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run(
        [sys.executable, "-c", _ASK, whose, str(secret)],
        env=os.environ | places,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    written = [path for path in home.rglob("*") if path.is_file()]
    assert any(b"Canari" in path.read_bytes() for path in written) is trace
    if not trace and sys.platform.startswith("linux"):
        assert written == []  # not written and then taken back: never written
