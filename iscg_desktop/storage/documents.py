"""Issued documents other than fiches: their unalterable copy and their trace."""

from __future__ import annotations

import hashlib
from datetime import date

from iscg_desktop.domain.document import DocumentEtabli
from iscg_desktop.domain.fiche_suivi import EtapeFiche
from iscg_desktop.domain.mentions import TypeDocument
from iscg_desktop.domain.personne import Identite
from iscg_desktop.errors import BugError
from iscg_desktop.storage.connection import Row, Statements
from iscg_desktop.storage.rows import insert

_NAMES = ("nom_naissance", "nom_usage", "prenom", "surnom", "description")
_DOCUMENTS = f"""
SELECT d.id, d.type, d.numero, d.version, d.dossier_id, d.personne_id, d.etabli_le,
       {", ".join(f"coalesce(p.{name}, '') AS {name}" for name in _NAMES)},
       coalesce((SELECT numero FROM documents_etablis WHERE remplace_id = d.id), '') AS remplace_par,
       coalesce((SELECT etape FROM document_suivis WHERE document_id = d.id
           ORDER BY etape = 'remise' DESC, id DESC LIMIT 1), 'a_imprimer') AS etape
FROM documents_etablis AS d LEFT JOIN personnes AS p ON p.id = d.personne_id
"""


class Documents:
    """Repository of the issued documents."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(
        self,
        *,
        document: TypeDocument,
        numero: str,
        version: int,
        remplace_id: int | None,
        dossier_id: int,
        personne_id: int | None,
        etabli_le: date,
        gabarit: int,
        valeurs: str,
        pdf: bytes,
    ) -> int:
        """Keep an issued document for good; returns its id."""
        return insert(
            self._sql,
            "documents_etablis",
            {
                "type": document.value,
                "numero": numero,
                "version": version,
                "remplace_id": remplace_id,
                "dossier_id": dossier_id,
                "personne_id": personne_id,
                "etabli_le": etabli_le.isoformat(),
                "gabarit": str(gabarit),
                "valeurs": valeurs,
                "sha256": hashlib.sha256(pdf).digest(),
                "pdf": pdf,
            },
        )

    def follow(self, document_id: int, etape: str, day: date) -> None:
        """Add a step to the trace of a document."""
        insert(
            self._sql,
            "document_suivis",
            {"document_id": document_id, "etape": etape, "date": day.isoformat()},
        )

    def trace(self, document_id: int) -> tuple[EtapeFiche, ...]:
        """Every step noted of a document, in order."""
        rows = self._sql.execute(
            "SELECT etape, date FROM document_suivis WHERE document_id = ? ORDER BY id", (document_id,)
        )
        return tuple(EtapeFiche(row["etape"], date.fromisoformat(row["date"])) for row in rows)

    def get(self, document_id: int) -> DocumentEtabli:
        """One issued document."""
        return _document(self._sql.execute(_DOCUMENTS + " WHERE d.id = ?", (document_id,)).one())

    def of_dossier(self, dossier_id: int) -> tuple[DocumentEtabli, ...]:
        """Those of a dossier, newest first."""
        rows = self._sql.execute(_DOCUMENTS + " WHERE d.dossier_id = ? ORDER BY d.id DESC", (dossier_id,))
        return tuple(_document(row) for row in rows)

    def pdf(self, document_id: int) -> bytes:
        """The very bytes that were issued.

        Raises:
            BugError: They no longer match the digest kept at issue.
        """
        row = self._sql.execute(
            "SELECT pdf, sha256 FROM documents_etablis WHERE id = ?", (document_id,)
        ).one()
        if hashlib.sha256(row["pdf"]).digest() != row["sha256"]:
            raise BugError("the bytes of a document do not match their digest")
        return bytes(row["pdf"])

    def valeurs(self, document_id: int) -> str:
        """Canonical JSON of what was issued."""
        found = self._sql.execute("SELECT valeurs FROM documents_etablis WHERE id = ?", (document_id,))
        return str(found.scalar())


def _document(row: Row) -> DocumentEtabli:
    known = row["personne_id"] is not None
    identite = Identite(**{name: row[name] for name in _NAMES})
    return DocumentEtabli(
        id=row["id"],
        document=TypeDocument(row["type"]),
        numero=row["numero"],
        version=row["version"],
        dossier_id=row["dossier_id"],
        personne_id=row["personne_id"],
        personne=identite.nom_court if known else "",
        initiales=identite.initiales if known else "",
        etabli_le=date.fromisoformat(row["etabli_le"]),
        etape=row["etape"],
        remplace_par=row["remplace_par"],
    )
