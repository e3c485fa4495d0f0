"""Recording an entretien, reading it, amending it; who is counted by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from iscg_desktop.domain.entretien import Entretien, EntretienDraft, PersonneDraft, PersonnePresente
from iscg_desktop.domain.entretien_versions import COUNTED, Version, participation
from iscg_desktop.domain.lien import statuts_opposes
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.orientation import OrientationDraft, check_open
from iscg_desktop.domain.personne import (
    CODED_FACTS,
    MULTIPLE_FACTS,
    Choix,
    Identite,
    Personne,
    Profil,
    identite_choisie,
)
from iscg_desktop.domain.rapprochement import NEAR
from iscg_desktop.domain.recherche import phones
from iscg_desktop.errors import InvalidInput, Problem, UserError
from iscg_desktop.reference.prenoms import shipped_prenoms
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.corbeille import purge
from iscg_desktop.services.entretien_orientations import Fixed, check_corrected, fixed
from iscg_desktop.services.entretien_writing import Amending, Recorded, Recording
from iscg_desktop.services.rapprochement import compare
from iscg_desktop.services.session import Session


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
            recorded = Recording(self._session, tx, draft).run()
            purge(self._session, tx)
            if brouillon is not None:
                tx.drafts.drop(brouillon)
            tx.commit()
        return recorded

    def amend(self, entretien_id: int, draft: EntretienDraft, brouillon: str | None = None) -> Recorded:
        """Correct a recorded entretien; what it said before is kept, and the figures of an open quarter follow.

        Args:
            entretien_id: The entretien.
            draft: What it is to say, whole; an orientation it made and that is left out is withdrawn.
            brouillon: Name of the draft it was typed in.

        Raises:
            InvalidInput: With every problem; what counts in a quarter already arrêté is one.
            UserError: ``entretien_a_la_corbeille``; those of ``check_corrected``.
        """
        current = self.get(entretien_id)
        if current.mis_a_la_corbeille_le is not None or current.trimestre is None:
            raise UserError("entretien_a_la_corbeille")
        draft = replace(draft, personnes=tuple(self._current(person) for person in draft.personnes))
        frozen = not self._session.is_open(self._session.read, current.trimestre)
        problems = draft.check(self._session.clock.today()) + self._unknown_codes(draft, current)
        problems += self._opposed_statuts(draft, current) + check_corrected(self._session, current, draft)
        if problems or (frozen and (problems := counted_changes(current, draft))):
            raise InvalidInput(problems)
        with self._session.transaction() as tx:
            recorded = Amending(self._session, tx, draft, current, frozen=frozen).run()
            if brouillon is not None:
                tx.drafts.drop(brouillon)
            tx.commit()
        return recorded

    def is_frozen(self, entretien_id: int) -> bool:
        """Whether what a bilan counts of it may no longer change: its quarter is arrêté."""
        trimestre = self.get(entretien_id).trimestre
        return trimestre is not None and not self._session.is_open(self._session.read, trimestre)

    def draft_of(self, entretien_id: int) -> EntretienDraft:
        """A recorded entretien as its form shows it, to be amended; the persons as they are known now."""
        entretien = self.get(entretien_id)
        return EntretienDraft(
            dossier_id=entretien.dossier_id,
            date=entretien.date,
            heure=entretien.heure,
            duree=entretien.duree,
            mode=entretien.mode,
            issue=entretien.issue,
            lieu=entretien.lieu,
            unite_id=entretien.unite_id,
            partenaire_id=entretien.partenaire_id,
            problematique_principale=entretien.problematique_principale,
            problematiques=entretien.problematiques,
            demandes=entretien.demandes,
            reponses=entretien.reponses,
            personnes=tuple(self._line_of(line) for line in entretien.personnes),
            orientations=self._orientations_of(entretien),
            elements_transmissibles=entretien.elements_transmissibles,
            notes_de_travail=entretien.notes_de_travail,
        )

    def _orientations_of(self, entretien: Entretien) -> tuple[OrientationDraft, ...]:
        ranks = {line.personne_id: rank for rank, line in enumerate(entretien.personnes)}
        return tuple(
            OrientationDraft(
                ranks[each.personne_id], each.type, each.partenaire_id, each.accord, each.motif, each.id
            )
            for each in entretien.own_orientations
        )

    def fixed_of(self, entretien_id: int) -> dict[int, Fixed]:
        """What may not change any more of each orientation it made, by id."""
        session = self._session
        return {
            each.id: fixed(session, session.read, session.read.orientations.get(each.id))
            for each in self.get(entretien_id).own_orientations
        }

    def versions(self, entretien_id: int) -> tuple[Version, ...]:
        """What it said before each correction, the oldest first."""
        return self._session.read.entretiens.versions(entretien_id)

    def open(self, entretien_id: int) -> Entretien:
        """Read one entretien on a page of its own; the reading goes to the journal."""
        entretien = self.get(entretien_id)
        numero = self._session.read.dossiers.numero(entretien.dossier_id)
        self._session.note("lecture", "entretien", f"{numero}/{entretien_id}")
        return entretien

    def counted_by_hand(self, dossier_id: int) -> frozenset[int]:
        """Ids of the persons of a dossier who count without having been met, as they are known now."""
        return self._session.read.accueils.by_hand(dossier_id)

    def mark_accueillie(self, dossier_id: int, personne_id: int, accueillie: bool) -> Changes:
        """Count a person helped without being met, a child or a relative, or count her so no more.

        It corrects the last entretien of the dossier in which she figures, or each that says so.

        Raises:
            UserError: ``accueil_sans_entretien``; ``accueil_trimestre_arrete``, then nothing is changed.
        """
        ids = self._session.read.entretiens.of_person(dossier_id, personne_id)
        wanted = [self.get(each) for each in (ids[-1:] if accueillie else ids)]
        if not wanted:
            raise UserError("accueil_sans_entretien")
        touched = [e for e in wanted if self._line(e, personne_id).accueillie != accueillie]
        if any(self.is_frozen(entretien.id) for entretien in touched):
            raise UserError("accueil_trimestre_arrete")
        done = Changes(frozenset())
        for entretien in touched:
            draft = self.draft_of(entretien.id)
            lines = tuple(
                replace(line, accueillie=accueillie, presente=line.presente and not accueillie)
                if line.personne_id == personne_id
                else line
                for line in draft.personnes
            )
            done = self.amend(entretien.id, replace(draft, personnes=lines)).changes
        return done

    @staticmethod
    def _line(entretien: Entretien, personne_id: int) -> PersonnePresente:
        return next(line for line in entretien.personnes if line.personne_id == personne_id)

    def _line_of(self, line: PersonnePresente) -> PersonneDraft:
        identite = self.personne(line.personne_id).identite
        return PersonneDraft(
            line.personne_id,
            identite,
            line.profil,
            line.presente,
            line.accueillie,
            line.accord,
            reprises=line.reprises,
        )

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

        What was typed and was not known is kept, and how she is reached as she says it today; her statut is that of
        this dossier, so it is left to be said.
        """
        known = self.known(
            self.personne(self._session.read.fusions.current(personne_id)), typed.profil.statut
        )
        said = _without_near_names(typed.identite, known.identite)
        newest: dict[str, Choix] = dict.fromkeys(_told_today(said, known.identite), "absorbee")
        return replace(
            typed,
            personne_id=known.personne_id,
            identite=identite_choisie(known.identite, said, newest),
            profil=known.profil,
            reprises=known.reprises,
        )

    def replaced_by(self, line: PersonneDraft) -> dict[str, str]:
        """How she was reached until now, by field, where her line says something else today."""
        assert line.personne_id is not None
        known = self.personne(line.personne_id).identite
        return {
            name: getattr(known, name) for name in _told_today(line.identite, known) if getattr(known, name)
        }

    def persons_of(self, dossier_id: int) -> tuple[PersonneDraft, ...]:
        """The persons of a dossier as lines of a new entretien, facts prefilled from the last one.

        Who was met before is proposed as present; the facts are to be confirmed.
        """
        return tuple(
            replace(self.known(personne, statut), presente=accueillie)
            for personne, statut, accueillie in self._session.read.personnes.of_dossier(dossier_id)
        )

    def known(self, personne: Personne, statut: str = NON_RENSEIGNE) -> PersonneDraft:
        """A person of the coffre as a line of a new entretien: each fact with the day it comes from."""
        last = self._session.read.personnes.last_facts(personne.id)
        if last is None:
            return PersonneDraft(personne.id, personne.identite, Profil(statut=statut))
        profil, day, older = last
        reprises = tuple((name, older.get(name, day)) for name in _REPRISES if name not in _unknown(profil))
        return PersonneDraft(
            personne.id, personne.identite, replace(profil, statut=statut), reprises=reprises
        )

    def _unknown_codes(self, draft: EntretienDraft, current: Entretien | None = None) -> tuple[Problem, ...]:
        """Communes that do not exist, structures already closed; codes of lists come from the lists themselves."""
        problems: list[Problem] = []
        for rank, person in enumerate(draft.personnes):
            commune = person.identite.commune
            if commune and self._session.territories.commune(commune) is None:
                problems.append(Problem(f"personnes.{rank}.commune", "commune_inconnue"))
        # A structure closed since, or closed with a date of before, stays what she was oriented to.
        made = {(o.id, o.partenaire_id) for o in current.orientations} if current else set()
        same_day = current is not None and current.date == draft.date
        for rank, orientation in enumerate(draft.orientations):
            if same_day and (orientation.id, orientation.partenaire_id) in made:
                continue
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
        return replace(person, personne_id=current, identite=identite_choisie(person.identite, kept, {}))

    def _opposed_statuts(
        self, draft: EntretienDraft, current: Entretien | None = None
    ) -> tuple[Problem, ...]:
        """Victime here, mis en cause there, in one dossier: it happens, and is asked twice.

        What ``current`` says already was asked when it was recorded.
        """
        if draft.dossier_id is None:
            return ()
        said = {line.personne_id: line.profil.statut for line in current.personnes} if current else {}
        known = {
            personne.id: statut
            for personne, statut, _ in self._session.read.personnes.of_dossier(draft.dossier_id)
        }
        return tuple(
            Problem(f"personnes.{rank}.statut", "statut_oppose")
            for rank, person in enumerate(draft.personnes)
            if not person.statut_confirme
            and person.personne_id in known
            and said.get(person.personne_id) != person.profil.statut
            and statuts_opposes(known[person.personne_id], person.profil.statut)
        )


