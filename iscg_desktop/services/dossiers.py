"""Finding a dossier and reading it."""

from __future__ import annotations

from iscg_desktop.domain.dossier import Dossier, DossierLine
from iscg_desktop.domain.orientation import Orientation
from iscg_desktop.domain.saisine import Saisine
from iscg_desktop.services.session import Session

PAGE = 200
"""Dossiers fetched at a time."""


class DossiersService:
    """Use cases around the dossier."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, text: str, *, limit: int = PAGE, offset: int = 0) -> tuple[DossierLine, ...]:
        """Dossiers that match what is typed, best first; by last contact when nothing is."""
        if text.strip():
            return self._session.read.dossiers.search(text, limit)
        return self._session.read.dossiers.recent(limit, offset)

    def count(self) -> int:
        """How many dossiers the coffre holds."""
        return self._session.read.dossiers.count()

    def open(self, dossier_id: int) -> Dossier:
        """Read a dossier; the reading goes to the journal."""
        dossier = self._session.read.dossiers.get(dossier_id)
        with self._session.transaction() as tx:
            tx.journal.append("lecture", "dossier", dossier.numero, self._session.clock.now())
            tx.commit()
        return dossier

    def reread(self, dossier_id: int) -> Dossier:
        """Read again a dossier that is already open on screen."""
        return self._session.read.dossiers.get(dossier_id)

    def orientations(self, dossier_id: int) -> tuple[Orientation, ...]:
        """Orientations of a dossier, newest first."""
        return self._session.read.orientations.of_dossier(dossier_id)

    def saisines(self, dossier_id: int) -> tuple[Saisine, ...]:
        """Saisines of a dossier, oldest first."""
        return self._session.read.saisines.of_dossier(dossier_id)

    def waiting_saisines(self) -> tuple[Saisine, ...]:
        """Saisines without a dossier yet, most urgent first."""
        return self._session.read.saisines.waiting()
