"""An orientation: who is oriented, towards whom, with her accord or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.domain.partenaire import Partenaire
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.choices import coded, identifier
from iscg_desktop.ui.forms.form import Form, State, enter
from iscg_desktop.ui.forms.partenaire_form import PartenaireForm
from iscg_desktop.ui.theme import color
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.type_ahead import TypeAhead


class OrientationForm(Form):
    """One orientation; a partner the annuaire lacks is added in place.

    Args:
        listes: The lists of coded values.

    Signals:
        partner_accepted: The new partner is to go to the annuaire.
        structure_changed: Fields came or went.
    """

    partner_accepted = Signal()
    structure_changed = Signal()

    def __init__(self, listes: ListesService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listes_service = listes
        self._partners: Sequence[Partenaire] = ()
        grid = FormGrid()
        liste = listes["type_partenaire"]
        self.add(grid, "personne", self.tr("Personne orientée"), TypeAhead())
        self.add(grid, "type", self.tr("T&ype de partenaire"), TypeAhead(coded(liste)), liste=liste)
        self.add(grid, "partenaire_id", self.tr("Partenaire"), TypeAhead())
        accord = ChoiceRow(coded(listes["accord"]), clearable=False)
        self.add(grid, "accord", self.tr("Accord de la personne"), accord)
        self.add(grid, "motif", self.tr("Motif de l’orientation"), LineEdit(), 12)
        self._new = Button(self.tr("Nouvea&u partenaire"), kind="quiet", icon="plus")
        self._new.clicked.connect(self._on_new_clicked)
        self.column.addWidget(grid)
        self.column.addWidget(self._new)
        self._partner: PartenaireForm | None = None
        self.message = InlineMessage()
        self.column.addWidget(self.message)
        self.fields["type"].widget.committed.connect(self._on_type_committed)
        self.fields["partenaire_id"].widget.committed.connect(self._on_partner_committed)
        self.put("accord", "non_recueilli")

    @property
    def partner(self) -> PartenaireForm | None:
        """The new partner being typed."""
        return self._partner

    def all_fields(self) -> dict[str, Any]:
        """Its fields, and those of the partner being typed under ``partenaire.``."""
        more = (
            {f"partenaire.{name}": field for name, field in self._partner.fields.items()}
            if self._partner
            else {}
        )
        return self.fields | more

    def offer_persons(self, persons: Sequence[Choice]) -> None:
        """Offer the persons of the entretien; the only one is taken."""
        self.fields["personne"].widget.set_choices(persons)
        if len(persons) == 1 and self.value("personne") is None:
            self.put("personne", persons[0].code)

    def offer_partners(self, partners: Sequence[Partenaire]) -> None:
        """Offer the structures of the annuaire, those of the type first."""
        self._partners = partners
        wanted = self.value("type")
        ordered = sorted(partners, key=lambda partner: partner.type != wanted)
        liste = self._listes_service["type_partenaire"]
        self.fields["partenaire_id"].widget.set_choices(
            Choice(str(partner.id), partner.nom, liste.libelle_de(partner.type), partner.ville)
            for partner in ordered
        )

    def open_partner(self) -> PartenaireForm:
        """Begin a new partner, of the type already chosen."""
        if self._partner is None:
            self._partner = PartenaireForm(self._listes_service)
            self._partner.put("type", self.value("type"))
            self._partner.edited.connect(self.edited)
            self._partner.accepted.connect(self.partner_accepted)
            self._partner.given_up.connect(self.close_partner)
            self._box = _Box(self._partner)
            self.column.insertWidget(2, self._box)
            self._box.show()
            self._new.setEnabled(False)
            self.structure_changed.emit()
        return self._partner

    @Slot()
    def close_partner(self) -> None:
        """End it; what was typed of it is forgotten."""
        if self._partner is not None:
            self._partner = None
            self.column.removeWidget(self._box)
            self._box.hide()
            self._box.deleteLater()
            self._new.setEnabled(True)
            self.message.clear()
            enter(self.fields["partenaire_id"].widget)
            self.edited.emit()

    def take_partner(self, partner: Partenaire) -> None:
        """Take the partner just added to the annuaire."""
        self.close_partner()
        self.put("partenaire_id", str(partner.id))
        if self.value("type") is None:
            self.put("type", partner.type)
        self.edited.emit()

    def set_discreet(self, discreet: bool) -> None:
        super().set_discreet(discreet)
        if self._partner is not None:
            self._partner.set_discreet(discreet)

    def read(self) -> dict[str, Any]:
        """Answers by their names in ``OrientationDraft``; ``personne`` is the name of a line."""
        values = self.values()
        values["partenaire_id"] = identifier(values["partenaire_id"])
        return values

    def state(self) -> State:
        kept = super().state()
        return kept if self._partner is None else kept | {"nouveau": self._partner.state()}

    def restore(self, state: Mapping[str, Any]) -> None:
        super().restore(state)
        self.offer_partners(self._partners)
        if "nouveau" in state:
            self.open_partner().restore(state["nouveau"])

    @Slot()
    def _on_new_clicked(self) -> None:
        enter(self.open_partner().fields["nom"].widget)
        self.edited.emit()

    @Slot(object)
    def _on_type_committed(self, _type: str | None) -> None:
        self.offer_partners(self._partners)

    @Slot(object)
    def _on_partner_committed(self, code: str | None) -> None:
        partner = next((p for p in self._partners if str(p.id) == code), None)
        if partner is not None and self.value("type") is None:
            self.put("type", partner.type)


class _Box(QWidget):
    """Sets the new partner apart from the orientation."""

    def __init__(self, form: QWidget) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 0, 0)
        row.addWidget(form)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, 0, 2, self.height(), color("accent"))
