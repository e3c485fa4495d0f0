"""The search index of dossiers just recorded in: brought up to date once the save is done, a flat battery included."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from iscg_desktop.errors import UserError

if TYPE_CHECKING:
    from iscg_desktop.services.session import Session
    from iscg_desktop.storage.transaction import Transaction

_WAITING: Final = "recherche_en_attente"


class Indexation:
    """Which dossiers wait to be found under their new words.

    All the words of a dossier leave the index and come back, which takes several times as long as the rest of a save
    where her notes are long: 16 to 66 ms. What waits is written in the coffre with what it is of.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._may_wait = True  # from before the opening

    def later(self, tx: Transaction, dossier_ids: Iterable[int]) -> None:
        """Have dossiers wait for ``now``, in the transaction that writes in them."""
        tx.settings.put(_WAITING, sorted({*_ids(tx.settings.get(_WAITING)), *dossier_ids}))
        self._may_wait = True

    def now(self) -> None:
        """Index what waits; it waits on where the coffre takes nothing now: whoever searches only reads."""
        if not self._may_wait or not self._session.may_write_now:
            return
        waiting = _ids(self._session.read.settings.get(_WAITING))
        with suppress(UserError):
            if waiting:
                self._index(waiting)
            self._may_wait = False

    def _index(self, waiting: tuple[int, ...]) -> None:
        with self._session.transaction() as tx:
            for dossier_id in waiting:
                if tx.dossiers.exists(dossier_id):  # it may have been erased or merged meanwhile
                    tx.dossiers.index(dossier_id)
            tx.settings.put(_WAITING, [])
            tx.commit()


def _ids(kept: object) -> tuple[int, ...]:
    return tuple(kept) if isinstance(kept, list) else ()
