"""The command line: French, one line, no traceback, exit codes that mean something."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from iscg_desktop import __version__, bootstrap


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    try:
        code = bootstrap.main(words)
    except SystemExit as end:
        code = int(end.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_demo_says_where_everything_is_and_how_it_opens(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "essai"
    code, out, err = _run(capsys, "demo", str(folder), "--dossiers", "8", "--aujourdhui", "2026-11-23")
    assert (code, err) == (0, "")
    for name in ("coffre", "fiches", "bilans"):
        assert str(folder / name) in out
        assert (folder / name).is_dir()
    assert "s’ouvre avec : " in out
    assert "8 dossiers" in out


def test_what_cannot_be_done_answers_1_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "coffre").mkdir()
    code, out, err = _run(capsys, "demo", str(tmp_path), "--dossiers", "1")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "contient déjà un coffre" in err
    assert _run(capsys, "demo", str(tmp_path / "autre"), "--dossiers", "0")[0] == 1


def test_a_folder_that_refuses_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    code, _, err = _run(capsys, "demo", str(tmp_path / "fichier" / "essai"), "--dossiers", "1")
    assert code == 1
    assert err.count("\n") == 1
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "words",
    [["inconnu"], ["demo"], ["demo", "x", "--dossiers", "beaucoup"], ["demo", "x", "--aujourdhui", "hier"]],
)
def test_wrong_use_answers_2_in_french(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    code, out, err = _run(capsys, *words)
    assert (code, out) == (2, "")
    assert "n’est pas compris" in err
    assert err.count("\n") == 1


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(capsys, "--version") == (0, f"iscg-desktop {__version__}\n", "")
    code, out, _ = _run(capsys, "--help")
    assert code == 0
    assert "demo" in out


def test_the_command_line_never_loads_qt() -> None:
    script = (
        "import sys; from iscg_desktop import bootstrap\n"
        "try: bootstrap.main(['--version'])\n"
        "except SystemExit: pass\n"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)
    assert done.returncode == 0
