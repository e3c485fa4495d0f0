"""The linters, the formatter and the type checker, as tests: one command says everything."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

CHECKS = {
    "ruff-check": ["ruff", "check"],
    "ruff-format": ["ruff", "format", "--check"],
    "mypy": ["mypy"],
}


def run(check: str, *arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a check as its command would."""
    command = [sys.executable, "-m", *CHECKS[check], *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("check", CHECKS)
def test_the_code_passes(check: str) -> None:
    result = run(check)
    assert result.returncode == 0, f"\n{result.stdout}{result.stderr}"


@pytest.mark.parametrize(
    ("check", "bad_line", "complaint"),
    [
        ("ruff-check", "import os\n", "F401"),
        ("ruff-check", "def add(a, b):\n    return a + b\n", "D103"),
        ("ruff-format", "x = { 'a':1 }\n", "bad.py"),
        ("mypy", "def add(a, b):\n    return a + b\n", "no-untyped-def"),
        ("mypy", 'NUMBER: int = "one"\n', "assignment"),
    ],
)
def test_a_fault_is_found(tmp_path: Path, check: str, bad_line: str, complaint: str) -> None:
    """The settings of this project find it in a module of the package."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    package = tmp_path / "iscg_desktop"
    package.mkdir()
    (package / "__init__.py").write_text('"""A package."""\n', "utf-8")
    (package / "bad.py").write_text(f'"""A module."""\n\n{bad_line}', "utf-8")
    result = run(check, "iscg_desktop", folder=tmp_path)
    assert result.returncode == 1
    assert complaint in result.stdout
