"""The steps that write an entretien: a recording, a correction; each within the transaction of its use case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from iscg_desktop.domain.dossier import format_numero
from iscg_desktop.domain.entretien import REALISE, Entretien, EntretienDraft, PersonneDraft
from iscg_desktop.domain.entretien_versions import encode
from iscg_desktop.domain.personne import Identite, Profil
from iscg_desktop.errors import BugError, UserError
from iscg_desktop.services.accueils import settle_accueils
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.entretien_orientations import OrientationsAmending
from iscg_desktop.services.personnes import dated
from iscg_desktop.services.session import Session
from iscg_desktop.storage.transaction import Transaction

_REOUVERTURE = "Nouvel entretien"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording an entretien made."""

    changes: Changes
    dossier_id: int
    numero: str
    entretien_id: int
    personne_ids: tuple[int, ...]
    orientation_ids: tuple[int, ...]


class Recording:
    """The steps of one recording, within its transaction."""

    def __init__(self, session: Session, tx: Transaction, draft: EntretienDraft) -> None:
        if draft.date is None:
            raise BugError("an entretien is recorded only once checked")
        self._session = session
        self._tx = tx
        self._draft = draft
        self._day: date = draft.date
        self._quarter = session.quarter_for(tx, draft.date).code

    def run(self, *, index: bool = True) -> Recorded:
        """Write it all; whoever records many brings the search index up to date in the end."""
        tx, draft, now = self._tx, self._draft, self._session.clock.now()
        dossier_id = draft.dossier_id if draft.dossier_id is not None else self._open_dossier()
        entretien_id = tx.entretiens.add(draft, dossier_id, self._quarter, now)
        personne_ids = tuple(
            self._add_person(dossier_id, entretien_id, rank, line)
            for rank, line in enumerate(draft.personnes)
        )
        settle_accueils(self._session, tx, tx.entretiens.get(entretien_id), personne_ids)
        orientation_ids = tuple(
            tx.orientations.add(
                orientation,
                dossier_id=dossier_id,
                personne_id=personne_ids[orientation.personne],
                entretien_id=entretien_id,
                day=self._day,
                trimestre=self._quarter,
            )
            for orientation in draft.orientations
        )
        tx.dossiers.touch(dossier_id, self._day)
        if draft.issue == REALISE:
            tx.agenda.honour(self._day, dossier_id, draft.saisine_id)
        # Who comes back is not sent away: the dossier opens again by itself, and its page says so.
        if tx.clotures.reopen_by_contact(dossier_id, self._day, _REOUVERTURE):
            tx.journal.append("reouverture", "dossier", tx.dossiers.numero(dossier_id), now)
        if index:
            concerned = {d for person in personne_ids for d in tx.personnes.dossiers_of(person)}
            self._session.indexation.later(tx, concerned)
        numero = tx.dossiers.numero(dossier_id)
        tx.journal.append("creation", "entretien", f"{numero}/{entretien_id}", now)
        return Recorded(
            changes(
                "entretiens",
                "dossiers",
                "personnes",
                "saisines",
                "orientations",
                "agenda",
                "brouillons",
                dossier_id=dossier_id,
            ),
            dossier_id,
            numero,
            entretien_id,
            personne_ids,
            orientation_ids,
        )

    def _open_dossier(self) -> int:
        tx, draft = self._tx, self._draft
        numero = format_numero(self._day.year, tx.settings.next_number("dossier", self._day.year))
        dossier_id = tx.dossiers.add(numero, self._day, draft.regime, draft.unite_id)
        if draft.saisine_id is not None:
            if not tx.saisines.open_dossier(draft.saisine_id, dossier_id):
                raise UserError("saisine_deja_ouverte")
        elif draft.saisine is not None and draft.saisine.date is not None:
            quarter = self._session.quarter_for(tx, draft.saisine.date).code
            tx.saisines.add(draft.saisine, quarter, dossier_id)
        tx.journal.append("creation", "dossier", numero, self._session.clock.now())
        return dossier_id

    def _add_person(self, dossier_id: int, entretien_id: int, rank: int, line: PersonneDraft) -> int:
        tx = self._tx
        identite = dated(line.identite, self._day)
        if line.personne_id is None:
            personne_id = tx.personnes.add(identite)
        else:
            personne_id = line.personne_id
            tx.personnes.change(personne_id, identite)
        profil = as_of(line.profil, identite, self._day)
        tx.personnes.join(dossier_id, personne_id, profil.statut)
        tx.entretiens.add_person(entretien_id, personne_id, rank, line, profil)
        return personne_id


