"""Coming back after a lock, a crash or a flat battery: to the same page, on the same line."""

from __future__ import annotations

import dataclasses
from typing import Final

from iscg_desktop.domain.lieu import Lieu
from iscg_desktop.services.session import Session

_REPRISE: Final = "reprise"
_OUVERT: Final = "ouvert"  # while the program is at work: found at an opening, it was interrupted


class ReprisesService:
    """Use cases around the place she left."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def place(self) -> Lieu | None:
        """Where to go back to, asked as the coffre opens, before ``begin``; None for a day that begins.

        After a lock, the place that was kept. After an interruption, the draft touched last.
        """
        kept = self._session.read.settings.get(_REPRISE)
        if isinstance(kept, dict):
            return Lieu.kept(kept)
        drafts = self._session.read.drafts.all() if kept == _OUVERT else ()
        return Lieu(brouillon=drafts[0].cle) if drafts else None

    def begin(self) -> None:
        """She is at work: whatever ends it but ``leave`` is an interruption.

        Raises:
            UserError: Nothing may be written yet.
        """
        with self._session.transaction() as tx:
            tx.settings.put(_REPRISE, _OUVERT)
            tx.commit()

    def leave(self, lieu: Lieu | None) -> None:
        """She leaves: keep the place to come back to, or none when her day is over."""
        with self._session.transaction() as tx:
            tx.settings.put(_REPRISE, dataclasses.asdict(lieu) if lieu is not None else None)
            tx.commit()
