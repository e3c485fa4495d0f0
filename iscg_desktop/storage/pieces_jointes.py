"""Pièces jointes: their list, and the bytes of one."""

from __future__ import annotations

from datetime import date
from typing import cast

from iscg_desktop.domain.piece_jointe import PieceJointe, TypePiece
from iscg_desktop.storage.connection import Row, Statements
from iscg_desktop.storage.rows import insert, new_uid, update

_COLUMNS = "id, dossier_id, entretien_id, nom, type_mime, ajoutee_le, length(octets) AS taille"


class PiecesJointes:
    """Repository of the pièces jointes."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(
        self, dossier_id: int, entretien_id: int | None, nom: str, kind: TypePiece, octets: bytes, day: date
    ) -> int:
        """Keep a checked one; returns its id."""
        return insert(
            self._sql,
            "pieces_jointes",
            {
                "uid": new_uid(),
                "dossier_id": dossier_id,
                "entretien_id": entretien_id,
                "nom": nom,
                "type_mime": kind,
                "ajoutee_le": day.isoformat(),
                "octets": octets,
            },
        )

    def get(self, piece_id: int) -> PieceJointe | None:
        """One, without its bytes; None once it was removed."""
        row = self._sql.execute(f"SELECT {_COLUMNS} FROM pieces_jointes WHERE id = ?", (piece_id,)).first()
        return None if row is None else _piece(row)

    def of_dossier(self, dossier_id: int) -> tuple[PieceJointe, ...]:
        """Those of a dossier and of its entretiens, the newest first; not those of an entretien in the corbeille."""
        rows = self._sql.execute(
            f"SELECT {_COLUMNS} FROM pieces_jointes WHERE dossier_id = ? AND NOT EXISTS (SELECT 1 FROM entretiens AS e"
            " WHERE e.id = entretien_id AND e.mis_a_la_corbeille_le IS NOT NULL) ORDER BY id DESC",
            (dossier_id,),
        )
        return tuple(_piece(row) for row in rows)

    def of_entretien(self, entretien_id: int) -> tuple[PieceJointe, ...]:
        """Those of an entretien, the newest first."""
        rows = self._sql.execute(
            f"SELECT {_COLUMNS} FROM pieces_jointes WHERE entretien_id = ? ORDER BY id DESC", (entretien_id,)
        )
        return tuple(_piece(row) for row in rows)

    def octets(self, piece_id: int) -> bytes:
        """The very bytes."""
        found = self._sql.execute("SELECT octets FROM pieces_jointes WHERE id = ?", (piece_id,)).scalar()
        return bytes(cast(bytes, found))

    def rename(self, piece_id: int, nom: str) -> None:
        """Give it another name."""
        update(self._sql, "pieces_jointes", piece_id, {"nom": nom})

    def delete(self, piece_id: int) -> None:
        """Delete it; the database overwrites its pages (``secure_delete``)."""
        self._sql.execute("DELETE FROM pieces_jointes WHERE id = ?", (piece_id,))


def _piece(row: Row) -> PieceJointe:
    return PieceJointe(
        id=row["id"],
        dossier_id=row["dossier_id"],
        entretien_id=row["entretien_id"],
        nom=row["nom"],
        type_mime=row["type_mime"],
        ajoutee_le=date.fromisoformat(row["ajoutee_le"]),
        taille=row["taille"],
    )
