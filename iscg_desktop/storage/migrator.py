"""Migrations: bringing the schema of a coffre to the one this program knows, all of it or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from iscg_desktop.errors import BugError, UserError
from iscg_desktop.storage.connection import Connection

_FOLDER = Path(__file__).resolve().parent / "migrations"
_NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema.

    Attributes:
        number: Version of the schema once it is applied; the first is 1.
        name: What it is for.
        sql: Its statements, without BEGIN, COMMIT or ATTACH.
    """

    number: int
    name: str
    sql: str


def shipped_migrations(folder: Path = _FOLDER) -> tuple[Migration, ...]:
    """Those in the files ``NNNN_what.sql`` of `folder`, in order.

    Raises:
        BugError: A file with another name, or a number missing or twice.
    """
    migrations = []
    for path in sorted(folder.glob("*.sql")):
        named = _NAME.fullmatch(path.name)
        if not named:
            raise BugError(f"migration named {path.name}")
        migrations.append(Migration(int(named[1]), named[2], path.read_text(encoding="utf-8")))
    _require_contiguous(migrations)
    return tuple(migrations)


def schema_version(connection: Connection) -> int:
    """Number of the last migration applied; 0 for an empty database."""
    return int(connection.execute("PRAGMA user_version").scalar())


def migrate(
    connection: Connection,
    migrations: Sequence[Migration],
    *,
    before: Callable[[Connection], None] | None = None,
    after: Callable[[Connection], None] | None = None,
) -> int:
    """Apply the migrations that are missing, in one transaction; how many there were.

    Args:
        connection: The open database.
        migrations: All of them, from the first.
        before: Called before anything is changed, when there is something to change in a database
            that holds data: the place of a verified backup. What it raises stops the migration.
        after: Called last in the transaction: the place of a new seal.

    Raises:
        UserError: ``coffre_plus_recent``, or why the disk refuses; the database is as it was.
        BugError: A migration is wrong; the database is as it was.
    """
    _require_contiguous(migrations)
    version = schema_version(connection)
    if not 0 <= version <= len(migrations):
        raise UserError("coffre_plus_recent")
    missing = migrations[version:]
    if not missing:
        return 0
    if before is not None and version > 0:
        before(connection)
    connection.begin_immediate()
    try:
        for migration in missing:
            _apply(connection, migration)
        if after is not None:
            after(connection)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    return len(missing)


def _apply(connection: Connection, migration: Migration) -> None:
    for statement in statements(migration.sql):
        connection.execute(statement)
        if not connection.in_transaction:
            raise BugError(f"migration {migration.number} ends the transaction")
    connection.execute(f"PRAGMA user_version = {migration.number:d}")


def statements(sql: str) -> Iterator[str]:
    """Statements of a script one by one; a trigger is one statement, whatever it contains.

    Raises:
        BugError: The last one is unfinished.
    """
    current = ""
    for piece in re.split(r"(?<=;)", sql):
        current += piece
        if dbapi2.complete_statement(current):
            yield current.strip()
            current = ""
    if _without_comments(current).strip():
        raise BugError("unfinished statement at the end of a migration")


def _without_comments(sql: str) -> str:
    return re.sub(r"--[^\n]*|/\*.*?\*/", "", sql, flags=re.DOTALL)


def _require_contiguous(migrations: Sequence[Migration]) -> None:
    if [migration.number for migration in migrations] != list(range(1, len(migrations) + 1)):
        raise BugError("migrations are not numbered one by one from 1")
