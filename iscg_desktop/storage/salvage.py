"""Saves what is left of a damaged coffre into a new one, which the same passphrase and the same sheet open.

The damaged coffre is only read. What hangs on a row that is lost is kept where it can be: under a dossier or a person
made to hold it, or without the link. The search indexes are made again. What was saved is counted.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from iscg_desktop.errors import UserError
from iscg_desktop.files import name_folder, private_folder, storage_error, write_atomic
from iscg_desktop.storage.check import check_coffre
from iscg_desktop.storage.connection import Connection
from iscg_desktop.storage.creation import BACKUPS
from iscg_desktop.storage.header import Header
from iscg_desktop.storage.header_copies import is_coffre, read_copies, write_copies
from iscg_desktop.storage.instance import LOCK_FILE, InstanceLock
from iscg_desktop.storage.keys import VaultKey
from iscg_desktop.storage.migrator import migrate, shipped_migrations
from iscg_desktop.storage.recherche_personnes import index_person
from iscg_desktop.storage.rescue import DamagedDatabase, Row, Table
from iscg_desktop.storage.schema_mending import mend_schema
from iscg_desktop.storage.seal import renew
from iscg_desktop.storage.sql_errors import ConstraintError
from iscg_desktop.storage.transaction import Repositories
from iscg_desktop.storage.tree_mending import mend_tree

_MADE_AGAIN: Final = frozenset({"personne_termes"})
_SEALED: Final = frozenset({"sceau", "sceau_cle"})
_NUMBERS_LEFT_OUT: Final = 1000
"""Numbers that are not given again when it is not sure which were."""

_PIECE: Final = 1 << 20
_PAGE: Final = 4096
_LENGTHS: Final = (1, 2, 4, 16, 64)
"""How many times longer than what is left a coffre may have been."""

_HOLDERS: Final = {
    "dossiers": "INSERT INTO dossiers (id, uid, numero, ouvert_le, regime, dernier_contact)"
    " VALUES (:id, :uid, :year || '-' || (9000 + :id), :day, 'adulte_difficulte', :day)",
    "personnes": "INSERT INTO personnes (id, uid, sexe, description)"
    " VALUES (:id, :uid, 'non_renseigne', 'Personne dont la ligne est perdue')",
}
"""How to make what a row hangs on, where that is lost."""


@dataclass(frozen=True, slots=True)
class SavedTable:
    """What was saved of a table.

    Attributes:
        expected: How many rows there were; None when nothing tells any more.
    """

    name: str
    saved: int
    expected: int | None


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved, table by table, and where."""

    folder: Path
    tables: tuple[SavedTable, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing that can be counted is missing."""
        return all(table.saved == table.expected for table in self.tables)


def salvage(
    folder: Path,
    key: VaultKey,
    target: Path,
    now: datetime,
    *,
    furnish: Callable[[Repositories], None] = lambda repositories: None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Salvaged:
    """Save the coffre in `folder` into a new one in `target`. For a worker: it may take minutes.

    Args:
        folder: The damaged coffre; only read.
        key: Opens it.
        target: A folder that is missing or empty.
        now: The moment, for the journal.
        furnish: Adds the shipped lists.
        progress: Told how many tables are done, of how many.

    Raises:
        UserError: ``coffre_perdu`` when nothing can be read, ``coffre_existe_deja``, ``dossier_non_vide``,
            ``coffre_deja_ouvert``, ``entetes_abimes``, or why the disk refuses. Nothing is left behind then.
    """
    _require_free(target)
    header = read_copies(folder).sealed_by(key)
    lock = InstanceLock.acquire(folder)
    building = target.with_name(f".{target.name}-{os.urandom(4).hex()}.partiel")
    try:
        tables = _rebuild(folder, header, building, key, now, furnish, progress)
        name_folder(building, target)
    except OSError as error:
        failure = storage_error(error)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    else:
        return Salvaged(target, tables)
    finally:
        lock.release()
    shutil.rmtree(building, ignore_errors=True)
    raise failure


def _rebuild(
    folder: Path,
    header: Header,
    building: Path,
    key: VaultKey,
    now: datetime,
    furnish: Callable[[Repositories], None],
    progress: Callable[[int, int], None],
) -> tuple[SavedTable, ...]:
    """Make of the coffre in `folder` a whole and checked one in `building`; what was saved of each table."""
    private_folder(building / BACKUPS)
    write_atomic(building / LOCK_FILE, b"")
    copy = building / f"copie-{os.urandom(4).hex()}.db"
    _copy(folder / header.database, copy)
    new = replace(header, sequence=header.sequence + 1, database=f"data-{os.urandom(16).hex()}.db")
    tables = _refill(copy, building / new.database, key, now, furnish, progress)
    for left in building.glob("copie-*"):
        left.unlink()
    write_copies(building, new, key)
    if check_coffre(building, key).problems:
        raise UserError("coffre_perdu")
    return tables


def _require_free(target: Path) -> None:
    if is_coffre(target):
        raise UserError("coffre_existe_deja")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UserError("dossier_non_vide")


def _copy(source: Path, target: Path) -> None:
    """Copy a database and its journal, that no program has open; what the disk cannot give is left empty."""
    for suffix in ("", "-journal"):
        origin, copy = source.with_name(source.name + suffix), target.with_name(target.name + suffix)
        if not origin.exists():
            if suffix:
                continue
            raise UserError("coffre_incomplet")
        with origin.open("rb") as read, copy.open("wb") as written:
            copy.chmod(0o600)
            for start in range(0, origin.stat().st_size, _PIECE):
                written.write(_piece(read.fileno(), start))


def _piece(handle: int, start: int) -> bytes:
    try:
        return os.pread(handle, _PIECE, start)
    except OSError:
        return bytes(_PIECE)


def _opened(copy: Path, fresh: Path, key: VaultKey) -> DamagedDatabase:
    """Open the copy; one cut short is lengthened with nothing, or SQLite would not look at it.

    Where its schema is damaged, that of a fresh database is put in its place.
    """
    size = -(-copy.stat().st_size // _PAGE) * _PAGE
    for longer in _LENGTHS:
        os.truncate(copy, size * longer)
        found = _looked_at(copy, key)
        if found is None and mend_schema(copy, fresh, key.dbk):
            found = _looked_at(copy, key)
        if found is not None:
            return found
    raise UserError("coffre_perdu")


def _looked_at(copy: Path, key: VaultKey) -> DamagedDatabase | None:
    try:
        return DamagedDatabase(copy, key.dbk)
    except UserError as error:
        if error.code != "coffre_perdu":
            raise
    return None


def _refill(
    copy: Path,
    database: Path,
    key: VaultKey,
    now: datetime,
    furnish: Callable[[Repositories], None],
    progress: Callable[[int, int], None],
) -> tuple[SavedTable, ...]:
    write_atomic(database, b"")
    _create(database, key)
    damaged = _opened(copy, database, key)
    roots = damaged.roots
    damaged.close()
    mend_tree(copy, roots, key.dbk)
    damaged = _opened(copy, database, key)
    connection = Connection(database, key.dbk)
    try:
        connection.begin_immediate()
        connection.execute("PRAGMA defer_foreign_keys = ON")
        repositories = Repositories(connection)
        furnish(repositories)
        return _fill(damaged, connection, repositories, now, progress)
    finally:
        connection.close()
        damaged.close()


def _create(database: Path, key: VaultKey) -> None:
    connection = Connection(database, key.dbk)
    try:
        migrate(connection, shipped_migrations())
    finally:
        connection.close()


def _fill(
    damaged: DamagedDatabase,
    connection: Connection,
    repositories: Repositories,
    now: datetime,
    progress: Callable[[int, int], None],
) -> tuple[SavedTable, ...]:
    # What a bilan holds comes last: it freezes the rest.
    tables = sorted(
        (table for table in damaged.tables if table.name not in _MADE_AGAIN),
        key=lambda table: (table.name.startswith("bilan"), table.name),
    )
    saved: list[SavedTable] = []
    for done, table in enumerate(tables):
        if table.name.startswith("bilan") and not tables[done - 1].name.startswith("bilan"):
            _tie_up(connection, now)
        rows = [row for row in damaged.rows(table) if row.get("cle") not in _SEALED]
        _insert(connection, table, rows)
        expected = damaged.count(table)
        if expected is not None and table.name == "parametres":
            expected -= len(_SEALED)
        saved.append(SavedTable(table.name, len(rows), expected))
        progress(done + 1, len(tables))
    _tie_up(connection, now)
    if any(table.saved != table.expected for table in saved):
        connection.execute("UPDATE compteurs SET dernier = dernier + ?", (_NUMBERS_LEFT_OUT,))
    for row in connection.execute("SELECT id FROM personnes"):
        index_person(connection, row["id"], repositories.personnes.get(row["id"]).identite)
    for row in connection.execute("SELECT id FROM dossiers"):
        repositories.dossiers.index(row["id"])
    repositories.journal.append("sauvetage", "coffre", None, now)
    renew(connection)
    connection.commit()
    return tuple(replace(table, saved=min(table.saved, _held(connection, table.name))) for table in saved)


def _held(connection: Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").scalar())


def _insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    there = {row["name"] for row in connection.execute(f"PRAGMA table_info({table.name})")}
    names = [name for name in table.columns if name in there]
    if not rows or not names:
        return
    sql = f"INSERT OR REPLACE INTO {table.name} ({', '.join(names)}) VALUES ({', '.join(f':{n}' for n in names)})"
    for row in rows:
        with contextlib.suppress(ConstraintError):  # half a row: it is not counted as saved
            connection.execute(sql, {name: _as_far_as_it_goes(row[name]) for name in names})


def _as_far_as_it_goes(value: Any) -> Any:
    """A text of which the end is lost says so."""
    if isinstance(value, str) and "\0" in value:
        return value.partition("\0")[0] + " […]"
    return value


def _tie_up(connection: Connection, now: datetime) -> None:
    """Mend the links to rows that are lost: hold them, cut them, or leave out what is nothing without them."""
    while broken := connection.execute("PRAGMA foreign_key_check").rows:
        links = {(row["table"], row["parent"], row["fkid"]) for row in broken}
        for child, parent, number in sorted(links):
            _mend(connection, child, parent, number, now)


def _mend(connection: Connection, child: str, parent: str, number: int, now: datetime) -> None:
    link = [row for row in connection.execute(f"PRAGMA foreign_key_list({child})") if row["id"] == number]
    pairs = [(row["from"], row["to"] or "id") for row in link]
    missing = f"NOT EXISTS (SELECT 1 FROM {parent} AS p WHERE {' AND '.join(f'p.{to} = c.{of}' for of, to in pairs)})"
    where = f"{' AND '.join(f'c.{of} IS NOT NULL' for of, _ in pairs)} AND {missing}"
    if parent == "nomenclatures":
        of = {to: name for name, to in pairs}
        connection.execute(
            "INSERT INTO nomenclatures (liste, code, libelle, ordre)"
            f" SELECT DISTINCT c.{of['liste']}, c.{of['code']}, c.{of['code']}, 999 FROM {child} AS c WHERE {where}"
        )
        return
    if parent in _HOLDERS:
        column = pairs[0][0]
        for row in connection.execute(f"SELECT DISTINCT c.{column} AS id FROM {child} AS c WHERE {where}"):
            connection.execute(_HOLDERS[parent], _holder(row["id"], now))
        return
    columns = {row["name"]: row for row in connection.execute(f"PRAGMA table_xinfo({child})")}
    loose = [of for of, _ in pairs if not any(columns[of][rule] for rule in ("notnull", "hidden", "pk"))]
    if loose:
        with contextlib.suppress(ConstraintError):  # another rule wants it: then the row goes
            connection.execute(f"UPDATE {child} AS c SET {loose[0]} = NULL WHERE {where}")
            return
    connection.execute(f"DELETE FROM {child} AS c WHERE {where}")


def _holder(number: int, now: datetime) -> dict[str, str | int]:
    return {
        "id": number,
        "uid": secrets.token_hex(16),
        "year": f"{now.year:04d}",
        "day": now.date().isoformat(),
    }
