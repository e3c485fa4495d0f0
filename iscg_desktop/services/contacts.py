"""Contacts with partners: noted in a few keys, amended while their quarter is open."""

from __future__ import annotations

from datetime import date

from iscg_desktop.domain.contact_partenaire import Contact, ContactDraft
from iscg_desktop.domain.period import is_closed, parse_period
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session
from iscg_desktop.storage.transaction import Repositories

LAST = 50
"""Contacts shown at once."""


class ContactsService:
    """Use cases around the contacts with partners."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def today(self) -> date:
        """The civil date."""
        return self._session.clock.today()

    def get(self, contact_id: int) -> Contact:
        """One contact."""
        return self._session.read.contacts.get(contact_id)

    def of_partenaire(self, partenaire_id: int) -> tuple[Contact, ...]:
        """The last contacts with a structure, newest first."""
        return self._session.read.contacts.of_partenaire(partenaire_id, LAST)

    def of_dossier(self, dossier_id: int) -> tuple[Contact, ...]:
        """The last contacts about a dossier, newest first."""
        return self._session.read.contacts.of_dossier(dossier_id, LAST)

    def may_change(self, contact: Contact) -> bool:
        """Whether its quarter is still open."""
        return not is_closed(contact.trimestre, self._session.read.bilans.quarters())

    def record(self, draft: ContactDraft) -> tuple[int, Changes]:
        """Note a contact.

        Raises:
            InvalidInput: With every problem.
        """
        day = self._checked(draft)
        with self._session.transaction() as tx:
            contact_id = tx.contacts.add(draft, self._session.quarter_for(tx, day).code)
            tx.journal.append("creation", "contact", str(contact_id), self._session.clock.now())
            tx.commit()
        return contact_id, changes("contacts", dossier_id=draft.dossier_id)

    def change(self, contact_id: int, draft: ContactDraft) -> Changes:
        """Replace a contact.

        Raises:
            InvalidInput: With every problem.
            UserError: ``contact_trimestre_arrete``: it is counted in a bilan arrêté.
        """
        day = self._checked(draft)
        with self._session.transaction() as tx:
            self._refuse_closed(tx, tx.contacts.get(contact_id))
            tx.contacts.change(contact_id, draft, self._session.quarter_for(tx, day).code)
            tx.journal.append("modification", "contact", str(contact_id), self._session.clock.now())
            tx.commit()
        return changes("contacts")

    def delete(self, contact_id: int) -> Changes:
        """Take a contact away.

        Raises:
            UserError: ``contact_trimestre_arrete``: it is counted in a bilan arrêté.
        """
        with self._session.transaction() as tx:
            self._refuse_closed(tx, tx.contacts.get(contact_id))
            tx.contacts.delete(contact_id)
            tx.drafts.drop(f"contact:{contact_id}")  # what was being amended of it is no more
            tx.journal.append("suppression", "contact", str(contact_id), self._session.clock.now())
            tx.commit()
        return changes("contacts")

    def _checked(self, draft: ContactDraft) -> date:
        problems = draft.check(self.today)
        if problems:
            raise InvalidInput(problems)
        assert draft.date is not None
        return draft.date

    @staticmethod
    def _refuse_closed(repositories: Repositories, contact: Contact) -> None:
        if is_closed(contact.trimestre, repositories.bilans.quarters()):
            raise UserError("contact_trimestre_arrete", trimestre=parse_period(contact.trimestre).libelle)
