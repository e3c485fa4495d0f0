"""Reading the tables of the screen back, word for word."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView

from iscg_desktop.ui.widgets.data_table import DataTable


def shown_rows(table: DataTable) -> list[list[str]]:
    """The words of every cell, those of columns left out for want of room included."""
    (view,) = table.findChildren(QTableView)
    model = view.model()
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
