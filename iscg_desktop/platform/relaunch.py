"""The end of a process and the birth of the next in its place: nothing that was in its memory is left (S39)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from iscg_desktop.platform.environment import cleansed

_PACKAGE = Path(__file__).resolve().parents[1]


def is_frozen() -> bool:
    """Whether this is the packaged program."""
    return bool(getattr(sys, "frozen", False))


def command(arguments: Sequence[str]) -> list[str]:
    """What starts this program again.

    Args:
        arguments: Words after its name.
    """
    program = [sys.executable] if is_frozen() else [sys.executable, "-P", "-m", _PACKAGE.name]
    return [*program, *arguments]


def environment() -> dict[str, str]:
    """What the next process inherits: nothing that chooses what it loads."""
    inherited = cleansed(os.environ)
    if is_frozen():
        inherited["PYINSTALLER_RESET_ENVIRONMENT"] = "1"  # a program of its own, not a part of this one
    else:
        inherited["PYTHONPATH"] = str(_PACKAGE.parent)
    return inherited


def replace_process(arguments: Sequence[str]) -> NoReturn:
    """End this process at once and start the program again; whatever is open is dropped, nothing is written.

    Elsewhere than on Windows the next one takes the very place of this one, so that the terminal or the desktop that
    waits for it goes on waiting. Files and sockets are closed: none of ours is left to a child.

    Args:
        arguments: Words of the next one.
    """
    words, inherited = command(arguments), environment()
    code = 1
    try:
        if os.name == "nt":
            subprocess.Popen(words, env=inherited, close_fds=True)
            code = 0
        else:
            os.execve(words[0], words, inherited)
    finally:
        os._exit(code)  # also when nothing can be started: the memory goes first
