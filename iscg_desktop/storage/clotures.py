"""Closings and reopenings of a dossier."""

from __future__ import annotations

from datetime import date

from iscg_desktop.storage.connection import Statements
from iscg_desktop.storage.rows import insert


class Clotures:
    """Repository of the closings: the dossier says its state, the history keeps each."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def close(self, dossier_id: int, day: date, motif: str) -> None:
        """Close an open dossier."""
        insert(
            self._sql,
            "clotures",
            {"dossier_id": dossier_id, "clos_le": day.isoformat(), "motif": motif},
        )
        self._sql.execute(
            "UPDATE dossiers SET clos_le = ?, motif_cloture = ? WHERE id = ?",
            (day.isoformat(), motif, dossier_id),
        )

    def reopen(self, dossier_id: int, day: date, motif: str) -> bool:
        """Reopen a closed dossier; False when it is open already."""
        done = self._sql.execute(
            "UPDATE dossiers SET clos_le = NULL, motif_cloture = '' WHERE id = ? AND clos_le IS NOT NULL",
            (dossier_id,),
        )
        self._sql.execute(
            "UPDATE clotures SET rouvert_le = max(?, clos_le), motif_reouverture = ?"
            " WHERE dossier_id = ? AND rouvert_le IS NULL",
            (day.isoformat(), motif, dossier_id),
        )
        return done.rowcount > 0

    def reopen_by_contact(self, dossier_id: int, day: date, motif: str) -> bool:
        """Reopen a dossier closed on that day or before; a contact of before its closing leaves it closed."""
        closed = self._sql.execute(
            "SELECT 1 FROM dossiers WHERE id = ? AND clos_le <= ?", (dossier_id, day.isoformat())
        ).first()
        return closed is not None and self.reopen(dossier_id, day, motif)
