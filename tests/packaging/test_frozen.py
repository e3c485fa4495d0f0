"""The frozen program runs its demonstration and opens its window, away from Python and from this checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PyInstaller.depend.bindepend import get_python_library_path

from tests import memoire
from tests.fenetre import Ecran, colours

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(900)]  # a build is a minute of both processors


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built program, in a folder of its own; a build takes about a minute."""
    if sys.platform.startswith("linux") and not get_python_library_path():
        pytest.skip("this Python was built without its shared library, PyInstaller cannot freeze it")
    folder = tmp_path_factory.mktemp("frozen")
    command = ["PyInstaller", "--noconfirm", "--log-level", "ERROR", "--distpath", str(folder / "dist")]
    result = subprocess.run(
        [sys.executable, "-m", *command, "--workpath", str(folder / "work"), str(ROOT / "packaging" / "iscg.spec")],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    name = "iscg-desktop.exe" if os.name == "nt" else "iscg-desktop"
    return folder / "dist" / "iscg-desktop" / name


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Next to nothing of this session, and some of what a hostile one would add (S34)."""
    trap = tmp_path / "trap.cnf"
    trap.write_text("openssl_conf = absent_section_of_a_trap\n[", "utf-8")
    return {
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "PATH": os.defpath,
        "PYTHONHOME": str(tmp_path),
        "PYTHONPATH": str(tmp_path),
        "OPENSSL_CONF": str(trap),
        "LD_PRELOAD": str(tmp_path / "absente.so"),
        "QT_PLUGIN_PATH": str(tmp_path),
        "QT_QPA_PLATFORM_PLUGIN_PATH": str(tmp_path),
    }


@pytest.mark.exigence("S34")
def test_the_demonstration_runs(program: Path, environment: dict[str, str], tmp_path: Path) -> None:
    target = tmp_path / "demonstration"
    result = subprocess.run(
        [str(program), "demo", str(target), "--dossiers", "60", "--aujourdhui", "2026-06-15"],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert str(target) in result.stdout
    assert list((target / "coffre").glob("data-*.db"))
    (fiche, *_) = (target / "fiches").glob("*.pdf")
    assert fiche.read_bytes().startswith(b"%PDF-")
    (bilan, *_) = (target / "bilans").glob("*.json")
    assert json.loads(bilan.read_text("utf-8"))["format"] == "iscg-bilan"


@pytest.mark.fenetre
@pytest.mark.exigence("S34")
def test_the_window_opens_and_uses_nothing_of_this_checkout(
    program: Path, environment: dict[str, str], ecran: Ecran, tmp_path: Path
) -> None:
    memoire.require_readable()  # the program closes its /proc to all but root
    environment |= {"DISPLAY": ecran.environment["DISPLAY"], "QT_QPA_PLATFORM": "xcb"}
    with ecran.start(str(program), environment=environment) as running:
        ecran.photograph_when(lambda image: colours(image) > 20, tmp_path / "window.png")
        assert running.poll() is None
        maps = Path(f"/proc/{running.pid}/maps").read_text("utf-8")
        inherited = Path(f"/proc/{running.pid}/environ").read_bytes()
    assert (
        b"OPENSSL_CONF=" not in inherited
    )  # what the loader obeyed first of all is gone, and the rest with it
    assert b"LD_PRELOAD=" not in inherited
    files = {line.split(maxsplit=5)[5] for line in maps.splitlines() if line.count("/")}
    foreign = [
        f for f in files if f.startswith((str(ROOT), sys.prefix, sys.base_prefix)) and f.endswith(".so")
    ]
    assert foreign == []
    assert any(f.startswith(str(program.parent)) and "libQt6Widgets" in f for f in files)


def test_parts_of_qt_that_are_not_used_stay_out(program: Path) -> None:
    names = {path.name for path in program.parent.rglob("*")}
    unused = (
        "Quick",
        "Qml",
        "Sql",
        "Designer",
        "WebEngine",
        "3D",
        "gtk-3",
        "opensslbackend",
        "sqldrivers",
        "qml",
    )
    assert [name for name in names if any(word in name for word in unused)] == []
    assert {"qtbase_fr.qm", "0001_initial.sql", "THIRD_PARTY.md"} <= names
    size = sum(
        path.stat().st_size for path in program.parent.rglob("*") if path.is_file() and not path.is_symlink()
    )
    assert size < 300e6
