"""Is a coffre sound: every page authentic, every index true to its rows, no page older than the rest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iscg_desktop.errors import UserError
from iscg_desktop.files import storage_error
from iscg_desktop.storage.connection import Connection
from iscg_desktop.storage.header import Header
from iscg_desktop.storage.header_copies import read_copies
from iscg_desktop.storage.keys import VaultKey
from iscg_desktop.storage.migrator import schema_version, shipped_migrations
from iscg_desktop.storage.seal import SealState, read_state

# The first compares indexes and the search index with the rows too.
_PRAGMAS = (("integrity_check", "ok"), ("cipher_integrity_check", None))


@dataclass(frozen=True, slots=True)
class Check:
    """What was found.

    Attributes:
        problems: In technical words; empty when the coffre is sound.
        seal: The rows as they were read; None when they could not be.
    """

    problems: tuple[str, ...]
    seal: SealState | None


def check_coffre(folder: Path, key: VaultKey) -> Check:
    """Check a whole coffre by a connection of its own, for a worker thread; about 20 ms per megabyte.

    It can run while a `Vault` is open, until that one first writes; a writing waits for it.

    Raises:
        UserError: ``coffre_occupe`` (something was written already), ``coffre_abime`` (nothing can be
            read), ``coffre_incomplet``, ``entetes_abimes``, ``coffre_plus_recent``.
    """
    header = read_copies(folder).sealed_by(key)
    connection = open_database(folder, header, key)
    try:
        if schema_version(connection) > len(shipped_migrations()):
            raise UserError("coffre_plus_recent")
        return check_open(connection, folder / header.database)
    finally:
        connection.close()


def check_open(connection: Connection, path: Path) -> Check:
    """Check the database that a connection has open.

    Raises:
        UserError: ``coffre_version_essai``.
    """
    found = [] if is_whole_size(connection, path) else ["size: the file is shorter than its pages"]
    for pragma, sound in _PRAGMAS:
        try:
            rows = connection.execute(f"PRAGMA {pragma}")
        except UserError as error:
            found.append(f"{pragma}: {error.code}")
        else:
            found.extend(f"{pragma}: {row[0]}" for row in rows if row[0] != sound)
    try:
        state = read_state(connection)
    except UserError as error:
        return Check((*found, f"seal: {error.code}"), None)
    if state.sealed is None:
        raise UserError("coffre_version_essai")  # made before there were seals: every coffre has one since
    if not state.is_fresh:
        found.append("seal: some pages are older than the others")
    return Check(tuple(found), state)


def open_database(folder: Path, header: Header, key: VaultKey) -> Connection:
    """Open the database of a coffre.

    Raises:
        UserError: ``coffre_incomplet``, ``coffre_abime``, ``coffre_occupe``, or why the disk refuses.
    """
    path = folder / header.database
    size_of(path)  # tells a missing file from one that cannot be opened
    connection = Connection(path, key.dbk)
    try:
        # SQLite takes an emptied file for a new database; a coffre was never without its schema.
        if schema_version(connection) == 0 or not is_whole_size(connection, path):
            raise UserError("coffre_abime")
    except BaseException:
        connection.close()
        raise
    return connection


def is_whole_size(connection: Connection, path: Path) -> bool:
    """Whether the file has all the pages it should: whole pages cut off its end go unseen elsewhere.

    The size is asked of the folder: opening the file here would drop the locks of SQLite.
    """
    pages = connection.execute("PRAGMA page_count").scalar()
    return size_of(path) >= int(pages) * int(connection.execute("PRAGMA page_size").scalar())


def size_of(path: Path) -> int:
    """Size of the database.

    Raises:
        UserError: ``coffre_incomplet``, or why the folder cannot be read.
    """
    try:
        return path.stat().st_size
    except FileNotFoundError:
        failure = UserError("coffre_incomplet")
    except OSError as error:
        failure = storage_error(error)
    raise failure