# Facts noted again at each entretien; sex is of the identity, the statut of the dossier.
_REPRISES = tuple(n for n in (*CODED_FACTS, *MULTIPLE_FACTS) if n not in ("sexe", "statut"))


def _unknown(profil: Profil) -> frozenset[str]:
    return frozenset(profil.missing)


def counted_changes(current: Entretien, draft: EntretienDraft) -> tuple[Problem, ...]:
    """What a draft would change of what a bilan counts, field by field."""
    fields = [
        name for name in COUNTED if _comparable(getattr(current, name)) != _comparable(getattr(draft, name))
    ]
    before = {line.personne_id: line for line in current.personnes}
    if {line.personne_id for line in draft.personnes} != set(before):
        fields.append("personnes")
    for rank, line in enumerate(draft.personnes):
        if (old := before.get(line.personne_id or 0)) is None:
            continue
        if participation(old) != participation(line):
            fields.append(f"personnes.{rank}.participation")
        fields += [
            f"personnes.{rank}.{name}"
            for name in ("statut", *_REPRISES)
            if _comparable(getattr(old.profil, name)) != _comparable(getattr(line.profil, name))
        ]
    return tuple(Problem(name, "entretien_trimestre_arrete") for name in fields)


def _comparable(value: object) -> object:
    """Several answers in any order are the same answers."""
    return frozenset(value) if isinstance(value, tuple) else value


_COORDONNEES = (
    "adresse", "commune", "telephone", "courriel", "contact_sur", "contact_sur_horaires", "vit_avec",
)  # fmt: skip


def _told_today(typed: Identite, known: Identite) -> Iterator[str]:
    """Names of the fields that say how she is reached, in which something else was typed than what is known."""
    for name in _COORDONNEES:
        today, before = getattr(typed, name), getattr(known, name)
        same_number = phones(str(today)) == phones(str(before)) != ()
        if today and today != before and not same_number:
            yield name


def _without_near_names(typed: Identite, known: Identite) -> Identite:
    """What was typed, but the family names that are those known already, in another field or another writing."""
    if compare(typed, known, shipped_prenoms()).nom in NEAR:
        return replace(typed, nom_usage="", nom_naissance="")
    return typed
