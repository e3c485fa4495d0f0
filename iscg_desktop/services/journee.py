"""The day's page: what is due, what waits, what nobody answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta

from iscg_desktop.domain.agenda import Relance, RendezVous, plan
from iscg_desktop.domain.brouillon import Brouillon
from iscg_desktop.domain.fiche_suivi import FicheEtablie
from iscg_desktop.domain.reglages import Reglages
from iscg_desktop.domain.saisine import Saisine
from iscg_desktop.domain.unite import Unite
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session
from iscg_desktop.storage.transaction import Transaction

_PERMANENCE = "permanence_du_jour"
_READ = 30  # fiches


class JourneeService:
    """Use cases of the day's page."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def today(self) -> date:
        """The civil date."""
        return self._session.clock.today()

    def unites(self) -> tuple[Unite, ...]:
        """Unités open today, by name."""
        return self._session.read.unites.open(self.today)

    def permanence(self) -> int | None:
        """Unité where she is today: as she said, else where her agenda has its first permanence of the day."""
        value = self._session.read.settings.get(_PERMANENCE)
        if isinstance(value, dict) and value.get("date") == self.today.isoformat():
            return int(value["unite"])
        today = plan(self.today, 1, self._session.read.agenda.permanences(), ())[0]
        return today.permanences[0].unite_id if today.permanences else None

    def choose_permanence(self, unite_id: int) -> Changes:
        """Say where she is today; it prefills the rest."""
        with self._session.transaction() as tx:
            tx.settings.put(_PERMANENCE, {"date": self.today.isoformat(), "unite": unite_id})
            tx.commit()
        return changes("reglages")

    def rendez_vous(self) -> tuple[RendezVous, ...]:
        """Rendez-vous of today, by hour."""
        return self._session.read.agenda.rendez_vous(self.today)

    def add_rendez_vous(
        self, day: date, heure: time, objet: str, *, duree: int = 45, unite_id: int | None = None,
        dossier_id: int | None = None, personne_id: int | None = None,
    ) -> Changes:  # fmt: skip
        """Fix a rendez-vous; ``duree`` in minutes."""
        with self._session.transaction() as tx:
            rendez_vous_id = tx.agenda.add_rendez_vous(
                day, heure, duree=duree, objet=objet, unite_id=unite_id, dossier_id=dossier_id,
                personne_id=personne_id,
            )  # fmt: skip
            self._append(tx, "creation", "rendez_vous", rendez_vous_id)
            tx.commit()
        return changes("agenda", dossier_id=dossier_id)

    def relances(self) -> tuple[Relance, ...]:
        """What is due today or was due before."""
        return self._session.read.agenda.relances_due(self.today)

    def add_relance(self, day: date, objet: str, dossier_id: int | None = None) -> Changes:
        """Note something to do by a day."""
        with self._session.transaction() as tx:
            relance_id = tx.agenda.add_relance(day, objet, dossier_id=dossier_id)
            self._append(tx, "creation", "relance", relance_id)
            tx.commit()
        return changes("agenda", dossier_id=dossier_id)

    def close_relance(self, relance_id: int) -> Changes:
        """Say that it is done."""
        with self._session.transaction() as tx:
            tx.agenda.close_relance(relance_id, self.today)
            self._append(tx, "modification", "relance", relance_id)
            tx.commit()
        return changes("agenda")

    def saisines(self) -> tuple[Saisine, ...]:
        """Saisines that wait for a dossier, most urgent first."""
        return self._session.read.saisines.waiting()

    def fiches_sans_retour(self) -> tuple[int, ...]:
        """Ids of the fiches that nobody answered for as long as her settings say, oldest first."""
        wait = timedelta(days=self._session.reglages.fiche_sans_retour_jours)
        return self._session.read.fiches.without_retour(self.today - wait)

    def fiches_lues(self, ids: Sequence[int]) -> Iterator[FicheEtablie]:
        """These fiches in that order, read a few at a time as they are asked for."""
        for start in range(0, len(ids), _READ):
            yield from self._session.read.fiches.some(ids[start : start + _READ])

    @property
    def delais(self) -> Reglages:
        """Her delays: what is late, and from when."""
        return self._session.reglages

    def brouillons(self) -> tuple[Brouillon, ...]:
        """What was left half-typed, the last touched first."""
        return self._session.read.drafts.all()

    def _append(self, tx: Transaction, action: str, objet: str, reference: int) -> None:
        tx.journal.append(action, objet, str(reference), self._session.clock.now())
