r"""Paths of Windows longer than 260 characters: written « \\?\ », the system takes 32 767."""

from __future__ import annotations

import os
from pathlib import Path, PureWindowsPath
from typing import Final

_LONG, _SHARE = "\\\\?\\", "\\\\?\\UNC\\"
_SHORT: Final = 150
"""What a folder may measure and leave room under 260 for the names of the coffre and of its backups."""


def extended(path: Path) -> Path:
    """A folder as this system takes it however long what lies in it is; the same elsewhere than on Windows."""
    if os.name != "nt":
        return path
    return Path(extended_on_windows(os.path.abspath(path)))  # noqa: PTH100 - without « .. », Path would keep it


def shown(path: str) -> str:
    """A path as she knows it."""
    if path.startswith(_SHARE):
        return "\\\\" + path[len(_SHARE) :]
    return path.removeprefix(_LONG)


def extended_on_windows(path: str) -> str:
    """An absolute path of Windows, extended when what lies under it may grow too long; a short one is left alone."""
    if len(path) <= _SHORT or path.startswith(_LONG):
        return path
    plain = str(PureWindowsPath(path))  # the system reads an extended path letter for letter: no / and no .
    return _SHARE + plain[2:] if plain.startswith("\\\\") else _LONG + plain
