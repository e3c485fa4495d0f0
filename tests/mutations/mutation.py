"""A protection taken away on purpose, in a copy of the project: the tests named with it must turn red."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LINKED = ("resources", "translations", "packaging", "docs", "README.md", "CHANGELOG.md", "LICENSE")


@dataclass(frozen=True)
class Mutation:
    """One protection less.

    Attributes:
        exigence: Number of the requirement it belongs to.
        name: What is taken away.
        file: Where, from the root of the project.
        before: Text that stands there exactly once.
        after: What stands there instead.
        tests: Those that must turn red, as pytest names them; one red is enough.
    """

    exigence: str
    name: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]

    def problems(self) -> list[str]:
        """Why it would prove nothing: its text is gone, or its tests are."""
        found = (ROOT / self.file).read_text("utf-8").count(self.before)
        wrong = [] if found == 1 else [f"{self.file}: {found} times {self.before!r}"]
        for test in self.tests:
            path, _, name = test.partition("::")
            if not (ROOT / path).is_file():
                wrong.append(f"no file {path}")
            elif name and name.partition("[")[0] not in _functions(ROOT / path):
                wrong.append(f"no test {test}")
        return wrong

    def apply(self, copy: Path) -> None:
        """Take the protection away in a copy of the project."""
        path = copy / self.file
        path.write_text(path.read_text("utf-8").replace(self.before, self.after), "utf-8")


def _functions(path: Path) -> set[str]:
    return {
        node.name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }


def copy_project(folder: Path) -> Path:
    """What the tests need of this project, to be broken."""
    for name in ("iscg_desktop", "tests"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in _LINKED:
        (folder / name).symlink_to(ROOT / name)
    return folder


def run_tests(copy: Path, tests: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    """Run tests of a copy, up to the first that fails."""
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    return subprocess.run(
        command,
        cwd=copy,
        env=dict(os.environ, PYTHONPATH=str(copy)),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
