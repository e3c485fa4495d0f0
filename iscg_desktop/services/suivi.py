"""The follow-up of the issued fiches: lists by state, several noted at once, errors taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from iscg_desktop.domain.fiche_suivi import RANGS, Etat, FicheEtablie
from iscg_desktop.errors import UserError
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.fiche_etapes import HANDED, note, take_back
from iscg_desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Noted:
    """Steps just noted.

    Attributes:
        steps: Their ids, to be taken back together.
        already: How many fiches had come that far before.
    """

    changes: Changes
    steps: tuple[int, ...]
    already: int


class SuiviService:
    """Use cases around what becomes of the issued fiches."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, etat: Etat, text: str = "", limit: int = 200) -> tuple[FicheEtablie, ...]:
        """Fiches in a state whose number or recipient holds a text, newest first."""
        words = " ".join(text.split())
        return self._session.read.fiches.find(etat, words, self._session.clock.today(), limit)

    def count(self, etat: Etat) -> int:
        """How many fiches are in a state."""
        return self._session.read.fiches.count(etat, self._session.clock.today())

    def note(self, fiche_ids: Sequence[int], etape: str, day: date, canal: str | None = None) -> Noted:
        """Note the same step of several fiches, all or none; those that came that far before are left alone.

        Args:
            fiche_ids: The fiches.
            etape: ``imprimee``, ``remise``, ``accusee`` or ``relance``.
            day: When it happened.
            canal: How they were handed over, a code of ``canal_fiche``.

        Raises:
            UserError: ``etape_avant_fiche``, ``etape_future``, ``fiche_remplacee``, with the number of the fiche;
                ``relance_sans_remise`` for what was not handed over, or is answered.
        """
        steps, already = [], 0
        with self._session.transaction() as tx:
            for fiche_id in dict.fromkeys(fiche_ids):
                fiche = tx.fiches.get(fiche_id)
                if etape == "relance":
                    if fiche.etape not in HANDED:
                        raise UserError("relance_sans_remise", numero=fiche.numero)
                elif RANGS[fiche.etape] >= RANGS[etape]:
                    already += 1
                    continue
                detail = {"canal": canal} if canal else None
                steps.append(note(self._session, tx, fiche, etape, day, detail))
            tx.commit()
        return Noted(changes("fiches", "agenda"), tuple(steps), already)

    def take_back(self, step_ids: Sequence[int]) -> Changes:
        """Take back steps noted by error, all or none.

        Raises:
            UserError: ``etape_arretee``, ``etape_initiale``.
        """
        with self._session.transaction() as tx:
            for step_id in reversed(step_ids):
                take_back(self._session, tx, step_id)
            tx.commit()
        return changes("fiches", "orientations", "dossiers", "agenda")
