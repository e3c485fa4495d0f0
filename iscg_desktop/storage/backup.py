"""Backups: made from the open database a few pages at a time, reopened and verified before they have a name."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

from iscg_desktop.errors import UserError
from iscg_desktop.files import flush_file, forget_cached, giving_name, private_folder, remove_leftovers
from iscg_desktop.platform.step_back import behind
from iscg_desktop.storage.backup_file import (
    BLOCK,
    SUFFIX,
    BackupBlock,
    digest,
    key_id,
    read_block,
    seal,
)
from iscg_desktop.storage.connection import Connection
from iscg_desktop.storage.creation import BACKUPS
from iscg_desktop.storage.header import Header, SealedHeader
from iscg_desktop.storage.header import seal as seal_header
from iscg_desktop.storage.header_copies import read_copies
from iscg_desktop.storage.keys import VaultKey
from iscg_desktop.storage.migrator import schema_version

_NAME: Final = "sauvegarde-%Y-%m-%d-%H%M%S"


class Copied(Protocol):
    """An open database, as a backup needs it."""

    def copy_into(self, path: Path, dbk: bytes, between: Callable[[], None]) -> None:
        """Copy all of it into an empty file; see `connection.Connection`."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that lies on a disk."""

    path: Path
    made_at: datetime
    size: int
    key_id: str


@dataclass(frozen=True, slots=True)
class BackupContent:
    """What a verified backup holds, for whoever is about to restore it."""

    made_at: datetime
    schema: int
    dossiers: int
    entretiens: int


def write_backup(
    source: Copied,
    header: Header,
    key: VaultKey,
    folder: Path,
    now: datetime,
    between: Callable[[], None] = lambda: None,
) -> Backup:
    """Make a backup in `folder` and verify it; when this returns it is on the disk, whole, under its name.

    Runs beside the owner of the connection; see `Connection.copy_into`.

    Raises:
        UserError: Why the disk refuses, or ``sauvegarde_non_verifiee``. No file is left.
    """
    return behind(_write_backup, source, header, key, folder, now, between)  # her gestures go first


def _write_backup(
    source: Copied, header: Header, key: VaultKey, folder: Path, now: datetime, between: Callable[[], None]
) -> Backup:
    now = now.astimezone(UTC).replace(microsecond=0)
    path = _free_name(folder, now)
    remove_leftovers(folder)
    with giving_name(path) as making:
        source.copy_into(making, key.dbk, between)
        flush_file(making)
        forget_cached(making)
        size = making.stat().st_size
        try:
            _, sha256 = _read_all(making, size, key, now)
            sealed = SealedHeader(header, seal_header(header, key))
            block = BackupBlock(sealed, key_id(key), now, size, sha256)
            with making.open("ab") as file:
                file.write(seal(block, key))
            if read_block(making)[0] != block:
                raise UserError("sauvegarde_abimee")
        except UserError:
            raise UserError("sauvegarde_non_verifiee") from None
    return Backup(path, now, size + BLOCK, block.key_id)


def backup_before_migration(folder: Path, key: VaultKey, now: datetime) -> Callable[[Connection], None]:
    """For `Vault.open`: a verified backup of the coffre in `folder`, beside its others, before its schema changes."""

    def save(connection: Connection) -> None:
        private_folder(folder / BACKUPS)
        write_backup(connection, read_copies(folder).sealed_by(key), key, folder / BACKUPS, now)

    return save


def verify_backup(path: Path, key: VaultKey) -> BackupContent:
    """Read every byte of a backup and every page of its database; nothing is written.

    Raises:
        UserError: ``sauvegarde_illisible``, ``sauvegarde_plus_recente``, ``sauvegarde_autre_coffre`` (of another
            coffre, or put together without the key), ``sauvegarde_abimee``, ``sauvegarde_absente``.
    """
    block, data = read_block(path)
    if not block.is_sealed_by(key, data):
        raise UserError("sauvegarde_autre_coffre")
    content, sha256 = _read_all(path, block.size, key, block.made_at)
    if sha256 != block.sha256:
        raise UserError("sauvegarde_abimee")
    return content


def _read_all(path: Path, size: int, key: VaultKey, made_at: datetime) -> tuple[BackupContent, str]:
    """Read every page and every byte of a database: what it holds, and the digest of the bytes.

    Two readings at once: on two cores the digest costs nothing.
    """
    with ThreadPoolExecutor(1) as beside, _damage_told():
        digested = beside.submit(digest, path, size)
        return _read_content(path, key, made_at), digested.result()
    raise UserError("sauvegarde_abimee")


def _read_content(path: Path, key: VaultKey, made_at: datetime) -> BackupContent:
    connection = Connection.reading(path, key.dbk)
    try:
        # Each page it reads is checked against its own HMAC on the way.
        if [row[0] for row in connection.execute("PRAGMA quick_check")] != ["ok"]:
            raise UserError("sauvegarde_abimee")
        counts = [_count(connection, table) for table in ("dossiers", "entretiens")]
        return BackupContent(made_at, schema_version(connection), *counts)
    finally:
        connection.close()


def _count(connection: Connection, table: str) -> int:
    known = connection.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,))
    return int(connection.execute(f"SELECT count(*) FROM {table}").scalar()) if known else 0


@contextmanager
def _damage_told() -> Iterator[None]:
    """What the disk or the database says of a damaged file, as a damaged backup."""
    try:
        yield
    except OSError:
        failure = UserError("sauvegarde_abimee")
    except UserError as error:
        failure = UserError("sauvegarde_abimee") if error.code == "coffre_abime" else error
    else:
        return
    raise failure


def list_backups(folder: Path, vault_id: str) -> tuple[Backup, ...]:
    """Whole backups of a coffre that lie in `folder`, the newest first; what is something else is left out.

    Raises:
        UserError: ``dossier_introuvable``: a stick that is not there, for instance.
    """
    found = []
    try:
        paths = sorted(folder.glob(f"*{SUFFIX}"))
    except OSError:
        paths = []
    if not folder.is_dir():
        raise UserError("dossier_introuvable")
    for path in paths:
        with contextlib.suppress(UserError):
            block, _ = read_block(path)
            if block.coffre.header.vault_id == vault_id:
                found.append(Backup(path, block.made_at, block.size + BLOCK, block.key_id))
    return tuple(sorted(found, key=lambda each: (each.made_at, each.path.name), reverse=True))


def remove_backup(backup: Backup) -> bool:
    """Delete one; whether it is gone."""
    try:
        backup.path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _free_name(folder: Path, now: datetime) -> Path:
    """A name of that moment, which says nothing else; two of one second have different ones."""
    path = folder / f"{now.strftime(_NAME)}{SUFFIX}"
    number = 2
    while path.exists():
        path = folder / f"{now.strftime(_NAME)}-{number}{SUFFIX}"
        number += 1
    return path
