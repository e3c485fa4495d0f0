"""The settings of the coffre: delays and thresholds, read by every room and changed in Réglages."""

from __future__ import annotations

from iscg_desktop.domain.fiche_suivi import RANGS
from iscg_desktop.domain.reglages import Reglages
from iscg_desktop.errors import InvalidInput
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session


class ReglagesService:
    """Use cases of the delays and thresholds."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self) -> Reglages:
        """Those in force."""
        return self._session.reglages

    def set(self, reglages: Reglages) -> Changes:
        """Put others in force; the fiches already awaited follow them.

        Raises:
            InvalidInput: With every problem; nothing changes.
        """
        problems = reglages.check()
        if problems:
            raise InvalidInput(problems)
        with self._session.transaction() as tx:
            before = self._session.reglages
            for etape in RANGS:
                tx.agenda.shift_fiches(etape, reglages.fiche_jours(etape) - before.fiche_jours(etape))
            self._session.keep_reglages(tx, reglages)
            tx.journal.append("modification", "reglages", "delais", self._session.clock.now())
            tx.commit()
        return changes("reglages", "fiches")
