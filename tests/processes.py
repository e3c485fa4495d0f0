"""Other Python processes that run the code of this checkout, for what only a process of its own can show."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


def run_python(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run `code` to its end; it sees `arguments` in ``sys.argv[1:]``. A failure shows its traceback."""
    done = subprocess.run(
        _command(code, arguments), cwd=_ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done


def start_python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Start `code` and go on; its output is to be read, and it is to be ended, by the test."""
    return subprocess.Popen(_command(code, arguments), cwd=_ROOT, stdout=subprocess.PIPE, text=True)


def _command(code: str, arguments: tuple[object, ...]) -> list[str]:
    return [sys.executable, "-W", "error", "-c", code, *map(str, arguments)]
