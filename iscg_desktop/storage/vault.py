"""The open coffre: its folder, its lock, its header, its database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from iscg_desktop.errors import BugError, UserError
from iscg_desktop.files import remove_leftovers, storage_error
from iscg_desktop.storage.connection import Connection, Params, Result
from iscg_desktop.storage.header import Header
from iscg_desktop.storage.header_copies import (
    COPIES,
    Copies,
    HeaderState,
    read_copies,
    write_copies,
)
from iscg_desktop.storage.instance import InstanceLock
from iscg_desktop.storage.keys import PassphraseSlot, VaultKey
from iscg_desktop.storage.migrator import Migration, migrate, schema_version, shipped_migrations

_CHECKED_AT_ONCE: Final = 4 * 1024 * 1024  # bytes; checking them takes about 40 ms
_SEQUENCE: Final = "sequence_entete"


class Vault:
    """A coffre open for reading and writing, by one program and from one thread.

    Made by `open`. As a context manager it closes at the end.

    Attributes:
        folder: Where it lies.
        key: What opened it; `key.derive` gives keys for other purposes.
        header_state: Whether a header copy had to be mended, and could be.
        old_header: The header is older than the one the database remembers: someone put back an
            old one, and with it an old passphrase. A new passphrase ends it.
        fully_checked: Whether every page was checked at opening; if not, a worker must have run
            `check_coffre` before, since nothing is written in a coffre that was not checked.
    """

    def __init__(
        self, folder: Path, key: VaultKey, header: Header, lock: InstanceLock, connection: Connection
    ) -> None:
        self.folder = folder
        self.key = key
        self.header_state = HeaderState.INTACT
        self.old_header = False
        self.fully_checked = False
        self._header = header
        self._lock = lock
        self._connection = connection

    @classmethod
    def open(
        cls,
        folder: Path,
        key: VaultKey,
        *,
        migrations: Sequence[Migration] | None = None,
        before_migration: Callable[[Connection], None] | None = None,
    ) -> Vault:
        """Open the coffre in `folder`; it then belongs to the calling thread. Some milliseconds.

        Args:
            folder: Where it lies.
            key: From `unlock` or from its creation.
            migrations: Those the program knows; by default those it is shipped with.
            before_migration: See `migrator.migrate`.

        Raises:
            UserError: ``pas_un_coffre``, ``coffre_deja_ouvert``, ``entetes_abimes``,
                ``coffre_incomplet``, ``coffre_abime``, ``coffre_plus_recent``, ``coffre_occupe``,
                ``chiffrement_absent``, or why the disk refuses.
        """
        read_copies(folder)  # a folder that is no coffre receives no lock file
        with ExitStack() as undo:
            lock = InstanceLock.acquire(folder)
            undo.callback(lock.release)
            copies = read_copies(folder)
            header = copies.sealed_by(key)
            connection = _open_database(folder, header, key)
            undo.callback(connection.close)
            vault = cls(folder, key, header, lock, connection)
            vault._prepare(
                copies, shipped_migrations() if migrations is None else migrations, before_migration
            )
            undo.pop_all()
        return vault

    def _prepare(
        self,
        copies: Copies,
        migrations: Sequence[Migration],
        before_migration: Callable[[Connection], None] | None,
    ) -> None:
        # Keeps the writing lock from now on, so that not even a program that ignores ours can write.
        self._connection.begin_immediate()
        self._connection.rollback()
        outdated = schema_version(self._connection) < len(migrations)
        if outdated or _size(self._path) <= _CHECKED_AT_ONCE:
            if self.check():
                raise UserError("coffre_abime")
            self.fully_checked = True
        migrate(self._connection, migrations, before=before_migration)
        remove_leftovers(self.folder)
        self._heal(copies)
        self._compare_sequence()

    def _heal(self, copies: Copies) -> None:
        names = copies.differing_from(self._header, self.key)
        if names:
            self.header_state = self._write_header(names)

    def _write_header(self, names: Sequence[str]) -> HeaderState:
        try:
            write_copies(self.folder, self._header, self.key, names)
        except UserError:
            return HeaderState.ONE_COPY  # the other one opens the coffre: she can work, and is told
        return HeaderState.HEALED

    def _compare_sequence(self) -> None:
        remembered = self._remembered_sequence()
        self.old_header = self._header.sequence < remembered
        if self._header.sequence > remembered:
            self._remember_sequence()

    def _remembered_sequence(self) -> int:
        row = self.execute("SELECT valeur FROM parametres WHERE cle = ?", (_SEQUENCE,)).first()
        return int(row["valeur"]) if row else 0

    def _remember_sequence(self) -> None:
        self.begin_immediate()
        try:
            self.execute(
                "INSERT INTO parametres (cle, valeur) VALUES (?, ?)"
                " ON CONFLICT (cle) DO UPDATE SET valeur = excluded.valeur",
                (_SEQUENCE, str(self._header.sequence)),
            )
            self.commit()
        except BaseException:
            self.rollback()
            raise

    @property
    def _path(self) -> Path:
        return self.folder / self._header.database

    def execute(self, sql: str, params: Params = ()) -> Result:
        """Run one statement; see `connection.Connection`."""
        return self._connection.execute(sql, params)

    def execute_many(self, sql: str, rows: Iterable[Params]) -> int:
        """Run one statement once for each of `rows`; how many rows it changed."""
        return self._connection.execute_many(sql, rows)

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._connection.in_transaction

    def begin_immediate(self) -> None:
        """Open a transaction that writes; see `connection.Connection`."""
        self._connection.begin_immediate()

    def commit(self) -> None:
        """Return once the transaction is on the disk; see `connection.Connection`."""
        self._connection.commit()

    def rollback(self) -> None:
        """Undo the open transaction, if any."""
        self._connection.rollback()

    def check(self) -> tuple[str, ...]:
        """Problems found in the whole database, in technical words; empty when it is sound."""
        return _problems(self._connection, self._path)

    def set_passphrase(self, slot: PassphraseSlot) -> None:
        """Open with the passphrase of `slot` from now on; the one before no longer opens this folder.

        Args:
            slot: From `keys.wrap_passphrase`, with the key of this vault.

        Raises:
            UserError: The disk refused; the passphrase before still opens.
            BugError: A transaction is open.
        """
        if self.in_transaction:
            raise BugError("a transaction is open")
        sequence = max(self._header.sequence, self._remembered_sequence()) + 1
        header = replace(self._header, sequence=sequence, passphrase=slot)
        # From the first copy on the new passphrase is the one: the higher sequence wins.
        write_copies(self.folder, header, self.key, COPIES[:1])
        self._header = header
        self.old_header = False
        written = self._write_header(COPIES[1:])
        self.header_state = HeaderState.INTACT if written is HeaderState.HEALED else written
        self._remember_sequence()

    def close(self) -> None:
        """Undo what is not committed, close, and let another program in. Twice is no harm."""
        self._connection.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def check_coffre(folder: Path, key: VaultKey) -> tuple[str, ...]:
    """Check a whole coffre by a connection of its own, for a worker thread; about 10 ms per megabyte.

    It can run while a `Vault` is open, until that one first writes; a writing waits for it.

    Raises:
        UserError: ``coffre_occupe`` (something was written already), ``coffre_abime`` (nothing can be
            read), ``coffre_incomplet``, ``entetes_abimes``.
    """
    header = read_copies(folder).sealed_by(key)
    connection = _open_database(folder, header, key)
    try:
        return _problems(connection, folder / header.database)
    finally:
        connection.close()


def _open_database(folder: Path, header: Header, key: VaultKey) -> Connection:
    path = folder / header.database
    _size(path)  # tells a missing file from one that cannot be opened
    connection = Connection(path, key.dbk)
    try:
        # SQLite takes an emptied file for a new database; a coffre was never without its schema.
        if schema_version(connection) == 0 or not _is_whole_size(connection, path):
            raise UserError("coffre_abime")
    except BaseException:
        connection.close()
        raise
    return connection


def _problems(connection: Connection, path: Path) -> tuple[str, ...]:
    found = [] if _is_whole_size(connection, path) else ["size: the file is shorter than its pages"]
    for pragma, sound in (("quick_check", "ok"), ("cipher_integrity_check", None)):
        try:
            rows = connection.execute(f"PRAGMA {pragma}")
        except UserError as error:
            found.append(f"{pragma}: {error.code}")
        else:
            found.extend(f"{pragma}: {row[0]}" for row in rows if row[0] != sound)
    return tuple(found)


def _is_whole_size(connection: Connection, path: Path) -> bool:
    """Whether the file has all the pages it should: whole pages cut off its end go unseen elsewhere.

    The size is asked of the folder: opening the file here would drop the locks of SQLite.
    """
    pages = connection.execute("PRAGMA page_count").scalar()
    return _size(path) >= int(pages) * int(connection.execute("PRAGMA page_size").scalar())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        failure = UserError("coffre_incomplet")
    except OSError as error:
        failure = storage_error(error)
    raise failure
