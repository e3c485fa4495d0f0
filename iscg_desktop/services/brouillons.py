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
        self._aside: dict[str, Brouillon] = {}
        session.written_first.append(self.keep_aside)

    def keep(
        self,
        cle: str,
        formulaire: str,
        contenu: Mapping[str, Any],
        *,
        dossier_id: int | None = None,
        champ: str | None = None,
    ) -> None:
        """Keep the state of a form; returns only once it is on the disk, with all that was set aside."""
        now = self._session.clock.now()
        with self._session.transaction() as tx:
            tx.drafts.keep(cle, formulaire, contenu, dossier_id=dossier_id, champ=champ, now=now)
            tx.commit()

    def set_aside(
        self,
        cle: str,
        formulaire: str,
        contenu: Mapping[str, Any],
        *,
        dossier_id: int | None = None,
        champ: str | None = None,
    ) -> None:
        """Hold in memory what the disk refuses, when its form is wanted for another thing; it is found as the rest."""
        now = self._session.clock.now()
        self._aside[cle] = Brouillon(cle, formulaire, dossier_id, contenu, champ, now)

    def keep_aside(self) -> None:
        """Keep all that was set aside: before anything else is written, so that an erasure finds it in the coffre.

        Raises:
            UserError: The disk still refuses.
        """
        aside, self._aside = self._aside, {}
        if not aside:
            return
        try:
            with self._session.transaction() as tx:
                for each in aside.values():
                    tx.drafts.keep(
                        each.cle,
                        each.formulaire,
                        each.contenu,
                        dossier_id=each.dossier_id,
                        champ=each.champ,
                        now=each.modifie_le,
                    )
                tx.commit()
        except BaseException:
            self._aside = aside
            raise

    def drop(self, cle: str) -> None:
        """Forget a draft."""
        self._aside.pop(cle, None)
        with self._session.transaction() as tx:
            tx.drafts.drop(cle)
            tx.commit()

    def get(self, cle: str) -> Brouillon | None:
        """A draft by its name."""
        return self._aside.get(cle) or self._session.read.drafts.get(cle)

    def all(self) -> tuple[Brouillon, ...]:
        """Every draft, the last touched first."""
        kept = (each for each in self._session.read.drafts.all() if each.cle not in self._aside)
        return (*reversed(self._aside.values()), *kept)
