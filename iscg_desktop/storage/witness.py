"""The witness: how many commits the database had when it was last seen, beside it in the folder.

A database put back whole as it was some days ago fits its own seal. The witness remembers that it was further; it is
put back too only if the whole folder is, which nothing kept in that folder can tell.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
from pathlib import Path
from typing import Final

from iscg_desktop.errors import UserError
from iscg_desktop.files import write_atomic
from iscg_desktop.storage.keys import VaultKey

WITNESS: Final = "temoin"
_LONGEST: Final = 1000


def seen(folder: Path, database: str, key: VaultKey) -> int:
    """The number of commits last seen of a database; 0 when nothing credible says."""
    try:
        with (folder / WITNESS).open("rb") as file:
            line, _, tag = file.read(_LONGEST).partition(b"\n")
    except OSError:
        return 0
    name, _, commits = line.decode("ascii", "replace").partition(" ")
    if not hmac.compare_digest(tag, _tag(line, key)) or name != database:
        return 0
    return int(commits)


def remember(folder: Path, database: str, commits: int, key: VaultKey) -> None:
    """Note the number of commits; a failure is no harm, the one before stays."""
    line = f"{database} {commits}".encode("ascii")
    with contextlib.suppress(UserError):
        write_atomic(folder / WITNESS, line + b"\n" + _tag(line, key))


def _tag(line: bytes, key: VaultKey) -> bytes:
    return hmac.new(key.derive("temoin"), line, hashlib.sha256).hexdigest().encode("ascii")