class Amending:
    """The steps of one correction, within its transaction.

    Args:
        session: The open coffre.
        tx: The transaction.
        draft: What the entretien is to say, checked.
        current: What it says.
        frozen: Its quarter is arrêté: what counts stays as it is, and was checked to.
    """

    def __init__(
        self, session: Session, tx: Transaction, draft: EntretienDraft, current: Entretien, *, frozen: bool
    ) -> None:
        assert draft.date is not None
        self._session, self._tx, self._draft, self._current = session, tx, draft, current
        self._day = draft.date
        self._frozen = frozen
        self._old = {line.personne_id: line for line in current.personnes}

    def run(self) -> Recorded:
        """Write it all; what it said before is kept if anything changed."""
        tx, draft, current, session = self._tx, self._draft, self._current, self._session
        now = session.clock.now()
        quarter = session.quarter_for(tx, self._day).code
        made_for = tx.accueils.made_by(current.id)
        tx.entretiens.amend(current.id, draft, None if self._frozen else quarter)
        personne_ids = tuple(self._amend_person(rank, line) for rank, line in enumerate(draft.personnes))
        settle_accueils(session, tx, tx.entretiens.get(current.id), (*made_for, *personne_ids))
        orientation_ids = OrientationsAmending(session, tx, current, draft, personne_ids).run()
        keep_version(tx, current, now)
        tx.dossiers.touch(current.dossier_id, self._day)
        people = {*personne_ids, *self._old}
        for concerned in {current.dossier_id, *(d for p in people for d in tx.personnes.dossiers_of(p))}:
            tx.dossiers.index(concerned)
        numero = tx.dossiers.numero(current.dossier_id)
        tx.journal.append("modification", "entretien", f"{numero}/{current.id}", now)
        return Recorded(
            changes(
                "entretiens", "dossiers", "personnes", "orientations", "brouillons",
                dossier_id=current.dossier_id,
            ),
            current.dossier_id,
            numero,
            current.id,
            personne_ids,
            orientation_ids,
        )  # fmt: skip

    def _amend_person(self, rank: int, line: PersonneDraft) -> int:
        tx, current = self._tx, self._current
        identite = dated(line.identite, self._day)
        if line.personne_id is None:
            personne_id = tx.personnes.add(identite)
        else:
            personne_id = line.personne_id
            tx.personnes.change(personne_id, identite)
        profil = self._old[personne_id].profil if self._frozen else as_of(line.profil, identite, self._day)
        tx.entretiens.add_person(current.id, personne_id, rank, line, profil)
        if tx.entretiens.of_person(current.dossier_id, personne_id)[-1] == current.id:
            tx.personnes.join(current.dossier_id, personne_id, profil.statut)  # her last entretien there
        return personne_id


def keep_version(tx: Transaction, before: Entretien, now: datetime) -> None:
    """Keep what an entretien said before a correction, if that one changed anything."""
    if encode(tx.entretiens.get(before.id)) != encode(before):
        tx.entretiens.keep_version(before.id, encode(before), now)


def as_of(profil: Profil, identite: Identite, day: date) -> Profil:
    """The facts frozen as of a day: age and sex are those of the identity."""
    age, source = identite.age(day)
    return replace(profil, sexe=identite.sexe, age=age, age_source=source, commune=identite.commune)
