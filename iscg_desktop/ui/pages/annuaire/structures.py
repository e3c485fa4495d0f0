"""The structures of the annuaire: filters over a table."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.partenaire import PartenaireLine
from iscg_desktop.services.services import Services
from iscg_desktop.ui.forms.choices import coded
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.commune_field import CommuneField
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.empty_state import EmptyState
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.type_ahead import TypeAhead


class StructuresView(QWidget):
    """Finds a structure.

    Signals:
        partenaire_requested: Id of a structure to show.
        structure_requested: She wants to add one.
        counted: How many are shown, of how many.
    """

    partenaire_requested = Signal(int)
    structure_requested = Signal()
    counted = Signal(int, int)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._text = ""
        self._discreet = False
        liste = services.listes["type_partenaire"]
        familles = [(famille.code, famille.libelle) for famille in services.annuaire.familles()]
        etats = (
            ("ouverts", self.tr("ouvertes")),
            ("fermes", self.tr("fermées")),
            ("tous", self.tr("toutes")),
        )
        self.kind, self.famille = TypeAhead(coded(liste)), TypeAhead(familles)
        self.commune = CommuneField(services.listes.search_communes, services.listes.commune)
        self.etat = ChoiceRow(etats, clearable=False)
        self.etat.set_value("ouverts")
        grid = FormGrid()
        grid.add(Field(self.tr("&Type"), self.kind), 3)
        grid.add(Field(self.tr("&Famille"), self.famille), 3)
        grid.add(Field(self.tr("&Commune desservie"), self.commune), 3)
        grid.add(Field(self.tr("&État"), self.etat), 3)
        self.table = DataTable(self._columns(), empty=self._empty_state(), name=self.tr("Structures"))
        card = Card()
        card.add(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(grid)
        column.addWidget(card, 1)
        for field in (self.kind, self.famille, self.commune):
            field.committed.connect(self._on_filtered)
        self.etat.edited.connect(self.reload)
        self.table.activated.connect(self._on_activated)

    def search(self, text: str) -> None:
        """Show the structures that answer to what is typed."""
        self._text = text
        self.reload()

    def set_discreet(self, discreet: bool) -> None:
        """Blank the names of the people met, or show them again."""
        self._discreet = discreet
        self.table.view.viewport().update()

    @Slot()
    def reload(self) -> None:
        """Read the structures again."""
        annuaire = self._services.annuaire
        found = annuaire.find(
            self._text,
            kind=self.kind.value(),
            famille=self.famille.value(),
            etat=self.etat.value() or "tous",  # type: ignore[arg-type]
            commune=self.commune.value(),
        )
        self.table.set_records(found)
        self.counted.emit(len(found), annuaire.count())

    def _columns(self) -> list[Column[PartenaireLine]]:
        liste = self._services.listes["type_partenaire"]
        today = self._services.clock.today

        def state(line: PartenaireLine) -> str:
            if line.ferme_le is None:
                return ""
            words = self.tr("fermée") if not line.is_open(today()) else self.tr("ferme le {date}")
            return words.replace("{date}", format_date_courte(line.ferme_le))

        return [
            Column(self.tr("Structure"), lambda line: line.nom, stretch=True, tooltip=lambda line: line.nom),
            Column(self.tr("Type"), lambda line: liste.libelle_de(line.type), stretch=True),
            Column(self.tr("Ville"), lambda line: line.ville or "–"),
            Column(self.tr("Téléphone"), lambda line: line.telephone or "–"),
            Column(
                self.tr("Contacts"),
                lambda line: str(line.contacts),
                sort=lambda line: line.contacts,
                yields=True,
                align="right",
            ),
            Column(
                self.tr("Orientations"),
                lambda line: str(line.orientations),
                sort=lambda line: line.orientations,
                yields=True,
                align="right",
            ),
            Column(self.tr("État"), state, role=lambda line: "quiet" if state(line) else ""),
        ]

    def _empty_state(self) -> EmptyState:
        empty = EmptyState(
            "book-user",
            self.tr("Aucune structure"),
            detail=self.tr(
                "Essayez moins de lettres ou moins de filtres. «\u00a0Partager\u00a0» prend l’annuaire d’un collègue."
            ),
            action=self.tr("Nouvelle structure"),
        )
        empty.action_triggered.connect(self.structure_requested)
        return empty

    @Slot(object)
    def _on_filtered(self, _code: object) -> None:
        self.reload()

    @Slot(object)
    def _on_activated(self, line: PartenaireLine) -> None:
        self.partenaire_requested.emit(line.id)
