"""Narratives of bilans: « intérêt qualitatif », typed for a period."""

from __future__ import annotations

from datetime import date

from iscg_desktop.storage.connection import Statements


class Recits:
    """Repository of the narratives."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def texte(self, periode: str) -> str:
        """What is kept for a period; empty for nothing."""
        row = self._sql.execute("SELECT texte FROM bilan_recits WHERE periode = ?", (periode,)).first()
        return "" if row is None else str(row["texte"])

    def keep(self, periode: str, texte: str, day: date) -> None:
        """Keep a narrative in the place of the one before; an empty one takes it away."""
        if not texte:
            self._sql.execute("DELETE FROM bilan_recits WHERE periode = ?", (periode,))
            return
        self._sql.execute(
            "INSERT INTO bilan_recits (periode, texte, modifie_le) VALUES (?, ?, ?)"
            " ON CONFLICT (periode) DO UPDATE SET texte = excluded.texte, modifie_le = excluded.modifie_le",
            (periode, texte, day.isoformat()),
        )
