"""A pièce jointe: a photo of a letter or a PDF, known by its first bytes and never by its name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from iscg_desktop.errors import UserError

TypePiece = Literal["application/pdf", "image/jpeg", "image/png"]

TAILLE_MAX = 10_000_000
"""Bytes; a page photographed by a telephone takes 3 to 6 million, and each backup carries them all."""

NOM_MAX = 120
"""Characters of a name."""

_SUFFIXES: dict[TypePiece, str] = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
_KNOWN = (*_SUFFIXES.values(), ".jpeg")


@dataclass(frozen=True, slots=True)
class PieceJointe:
    """A pièce jointe of the coffre, its bytes apart.

    Attributes:
        entretien_id: The entretien it belongs to; None for one of the dossier.
        taille: Bytes.
    """

    id: int
    dossier_id: int
    entretien_id: int | None
    nom: str
    type_mime: TypePiece
    ajoutee_le: date
    taille: int

    @property
    def nom_de_fichier(self) -> str:
        """Its name as a file that any system takes; nothing of it leads out of the folder she chose."""
        kept = "".join(c if c.isalnum() or c in " .,-_()’'" else "-" for c in self.nom).strip(" .-")
        return (kept or "piece-jointe") + _SUFFIXES[self.type_mime]


def type_of(octets: bytes) -> TypePiece:
    """What some bytes are, by how they begin.

    Raises:
        UserError: ``piece_vide``, ``piece_trop_lourde``, ``piece_type``.
    """
    if not octets:
        raise UserError("piece_vide")
    if len(octets) > TAILLE_MAX:
        raise UserError("piece_trop_lourde", maximum=TAILLE_MAX // 1_000_000)
    if octets.startswith(b"%PDF-"):
        return "application/pdf"
    if octets.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if octets.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    raise UserError("piece_type")


def clean_name(nom: str) -> str:
    """A name in one line, without the suffix its type tells already.

    Raises:
        UserError: ``piece_sans_nom``.
    """
    words = " ".join(nom.split())
    for suffix in _KNOWN:
        if words.lower().endswith(suffix):
            words = words[: -len(suffix)].rstrip(" .")
    words = words[:NOM_MAX].strip()
    if not words:
        raise UserError("piece_sans_nom")
    return words
