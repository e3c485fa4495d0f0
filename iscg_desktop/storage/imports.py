"""Imports of past dossiers: what each brought, whether it was touched since, and how to take it back whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from iscg_desktop.storage.connection import Statements
from iscg_desktop.storage.rows import insert

# Everything that hangs on a dossier: as many as the import left there, or somebody went on working in it.
_HELD = ("entretiens", "orientations", "fiches", "saisines", "pieces_jointes", "relances", "rendez_vous")


@dataclass(frozen=True, slots=True)
class ImportFait:
    """An import that was made.

    Attributes:
        empreinte: SHA-256 of the file.
    """

    id: int
    fait_le: dt.date
    nom: str
    empreinte: bytes
    dossiers: int
    entretiens: int


class Imports:
    """Repository of the imports."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(
        self, day: dt.date, nom: str, empreinte: bytes, dossiers: tuple[int, ...], entretiens: int
    ) -> int:
        """Remember an import and the dossiers it made, as they are now."""
        import_id = insert(
            self._sql,
            "imports",
            {"fait_le": day.isoformat(), "nom": nom, "empreinte": empreinte, "entretiens": entretiens},
        )
        self._sql.execute_many(
            "INSERT INTO import_dossiers (import_id, dossier_id, etat) VALUES (?, ?, ?)",
            [(import_id, dossier_id, self._state(dossier_id)) for dossier_id in dossiers],
        )
        return import_id

    def all(self) -> tuple[ImportFait, ...]:
        """Every import, the last first."""
        rows = self._sql.execute(
            "SELECT i.*, (SELECT count(*) FROM import_dossiers AS d WHERE d.import_id = i.id) AS dossiers"
            " FROM imports AS i ORDER BY i.id DESC"
        )
        return tuple(
            ImportFait(
                row["id"],
                dt.date.fromisoformat(row["fait_le"]),
                row["nom"],
                row["empreinte"],
                row["dossiers"],
                row["entretiens"],
            )
            for row in rows
        )

    def dossiers(self, import_id: int) -> tuple[int, ...]:
        """Dossiers that an import made and that are still there."""
        rows = self._sql.execute(
            "SELECT dossier_id FROM import_dossiers WHERE import_id = ? ORDER BY dossier_id", (import_id,)
        )
        return tuple(row["dossier_id"] for row in rows)

    def touched(self, import_id: int) -> tuple[str, ...]:
        """Numbers of the dossiers in which something was done since."""
        rows = self._sql.execute(
            "SELECT i.dossier_id, i.etat, d.numero FROM import_dossiers AS i JOIN dossiers AS d ON d.id = i.dossier_id"
            " WHERE i.import_id = ? ORDER BY d.numero",
            (import_id,),
        )
        return tuple(row["numero"] for row in rows if self._state(row["dossier_id"]) != row["etat"])

    def take_back(self, import_id: int) -> None:
        """Remove all that an import made: dossiers, their persons known nowhere else, the facts about them."""
        dossiers = [(dossier_id,) for dossier_id in self.dossiers(import_id)]
        persons, profils = self._persons(import_id), self._profils(import_id)
        self._sql.execute_many("DELETE FROM recherche WHERE rowid = ?", dossiers)
        self._sql.execute_many("DELETE FROM dossiers WHERE id = ?", dossiers)
        self._sql.execute_many("DELETE FROM profils WHERE id = ?", [(profil,) for profil in profils])
        self._sql.execute_many(
            "DELETE FROM personnes WHERE id = ?1"
            " AND NOT EXISTS (SELECT 1 FROM dossier_personnes WHERE personne_id = ?1)",
            [(person,) for person in persons],
        )
        self._sql.execute("DELETE FROM imports WHERE id = ?", (import_id,))

    def _persons(self, import_id: int) -> tuple[int, ...]:
        rows = self._sql.execute(
            "SELECT DISTINCT dp.personne_id FROM dossier_personnes AS dp"
            " JOIN import_dossiers AS i ON i.dossier_id = dp.dossier_id WHERE i.import_id = ?",
            (import_id,),
        )
        return tuple(row["personne_id"] for row in rows)

    def _profils(self, import_id: int) -> tuple[int, ...]:
        rows = self._sql.execute(
            "SELECT ep.profil_id FROM entretien_personnes AS ep JOIN entretiens AS e ON e.id = ep.entretien_id"
            " JOIN import_dossiers AS i ON i.dossier_id = e.dossier_id WHERE i.import_id = ?1"
            " UNION SELECT a.profil_id FROM accueils AS a JOIN import_dossiers AS i ON i.dossier_id = a.dossier_id"
            " WHERE i.import_id = ?1",
            (import_id,),
        )
        return tuple(row["profil_id"] for row in rows)

    def _state(self, dossier_id: int) -> str:
        """How many things hang on a dossier, whether an entretien was amended, whether it was closed."""
        counts = " || ' ' || ".join(f"(SELECT count(*) FROM {t} WHERE dossier_id = ?1)" for t in _HELD)
        return str(
            self._sql.execute(
                f"SELECT {counts} || ' ' || (SELECT count(*) FROM entretiens WHERE dossier_id = ?1"
                " AND (modifie_le IS NOT NULL OR mis_a_la_corbeille_le IS NOT NULL)) || ' ' || coalesce(clos_le, '')"
                " || ' ' || dernier_contact FROM dossiers WHERE id = ?1",
                (dossier_id,),
            ).scalar()
        )
