"""The wheel carries all that the program reads, and works from where it is installed."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

BUILD = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"

# Runs on what pip installed, away from the checkout.
INSTALLED = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from iscg_desktop import bootstrap, paths
package = Path(sys.argv[1]) / "iscg_desktop"
assert (paths.resources(), paths.translations()) == (package / "resources", package / "translations")
sys.exit(bootstrap.main(["demo", sys.argv[2], "--dossiers", "2"]))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout, made with what is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    result = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return folder / result.stdout.split()[-1]


def sources(folder: str) -> set[str]:
    """Files of a folder of the checkout, without what Python leaves there."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_the_program_and_nothing_else(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    program = sources("iscg_desktop")
    resources = {f"iscg_desktop/{name}" for name in sources("resources")}
    compiled = {f"iscg_desktop/translations/{path.stem}.qm" for path in (ROOT / "translations").glob("*.ts")}
    assert compiled
    assert names == program | resources | compiled
    assert any(name.endswith(".sql") for name in program)
    assert len(resources) > 20


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    text = archive.read(metadata).decode()
    assert "License-Expression: Apache-2.0" in text
    assert "Requires-Python: >=3.11" in text
    assert "Requires-Dist: sqlcipher3" in text
    folder = metadata.rpartition("/")[0]
    assert f"{folder}/licenses/LICENSE" in archive.namelist()
    assert f"{folder}/licenses/THIRD_PARTY.md" in archive.namelist()
    assert b"iscg-desktop = iscg_desktop.bootstrap:main" in archive.read(f"{folder}/entry_points.txt")


def test_the_installed_program_does_the_main_job(wheel: Path, tmp_path: Path) -> None:
    """Its dependencies are those of this environment; pip brings the program alone, without the network."""
    site, folder = tmp_path / "site", tmp_path / "essai"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(site),
    ]
    installed = subprocess.run([*pip, str(wheel)], capture_output=True, text=True, check=False)
    assert installed.returncode == 0, installed.stderr
    result = subprocess.run(
        [sys.executable, "-I", "-c", INSTALLED, str(site), str(folder)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["bilans", "coffre", "coupons", "fiches"]
