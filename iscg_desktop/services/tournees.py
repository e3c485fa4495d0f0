"""The tournées: fiches printed together in the evening, handed over service by service, signed for on a bordereau."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from iscg_desktop.documents.assembly import assemble, page_count
from iscg_desktop.documents.bordereau import render_bordereau
from iscg_desktop.domain.fiche_suivi import RANGS
from iscg_desktop.domain.tournee import (
    Arret,
    Bordereau,
    FicheATransmettre,
    LigneBordereau,
    Tournee,
    TourneeLine,
    par_service,
)
from iscg_desktop.errors import UserError
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.fiche_etapes import note
from iscg_desktop.services.session import Session
from iscg_desktop.services.suivi import Noted
from iscg_desktop.storage.transaction import Transaction


class TourneesService:
    """Use cases around the tournées."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self, limit: int = 60) -> tuple[TourneeLine, ...]:
        """Tournées to come, then the last ones made."""
        return self._session.read.tournees.all(limit)

    def get(self, tournee_id: int) -> Tournee | None:
        """One tournée; None when it is gone."""
        return self._session.read.tournees.get(tournee_id)

    def waiting(self) -> tuple[Arret, ...]:
        """Fiches to hand over that no tournée takes yet, by service."""
        return par_service(self._session.read.tournees.waiting())

    @staticmethod
    def grouped(fiches: Sequence[FicheATransmettre]) -> tuple[Arret, ...]:
        """Fiches by service, services in the order of their first one."""
        return par_service(fiches)

    def create(self, day: date, fiche_ids: Sequence[int]) -> tuple[int, Changes]:
        """Prepare a tournée with these fiches, services in the order of their first one.

        Raises:
            UserError: ``tournee_vide``, ``tournee_passee``, ``fiche_remplacee``, ``fiche_deja_remise``.
        """
        self._check_day(day)
        with self._session.transaction() as tx:
            tournee_id = tx.tournees.add(day)
            self._put(tx, tournee_id, tx.tournees.fiches(fiche_ids))
            tx.journal.append("creation", "tournee", day.isoformat(), self._session.clock.now())
            tx.commit()
        return tournee_id, changes("fiches")

    def put(self, tournee_id: int, fiche_ids: Sequence[int], day: date) -> Changes:
        """Make these the fiches of a tournée to come, in this order, service by service, on that day.

        Raises:
            UserError: As for ``create``; ``tournee_faite``.
        """
        self._check_day(day)
        with self._session.transaction() as tx:
            self._open(tx, tournee_id)
            self._put(tx, tournee_id, tx.tournees.fiches(fiche_ids))
            tx.tournees.move_to(tournee_id, day)
            tx.journal.append("modification", "tournee", day.isoformat(), self._session.clock.now())
            tx.commit()
        return changes("fiches")

    def move(self, tournee_id: int, place: int, step: int) -> Changes:
        """Bring a service earlier (-1) or later (1) on the way; nothing at either end."""
        with self._session.transaction() as tx:
            arrets = list(self._open(tx, tournee_id).arrets)
            if 0 <= place + step < len(arrets):
                arrets.insert(place + step, arrets.pop(place))
                tx.tournees.put(tournee_id, [fiche.id for arret in arrets for fiche in arret.fiches])
            tx.commit()
        return changes("fiches")

    def drop(self, tournee_id: int) -> Changes:
        """Give up a tournée to come; its fiches stay as they are.

        Raises:
            UserError: ``tournee_faite``.
        """
        with self._session.transaction() as tx:
            tournee = self._open(tx, tournee_id)
            tx.tournees.drop(tournee_id)
            tx.journal.append("suppression", "tournee", tournee.date.isoformat(), self._session.clock.now())
            tx.commit()
        return changes("fiches")

    def finish(self, tournee_id: int, day: date, canal: str) -> Noted:
        """Note that a tournée was made on a day: its fiches are handed over then, by that channel.

        Raises:
            UserError: ``tournee_faite``, ``etape_future``, ``etape_avant_fiche``, ``fiche_remplacee``.
        """
        steps, already = [], 0
        with self._session.transaction() as tx:
            for fiche in self._open(tx, tournee_id).fiches:
                if RANGS[fiche.etape] >= RANGS["remise"]:
                    already += 1
                    continue
                detail = {"canal": canal, "tournee": tournee_id}
                steps.append(note(self._session, tx, tx.fiches.get(fiche.id), "remise", day, detail))
            tx.tournees.move_to(tournee_id, day)
            tx.tournees.set_done(tournee_id, done=True)
            tx.commit()
        return Noted(changes("fiches", "agenda"), tuple(steps), already)

    def batch(self, fiche_ids: Sequence[int], *, recto_verso: bool) -> bytes:
        """The very bytes of several fiches in one document, from memory to memory, in the order given."""
        read = self._session.read.fiches
        return assemble((read.pdf(fiche_id) for fiche_id in fiche_ids), recto_verso=recto_verso)

    def order(self, fiche_ids: Sequence[int]) -> tuple[int, ...]:
        """The same fiches service by service."""
        arrets = par_service(self._session.read.tournees.fiches(fiche_ids))
        return tuple(fiche.id for arret in arrets for fiche in arret.fiches)

    def bordereaux(
        self, tournee_id: int, *, noms: bool, recto_verso: bool = False, place: int | None = None
    ) -> Callable[[], bytes]:
        """A function that renders the bordereaux of a tournée, on values only, for a worker.

        Args:
            tournee_id: The tournée.
            noms: Print names; initials otherwise.
            recto_verso: Each begins a new sheet.
            place: Rank of the only service wanted; all of them if None.

        Raises:
            UserError: ``fiche_sans_identite``.
        """
        tournee = self._session.read.tournees.get(tournee_id)
        arrets = tournee.arrets if tournee is not None else ()
        chosen = arrets if place is None else arrets[place : place + 1]
        assert tournee is not None
        values = [self._bordereau(tournee.date, arret, noms=noms) for arret in chosen]
        rendered = [value for value in values if value.lignes]
        logo = self._session.logo
        return lambda: assemble((render_bordereau(each, logo) for each in rendered), recto_verso=recto_verso)

    def printed_bordereaux(self, tournee_id: int) -> None:
        """Write in the journal that the bordereaux came out on paper."""
        with self._session.transaction() as tx:
            tournee = tx.tournees.get(tournee_id)
            assert tournee is not None
            tx.journal.append("impression", "bordereau", tournee.date.isoformat(), self._session.clock.now())
            tx.commit()

    def _bordereau(self, day: date, arret: Arret, *, noms: bool) -> Bordereau:
        owner = self._session.intervenant
        if owner is None:
            raise UserError("fiche_sans_identite")
        read = self._session.read.fiches
        urgences = self._session.nomenclatures["urgence"]
        return Bordereau(
            date=day,
            employeur=owner.employeur,
            emetteur=", ".join(filter(None, (owner.nom_complet, owner.qualite))),
            coordonnees=" · ".join(filter(None, (owner.telephone, owner.courriel))),
            service=arret.service,
            adresse=arret.adresse,
            mise_en_page=self._session.mise_en_page,
            lignes=tuple(
                LigneBordereau(
                    fiche.numero,
                    fiche.etablie_le,
                    urgences.libelle_de(fiche.urgence) if fiche.urgence else "–",
                    fiche.personne if noms else fiche.initiales,
                    page_count(read.pdf(fiche.id)),
                )
                for fiche in arret.fiches
                if not fiche.remplacee
            ),
        )

    def _check_day(self, day: date) -> None:
        if day < self._session.clock.today():
            raise UserError("tournee_passee")

    @staticmethod
    def _open(tx: Transaction, tournee_id: int) -> Tournee:
        """A tournée still to come."""
        tournee = tx.tournees.get(tournee_id)
        if tournee is None or tournee.faite:
            raise UserError("tournee_faite")
        return tournee

    @staticmethod
    def _put(tx: Transaction, tournee_id: int, fiches: Sequence[FicheATransmettre]) -> None:
        if not fiches:
            raise UserError("tournee_vide")
        for fiche in fiches:
            if fiche.remplacee:
                newer = tx.fiches.get(fiche.id).remplacee_par
                raise UserError("fiche_remplacee", numero=fiche.numero, nouvelle=newer)
            if RANGS[fiche.etape] >= RANGS["remise"]:
                raise UserError("fiche_deja_remise", numero=fiche.numero)
        tx.tournees.put(tournee_id, [fiche.id for arret in par_service(fiches) for fiche in arret.fiches])
