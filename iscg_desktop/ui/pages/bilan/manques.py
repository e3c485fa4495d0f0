"""What nobody answered in a period, and the very entretiens where it can still be mended."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.chiffres import pourcent
from iscg_desktop.services.chiffres import Chiffres
from iscg_desktop.services.releves import Manque
from iscg_desktop.services.services import Services
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.empty_state import EmptyState
from iscg_desktop.ui.widgets.labels import Quiet


class ManquesView(QWidget):
    """Each question without an answer, most missing first.

    Signals:
        manque_requested: The ``Manque`` whose dossiers are wanted.
    """

    manque_requested = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.table = DataTable(
            self._columns(),
            fit_rows=24,
            name=self.tr("Ce qui n’est pas renseigné"),
            empty=EmptyState(
                "check",
                self.tr("Tout est renseigné"),
                detail=self.tr("Chaque question a sa réponse pour cette période."),
            ),
        )
        card = Card(self.tr("Ce qui n’est pas renseigné"))
        card.add(
            Quiet(
                self.tr(
                    "Entrée sur une ligne montre les dossiers concernés. Un renseignement se complète dans"
                    " l’entretien dont il vient, tant que son trimestre n’est pas arrêté."
                )
            )
        )
        card.add(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.setFocusProxy(self.table)
        self.table.activated.connect(self._on_table_activated)

    def show_chiffres(self, chiffres: Chiffres) -> None:
        """Show what is missing in some days."""
        self.table.set_records(self._services.releves.manques(chiffres))

    def _columns(self) -> list[Column[Manque]]:
        return [
            Column(self.tr("Question"), lambda each: each.tableau.titre, stretch=True),
            Column(
                self.tr("Sans réponse"),
                lambda each: pourcent(each.nombre, each.total),
                sort=lambda each: each.nombre / each.total,
                align="right",
                share=lambda each: each.nombre / each.total,
            ),
            Column(
                self.tr("Nombre"),
                lambda each: f"{each.nombre} ÷ {each.total}",
                sort=lambda each: each.nombre,
                align="right",
            ),
            Column(
                self.tr("À compléter"),
                lambda each: str(each.a_completer) if each.a_completer else self.tr("arrêté"),
                sort=lambda each: each.a_completer,
                align="right",
            ),
        ]

    @Slot(object)
    def _on_table_activated(self, manque: Manque) -> None:
        self.manque_requested.emit(manque)
