"""A coffre is checked and saved without a window; the passphrase is never among the words of the call."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from iscg_desktop import cli
from iscg_desktop.storage.connection import Connection
from tests.coffres import PASSPHRASE, Coffre
from tests.exigences import ROOT
from tests.vie import draft, open_services

PAGE = 4096


@pytest.fixture
def coffre(tmp_path: Path) -> Coffre:
    services, session = open_services(tmp_path)
    services.entretiens.record(draft())
    services.coffre.lock()
    return Coffre(session.vault.folder, session.vault.key, "")


def _run(
    capsys: pytest.CaptureFixture[str], *words: object, phrase: str = PASSPHRASE
) -> tuple[int, str, str]:
    reader, writer = os.pipe()
    os.write(writer, f"{phrase}\n".encode())
    os.close(writer)
    code = cli.main(["coffre", *map(str, words), "--phrase-fd", str(reader)])
    os.close(reader)
    told = capsys.readouterr()
    return code, told.out, told.err


def test_a_sound_coffre_is_said_to_be(capsys: pytest.CaptureFixture[str], coffre: Coffre) -> None:
    code, out, err = _run(capsys, "verifier", coffre.folder)
    assert (code, err) == (0, "")
    assert "en ordre" in out


@pytest.mark.exigence("S12")
def test_a_damaged_one_is_refused_then_saved_and_counted(
    capsys: pytest.CaptureFixture[str], coffre: Coffre, tmp_path: Path
) -> None:
    data = bytearray(coffre.database.read_bytes())
    data[-PAGE + 50] ^= 1
    coffre.database.write_bytes(data)
    code, out, err = _run(capsys, "verifier", coffre.folder)
    assert (code, out) == (1, "")
    assert err.startswith("La base du coffre est abîmée")
    _, out, err = _run(capsys, "sauver", coffre.folder, tmp_path / "neuf")
    assert err == ""
    assert "Dossiers        1 sur 1" in out
    assert coffre.database.read_bytes() == data
    assert _run(capsys, "verifier", tmp_path / "neuf")[0] == 0


def test_one_of_a_later_version_is_not_said_to_be_in_order(
    capsys: pytest.CaptureFixture[str], coffre: Coffre
) -> None:
    connection = Connection(coffre.database, coffre.key.dbk)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = coffre.database.read_bytes()
    code, out, err = _run(capsys, "verifier", coffre.folder)
    assert (code, out) == (1, "")
    assert err.startswith("Ce coffre vient d’une version plus récente du programme.")
    assert coffre.database.read_bytes() == before


@pytest.mark.parametrize("act", ["verifier", "sauver"])
def test_a_wrong_passphrase_is_one_line(
    capsys: pytest.CaptureFixture[str], coffre: Coffre, tmp_path: Path, act: str
) -> None:
    places = [coffre.folder, tmp_path / "neuf"][: 1 + (act == "sauver")]
    code, out, err = _run(capsys, act, *places, phrase="une autre")
    assert (code, out) == (1, "")
    assert err.startswith("Cette phrase de passe n’ouvre pas ce coffre.")
    assert not (tmp_path / "neuf").exists()


def test_without_a_terminal_nor_a_descriptor_it_says_what_to_do(coffre: Coffre) -> None:
    command = [sys.executable, "-m", "iscg_desktop", "coffre", "verifier", str(coffre.folder)]
    done = subprocess.run(command, cwd=ROOT, input=PASSPHRASE, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "--phrase-fd" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal as POSIX has them")
def test_on_a_terminal_it_is_typed_without_echo(coffre: Coffre) -> None:
    terminal, side = pty.openpty()
    command = [sys.executable, "-m", "iscg_desktop", "coffre", "verifier", str(coffre.folder)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=side, stdout=side, stderr=side, start_new_session=True, close_fds=True
    ) as program:
        os.close(side)
        told = b""
        while b"Phrase de passe" not in told:
            told += os.read(terminal, 1000)
        os.write(terminal, f"{PASSPHRASE}\n".encode())
        while b"en ordre" not in told:
            told += os.read(terminal, 1000)
    os.close(terminal)
    assert program.returncode == 0
    assert PASSPHRASE.encode() not in told


def test_a_descriptor_that_gives_nothing_is_told(capsys: pytest.CaptureFixture[str], coffre: Coffre) -> None:
    assert cli.main(["coffre", "verifier", str(coffre.folder), "--phrase-fd", "987"]) == 1
    assert "987" in capsys.readouterr().err
