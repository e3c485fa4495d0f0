"""The tables of a bilan as they are read outside, made one a turn of the loop."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.services.bilans import BilansService
from iscg_desktop.ui.bilan_tableaux import TableCard
from iscg_desktop.ui.one_a_turn import OneATurn
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.labels import Quiet, Text


class Printed(QWidget):
    """The tables of a bilan, as they are read outside."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._rows: Iterator[QWidget | None] = iter(())
        self._timer = OneATurn(self, self._on_timeout)

    def show_bilan(self, bilan: ProtectedBilan | None) -> None:
        """Show another bilan, or none."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = iter(()) if bilan is None else self._make_rows(bilan)
        self._timer.start()

    def _make_rows(self, bilan: ProtectedBilan) -> Iterator[QWidget | None]:
        yield Quiet(BilansService.sens_du_masque(bilan))
        totals = [table for table in bilan.tables if not table.dimensions]
        narrow = [table for table in bilan.tables if len(table.dimensions) == 1]
        if totals:
            card = Card(self.tr("Totaux"))
            for table in totals:
                value = table.valeur()
                card.add(Text(f"{table.titre} : {'•' if value is None else value}"))
            narrow_first: list[QWidget] = [card]
        else:
            narrow_first = []
        cards = narrow_first
        for table in narrow:
            cards.append(TableCard(table))
            yield None
            if len(cards) == 2:
                yield Columns(*cards)
                cards = []
        if cards:
            yield Columns(*cards, QWidget())
        for table in bilan.tables:
            if len(table.dimensions) == 2:
                yield TableCard(table)

    def _on_timeout(self) -> None:
        row = next(self._rows, self)
        if row is self:
            self._timer.stop()
        elif row is not None:
            self._column.addWidget(row)
