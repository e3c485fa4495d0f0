"""The contacts with partners about a dossier."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.contact_partenaire import Contact
from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.list_card import ListCard


class ContactsCard(ListCard):
    """Calls, letters and meetings with partners about this situation; Enter amends one.

    The key of a line is the id of its contact.
    """

    def __init__(self) -> None:
        super().__init__(
            self.tr("Contacts avec les partenaires"),
            self.tr("Aucun contact noté au sujet de ce dossier."),
            action=self.tr("Noter un contact"),
            icon="phone",
            shown=4,
        )

    def show_contacts(self, contacts: Sequence[Contact], listes: ListesService, *, discreet: bool) -> None:
        """Show them, the newest first; in discreet mode without the words she typed."""
        self.show_rows(((each.id, self._row(each, listes, discreet)) for each in contacts), len(contacts))

    def _row(self, contact: Contact, listes: ListesService, discreet: bool) -> QWidget:
        way = self.tr("reçu") if contact.sens == "recu" else self.tr("passé")
        canal = listes.libelle("canal_contact", contact.canal).lower()
        words = [format_date_courte(contact.date), f"{canal}, {way}", "" if discreet else contact.note]
        return Line(contact.partenaire, " · ".join(filter(None, words)), clickable=True)
