"""What a restore must not undo: bilans handed over, erasures, numbers given, copies that still lie elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from iscg_desktop.storage.connection import Statements

JUMP: Final = 1_000
"""Numbers passed over in each series when nobody can tell which were given."""

SERIES: Final = ("dossier", "fiche", "information_preoccupante", "signalement", "note_information")
_SETTINGS: Final = ("effacements.cle", "effacements.ailleurs")
_LATEST: Final = ("bilan_recits",)  # not frozen: the latest is the one


@dataclass(frozen=True, slots=True)
class Registry:
    """Rows by table; by their keys, the settings without which what was erased would not be known again."""

    tables: Mapping[str, tuple[Mapping[str, Any], ...]]
    settings: Mapping[str, str]


def read_registry(statements: Statements) -> Registry:
    """All that a coffre must hand over to the one that replaces it.

    Raises:
        UserError: The coffre cannot be read.
    """
    tables = {
        table: tuple(dict(zip(row.keys(), tuple(row), strict=True)) for row in _all(statements, table))
        for table in _tables(statements)
    }
    kept = (
        (key, statements.execute("SELECT valeur FROM parametres WHERE cle = ?", (key,)).first())
        for key in _SETTINGS
    )
    return Registry(tables, {key: row["valeur"] for key, row in kept if row is not None})


def carry_forward(statements: Statements, registry: Registry) -> None:
    """Put a registry into the database that was restored; inside a transaction of the caller."""
    statements.execute("PRAGMA defer_foreign_keys = ON")
    for key, value in registry.settings.items():
        _put(statements, key, value)
    known = _tables(statements)
    for table, rows in registry.tables.items():
        if table == "compteurs":
            _raise_counters(statements, rows)
        elif table in known:
            _add_rows(statements, table, rows)


def jump_counters(statements: Statements, years: Iterable[int]) -> None:
    """Pass over the numbers that the lost coffre may have given."""
    statements.execute("UPDATE compteurs SET dernier = dernier + ?", (JUMP,))
    statements.execute_many(
        "INSERT INTO compteurs (nom, annee, dernier) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(name, year, JUMP) for year in years for name in SERIES],
    )


def _tables(statements: Statements) -> tuple[str, ...]:
    """Every table of the registry that the schema has; those of the bilans by their name."""
    rows = statements.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name IN ('compteurs', 'effacements',"
        r" 'copies_sauvegarde', 'bilans') OR name LIKE 'bilan\_%' ESCAPE '\') ORDER BY name"
    )
    return tuple(row["name"] for row in rows)


def _all(statements: Statements, table: str) -> Any:
    return statements.execute(f"SELECT * FROM {table}")


def _raise_counters(statements: Statements, rows: Iterable[Mapping[str, Any]]) -> None:
    statements.execute_many(
        "INSERT INTO compteurs (nom, annee, dernier) VALUES (:nom, :annee, :dernier)"
        " ON CONFLICT (nom, annee) DO UPDATE SET dernier = max(dernier, excluded.dernier)",
        rows,
    )


def _add_rows(statements: Statements, table: str, rows: tuple[Mapping[str, Any], ...]) -> None:
    there = {row["name"] for row in statements.execute(f"PRAGMA table_info({table})")}
    names = [name for name in (rows[0] if rows else ()) if name in there and name != "id"]
    if names:
        otherwise = "REPLACE" if table in _LATEST else "IGNORE"
        values = ", ".join(f":{name}" for name in names)
        statements.execute_many(
            f"INSERT OR {otherwise} INTO {table} ({', '.join(names)}) VALUES ({values})",
            [{name: row[name] for name in names} for row in rows],
        )


def _put(statements: Statements, key: str, value: str) -> None:
    statements.execute(
        "INSERT INTO parametres (cle, valeur) VALUES (?, ?)"
        " ON CONFLICT (cle) DO UPDATE SET valeur = excluded.valeur",
        (key, value),
    )
