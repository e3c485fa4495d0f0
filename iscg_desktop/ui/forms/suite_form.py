"""What became of an orientation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.orientation import REFUS_PARTENAIRE, RENDEZ_VOUS, SuiteDraft
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.choices import coded
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.line_edit import LineEdit


class SuiteForm(Form):
    """A suite; the day of the rendez-vous is asked only when there is one.

    Args:
        listes: The lists of coded values.
        today: Tells the day.
    """

    def __init__(
        self, listes: ListesService, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        liste = listes["suite"]
        grid = FormGrid()
        self.add(grid, "suite", self.tr("&Suite"), ChoiceRow(coded(liste)), 12, liste=liste)
        self.add(grid, "date", self.tr("Apprise &le"), DateEdit(today), 4)
        coming = DateEdit(today, prefer="future")
        self.add(grid, "rendez_vous_le", self.tr("R&endez-vous le"), coming, 4)
        self.add(grid, "referent", self.tr("&Qui la suit"), LineEdit(), 4)
        self.add(grid, "motif", self.tr("&Motif ou précision"), LineEdit(), 12)
        self.column.addWidget(grid)
        self.fields["suite"].widget.edited.connect(self._show_asked)
        self._show_asked()

    def put(self, name: str, value: Any) -> None:
        super().put(name, value)
        if name == "suite":
            self._show_asked()

    def show_draft(self, draft: SuiteDraft) -> None:
        """Show a suite."""
        for name in self.fields:
            self.put(name, getattr(draft, name))

    def read(self) -> SuiteDraft:
        """The suite as it stands; a day of rendez-vous that is not asked for is none."""
        values = self.values()
        if not self._expected:
            values["rendez_vous_le"] = None
        return SuiteDraft(**values)

    @property
    def _expected(self) -> bool:
        return self.value("suite") == RENDEZ_VOUS

    @Slot()
    def _show_asked(self) -> None:
        self.fields["rendez_vous_le"].setVisible(self._expected)
        refused = self.value("suite") == REFUS_PARTENAIRE
        hint = self.tr("Pourquoi ce refus\u00a0: liste d’attente, hors territoire, hors mission…")
        self.fields["motif"].set_hint(hint if refused else "")
