"""The orientations of which nobody knows yet what became."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.orientation import SansSuite
from iscg_desktop.services.services import Services
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.empty_state import EmptyState
from iscg_desktop.ui.widgets.labels import Quiet


class SuitesView(QWidget):
    """Lists them, oldest first; Enter notes a suite.

    Signals:
        suite_requested: Id of an orientation whose suite is to be noted.
    """

    suite_requested = Signal(int)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._discreet = False
        self._said = Quiet()
        empty = EmptyState(
            "circle-check",
            self.tr("Chaque orientation a sa suite"),
            detail=self.tr("Celles qui restent sans nouvelles se rangent ici après le délai des réglages."),
        )
        name = self.tr("Orientations sans suite connue")
        self.table = DataTable(self._columns(), empty=empty, name=name)
        card = Card(name)
        card.add(self._said)
        card.add(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)
        self.table.activated.connect(self._on_activated)

    def set_discreet(self, discreet: bool) -> None:
        """Show initials in place of names, or names again."""
        self._discreet = discreet
        self.table.view.viewport().update()

    def reload(self) -> None:
        """Read them again."""
        orientations = self._services.orientations
        self.table.set_records(orientations.without_suite())
        words = self.tr(
            "Sans suite, ou «\u00a0en attente\u00a0», depuis %n jour(s) ou plus.",
            "",
            orientations.days_without_suite,
        )
        self._said.setText(words)

    def _columns(self) -> list[Column[SansSuite]]:
        listes, today = self._services.listes, self._services.clock.today

        def age(each: SansSuite) -> int:
            return (today() - each.orientation.date).days

        return [
            Column(
                self.tr("Orientée le"),
                lambda each: format_date_courte(each.orientation.date),
                sort=lambda each: each.orientation.date,
            ),
            Column(self.tr("Dossier"), lambda each: each.dossier),
            Column(self.tr("Personne"), lambda each: each.initiales if self._discreet else each.nom),
            Column(
                self.tr("Vers"),
                lambda each: (
                    each.orientation.partenaire or listes.libelle("type_partenaire", each.orientation.type)
                ),
                stretch=True,
            ),
            Column(
                self.tr("Suite"),
                lambda each: listes.libelle("suite", each.orientation.suite) or self.tr("aucune"),
            ),
            Column(self.tr("Jours"), lambda each: str(age(each)), sort=age, align="right"),
        ]

    @Slot(object)
    def _on_activated(self, each: SansSuite) -> None:
        self.suite_requested.emit(each.orientation.id)
