"""The connection to the encrypted database: the only `PRAGMA key`, and the settings it stands on.

Every setting is read back after it is asked for: a driver that ignores one is refused.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar
from urllib.parse import quote

from sqlcipher3 import dbapi2

from iscg_desktop.errors import BugError, UserError
from iscg_desktop.storage.apart import Apart
from iscg_desktop.storage.sql_errors import translated

_T = TypeVar("_T")
Value = str | int | float | bytes | None
Params = Sequence[Value] | Mapping[str, Value]

# A raw key that is not exactly this is silently taken for a passphrase by SQLCipher.
_KEY_LITERAL = re.compile(r"x'[0-9a-f]{64}'")
_LOCK_SECONDS: Final = 0.5  # how long to wait for a reader that checks the coffre
# Statements kept compiled, more than a session has of them: once full, the driver's store keeps what came first, the
# statements of the opening, and compiles every other one each time it runs, the triggers of its table included.
_STATEMENTS: Final = 1024
_COPIED_AT_ONCE: Final = (
    64  # pages; a statement of the window waits no longer than for these: some milliseconds
)

# Before the key: SQLCipher would write its log to stderr.
_QUIET: Final = ("cipher_log_level", "NONE", "NONE")
_ENCRYPTION: Final = (
    # The file format of SQLCipher 4, also under a later SQLCipher; then what that format promises.
    ("cipher_compatibility", "4", None),
    ("cipher_page_size", None, "4096"),
    ("cipher_use_hmac", None, "1"),
    ("cipher_hmac_algorithm", None, "HMAC_SHA512"),
    ("cipher_plaintext_header_size", None, "0"),
)
_SETTINGS: Final = (
    # Measured: with these three no acknowledged commit is lost by a power cut.
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "EXTRA", "3"),
    ("fullfsync", "ON", "1"),  # macOS: through the disk's own cache
    ("temp_store", "MEMORY", "2"),  # no plaintext in temporary files
    ("secure_delete", "ON", "1"),  # what is erased does not stay in free pages
    ("foreign_keys", "ON", "1"),
    ("recursive_triggers", "ON", "1"),  # REPLACE fires delete triggers
    ("trusted_schema", "OFF", "0"),  # a schema made elsewhere runs nothing of ours
    ("cell_size_check", "ON", "1"),
)
# A file in the making is flushed once, when it is whole: until then nobody counts on it.
_IN_THE_MAKING: Final = (
    ("journal_mode", "OFF", "off"),
    ("synchronous", "OFF", "0"),
    ("temp_store", "MEMORY", "2"),
)
_READING: Final = (
    ("temp_store", "MEMORY", "2"),
    ("query_only", "ON", "1"),
    ("trusted_schema", "OFF", "0"),
    ("cell_size_check", "ON", "1"),
)
# Of all PRAGMA with an argument, the two a migration sets, the size of the cache, and those that only look.
_WITH_ARGUMENT: Final = {
    "user_version", "defer_foreign_keys", "cache_size",
    "table_info", "table_xinfo", "table_list", "foreign_key_list", "foreign_key_check",
    "index_list", "index_info", "index_xinfo", "quick_check", "integrity_check",
}  # fmt: skip
# The one PRAGMA without an argument that acts: it rewrites the file, and here breaks the connection.
_MIGRATE: Final = "cipher_migrate"


class Row(Protocol):
    """One row, by column name or position."""

    def __getitem__(self, key: str | int, /) -> Any: ...
    def __len__(self) -> int: ...
    def keys(self) -> list[str]:
        """Names of the columns."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a statement gave; every row is already fetched, nothing stays open.

    Attributes:
        rows: The rows of a query.
        rowcount: Rows changed by INSERT, UPDATE or DELETE; -1 otherwise.
        last_id: Row id of the last INSERT of the connection.
    """

    rows: tuple[Row, ...]
    rowcount: int
    last_id: int

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def first(self) -> Row | None:
        """The first row, if there is one."""
        return self.rows[0] if self.rows else None

    def one(self) -> Row:
        """The only row.

        Raises:
            BugError: There is none, or several.
        """
        if len(self.rows) != 1:
            raise BugError(f"one row expected, {len(self.rows)} found")
        return self.rows[0]

    def scalar(self) -> Any:
        """First column of the only row.

        Raises:
            BugError: There is no row, or several.
        """
        return self.one()[0]


class Statements(Protocol):
    """Whatever runs statements: a connection, a vault, a transaction."""

    def execute(self, sql: str, params: Params = ()) -> Result:
        """Run one statement."""

    def execute_many(self, sql: str, rows: Iterable[Params]) -> int:
        """Run one statement once for each of `rows`; how many rows it changed."""


class Connection:
    """An open encrypted database. It belongs to the thread that opened it; `copy_into` alone may run elsewhere.

    Errors come out as `UserError` (disk, damage, lock) or `BugError`, without any value of a row.

    Attributes:
        is_asked: Whether its owner has it run a statement now, or waits for that while it is copied.
    """

    def __init__(self, path: Path, dbk: bytes) -> None:
        """Open the existing file `path`; an empty one becomes an encrypted database.

        Raises:
            UserError: ``coffre_abime``, ``coffre_occupe``, ``dossier_non_inscriptible``,
                ``chiffrement_absent``.
            BugError: A setting was not obeyed.
        """
        # mode=rw: a database that is missing is never created by mistake.
        self._open(path, dbk, "mode=rw", _SETTINGS)

    @classmethod
    def reading(cls, path: Path, dbk: bytes) -> Connection:
        """Open a file that nothing writes any more, to read it; what follows its last page is not looked at.

        Raises:
            UserError: ``coffre_abime``, ``dossier_non_inscriptible``, ``chiffrement_absent``.
        """
        connection = cls.__new__(cls)
        connection._open(path, dbk, "mode=ro&immutable=1", _READING)
        return connection

    def _open(self, path: Path, dbk: bytes, mode: str, settings: Sequence[tuple[str, str, str]]) -> None:
        uri = f"{_uri(path)}?{mode}"
        self._thread = threading.get_ident()
        self.is_asked = False
        self._driver = _guarded(
            "open",
            lambda: dbapi2.connect(
                uri,
                uri=True,
                isolation_level=None,
                timeout=_LOCK_SECONDS,
                check_same_thread=False,
                cached_statements=_STATEMENTS,
            ),
        )
        try:
            self._prepare(dbk, settings)
        except BaseException:
            self._driver.close()
            raise

    def _prepare(self, dbk: bytes, settings: Sequence[tuple[str, str, str]]) -> None:
        self._driver.row_factory = dbapi2.Row
        require_sqlcipher(self._driver)
        self._set(*_QUIET)
        self._run(f'PRAGMA key = "{_key_literal(dbk)}"', ())
        # Some of these read the first page: a wrong key or a damaged file shows here.
        for setting in (*_ENCRYPTION, *settings):
            self._set(*setting)
        self._driver.set_authorizer(_authorize)

    def copy_into(self, path: Path, dbk: bytes, between: Callable[[], None]) -> None:
        """Copy the whole database, as it is when this returns, into the empty file `path`; not flushed.

        May run in a thread of its own while the owner of the connection works on: the copy goes a few pages at a
        time, follows what is written meanwhile, and waits for an open transaction to end.

        Args:
            path: An empty file.
            dbk: Key of the copy: the same one, or another.
            between: Called every few pages; what it raises ends the copy.

        Raises:
            UserError: Why the disk refuses.
        """
        target = Connection.__new__(Connection)
        target._open(path, dbk, "mode=rw", _IN_THE_MAKING)
        try:
            _guarded(
                "backup",
                lambda: self._driver.backup(
                    target._driver, pages=_COPIED_AT_ONCE, progress=lambda *_: between(), sleep=0.02
                ),
            )
        finally:
            target.close()

    def _set(self, name: str, value: str | None, expected: str | None) -> None:
        if value is not None:
            self._run(f"PRAGMA {name} = {value}", ())
        if expected is not None:
            obeyed = self._run(f"PRAGMA {name}", ()).first()
            if obeyed is None or str(obeyed[0]) != expected:
                raise BugError(f"PRAGMA {name} was not obeyed")

    def execute(self, sql: str, params: Params = ()) -> Result:
        """Run one statement and fetch all it gives."""
        return self._run(sql, params)

    def _require_owner(self) -> None:
        if threading.get_ident() != self._thread:
            raise BugError("a connection belongs to the thread that opened it")

    def _run(self, sql: str, params: Params) -> Result:
        self._require_owner()

        def run() -> Result:
            try:
                cursor = self._driver.execute(sql, params)
            except UnicodeEncodeError:
                cursor = self._driver.execute(sql, _whole(params))
            return Result(tuple(cursor.fetchall()), cursor.rowcount, cursor.lastrowid or 0)

        self.is_asked = True
        try:
            return _guarded(sql, run)
        finally:
            self.is_asked = False

    def each(self, sql: str, params: Params = ()) -> Iterator[Row]:
        """Rows of a query one by one, for those that are too large to be held together."""
        self._require_owner()
        cursor = _guarded(sql, lambda: self._driver.execute(sql, params))
        while (row := _guarded(sql, cursor.fetchone)) is not None:
            yield row

    def hold(self, kilobytes: int) -> None:
        """How much of the database is kept in memory: 8 000 unless said."""
        self._run(f"PRAGMA cache_size = {-kilobytes:d}", ())

    def register(self, name: str, arguments: int, function: Callable[..., None]) -> None:
        """Let the temporary triggers of this connection call a function."""
        _guarded(name, lambda: self._driver.create_function(name, arguments, function))

    def execute_many(self, sql: str, rows: Iterable[Params]) -> int:
        """Run one statement once for each of `rows`; how many rows it changed."""
        self._require_owner()
        return _guarded(sql, lambda: int(self._driver.executemany(sql, rows).rowcount))

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open; SQLite closes it by itself after some errors."""
        return bool(self._driver.in_transaction)

    @property
    def changes(self) -> int:
        """How many rows were written since it is open; what is rolled back stays counted."""
        return int(self._driver.total_changes)

    def begin_immediate(self) -> None:
        """Open a transaction that writes.

        Raises:
            UserError: ``coffre_occupe``, or why the disk refuses.
            BugError: One is already open.
        """
        if self.in_transaction:
            raise BugError("a transaction is already open")
        self.execute("BEGIN IMMEDIATE")

    def seal_so_far(self, at_most: int) -> bool:
        """Nothing: no seal follows a bare connection."""
        return False

    def commit(self) -> None:
        """Return once the transaction is on the disk.

        Raises:
            UserError: Why the disk refuses; what was to be committed is then to be rolled back.
            BugError: No transaction is open.
        """
        if not self.in_transaction:
            raise BugError("no transaction is open")
        # The one statement that another thread may run, while the owner waits for it.
        _guarded("COMMIT", lambda: self._driver.execute("COMMIT"))

    def commit_apart(self) -> Apart:
        """``commit``, in a thread."""
        return Apart(self.commit)

    def rollback(self) -> None:
        """Undo the open transaction, if any."""
        if self.in_transaction:
            self.execute("ROLLBACK")

    def close(self) -> None:
        """Close; an open transaction is undone. Calling it twice is no harm."""
        _guarded("close", self._driver.close)


