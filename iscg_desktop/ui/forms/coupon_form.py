"""The answers of a coupon retour, as fields."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QSizePolicy

from iscg_desktop.domain.coupon import Coupon
from iscg_desktop.domain.fiche_sections import Reponse
from iscg_desktop.messages import explained
from iscg_desktop.services.services import Services
from iscg_desktop.ui.forms.choices import coded
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.messages import settle_all
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.type_ahead import TypeAhead


class CouponForm(Form):
    """What a partner answered, each answer by its name in ``Coupon``."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        today = services.clock.today
        self.suite = TypeAhead(coded(services.listes["suite"]))
        self.day = DateEdit(today)
        yes_no = (("oui", self.tr("oui")), ("non", self.tr("non")))
        fields = {
            "suite": Field(self.tr("S&uite donnée"), self.suite),
            "date": Field(self.tr("Reçu &le"), self.day),
            "connu": Field(self.tr("Co&nnue du service"), ChoiceRow(yes_no), optional=True),
            "prise_en_charge": Field(self.tr("Pr&ise en charge"), ChoiceRow(yes_no), optional=True),
            "rendez_vous_le": Field(
                self.tr("Premier ren&dez-vous le"), DateEdit(today, prefer="future"), optional=True
            ),
            "referent": Field(self.tr("Ré&férent"), LineEdit(), optional=True),
            "motif": Field(
                self.tr("Mo&tif, en cas de refus"),
                LineEdit(),
                optional=True,
                hint=self.tr("Rien sur la personne ni sur sa situation."),
            ),
        }
        grid = FormGrid()
        spans = {"motif": 12}
        for name, field in fields.items():
            grid.add(self.register(name, field), spans.get(name, 6))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.column.addWidget(grid)

    def start(self, today: date) -> None:
        """Empty, dated today."""
        self.show_coupon(Coupon(date=today))

    def show_coupon(self, coupon: Coupon, again: tuple[tuple[str, str], ...] = ()) -> None:
        """Show what a coupon says.

        Args:
            coupon: Its answers.
            again: Field and text of what was written and is no answer: shown to be corrected.
        """
        for name, field in self.fields.items():
            field.clear_error()
            self.put(name, getattr(coupon, name))
        for name, written in again:
            field = self.fields[name]
            if hasattr(field.widget, "set_raw"):
                field.widget.set_raw(written)
            said = self.tr("Le coupon dit « {texte} ». Corrigez ou complétez.")
            field.set_error(explained(said.replace("{texte}", written[:60]), "tournees#lire-un-retour"))

    def read(self) -> Coupon | None:
        """The coupon as it stands; None, and says where, when something typed is no answer."""
        if not settle_all(self.fields.values()):
            return None
        values = self.values()
        for name in ("connu", "prise_en_charge"):
            values[name] = Reponse(values[name]) if values[name] else None
        return Coupon(**values)
