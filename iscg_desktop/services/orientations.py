"""Orientations that wait for their fiche, and the annuaire of partners they lead to."""

from __future__ import annotations

from dataclasses import replace

from iscg_desktop.domain.orientation import Orientation, OrientationDraft
from iscg_desktop.domain.partenaire import Partenaire, PartenaireDraft
from iscg_desktop.errors import InvalidInput
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session


class OrientationsService:
    """Use cases around orientations and partners."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, orientation_id: int) -> Orientation:
        """One orientation."""
        return self._session.read.orientations.get(orientation_id)

    def add(self, dossier_id: int, personne_id: int | None, draft: OrientationDraft) -> tuple[int, Changes]:
        """Orient a person of a dossier today, outside an entretien; ``draft.personne`` is not read.

        Raises:
            InvalidInput: With every problem.
        """
        concerned = {each.id for each, _, _ in self._session.read.personnes.of_dossier(dossier_id)}
        known = personne_id in concerned
        problems = replace(draft, personne=0 if known else -1).check(persons=1)
        if problems or personne_id is None:
            raise InvalidInput(problems)
        day = self._session.clock.today()
        with self._session.transaction() as tx:
            orientation_id = tx.orientations.add(
                draft,
                dossier_id=dossier_id,
                personne_id=personne_id,
                entretien_id=None,
                day=day,
                trimestre=self._session.quarter_for(tx, day).code,
            )
            tx.journal.append("creation", "orientation", str(orientation_id), self._session.clock.now())
            tx.commit()
        return orientation_id, changes("orientations", "dossiers", dossier_id=dossier_id)

    def without_fiche(self, limit: int = 50) -> tuple[Orientation, ...]:
        """Orientations with accord to a named partner that no fiche carries yet."""
        return self._session.read.orientations.without_fiche(limit)

    def partenaires(self) -> tuple[Partenaire, ...]:
        """Structures of the annuaire still open, by name."""
        return self._session.read.partenaires.all(self._session.clock.today())

    def add_partenaire(self, draft: PartenaireDraft) -> tuple[int, Changes]:
        """Add a structure to the annuaire.

        Raises:
            InvalidInput: With every problem.
        """
        problems = draft.check()
        if problems:
            raise InvalidInput(problems)
        with self._session.transaction() as tx:
            partenaire_id = tx.partenaires.add(draft)
            tx.journal.append("creation", "partenaire", str(partenaire_id), self._session.clock.now())
            tx.commit()
        return partenaire_id, changes("partenaires")
