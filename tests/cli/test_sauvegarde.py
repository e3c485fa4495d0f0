"""`iscg-desktop sauvegarde`: one French line, exit codes that mean something, no passphrase among the words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from iscg_desktop import bootstrap
from iscg_desktop.services.coffre import open_session
from tests.coffres import PASSPHRASE, make_coffre

pytestmark = pytest.mark.exigence("S13")


@contextmanager
def _phrase(words: str) -> Iterator[str]:
    """A file descriptor that gives a passphrase, as a shell would."""
    reading, writing = os.pipe()
    os.write(writing, words.encode() + b"\n")
    os.close(writing)
    try:
        yield str(reading)
    finally:
        os.close(reading)


def _run(
    capsys: pytest.CaptureFixture[str], *words: object, phrase: str = PASSPHRASE
) -> tuple[int, str, str]:
    with _phrase(phrase) as number:
        try:
            code = bootstrap.main(["sauvegarde", *map(str, words), "--phrase-fd", number])
        except SystemExit as end:
            code = int(end.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    coffre = make_coffre(tmp_path / "coffre")
    open_session(coffre.folder, coffre.key).vault.close()
    return coffre.folder


def test_a_backup_is_made_verified_and_restored(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "cle"
    stick.mkdir()
    code, out, err = _run(capsys, "creer", "--coffre", folder, "--vers", stick)
    assert (code, err) == (0, "")
    assert out.count("\n") == 1
    assert "faite et vérifiée" in out
    (backup,) = stick.glob("*.coffre")
    code, out, err = _run(capsys, "verifier", backup)
    assert (code, err) == (0, "")
    assert "0 dossier, 0 entretien" in out
    code, out, err = _run(capsys, "restaurer", backup, "--coffre", folder)
    assert (code, err) == (0, "")
    assert out.count("\n") == 1
    assert "gardé dans" in out
    code, out, _ = _run(capsys, "restaurer", backup, "--coffre", tmp_path / "neuf")
    assert code == 0
    assert "gardé" not in out
    assert (tmp_path / "neuf" / "header.a").is_file()


def test_no_is_one_line_and_1(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "lettre.odt"
    other.write_bytes(b"PK" * 5000)
    assert _run(capsys, "creer", "--coffre", folder)[0] == 0
    (backup,) = (folder / "sauvegardes").glob("*.coffre")
    for words, phrase, said in (
        (("verifier", other), PASSPHRASE, "n’est pas une sauvegarde"),
        (("verifier", tmp_path / "absente"), PASSPHRASE, "n’est plus là"),
        (("verifier", backup), "une autre phrase que celle-là", "n’ouvre pas cette sauvegarde"),
        (("creer", "--coffre", folder), "une autre phrase que celle-là", "n’ouvre pas ce coffre"),
        (("creer", "--coffre", folder, "--vers", tmp_path / "absent"), PASSPHRASE, "n’existe pas"),
        (("restaurer", other, "--coffre", folder), PASSPHRASE, "n’est pas une sauvegarde"),
    ):
        code, out, err = _run(capsys, *words, phrase=phrase)
        assert (code, out, err.count("\n")) == (1, "", 1), words
        assert said in err
        assert phrase not in err


@pytest.mark.parametrize("words", [(), ("jeter",), ("verifier",), ("creer", "--phrase", "secret")])
def test_wrong_use_is_2(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    code, out, err = _run(capsys, *words)
    assert (code, out) == (2, "")
    assert "n’est pas compris" in err


@pytest.mark.exigence("S19")
def test_a_descriptor_that_gives_nothing_is_said(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert bootstrap.main(["sauvegarde", "creer", "--coffre", str(folder), "--phrase-fd", "999"]) == 1
    assert "999" in capsys.readouterr().err
