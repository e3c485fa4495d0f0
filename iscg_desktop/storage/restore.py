"""Restoring: a backup takes the place of a coffre, which is kept; the header names one or the other, never both."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from iscg_desktop.errors import UserError
from iscg_desktop.files import (
    giving_name,
    name_folder,
    private_folder,
    write_atomic,
)
from iscg_desktop.storage import keys
from iscg_desktop.storage.backup import verify_backup
from iscg_desktop.storage.backup_file import BackupBlock, read_block
from iscg_desktop.storage.connection import Connection
from iscg_desktop.storage.creation import BACKUPS
from iscg_desktop.storage.header import Header
from iscg_desktop.storage.header_copies import COPIES, is_coffre, read_copies, write_copies
from iscg_desktop.storage.instance import LOCK_FILE, InstanceLock
from iscg_desktop.storage.keys import VaultKey
from iscg_desktop.storage.migrator import migrate, shipped_migrations
from iscg_desktop.storage.recovery_code import RecoveryCode
from iscg_desktop.storage.registry import Registry, carry_forward, jump_counters, read_registry
from iscg_desktop.storage.seal import renew
from iscg_desktop.storage.strays import mark_doomed, move_database, replaced_folder, settle_strays
from iscg_desktop.storage.transaction import Repositories

_PIECE: Final = 1 << 20
_SEQUENCE: Final = "sequence_entete"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        key: Opens the coffre as it is now.
        kept: Where the coffre it replaced is kept; None where there was none.
        carried: Whether the registry of the replaced coffre could be carried forward.
    """

    key: VaultKey
    kept: Path | None
    carried: bool


Finish = Callable[[Connection, bool], None]
"""What is left to do in the restored database before it is anybody's coffre: erase again what was erased, and the
rest if the registry was lost (its second argument says whether it was carried). It makes its own transactions."""


def unlock_backup(path: Path, passphrase: str) -> VaultKey:
    """Key of a backup from the passphrase that was in force when it was made. About one second.

    Raises:
        UserError: ``sauvegarde_phrase``, or as `backup_file.read_block`.
    """
    block, _ = read_block(path)
    header = block.coffre.header
    try:
        return keys.unwrap_passphrase(header.vault_id, header.passphrase, passphrase)
    except UserError as error:
        if error.code != "phrase_de_passe_incorrecte":
            raise
    raise UserError("sauvegarde_phrase", jour=f"{block.made_at.astimezone():%d/%m/%Y}")


def unlock_backup_with_sheet(path: Path, typed: str) -> VaultKey:
    """Key of a backup from the recovery code that was good when it was made.

    Raises:
        UserError: ``code_secours_groupe``, ``code_secours_longueur``, ``code_secours_incorrect``, or as
            `backup_file.read_block`.
    """
    header = read_block(path)[0].coffre.header
    return keys.unwrap_recovery(header.vault_id, header.recovery, RecoveryCode.parse(typed))


def restore(
    path: Path,
    key: VaultKey,
    folder: Path,
    now: datetime,
    *,
    replaced_key: VaultKey | None,
    finish: Finish = lambda connection, carried: None,
) -> Restored:
    """Put the backup `path` in the place of the coffre in `folder`, or where there is none yet.

    Everything is made ready beside; the header is written last. A crash leaves the coffre as it was, or restored.

    Args:
        path: The backup; only read.
        key: Opens it.
        folder: Where the coffre lies, or shall lie.
        now: The moment, for the journal and the name under which the old one is kept.
        replaced_key: Opens the coffre that is replaced; None when nothing does any more.
        finish: See `Finish`; called once the registry was carried forward.

    Raises:
        UserError: As `backup.verify_backup`; ``coffre_deja_ouvert``, ``dossier_non_vide``, or why the disk refuses.
            The coffre is as it was, and so is the backup.
    """
    verify_backup(path, key)
    block, _ = read_block(path)
    if not is_coffre(folder):
        return _into_new(path, key, block, folder, now, finish)
    with ExitStack() as stack:
        stack.callback(InstanceLock.acquire(folder).release)
        registry = None if replaced_key is None else _registry_of(folder, replaced_key)
        return _into_existing(path, key, block, folder, now, registry, finish)


