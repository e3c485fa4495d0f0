"""Restoring a backup while no coffre is open: what it holds, what it would replace, and doing it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import cast

from iscg_desktop.domain.period import parse_period, quarter_of
from iscg_desktop.errors import UserError
from iscg_desktop.reference.territories import shipped
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.effacement import EffacementService
from iscg_desktop.services.session import Session
from iscg_desktop.storage.backup import verify_backup
from iscg_desktop.storage.backup_file import read_block
from iscg_desktop.storage.connection import Connection
from iscg_desktop.storage.header_copies import is_coffre, read_copies
from iscg_desktop.storage.instance import is_open_elsewhere
from iscg_desktop.storage.keys import VaultKey, unwrap_passphrase
from iscg_desktop.storage.migrator import shipped_migrations
from iscg_desktop.storage.restore import Restored, restore, unlock_backup, unlock_backup_with_sheet
from iscg_desktop.storage.transaction import Repositories, Transaction
from iscg_desktop.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Apercu:
    """A backup that was opened and verified, before anything is restored.

    Attributes:
        path: The file.
        faite_le: When it was made (UTC).
        dossiers: How many dossiers it holds.
        entretiens: How many entretiens.
        key: Opens it.
    """

    path: Path
    faite_le: datetime
    dossiers: int
    entretiens: int
    key: VaultKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class Restauree:
    """A restore that was done.

    Attributes:
        garde: Where the coffre it replaced is kept; None where there was none.
        reprise: Whether bilans handed over, erasures and numbers of that coffre were carried forward.
        key: Opens the coffre now.
    """

    garde: Path | None
    reprise: bool
    key: VaultKey = field(repr=False)


def faite_le(path: Path) -> datetime:
    """When a backup was made; reads its last block only.

    Raises:
        UserError: What is wrong with the file.
    """
    return read_block(path)[0].made_at


def ouvrir(path: Path, passphrase: str) -> Apercu:
    """Open a backup with the passphrase of its day and verify it to its last byte. Slow: for a worker.

    Raises:
        UserError: ``sauvegarde_phrase``, or what is wrong with the file; nothing was written.
    """
    return _apercu(path, unlock_backup(path, passphrase))


def ouvrir_avec_fiche(path: Path, typed: str) -> Apercu:
    """Open a backup with the recovery code of its day. Slow: for a worker.

    Raises:
        UserError: What is wrong with the code or the file; nothing was written.
    """
    return _apercu(path, unlock_backup_with_sheet(path, typed))


def restaurer(
    apercu: Apercu,
    folder: Path,
    *,
    actuelle: str | None = None,
    sans_reprise: bool = False,
    clock: Clock | None = None,
) -> Restauree:
    """Put a backup in the place of the coffre in `folder`, which is kept. Slow: for a worker.

    Args:
        apercu: From `ouvrir`.
        folder: Where the coffre lies, or shall lie.
        actuelle: Passphrase of the coffre that is replaced, when the key of the backup does not open it.
        sans_reprise: Nobody has that passphrase any more: restore without what it would carry forward.
        clock: The clock.

    Raises:
        UserError: ``restauration_phrase_actuelle``, ``sauvegarde_autre_ici``, ``coffre_deja_ouvert``,
            ``coffre_version_essai``, or why the disk refuses; the coffre is as it was.
    """
    time = clock or Clock()

    def finish(connection: Connection, carried: bool) -> None:
        Session.require_schema(Repositories(connection))
        _erase_again(connection, time)
        if not carried:
            with Transaction(connection) as tx:
                _cover(tx, time)
                tx.commit()

    replaced = _replaced_key(apercu, folder, actuelle, sans_reprise=sans_reprise)
    done: Restored = restore(
        apercu.path, apercu.key, folder, time.now(), replaced_key=replaced, finish=finish
    )
    return Restauree(done.kept, done.carried, done.key)


def _apercu(path: Path, key: VaultKey) -> Apercu:
    content = verify_backup(path, key)
    if content.schema > len(shipped_migrations()):
        raise UserError("sauvegarde_plus_recente")
    return Apercu(path, content.made_at, content.dossiers, content.entretiens, key)


def _replaced_key(
    apercu: Apercu, folder: Path, actuelle: str | None, *, sans_reprise: bool
) -> VaultKey | None:
    """What opens the coffre to be replaced; None where there is none, or where nothing opens it any more."""
    if not is_coffre(folder):
        return None
    if is_open_elsewhere(folder):
        raise UserError("coffre_deja_ouvert")
    try:
        copies = read_copies(folder)
    except UserError as error:
        if error.code == "entetes_abimes":
            return None
        raise
    if copies.best.vault_id != read_block(apercu.path)[0].coffre.header.vault_id:
        raise UserError("sauvegarde_autre_ici")
    if any(copy.is_sealed_by(apercu.key) for _, copy in copies.readable[:1]):
        return apercu.key
    if actuelle:
        return unwrap_passphrase(copies.best.vault_id, copies.best.passphrase, actuelle)
    if sans_reprise:
        return None
    raise UserError("restauration_phrase_actuelle")


def _erase_again(connection: Connection, clock: Clock) -> None:
    """Whoever was erased since the backup was made does not come back with it."""
    # A session needs of its vault only what a connection has.
    session = Session(cast(Vault, connection), clock, shipped())
    EffacementService(session).reapply()


def _cover(repositories: Repositories, clock: Clock) -> None:
    """Count nothing older than this quarter any more: it may have been handed over from the coffre that is lost."""
    today = quarter_of(clock.today())
    first = Session.premier_trimestre(repositories)
    if first is None or parse_period(first) < today:
        Session.keep_premier_trimestre(repositories, today.code)
