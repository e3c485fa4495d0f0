"""Orientations that wait for their fiche, and the annuaire of partners they lead to."""

from __future__ import annotations

from iscg_desktop.domain.orientation import Orientation
from iscg_desktop.domain.partenaire import Partenaire, PartenaireDraft
from iscg_desktop.errors import InvalidInput
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session


class OrientationsService:
    """Use cases around orientations and partners."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, orientation_id: int) -> Orientation:
        """One orientation."""
        return self._session.read.orientations.get(orientation_id)

    def without_fiche(self, limit: int = 50) -> tuple[Orientation, ...]:
        """Orientations with accord to a named partner that no fiche carries yet."""
        return self._session.read.orientations.without_fiche(limit)

    def partenaires(self) -> tuple[Partenaire, ...]:
        """Structures of the annuaire still open, by name."""
        return self._session.read.partenaires.all(self._session.clock.today())

    def add_partenaire(self, draft: PartenaireDraft) -> tuple[int, Changes]:
        """Add a structure to the annuaire.

        Raises:
            InvalidInput: With every problem.
        """
        problems = draft.check()
        if problems:
            raise InvalidInput(problems)
        with self._session.transaction() as tx:
            partenaire_id = tx.partenaires.add(draft)
            tx.journal.append("creation", "partenaire", str(partenaire_id), self._session.clock.now())
            tx.commit()
        return partenaire_id, changes("partenaires")