def _into_new(
    path: Path, key: VaultKey, block: BackupBlock, folder: Path, now: datetime, finish: Finish
) -> Restored:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError("dossier_non_vide")
    building = folder.with_name(f".{folder.name}-{os.urandom(4).hex()}.partiel")
    try:
        private_folder(building)
        private_folder(building / BACKUPS)
        write_atomic(building / LOCK_FILE, b"")
        header = replace(block.coffre.header, database=_new_name())
        _build(path, key, block, building / header.database, now, None, finish)
        write_copies(building, replace(header, sequence=header.sequence + 1), key)
        name_folder(building, folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return Restored(key, None, carried=False)


def _into_existing(
    path: Path,
    key: VaultKey,
    block: BackupBlock,
    folder: Path,
    now: datetime,
    registry: Registry | None,
    finish: Finish,
) -> Restored:
    database = _new_name()
    mark_doomed(folder, database)  # until the header names it
    place = replaced_folder(folder, now)
    try:
        for name in COPIES:
            with contextlib.suppress(FileNotFoundError):
                write_atomic(place / name, (folder / name).read_bytes())
        _build(path, key, block, folder / database, now, registry, finish)
        write_copies(folder, _header_after(folder, key, block, database), key)
    except Exception:
        with contextlib.suppress(UserError):
            settle_strays(folder, read_copies(folder).best.database)
        if not (folder / database).exists():
            shutil.rmtree(place, ignore_errors=True)
        raise
    with contextlib.suppress(OSError):  # the next opening does it
        for old in folder.glob("data-*.db"):
            if old.name != database:
                move_database(folder, old.name, place)
        settle_strays(folder, database)
    return Restored(key, place, carried=registry is not None)


def _header_after(folder: Path, key: VaultKey, block: BackupBlock, database: str) -> Header:
    """The header that makes the restored database the coffre.

    Where the key of the database is the same, what opens the coffre today goes on opening it: a restore does not
    bring back a passphrase that was changed, nor a sheet that was replaced.
    """
    base = block.coffre.header
    sequence = base.sequence
    with contextlib.suppress(UserError):
        copies = read_copies(folder)
        sequence = max(sequence, copies.best.sequence)
        base = copies.sealed_by(key)
    return replace(base, sequence=sequence + 1, database=database)


def _build(
    path: Path,
    key: VaultKey,
    block: BackupBlock,
    database: Path,
    now: datetime,
    registry: Registry | None,
    finish: Finish,
) -> None:
    """The database of the backup, brought up to date with what a restore must not undo."""
    _extract(path, block, database)
    connection = Connection(database, key.dbk)
    try:
        migrate(connection, shipped_migrations(), after=renew)
        connection.begin_immediate()
        repositories = Repositories(connection)
        if registry is None:
            jump_counters(connection, range(block.made_at.year, now.year + 1))
        else:
            carry_forward(connection, registry)
        repositories.journal.append("restauration", "coffre", f"{block.made_at:%Y-%m-%d}", now)
        connection.commit()
        finish(connection, registry is not None)
        connection.begin_immediate()
        renew(connection)  # what was written here, no open coffre sealed
        connection.commit()
    finally:
        connection.close()


def _extract(path: Path, block: BackupBlock, database: Path) -> None:
    left, digest = block.size, hashlib.sha256()
    with giving_name(database) as making, path.open("rb") as source, making.open("wb") as target:
        while left and (piece := source.read(min(left, _PIECE))):
            digest.update(piece)
            target.write(piece)
            left -= len(piece)
        if digest.hexdigest() != block.sha256:
            raise UserError("sauvegarde_abimee")


def _registry_of(folder: Path, key: VaultKey) -> Registry | None:
    """The registry of the coffre to be replaced; None when it is too damaged to give it."""
    try:
        header = read_copies(folder).sealed_by(key)
        if not (folder / header.database).is_file():
            return None
        connection = Connection(folder / header.database, key.dbk)
        try:
            return read_registry(connection)
        finally:
            connection.close()
    except UserError as error:
        if error.code in {"coffre_abime", "entetes_abimes", "coffre_incomplet", "disque_en_erreur"}:
            return None
        raise


def _new_name() -> str:
    return f"data-{os.urandom(16).hex()}.db"
