"""Orientations outside the entretien, their suites, and the structures to propose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from iscg_desktop.domain.orientation import (
    ON_THE_FICHE,
    ONCE_COUNTED,
    Orientation,
    OrientationDraft,
    SansSuite,
    Suite,
    SuiteDraft,
    check_open,
)
from iscg_desktop.domain.partenaire import Partenaire, PartenaireDraft
from iscg_desktop.domain.period import is_closed, parse_period
from iscg_desktop.domain.personne import Identite
from iscg_desktop.domain.proposition import Proposition, propose
from iscg_desktop.errors import InvalidInput, Problem, UserError
from iscg_desktop.services.annuaire import AnnuaireService
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.entretien_writing import keep_version
from iscg_desktop.services.session import Session
from iscg_desktop.services.territoires import TerritoiresService
from iscg_desktop.storage.transaction import Transaction

LOOKED_BACK = timedelta(days=731)
"""How old an orientation may be and still be asked about: after two years the dossier is to be forgotten."""


class OrientationsService:
    """Use cases around orientations and partners."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._annuaire = AnnuaireService(session)
        self._territoires = TerritoiresService(session)

    @property
    def today(self) -> date:
        """The civil date."""
        return self._session.clock.today()

    def get(self, orientation_id: int) -> Orientation:
        """One orientation."""
        return self._session.read.orientations.get(orientation_id)

    def without_fiche(self, limit: int = 50) -> tuple[Orientation, ...]:
        """Orientations with accord to a named partner that no fiche carries yet."""
        return self._session.read.orientations.without_fiche(limit)

    @property
    def days_without_suite(self) -> int:
        """Days after which an orientation without suite is shown."""
        return self._session.reglages.orientation_sans_suite_jours

    def without_suite(self, limit: int = 200) -> tuple[SansSuite, ...]:
        """Orientations older than the days of the settings of which nothing is known yet, oldest first."""
        until = self.today - timedelta(days=self.days_without_suite)
        return self._session.read.orientations.without_suite(self.today - LOOKED_BACK, until, limit)

    def partenaires(self) -> tuple[Partenaire, ...]:
        """Structures of the annuaire still open, by name; their territories are left out."""
        return self._session.read.partenaires.all(self.today, territories=False)

    def add_partenaire(self, draft: PartenaireDraft) -> tuple[int, Changes]:
        """Add a structure to the annuaire.

        Raises:
            InvalidInput: With every problem.
        """
        return self._annuaire.add(draft)

    def propose(self, kind: str, commune: str | None, day: date | None = None) -> tuple[Proposition, ...]:
        """The structures of a type for someone who lives in a commune, nearest first; closed ones never.

        Args:
            kind: Code of ``type_partenaire``.
            commune: Where the person lives; None when nobody knows.
            day: Day of the orientation; today by default.
        """
        lieu = self._territoires.lieu(commune)
        return propose(self._session.read.partenaires.of_type(kind), kind, lieu, day or self.today)

    def persons(self, dossier_id: int) -> tuple[tuple[int, Identite], ...]:
        """Who may be oriented: the persons of a dossier, by id."""
        return tuple(
            (personne.id, personne.identite)
            for personne, _, _ in self._session.read.personnes.of_dossier(dossier_id)
        )

    def may_change(self, orientation: Orientation) -> bool:
        """Whether its quarter is still open; what lies in the corbeille has none."""
        return bool(orientation.trimestre) and not self._closed(orientation.trimestre)

    def may_change_suite(self, suite: Suite) -> bool:
        """Whether its quarter is still open."""
        return not self._closed(suite.trimestre)

    def add(
        self, dossier_id: int, personne_id: int | None, draft: OrientationDraft, day: date | None = None
    ) -> tuple[int, Changes]:
        """Orient someone of a dossier outside an entretien, today by default; ``draft.personne`` is not read.

        Raises:
            InvalidInput: With every problem; a closed structure is one.
        """
        person, when = self._checked(dossier_id, personne_id, day or self.today, draft, ask_open=True)
        with self._session.transaction() as tx:
            orientation_id = tx.orientations.add(
                draft,
                dossier_id=dossier_id,
                personne_id=person,
                entretien_id=None,
                day=when,
                trimestre=self._session.quarter_for(tx, when).code,
            )
            tx.dossiers.touch(dossier_id, when)
            self._note(tx, "creation", "orientation", orientation_id)
            tx.commit()
        return orientation_id, changes("orientations", "dossiers", dossier_id=dossier_id)

    def change(
        self, orientation_id: int, personne_id: int | None, day: date | None, draft: OrientationDraft
    ) -> Changes:
        """Amend an orientation; once its quarter is arrêté only the accord may still change.

        What the entretien that made it said before is kept.

        Raises:
            InvalidInput: With every problem.
            UserError: ``orientation_trimestre_arrete``, ``orientation_avec_fiche``.
        """
        before = self.get(orientation_id)
        # A structure closed since, or closed with a date of before, stays what she was oriented to.
        kept = (draft.partenaire_id, day) == (before.partenaire_id, before.date)
        person, when = self._checked(before.dossier_id, personne_id, day, draft, ask_open=not kept)
        changed = before.changes(draft, person, when)
        same = not changed & ONCE_COUNTED
        if not same and self._closed(before.trimestre):
            periode = parse_period(before.trimestre).libelle
            raise UserError("orientation_trimestre_arrete", trimestre=periode)
        if changed & ON_THE_FICHE and before.fiche_numero is not None:
            raise UserError("orientation_avec_fiche", numero=before.fiche_numero)
        with self._session.transaction() as tx:
            made_in = None if before.entretien_id is None else tx.entretiens.get(before.entretien_id)
            if same:
                tx.orientations.change_accord(orientation_id, draft.accord)
            else:
                quarter = self._session.quarter_for(tx, when).code
                tx.orientations.change(orientation_id, draft, personne_id=person, day=when, trimestre=quarter)
            if made_in is not None:
                keep_version(tx, made_in, self._session.clock.now())
            self._note(tx, "modification", "orientation", orientation_id)
            tx.commit()
        return changes("orientations", "entretiens", "dossiers", dossier_id=before.dossier_id)

    def suites(self, orientation_id: int) -> tuple[Suite, ...]:
        """What became of an orientation, the current suite first."""
        return self._session.read.orientations.suites(orientation_id)

    def add_suite(self, orientation_id: int, draft: SuiteDraft) -> Changes:
        """Note what became of an orientation.

        Raises:
            InvalidInput: With every problem.
        """
        orientation = self.get(orientation_id)
        day, suite = self._checked_suite(orientation, draft)
        with self._session.transaction() as tx:
            quarter = self._session.quarter_for(tx, day).code
            tx.orientations.add_suite(
                orientation_id,
                suite,
                day,
                quarter,
                motif=draft.motif,
                rendez_vous_le=draft.rendez_vous_le,
                referent=draft.referent,
            )
            self._note(tx, "creation", "suite", orientation_id)
            tx.commit()
        return changes("orientations", "dossiers", dossier_id=orientation.dossier_id)

    def change_suite(self, suite_id: int, draft: SuiteDraft) -> Changes:
        """Amend a suite while its quarter is open.

        Raises:
            InvalidInput: With every problem.
            UserError: ``suite_trimestre_arrete``.
        """
        before = self._session.read.orientations.suite(suite_id)
        orientation = self.get(before.orientation_id)
        day, _ = self._checked_suite(orientation, draft)
        self._refuse_closed(before)
        with self._session.transaction() as tx:
            tx.orientations.change_suite(suite_id, draft, self._session.quarter_for(tx, day).code)
            self._note(tx, "modification", "suite", orientation.id)
            tx.commit()
        return changes("orientations", "dossiers", dossier_id=orientation.dossier_id)

    def delete_suite(self, suite_id: int) -> Changes:
        """Take a suite away while its quarter is open.

        Raises:
            UserError: ``suite_trimestre_arrete``.
        """
        before = self._session.read.orientations.suite(suite_id)
        self._refuse_closed(before)
        orientation = self.get(before.orientation_id)
        with self._session.transaction() as tx:
            tx.orientations.drop_suite(suite_id)
            tx.drafts.drop(f"suite:{orientation.id}:{suite_id}")  # what was being amended of it is no more
            self._note(tx, "suppression", "suite", orientation.id)
            tx.commit()
        return changes("orientations", "dossiers", dossier_id=orientation.dossier_id)

    def _closed(self, trimestre: str) -> bool:
        return is_closed(trimestre, self._session.read.bilans.quarters())

    def _refuse_closed(self, suite: Suite) -> None:
        if self._closed(suite.trimestre):
            raise UserError("suite_trimestre_arrete", trimestre=parse_period(suite.trimestre).libelle)

    def _note(self, tx: Transaction, action: str, objet: str, orientation_id: int) -> None:
        tx.journal.append(action, objet, str(orientation_id), self._session.clock.now())

    def _checked(
        self,
        dossier_id: int,
        personne_id: int | None,
        day: date | None,
        draft: OrientationDraft,
        *,
        ask_open: bool,
    ) -> tuple[int, date]:
        """The person and the day, once nothing is wrong."""
        persons = [each for each, _ in self.persons(dossier_id)]
        problems = list(replace(draft, personne=0).check(1))
        if personne_id not in persons:
            problems.append(Problem("personne", "orientation_sans_personne"))
        if day is None:
            problems.append(Problem("date", "date_manquante"))
        elif day > self.today:
            problems.append(Problem("date", "date_future"))
        if ask_open and day is not None and draft.partenaire_id is not None:
            problems += check_open(self._session.read.partenaires.get(draft.partenaire_id), day)
        if problems:
            raise InvalidInput(tuple(problems))
        assert personne_id is not None
        assert day is not None
        return personne_id, day

    def _checked_suite(self, orientation: Orientation, draft: SuiteDraft) -> tuple[date, str]:
        problems = draft.check(orientation.date, self.today)
        if problems:
            raise InvalidInput(problems)
        assert draft.date is not None
        assert draft.suite is not None
        return draft.date, draft.suite
