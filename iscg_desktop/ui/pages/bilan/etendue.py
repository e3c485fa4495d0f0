"""What the bilan page looks at: a quarter, a half-year, a year, or any days for the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.domain.etendue import Etendue, free_days
from iscg_desktop.domain.period import Periode
from iscg_desktop.errors import InvalidInput
from iscg_desktop.messages import sentence
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

DATES = "dates"
"""Any days, for the screen only."""


class EtendueChooser(QWidget):
    """Chooses what is counted.

    Signals:
        chosen: Another ``Etendue``, or None while the dates make none.
        palier_changed: Another kind of period: its periods are to be offered.
    """

    chosen = Signal(object)
    palier_changed = Signal(str)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.palier = ChoiceRow(
            (
                ("trimestre", self.tr("Trimestre")),
                ("semestre", self.tr("Semestre")),
                ("annee", self.tr("Année")),
                (DATES, self.tr("Dates libres")),
            ),
            clearable=False,
        )
        self.palier.set_value("trimestre")
        self.period = TypeAhead(placeholder=self.tr("3e trimestre 2026"))
        self.debut, self.fin = DateEdit(today), DateEdit(today)
        self.debut_field = Field(self.tr("D&u"), self.debut)
        self.fin_field = Field(self.tr("Au"), self.fin)
        self._periodes: dict[str, Periode] = {}
        self._period_field = Field(self.tr("&Période"), self.period)
        self._dates = QWidget()
        dates = QHBoxLayout(self._dates)
        dates.setContentsMargins(0, 0, 0, 0)
        dates.setSpacing(GAP)
        dates.addWidget(self.debut_field)
        dates.addWidget(self.fin_field)
        flow = FlowLayout(self, spacing=GAP)
        for widget in (Field(self.tr("&Sorte de période"), self.palier), self._period_field, self._dates):
            flow.addWidget(widget)
        self._dates.hide()
        self._period_field.setMinimumWidth(320)
        self.palier.edited.connect(self._on_palier_edited)
        self.period.committed.connect(self._on_committed)
        self.debut.committed.connect(self._on_committed)
        self.fin.committed.connect(self._on_committed)

    def offer(self, periodes: Iterable[tuple[Periode, str]]) -> None:
        """Offer the periods of the kind chosen, each with its name."""
        found = tuple(periodes)
        self._periodes = {periode.code: periode for periode, _ in found}
        self.period.set_choices((periode.code, name) for periode, name in found)
        self.period.set_value(self.period.value() if self.period.value() in self._periodes else None)

    def show_period(self, code: str) -> None:
        """Choose a period among those offered; emits nothing."""
        self.period.set_value(code)

    def show_palier(self, palier: str) -> None:
        """Choose a kind of period; emits nothing."""
        self.palier.set_value(palier)
        self._dates.setVisible(palier == DATES)
        self._period_field.setVisible(palier != DATES)

    def etendue(self) -> Etendue | None:
        """What is chosen; None while nothing is, the dates saying what is wrong with them."""
        if self.palier.value() != DATES:
            periode = self._periodes.get(self.period.value() or "")
            return None if periode is None else Etendue.of(periode)
        if self.debut.value() is None and self.fin.value() is None:
            return None
        try:
            return free_days(self.debut.value(), self.fin.value())
        except InvalidInput as error:
            for problem in error.problems:
                field = self.debut_field if problem.field == "debut" else self.fin_field
                field.set_error(sentence(problem))
            return None

    @Slot()
    def _on_palier_edited(self) -> None:
        palier = self.palier.value() or "trimestre"
        self.show_palier(palier)
        self.palier_changed.emit(palier)

    @Slot(object)
    def _on_committed(self, _value: object) -> None:
        self.debut_field.clear_error()
        self.fin_field.clear_error()
        self.chosen.emit(self.etendue())
