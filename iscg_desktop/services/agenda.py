"""The agenda: permanences that come back, rendez-vous, the week, the sheet of a day, a calendar without names."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from iscg_desktop.documents.feuille_jour import LigneRelance, LigneRendezVous, render_feuille_jour
from iscg_desktop.domain.agenda import (
    ETATS,
    PREVU,
    USUAL_DUREE,
    WEEK,
    Journee,
    Permanence,
    PermanenceDraft,
    RendezVous,
    RendezVousDraft,
    monday_of,
    overlapping,
    plan,
)
from iscg_desktop.errors import BugError, InvalidInput, UserError
from iscg_desktop.exports.agenda_ics import Creneau, agenda_ics
from iscg_desktop.files import write_atomic
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session
from iscg_desktop.storage.transaction import Transaction

_ICS_DAYS = 366
"""Days ahead that a calendar file holds of the rendez-vous."""


class AgendaService:
    """Use cases of the agenda."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def today(self) -> date:
        """The civil date."""
        return self._session.clock.today()

    # What is planned.

    def week(self, day: date) -> tuple[Journee, ...]:
        """The seven days of the week of a day, Monday first."""
        return self._plan(monday_of(day), WEEK)

    def day(self, day: date) -> Journee:
        """What one day holds."""
        return self._plan(day, 1)[0]

    def rendez_vous(self, rendez_vous_id: int) -> RendezVous:
        """A rendez-vous.

        Raises:
            UserError: ``rendez_vous_introuvable``.
        """
        found = self._session.read.agenda.one_rendez_vous(rendez_vous_id)
        if found is None:
            raise UserError("rendez_vous_introuvable")
        return found

    def overlapping(self, draft: RendezVousDraft, but: int | None = None) -> tuple[RendezVous, ...]:
        """Rendez-vous at the same time as the one being fixed, which may itself be known: to be said, not refused."""
        if draft.date is None:
            return ()
        others = self._session.read.agenda.rendez_vous(draft.date)
        return overlapping(draft, (each for each in others if each.id != but))

    # Permanences.

    def permanence(self, permanence_id: int) -> Permanence:
        """One permanence.

        Raises:
            UserError: ``permanence_introuvable``.
        """
        for each in self._session.read.agenda.permanences():
            if each.id == permanence_id:
                return each
        raise UserError("permanence_introuvable")

    def add_permanence(self, draft: PermanenceDraft) -> Changes:
        """Plan her presence at a unité, once or each week.

        Raises:
            InvalidInput: With every problem.
        """
        with self._session.transaction() as tx:
            permanence_id = tx.agenda.add_permanence(_permanence(draft))
            self._commit(tx, "creation", "permanence", permanence_id)
        return changes("agenda")

    def change_permanence(self, permanence_id: int, day: date, draft: PermanenceDraft) -> Changes:
        """Plan a permanence otherwise from a day on: what was held before stays as it was.

        Raises:
            InvalidInput: With every problem.
            UserError: ``permanence_introuvable``.
        """
        new = _permanence(draft)
        with self._session.transaction() as tx:
            self._end(tx, self.permanence(permanence_id), day)
            new_id = tx.agenda.add_permanence(new)
            self._commit(tx, "modification", "permanence", new_id)
        return changes("agenda")

    def end_permanence(self, permanence_id: int, day: date) -> Changes:
        """Hold a permanence no more from a day on.

        Raises:
            UserError: ``permanence_introuvable``.
        """
        with self._session.transaction() as tx:
            self._end(tx, self.permanence(permanence_id), day)
            self._commit(tx, "suppression", "permanence", permanence_id)
        return changes("agenda")

    def set_held(self, permanence_id: int, day: date, *, held: bool) -> Changes:
        """Say that a permanence is not held on one day, or is after all.

        Raises:
            UserError: ``permanence_introuvable``, ``permanence_autre_jour``.
        """
        with self._session.transaction() as tx:
            if not self.permanence(permanence_id).planned_on(day):
                raise UserError("permanence_autre_jour")
            change = tx.agenda.drop_exception if held else tx.agenda.add_exception
            change(permanence_id, day)
            self._commit(tx, "modification", "permanence", permanence_id)
        return changes("agenda")

    # Rendez-vous.

    def add_rendez_vous(self, draft: RendezVousDraft) -> Changes:
        """Fix a rendez-vous.

        Raises:
            InvalidInput: With every problem.
        """
        self._check(draft)
        assert draft.date is not None
        assert draft.heure is not None
        with self._session.transaction() as tx:
            rendez_vous_id = tx.agenda.add_rendez_vous(
                draft.date,
                draft.heure,
                duree=USUAL_DUREE if draft.duree is None else draft.duree,
                objet=draft.objet,
                unite_id=draft.unite_id,
                dossier_id=draft.dossier_id,
                personne_id=draft.personne_id,
                lieu=draft.lieu,
            )
            self._commit(tx, "creation", "rendez_vous", rendez_vous_id)
        return changes("agenda", dossier_id=draft.dossier_id)

    def change_rendez_vous(self, rendez_vous_id: int, draft: RendezVousDraft) -> Changes:
        """Move a rendez-vous, or say otherwise what it is about.

        Raises:
            InvalidInput: With every problem.
            UserError: ``rendez_vous_introuvable``.
        """
        self._check(draft, alone=self.rendez_vous(rendez_vous_id).saisine_id is None)
        with self._session.transaction() as tx:
            tx.agenda.change_rendez_vous(rendez_vous_id, draft)
            self._commit(tx, "modification", "rendez_vous", rendez_vous_id)
        return changes("agenda", "saisines", dossier_id=draft.dossier_id)

    def set_etat(self, rendez_vous_id: int, etat: str) -> Changes:
        """Say what became of a rendez-vous: prévu, honoré, absent, annulé.

        Raises:
            UserError: ``rendez_vous_introuvable``.
        """
        if etat not in ETATS:
            raise BugError("a rendez-vous has no such state")
        known = self.rendez_vous(rendez_vous_id)
        with self._session.transaction() as tx:
            tx.agenda.set_etat(rendez_vous_id, etat)
            if known.saisine_id is not None and tx.saisines.get(known.saisine_id).waits:
                tx.saisines.follow(known.saisine_id)
            self._commit(tx, "modification", "rendez_vous", rendez_vous_id)
        return changes("agenda", "saisines", dossier_id=known.dossier_id)

    # What leaves.

    def day_sheet(self, day: date, *, names: bool) -> bytes:
        """The sheet of a day as PDF, to be printed from memory.

        Args:
            day: Which day.
            names: Whether persons and what she typed are printed; else initials and numbers only.
        """
        found = self.day(day)
        owner = self._session.intervenant
        return render_feuille_jour(
            day,
            f"{owner.prenom} {owner.nom}" if owner else "",
            [(each.debut, each.fin, self._unite(each.unite_id)) for each in found.permanences],
            [self._line(each, names=names) for each in found.rendez_vous if each.etat != "annule"],
            [
                LigneRelance(each.pour_le, each.objet if names else "", each.dossier)
                for each in self._session.read.agenda.relances_due(day)
            ],
            names=names,
        )

    def note_printed(self, day: date) -> None:
        """Journal that the sheet of a day was printed."""
        with self._session.transaction() as tx:
            tx.journal.append("impression", "feuille_du_jour", day.isoformat(), self._session.clock.now())
            tx.commit()

    def calendar(self) -> bytes:
        """Permanences and rendez-vous to come as an ``.ics`` file: places and hours, never a name nor a word typed."""
        agenda, today = self._session.read.agenda, self.today
        ahead = agenda.rendez_vous_between(today, today + timedelta(days=_ICS_DAYS))
        permanences = (each for each in agenda.permanences() if _may_come(each, today))
        return agenda_ics(
            [self._presence(each) for each in permanences]
            + [self._meeting(each) for each in ahead if each.etat == PREVU],
            self._session.clock.now(),
        )

    def save_calendar(self, path: Path) -> None:
        """Write the calendar where she chose; the disk's refusals are in words."""
        write_atomic(path, self.calendar())
        with self._session.transaction() as tx:
            tx.journal.append("export", "agenda", None, self._session.clock.now())
            tx.commit()

    # Parts.

    def _plan(self, first: date, count: int) -> tuple[Journee, ...]:
        agenda = self._session.read.agenda
        last = first + timedelta(days=count - 1)
        return plan(first, count, agenda.permanences(), agenda.rendez_vous_between(first, last))

    @staticmethod
    def _end(tx: Transaction, permanence: Permanence, day: date) -> None:
        left = permanence.ended_before(day)
        if left is None:
            tx.agenda.drop_permanence(permanence.id)
        elif left.au is not None:
            tx.agenda.end_permanence(permanence.id, left.au)

    def _check(self, draft: RendezVousDraft, *, alone: bool = True) -> None:
        problems = draft.check(self.today, alone=alone)
        if problems:
            raise InvalidInput(problems)

    def _commit(self, tx: Transaction, action: str, objet: str, reference: int) -> None:
        tx.journal.append(action, objet, str(reference), self._session.clock.now())
        tx.commit()

    def _unite(self, unite_id: int | None) -> str:
        unite = self._session.unites().get(unite_id) if unite_id is not None else None
        return unite.nom if unite else ""

    def _place(self, rendez_vous: RendezVous) -> str:
        return self._unite(rendez_vous.unite_id) or self._session.nomenclatures.libelle(
            "lieu", rendez_vous.lieu
        )

    def _line(self, each: RendezVous, *, names: bool) -> LigneRendezVous:
        whole = f"{each.prenom} {each.nom}".strip()
        initials = "".join(f"{part[0].upper()}." for part in (each.prenom, each.nom) if part)
        return LigneRendezVous(
            each.heure,
            each.duree,
            whole if names else initials,
            each.dossier,
            each.objet if names else "",
            self._place(each),
        )

    def _presence(self, each: Permanence) -> Creneau:
        return Creneau(
            self._uid("permanence", each.id),
            f"Permanence – {self._unite(each.unite_id)}",
            each.jour or _first_of(each),
            each.debut,
            each.fin,
            weekly=each.comes_back,
            until=each.au,
            without=tuple(sorted(each.exceptions)),
        )

    def _meeting(self, each: RendezVous) -> Creneau:
        assert each.jour is not None
        return Creneau(
            self._uid("rendez_vous", each.id), "Rendez-vous", each.jour, each.heure, minutes=each.duree
        )

    def _uid(self, kind: str, row_id: int) -> str:
        """A name that stays the same at each export, so that a calendar brings its entries up to date."""
        return self._session.vault.key.derive(f"agenda: {kind} {row_id}")[:16].hex()


def _permanence(draft: PermanenceDraft) -> Permanence:
    """The permanence a draft describes; raises ``InvalidInput`` with every problem."""
    problems = draft.check()
    if problems:
        raise InvalidInput(problems)
    assert draft.unite_id is not None
    assert draft.jour is not None
    assert draft.debut is not None
    assert draft.fin is not None
    if not draft.chaque_semaine:
        return Permanence(0, draft.unite_id, draft.debut, draft.fin, jour=draft.jour)
    return Permanence(
        0,
        draft.unite_id,
        draft.debut,
        draft.fin,
        semaine=draft.jour.isoweekday(),
        du=draft.jour,
        au=draft.jusqu_au,
    )


def _may_come(each: Permanence, today: date) -> bool:
    """Whether a permanence may still be held."""
    last = each.au if each.comes_back else each.jour
    return last is None or last >= today


def _first_of(each: Permanence) -> date:
    """First day on which one that comes back is held: from its beginning on."""
    assert each.semaine is not None
    start = each.du or date(2020, 1, 1)
    return start + timedelta(days=(each.semaine - start.isoweekday()) % WEEK)
