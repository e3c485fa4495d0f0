"""A read-only table over thousands of records: their keys are known, each is fetched as it comes into sight."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from iscg_desktop.ui.models.record_table import Column, RecordTable

T = TypeVar("T")
_Index = QModelIndex | QPersistentModelIndex

_WINDOW = 40
"""Records fetched at a time: a screen and a half, so that the first ones of a search are there at once."""
_KEPT = 50
"""Windows kept at hand; the one used longest ago is forgotten first."""


class WindowTable(RecordTable[T]):
    """Keys in, records fetched by windows; whoever gives the keys does the sorting.

    Args:
        columns: From left to right.
        fetch: Records of some keys, in any order; one that is no more may be left out.
        key_of: The key of a record.

    Signals:
        sort_requested: A column, -1 for none, and whether downwards.
    """

    sort_requested = Signal(int, bool)

    def __init__(
        self,
        columns: Sequence[Column[T]],
        fetch: Callable[[Sequence[Any]], Iterable[T]],
        key_of: Callable[[T], Hashable],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, (), parent)
        self._fetch, self._key_of = fetch, key_of
        self._keys: tuple[Hashable, ...] = ()
        self._windows: dict[int, list[T | None]] = {}

    def set_keys(self, keys: Iterable[Hashable]) -> None:
        """Show other records, in the order of their keys."""
        self.beginResetModel()
        self._keys = tuple(keys)
        self._windows.clear()
        self.endResetModel()

    def add_keys(self, keys: Sequence[Hashable]) -> None:
        """Show more records after those shown, which stay as they are."""
        if not keys:
            return
        first = len(self._keys)
        self.beginInsertRows(QModelIndex(), first, first + len(keys) - 1)
        self._windows.pop(first // _WINDOW, None)  # it was not full
        self._keys += tuple(keys)
        self.endInsertRows()

    def set_records(self, records: Iterable[T]) -> None:
        """Show records by their keys."""
        self.set_keys(self._key_of(record) for record in records)

    def records(self) -> tuple[T, ...]:
        """Every record, fetched: for short lists and tests."""
        found = (self.record(row) for row in range(len(self._keys)))
        return tuple(record for record in found if record is not None)

    def record(self, row: int) -> T | None:  # type: ignore[override]
        """The record of a row; None when it is no more."""
        rank, place = divmod(row, _WINDOW)
        window = self._windows.pop(rank, None)
        if window is None:
            keys = self._keys[rank * _WINDOW : (rank + 1) * _WINDOW]
            found = {self._key_of(record): record for record in self._fetch(keys)}
            window = [found.get(key) for key in keys]
            if len(self._windows) >= _KEPT:
                del self._windows[next(iter(self._windows))]
        self._windows[rank] = window  # the last used comes last
        return window[place]

    def row_of(self, record: T) -> int:
        """Row of a record, -1 when it is not shown."""
        key = self._key_of(record)
        return self._keys.index(key) if key in self._keys else -1

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._keys)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order."""
        self.sort_requested.emit(column, order == Qt.SortOrder.DescendingOrder)
