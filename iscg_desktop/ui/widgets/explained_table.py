"""A table of what is wrong with lines: the chosen one is said whole below, with its link to the guide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.messages import Sentence
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.inline_message import InlineMessage, Tone


class ExplainedTable(QWidget):
    """Records, and why each is there; a cell has room for the beginning of the sentence only.

    Args:
        before: Columns that say which line it is.
        title: Heading of the column of the sentences.
        said: What is wrong with a record.
        tone: Of what is said of a record.
        after: Columns that follow the sentence.
        fit_rows: As high as its rows, up to so many.
        name: What the table holds, for screen readers.
    """

    def __init__(
        self,
        before: Sequence[Column[Any]],
        title: str,
        said: Callable[[Any], Sentence],
        *,
        tone: Callable[[Any], Tone] = lambda _: "alert",
        after: Sequence[Column[Any]] = (),
        fit_rows: int,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._said, self._tone = said, tone
        columns = [*before, Column(title, said, stretch=True, tooltip=said), *after]
        self.table = DataTable(columns, fit_rows=fit_rows, name=name)
        self.whole = InlineMessage(dismissible=False)
        self.table.selection_changed.connect(self._on_selection_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table)
        column.addWidget(self.whole)
        self.setFocusProxy(self.table)

    @property
    def aide(self) -> str:
        """Where the guide says more of the chosen line, or ""."""
        return self.whole.aide

    def set_records(self, records: Iterable[Any]) -> None:
        """Show these, the first one chosen."""
        self.table.set_records(records)
        shown = self.table.records()
        if shown:
            self.table.select(shown[0])
        else:
            self.whole.clear()

    def records(self) -> tuple[Any, ...]:
        """Records in the order they are shown."""
        return self.table.records()

    @Slot(object)
    def _on_selection_changed(self, record: Any | None) -> None:
        if record is None:
            self.whole.clear()
        else:
            self.whole.show_message(self._tone(record), self._said(record))
