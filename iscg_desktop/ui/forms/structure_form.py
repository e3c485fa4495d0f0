"""A structure of the annuaire, whole: where it is, what it takes, whom she meets there, whom it serves."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.partenaire import Correspondant, PartenaireDraft
from iscg_desktop.services.listes import ListesService
from iscg_desktop.services.territoires import TerritoiresService
from iscg_desktop.ui.forms.choices import coded
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.forms.rows_edit import RowColumn, RowsEdit
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.text_area import TextArea
from iscg_desktop.ui.widgets.type_ahead import TypeAhead
from iscg_desktop.ui.widgets.zones_edit import ZonesEdit

_WORDS = ("nom", "type", "adresse", "code_postal", "ville", "telephone", "courriel", "horaires", "accueille")


class StructureForm(Form):
    """All that the annuaire knows of a structure, but whether it is closed.

    Args:
        listes: The lists of coded values.
        territoires: Where it serves.
    """

    def __init__(
        self, listes: ListesService, territoires: TerritoiresService, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._territoires = territoires
        self._kept = PartenaireDraft("", None)
        self.column.setSpacing(16)
        liste = listes["type_partenaire"]
        grid = self._card(self.tr("La structure"))
        self.add(grid, "nom", self.tr("&Nom"), LineEdit(), 7)
        self.add(grid, "type", self.tr("T&ype"), TypeAhead(coded(liste)), 5, liste=liste)
        self.add(grid, "adresse", self.tr("&Adresse"), LineEdit(), 6)
        self.add(grid, "code_postal", self.tr("Code p&ostal"), LineEdit(), 2)
        self.add(grid, "ville", self.tr("&Ville"), LineEdit(), 4)
        self.add(grid, "telephone", self.tr("&Téléphone"), LineEdit(), 4)
        self.add(grid, "courriel", self.tr("&Courriel"), LineEdit(), 8)
        self.add(grid, "horaires", self.tr("&Horaires"), TextArea(rows=2), 6)
        self.add(grid, "accueille", self.tr("Ce qu’ils acc&ueillent"), TextArea(rows=2), 6)
        grid = self._card(self.tr("Territoire"))
        zones = ZonesEdit(territoires.search, territoires.zone)
        hint = self.tr("Sert à proposer le bon service d’après la commune de la personne.")
        self.add(grid, "communes", self.tr("Co&mmunes desservies"), zones, 12, hint=hint)
        grid = self._card(self.tr("Correspondants"))
        columns = (
            RowColumn(self.tr("Nom"), 3),
            RowColumn(self.tr("Fonction"), 3),
            RowColumn(self.tr("Téléphone"), 3),
            RowColumn(self.tr("Courriel"), 3),
        )
        people = RowsEdit(columns, add=self.tr("Ajouter quelqu’un"), remove=self.tr("Retirer cette personne"))
        self.add(grid, "correspondants", self.tr("Les personnes que vous y connaissez"), people, 12)

    def show_draft(self, draft: PartenaireDraft) -> None:
        """Show a structure."""
        self._kept = draft
        for name in _WORDS:
            self.put(name, getattr(draft, name))
        self.put("communes", tuple(zone.code for zone in self._territoires.zones(draft.communes)))
        people = [(each.nom, each.fonction, each.telephone, each.courriel) for each in draft.correspondants]
        self.put("correspondants", people)

    def read(self) -> PartenaireDraft:
        """The structure as it stands."""
        return replace(
            self._kept,
            **{name: self.value(name) for name in _WORDS},
            communes=self._territoires.communes(self.value("communes")),
            correspondants=tuple(Correspondant(*row) for row in self.value("correspondants")),
        )

    def _card(self, title: str) -> FormGrid:
        card, grid = Card(title), FormGrid()
        card.add(grid)
        self.column.addWidget(card)
        return grid
