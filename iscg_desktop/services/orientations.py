"""Suites of orientations, and the annuaire of partners they lead to."""

from __future__ import annotations

from datetime import date

from iscg_desktop.domain.orientation import Orientation
from iscg_desktop.domain.partenaire import Partenaire, PartenaireDraft
from iscg_desktop.errors import InvalidInput, Problem
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

    def record_suite(self, orientation_id: int, suite: str, day: date, motif: str = "") -> Changes:
        """Keep what became of an orientation.

        Raises:
            InvalidInput: A day before the orientation, or after today.
        """
        orientation = self.get(orientation_id)
        if day < orientation.date:
            raise InvalidInput((Problem("date", "suite_avant_orientation"),))
        if day > self._session.clock.today():
            raise InvalidInput((Problem("date", "date_future"),))
        with self._session.transaction() as tx:
            quarter = self._session.quarter_for(tx, day).code
            suite_id = tx.orientations.add_suite(orientation_id, suite, day, quarter, motif=motif)
            tx.journal.append("creation", "suite", str(suite_id), self._session.clock.now())
            tx.commit()
        return changes("orientations", "dossiers", dossier_id=orientation.dossier_id)

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
