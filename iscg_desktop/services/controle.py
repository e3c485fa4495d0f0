"""The data-protection checklist: shown, and handed to the DPO."""

from __future__ import annotations

from pathlib import Path

from iscg_desktop.documents.controle import render_controle
from iscg_desktop.domain.controle import GroupeControle
from iscg_desktop.files import write_atomic
from iscg_desktop.reference.controle import shipped_controle
from iscg_desktop.services.session import Session


class ControleService:
    """Use cases around the checklist."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @staticmethod
    def groupes() -> tuple[GroupeControle, ...]:
        """The points, by text."""
        return shipped_controle()

    def document(self) -> bytes:
        """The PDF for the DPO, in memory; the journal says that it was made."""
        session, owner = self._session, self._session.intervenant
        pdf = render_controle(self.groupes(), owner.employeur if owner else "", session.clock.today())
        with session.transaction() as tx:
            tx.journal.append("export", "liste_controle", None, session.clock.now())
            tx.commit()
        return pdf

    def enregistrer(self, place: Path) -> None:
        """Write the PDF where she chose.

        Raises:
            UserError: The disk's refusals.
        """
        write_atomic(place.with_suffix(".pdf"), self.document())
