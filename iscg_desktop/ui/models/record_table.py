"""A read-only table over frozen records: its columns say how each record is shown and sorted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from iscg_desktop.ui.plain import tooltip

T = TypeVar("T")

RECORD_ROLE = int(Qt.ItemDataRole.UserRole)
"""The record of a row."""
SORT_ROLE = RECORD_ROLE + 1
"""What a cell is sorted by."""
CHIP_ROLE = RECORD_ROLE + 2
"""Role of the chip a cell is drawn as, or None."""
SHARE_ROLE = RECORD_ROLE + 3
"""Length of the bar behind a figure, 0 to 1, or None."""

ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}
_Index = QModelIndex | QPersistentModelIndex
_DISPLAY, _ALIGNMENT, _TOOLTIP = (
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.ToolTipRole,
    )
)
# Each cell drawn asks a dozen roles: those that have no answer are turned away first, or scrolling would stutter.
_ANSWERED = frozenset({_DISPLAY, _ALIGNMENT, _TOOLTIP, RECORD_ROLE, SORT_ROLE, CHIP_ROLE, SHARE_ROLE})


@dataclass(frozen=True)
class Column(Generic[T]):
    """How a column shows a record.

    Attributes:
        title: Its heading.
        text: Words of a record's cell.
        sort: What it is sorted by; the words, capitals aside, when None. None values come last.
        align: Words to the left, figures to the right.
        role: Role of the chip the words are drawn as; "" draws plain words.
        share: Length of a bar behind the figure, 0 to 1; None draws none.
        stretch: Whether the column takes the room the others leave.
        weight: How much of that room it takes beside another one that stretches.
        yields: Whether it is left out where the others could not be read beside it; of several, the last first.
        tooltip: More words for a record, said under the pointer.
    """

    title: str
    text: Callable[[T], str]
    sort: Callable[[T], Any] | None = None
    align: Literal["left", "right", "center"] = "left"
    role: Callable[[T], str] | None = None
    share: Callable[[T], float | None] | None = None
    stretch: bool = False
    weight: float = 1
    yields: bool = False
    tooltip: Callable[[T], str] | None = None

    def key(self, record: T) -> tuple[bool, Any]:
        """What a record is sorted by, None last."""
        value = self.text(record).casefold() if self.sort is None else self.sort(record)
        return value is None, "" if value is None else value


class RecordTable(QAbstractTableModel, Generic[T]):
    """Records in, cells out; nothing is edited here.

    Args:
        columns: From left to right.
        records: From top to bottom.
    """

    def __init__(
        self, columns: Sequence[Column[T]], records: Iterable[T] = (), parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._records = list(records)

    def set_records(self, records: Iterable[T]) -> None:
        """Show other records, in the order given."""
        self.beginResetModel()
        self._records = list(records)
        self.endResetModel()

    def records(self) -> tuple[T, ...]:
        """Records in the order they are shown."""
        return tuple(self._records)

    def record(self, row: int) -> T:
        """The record of a row."""
        return self._records[row]

    def row_of(self, record: T) -> int:
        """Row of a record, -1 when it is not shown."""
        return self._records.index(record) if record in self._records else -1

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED or not index.isValid():
            return None
        record, column = self.record(index.row()), self.columns[index.column()]
        if record is None:  # erased since
            return None
        if role == _DISPLAY:
            return column.text(record)
        if role == _ALIGNMENT:
            return ALIGNMENTS[column.align]
        if role == _TOOLTIP:
            return tooltip(column.tooltip(record)) if column.tooltip else None
        if role == RECORD_ROLE:
            return record
        if role == SORT_ROLE:
            return column.key(record)
        if role == CHIP_ROLE:
            return (column.role(record) or None) if column.role else None
        if role == SHARE_ROLE:
            return column.share(record) if column.share else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return ALIGNMENTS[self.columns[section].align]
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, records that are equal there keeping their order; -1 changes nothing."""
        if not 0 <= column < len(self.columns):
            return
        self.layoutAboutToBeChanged.emit()
        before = list(self._records)
        key = self.columns[column].key
        blank, filled = [r for r in before if key(r)[0]], [r for r in before if not key(r)[0]]
        filled.sort(key=key, reverse=order == Qt.SortOrder.DescendingOrder)
        self._records = filled + blank
        # Selected rows follow their records; equal records are told apart by identity.
        rows = {id(record): row for row, record in enumerate(self._records)}
        old = self.persistentIndexList()
        new = [self.index(rows[id(before[index.row()])], index.column()) for index in old]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()
