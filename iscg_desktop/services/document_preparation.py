"""A document filled with what the coffre knows, and what may be added to it one by one: nothing here is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from iscg_desktop.domain.dates import format_date
from iscg_desktop.domain.document import Concerne, DocumentContent, Fait, Responsable
from iscg_desktop.domain.dossier import Dossier
from iscg_desktop.domain.entretien import Entretien
from iscg_desktop.domain.fiche_sections import Destinataire
from iscg_desktop.domain.mentions import PROTECTION_ENFANCE, TypeDocument
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.personne import Identite
from iscg_desktop.reference.notes_langues import FRANCAIS
from iscg_desktop.services.conservation import durees
from iscg_desktop.services.fiche_preparation import destinataire_of, emetteur_of
from iscg_desktop.services.notes_langues import NotesLanguesService
from iscg_desktop.services.session import Session

_MAJORITE = 18
_CHILD = {"femme": "fille", "homme": "garçon"}
_PARTNERS = {TypeDocument.INFORMATION_PREOCCUPANTE: "crip", TypeDocument.SIGNALEMENT: "parquet"}


@dataclass(frozen=True, slots=True)
class Offres:
    """What of the dossier may be added to a document, each by her choice; working notes never.

    Attributes:
        concernes: Its children, or its adults for a signalement about one.
        responsables: Its adults, whatever their statut: a document about a child names its parents.
        faits: The transmissible elements of its entretiens, oldest first.
        langues: Of a note: code and name of each language, and whether it is still to be read again.
    """

    concernes: tuple[Concerne, ...] = ()
    responsables: tuple[Responsable, ...] = ()
    faits: tuple[Fait, ...] = ()
    langues: tuple[tuple[str, str, bool], ...] = ()


class DocumentPreparation:
    """Fills documents from the coffre."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def content(self, dossier_id: int, document: TypeDocument, personne_id: int | None) -> DocumentContent:
        """A document for a dossier, or for one of its persons.

        Raises:
            UserError: ``fiche_sans_identite`` when the coffre does not know its owner.
        """
        dossier = self._session.read.dossiers.get(dossier_id)
        content = DocumentContent(
            document=document,
            etablie_le=self._today,
            emetteur=emetteur_of(self._session, self._last_entretien(dossier)),
            mineurs=dossier.regime == PROTECTION_ENFANCE,
            mise_en_page=self._session.mise_en_page,
        )
        if document is TypeDocument.NOTE_INFORMATION:
            return self._note(content, dossier, personne_id).whole()
        content = replace(
            content,
            destinataire=self._destinataire(document),
            concernes=self._concernes(dossier, personne_id, mineurs=content.mineurs),
            connaissance=self._connaissance(dossier_id),
        ).whole()
        # A choice of one is no choice.
        only = content.fondements if len(content.fondements) == 1 else (None,)
        return replace(content, base=only[0])

    def offres(self, dossier_id: int, document: TypeDocument) -> Offres:
        """What may be added to a document of a dossier; of a note, its languages."""
        if document is TypeDocument.NOTE_INFORMATION:
            notes = NotesLanguesService(self._session)
            return Offres(
                langues=tuple(
                    (each.code, each.langue, notes.to_read_again(each.code)) for each in notes.notes()
                )
            )
        dossier = self._session.read.dossiers.get(dossier_id)
        mineurs = dossier.regime == PROTECTION_ENFANCE
        people = [each.personne.identite for each in dossier.personnes]
        return Offres(
            concernes=tuple(self._concerne(each) for each in people if self._minor(each) == mineurs),
            responsables=tuple(
                self._responsable(each) for each in people if mineurs and not self._minor(each)
            ),
            faits=tuple(
                Fait(quand=format_date(event.date), texte=event.detail)
                for event in reversed(dossier.evenements)
                if event.kind == "entretien" and event.detail.strip()
            ),
        )

    @property
    def _today(self) -> date:
        return self._session.clock.today()

    def _last_entretien(self, dossier: Dossier) -> Entretien | None:
        last = next((event.id for event in dossier.evenements if event.kind == "entretien"), None)
        return None if last is None else self._session.read.entretiens.get(last)

    def _note(self, content: DocumentContent, dossier: Dossier, personne_id: int | None) -> DocumentContent:
        found = [each.personne.identite for each in dossier.personnes if each.personne.id == personne_id]
        # Where no message may be left, a sheet with her name at home may tell too much.
        named = found and not found[0].sans_message and (found[0].nom or found[0].prenom)
        return replace(
            content,
            personne=f"{found[0].prenom} {found[0].nom}".strip() if named else "",
            duree_mois=durees(self._session).of(dossier.regime),
            dpo=self._session.dpo,
            langue=FRANCAIS,
        )

    def _destinataire(self, document: TypeDocument) -> Destinataire:
        kind = _PARTNERS[document]
        partners = self._session.read.partenaires.all(self._today)
        return destinataire_of(next((each for each in partners if each.type == kind), None))

    def _concernes(self, dossier: Dossier, personne_id: int | None, *, mineurs: bool) -> tuple[Concerne, ...]:
        """The children of the dossier; the person it is prepared for, of a dossier about adults."""
        return tuple(
            self._concerne(each.personne.identite)
            for each in dossier.personnes
            if (self._minor(each.personne.identite) if mineurs else each.personne.id == personne_id)
        )

    def _connaissance(self, dossier_id: int) -> str:
        saisines = self._session.read.saisines.of_dossier(dossier_id)
        if not saisines or saisines[0].origine == NON_RENSEIGNE:
            return ""
        origin = self._session.nomenclatures.libelle("origine", saisines[0].origine)
        return f"Saisine du {format_date(saisines[0].date)} ({origin})."

    def _concerne(self, identite: Identite) -> Concerne:
        place = " ".join(part for part in (identite.adresse, self._session.commune(identite.commune)) if part)
        return Concerne(
            prenom=identite.prenom,
            nom=identite.nom_naissance or identite.nom or identite.description,
            naissance=self._birth(identite),
            sexe=self._sexe(identite),
            adresse=place,
        )

    @staticmethod
    def _responsable(identite: Identite) -> Responsable:
        # No telephone: the safe one is safe for her services only, and nobody said so of the other.
        return Responsable(prenom=identite.prenom, nom=identite.nom or identite.description)

    def _sexe(self, identite: Identite) -> str:
        if identite.sexe == NON_RENSEIGNE:
            return ""
        if self._minor(identite) and identite.sexe in _CHILD:
            return _CHILD[identite.sexe]
        return self._session.nomenclatures.libelle("sexe", identite.sexe).lower()

    def _birth(self, identite: Identite) -> str:
        age, source = identite.age(self._today)
        if age is None:
            return ""
        years = f"{age}\u00a0{'an' if age < 2 else 'ans'}"
        birth = identite.naissance
        if source == "date" and birth is not None and birth.date is not None:
            return f"{birth.date:%d/%m/%Y} ({years})"
        return f"environ {years}"

    def _minor(self, identite: Identite) -> bool:
        age, _ = identite.age(self._today)
        return age is not None and age < _MAJORITE
