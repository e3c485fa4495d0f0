"""What an information préoccupante, a signalement or a note to a person says, and what of it each may hold."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from iscg_desktop.domain.canonical import Cleaned, from_template, to_canonical
from iscg_desktop.domain.fiche_numero import Numero
from iscg_desktop.domain.fiche_sections import Destinataire, Emetteur, Reponse, Urgence
from iscg_desktop.domain.mentions import Fondement, TypeDocument, fondements
from iscg_desktop.domain.mise_en_page import MiseEnPage
from iscg_desktop.domain.note_langue import NoteRemplie
from iscg_desktop.errors import BugError

GABARIT = 1

_PREFIXES = {
    TypeDocument.INFORMATION_PREOCCUPANTE: "IP",
    TypeDocument.SIGNALEMENT: "SG",
    TypeDocument.NOTE_INFORMATION: "NI",
}

# Of no use to a note given to a person: it names nobody else and tells nothing.
_TRANSMISSION_ONLY = (
    "destinataire", "urgence", "mineurs", "concernes", "responsables", "connaissance", "faits", "danger",
    "deja_fait", "demande", "informes", "informes_le", "informes_motif", "base",
)  # fmt: skip
_NOTE_ONLY = ("personne", "duree_mois", "dpo", "langue", "remplie")


class Source(StrEnum):
    """Where a fact comes from."""

    VU = "vu"
    DIT_PAR = "dit_par"
    RAPPORTE_PAR = "rapporte_par"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerne(Cleaned):
    """A child, or an adult unable to protect herself, whom the document is about.

    Attributes:
        naissance: As printed: « 02/05/2018 (8 ans) ».
        ecole: School and class.
    """

    prenom: str = ""
    nom: str = ""
    naissance: str = ""
    sexe: str = ""
    ecole: str = ""
    adresse: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsable(Cleaned):
    """Parent, guardian, or another adult of the household of a child.

    Attributes:
        autorite: Whether she holds parental authority.
    """

    lien: str = ""
    prenom: str = ""
    nom: str = ""
    autorite: Reponse | None = None
    telephone: str = ""
    adresse: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fait(Cleaned):
    """One fact: when, known from whom, in which words.

    Attributes:
        quand: In words: « le 12 novembre », « la nuit du 3 au 4 ».
        qui: Who said or reported it.
    """

    quand: str = ""
    source: Source | None = None
    qui: str = ""
    texte: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentContent(Cleaned):
    """Everything one document says, except its number.

    Attributes:
        gabarit: Version of the template it is printed with.
        mineurs: Whether those concerned are children: the regime of the dossier says so.
        connaissance: How she came to know of it.
        informes: Whether the parents, or the adult concerned, were told of it.
        personne: Name on a note, empty where it is safer not to write it.
        duree_mois: How long what is noted is kept after the last contact.
        dpo: Whom to write to about data, several lines.
        langue: Code of the language of a note; empty for the French that is shipped.
        remplie: Its words in that language, as they are printed.
    """

    document: TypeDocument
    gabarit: int = GABARIT
    etablie_le: date | None = None
    emetteur: Emetteur = field(default_factory=Emetteur)
    destinataire: Destinataire = field(default_factory=Destinataire)
    urgence: Urgence | None = None
    mineurs: bool = False
    concernes: tuple[Concerne, ...] = ()
    responsables: tuple[Responsable, ...] = ()
    connaissance: str = ""
    faits: tuple[Fait, ...] = ()
    danger: str = ""
    deja_fait: str = ""
    demande: str = ""
    informes: Reponse | None = None
    informes_le: date | None = None
    informes_motif: str = ""
    base: Fondement | None = None
    personne: str = ""
    duree_mois: int = 0
    dpo: str = ""
    langue: str = ""
    remplie: NoteRemplie | None = None
    mise_en_page: MiseEnPage = field(default_factory=MiseEnPage)

    @property
    def fondements(self) -> tuple[Fondement, ...]:
        """What may allow this document to be handed over."""
        return fondements(self.document, self.emetteur, mineurs=self.mineurs)

    def whole(self) -> DocumentContent:
        """Without what this kind of document must not hold; applying it twice changes nothing more."""
        note = self.document is TypeDocument.NOTE_INFORMATION
        empty = DocumentContent(document=self.document)
        dropped: dict[str, Any] = {
            name: getattr(empty, name) for name in (_TRANSMISSION_ONLY if note else _NOTE_ONLY)
        }
        kept = replace(self, **dropped)
        if kept.document is TypeDocument.INFORMATION_PREOCCUPANTE:
            kept = replace(kept, mineurs=True)
        if not kept.mineurs:
            # An adult is named alone: the parents of nobody, and no child.
            kept = replace(kept, responsables=())
        return kept if kept.base in kept.fondements else replace(kept, base=None)

    def to_json(self) -> str:
        """Canonical text to be kept for good with the issued document.

        Raises:
            BugError: Something would be written that this kind of document must not hold.
        """
        if self != self.whole():
            raise BugError("a document holds what its kind must not")
        return to_canonical(self)

    @classmethod
    def from_json(cls, text: str) -> DocumentContent:
        """The content that ``to_json`` wrote.

        Raises:
            UserError: ``fiche_gabarit_inconnu``, written by a newer program.
            BugError: The text is damaged.
        """
        return from_template(cls, text, GABARIT)


@dataclass(frozen=True, slots=True)
class NumeroDocument:
    """Number of one document: that of a series of its own, after two letters that tell it from a fiche."""

    document: TypeDocument
    numero: Numero

    @property
    def nom_fichier(self) -> str:
        """The number as it may stand in a file name on every system."""
        return f"{_PREFIXES[self.document]}-{self.numero.nom_fichier}"

    def __str__(self) -> str:
        return f"{_PREFIXES[self.document]}-{self.numero}"


@dataclass(frozen=True, slots=True)
class DocumentEtabli:
    """One issued document, without its bytes.

    Attributes:
        personne: Name of the person it was prepared for; empty for one about several.
        etape: How far it came: ``a_imprimer``, ``imprimee``, ``enregistree``, ``remise``.
        remplace_par: Number of the version that corrects it; empty if none.
    """

    id: int
    document: TypeDocument
    numero: str
    version: int
    dossier_id: int
    personne_id: int | None
    personne: str
    initiales: str
    etabli_le: date
    etape: str
    remplace_par: str


def texts_in(rows: tuple[object, ...]) -> tuple[tuple[str, ...], ...]:
    """The words of rows of a document, in the order of their attributes."""
    return tuple(
        tuple(str(getattr(row, each.name) or "") for each in fields(row))  # type: ignore[arg-type]
        for row in rows
    )
