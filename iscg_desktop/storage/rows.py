"""Between SQL text and Python values: dates, hours, identifiers, small helpers of the repositories."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, time

from iscg_desktop.storage.connection import Statements, Value


def to_date(text: str | None) -> date | None:
    """Civil date of an ISO text."""
    return date.fromisoformat(text) if text else None


def to_time(text: str | None) -> time | None:
    """Hour of an ``HH:MM`` text."""
    return time.fromisoformat(text) if text else None


def from_date(day: date | None) -> str | None:
    """ISO text of a civil date."""
    return day.isoformat() if day else None


def from_time(hour: time | None) -> str | None:
    """``HH:MM`` text of an hour."""
    return hour.strftime("%H:%M") if hour else None


def new_uid() -> str:
    """A random identifier of 128 bits, as 32 hexadecimal digits; says nothing about what it names."""
    return secrets.token_hex(16)


def insert(statements: Statements, table: str, values: Mapping[str, Value]) -> int:
    """Insert one row whose columns are the keys, and return its rowid.

    Table and column names are literals of this package, never typed by anyone.
    """
    columns = ", ".join(values)
    marks = ", ".join(f":{column}" for column in values)
    return statements.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", dict(values)).last_id


def update(statements: Statements, table: str, row_id: int, values: Mapping[str, Value]) -> None:
    """Set the named columns of one row."""
    columns = ", ".join(f"{column} = :{column}" for column in values)
    statements.execute(f"UPDATE {table} SET {columns} WHERE id = :id_", {**values, "id_": row_id})
