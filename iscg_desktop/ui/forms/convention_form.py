"""What the convention says: its dates, the rhythm of bilans and meetings, whom she reports to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from iscg_desktop.domain.convention import Convention
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.nombre_edit import NombreEdit

_NO_RHYTHM = "libre"


class ConventionForm(Form):
    """Fields named like those of ``Convention``; the comités have their own card.

    Args:
        today: The civil date.
    """

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.column.setSpacing(GAP)
        self.column.addWidget(self._make_terms(today))
        self.column.addWidget(self._make_people(today))

    def show_convention(self, convention: Convention) -> None:
        """Show what is in force."""
        for name, field in self.fields.items():
            self.put(name, getattr(convention, name))
            field.clear_error()
        self.put("rencontre", convention.rencontre or _NO_RHYTHM)

    def read(self, before: Convention) -> Convention:
        """What is typed, over what the form does not show."""
        values = self.values()
        values["periodicite"] = values["periodicite"] or before.periodicite
        if values["delai_bilan"] is None:
            values["delai_bilan"] = before.delai_bilan
        values["rencontre"] = "" if values["rencontre"] in (None, _NO_RHYTHM) else values["rencontre"]
        return replace(before, **values)

    def _make_terms(self, today: Callable[[], date]) -> Card:
        card, grid = Card(self.tr("Termes")), FormGrid()
        self.add(grid, "debut", self.tr("&Début"), DateEdit(today), 4)
        self.add(grid, "fin", self.tr("&Fin"), DateEdit(today, prefer="future"), 4)
        rythmes = [
            ("trimestre", self.tr("Trimestre")),
            ("semestre", self.tr("Semestre")),
            ("annee", self.tr("Année")),
        ]
        self.add(grid, "periodicite", self.tr("Un &bilan par"), ChoiceRow(rythmes, clearable=False), 4)
        self.add(
            grid,
            "delai_bilan",
            self.tr("À re&mettre sous"),
            NombreEdit(),
            4,
            hint=self.tr("Jours après la fin de la période."),
        )
        card.add(grid)
        return card

    def _make_people(self, today: Callable[[], date]) -> Card:
        card, grid = Card(self.tr("Référent et employeur")), FormGrid()
        self.add(grid, "referent", self.tr("&Référent"), LineEdit(), 6)
        rythmes = [
            (_NO_RHYTHM, self.tr("Sans rythme fixe")),
            ("semaine", self.tr("Semaine")),
            ("quinzaine", self.tr("Quinzaine")),
            ("mois", self.tr("Mois")),
        ]
        self.add(grid, "rencontre", self.tr("Renc&ontre chaque"), ChoiceRow(rythmes, clearable=False), 6)
        self.add(grid, "derniere_rencontre", self.tr("Derni&ère rencontre"), DateEdit(today), 4)
        self.add(grid, "contact", self.tr("Co&ntact chez l’employeur"), LineEdit(), 4)
        self.add(grid, "contact_telephone", self.tr("&Téléphone"), LineEdit(), 4)
        self.add(grid, "contact_courriel", self.tr("&Courriel"), LineEdit(), 4)
        card.add(grid)
        return card
