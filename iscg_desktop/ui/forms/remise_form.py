"""The day and the way of a handing over, asked once for several fiches."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from iscg_desktop.messages import explained
from iscg_desktop.services.services import Services
from iscg_desktop.ui.forms.choices import coded
from iscg_desktop.ui.messages import settle_all
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.form_grid import FormGrid


class RemiseForm(QWidget):
    """Asks when and how.

    Signals:
        confirmed: The day, and the code of the channel.
    """

    confirmed = Signal(object, str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._today = services.clock.today
        self.day = DateEdit(services.clock.today)
        self.canal = ChoiceRow(coded(services.listes["canal_fiche"]), clearable=False)
        self.fields = {
            "date": Field(self.tr("Remises l&e"), self.day),
            "canal": Field(self.tr("C&omment"), self.canal),
        }
        self.confirm = Button(self.tr("&Noter la remise"), icon="check")
        grid = FormGrid()
        grid.add(self.fields["date"], 4)
        grid.add(self.fields["canal"], 8)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(grid)
        column.addWidget(self.confirm)
        self.confirm.clicked.connect(self._on_confirm_clicked)

    def start(self) -> None:
        """Today, in her own hands."""
        self.day.set_value(self._today())
        self.canal.set_value("main_propre")
        for field in self.fields.values():
            field.clear_error()

    @Slot()
    def _on_confirm_clicked(self) -> None:
        if not settle_all(self.fields.values()):
            return
        day = self.day.value()
        if day is None:
            self.fields["date"].set_error(
                explained(self.tr("Indiquez le jour de la remise."), "tournees#noter-une-remise-une-relance")
            )
            self.day.setFocus()
            return
        self.confirmed.emit(day, self.canal.value() or "main_propre")
