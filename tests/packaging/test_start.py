"""The start command on a checkout of its own: prepares once, then starts at once, and never leaves a traceback."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import start

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = '''"""A stand-in for the program: says how it was started."""
import os, sys
print(sys.argv[1:], sys.flags.isolated, "PYTHONPATH" in os.environ and "leaked" in sys.path)
'''
NOWHERE = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_FIND_LINKS": ""}


class Checkout:
    """A small project with the real preparation and nothing to install."""

    def __init__(self, root: Path) -> None:
        self.root = root
        ignored = shutil.ignore_patterns("__pycache__", "*.lock", "data")
        shutil.copytree(ROOT / "packaging", root / "packaging", ignore=ignored)
        self.lock = root / "packaging" / "requirements.lock"
        self.lock.write_text("# nothing\n", "utf-8")
        (root / "packaging" / "requirements-dev.lock").write_text("# nothing\n", "utf-8")
        package = root / "iscg_desktop"
        package.mkdir()
        (package / "__init__.py").write_text('"""Stand-in."""\n', "utf-8")
        (package / "__main__.py").write_text(PROGRAM, "utf-8")

    def start(
        self, *arguments: str, before: Callable[[], None] | None = None, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the command from another folder, without a screen; `before` is called in its process."""
        environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
        return subprocess.run(
            [sys.executable, str(self.root / "packaging" / "start.py"), *arguments],
            cwd=self.root.parent,
            env=environment | NOWHERE | {"PYTHONPATH": "leaked"} | variables,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=before,
        )

    def state(self) -> dict[str, int]:
        """When each file of the environment was last changed; Python's own cache aside."""
        return {
            str(path): path.stat().st_mtime_ns
            for path in (self.root / ".venv").rglob("*")
            if path.is_file() and path.suffix != ".pyc"
        }


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout already prepared: an empty environment takes seconds, so it is made once."""
    ready = Checkout(tmp_path_factory.mktemp("start") / "project")
    first = ready.start("bonjour", "--x")
    assert first.returncode == 0, first.stderr
    assert first.stdout == "['bonjour', '--x'] 1 False\n"
    assert "Première préparation" in first.stderr
    return ready


def test_a_second_start_says_and_touches_nothing(checkout: Checkout) -> None:
    before = checkout.state()
    again = checkout.start("bonjour")
    assert again.stdout == "['bonjour'] 1 False\n"
    assert again.stderr == ""
    assert checkout.state() == before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a screen is always there elsewhere")
def test_without_a_screen_it_says_so_and_makes_the_demonstration(checkout: Checkout) -> None:
    (checkout.root.parent / "demonstration").mkdir(exist_ok=True)
    result = checkout.start()
    folder = checkout.root.parent / "demonstration-2"
    assert result.stdout == f"{['demo', str(folder)]} 1 False\n"
    assert "pas d’écran" in result.stderr
    assert str(folder) in result.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a screen is always there elsewhere")
def test_with_a_screen_it_opens_the_window(checkout: Checkout) -> None:
    assert checkout.start(DISPLAY=":7").stdout == "[] 1 False\n"
    assert checkout.start("--coffre", "x", DISPLAY=":7").stdout == "['--coffre', 'x'] 1 False\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a screen is always there elsewhere")
def test_without_a_screen_a_coffre_cannot_be_shown(checkout: Checkout) -> None:
    result = checkout.start("--coffre=x")
    assert result.returncode == 1
    assert result.stdout == ""
    assert "pas d’écran" in result.stderr


def test_offline_a_changed_lock_is_explained_and_the_old_packages_stay(checkout: Checkout) -> None:
    old = checkout.lock.read_text("utf-8")
    checkout.lock.write_text(f"zxcvbn==4.5.0 --hash=sha256:{'0' * 64}\n", "utf-8")
    offline = checkout.start("bonjour")
    assert offline.returncode == 1
    assert "besoin du réseau" in offline.stderr
    assert "Traceback" not in offline.stderr
    assert len(offline.stderr.splitlines()) == 2  # what it does, why it cannot
    checkout.lock.write_text(old, "utf-8")
    assert checkout.start("bonjour").stderr == ""


def test_an_interrupted_preparation_is_made_again(checkout: Checkout) -> None:
    (checkout.root / ".venv" / "iscg-pret.json").unlink()
    leftover = checkout.root / ".venv" / "leftover"
    leftover.write_text("half-made", "utf-8")
    result = checkout.start("bonjour")
    assert result.stdout == "['bonjour'] 1 False\n"
    assert "Première préparation" in result.stderr
    assert not leftover.exists()


@pytest.mark.skipif(os.name == "nt", reason="no limit on written files to play a full disk with")
def test_a_disk_that_refuses_writing_is_explained(tmp_path: Path) -> None:
    import resource

    checkout = Checkout(tmp_path / "project")
    result = checkout.start("bonjour", before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)))
    assert result.returncode == 1
    assert ".venv" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_old_python_is_told_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 13, "final", 0))
    assert start.main() == 1
    assert "Python 3.11 ou plus récent est nécessaire" in capsys.readouterr().err


def test_an_old_python_can_read_the_file() -> None:
    """Neither f-strings, nor annotations, nor := before the refusal."""
    tree = ast.parse((ROOT / "packaging" / "start.py").read_text("utf-8"))
    recent = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.TryStar, ast.AsyncFunctionDef)
    assert [node for node in ast.walk(tree) if isinstance(node, recent)] == []
    for node in ast.walk(tree):
        assert not isinstance(node, ast.ImportFrom) or node.module != "__future__"
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None
            assert all(argument.annotation is None for argument in node.args.args)
