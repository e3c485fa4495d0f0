"""An orientation: who is oriented, towards whom, with her accord or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.domain.partenaire import Partenaire
from iscg_desktop.domain.proposition import Portee, Proposition
from iscg_desktop.services.listes import ListesService
from iscg_desktop.services.orientations import OrientationsService
from iscg_desktop.ui.forms.choices import coded, identifier
from iscg_desktop.ui.forms.form import Form, State, enter
from iscg_desktop.ui.forms.partenaire_form import PartenaireForm
from iscg_desktop.ui.theme import color
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.type_ahead import TypeAhead


@dataclass(frozen=True, slots=True)
class Alone:
    """An orientation made outside an entretien, as typed."""

    personne_id: int | None
    day: date | None
    draft: OrientationDraft


class OrientationForm(Form):
    """One orientation; a partner the annuaire lacks is added in place.

    The structures that serve where the person lives are proposed first; one already closed never is.

    Args:
        listes: The lists of coded values.
        service: The structures to propose; without it all are offered, those of the type first.
        today: Tells the day, for an orientation that has a date of its own: outside an entretien.

    Signals:
        partner_accepted: The new partner is to go to the annuaire.
        structure_changed: Fields came or went.
    """

    partner_accepted = Signal()
    structure_changed = Signal()

    def __init__(
        self,
        listes: ListesService,
        service: OrientationsService | None = None,
        *,
        today: Callable[[], date] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._listes_service, self._service = listes, service
        self._partners: Sequence[Partenaire] = ()
        self._home: Callable[[str], str | None] = lambda _person: None
        self._day: Callable[[], date | None] = lambda: None
        grid = FormGrid()
        liste = listes["type_partenaire"]
        if today is not None:
            self.add(grid, "date", self.tr("Date"), DateEdit(today))
            self._day = lambda: self.value("date")
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
        self.fields["personne"].widget.committed.connect(self._on_type_committed)
        self.fields["partenaire_id"].widget.committed.connect(self._on_partner_committed)
        self.fields["partenaire_id"].widget.installEventFilter(self)
        self.put("accord", "non_recueilli")

    def freeze(self, names: Iterable[str]) -> None:
        names = tuple(names)
        super().freeze(name for name in names if name in self.fields)
        if "partenaire_id" in names:
            self._new.setEnabled(False)

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

    def set_home(
        self, home: Callable[[str], str | None], day: Callable[[], date | None] | None = None
    ) -> None:
        """Tell where each person lives, by her code, and the day of the orientation if it has none of its own."""
        self._home = home
        self._day = day or self._day

    def offer_partners(self, partners: Sequence[Partenaire]) -> None:
        """Offer the structures of the annuaire, those that serve the person first."""
        self._partners = partners
        self._offer()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Her commune or the day may have been typed meanwhile.
        if event.type() == QEvent.Type.FocusIn and watched is self.fields["partenaire_id"].widget:
            self._offer()
        return super().eventFilter(watched, event)

    def _offer(self) -> None:
        kind, person = self.value("type"), self.value("personne")
        home = self._home(person) if person is not None else None
        day = self._day()
        proposed = self._service.propose(kind, home, day) if kind is not None and self._service else ()
        liste, near = self._listes_service["type_partenaire"], self._portees()
        choices = [
            Choice(
                str(each.partenaire.id),
                each.partenaire.nom,
                near.get(each.portee, liste.libelle_de(each.partenaire.type)),
                each.partenaire.ville,
            )
            for each in proposed
        ]
        known = {each.partenaire.id for each in proposed}
        choices += [
            Choice(str(each.id), each.nom, liste.libelle_de(each.type), each.ville)
            for each in sorted(self._partners, key=lambda partner: partner.type != kind)
            if each.id not in known and (day is None or each.is_open(day))
        ]
        field = self.fields["partenaire_id"]
        field.widget.set_choices(choices)
        field.set_hint(self._nearest(proposed) if field.widget.value() is None else "")

    def _portees(self) -> dict[Portee | None, str]:
        return {
            Portee.COMMUNE: self.tr("Dessert sa commune"),
            Portee.EPCI: self.tr("Même intercommunalité"),
            Portee.DEPARTEMENT: self.tr("Même département"),
            Portee.NON_PRECISEE: self.tr("Territoire non précisé"),
        }

    def _nearest(self, proposed: Sequence[Proposition]) -> str:
        """The structure to propose, in words; nothing when none is near."""
        if not proposed or proposed[0].portee in (None, Portee.NON_PRECISEE):
            return ""
        words = self.tr("↓ puis Entrée\u00a0: {nom}, {portee}")
        why = self._portees()[proposed[0].portee]
        return words.replace("{nom}", proposed[0].partenaire.nom).replace("{portee}", why.lower())

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
        values.pop("date", None)
        values["partenaire_id"] = identifier(values["partenaire_id"])
        return values

    def read_alone(self) -> Alone:
        """The orientation as it stands, outside an entretien; the code of a person is her id."""
        values = self.read()
        person = identifier(values["personne"])
        return Alone(person, self.value("date"), OrientationDraft(**(values | {"personne": 0})))

    def state(self) -> State:
        kept = super().state()
        return kept if self._partner is None else kept | {"nouveau": self._partner.state()}

    def restore(self, state: Mapping[str, Any]) -> None:
        super().restore(state)
        self._offer()
        if "nouveau" in state:
            self.open_partner().restore(state["nouveau"])

    @Slot()
    def _on_new_clicked(self) -> None:
        enter(self.open_partner().fields["nom"].widget)
        self.edited.emit()

    @Slot(object)
    def _on_type_committed(self, _code: str | None) -> None:
        self._offer()

    @Slot(object)
    def _on_partner_committed(self, code: str | None) -> None:
        partner = next((p for p in self._partners if str(p.id) == code), None)
        if code is not None:
            self.fields["partenaire_id"].set_hint("")  # what it proposed is answered
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
