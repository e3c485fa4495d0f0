"""The fiche de liaison: prepared from an orientation, previewed in memory, issued for good, followed."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from iscg_desktop.documents.fiche_liaison import LIBELLES_ITEMS, caracteres_sans_glyphe, render_fiche
from iscg_desktop.documents.fonts import unsupported_characters
from iscg_desktop.domain.fiche_controles import Manque, check_issue, completeness
from iscg_desktop.domain.fiche_liaison import FicheContent
from iscg_desktop.domain.fiche_numero import JETON_OCTETS, Numero, normaliser_code
from iscg_desktop.domain.fiche_suivi import EtapeFiche, FicheEtablie
from iscg_desktop.domain.orientation import Orientation
from iscg_desktop.errors import BugError, InvalidInput, Problem, UserError
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.fiche_etapes import note, replan
from iscg_desktop.services.fiche_preparation import FichePreparation, Proches
from iscg_desktop.services.pdf_files import write_pdf
from iscg_desktop.services.session import Session
from iscg_desktop.storage.transaction import Transaction

Etape = Literal["imprimee", "enregistree", "remise", "accusee"]

# What a preview prints where the token will be: it opens nothing.
_NO_TOKEN = bytes(JETON_OCTETS)


@dataclass(frozen=True, slots=True)
class Issued:
    """A fiche just issued."""

    changes: Changes
    fiche_id: int
    numero: str


class FichesService:
    """Use cases around the fiche de liaison."""

    libelles_items = LIBELLES_ITEMS
    unsupported_characters = staticmethod(unsupported_characters)

    def __init__(self, session: Session) -> None:
        self._session = session
        self._preparation = FichePreparation(session)

    def prepare(self, orientation_id: int) -> FicheContent:
        """A fiche filled with what the coffre knows, for her to complete; nothing is kept yet.

        Raises:
            UserError: ``fiche_sans_identite`` when the coffre does not know its owner.
        """
        return self._preparation.content(orientation_id)

    def closed_since(self, orientation_id: int) -> date | None:
        """Day on which the structure of an orientation closed; None while it is open, or not in the annuaire."""
        partenaire_id = self._session.read.orientations.get(orientation_id).partenaire_id
        partner = self._session.read.partenaires.get(partenaire_id) if partenaire_id is not None else None
        if partner is None or partner.is_open(self._session.clock.today()):
            return None
        return partner.ferme_le

    def proches(self, orientation_id: int) -> Proches:
        """Other persons of the dossier whom she may add to the fiche."""
        return self._preparation.proches(orientation_id)

    def problems(self, content: FicheContent, orientation_id: int) -> tuple[Problem, ...]:
        """What forbids issuing it: the accord gate, the contradictions, words about the other side of the dossier.

        Empty: it may be issued.
        """
        filtered = content.for_recipient(content.items)
        crossing = self._preparation.crossing(orientation_id, filtered)
        return check_issue(filtered, self._session.clock.today()) + crossing

    @staticmethod
    def missing(content: FicheContent) -> tuple[Manque, ...]:
        """What is missing for the recipient, without forbidding anything."""
        return completeness(content.for_recipient(content.items))

    @staticmethod
    def without_glyph(content: FicheContent) -> tuple[str, ...]:
        """Characters the printed font cannot show."""
        return caracteres_sans_glyphe(content)

    def next_numero(self) -> Numero:
        """The number the next fiche will bear."""
        year = self._session.clock.today().year
        return Numero(self._code(), year, self._session.read.settings.peek_number("fiche", year))

    def previewer(self, content: FicheContent) -> Callable[[], bytes]:
        """A function that renders the preview, on values only, for a worker; its QR holds no token."""
        filtered, numero, logo = self._printed(content), self.next_numero(), self._session.logo
        return lambda: render_fiche(filtered, numero, _NO_TOKEN, logo=logo, apercu=True)

    def issue(
        self,
        orientation_id: int,
        content: FicheContent,
        remplace_id: int | None = None,
        brouillon: str | None = None,
    ) -> Issued:
        """Issue a fiche: number, token, bytes and digest are kept for good, and its draft is forgotten.

        Args:
            orientation_id: The orientation it carries.
            content: As completed; what is not ticked for this recipient is dropped first.
            remplace_id: The fiche it corrects, if any.
            brouillon: Name of the draft it was completed in.

        Raises:
            InvalidInput: The accord gate, or a contradiction.
            UserError: ``fiche_glyphes`` for characters that would not print; ``fiche_deja_remplacee`` for a
                correction of what was corrected already; the disk's refusals.
        """
        filtered = self._checked(orientation_id, content)
        with self._session.transaction() as tx:
            orientation = tx.orientations.get(orientation_id)
            fiche_id, numero = self._add(tx, orientation, filtered, remplace_id)
            for each in (fiche_id, *((remplace_id,) if remplace_id is not None else ())):
                replan(self._session, tx, each)
            tx.dossiers.index(orientation.dossier_id)
            if brouillon is not None:
                tx.drafts.drop(brouillon)
            tx.journal.append("creation", "fiche", str(numero), self._session.clock.now())
            tx.commit()
        done = changes(
            "fiches", "orientations", "dossiers", "brouillons", "agenda", dossier_id=orientation.dossier_id
        )
        return Issued(done, fiche_id, str(numero))

    def _add(
        self, tx: Transaction, orientation: Orientation, content: FicheContent, remplace_id: int | None
    ) -> tuple[int, Numero]:
        """Number it, print it, keep it for good; its id and its number."""
        today = self._session.clock.today()
        replaced = _to_correct(tx, remplace_id)
        numero = Numero(self._code(), today.year, tx.settings.next_number("fiche", today.year))
        jeton = secrets.token_bytes(JETON_OCTETS)
        version = replaced.version + 1 if replaced else 1
        old = Numero.parse(replaced.numero) if replaced else None
        fiche_id = tx.fiches.add(
            numero=str(numero),
            version=version,
            remplace_id=remplace_id,
            orientation_id=orientation.id,
            dossier_id=orientation.dossier_id,
            personne_id=orientation.personne_id,
            partenaire_id=orientation.partenaire_id,
            etablie_le=today,
            gabarit=content.gabarit,
            valeurs=content.to_json(),
            pdf=render_fiche(content, numero, jeton, version, old, self._session.logo),
            jeton=jeton,
            trimestre=self._session.quarter_for(tx, today).code,
        )
        return fiche_id, numero

    def get(self, fiche_id: int) -> FicheEtablie:
        """One issued fiche."""
        return self._session.read.fiches.get(fiche_id)

    def content(self, fiche_id: int) -> FicheContent:
        """What was issued."""
        return FicheContent.from_json(self._session.read.fiches.valeurs(fiche_id))

    def of_orientation(self, orientation_id: int) -> FicheEtablie | None:
        """The fiche that carries an orientation, in its last version."""
        return self._session.read.fiches.of_orientation(orientation_id)

    def trace(self, fiche_id: int) -> tuple[EtapeFiche, ...]:
        """Every step noted of an issued fiche, in order."""
        return self._session.read.fiches.trace(fiche_id)

    def correction(self, fiche_id: int) -> FicheContent:
        """What was issued, dated today, for a new version to start from.

        What was not ticked then is there again, as it is known now and still not ticked.
        """
        fiche = self.get(fiche_id)
        if fiche.orientation_id is None:
            raise BugError("a fiche without its orientation cannot be corrected")
        return self._preparation.complete(self.content(fiche_id), fiche.orientation_id)

    def recent(self, limit: int = 200) -> tuple[FicheEtablie, ...]:
        """Issued fiches, newest first."""
        return self._session.read.fiches.recent(limit)

    def pdf(self, fiche_id: int) -> bytes:
        """The very bytes that were issued, to show or print from memory."""
        return self._session.read.fiches.pdf(fiche_id)

    def follow(self, fiche_id: int, etape: Etape) -> Changes:
        """Note a step of today: printed, saved, handed over, receipt.

        Raises:
            UserError: ``fiche_remplacee`` for the handing over of a version that another one corrects.
        """
        with self._session.transaction() as tx:
            fiche = tx.fiches.get(fiche_id)
            note(self._session, tx, fiche, etape, self._session.clock.today())
            tx.commit()
        return changes("fiches", "agenda", dossier_id=fiche.dossier_id)

    def file_name(self, fiche_id: int) -> str:
        """Neutral name of the file: the number only."""
        return f"fiche-{Numero.parse(self.get(fiche_id).numero).nom_fichier}.pdf"

    def save(self, fiche_id: int, path: Path, passphrase: str | None) -> Changes:
        """Write a fiche where she chose, encrypted with a passphrase (AES-256) or plainly if None.

        Raises:
            UserError: ``pdf_phrase_courte``, ``pdf_phrase_caracteres``; the disk's refusals. Nothing is noted then.
        """
        write_pdf(path, self.pdf(fiche_id), passphrase)
        return self.follow(fiche_id, "enregistree")

    def _checked(self, orientation_id: int, content: FicheContent) -> FicheContent:
        """What is printed, once nothing forbids it."""
        filtered = self._printed(content)
        if problems := self.problems(content, orientation_id):
            raise InvalidInput(problems)
        if unprintable := caracteres_sans_glyphe(filtered):
            raise UserError("fiche_glyphes", caracteres=" ".join(unprintable))
        return filtered

    def _printed(self, content: FicheContent) -> FicheContent:
        """What is printed: what is ticked, with the look of the documents as it is now."""
        return replace(content.for_recipient(content.items), mise_en_page=self._session.mise_en_page)

    def _code(self) -> str:
        intervenant = self._session.intervenant
        if intervenant is None:
            raise UserError("fiche_sans_identite")
        return normaliser_code(intervenant.code)


def _to_correct(tx: Transaction, fiche_id: int | None) -> FicheEtablie | None:
    """The fiche to be corrected, the last of its versions; None for a first issue."""
    if fiche_id is None:
        return None
    replaced = tx.fiches.get(fiche_id)
    if replaced.remplacee_par:
        raise UserError("fiche_deja_remplacee", numero=replaced.numero, nouvelle=replaced.remplacee_par)
    return replaced
