"""The corbeille of the entretiens: put there with one key, taken out any day, emptied by hand or by age."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from iscg_desktop.domain.entretien import Entretien
from iscg_desktop.errors import UserError
from iscg_desktop.services.accueils import settle_accueils
from iscg_desktop.services.changes import Changes, Kind, changes
from iscg_desktop.services.session import Session
from iscg_desktop.storage.transaction import Transaction

_KINDS: tuple[Kind, ...] = ("entretiens", "dossiers", "orientations", "personnes")


@dataclass(frozen=True, slots=True)
class Discarded:
    """What putting an entretien in the corbeille did.

    Attributes:
        still_counted: Its quarter is arrêté: the figures stay.
        fiches: Fiches issued from it; they stay.
    """

    changes: Changes
    still_counted: bool
    fiches: int


@dataclass(frozen=True, slots=True)
class DiscardedLine:
    """An entretien in the corbeille.

    Attributes:
        efface_le: Day it is deleted by itself.
    """

    entretien: Entretien
    numero: str
    noms: str
    initiales: str
    efface_le: date


class CorbeilleService:
    """Use cases around the corbeille."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, entretien_id: int) -> Discarded:
        """Put an entretien in the corbeille: out of the timeline, the search, and the figures of an open quarter.

        Raises:
            UserError: ``entretien_a_la_corbeille``: it is there already.
        """
        session = self._session
        with session.transaction() as tx:
            entretien = tx.entretiens.get(entretien_id)
            if entretien.mis_a_la_corbeille_le is not None or entretien.trimestre is None:
                raise UserError("entretien_a_la_corbeille")
            counted = not session.is_open(tx, entretien.trimestre)
            tx.entretiens.discard(entretien_id, session.clock.today(), counted=counted)
            tx.orientations.discard_of(entretien_id)
            settle_accueils(session, tx, tx.entretiens.get(entretien_id), tx.accueils.made_by(entretien_id))
            self._count_firsts(tx, entretien)
            fiches = tx.fiches.count_of_entretien(entretien_id)
            self._close(tx, entretien, "corbeille")
        return Discarded(changes(*_KINDS, dossier_id=entretien.dossier_id), counted, fiches)

    def restore(self, entretien_id: int) -> Changes:
        """Take an entretien out of the corbeille; it counts again where it counted, or in the first open quarter.

        Raises:
            UserError: ``entretien_hors_corbeille``: it is no longer there.
        """
        session = self._session
        with session.transaction() as tx:
            if entretien_id not in tx.entretiens.discarded():
                raise UserError("entretien_hors_corbeille")
            entretien = tx.entretiens.get(entretien_id)
            quarter = session.quarter_for(tx, entretien.date).code
            tx.entretiens.restore(entretien_id, None if entretien.trimestre else quarter)
            back = tx.entretiens.get(entretien_id)
            settle_accueils(session, tx, back, (line.personne_id for line in back.personnes))
            tx.orientations.restore_of(entretien_id, quarter)
            self._count_firsts(tx, entretien)
            self._close(tx, entretien, "restauration")
        return changes(*_KINDS, dossier_id=entretien.dossier_id)

    def lines(self, dossier_id: int | None = None) -> tuple[DiscardedLine, ...]:
        """What lies in the corbeille, the last put first; of one dossier, or of all."""
        read = self._session.read
        return tuple(
            self._line(read.entretiens.get(each)) for each in read.entretiens.discarded(None, dossier_id)
        )

    def empty(self) -> Changes:
        """Delete for good all that lies in the corbeille."""
        with self._session.transaction() as tx:
            for entretien_id in tx.entretiens.discarded():
                _delete(self._session, tx, entretien_id)
            tx.commit()
        return changes(*_KINDS)

    def delete(self, entretien_id: int) -> Changes:
        """Delete for good one entretien of the corbeille.

        Raises:
            UserError: ``entretien_hors_corbeille``.
        """
        with self._session.transaction() as tx:
            if entretien_id not in tx.entretiens.discarded():
                raise UserError("entretien_hors_corbeille")
            _delete(self._session, tx, entretien_id)
            tx.commit()
        return changes(*_KINDS)

    @property
    def jours(self) -> int:
        """Days an entretien stays in the corbeille."""
        return self._session.reglages.corbeille_jours

    def keep_jours(self, jours: int) -> Changes:
        """Set the days an entretien stays in the corbeille.

        Raises:
            UserError: ``corbeille_jours``.
        """
        if not 1 <= jours <= 365:
            raise UserError("corbeille_jours")
        with self._session.transaction() as tx:
            self._session.keep_reglages(tx, replace(self._session.reglages, corbeille_jours=jours))
            tx.journal.append("modification", "reglages", "delais", self._session.clock.now())
            tx.commit()
        return changes("reglages")

    def _line(self, entretien: Entretien) -> DiscardedLine:
        put = entretien.mis_a_la_corbeille_le
        assert put is not None
        people = [self._session.read.personnes.get(line.personne_id) for line in entretien.personnes]
        return DiscardedLine(
            entretien,
            self._session.read.dossiers.numero(entretien.dossier_id),
            ", ".join(person.identite.nom_court for person in people),
            ", ".join(person.identite.initiales for person in people),
            put + timedelta(days=self.jours + 1),
        )

    @staticmethod
    def _count_firsts(tx: Transaction, entretien: Entretien) -> None:
        for line in entretien.personnes:
            tx.orientations.count_firsts(entretien.dossier_id, line.personne_id)

    def _close(self, tx: Transaction, entretien: Entretien, action: str) -> None:
        tx.dossiers.index(entretien.dossier_id)
        reference = f"{tx.dossiers.numero(entretien.dossier_id)}/{entretien.id}"
        tx.journal.append(action, "entretien", reference, self._session.clock.now())
        tx.commit()


def purge(session: Session, tx: Transaction) -> None:
    """Delete what has been in the corbeille for longer than she set."""
    today = session.clock.today()
    for entretien_id in tx.entretiens.discarded(today - timedelta(days=session.reglages.corbeille_jours)):
        _delete(session, tx, entretien_id)


def _delete(session: Session, tx: Transaction, entretien_id: int) -> None:
    numero = tx.dossiers.numero(tx.entretiens.get(entretien_id).dossier_id)
    tx.orientations.delete_discarded_of(entretien_id)
    tx.entretiens.delete(entretien_id)
    tx.drafts.drop(f"entretien:correction:{entretien_id}")  # of a correction that no longer has an object
    tx.journal.append("suppression", "entretien", f"{numero}/{entretien_id}", session.clock.now())
