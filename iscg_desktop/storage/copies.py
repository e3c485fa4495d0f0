"""Where backups were written outside of the coffre: what must be found again when somebody is erased."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from iscg_desktop.storage.connection import Statements

_STAMP: Final = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Copie:
    """A backup in a folder of hers or on a stick."""

    dossier: Path
    nom: str
    faite_le: datetime


class Copies:
    """Repository of the backups that lie elsewhere."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def all(self) -> tuple[Copie, ...]:
        """Every copy not known to be gone, the newest first."""
        rows = self._sql.execute("SELECT * FROM copies_sauvegarde ORDER BY faite_le DESC, dossier, nom")
        return tuple(
            Copie(
                Path(row["dossier"]),
                row["nom"],
                datetime.strptime(row["faite_le"], _STAMP).replace(tzinfo=UTC),
            )
            for row in rows
        )

    def effacements(self) -> int:
        """How many erasures the coffre remembers: a copy made before the last one still holds somebody."""
        return int(self._sql.execute("SELECT count(*) FROM effacements").scalar())

    def replace(self, dossier: Path, lying: Iterable[tuple[str, datetime]]) -> None:
        """Note what lies in a folder that was just looked at: names and moments."""
        self._sql.execute("DELETE FROM copies_sauvegarde WHERE dossier = ?", (str(dossier),))
        self._sql.execute_many(
            "INSERT INTO copies_sauvegarde (dossier, nom, faite_le) VALUES (?, ?, ?)",
            [(str(dossier), nom, moment.astimezone(UTC).strftime(_STAMP)) for nom, moment in lying],
        )

    def forget(self, copie: Copie) -> None:
        """She says that it is destroyed."""
        self._sql.execute(
            "DELETE FROM copies_sauvegarde WHERE dossier = ? AND nom = ?", (str(copie.dossier), copie.nom)
        )
