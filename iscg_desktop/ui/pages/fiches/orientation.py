"""An orientation made outside an entretien, or amended."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Slot

from iscg_desktop.domain.orientation import Orientation
from iscg_desktop.errors import InvalidInput, Problem, UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.drafted_page import DraftedPage
from iscg_desktop.ui.forms.orientation_form import OrientationForm
from iscg_desktop.ui.messages import show_error, show_problems
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.field import Field


class OrientationPage(DraftedPage):
    """Orients someone of a dossier, or amends what was said of an orientation."""

    form_name = "orientation"

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(services, hub, self.tr("Orientation"))
        self._orientation_id: int | None = None
        self._dossier_id = 0
        self._discreet = False
        self._form = OrientationForm(services.listes, services.orientations, today=services.clock.today)
        self._form.set_home(self._commune_of)
        self._form.partner_accepted.connect(self._on_partner_accepted)
        card = Card()
        card.add(self._form)
        self.lay_out(card)

    @property
    def form(self) -> OrientationForm:
        """The form of the page."""
        return self._form

    def start(self, dossier_id: int) -> None:
        """Begin an orientation of today."""
        self.open(f"{self.form_name}:{uuid4()}", partial(self._show_new, dossier_id))

    def amend(self, orientation_id: int) -> None:
        """Amend an orientation; one that a bilan counted says so when it is recorded."""
        orientation = self._services.orientations.get(orientation_id)
        self.open(f"{self.form_name}:{orientation_id}", partial(self._show_known, orientation))

    def set_discreet(self, discreet: bool) -> None:
        """Show initials in place of names and nothing of what was typed, or all again."""
        self._discreet = discreet
        self._form.fields["motif"].setVisible(not discreet)
        if self._dossier_id:
            self._offer()

    def context(self) -> dict[str, Any]:
        return {"dossier": self._dossier_id, "orientation": self._orientation_id}

    def take_context(self, context: Mapping[str, Any]) -> None:
        self._show(context["dossier"], context["orientation"])
        self._offer()

    def dossier_id(self) -> int | None:
        return self._dossier_id

    def all_fields(self) -> Mapping[str, Field]:
        return self._form.all_fields()

    def record(self) -> tuple[Changes, str]:
        values = self._form.read_alone()
        if values.day is None:
            raise InvalidInput((Problem("date", "date_manquante"),))
        if self._form.partner is not None and not self._form.partner.is_blank():
            raise UserError("partenaire_a_demi")
        orientations = self._services.orientations
        if self._orientation_id is None:
            _, changes = orientations.add(self._dossier_id, values.personne_id, values.draft, values.day)
            return changes, self.tr("Orientation enregistrée")
        changes = orientations.change(self._orientation_id, values.personne_id, values.day, values.draft)
        return changes, self.tr("Orientation modifiée")

    def _show_new(self, dossier_id: int) -> None:
        self._show(dossier_id, None)
        self._form.restore({})
        self._form.put("date", self._services.clock.today())
        self._form.put("accord", "non_recueilli")
        self._offer()

    def _show_known(self, orientation: Orientation) -> None:
        self._show(orientation.dossier_id, orientation.id)
        values = {
            "date": orientation.date,
            "personne": str(orientation.personne_id),
            "type": orientation.type,
            "partenaire_id": None if orientation.partenaire_id is None else str(orientation.partenaire_id),
            "accord": orientation.accord,
            "motif": orientation.motif,
        }
        for name, value in values.items():
            self._form.put(name, value)
        self._offer()

    def _show(self, dossier_id: int, orientation_id: int | None) -> None:
        self._dossier_id, self._orientation_id = dossier_id, orientation_id
        numero = self._services.dossiers.numero(dossier_id)
        self._header.set_subtitle(self.tr("Dossier {numero}").replace("{numero}", numero))

    def _offer(self) -> None:
        persons = self._services.orientations.persons(self._dossier_id)
        self._form.offer_persons(
            [
                Choice(str(personne), identite.initiales if self._discreet else identite.nom_court)
                for personne, identite in persons
            ]
        )
        self._form.offer_partners(self._services.orientations.partenaires())

    def _commune_of(self, code: str) -> str | None:
        persons = dict(self._services.orientations.persons(self._dossier_id))
        identite = persons.get(int(code))
        return identite.commune if identite else None

    @Slot()
    def _on_partner_accepted(self) -> None:
        form = self._form
        assert form.partner is not None
        try:
            partner_id, changes = self._services.orientations.add_partenaire(form.partner.read())
        except InvalidInput as error:
            show_problems(form.partner.fields, error.problems, form.message)
            return
        except UserError as error:
            show_error(form.message, error)
            return
        self._offer()
        form.take_partner(self._services.annuaire.get(partner_id))
        self._hub.announce(changes)
