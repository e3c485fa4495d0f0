"""Real coffres for tests: made once per run, copied closed, opened in some milliseconds."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from iscg_desktop.storage.creation import VaultCreation
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.keys import VaultKey
from iscg_desktop.storage.migrator import Migration

PASSPHRASE = "Sept mots assez longs pour être éprouvés"

SMALL_SCHEMA = (
    Migration(
        1,
        "essai",
        """
        CREATE TABLE parametres (cle TEXT PRIMARY KEY, valeur TEXT NOT NULL) STRICT;
        CREATE TABLE journal (
            id INTEGER PRIMARY KEY, horodatage TEXT NOT NULL, action TEXT NOT NULL, objet TEXT NOT NULL,
            reference TEXT, precedent BLOB NOT NULL, empreinte BLOB NOT NULL
        ) STRICT;
        CREATE TABLE journal_ancres (
            id INTEGER PRIMARY KEY, dernier_id INTEGER NOT NULL, empreinte BLOB NOT NULL,
            pose_le TEXT NOT NULL
        ) STRICT;
        CREATE TABLE notes (id INTEGER PRIMARY KEY, texte TEXT NOT NULL CHECK (texte <> '')) STRICT;
        CREATE TABLE suites (note_id INTEGER NOT NULL REFERENCES notes (id)) STRICT;
        """,
    ),
)
"""What the coffre itself needs, and two tables to write in."""


@dataclass(frozen=True)
class Coffre:
    """A closed coffre and all that opens it."""

    folder: Path
    key: VaultKey
    code: str
    passphrase: str = PASSPHRASE

    def copy_to(self, folder: Path) -> Coffre:
        """The same coffre elsewhere."""
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder)

    @property
    def database(self) -> Path:
        """The file of its database."""
        (path,) = self.folder.glob("data-*.db")
        return path


def make_coffre(folder: Path, *, migrations: Sequence[Migration] | None = None) -> Coffre:
    """Create a coffre as the first-run assistant does, at the lowest cost allowed."""
    creation = VaultCreation(folder, PASSPHRASE, KdfParameters.floor())
    code = creation.recovery_code.text
    return Coffre(folder, creation.complete(code, migrations=migrations), code)


def snapshot(folder: Path) -> dict[str, tuple[object, ...]]:
    """All that can be told of a folder without changing it: names, bytes, dates, permissions."""
    found = {}
    for path in [folder, *folder.rglob("*")]:
        status = os.stat(path)  # noqa: PTH116 - says plainly that it is the system that is asked
        data = path.read_bytes() if path.is_file() else b""
        found[str(path)] = (data, status.st_mtime_ns, status.st_mode, status.st_ino, status.st_size)
    return found
