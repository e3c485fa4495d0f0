"""Who a person is and how to reach her, outside any entretien."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.personne import CHAMPS, Identite
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.choices import answered, coded, shown
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.tokens import CONTROL
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.commune_field import CommuneField
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.naissance_edit import NaissanceEdit


class IdentiteForm(Form):
    """The parts of an identity, in the order in which one asks; nothing is mandatory.

    Args:
        listes: The lists of coded values.
        today: Tells the day.
        identite: What is known.
    """

    def __init__(
        self,
        listes: ListesService,
        today: Callable[[], date],
        identite: Identite,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._identite = identite
        grid = FormGrid()
        self.add(grid, "nom_usage", self.tr("&Nom d’usage"), LineEdit(), 6)
        self.add(grid, "nom_naissance", self.tr("Nom de naissance"), LineEdit(), 6)
        self.add(grid, "prenom", self.tr("Prénom"), LineEdit(), 6)
        self.add(grid, "surnom", self.tr("Surnom"), LineEdit(), 6)
        sexe = ChoiceRow(coded(listes["sexe"], keep=(identite.sexe,)))
        self.add(grid, "sexe", self.tr("Se&xe"), sexe, 6)
        self.add(grid, "naissance", self.tr("Naissan&ce"), NaissanceEdit(today), 6)
        self.add(grid, "description", self.tr("Désignation, sans nom connu"), LineEdit(), 12)
        self.add(grid, "adresse", self.tr("Adresse"), LineEdit(), 6)
        commune = CommuneField(listes.search_communes, listes.commune)
        self.add(grid, "commune", self.tr("Commune"), commune, 6)
        self.add(grid, "telephone", self.tr("Téléphone"), LineEdit(), 6)
        self.add(grid, "courriel", self.tr("Courriel"), LineEdit(), 6)
        grid.add_section(self.tr("Contact sûr"))
        self.add(grid, "contact_sur", self.tr("Numéro ou adresse"), LineEdit(), 6)
        hours = LineEdit(self.tr("Matin, sauf mercredi"))
        self.add(grid, "contact_sur_horaires", self.tr("Jours et heures"), hours, 6)
        self.add(grid, "vit_avec", self.tr("&Qui vit là"), LineEdit(), 6)
        silence = CheckBox(self.tr("Ne pas en laisser"))
        silence.setMinimumHeight(CONTROL)
        self.add(grid, "sans_message", self.tr("Message"), silence, 6)
        self.add(grid, "informee_le", self.tr("Information donnée le"), DateEdit(today), 6)
        self.column.addWidget(grid)
        for name in CHAMPS:
            value = getattr(identite, name)
            self.put(name, shown(value) if name == "sexe" else value)

    def read(self) -> Identite:
        """The identity as it stands; an estimated age keeps the day on which it was noted."""
        values = self.values()
        values["sexe"] = answered(values["sexe"])
        found = replace(self._identite, **{name: values[name] for name in CHAMPS})
        if found.naissance != self._identite.naissance:
            found = replace(found, age_estime_le=None)
        return found
