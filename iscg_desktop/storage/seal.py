"""The freshness seal: a page put back as it was before, whole and authentic, no longer fits the rest.

Each page of the database is authenticated, but says nothing of when it was written. So every row is digested under a
key of the coffre, a few rows at a time, and one line holds the sum of the digests and the number of commits. A
transaction takes the old digests of the rows it touches out of the sum and puts the new ones in; at the next opening
the sum is made again from all rows. Indexes and the search index are compared with the rows by SQLite itself, which
does not miss a page of the search index that is left out: the list of these pages is digested too.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from hashlib import blake2b
from itertools import islice
from operator import xor
from typing import Final, cast

from iscg_desktop.storage.connection import Connection

_LINE: Final = "sceau"
_KEY_LINE: Final = "sceau_cle"
_TOGETHER: Final = 4  # rows of a group, as a power of two…
_DOCUMENTS: Final = frozenset(
    {"octets", "pdf"}
)  # …but one at a time where these columns hold a whole document
_FUNCTION: Final = "sceau_touche"
_SEQUENCES: Final = ("sqlite_sequence", None)
_SCHEMA: Final = ("sqlite_schema", None)
_STRUCTURE: Final = 10  # where FTS5 keeps what its index is made of

Group = tuple[str, int | str | bytes | None]
"""A table, and which of its rows: digested together."""


@dataclass(frozen=True, slots=True)
class SealState:
    """The digests of all rows as they were read, and what the seal says they should be.

    Attributes:
        digests: By group of rows.
        commits: Number of transactions sealed so far.
        sealed: The sum that the seal holds; None without a seal.
    """

    digests: dict[Group, int] = field(repr=False)
    commits: int
    sealed: int | None

    @property
    def is_fresh(self) -> bool:
        """Whether every row is as the last transaction left it."""
        return self.sealed == sum_of(self.digests.values())


def sum_of(digests: Iterable[int]) -> int:
    """The sum of digests, whatever their order."""
    return reduce(xor, digests, 0)


@dataclass(frozen=True, slots=True)
class _Table:
    """How the rows of a table are put together and read as bytes.

    Attributes:
        column: What tells to which group a row belongs: of its primary key, a whole number if there is one.
        shift: How many rows stand together, as a power of two; None where each value of the column is a group.
        row: SQL of a row as unambiguous text.
        order: SQL of the primary key.
        parts: Where a row holds a whole document: its columns, each with whether it is raw bytes; else empty.
    """

    name: str
    column: str
    shift: int | None
    row: str
    order: str
    parts: tuple[tuple[str, bool], ...] = ()

    def group(self, row: str) -> str:
        """SQL of the group of a row named ``new`` or ``old``."""
        column = f"{row}.{self.column}"
        return column if self.shift is None else f"{column} >> {self.shift}"

    def one(self, group: str) -> str:
        """SQL of all rows of a group."""
        where = f"{self.column} = {group}"
        if self.shift is not None:
            last = (1 << self.shift) - 1
            where = f"{self.column} BETWEEN {group} << {self.shift} AND ({group} << {self.shift}) + {last}"
        if self.name == "parametres":
            where += f" AND cle <> '{_LINE}'"
        text = f"SELECT group_concat({self.row}, ';' ORDER BY {self.order}) FROM {self.name} WHERE {where}"
        return f"CAST(({text}) AS BLOB)"

    def read(self, connection: Connection, group: Group) -> bytes | None:
        """The rows of a group, as `one` gives them; SQLite would copy a whole document about for twice as long."""
        if not self.parts:
            return cast(bytes | None, connection.execute(f"SELECT {self.one('?1')}", (group[1],)).scalar())
        columns = ", ".join(sql if raw else f"CAST({sql} AS BLOB)" for sql, raw in self.parts)
        row = connection.execute(
            f"SELECT {columns} FROM {self.name} WHERE {self.column} = ?", (group[1],)
        ).first()
        if row is None:
            return None
        values = [row[place] for place in range(len(self.parts))]
        return b",".join(
            _raw_as_text(value) if raw else value for value, (_, raw) in zip(values, self.parts, strict=True)
        )

    def all(self) -> str:
        """SQL of every group and its rows, one group after the other without reading the table twice."""
        first = f"(SELECT min({self.column}) FROM {self.name})"
        following = f"(SELECT min({self.column}) FROM {self.name} WHERE {self.column} > g)"
        if self.shift is not None:
            first += f" >> {self.shift}"
            following = following.replace("> g", f">= (g + 1) << {self.shift}") + f" >> {self.shift}"
        return (
            f"WITH RECURSIVE groups (g) AS (SELECT {first} UNION ALL"
            f" SELECT {following} FROM groups WHERE g IS NOT NULL)"
            f" SELECT g, {self.one('g')} FROM groups WHERE g IS NOT NULL"
        )


def _tables(connection: Connection) -> list[_Table]:
    names = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name"
    )
    return [_table(connection, row["name"]) for row in names]


def _table(connection: Connection, name: str) -> _Table:
    columns = [row for row in connection.execute(f"PRAGMA table_xinfo({name})") if row["hidden"] == 0]
    key = sorted((row for row in columns if row["pk"]), key=lambda row: row["pk"])
    whole = next((row["name"] for row in key if row["type"] == "INTEGER"), None if key else "rowid")
    heavy = whole is not None and any(row["name"] in _DOCUMENTS for row in columns)
    return _Table(
        name=name,
        column=whole or key[0]["name"],
        shift=None if whole is None else 0 if heavy else _TOGETHER,
        row=" || ',' || ".join(_as_text(row["name"], row["type"]) for row in columns),
        order=", ".join(row["name"] for row in key) or "rowid",
        parts=tuple(
            (row["name"], True) if row["type"] == "BLOB" else (_as_text(row["name"], row["type"]), False)
            for row in columns
        )
        if heavy
        else (),
    )


def _as_text(column: str, kind: str) -> str:
    """SQL of a value as text that no other value gives."""
    if kind == "INTEGER":
        return f"ifnull({column}, '~')"
    return f"ifnull(octet_length({column}) || ':' || CAST({column} AS TEXT), '~')"


def _raw_as_text(value: bytes | None) -> bytes:
    """What ``_as_text`` makes of raw bytes."""
    return b"~" if value is None else b"%d:%b" % (len(value), value)


def read_state(connection: Connection) -> SealState:
    """Digest every row; about as long as reading them, most of it without holding other threads."""
    key = _key(connection)
    digests: dict[Group, int] = {}
    for table in _tables(connection):
        for row in connection.each(table.all()):
            digests[table.name, row[0]] = _digest(key, (table.name, row[0]), row[1])
    schema = "SELECT group_concat(name || ' ' || ifnull(sql, ''), ';' ORDER BY type, name) FROM sqlite_schema"
    digests[_SCHEMA] = _digest(key, _SCHEMA, str(connection.execute(schema).scalar()).encode())
    for group, rows in _apart(connection, _indexes(connection)):
        digests[group] = _digest(key, group, rows)
    commits, sealed = _line(connection)
    return SealState({group: digest for group, digest in digests.items() if digest}, commits, sealed)


def commits_of(connection: Connection) -> int:
    """Number of transactions that a database says it has seen."""
    return _line(connection)[0]


def renew(connection: Connection) -> None:
    """Seal all rows as they are now: the last act of a transaction that no `Seal` follows.

    Such are those that make or change the schema, and whatever writes through a bare connection.
    """
    _write_setting(connection, _KEY_LINE, secrets.token_hex(32))
    _settle(connection)
    state = read_state(connection)
    _write(connection, state.commits + 1, sum_of(state.digests.values()))


def _digest(key: bytes, group: Group, rows: bytes | None) -> int:
    if rows is None:
        return 0
    digest = blake2b(repr(group).encode("utf-8", "surrogatepass"), key=key, digest_size=32)
    digest.update(rows)
    return int.from_bytes(digest.digest(), "big")


def _sequences(connection: Connection) -> bytes | None:
    """The last id of each table that never gives one twice."""
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").first() is None:
        return None
    sql = "SELECT group_concat(name || ' ' || seq, ';' ORDER BY name) FROM sqlite_sequence WHERE seq > 0"
    return str(connection.execute(sql).scalar()).encode()


def _settle(connection: Connection) -> None:
    """Write what the search index still holds in memory: it does so at a savepoint, as it would at the commit."""
    connection.execute("SAVEPOINT sceau")
    connection.execute("RELEASE sceau")


def _indexes(connection: Connection) -> tuple[str, ...]:
    """Names of the search indexes."""
    names = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'virtual' ORDER BY name"
    return tuple(row["name"] for row in connection.execute(names))


def _apart(connection: Connection, indexes: Iterable[str]) -> Iterator[tuple[Group, bytes | None]]:
    """What no trigger tells of: read again each time."""
    yield _SEQUENCES, _sequences(connection)
    for name in indexes:
        block = connection.execute(f"SELECT hex(block) FROM {name}_data WHERE id = {_STRUCTURE}").scalar()
        pages = connection.execute(
            f"SELECT group_concat(segid || ' ' || hex(term) || ' ' || pgno, ';' ORDER BY segid, term) FROM {name}_idx"
        ).scalar()
        yield (name, None), f"{block} {pages}".encode()


def _key(connection: Connection) -> bytes:
    row = connection.execute("SELECT valeur FROM parametres WHERE cle = ?", (_KEY_LINE,)).first()
    return bytes.fromhex(row["valeur"]) if row else b"sans sceau"


def _line(connection: Connection) -> tuple[int, int | None]:
    row = connection.execute("SELECT valeur FROM parametres WHERE cle = ?", (_LINE,)).first()
    if row is None:
        return 0, None
    commits, _, total = str(row["valeur"]).partition(" ")
    return int(commits), int(total, 16)


def _write(connection: Connection, commits: int, total: int) -> None:
    _write_setting(connection, _LINE, f"{commits} {total:064x}")


def _write_setting(connection: Connection, name: str, value: str) -> None:
    connection.execute(
        "INSERT INTO parametres (cle, valeur) VALUES (?, ?) ON CONFLICT (cle) DO UPDATE SET valeur = excluded.valeur",
        (name, value),
    )


class Seal:
    """Keeps the seal of an open database true, transaction after transaction.

    Args:
        connection: The one that writes, and nobody else.
        state: Its rows as they are now, found fresh.
    """

    def __init__(self, connection: Connection, state: SealState) -> None:
        self._connection = connection
        self._digests = dict(state.digests)
        self._total = sum_of(state.digests.values())
        self.commits = state.commits
        self._key = _key(connection)
        self._tables = _tables(connection)
        self._indexes = _indexes(connection)
        self._touched: set[tuple[int, int | str | bytes | None]] = set()
        self._pending: dict[Group, int] = {}
        self._pending_total = self._total
        connection.register(_FUNCTION, 2, lambda table, group: self._touched.add((table, group)))
        for number, table in enumerate(self._tables):
            self._watch(number, table)

    def _watch(self, number: int, table: _Table) -> None:
        # Temporary triggers: they are not in the file, and a table of a later schema has them without a word.
        for event, rows in (("INSERT", ("new",)), ("DELETE", ("old",)), ("UPDATE", ("old", "new"))):
            calls = ", ".join(f"{_FUNCTION}({number}, {table.group(row)})" for row in rows)
            self._connection.execute(
                f"CREATE TEMP TRIGGER sceau_{number}_{event} AFTER {event} ON main.{table.name}"
                f" BEGIN SELECT {calls}; END"
            )

    @property
    def total(self) -> int:
        """The sum after the last commit."""
        return self._total

    def update(self) -> None:
        """Seal what the open transaction touched; called last, before its commit."""
        if not self._touched and not self._pending:
            return
        _settle(self._connection)
        self.digest_so_far()
        for group, rows in _apart(self._connection, self._indexes):
            self._pending[group] = _digest(self._key, group, rows)
        total = self._total
        for group, digest in self._pending.items():
            total ^= self._digests.get(group, 0) ^ digest
        _write(self._connection, self.commits + 1, total)
        self._pending_total = total

    def digest_so_far(self, at_most: int | None = None) -> bool:
        """Digest what the open transaction touched up to now, so that less is left for `update`.

        What it touches again is digested again.

        Args:
            at_most: How many groups of rows; all of them by default.

        Returns:
            Whether some are left.
        """
        for number, place in tuple(islice(self._touched, at_most)):
            table = self._tables[number]
            group: Group = (table.name, place)
            self._pending[group] = _digest(self._key, group, table.read(self._connection, group))
            self._touched.discard((number, place))
        return bool(self._touched)

    def committed(self) -> None:
        """The transaction lasts."""
        if self._pending:
            self._total = self._pending_total
            self.commits += 1
            self._digests.update(self._pending)
        self.forget()

    def forget(self) -> None:
        """The transaction was undone."""
        self._touched.clear()
        self._pending = {}
