"""Writes the lines of a spreadsheet as entretiens, step by step within one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import cast

from iscg_desktop.domain.entretien import EntretienDraft, PersonneDraft
from iscg_desktop.domain.importation import folded
from iscg_desktop.domain.personne import Identite
from iscg_desktop.services.entretien_writing import Recording
from iscg_desktop.services.importation_lignes import LigneTraduite
from iscg_desktop.services.session import Session
from iscg_desktop.services.turns import Etapes, T
from iscg_desktop.storage.transaction import Transaction


class Writing:
    """Writes the lines of a file within one transaction."""

    def __init__(self, session: Session, tx: Transaction) -> None:
        self._session, self._tx = session, tx
        self._dossiers: dict[str, int] = {}
        self._people: dict[tuple[int, str], tuple[int, Identite]] = {}

    def write(self, lines: list[LigneTraduite]) -> Etapes[tuple[int, ...]]:
        """Write every line, the oldest first, and let go of each; returns the dossiers made."""
        made: dict[int, None] = {}
        count = len(lines)
        lines.sort(key=_when, reverse=True)
        while lines:
            line = lines.pop()
            assert line.draft is not None
            known = self._dossiers.get(line.reference) if line.reference else None
            draft = self._placed(line.draft, known)
            recorded = Recording(self._session, self._tx, draft).run(index=False)
            made[recorded.dossier_id] = None
            if line.reference:
                self._dossiers[line.reference] = recorded.dossier_id
            key = person_key(line.draft.personnes[0].identite)
            if key:
                self._people[recorded.dossier_id, key] = (
                    recorded.personne_ids[0],
                    draft.personnes[0].identite,
                )
            yield count - len(lines), count
        # Once for each: a dossier of a thousand lines would be read a thousand times.
        for dossier_id in made:
            self._tx.dossiers.index(dossier_id)
            yield count, count
        return tuple(made)

    def _placed(self, draft: EntretienDraft, dossier_id: int | None) -> EntretienDraft:
        """A line that goes on in the dossier of an earlier one; the same name there is the same person."""
        if dossier_id is None:
            return draft
        person = draft.personnes[0]
        same = self._people.get((dossier_id, person_key(person.identite)))
        identite = person.identite if same is None else _completed(person.identite, same[1])
        line = PersonneDraft(same and same[0], identite, person.profil, accord=person.accord)
        return replace(draft, dossier_id=dossier_id, saisine=None, personnes=(line,))


def _completed(identite: Identite, before: Identite) -> Identite:
    """What a later line leaves empty stays as an earlier one said it."""
    blank = Identite()
    silent = [
        each.name for each in fields(Identite) if getattr(identite, each.name) == getattr(blank, each.name)
    ]
    return replace(identite, **{name: getattr(before, name) for name in silent})


def person_key(identite: Identite) -> str:
    """What tells a person from the others of her dossier; empty when she has no name."""
    named = folded(f"{identite.nom_usage or identite.nom_naissance} {identite.prenom}")
    return f"{named} {identite.naissance}" if named else ""


def drained(steps: Etapes[T], progress: Callable[[int, int], None] | None) -> T:
    """Take all the steps at once."""
    while True:
        try:
            done, total = next(steps)
        except StopIteration as ended:
            return cast(T, ended.value)
        if progress is not None:
            progress(done, total)


def _when(line: LigneTraduite) -> tuple[date, int]:
    assert line.draft is not None
    assert line.draft.date is not None
    return line.draft.date, line.numero
