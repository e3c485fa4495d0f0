"""Words the spell-checker must not underline: those she added, and the names the coffre holds."""

from __future__ import annotations

from iscg_desktop.storage.connection import Statements

_NAMES = """
SELECT nom_naissance AS nom FROM personnes UNION SELECT nom_usage FROM personnes UNION SELECT prenom FROM personnes
UNION SELECT surnom FROM personnes UNION SELECT nom FROM unites UNION SELECT nom FROM partenaires
UNION SELECT ville FROM partenaires UNION SELECT nom FROM correspondants
"""


class Mots:
    """Repository of the words."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(self, mot: str) -> None:
        """Keep a word of hers."""
        self._sql.execute("INSERT OR IGNORE INTO mots_personnels (mot) VALUES (?)", (mot,))

    def remove(self, mot: str) -> None:
        """Forget a word of hers."""
        self._sql.execute("DELETE FROM mots_personnels WHERE mot = ?", (mot,))

    def all(self) -> tuple[str, ...]:
        """Her words, in order."""
        return tuple(r["mot"] for r in self._sql.execute("SELECT mot FROM mots_personnels ORDER BY mot"))

    def names(self) -> tuple[str, ...]:
        """Names of the persons, unités and partenaires of the coffre, as they are written."""
        return tuple(row["nom"] for row in self._sql.execute(_NAMES) if row["nom"])

    def communes(self) -> tuple[str, ...]:
        """Codes of the communes the coffre speaks of."""
        rows = self._sql.execute(
            "SELECT commune AS c FROM personnes WHERE commune IS NOT NULL"
            " UNION SELECT commune FROM unites WHERE commune IS NOT NULL"
            " UNION SELECT commune FROM partenaire_communes"
        )
        return tuple(row["c"] for row in rows)
