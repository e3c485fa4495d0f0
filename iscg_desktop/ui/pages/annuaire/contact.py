"""A contact with a partner, noted in a few keys from wherever she is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Slot

from iscg_desktop.domain.contact_partenaire import ContactDraft
from iscg_desktop.errors import UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.drafted_page import DraftedPage
from iscg_desktop.ui.forms.contact_form import ContactForm
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.delete_button import DeleteButton

_FOUND = 12
"""Dossiers offered for what is typed."""


class ContactPage(DraftedPage):
    """Notes a contact, or amends one.

    Keys: letters of the structure, Enter, Enter.
    """

    form_name = "contact"

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(services, hub, self.tr("Contact avec un partenaire"))
        self._contact_id: int | None = None
        self._form = ContactForm(
            services.listes,
            services.clock.today,
            lambda text: services.dossiers.find(text, limit=_FOUND),
            services.dossiers.numero,
        )
        card = Card()
        card.add(self._form)
        self._delete = DeleteButton(self.tr("Supprimer ce contact"))
        self._delete.confirmed.connect(self._on_delete_confirmed)
        self.lay_out(card, self._delete)

    @property
    def form(self) -> ContactForm:
        """The form of the page."""
        return self._form

    def start(self, partenaire_id: int | None = None, dossier_id: int | None = None) -> None:
        """Begin a contact of today."""
        draft = ContactDraft(partenaire_id, self._services.clock.today(), dossier_id=dossier_id)
        self.open(f"{self.form_name}:{uuid4()}", partial(self._show, None, draft))

    def amend(self, contact_id: int) -> None:
        """Amend a contact; one that a bilan counted says so when it is recorded."""
        draft = self._services.contacts.get(contact_id).draft()
        self.open(f"{self.form_name}:{contact_id}", partial(self._show, contact_id, draft))

    def set_discreet(self, discreet: bool) -> None:
        """Offer dossiers without names, and hide what was typed."""
        self._form.dossier.set_discreet(discreet)
        self._form.fields["note"].setVisible(not discreet)

    def context(self) -> dict[str, Any]:
        return {"contact": self._contact_id}

    def take_context(self, context: Mapping[str, Any]) -> None:
        self._show(context["contact"], ContactDraft(None, None))

    def dossier_id(self) -> int | None:
        return self._form.read().dossier_id

    def record(self) -> tuple[Changes, str]:
        draft = self._form.read()
        if self._contact_id is None:
            return self._services.contacts.record(draft)[1], self.tr("Contact noté")
        return self._services.contacts.change(self._contact_id, draft), self.tr("Contact modifié")

    def _show(self, contact_id: int | None, draft: ContactDraft) -> None:
        self._contact_id = contact_id
        self._form.offer(self._services.annuaire.find(etat="tous" if contact_id else "ouverts"))
        self._form.show_draft(draft)
        self._delete.setVisible(contact_id is not None)

    @Slot()
    def _on_delete_confirmed(self) -> None:
        assert self._contact_id is not None
        try:
            changes = self._services.contacts.delete(self._contact_id)
        except UserError as error:
            show_error(self.message, error)
            return
        self._on_cancel_clicked()
        self._hub.announce(changes)
        self.recorded.emit(self.tr("Contact supprimé"))
