"""The morning triage: noting saisines, reaching the persons, leading each saisine to its dossier or its end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from iscg_desktop.domain.agenda import LONGEST_OBJET, USUAL_DUREE, RendezVousDraft
from iscg_desktop.domain.period import Periode, parse_period
from iscg_desktop.domain.saisine import (
    COMPTES,
    DOSSIER_OUVERT,
    EN_ATTENTE,
    SANS_SUITE,
    Delais,
    Saisine,
    SaisineDraft,
    SaisineSuivie,
    Tentative,
    TentativeDraft,
    delais,
)
from iscg_desktop.errors import InvalidInput, Problem, UserError
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.doublons import Doublon, find_doublons
from iscg_desktop.services.session import Session
from iscg_desktop.storage.transaction import Transaction

PAGE = 200
"""Saisines fetched at a time."""


class SaisinesService:
    """Use cases around the saisine."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # What she reads.

    def find(
        self, etats: Iterable[str] = EN_ATTENTE, text: str = "", *, limit: int = PAGE
    ) -> tuple[SaisineSuivie, ...]:
        """Saisines in some states that hold every word typed: what waits first, by urgency then date."""
        return self._session.read.saisines.followed(etats, text, limit)

    def get(self, saisine_id: int) -> SaisineSuivie | None:
        """One saisine with what was done, None when it is no longer in the coffre."""
        return self._session.read.saisines.one_followed(saisine_id)

    def counts(self) -> dict[str, int]:
        """How many saisines are in each state."""
        return self._session.read.saisines.counts()

    def tentatives(self, saisine_id: int) -> tuple[Tentative, ...]:
        """Attempts to reach her, the newest first."""
        return self._session.read.saisines.tentatives(saisine_id)

    def delais(self, suivies: Iterable[SaisineSuivie]) -> dict[int, Delais]:
        """Days each step took until today, and whether the next one is late; by id of the saisine."""
        today, patience = self._session.clock.today(), self._session.reglages.saisine_attente_jours
        return {each.saisine.id: delais(each, today, patience) for each in suivies}

    def late(self) -> int:
        """How many of those that wait are late."""
        waiting = self._session.read.saisines.followed(EN_ATTENTE, "", -1)
        return sum(bool(each.retard) for each in self.delais(waiting).values())

    def frozen_quarter(self, saisine: Saisine) -> Periode | None:
        """The quarter in which it counts, when it is arrêté: what counts of it does not change any more."""
        arrete = saisine.trimestre in self._session.read.bilans.quarters()
        return parse_period(saisine.trimestre) if arrete else None

    def counts_later(self, day: date) -> Periode | None:
        """The quarter in which a saisine of that day would count, when it is not its own."""
        quarter = self._session.quarter_for(self._session.read, day)
        return None if day in quarter else quarter

    def doublons(self, saisine: Saisine) -> tuple[Doublon, ...]:
        """Dossiers that may concern the same person already; only ever a warning."""
        return find_doublons(self._session, saisine)

    # What she does.

    def record(self, draft: SaisineDraft, brouillon: str | None = None) -> tuple[int, Changes]:
        """Keep a saisine that waits for its dossier, and forget the draft it was typed in.

        Raises:
            InvalidInput: With every problem.
        """
        with self._session.transaction() as tx:
            saisine_id = tx.saisines.add(draft, self._quarter(tx, draft), None)
            if brouillon is not None:
                tx.drafts.drop(brouillon)
            self._commit(tx, "creation", saisine_id)
        return saisine_id, changes("saisines", "brouillons")

    def amend(self, saisine_id: int, draft: SaisineDraft, brouillon: str | None = None) -> Changes:
        """Correct a saisine; one that counts in a quarter already arrêté keeps what counts.

        Raises:
            InvalidInput: With every problem, field by field.
        """
        with self._session.transaction() as tx:
            saisine = self._open(tx, saisine_id)
            frozen = self._frozen(tx, saisine)
            if frozen is None:
                quarter = self._quarter(tx, draft)
            else:
                self._check_frozen(saisine, draft, frozen)
                quarter = saisine.trimestre
            tx.saisines.change(saisine_id, draft, quarter)
            if brouillon is not None:
                tx.drafts.drop(brouillon)
            self._commit(tx, "modification", saisine_id)
        return changes("saisines", "brouillons")

    def add_tentative(self, saisine_id: int, draft: TentativeDraft) -> Changes:
        """Note an attempt to reach her; the state follows.

        Raises:
            InvalidInput: With every problem.
        """
        with self._session.transaction() as tx:
            saisine = self._open(tx, saisine_id)
            _refuse(draft.check(self._session.clock.today(), saisine.date))
            tx.saisines.add_tentative(saisine_id, draft)
            tx.saisines.follow(saisine_id)
            self._commit(tx, "tentative", saisine_id)
        return changes("saisines")

    def remove_tentative(self, saisine_id: int, tentative_id: int) -> Changes:
        """Take back an attempt noted by error; the state follows.

        Raises:
            UserError: ``tentative_inconnue``; ``saisine_deja_ouverte``, ``saisine_sans_suite`` for what is done.
        """
        with self._session.transaction() as tx:
            self._open(tx, saisine_id)
            if not tx.saisines.remove_tentative(saisine_id, tentative_id):
                raise UserError("tentative_inconnue")
            tx.saisines.follow(saisine_id)
            self._commit(tx, "annulation_tentative", saisine_id)
        return changes("saisines")

    def fix_rendez_vous(self, saisine_id: int, draft: RendezVousDraft) -> Changes:
        """Fix a rendez-vous, which lies in the agenda; one fixed before is moved there.

        Raises:
            InvalidInput: With every problem.
        """
        with self._session.transaction() as tx:
            saisine = self._open(tx, saisine_id)
            _refuse(draft.check(self._session.clock.today()))
            assert draft.date is not None
            assert draft.heure is not None
            tx.agenda.cancel_of_saisine(saisine_id)
            tx.agenda.add_rendez_vous(
                draft.date, draft.heure, duree=USUAL_DUREE if draft.duree is None else draft.duree,
                objet=saisine.motif[:LONGEST_OBJET], unite_id=draft.unite_id, saisine_id=saisine_id, lieu=draft.lieu,
            )  # fmt: skip
            tx.saisines.follow(saisine_id)
            self._commit(tx, "rendez_vous", saisine_id)
        return changes("saisines", "agenda")

    def cancel_rendez_vous(self, saisine_id: int) -> Changes:
        """Take the rendez-vous back; the saisine waits again as it did before."""
        with self._session.transaction() as tx:
            self._open(tx, saisine_id)
            tx.agenda.cancel_of_saisine(saisine_id)
            tx.saisines.follow(saisine_id)
            self._commit(tx, "annulation", saisine_id)
        return changes("saisines", "agenda")

    def close(self, saisine_id: int, motif: str | None) -> Changes:
        """Leave it sans suite, with the reason; a rendez-vous still to come is cancelled.

        Raises:
            InvalidInput: Without a reason.
        """
        with self._session.transaction() as tx:
            self._open(tx, saisine_id)
            if motif not in self._session.nomenclatures["motif_sans_suite"]:
                raise InvalidInput((Problem("motif", "sans_suite_sans_motif"),))
            tx.agenda.cancel_of_saisine(saisine_id)
            tx.saisines.set_etat(saisine_id, SANS_SUITE, motif)
            self._commit(tx, "sans_suite", saisine_id)
        return changes("saisines", "agenda")

    def reopen(self, saisine_id: int) -> Changes:
        """Take back a « sans suite » while its quarter is open.

        Raises:
            UserError: ``saisine_pas_sans_suite`` or ``saisine_reprise_arretee``.
        """
        with self._session.transaction() as tx:
            saisine = self._known(tx, saisine_id)
            if saisine.etat != SANS_SUITE:
                raise UserError("saisine_pas_sans_suite")
            frozen = self._frozen(tx, saisine)
            if frozen is not None:
                raise UserError("saisine_reprise_arretee", trimestre=frozen.libelle)
            tx.saisines.follow(saisine_id)
            self._commit(tx, "reprise", saisine_id)
        return changes("saisines")

    def attach(self, saisine_id: int, dossier_id: int | None) -> Changes:
        """Say that it belongs to a dossier that exists already.

        Raises:
            InvalidInput: The dossier is unknown.
            UserError: ``saisine_deja_ouverte``, ``saisine_sans_suite``.
        """
        with self._session.transaction() as tx:
            self._open(tx, saisine_id)
            if dossier_id is None or not tx.dossiers.exists(dossier_id):
                raise InvalidInput((Problem("dossier", "dossier_inconnu"),))
            tx.saisines.open_dossier(saisine_id, dossier_id)
            self._commit(tx, "rattachement", saisine_id)
        return changes("saisines", "dossiers", "agenda", dossier_id=dossier_id)

    def detach(self, saisine_id: int) -> Changes:
        """Take it out of a dossier it was put in by error: it waits again as it did before.

        Raises:
            UserError: ``saisine_inconnue``, ``saisine_sans_dossier``; ``saisine_dossier_arrete`` when a bilan counts
                the delays of that dossier.
        """
        with self._session.transaction() as tx:
            saisine = self._known(tx, saisine_id)
            if saisine.dossier_id is None:
                raise UserError("saisine_sans_dossier")
            self._check_dossier(tx, saisine)
            tx.saisines.leave_dossier(saisine_id)
            tx.saisines.follow(saisine_id)
            self._commit(tx, "detachement", saisine_id)
        return changes("saisines", "dossiers", "agenda", dossier_id=saisine.dossier_id)

    # What they share.

    def _check_dossier(self, tx: Transaction, saisine: Saisine) -> None:
        """Refuse what would change the delays that a bilan counted."""
        for quarter in (saisine.trimestre, tx.saisines.dossier_quarter(saisine.id)):
            if quarter in tx.bilans.quarters():
                raise UserError("saisine_dossier_arrete", trimestre=parse_period(quarter).libelle)

    def _known(self, tx: Transaction, saisine_id: int) -> Saisine:
        saisine = tx.saisines.find(saisine_id)
        if saisine is None:
            raise UserError("saisine_inconnue")
        return saisine

    def _open(self, tx: Transaction, saisine_id: int) -> Saisine:
        """The saisine, when something may still be done with it."""
        saisine = self._known(tx, saisine_id)
        if saisine.etat == DOSSIER_OUVERT:
            raise UserError("saisine_deja_ouverte")
        if saisine.etat == SANS_SUITE:
            raise UserError("saisine_sans_suite")
        return saisine

    def _quarter(self, tx: Transaction, draft: SaisineDraft) -> str:
        _refuse(draft.check(self._session.clock.today()))
        assert draft.date is not None
        return self._session.quarter_for(tx, draft.date).code

    @staticmethod
    def _frozen(tx: Transaction, saisine: Saisine) -> Periode | None:
        return parse_period(saisine.trimestre) if saisine.trimestre in tx.bilans.quarters() else None

    def _check_frozen(self, saisine: Saisine, draft: SaisineDraft, quarter: Periode) -> None:
        before = saisine.draft()
        _refuse(draft.check(self._session.clock.today()))
        _refuse(
            tuple(
                Problem(name, "saisine_trimestre_arrete", {"trimestre": quarter.libelle})
                for name in COMPTES
                if getattr(before, name) != getattr(draft, name)
            )
        )

    def _commit(self, tx: Transaction, action: str, saisine_id: int) -> None:
        tx.journal.append(action, "saisine", str(saisine_id), self._session.clock.now())
        tx.commit()


def _refuse(problems: tuple[Problem, ...]) -> None:
    if problems:
        raise InvalidInput(problems)
