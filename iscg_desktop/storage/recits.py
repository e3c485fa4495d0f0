"""Narratives of bilans: « intérêt qualitatif », typed for a period, and what none may tell."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from iscg_desktop.storage.connection import Statements

# Persons merged into another one are no longer in the index; their names still name them.
_NAMES = """
WITH nommees (nom_naissance, nom_usage, prenom, surnom) AS MATERIALIZED (
    SELECT DISTINCT p.nom_naissance, p.nom_usage, p.prenom, p.surnom
    FROM json_each(?1) AS q
    CROSS JOIN personne_termes AS t ON t.terme = q.value
    CROSS JOIN personnes AS p ON p.id = t.personne_id
    UNION
    SELECT nom_naissance, nom_usage, prenom, surnom FROM personnes WHERE fusionnee_dans IS NOT NULL
)
SELECT nom_naissance AS nom FROM nommees UNION SELECT nom_usage FROM nommees
UNION SELECT prenom FROM nommees UNION SELECT surnom FROM nommees
UNION SELECT nom FROM correspondants
"""


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

    def names(self, words: Iterable[str]) -> tuple[str, ...]:
        """Names of whoever one of these folded words may name: persons, by their index, and correspondants."""
        rows = self._sql.execute(_NAMES, (json.dumps(["n" + word for word in sorted(words)]),))
        return tuple(row["nom"] for row in rows if row["nom"])

    def numbers(self, asked: Iterable[str]) -> tuple[str, ...]:
        """Those of some significant digits by which a person may be reached."""
        rows = self._sql.execute(
            "SELECT DISTINCT t.terme FROM json_each(?1) AS q CROSS JOIN personne_termes AS t ON t.terme = q.value",
            (json.dumps(["t" + number for number in asked]),),
        )
        return tuple(row["terme"][1:] for row in rows)

    def dossiers(self) -> tuple[tuple[int, int], ...]:
        """Year and number of every dossier."""
        numbers = (row["numero"].split("-") for row in self._sql.execute("SELECT numero FROM dossiers"))
        return tuple((int(year), int(number)) for year, number in numbers)

    def communes(self) -> tuple[str, ...]:
        """INSEE codes of the communes where persons live or unités stand."""
        rows = self._sql.execute(
            "SELECT commune FROM personnes WHERE commune IS NOT NULL"
            " UNION SELECT commune FROM unites WHERE commune IS NOT NULL"
        )
        return tuple(row["commune"] for row in rows)

    def structures(self) -> tuple[str, ...]:
        """Names of the structures of the annuaire."""
        return tuple(row["nom"] for row in self._sql.execute("SELECT DISTINCT nom FROM partenaires"))
