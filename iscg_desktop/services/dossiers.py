"""Finding a dossier and reading it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import inf

from iscg_desktop.domain.delais import Jalons
from iscg_desktop.domain.dossier import Dossier, DossierLine
from iscg_desktop.domain.orientation import Orientation
from iscg_desktop.domain.recherche import EAR_PREFIX, PREFIX
from iscg_desktop.domain.recherche import read as asked_for
from iscg_desktop.domain.saisine import Saisine
from iscg_desktop.errors import InvalidInput, Problem, UserError
from iscg_desktop.reference.prenoms import shipped_prenoms
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.personnes import FIRST_LOOK, ranked
from iscg_desktop.services.session import Session

PAGE = 200
"""Dossiers fetched at a time."""


class DossiersService:
    """Use cases around the dossier."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, text: str, *, limit: int = PAGE, offset: int = 0) -> tuple[DossierLine, ...]:
        """Dossiers that match what is typed, best first; by last contact when nothing is.

        A name is found as it is written or begun, then as it sounds or as people say it; then come the words of
        the notes, and names one letter away.
        """
        if text.strip():
            return self._session.read.dossiers.lines(self.matches(text, limit))
        return self._session.read.dossiers.recent(limit, offset)

    def matches(self, text: str, limit: int) -> list[int]:
        """Ids of the dossiers that match what is typed, best first; fewer are the first ones of more."""
        self.index_now()
        read = self._session.read
        requete = asked_for(text, self._session.clock.today(), shipped_prenoms())
        people = ranked(self._session, requete, FIRST_LOOK)

        def of(least: float, under: float) -> Iterator[int]:
            chosen = [each.personne.id for each in people if least <= each.answer.worst < under]
            for first in range(0, len(chosen), limit):  # one dossier each fills what is asked for, most often
                some = chosen[first : first + limit]
                dossiers = read.dossiers.of_persons(some)
                for person in some:
                    yield from dossiers.get(person, ())

        def in_order() -> Iterator[int]:  # what is not asked for is not looked for
            yield from of(PREFIX, inf)
            yield from read.dossiers.search_ids(text, limit, names_only=True)
            yield from of(EAR_PREFIX, PREFIX)
            yield from read.dossiers.search_ids(text, limit)
            yield from of(0, EAR_PREFIX)

        found: dict[int, None] = {}
        for dossier in in_order():
            found[dossier] = None
            if len(found) == limit:
                break
        return list(found)

    def index_now(self) -> None:
        """Have dossiers just recorded in be found under their new words; called in the turn after they were."""
        self._session.indexation.now()

    def count(self) -> int:
        """How many dossiers the coffre holds."""
        return self._session.read.dossiers.count()

    def open(self, dossier_id: int, *, drawn_first: bool = False) -> Dossier:
        """Read a dossier; the reading goes to the journal.

        Args:
            dossier_id: Its id.
            drawn_first: Whether its page is drawn before the disk is waited for: the reading is then written by
                ``note_readings``, at the latest before anything else is, or at the lock.
        """
        dossier = self._session.read.dossiers.get(dossier_id)
        self._session.note_soon("lecture", "dossier", dossier.numero)
        if not drawn_first:
            self._session.write_notes()
        return dossier

    def note_readings(self) -> bool:
        """Write the readings that wait in the journal; False while something else is being written: ask again."""
        if self._session.to_note and not self._session.may_write_now:
            return False
        self._session.write_notes()
        return True

    def reread(self, dossier_id: int) -> Dossier:
        """Read again a dossier that is already open on screen."""
        return self._session.read.dossiers.get(dossier_id)

    def closed_on(self, dossier_id: int) -> date | None:
        """Day a dossier was closed; None while it is open."""
        return self._session.read.dossiers.closed_on(dossier_id)

    def jalons(self, dossier_id: int) -> Jalons:
        """First day of each step of a dossier, from its saisine to the retour of a fiche."""
        return self._session.read.chronologie.jalons(dossier_id)

    def close(self, dossier_id: int, motif: str) -> Changes:
        """Close a dossier today, with the reason.

        Raises:
            InvalidInput: No reason.
            UserError: ``dossier_deja_clos``.
        """
        if not motif.strip():
            raise InvalidInput((Problem("motif", "cloture_sans_motif"),))
        with self._session.transaction() as tx:
            dossier = tx.dossiers.get(dossier_id)
            if dossier.clos_le is not None:
                raise UserError("dossier_deja_clos", numero=dossier.numero)
            tx.clotures.close(dossier_id, max(self._session.clock.today(), dossier.ouvert_le), motif.strip())
            tx.journal.append("cloture", "dossier", dossier.numero, self._session.clock.now())
            tx.commit()
        return changes("dossiers", dossier_id=dossier_id)

    def reopen(self, dossier_id: int, motif: str) -> Changes:
        """Open a closed dossier again, with the reason; an entretien recorded in it does so by itself.

        Raises:
            InvalidInput: No reason.
            UserError: ``dossier_deja_ouvert``.
        """
        if not motif.strip():
            raise InvalidInput((Problem("motif", "reouverture_sans_motif"),))
        with self._session.transaction() as tx:
            numero = tx.dossiers.numero(dossier_id)
            if not tx.clotures.reopen(dossier_id, self._session.clock.today(), motif.strip()):
                raise UserError("dossier_deja_ouvert", numero=numero)
            tx.journal.append("reouverture", "dossier", numero, self._session.clock.now())
            tx.commit()
        return changes("dossiers", dossier_id=dossier_id)

    def numero(self, dossier_id: int) -> str:
        """Number of a dossier."""
        return self._session.read.dossiers.numero(dossier_id)

    def orientations(self, dossier_id: int) -> tuple[Orientation, ...]:
        """Orientations of a dossier, newest first."""
        return self._session.read.orientations.of_dossier(dossier_id)

    def saisines(self, dossier_id: int) -> tuple[Saisine, ...]:
        """Saisines of a dossier, oldest first."""
        return self._session.read.saisines.of_dossier(dossier_id)

    def waiting_saisines(self) -> tuple[Saisine, ...]:
        """Saisines without a dossier yet, most urgent first."""
        return self._session.read.saisines.waiting()
