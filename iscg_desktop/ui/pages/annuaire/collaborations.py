"""How often each family of partners was worked with, year by year."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.collaboration import Collaboration
from iscg_desktop.services.services import Services
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.labels import Quiet

_YEARS = 5
_ROLES = {"frequente": "good", "occasionnelle": "accent", "rare": "quiet"}


class CollaborationsView(QWidget):
    """One level per family and year."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._familles = {famille.code: famille.libelle for famille in services.annuaire.familles()}
        self._most = 1
        years = services.annuaire.years()[:_YEARS]
        self.years = ChoiceRow(((str(year), str(year)) for year in years), clearable=False)
        self.years.setAccessibleName(self.tr("Année"))
        self.years.set_value(str(years[0]))
        self.table = DataTable(self._columns(), fit_rows=8, name=self.tr("Fréquence de collaboration"))
        self._said = Quiet()
        card = Card(self.tr("Fréquence de collaboration"))
        for part in (self.years, self.table, self._said):
            card.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.years.edited.connect(self.reload)

    def set_discreet(self, discreet: bool) -> None:
        """Counts name nobody."""

    @Slot()
    def reload(self) -> None:
        """Count again."""
        annuaire, today = self._services.annuaire, self._services.clock.today()
        year = int(self.years.value() or today.year)
        found = annuaire.collaborations(year)
        self._most = max((each.contacts for each in found), default=0) or 1
        self.table.set_records(found)
        seuils = annuaire.seuils
        words = self.tr(
            "D’après les contacts professionnels notés. Fréquente à partir de {frequente} contacts dans l’année,"
            " occasionnelle à partir de {occasionnelle}."
        )
        words = words.replace("{frequente}", str(seuils.frequente))
        words = words.replace("{occasionnelle}", str(seuils.occasionnelle))
        if year == today.year:
            words += self.tr(" L’année n’est pas finie.")
        self._said.setText(words)

    def _columns(self) -> list[Column[Collaboration]]:
        levels = {
            "frequente": self.tr("fréquente"),
            "occasionnelle": self.tr("occasionnelle"),
            "rare": self.tr("rare ou aucune"),
        }
        return [
            Column(
                self.tr("Famille de partenaires"), lambda each: self._familles[each.famille], stretch=True
            ),
            Column(
                self.tr("Contacts"),
                lambda each: str(each.contacts),
                sort=lambda each: each.contacts,
                align="right",
                share=lambda each: each.contacts / self._most,
            ),
            Column(
                self.tr("Collaboration"),
                lambda each: levels[each.niveau],
                sort=lambda each: each.contacts,
                role=lambda each: _ROLES[each.niveau],
            ),
        ]
