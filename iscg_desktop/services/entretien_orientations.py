"""The orientations of an entretien that is corrected: what may change of them, and their writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.entretien import Entretien, EntretienDraft
from iscg_desktop.domain.orientation import ON_THE_FICHE, ONCE_COUNTED, Orientation, OrientationDraft
from iscg_desktop.domain.period import parse_period
from iscg_desktop.errors import Problem, UserError
from iscg_desktop.services.session import Session
from iscg_desktop.storage.transaction import Repositories, Transaction


@dataclass(frozen=True, slots=True)
class Fixed:
    """What a form may not change of a recorded orientation.

    Attributes:
        names: Names of the answers that stand still.
        fiche: Number of the fiche that carries it, if any.
        trimestre: Code of the quarter already arrêté that counts it, if any.
        removable: Whether it may be withdrawn.
    """

    names: frozenset[str]
    fiche: str | None
    trimestre: str | None
    removable: bool


def fixed(session: Session, read: Repositories, orientation: Orientation) -> Fixed:
    """What may not change of an orientation any more."""
    # One that lies in the corbeille has no quarter, and is not corrected.
    counted = bool(orientation.trimestre) and not session.is_open(read, orientation.trimestre)
    names = ONCE_COUNTED if counted else frozenset[str]()
    if orientation.fiche_numero is not None:
        names |= ON_THE_FICHE
    return Fixed(
        names,
        orientation.fiche_numero,
        orientation.trimestre if counted else None,
        orientation.may_go(counted=counted),
    )


def check_corrected(session: Session, current: Entretien, draft: EntretienDraft) -> tuple[Problem, ...]:
    """What a correction may not make of the orientations of an entretien.

    Raises:
        UserError: ``orientation_ne_part_plus``: one of those left out is counted, carried or followed;
            ``orientation_disparue``: one that the draft corrects is no more.
    """
    read = session.read
    mine = {each.id: read.orientations.get(each.id) for each in current.own_orientations}
    kept = [each.id for each in draft.orientations if each.id is not None]
    if not set(kept) <= set(mine) or len(set(kept)) < len(kept):
        raise UserError("orientation_disparue")
    if any(not fixed(session, read, mine[each]).removable for each in set(mine) - set(kept)):
        raise UserError("orientation_ne_part_plus")
    problems: list[Problem] = []
    for rank, said in enumerate(draft.orientations):
        if said.id is not None:
            problems += _check_one(session, current, draft, mine[said.id], rank)
    return tuple(problems)


def _check_one(
    session: Session, current: Entretien, draft: EntretienDraft, before: Orientation, rank: int
) -> list[Problem]:
    said, bound = draft.orientations[rank], fixed(session, session.read, before)
    persons = [line.personne_id for line in draft.personnes]
    person = persons[said.personne] if 0 <= said.personne < len(persons) else before.personne_id
    day = _day(before, current, draft, bound)
    changed = before.changes(said, person, before.date) & bound.names
    problems = [_refusal(name, f"orientations.{rank}.{name}", bound) for name in sorted(changed)]
    if day is not None and day != before.date:
        early = [suite.date for suite in session.read.orientations.suites(before.id) if suite.date < day]
        if early:
            problems.append(
                Problem("date", "entretien_apres_suite", {"date": format_date_courte(min(early))})
            )
    return problems


def _refusal(name: str, field: str, bound: Fixed) -> Problem:
    if bound.trimestre is not None:
        libelle = parse_period(bound.trimestre).libelle
        return Problem(field, "orientation_trimestre_arrete", {"trimestre": libelle})
    return Problem(field, "orientation_avec_fiche", {"numero": bound.fiche})


def _day(before: Orientation, current: Entretien, draft: EntretienDraft, bound: Fixed) -> date | None:
    """Its day once corrected: that of the entretien, unless it was given another or counts already."""
    follows = before.date == current.date and "date" not in bound.names
    return draft.date if follows else before.date


class OrientationsAmending:
    """The orientations of a correction, within its transaction; what is wrong was said by ``check_corrected``.

    Args:
        session: The open coffre.
        tx: The transaction.
        current: What the entretien said.
        draft: What it is to say.
        personne_ids: The persons of the draft, in its order.
    """

    def __init__(
        self,
        session: Session,
        tx: Transaction,
        current: Entretien,
        draft: EntretienDraft,
        personne_ids: tuple[int, ...],
    ) -> None:
        self._session, self._tx = session, tx
        self._current, self._draft, self._personne_ids = current, draft, personne_ids

    def run(self) -> tuple[int, ...]:
        """Withdraw, correct and add; the ids of those the entretien now makes, in the order of the draft."""
        kept = {each.id for each in self._draft.orientations}
        for gone in self._current.own_orientations:
            if gone.id not in kept:
                self._tx.orientations.delete(gone.id)
                self._tx.drafts.drop(f"orientation:{gone.id}")  # what was being amended of it is no more
        return tuple(self._write(each) for each in self._draft.orientations)

    def _write(self, said: OrientationDraft) -> int:
        tx, person = self._tx, self._personne_ids[said.personne]
        if said.id is None:
            assert self._draft.date is not None
            return tx.orientations.add(
                said,
                dossier_id=self._current.dossier_id,
                personne_id=person,
                entretien_id=self._current.id,
                day=self._draft.date,
                trimestre=self._session.quarter_for(tx, self._draft.date).code,
            )
        before = tx.orientations.get(said.id)
        day = _day(before, self._current, self._draft, fixed(self._session, tx, before))
        assert day is not None
        changed = before.changes(said, person, day)
        if changed == {"accord"}:
            tx.orientations.change_accord(said.id, said.accord)
        elif changed:
            quarter = self._session.quarter_for(tx, day).code
            tx.orientations.change(said.id, said, personne_id=person, day=day, trimestre=quarter)
        return said.id
