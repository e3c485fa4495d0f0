"""Drafts: a form's state, in the coffre within two seconds of the last keystroke."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iscg_desktop.domain.brouillon import Brouillon
from iscg_desktop.services.session import Session


class BrouillonsService:
    """Use cases around what is being typed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(
        self,
        cle: str,
        formulaire: str,
        contenu: Mapping[str, Any],
        *,
        dossier_id: int | None = None,
        champ: str | None = None,
    ) -> None:
        """Keep the state of a form; returns only once it is on the disk."""
        with self._session.transaction() as tx:
            now = self._session.clock.now()
            tx.drafts.keep(cle, formulaire, contenu, dossier_id=dossier_id, champ=champ, now=now)
            tx.commit()

    def drop(self, cle: str) -> None:
        """Forget a draft."""
        with self._session.transaction() as tx:
            tx.drafts.drop(cle)
            tx.commit()

    def get(self, cle: str) -> Brouillon | None:
        """A draft by its name."""
        return self._session.read.drafts.get(cle)

    def all(self) -> tuple[Brouillon, ...]:
        """Every draft, the last touched first."""
        return self._session.read.drafts.all()
