"""Documents other than the fiche: prepared from a dossier, previewed in memory, issued for good, followed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from iscg_desktop.documents.blocs import without_glyph
from iscg_desktop.documents.document import TITLES, render_document
from iscg_desktop.domain.cloisonnement import Partie
from iscg_desktop.domain.document import DocumentContent, DocumentEtabli, NumeroDocument
from iscg_desktop.domain.document_cloisonnement import named_on_both_sides
from iscg_desktop.domain.document_controles import check_document, missing, procedure_words
from iscg_desktop.domain.fiche_cloisonnement import Voisin
from iscg_desktop.domain.fiche_controles import Manque
from iscg_desktop.domain.fiche_numero import Numero, normaliser_code
from iscg_desktop.domain.fiche_suivi import EtapeFiche
from iscg_desktop.domain.mentions import PROTECTION_ENFANCE, TypeDocument, offered
from iscg_desktop.errors import InvalidInput, Problem, UserError
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.document_preparation import DocumentPreparation, Offres
from iscg_desktop.services.notes_langues import NotesLanguesService
from iscg_desktop.services.pdf_files import write_pdf
from iscg_desktop.services.session import Session

Etape = Literal["imprimee", "enregistree", "remise"]


@dataclass(frozen=True, slots=True)
class DocumentIssued:
    """A document just issued."""

    changes: Changes
    document_id: int
    numero: str


class DocumentsService:
    """Use cases around the information préoccupante, the signalement and the note to a person."""

    titles = TITLES
    procedure_words = staticmethod(procedure_words)

    def __init__(self, session: Session) -> None:
        self._session = session
        self._preparation = DocumentPreparation(session)
        self._notes = NotesLanguesService(session)

    def offered(self, dossier_id: int) -> tuple[TypeDocument, ...]:
        """The documents that the regime of a dossier calls for."""
        return offered(self._session.read.dossiers.get(dossier_id).regime)

    def protect_child(self, dossier_id: int) -> Changes:
        """Put a dossier under the regime of child protection; its figures do not move."""
        dossier = self._session.read.dossiers.get(dossier_id)
        with self._session.transaction() as tx:
            tx.dossiers.put_regime(dossier_id, PROTECTION_ENFANCE)
            tx.journal.append("modification", "dossier", dossier.numero, self._session.clock.now())
            tx.commit()
        return changes("dossiers", dossier_id=dossier_id)

    def prepare(
        self, dossier_id: int, document: TypeDocument, personne_id: int | None = None
    ) -> DocumentContent:
        """A document filled with what the coffre knows, for her to complete; nothing is kept yet.

        Raises:
            UserError: ``fiche_sans_identite`` when the coffre does not know its owner; ``document_hors_regime`` for
                one that the regime of the dossier does not call for.
        """
        if document not in self.offered(dossier_id):
            raise UserError("document_hors_regime")
        return self._preparation.content(dossier_id, document, personne_id)

    def offres(self, dossier_id: int, document: TypeDocument) -> Offres:
        """What of the dossier may be added, by her choice."""
        return self._preparation.offres(dossier_id, document)

    def problems(self, content: DocumentContent) -> tuple[Problem, ...]:
        """What forbids issuing it: the base of sharing, and what must be said. Empty: it may be issued."""
        return check_document(content.whole(), self._session.clock.today())

    def named_on_both_sides(self, dossier_id: int, content: DocumentContent) -> tuple[Voisin, ...]:
        """Whom of its dossier it names, when that is someone on each side: to be said before it is issued."""
        people = (
            Voisin(Partie(each.personne.id, each.cote), each.personne.identite)
            for each in self._session.read.dossiers.get(dossier_id).personnes
        )
        return named_on_both_sides(content.whole(), people)

    @staticmethod
    def missing(content: DocumentContent) -> tuple[Manque, ...]:
        """What is missing for the recipient, without forbidding anything."""
        return missing(content.whole())

    @staticmethod
    def without_glyph(content: DocumentContent) -> tuple[str, ...]:
        """Characters the printed font cannot show."""
        return without_glyph(content)

    def next_numero(self, document: TypeDocument) -> NumeroDocument:
        """The number the next document of that kind will bear."""
        year = self._session.clock.today().year
        return self._numero(document, year, self._session.read.settings.peek_number(document.value, year))

    def previewer(self, content: DocumentContent) -> Callable[[], bytes]:
        """A function that renders the preview, on values only, for a worker."""
        printed, logo = self._printed(content), self._session.logo
        numero = self.next_numero(content.document)
        return lambda: render_document(printed, numero, logo=logo, apercu=True)

    def issue(
        self,
        dossier_id: int,
        personne_id: int | None,
        content: DocumentContent,
        remplace_id: int | None = None,
        brouillon: str | None = None,
    ) -> DocumentIssued:
        """Issue a document: number, bytes and digest are kept for good, and its draft is forgotten.

        Args:
            dossier_id: The dossier it belongs to.
            personne_id: For whom it was prepared; None for one about several.
            content: As completed; what its kind must not hold is dropped first.
            remplace_id: The document it corrects, if any.
            brouillon: Name of the draft it was completed in.

        Raises:
            InvalidInput: The base of sharing, or something that must be said.
            UserError: ``document_hors_regime``, ``fiche_glyphes``, ``document_deja_remplace``; the disk's refusals.
        """
        printed = self._checked(dossier_id, content)
        today, document = self._session.clock.today(), content.document
        with self._session.transaction() as tx:
            old = tx.documents.get(remplace_id) if remplace_id is not None else None
            if old is not None and old.remplace_par:
                raise UserError("document_deja_remplace", numero=old.numero, nouvelle=old.remplace_par)
            rank = tx.settings.next_number(document.value, today.year)
            numero = self._numero(document, today.year, rank)
            version = old.version + 1 if old else 1
            document_id = tx.documents.add(
                document=document,
                numero=str(numero),
                version=version,
                remplace_id=remplace_id,
                dossier_id=dossier_id,
                personne_id=personne_id,
                etabli_le=today,
                gabarit=printed.gabarit,
                valeurs=printed.to_json(),
                pdf=render_document(printed, numero, version, old.numero if old else "", self._session.logo),
            )
            tx.dossiers.index(dossier_id)
            if brouillon is not None:
                tx.drafts.drop(brouillon)
            tx.journal.append("creation", document.value, str(numero), self._session.clock.now())
            tx.commit()
        done = changes("documents", "dossiers", "brouillons", dossier_id=dossier_id)
        return DocumentIssued(done, document_id, str(numero))

    def get(self, document_id: int) -> DocumentEtabli:
        """One issued document."""
        return self._session.read.documents.get(document_id)

    def of_dossier(self, dossier_id: int) -> tuple[DocumentEtabli, ...]:
        """Issued documents of a dossier, newest first."""
        return self._session.read.documents.of_dossier(dossier_id)

    def content(self, document_id: int) -> DocumentContent:
        """What was issued."""
        return DocumentContent.from_json(self._session.read.documents.valeurs(document_id))

    def correction(self, document_id: int) -> DocumentContent:
        """What was issued, dated today, for a new version to start from."""
        return dataclasses.replace(self.content(document_id), etablie_le=self._session.clock.today())

    def pdf(self, document_id: int) -> bytes:
        """The very bytes that were issued, to show or print from memory."""
        return self._session.read.documents.pdf(document_id)

    def trace(self, document_id: int) -> tuple[EtapeFiche, ...]:
        """Every step noted of an issued document, in order."""
        return self._session.read.documents.trace(document_id)

    def follow(self, document_id: int, etape: Etape) -> Changes:
        """Note a step: printed, saved, handed over."""
        with self._session.transaction() as tx:
            document = tx.documents.get(document_id)
            tx.documents.follow(document_id, etape, self._session.clock.today())
            tx.journal.append(etape, document.document.value, document.numero, self._session.clock.now())
            tx.commit()
        return changes("documents", dossier_id=document.dossier_id)

    def file_name(self, document_id: int) -> str:
        """Neutral name of the file: the number only."""
        return f"document-{self.get(document_id).numero.replace('*', '+')}.pdf"

    def save(self, document_id: int, path: Path, passphrase: str | None) -> Changes:
        """Write a document where she chose, encrypted with a passphrase (AES-256) or plainly if None.

        Raises:
            UserError: ``pdf_phrase_courte``, ``pdf_phrase_caracteres``; the disk's refusals. Nothing is noted then.
        """
        write_pdf(path, self.pdf(document_id), passphrase)
        return self.follow(document_id, "enregistree")

    def informed(self, personne_id: int) -> date | None:
        """Day the information on her data was given to a person; None if not yet."""
        return self._session.read.personnes.get(personne_id).identite.informee_le

    def inform(self, dossier_id: int, personne_id: int, day: date) -> Changes:
        """Note the day the information was given to a person.

        Raises:
            InvalidInput: A day after today.
        """
        if day > self._session.clock.today():
            raise InvalidInput((Problem("date", "date_future"),))
        with self._session.transaction() as tx:
            personne = tx.personnes.get(personne_id)
            tx.personnes.change(personne_id, dataclasses.replace(personne.identite, informee_le=day))
            tx.journal.append("information", "personne", personne.uid, self._session.clock.now())
            tx.commit()
        return changes("personnes", "dossiers", dossier_id=dossier_id)

    def _checked(self, dossier_id: int, content: DocumentContent) -> DocumentContent:
        """What is printed, once nothing forbids it."""
        if content.document not in self.offered(dossier_id):
            raise UserError("document_hors_regime")
        printed = self._printed(content)
        if problems := self.problems(content):
            raise InvalidInput(problems)
        if unprintable := without_glyph(printed):
            raise UserError("fiche_glyphes", caracteres=" ".join(unprintable))
        return printed

    def _printed(self, content: DocumentContent) -> DocumentContent:
        """What is printed: what its kind may hold, with the look of the documents as it is now."""
        printed = dataclasses.replace(content.whole(), mise_en_page=self._session.mise_en_page)
        if printed.document is not TypeDocument.NOTE_INFORMATION:
            return printed
        return dataclasses.replace(printed, remplie=self._notes.remplie(printed))

    def _numero(self, document: TypeDocument, year: int, rank: int) -> NumeroDocument:
        owner = self._session.intervenant
        if owner is None:
            raise UserError("fiche_sans_identite")
        return NumeroDocument(document, Numero(normaliser_code(owner.code), year, rank))
