"""Recording an entretien: the persons, their accueils, the orientations, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from iscg_desktop.domain.dossier import format_numero
from iscg_desktop.domain.entretien import REALISE, Entretien, EntretienDraft, PersonneDraft
from iscg_desktop.domain.lien import statuts_opposes
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.orientation import check_open
from iscg_desktop.domain.personne import Identite, Personne, Profil, identite_choisie
from iscg_desktop.errors import BugError, InvalidInput, Problem, UserError
from iscg_desktop.services.changes import Changes, changes
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


class EntretiensService:
    """Use cases around the entretien."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def record(self, draft: EntretienDraft, brouillon: str | None = None) -> Recorded:
        """Keep an entretien for good, and forget its draft.

        Args:
            draft: The entretien as typed; ``dossier_id`` None opens a dossier.
            brouillon: Name of the draft it was typed in.

        Raises:
            InvalidInput: With every problem; nothing is changed then.
        """
        today = self._session.clock.today()
        draft = replace(draft, personnes=tuple(self._current(person) for person in draft.personnes))
        problems = draft.check(today) + self._unknown_codes(draft) + self._opposed_statuts(draft)
        if problems:
            raise InvalidInput(problems)
        with self._session.transaction() as tx:
            recorded = _Recording(self._session, tx, draft).run()
            if brouillon is not None:
                tx.drafts.drop(brouillon)
            tx.commit()
        return recorded

    def get(self, entretien_id: int) -> Entretien:
        """One recorded entretien."""
        return self._session.read.entretiens.get(entretien_id)

    def last_profil(self, personne_id: int) -> Profil | None:
        """Facts noted at her last entretien, to be confirmed."""
        return self._session.read.personnes.last_profil(personne_id)

    def personne(self, personne_id: int) -> Personne:
        """One person, as she is known now."""
        return self._session.read.personnes.get(personne_id)

    def known_as(self, personne_id: int, typed: PersonneDraft) -> PersonneDraft:
        """A line typed for somebody the coffre turns out to know: her identity, facts of her last entretien.

        What was typed and was not known is kept; her statut is that of this dossier, so it is left to be said.
        """
        known = self.personne(self._session.read.fusions.current(personne_id))
        profil = self.last_profil(known.id) or Profil()
        return replace(
            typed,
            personne_id=known.id,
            identite=identite_choisie(known.identite, typed.identite, ()),
            profil=replace(profil, statut=typed.profil.statut),
        )

    def persons_of(self, dossier_id: int) -> tuple[PersonneDraft, ...]:
        """The persons of a dossier as lines of a new entretien, facts prefilled from the last one.

        Who was met before is proposed as present; the facts are to be confirmed.
        """
        lines = []
        for personne, statut, accueillie in self._session.read.personnes.of_dossier(dossier_id):
            profil = self.last_profil(personne.id) or Profil()
            lines.append(
                PersonneDraft(
                    personne.id, personne.identite, replace(profil, statut=statut), presente=accueillie
                )
            )
        return tuple(lines)

    def _unknown_codes(self, draft: EntretienDraft) -> tuple[Problem, ...]:
        """Communes that do not exist, structures already closed; codes of lists come from the lists themselves."""
        problems: list[Problem] = []
        for rank, person in enumerate(draft.personnes):
            commune = person.identite.commune
            if commune and self._session.territories.commune(commune) is None:
                problems.append(Problem(f"personnes.{rank}.commune", "commune_inconnue"))
        for rank, orientation in enumerate(draft.orientations):
            if orientation.partenaire_id is not None and draft.date is not None:
                partenaire = self._session.read.partenaires.get(orientation.partenaire_id)
                problems += check_open(partenaire, draft.date, f"orientations.{rank}.")
        return tuple(problems)

    def _current(self, person: PersonneDraft) -> PersonneDraft:
        """The line as she is known now: she may have been merged into another while the draft waited."""
        if person.personne_id is None:
            return person
        current = self._session.read.fusions.current(person.personne_id)
        if current == person.personne_id:
            return person
        kept = self._session.read.personnes.get(current).identite
        return replace(person, personne_id=current, identite=identite_choisie(person.identite, kept, ()))

    def _opposed_statuts(self, draft: EntretienDraft) -> tuple[Problem, ...]:
        """Victime here, mis en cause there, in one dossier: it happens, and is asked twice."""
        if draft.dossier_id is None:
            return ()
        known = {
            personne.id: statut
            for personne, statut, _ in self._session.read.personnes.of_dossier(draft.dossier_id)
        }
        return tuple(
            Problem(f"personnes.{rank}.statut", "statut_oppose")
            for rank, person in enumerate(draft.personnes)
            if not person.statut_confirme
            and person.personne_id in known
            and statuts_opposes(known[person.personne_id], person.profil.statut)
        )


class _Recording:
    """The steps of one recording, within its transaction."""

    def __init__(self, session: Session, tx: Transaction, draft: EntretienDraft) -> None:
        if draft.date is None:
            raise BugError("an entretien is recorded only once checked")
        self._session = session
        self._tx = tx
        self._draft = draft
        self._day: date = draft.date
        self._quarter = session.quarter_for(tx, draft.date).code

    def run(self) -> Recorded:
        tx, draft, now = self._tx, self._draft, self._session.clock.now()
        dossier_id = draft.dossier_id if draft.dossier_id is not None else self._open_dossier()
        entretien_id = tx.entretiens.add(draft, dossier_id, self._quarter, now)
        personne_ids = tuple(
            self._add_person(dossier_id, entretien_id, rank, line)
            for rank, line in enumerate(draft.personnes)
        )
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
        # Who comes back is not sent away: the dossier opens again by itself, and its page says so.
        if tx.clotures.reopen_by_contact(dossier_id, self._day, _REOUVERTURE):
            tx.journal.append("reouverture", "dossier", tx.dossiers.get(dossier_id).numero, now)
        for concerned in {d for person in personne_ids for d in tx.personnes.dossiers_of(person)}:
            tx.dossiers.index(concerned)
        numero = tx.dossiers.get(dossier_id).numero
        tx.journal.append("creation", "entretien", f"{numero}/{entretien_id}", now)
        return Recorded(
            changes(
                "entretiens",
                "dossiers",
                "personnes",
                "saisines",
                "orientations",
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
        profil = _as_of(line.profil, identite, self._day)
        tx.personnes.join(dossier_id, personne_id, profil.statut)
        tx.entretiens.add_person(
            entretien_id, personne_id, rank, presente=line.presente, accord=line.accord, profil=profil
        )
        met = line.presente and self._draft.issue == REALISE
        if (met or line.accueillie) and not tx.accueils.exists(dossier_id, personne_id):
            tx.accueils.add(
                dossier_id=dossier_id,
                personne_id=personne_id,
                automatique=met,
                day=self._day,
                trimestre=self._quarter,
                origine=tx.dossiers.origine(dossier_id) or NON_RENSEIGNE,
                profil=profil,
                draft=self._draft,
            )
            assert self._draft.problematique_principale is not None
            tx.dossiers.count_from(dossier_id, self._quarter, self._draft.problematique_principale)
        return personne_id


def _as_of(profil: Profil, identite: Identite, day: date) -> Profil:
    """The facts frozen as of a day: age and sex are those of the identity."""
    age, source = identite.age(day)
    return replace(profil, sexe=identite.sexe, age=age, age_source=source, commune=identite.commune)
