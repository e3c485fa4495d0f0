"""Reads all that can still be read of a damaged database: around the pages that are lost, row by row."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from iscg_desktop.errors import UserError
from iscg_desktop.storage.connection import Connection

_PROBES: Final = 400
"""How many times a table is tried again between two places that cannot be read."""

Row = Mapping[str, Any]
Found = dict[tuple[Any, ...], Row]

_UNREADABLE: Final = frozenset({"coffre_abime", "disque_en_erreur"})


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the damaged database.

    Attributes:
        columns: Those that hold something of their own.
        key: Columns of its primary key.
        whole: The column of the key that is a whole number and comes first, if there is one.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    whole: str | None


class DamagedDatabase:
    """A copy of a damaged database, opened again after each page that cannot be read.

    Args:
        path: The copy; the original is not to be opened.
        dbk: Its key.

    Attributes:
        tables: All it has.
        roots: First pages of its tables and indexes.

    Raises:
        UserError: ``coffre_perdu``: not even its first pages can be read.
    """

    def __init__(self, path: Path, dbk: bytes) -> None:
        self._path, self._dbk = path, dbk
        try:
            self._connection = Connection(path, dbk)
            names = self._connection.execute(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name"
            )
            self.tables = tuple(self._table(row["name"]) for row in names)
            found = self._connection.execute("SELECT rootpage FROM sqlite_schema WHERE rootpage > 0")
            self.roots = {int(row["rootpage"]) for row in found}
            if not self.tables:
                raise UserError("coffre_abime")  # emptied: SQLite takes it for a new one
        except UserError as error:
            failure = error
        else:
            return
        raise UserError("coffre_perdu") if failure.code in _UNREADABLE else failure

    def close(self) -> None:
        """Let the copy go."""
        self._connection.close()

    def _table(self, name: str) -> Table:
        columns = [
            row for row in self._connection.execute(f"PRAGMA table_xinfo({name})") if row["hidden"] == 0
        ]
        key = sorted((row for row in columns if row["pk"]), key=lambda row: row["pk"])
        whole = key[0]["name"] if key and key[0]["type"] == "INTEGER" else None
        return Table(name, tuple(r["name"] for r in columns), tuple(r["name"] for r in key), whole)

    def count(self, table: Table) -> int | None:
        """How many rows there were, where the table or an index still tells."""
        count: int | None = None
        with self._trying():
            count = int(self._connection.execute(f"SELECT count(*) FROM {table.name}").scalar())
        return count  # noqa: RET504 - nothing was set if the page cannot be read

    def rows(self, table: Table) -> list[Row]:
        """Every row that can be read."""
        found: Found = {}
        ascending = ", ".join(table.key) or "rowid"
        if not self._scan(table, found, "", ascending)[0]:
            self._scan(table, found, "", ", ".join(f"{each} DESC" for each in table.key) or "rowid DESC")
            if table.whole is not None:
                self._probe(table, table.whole, found)
        return list(found.values())

    def _probe(self, table: Table, name: str, found: Found) -> None:
        """Try between the rows read so far, in the middle of the widest gap each time."""
        known = sorted({row[name] for row in found.values()})
        bounds = [0, *known, max([self._last_id(table), *known[-1:]]) + 1]
        gaps = [(low, high) for low, high in itertools.pairwise(bounds) if high - low > 1]
        for _ in range(_PROBES):
            if not gaps:
                return
            gaps.sort(key=lambda gap: gap[1] - gap[0])
            low, high = gaps.pop()
            middle = (low + high) // 2
            up, last = self._scan(table, found, f"{name} >= {middle} AND {name} < {high}", name)
            down, first = self._scan(table, found, f"{name} < {middle} AND {name} > {low}", f"{name} DESC")
            above = high if up else middle if last is None else last[name]
            below = low if down else middle if first is None else first[name]
            gaps += [(a, b) for a, b in ((low, below), (above, high)) if b - a > 1 and (a, b) != (low, high)]

    def _last_id(self, table: Table) -> int:
        last = 0
        with self._trying():
            row = self._connection.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = ?", (table.name,)
            ).first()
            last = int(row["seq"]) if row else 0
        return last  # noqa: RET504

    def _scan(self, table: Table, found: Found, where: str, order: str) -> tuple[bool, Row | None]:
        """Read in order as far as can be; whether the end was reached, and the last row."""
        columns = ", ".join(f'"{name}"' for name in table.columns)
        sql = f"SELECT {columns} FROM {table.name} {'WHERE ' + where if where else ''} ORDER BY {order}"
        last: Row | None = None
        finished = False
        with self._trying():
            for row in self._connection.each(sql):
                last = {name: row[name] for name in table.columns}
                found.setdefault(tuple(last[name] for name in table.key or table.columns), last)
            finished = True
        return finished, last

    @contextlib.contextmanager
    def _trying(self) -> Iterator[None]:
        """One try; a page that cannot be read leaves the connection useless, so it is opened again."""
        try:
            yield
        except UserError as error:
            if error.code not in _UNREADABLE:
                raise
            with contextlib.suppress(UserError):
                self._connection.close()
            self._connection = Connection(self._path, self._dbk)
