"""The open coffre: its folder, its lock, its header, its database."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from iscg_desktop.errors import BugError, IscgError, UserError
from iscg_desktop.files import remove_leftovers
from iscg_desktop.storage import reserve, witness
from iscg_desktop.storage.apart import Apart
from iscg_desktop.storage.check import Check, check_open, open_database, size_of
from iscg_desktop.storage.connection import Connection, Params, Result
from iscg_desktop.storage.header import Header
from iscg_desktop.storage.header_copies import Copies, HeaderState, read_copies
from iscg_desktop.storage.instance import InstanceLock
from iscg_desktop.storage.keys import PassphraseSlot, RecoverySlot, VaultKey
from iscg_desktop.storage.migrator import Migration, migrate, schema_version, shipped_migrations
from iscg_desktop.storage.open_header import OpenHeader
from iscg_desktop.storage.seal import Seal, commits_of, read_state, renew
from iscg_desktop.storage.strays import settle_strays

_T = TypeVar("_T")
_CHECKED_AT_ONCE: Final = 4 * 1024 * 1024  # bytes; checking them takes about 60 ms
_USUAL, _DOCUMENT = 8_000, 24_000  # kilobytes of pages in memory; a pièce jointe has 10 million bytes
_ONLY_READ: Final = ("SELECT", "PRAGMA", "WITH", "EXPLAIN", "VALUES")
_BREATH: Final = 0.001  # seconds that a copy leaves to a statement of the window that waits for it


class ClosingError(IscgError):
    """The coffre closes while it is copied: the copy is given up."""


class Vault:
    """A coffre open for reading and writing, by one program and from one thread.

    Made by `open`. As a context manager it closes at the end.

    Attributes:
        folder: Where it lies.
        key: What opened it; `key.derive` gives keys for other purposes.
        rolled_back: The database is older than when it was last closed: someone put back an old one. Told once.
        reserve_told: Called once the disk is full and what was saved went into the room kept for that.
    """

    def __init__(
        self, folder: Path, key: VaultKey, header: Header, lock: InstanceLock, connection: Connection
    ) -> None:
        self.folder = folder
        self.key = key
        self.rolled_back = False
        self.reserve_told: Callable[[], None] = lambda: None
        self._room_given = False
        self._seal: Seal | None = None
        self._barred = UserError("coffre_en_verification")
        self._seen = 0
        self._header = OpenHeader(folder, key, header, self)
        self._lock = lock
        self._connection = connection
        self._copying = threading.Lock()
        self._closing = False

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

        A small one is checked here. A large one can be read at once, and written in once `admit` was told what
        `check.check_coffre` found, in a worker.

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
            connection = open_database(folder, header, key)
            undo.callback(connection.close)
            vault = cls(folder, key, header, lock, connection)
            vault._prepare(
                copies, shipped_migrations() if migrations is None else migrations, before_migration
            )
            undo.pop_all()
        return vault

    @staticmethod
    def is_outdated(folder: Path, key: VaultKey) -> bool:
        """Whether opening the coffre in `folder` would migrate it; writes nothing.

        No where it cannot be read: opening says why.
        """
        try:
            header = read_copies(folder).sealed_by(key)
            connection = Connection.reading(folder / header.database, key.dbk)
            try:
                return 0 < schema_version(connection) < len(shipped_migrations())
            finally:
                connection.close()
        except UserError:
            return False

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
        checked = None
        if outdated or size_of(self._path) <= _CHECKED_AT_ONCE:
            checked = check_open(self._connection, self._path)
            _require_sound(checked)
        if migrate(self._connection, migrations, before=before_migration, after=renew):
            checked = Check((), read_state(self._connection))
        remove_leftovers(self.folder)
        self._header.mend(copies)
        if self.header_state is not HeaderState.ONE_COPY:
            settle_strays(self.folder, self.header.database)
        self._header.compare()
        self._seen = witness.seen(self.folder, self.header.database, self.key)
        self.rolled_back = commits_of(self._connection) < self._seen
        if checked is not None:
            self.admit(checked)

    @property
    def fully_checked(self) -> bool:
        """Whether every page was checked since the opening; nothing is written before."""
        return self._seal is not None

    def admit(self, check: Check) -> None:
        """Let this vault write, now that all of it was checked and found sound.

        Args:
            check: Of this coffre, since it is open.

        Raises:
            UserError: ``coffre_abime``; nothing will be written.
        """
        try:
            _require_sound(check)
        except UserError as error:
            self.refuse(error)
            raise
        assert check.seal is not None
        if self._seal is None:
            self._seal = Seal(self._connection, check.seal)
            reserve.keep_room(self.folder)
            self._header.remember()

    def refuse(self, error: UserError) -> None:
        """Write nothing, and say why each time: the check went wrong."""
        self._barred = error

    @property
    def _path(self) -> Path:
        return self.folder / self.header.database

    def execute(self, sql: str, params: Params = ()) -> Result:
        """Run one statement; see `connection.Connection`. One that writes outside a transaction is one by itself."""
        if self.in_transaction or sql.lstrip().startswith(_ONLY_READ):
            return self._with_reserve(lambda: self._connection.execute(sql, params))
        return self._alone(lambda: self._connection.execute(sql, params))

    def execute_many(self, sql: str, rows: Iterable[Params]) -> int:
        """Run one statement once for each of `rows`; how many rows it changed."""
        if self.in_transaction:
            return self._connection.execute_many(sql, rows)
        return self._alone(lambda: self._connection.execute_many(sql, rows))

    def _alone(self, act: Callable[[], _T]) -> _T:
        self.begin_immediate()
        try:
            done = act()
            self.commit()
        finally:
            self.rollback()
        return done

    @property
    def changes(self) -> int:
        """Tells whether anything was written since it was last asked."""
        return self._connection.changes

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._connection.in_transaction

    def begin_immediate(self) -> None:
        """Open a transaction that writes; see `connection.Connection`.

        Raises:
            UserError: ``coffre_en_verification`` while it is being checked, ``coffre_abime`` if that went wrong.
        """
        if self._seal is None:
            raise UserError(self._barred.code)
        self._connection.begin_immediate()

    @contextmanager
    def room_for_document(self) -> Iterator[None]:
        """Have the transactions of this block hold a whole document, or most of an import, in memory.

        What is written is else encrypted twice, and most of it within one statement.
        """
        self._connection.hold(_DOCUMENT)
        try:
            yield
        finally:
            if not self._closing:
                self._connection.hold(_USUAL)

    def seal_so_far(self, at_most: int) -> bool:
        """Do now some of the part of a commit that grows with what was written: the commit that follows takes less.

        Args:
            at_most: How many groups of rows.

        Returns:
            Whether some are left.
        """
        seal = self._seal
        return seal is not None and self._with_reserve(lambda: seal.digest_so_far(at_most))

    def commit(self) -> None:
        """Seal the transaction, and return once it is on the disk; see `connection.Connection`."""
        committed = self._sealed()
        self._with_reserve(self._connection.commit)
        committed()

    def commit_apart(self) -> Apart:
        """``commit`` in a thread; it lasts once ``result`` returns. Nothing is asked of this vault until then."""
        return Apart(lambda: self._with_reserve(self._connection.commit), self._sealed())

    def _sealed(self) -> Callable[[], None]:
        """Seal the transaction; what is returned is to be called once it lasts."""
        if self._seal is None or not self.in_transaction:
            raise BugError("no transaction is open")
        self._with_reserve(self._seal.update)
        return self._lasts

    def _lasts(self) -> None:
        """The transaction is on the disk."""
        if self._seal is not None:
            self._seal.committed()
        if self._room_given:
            self._room_given = False
            self.reserve_told()

    def rollback(self) -> None:
        """Undo the open transaction, if any."""
        self._connection.rollback()
        if self._seal is not None:
            self._seal.forget()

    @property
    def commits(self) -> int:
        """Number of transactions this database has seen."""
        return self._seal.commits if self._seal is not None else 0

    def _with_reserve(self, act: Callable[[], _T]) -> _T:
        """Do it; on a full disk, give back the room kept for that and do it again, if the transaction still stands."""
        try:
            return act()
        except UserError as error:
            if error.code != "disque_plein" or not reserve.give_back(self.folder):
                raise
            self._room_given = True
            if not self.in_transaction:
                raise
        return act()

    @property
    def header(self) -> Header:
        """The header in force."""
        return self._header.current

    @property
    def header_state(self) -> HeaderState:
        """Whether a header copy had to be mended at the opening, and could be."""
        return self._header.state

    @property
    def old_header(self) -> bool:
        """Whether someone put back an old header, and with it an old passphrase. A new passphrase ends it."""
        return self._header.old

    def size(self) -> int:
        """Bytes of its database."""
        return self._path.stat().st_size

    def written_at(self) -> float:
        """When something was last written in the database, in seconds of the file system's clock."""
        return self._path.stat().st_mtime

    def copy_into(self, path: Path, dbk: bytes, between: Callable[[], None] = lambda: None) -> None:
        """Copy the whole database into an empty file, from whatever thread; see `connection.Connection`.

        Raises:
            ClosingError: The coffre closes.
            UserError: Why the disk refuses.
        """

        def pause() -> None:
            if self._closing:
                raise ClosingError
            between()
            if self._connection.is_asked:
                time.sleep(_BREATH)

        with self._copying:
            if self._closing:
                raise ClosingError
            self._connection.copy_into(path, dbk, pause)

    def check(self) -> tuple[str, ...]:
        """Problems found in the whole database, in technical words; empty when it is sound."""
        return check_open(self._connection, self._path).problems

    def set_passphrase(self, slot: PassphraseSlot) -> None:
        """Open with the passphrase of `slot` from now on; the one before no longer opens this folder.

        Args:
            slot: From `keys.wrap_passphrase`, with the key of this vault.

        Raises:
            UserError: The disk refused; the passphrase before still opens.
            BugError: A transaction is open.
        """
        self._replace_header(replace(self.header, passphrase=slot))

    def set_recovery(self, slot: RecoverySlot) -> None:
        """Open with the recovery code of `slot` from now on; the sheet before no longer opens this folder.

        Args:
            slot: From `keys.wrap_recovery`, with the key of this vault.

        Raises:
            UserError: The disk refused; the sheet before still opens.
            BugError: A transaction is open.
        """
        self._replace_header(replace(self.header, recovery=slot))

    def _replace_header(self, changed: Header) -> None:
        if self.in_transaction:
            raise BugError("a transaction is open")
        self._header.change(changed)

    def next_sequence(self) -> int:
        """Sequence of a header that wins over every one there was."""
        return self._header.next_sequence()

    def close(self) -> None:
        """Undo what is not committed, close, and let another program in. Twice is no harm.

        A copy under way in another thread is given up first.
        """
        if self._seal is not None and self._seal.commits != self._seen:
            witness.remember(self.folder, self.header.database, self._seal.commits, self.key)
            self._seen = self._seal.commits
        self._closing = True
        with self._copying:
            self._connection.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _require_sound(check: Check) -> None:
    if check.problems or check.seal is None:
        raise UserError("coffre_abime")
