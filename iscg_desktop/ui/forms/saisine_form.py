"""How the situation arrived: asked once, when a dossier opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.saisine import SaisineDraft
from iscg_desktop.services.journee import JourneeService
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.choices import answered, code_of, coded, identifier, of_unites
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.type_ahead import TypeAhead


class SaisineForm(Form):
    """The saisine of a new dossier.

    Args:
        listes: The lists of coded values.
        journee: Where she is today.
        today: Tells the day.
    """

    def __init__(
        self,
        listes: ListesService,
        journee: JourneeService,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._journee, self._today = journee, today
        grid = FormGrid()
        self.add(grid, "date", self.tr("Date de la saisine"), DateEdit(today))
        origine, support = listes["origine"], listes["support"]
        self.add(grid, "origine", self.tr("Ori&gine"), TypeAhead(coded(origine)), liste=origine)
        self.add(grid, "support", self.tr("Support"), TypeAhead(coded(support)), liste=support)
        self.add(grid, "unite_id", self.tr("Unité"), TypeAhead(of_unites(journee.unites())))
        who = LineEdit(self.tr("Service, gendarme, proche"))
        self.add(grid, "demandeur", self.tr("Demandeur"), who)
        accord = ChoiceRow(coded(listes["accord_contact"]), clearable=False)
        self.add(grid, "accord_contact", self.tr("Accord pour être contactée"), accord)
        self.add(grid, "urgence", self.tr("Urgence"), ChoiceRow(coded(listes["urgence"])), 6)
        reason = LineEdit(self.tr("Quelques mots, des faits seulement"))
        self.add(grid, "motif", self.tr("Motif"), reason, 12)
        self.column.addWidget(grid)

    def prefill(self) -> None:
        """Answer what is known before asking."""
        self.put("date", self._today())
        self.put("unite_id", code_of(self._journee.permanence()))
        self.put("accord_contact", "non_recueilli")

    def follow(self, day: date) -> None:
        """Come back to the day of the entretien when today, prefilled, would be after it."""
        if self.value("date") == self._today() and day < self._today():
            self.put("date", day)

    def read(self) -> SaisineDraft:
        """The saisine as it stands."""
        values = self.values()
        return SaisineDraft(
            date=values["date"],
            origine=answered(values["origine"]),
            support=answered(values["support"]),
            unite_id=identifier(values["unite_id"]),
            demandeur=values["demandeur"],
            accord_contact=values["accord_contact"],
            urgence=answered(values["urgence"]),
            motif=values["motif"],
        )