def require_sqlcipher(driver: Any = None) -> None:
    """Refuse to go on with a driver that does not encrypt: it would write in plain text, silently.

    Args:
        driver: An open connection of the driver; by default, one is opened in memory to ask.

    Raises:
        UserError: ``chiffrement_absent``.
    """
    asked = driver or dbapi2.connect(":memory:")
    try:
        version = asked.execute("PRAGMA cipher_version").fetchone()
    finally:
        if driver is None:
            asked.close()
    if not version or not version[0]:
        raise UserError("chiffrement_absent")


def _key_literal(dbk: bytes) -> str:
    literal = f"x'{dbk.hex()}'"
    if not _KEY_LITERAL.fullmatch(literal):
        raise BugError("a database key has 32 bytes")
    return literal


def _uri(path: Path) -> str:
    posix = path.absolute().as_posix()
    return "file://" + quote(posix if posix.startswith("/") else f"/{posix}")


def _authorize(action: int, first: str | None, second: str | None, *_: object) -> int:
    """What statements may not do: copy the database in plain text, load code, change the settings."""
    if action in {dbapi2.SQLITE_ATTACH, dbapi2.SQLITE_DETACH}:
        return int(dbapi2.SQLITE_DENY)
    if action == dbapi2.SQLITE_FUNCTION and second == "load_extension":
        return int(dbapi2.SQLITE_DENY)
    if action == dbapi2.SQLITE_PRAGMA and (
        str(first).lower() == _MIGRATE or (second is not None and first not in _WITH_ARGUMENT)
    ):
        return int(dbapi2.SQLITE_DENY)
    return int(dbapi2.SQLITE_OK)


def _whole(params: Params) -> Params:
    """Parameters as UTF-8 can hold them: half a character, cut in two by a paste, is shown as unreadable.

    The rest of what was typed is kept: refusing it would lose the words around.
    """
    if isinstance(params, Mapping):
        return {name: _readable(value) for name, value in params.items()}
    return tuple(_readable(value) for value in params)


def _readable(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _guarded(sql: str, call: Callable[[], _T]) -> _T:
    """Call the driver; its errors come out translated, without the original."""
    try:
        return call()
    except (dbapi2.Error, dbapi2.Warning, ValueError, OverflowError) as error:
        failure = translated(error, sql)
    raise failure
