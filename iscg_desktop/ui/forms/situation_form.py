"""What it is about: problématiques, what is asked, what was done."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.choices import coded
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.multi_type_ahead import MultiTypeAhead
from iscg_desktop.ui.widgets.type_ahead import TypeAhead


class SituationForm(Form):
    """One principale, any number of others, the demandes and the réponses.

    Args:
        listes: The lists of coded values.
    """

    def __init__(self, listes: ListesService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = FormGrid()
        liste = listes["problematique"]
        choices = coded(liste)
        main = TypeAhead(choices)
        self.add(grid, "problematique_principale", self.tr("&Problématique principale"), main, 6, liste=liste)
        others = MultiTypeAhead(choices)
        self.add(grid, "problematiques", self.tr("Autres problématiques"), others, 6, liste=liste)
        for name, label, code in (
            ("demandes", self.tr("&Demandes"), "demande"),
            ("reponses", self.tr("&Réponses"), "reponse"),
        ):
            widget = MultiTypeAhead(coded(listes[code]))
            self.add(grid, name, label, widget, 6, liste=listes[code])
        self.column.addWidget(grid)

    def read(self) -> dict[str, Any]:
        """Answers by their names in ``EntretienDraft``; the principale is not repeated among the others."""
        values = self.values()
        main = values["problematique_principale"]
        values["problematiques"] = tuple(code for code in values["problematiques"] if code != main)
        return values
