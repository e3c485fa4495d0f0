"""The reserve: room kept in the folder of the coffre, given back when the disk is full: the save goes through."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

RESERVE: Final = "reserve"
SIZE: Final = 1024 * 1024
"""More than an entretien, its drafts and the journal of their transaction take."""


def keep_room(folder: Path) -> None:
    """Take the room, unless it is there already or the disk has none; a failure is no harm."""
    path = folder / RESERVE
    try:
        if path.exists():
            return
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            _fill(handle)
        except OSError:
            path.unlink()
        finally:
            os.close(handle)
    except OSError:
        return


def _fill(handle: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, SIZE)  # real room, not a promise
    elif os.write(handle, os.urandom(SIZE)) < SIZE:
        raise OSError


def give_back(folder: Path) -> bool:
    """Give the room back to the disk; whether there was any."""
    try:
        (folder / RESERVE).unlink()
    except OSError:
        return False
    return True
