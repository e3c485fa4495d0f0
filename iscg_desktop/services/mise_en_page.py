"""The look of the documents: logo and coordinates of the employer, kept in the coffre, seen on a specimen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from iscg_desktop.documents.fiche_liaison import render_fiche
from iscg_desktop.documents.fonts import unsupported_characters
from iscg_desktop.documents.logo import LARGEST_FILE, prepare_logo
from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.fiche_liaison import FicheContent
from iscg_desktop.domain.fiche_numero import JETON_OCTETS, Numero
from iscg_desktop.domain.fiche_sections import (
    Accord,
    Base,
    BasePartage,
    Canal,
    ContactSur,
    Destinataire,
    Emetteur,
    InformationAccord,
    Personne,
    TypeFiche,
    Urgence,
)
from iscg_desktop.domain.mise_en_page import MiseEnPage
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.fiche_preparation import emetteur_of
from iscg_desktop.services.session import Session

_SPECIMEN = FicheContent(
    type=TypeFiche.EVALUATION,
    urgence=Urgence.SOUS_48H,
    emetteur=Emetteur(nom="Camille Exemple", employeur="Votre employeur"),
    destinataire=Destinataire(service="Service social de secteur (exemple)", canal=Canal.MAIN_PROPRE),
    personne=Personne(
        nom_naissance="Exemple", prenom="Dominique", naissance=Naissance(date=date(1990, 1, 1))
    ),
    contact_sur=ContactSur(numero="06 00 00 00 00", ne_pas_laisser_de_message=True),
    motif="Demande d’évaluation de la situation (exemple).",
    information=InformationAccord(accord=Accord.OUI),
    base=BasePartage(base=Base.ACCORD),
)


class MiseEnPageService:
    """Use cases of the look of the documents."""

    unsupported_characters = staticmethod(unsupported_characters)

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self) -> tuple[MiseEnPage, bytes | None, str]:
        """The look, the logo and whom to write to about data."""
        return self._session.mise_en_page, self._session.logo, self._session.dpo

    @staticmethod
    def read_logo(path: Path) -> bytes:
        """The logo of a file, checked and made small; nothing is kept yet.

        Raises:
            UserError: ``logo_trop_lourd``, ``logo_format``, ``logo_dimensions``, ``logo_blanc``,
                ``fiche_logo_illisible``.
        """
        try:
            with path.open("rb") as file:
                return prepare_logo(file.read(LARGEST_FILE + 1))
        except OSError:
            raise UserError("fiche_logo_illisible") from None

    def set(self, look: MiseEnPage, logo: bytes | None, dpo: str) -> Changes:
        """Keep the look of the documents to come; what was issued does not change.

        Args:
            look: Service, coordinates, line at the foot.
            logo: As ``read_logo`` gave it, None for none.
            dpo: Whom to write to about data.

        Raises:
            InvalidInput: With every problem; nothing changes.
            UserError: ``fiche_glyphes`` for characters that would not print.
        """
        if problems := look.check():
            raise InvalidInput(problems)
        if unprintable := unsupported_characters(f"{look.service} {look.coordonnees} {look.pied} {dpo}"):
            raise UserError("fiche_glyphes", caracteres=" ".join(unprintable))
        with self._session.transaction() as tx:
            self._session.keep_mise_en_page(tx, look, logo, dpo)
            tx.journal.append("modification", "reglages", "mise en page", self._session.clock.now())
            tx.commit()
        return changes("reglages")

    def specimen(self, look: MiseEnPage, logo: bytes | None) -> Callable[[], bytes]:
        """A function that renders a fiche of nobody with that look, for a worker."""
        today = self._session.clock.today()
        known = self._session.intervenant is not None
        shown = replace(
            _SPECIMEN,
            etablie_le=today,
            emetteur=emetteur_of(self._session, None) if known else _SPECIMEN.emetteur,
            mise_en_page=replace(look, logo=hashlib.sha256(logo).hexdigest() if logo else ""),
        )
        numero = Numero("EXEMPL", today.year, 1)
        return lambda: render_fiche(shown, numero, bytes(JETON_OCTETS), logo=logo, apercu=True)
