"""Imports of past dossiers: what each brought, whether it was touched since, and how to take it back whole."""

from __future__ import annotations

import datetime as dt
import hashlib

from iscg_desktop.domain.importation import ImportFait
from iscg_desktop.storage.connection import Statements
from iscg_desktop.storage.rows import insert

# Everything that hangs on a dossier: as many as the import left there, or somebody went on working in it.
_HELD = (
    "entretiens", "orientations", "fiches", "saisines", "pieces_jointes", "relances", "rendez_vous",
    "documents_etablis", "clotures", "points_referent", "contacts_partenaires",
)  # fmt: skip

_PERSONS = """
SELECT p.*, dp.statut,
    (SELECT count(*) FROM dossier_personnes WHERE personne_id = p.id) AS dossiers,
    (SELECT count(*) FROM fusions WHERE gardee_id = p.id) AS fusions,
    (SELECT count(*) FROM liens WHERE p.id IN (personne_id, autre_id)) AS liens
FROM dossier_personnes AS dp JOIN personnes AS p ON p.id = dp.personne_id WHERE dp.dossier_id = ? ORDER BY p.id
"""


class Imports:
    """Repository of the imports."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(self, day: dt.date, nom: str, empreinte: bytes, entretiens: int) -> int:
        """Remember an import."""
        return insert(
            self._sql,
            "imports",
            {"fait_le": day.isoformat(), "nom": nom, "empreinte": empreinte, "entretiens": entretiens},
        )

    def add_dossier(self, import_id: int, dossier_id: int) -> None:
        """Remember a dossier that an import made, as it is now."""
        insert(
            self._sql,
            "import_dossiers",
            {"import_id": import_id, "dossier_id": dossier_id, "etat": self._state(dossier_id)},
        )

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

    def quarters(self, import_id: int) -> tuple[str, ...]:
        """Codes of the quarters in which something it brought counts."""
        each = " UNION ".join(
            f"SELECT t.trimestre_bilan AS code FROM import_dossiers AS i JOIN {table} AS t"
            " ON t.dossier_id = i.dossier_id WHERE i.import_id = ?1"
            for table in ("entretiens", "accueils", "saisines", "orientations")
        )
        return tuple(row["code"] for row in self._sql.execute(each, (import_id,)) if row["code"])

    def touched(self, dossier_id: int) -> str | None:
        """Number of a dossier in which something was done since; None when nothing was."""
        row = self._sql.execute(
            "SELECT i.etat, d.numero FROM import_dossiers AS i JOIN dossiers AS d ON d.id = i.dossier_id"
            " WHERE i.dossier_id = ?",
            (dossier_id,),
        ).one()
        return None if self._state(dossier_id) == row["etat"] else str(row["numero"])

    def take_back(self, dossier_id: int) -> None:
        """Remove a dossier that an import made, its persons known nowhere else, the facts about them."""
        persons = [
            (row["personne_id"],)
            for row in self._sql.execute(
                "SELECT personne_id FROM dossier_personnes WHERE dossier_id = ?", (dossier_id,)
            )
        ]
        profils = [
            (row["profil_id"],)
            for row in self._sql.execute(
                "SELECT ep.profil_id FROM entretien_personnes AS ep JOIN entretiens AS e ON e.id = ep.entretien_id"
                " WHERE e.dossier_id = ?1 UNION SELECT profil_id FROM accueils WHERE dossier_id = ?1",
                (dossier_id,),
            )
        ]
        self._sql.execute("DELETE FROM recherche WHERE rowid = ?", (dossier_id,))
        self._sql.execute("DELETE FROM dossiers WHERE id = ?", (dossier_id,))
        self._sql.execute_many("DELETE FROM profils WHERE id = ?", profils)
        self._sql.execute_many(
            "DELETE FROM personnes WHERE id = ?1"
            " AND NOT EXISTS (SELECT 1 FROM dossier_personnes WHERE personne_id = ?1)",
            persons,
        )

    def forget(self, import_id: int) -> None:
        """Forget an import of which nothing is left."""
        self._sql.execute("DELETE FROM imports WHERE id = ?", (import_id,))

    def _state(self, dossier_id: int) -> str:
        """How many things hang on a dossier, whether an entretien was amended, whether it was closed, who is in it.

        Of a person, where else she is, whom she is tied to, and her identity: she may be merged, linked, corrected.
        """
        counts = " || ' ' || ".join(f"(SELECT count(*) FROM {t} WHERE dossier_id = ?1)" for t in _HELD)
        found = self._sql.execute(
            f"SELECT {counts} || ' ' || (SELECT count(*) FROM entretiens WHERE dossier_id = ?1"
            " AND (modifie_le IS NOT NULL OR mis_a_la_corbeille_le IS NOT NULL)) || ' ' || coalesce(clos_le, '')"
            " || ' ' || dernier_contact FROM dossiers WHERE id = ?1",
            (dossier_id,),
        ).scalar()
        persons = self._sql.execute(_PERSONS, (dossier_id,))
        known = hashlib.sha256(
            repr([[row[place] for place in range(len(row))] for row in persons]).encode()
        ).hexdigest()
        return f"{found} {known}"
