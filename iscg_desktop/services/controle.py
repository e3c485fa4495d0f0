"""The data-protection checklist: shown, and handed to the DPO."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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

    def dessin(self) -> Callable[[], bytes]:
        """What draws the PDF for the DPO, without the coffre: for a worker."""
        owner = self._session.intervenant
        employeur, today = owner.employeur if owner else "", self._session.clock.today()
        return partial(render_controle, self.groupes(), employeur, today)

    def noter_remise(self) -> None:
        """Have the journal say that it was handed over."""
        self._session.note("export", "liste_controle", None)

    def enregistrer(self, place: Path, pdf: bytes) -> None:
        """Write the PDF where she chose.

        Raises:
            UserError: The disk's refusals.
        """
        write_atomic(place.with_suffix(".pdf"), pdf)
        self.noter_remise()
