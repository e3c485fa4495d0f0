"""The register of what persons asked about their data."""

from __future__ import annotations

from datetime import date

from iscg_desktop.domain.droits import Demande, Droit, Reponse
from iscg_desktop.storage.connection import Row, Statements
from iscg_desktop.storage.rows import from_date, insert, to_date, update


class Droits:
    """Repository of the requests."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(self, droit: Droit, recue_le: date, personne_id: int, note: str) -> int:
        """Note a request; returns its id."""
        return insert(
            self._sql,
            "demandes_droits",
            {
                "droit": droit.value,
                "recue_le": recue_le.isoformat(),
                "personne_id": personne_id,
                "note": note.strip(),
            },
        )

    def answer(self, demande_id: int, day: date, reponse: Reponse, note: str) -> None:
        """Note what was answered."""
        values = {"repondue_le": day.isoformat(), "reponse": reponse.value, "note": note.strip()}
        update(self._sql, "demandes_droits", demande_id, values)

    def prolong(self, demande_id: int) -> None:
        """Note that she was told the answer would take up to three months."""
        update(self._sql, "demandes_droits", demande_id, {"prolongee": 1})

    def lift(self, demande_id: int, day: date) -> None:
        """End a limitation or an opposition."""
        update(self._sql, "demandes_droits", demande_id, {"levee_le": from_date(day)})

    def get(self, demande_id: int) -> Demande:
        """One request."""
        return _demande(self._sql.execute("SELECT * FROM demandes_droits WHERE id = ?", (demande_id,)).one())

    def all(self) -> tuple[Demande, ...]:
        """Every request: those that wait first, the oldest first; then the others, the newest first."""
        rows = self._sql.execute(
            "SELECT * FROM demandes_droits ORDER BY repondue_le IS NOT NULL,"
            " iif(repondue_le IS NULL, recue_le, ''), repondue_le DESC, id DESC"
        )
        return tuple(_demande(row) for row in rows)

    def of_person(self, personne_id: int) -> tuple[Demande, ...]:
        """Requests of one person, whichever of her lines they were noted under, the newest first."""
        rows = self._sql.execute(
            "SELECT * FROM demandes_droits WHERE personne_id IN"
            " (SELECT id FROM personnes WHERE id = ?1 OR fusionnee_dans = ?1) ORDER BY recue_le DESC, id DESC",
            (personne_id,),
        )
        return tuple(_demande(row) for row in rows)

    def of_dossier(self, dossier_id: int) -> tuple[tuple[int, Demande], ...]:
        """Requests of the persons of a dossier, each with the line that is the person now, the newest first."""
        rows = self._sql.execute(
            "SELECT d.*, coalesce(p.fusionnee_dans, p.id) AS courante FROM dossier_personnes AS dp JOIN personnes AS p"
            " ON p.id = dp.personne_id OR p.fusionnee_dans = dp.personne_id JOIN demandes_droits AS d"
            " ON d.personne_id = p.id WHERE dp.dossier_id = ? ORDER BY d.recue_le DESC, d.id DESC",
            (dossier_id,),
        )
        return tuple((row["courante"], _demande(row)) for row in rows)

    def waiting(self) -> tuple[Demande, ...]:
        """Requests without an answer, the oldest first."""
        rows = self._sql.execute(
            "SELECT * FROM demandes_droits WHERE repondue_le IS NULL ORDER BY recue_le, id"
        )
        return tuple(_demande(row) for row in rows)


def _demande(row: Row) -> Demande:
    return Demande(
        id=row["id"],
        droit=Droit(row["droit"]),
        recue_le=date.fromisoformat(row["recue_le"]),
        personne_id=row["personne_id"],
        note=row["note"],
        prolongee=bool(row["prolongee"]),
        repondue_le=to_date(row["repondue_le"]),
        reponse=Reponse(row["reponse"]) if row["reponse"] else None,
        levee_le=to_date(row["levee_le"]),
    )
