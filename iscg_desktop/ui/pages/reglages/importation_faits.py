"""The imports made, and how to take one back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot

from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.importation import ImportFait
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.delete_button import DeleteButton


class FaitsCard(Card):
    """The imports; hidden while there is none.

    Signals:
        taken_back: She confirmed; carries the import.
    """

    taken_back = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Imports faits"))
        self.table = DataTable(
            [
                Column(self.tr("Date"), lambda i: format_date_courte(i.fait_le), sort=lambda i: i.fait_le),
                Column(self.tr("Fichier"), lambda i: i.nom, stretch=True, tooltip=lambda i: i.nom),
                Column(self.tr("Dossiers"), lambda i: str(i.dossiers), align="right"),
                Column(self.tr("Entretiens"), lambda i: str(i.entretiens), align="right"),
            ],
            fit_rows=5,
            name=self.tr("Imports faits"),
        )
        self.back = DeleteButton(self.tr("&Annuler cet import"))
        self.back.confirmed.connect(self._on_confirmed)
        self.add(self.table)
        self.add(self.back)

    def show_imports(self, imports: Sequence[ImportFait]) -> None:
        """Show them, the last first."""
        self.table.set_records(imports)
        self.setVisible(bool(imports))
        if imports and self.table.selected() is None:
            self.table.select(imports[0])

    @Slot()
    def _on_confirmed(self) -> None:
        fait = self.table.selected()
        if fait is not None:
            self.taken_back.emit(fait)
