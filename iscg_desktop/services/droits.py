"""What a person asks about her data: the register with its month, and the copy of all that concerns her alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from iscg_desktop.documents.dossier_personne import render_dossier_personne
from iscg_desktop.domain.dossier_personne import DossierPersonne, TexteChoisi
from iscg_desktop.domain.droits import Demande, Droit, Reponse, check_demande, check_reponse
from iscg_desktop.domain.personne import Identite
from iscg_desktop.domain.recherche import read as read_query
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.exports import dossier_personne as fichier
from iscg_desktop.files import write_atomic
from iscg_desktop.reference.prenoms import shipped_prenoms
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.droits_copie import Copie
from iscg_desktop.services.personnes import ranked
from iscg_desktop.services.session import Session

_NAMESAKES = 8


@dataclass(frozen=True, slots=True)
class LigneDemande:
    """A request in the register.

    Attributes:
        nom: Who asked; "" once she was erased.
        jours: Days left to answer, negative when it is overdue; None once it was answered.
    """

    demande: Demande
    nom: str
    initiales: str
    jours: int | None


@dataclass(frozen=True, slots=True)
class EnVigueur:
    """A limitation or an opposition in force, and whose it is."""

    demande: Demande
    personne_id: int
    identite: Identite

    @property
    def depuis(self) -> date:
        """First day."""
        return self.demande.repondue_le or self.demande.recue_le


class DroitsService:
    """Use cases around the rights of persons."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def demandes(self) -> tuple[LigneDemande, ...]:
        """The register: what waits first."""
        read, today = self._session.read, self._session.clock.today()
        demandes = read.droits.all()
        people = read.personnes.some({each.personne_id for each in demandes if each.personne_id is not None})
        found = []
        for each in demandes:
            who = people.get(each.personne_id) if each.personne_id is not None else None
            found.append(
                LigneDemande(
                    each,
                    who.identite.nom_court if who else "",
                    who.identite.initiales if who else "–",
                    (each.terme - today).days if each.repondue_le is None else None,
                )
            )
        return tuple(found)

    def waiting(self) -> tuple[int, int]:
        """How many requests wait for their answer, and the days left to the most pressing one, negative when late."""
        waiting, today = self._session.read.droits.waiting(), self._session.clock.today()
        return len(waiting), min(((each.terme - today).days for each in waiting), default=0)

    def lasting(self, personne_id: int) -> tuple[EnVigueur, ...]:
        """Limitations and oppositions in force of a person."""
        current = self._session.read.fusions.current(personne_id)
        held = [each for each in self._session.read.droits.of_person(current) if each.holds()]
        return self._named([(current, each) for each in held])

    def lasting_in(self, dossier_id: int) -> tuple[EnVigueur, ...]:
        """Limitations and oppositions in force of the persons of a dossier."""
        found = self._session.read.droits.of_dossier(dossier_id)
        return self._named([(who, each) for who, each in found if each.holds()])

    def _named(self, held: list[tuple[int, Demande]]) -> tuple[EnVigueur, ...]:
        if not held:
            return ()
        people = self._session.read.personnes.some({who for who, _ in held})
        return tuple(EnVigueur(each, who, people[who].identite) for who, each in held)

    def noter(
        self, personne_id: int, droit: Droit | None, recue_le: date | None, note: str = ""
    ) -> tuple[int, Changes]:
        """Note a request; returns its id.

        Raises:
            InvalidInput: ``demande_sans_droit``, ``demande_sans_date``, ``date_future``, ``demande_note_longue``.
            UserError: ``personne_effacee``.
        """
        problems = check_demande(droit, recue_le, note, self._session.clock.today())
        if problems or droit is None or recue_le is None:
            raise InvalidInput(problems)
        with self._session.transaction() as tx:
            current = tx.fusions.current(personne_id)
            if not tx.personnes.some([current]):
                raise UserError("personne_effacee")
            demande_id = tx.droits.add(droit, recue_le, current, note)
            tx.journal.append("creation", "demande_droit", str(demande_id), self._session.clock.now())
            tx.commit()
        return demande_id, changes("droits")

    def repondre(self, demande_id: int, day: date | None, reponse: Reponse | None, note: str = "") -> Changes:
        """Note what was answered.

        Raises:
            InvalidInput: With every problem; a refusal, even in part, says why.
            UserError: ``demande_deja_repondue``.
        """
        demande = self._session.read.droits.get(demande_id)
        if demande.repondue_le is not None:
            raise UserError("demande_deja_repondue")
        problems = check_reponse(demande, day, reponse, note, self._session.clock.today())
        if problems or day is None or reponse is None:
            raise InvalidInput(problems)
        with self._session.transaction() as tx:
            tx.droits.answer(demande_id, day, reponse, note)
            tx.journal.append("modification", "demande_droit", str(demande_id), self._session.clock.now())
            tx.commit()
        return changes("droits", "personnes")

    def prolonger(self, demande_id: int) -> Changes:
        """Note that she was told the answer would take up to three months.

        Raises:
            UserError: ``demande_deja_repondue``, ``demande_hors_terme``: the month in which to tell her is over.
        """
        demande = self._session.read.droits.get(demande_id)
        if demande.repondue_le is not None:
            raise UserError("demande_deja_repondue")
        if demande.late(self._session.clock.today()):
            raise UserError("demande_hors_terme")
        with self._session.transaction() as tx:
            tx.droits.prolong(demande_id)
            tx.journal.append("modification", "demande_droit", str(demande_id), self._session.clock.now())
            tx.commit()
        return changes("droits")

    def lever(self, demande_id: int) -> Changes:
        """End a limitation or an opposition."""
        with self._session.transaction() as tx:
            tx.droits.lift(demande_id, self._session.clock.today())
            tx.journal.append("modification", "demande_droit", str(demande_id), self._session.clock.now())
            tx.commit()
        return changes("droits", "personnes")

    def homonymes(self, personne_id: int) -> tuple[Identite, ...]:
        """Others who could be taken for her: whoever asks proves who she is first."""
        current = self._session.read.fusions.current(personne_id)
        found = self._session.read.personnes.some([current])
        if not found:
            raise UserError("personne_effacee")
        who = found[current].identite
        asked = read_query(f"{who.prenom} {who.nom}", self._session.clock.today(), shipped_prenoms())
        others = [each.personne.id for each in ranked(self._session, asked, _NAMESAKES)]
        people = self._session.read.personnes.some(each for each in others if each != current)
        return tuple(people[each].identite for each in others if each in people)

    def textes(self, personne_id: int) -> tuple[TexteChoisi, ...]:
        """Texts of the entretiens in which she was, to be read and ticked one by one; the names of others are out."""
        return Copie(self._session, personne_id).textes()

    def copie(self, personne_id: int, choisis: Collection[tuple[int, str]] = ()) -> DossierPersonne:
        """All that concerns her alone.

        Args:
            personne_id: Who asks.
            choisis: Entretien and field of each text that was ticked.

        Raises:
            UserError: ``personne_effacee``; ``copie_jamais_recu``: a mis en cause of whom only others spoke.
        """
        return Copie(self._session, personne_id).content(choisis)

    def enregistrer(self, personne_id: int, choisis: Collection[tuple[int, str]], place: Path) -> None:
        """Write the copy where she chose: the PDF, and beside it the structured file of the same name.

        Raises:
            UserError: ``personne_effacee``, ``copie_jamais_recu``; the disk's refusals.
        """
        pdf, file = self.remettre(personne_id, choisis)
        write_atomic(place.with_suffix(".pdf"), pdf)
        write_atomic(place.with_suffix(".json"), file)

    def remettre(self, personne_id: int, choisis: Collection[tuple[int, str]] = ()) -> tuple[bytes, bytes]:
        """The copy as a PDF and as a structured file (JSON), in memory; the journal says that it was made.

        Raises:
            UserError: ``personne_effacee``, ``copie_jamais_recu``.
        """
        content = self.copie(personne_id, choisis)
        done = render_dossier_personne(content), fichier.render(content)
        with self._session.transaction() as tx:
            tx.journal.append("export", "copie_personne", str(personne_id), self._session.clock.now())
            tx.commit()
        return done
