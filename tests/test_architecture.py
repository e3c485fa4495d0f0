"""The floors of the house: imports only point down, and each library lives in its room.

The floors themselves are the import-linter contracts of ``pyproject.toml``; the rooms of the libraries are
the table below, because a contract cannot say « and nowhere else ».
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "iscg_desktop"

# Library -> the only parts of the package that may import it. One that is not listed is not ours to use.
ROOMS = {
    "PySide6": ("ui", "bootstrap"),
    "shiboken6": ("ui",),
    "sqlcipher3": ("storage",),
    "cryptography": ("storage",),
    "argon2": ("storage",),
    "reportlab": ("documents",),
    "PIL": ("documents",),
    "pypdf": ("documents",),
    "pypdfium2": ("documents",),
    "xlsxwriter": ("exports",),
    "highspy": ("disclosure",),
    "numpy": ("disclosure",),
    "zxcvbn": ("storage", "services"),
    "rapidfuzz": ("storage", "reference", "services"),
    "python_calamine": ("exports",),
    "icalendar": ("exports",),
    "hunspell": ("reference",),
}

LINT = "import sys, importlinter.cli as cli; sys.exit(cli.lint_imports(no_logo=True, no_cache=True))"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of a folder on the package of that folder."""
    return subprocess.run(
        [sys.executable, "-c", LINT], cwd=folder, capture_output=True, text=True, check=False
    )


def misplaced_libraries(package: Path) -> list[str]:
    """Every import of a library outside its room, as `part/file.py:line library`."""
    wrong = []
    for path in sorted(package.rglob("*.py")):
        relative = path.relative_to(package)
        part = relative.parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            for library in {name.partition(".")[0] for name in names}:
                if library in sys.stdlib_module_names or library == "iscg_desktop":
                    continue
                if part not in ROOMS.get(library, ()):
                    wrong.append(f"{relative.as_posix()}:{node.lineno} {library}")
    return wrong


def test_imports_only_point_down() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_each_library_lives_in_its_room() -> None:
    assert misplaced_libraries(PACKAGE) == []


def test_each_declared_dependency_has_its_room() -> None:
    """A library that nobody may import is one too many."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[<>=~! ]", line)[0].lower() for line in project["dependencies"]}
    imported_as = {
        "argon2-cffi": "argon2", "pyside6-essentials": "pyside6",
        "python-calamine": "python_calamine", "chunspell": "hunspell", "pillow": "pil",
    }  # fmt: skip
    assert {imported_as.get(name, name) for name in declared} == {
        name.lower() for name in ROOMS if name != "shiboken6"
    }


def acquainted_pages(folder: Path) -> list[str]:
    """Every import of one page by another; a page may have parts: named after it, or all that lies in its room."""
    wrong = []
    for path in sorted(folder.rglob("*.py")):
        room, page = path.parent.relative_to(folder).parts, path.stem
        for name in re.findall(r"from iscg_desktop\.ui\.pages\.([\w.]+) import", path.read_text("utf-8")):
            *there, part = name.split(".")
            if tuple(there) != room or (page != "page" and not part.startswith(f"{page}_")):
                wrong.append(f"{'.'.join((*room, page))} -> {name}")
    return wrong


def test_pages_do_not_know_each_other() -> None:
    assert acquainted_pages(PACKAGE / "ui" / "pages") == []


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package and its contracts, apart, to be spoiled."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(PACKAGE, tmp_path / "iscg_desktop", ignore=shutil.ignore_patterns("__pycache__", "*.sql"))
    return tmp_path


@pytest.mark.parametrize(
    ("where", "what"),
    [
        ("errors", "iscg_desktop.paths"),
        ("domain", "iscg_desktop.storage"),
        ("domain", "iscg_desktop.disclosure"),
        ("domain", "sqlite3"),
        ("disclosure", "iscg_desktop.exports"),
        ("storage", "iscg_desktop.services"),
        ("documents", "iscg_desktop.storage"),
        ("services", "iscg_desktop.messages"),
        ("services", "PySide6.QtCore"),
        ("ui", "iscg_desktop.storage"),
        ("ui", "iscg_desktop.documents"),
        ("ui", "iscg_desktop.cli"),
        ("cli", "iscg_desktop.storage"),
        ("cli", "PySide6.QtWidgets"),
        ("messages", "iscg_desktop.ui"),
    ],
)
def test_a_forbidden_import_is_named(copy: Path, where: str, what: str) -> None:
    module = copy / "iscg_desktop" / where
    path = module / "__init__.py" if module.is_dir() else module.with_suffix(".py")
    path.write_text(path.read_text("utf-8") + f"\nimport {what}\n", "utf-8")
    result = lint(copy)
    assert result.returncode == 1
    assert f"iscg_desktop.{where} is not allowed to import {what.partition('.Qt')[0]}" in result.stdout
    assert f"iscg_desktop.{where} -> {what.partition('.Qt')[0]}" in result.stdout


def test_a_module_without_a_floor_is_named(copy: Path) -> None:
    (copy / "iscg_desktop" / "helpers.py").write_text('"""Homeless."""\n', "utf-8")
    result = lint(copy)
    assert result.returncode == 1
    assert "iscg_desktop.helpers" in result.stdout


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("services/__init__.py", "from sqlcipher3 import dbapi2"),
        ("ui/__init__.py", "import reportlab.lib"),
        ("domain/__init__.py", "def late():\n    import numpy"),
        ("storage/__init__.py", "import requests"),
    ],
)
def test_a_library_outside_its_room_is_named(copy: Path, where: str, line: str) -> None:
    path = copy / "iscg_desktop" / where
    path.write_text(path.read_text("utf-8") + f"\n{line}\n", "utf-8")
    library = re.findall(r"(?:import|from) (\w+)", line)[0]
    assert [found for found in misplaced_libraries(path.parents[1]) if found.startswith(where)] == [
        f"{where}:{len(path.read_text('utf-8').splitlines())} {library}"
    ]


def test_pages_that_know_each_other_are_named(copy: Path) -> None:
    pages = copy / "iscg_desktop" / "ui" / "pages"
    for name, line in [
        ("agenda/page.py", "from iscg_desktop.ui.pages.annuaire.page import AnnuairePage"),
        ("annuaire/page.py", "from iscg_desktop.ui.pages.annuaire.suites import Suites"),
        ("annuaire/partenaire.py", "from iscg_desktop.ui.pages.annuaire.partenaire_cartes import Carte"),
        ("annuaire/contact.py", "from iscg_desktop.ui.pages.annuaire.partenaire import PartenairePage"),
    ]:
        (pages / name).write_text(f"{line}\n", "utf-8")
    assert acquainted_pages(pages) == [
        "agenda.page -> annuaire.page", "annuaire.contact -> annuaire.partenaire",
    ]  # fmt: skip
