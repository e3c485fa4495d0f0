"""Dated contacts with the partners."""

from __future__ import annotations

from datetime import date

from iscg_desktop.domain.contact_partenaire import Contact, ContactDraft
from iscg_desktop.storage.connection import Row, Statements, Value
from iscg_desktop.storage.rows import from_date, insert, update

_CONTACTS = """
SELECT c.*, p.nom AS partenaire, coalesce(d.numero, '') AS dossier
FROM contacts_partenaires AS c JOIN partenaires AS p ON p.id = c.partenaire_id
LEFT JOIN dossiers AS d ON d.id = c.dossier_id
"""


class Contacts:
    """Repository of the contacts with partners."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(self, draft: ContactDraft, trimestre: str) -> int:
        """Add a checked contact; returns its id."""
        return insert(self._sql, "contacts_partenaires", {**_values(draft), "trimestre_bilan": trimestre})

    def change(self, contact_id: int, draft: ContactDraft, trimestre: str) -> None:
        """Replace all that is known of a contact."""
        update(
            self._sql, "contacts_partenaires", contact_id, {**_values(draft), "trimestre_bilan": trimestre}
        )

    def delete(self, contact_id: int) -> None:
        """Take a contact away."""
        self._sql.execute("DELETE FROM contacts_partenaires WHERE id = ?", (contact_id,))

    def get(self, contact_id: int) -> Contact:
        """One contact."""
        return _contact(self._sql.execute(_CONTACTS + " WHERE c.id = ?", (contact_id,)).one())

    def of_partenaire(self, partenaire_id: int, limit: int) -> tuple[Contact, ...]:
        """The last contacts with a structure, newest first."""
        return self._newest("c.partenaire_id = ?", partenaire_id, limit)

    def of_dossier(self, dossier_id: int, limit: int) -> tuple[Contact, ...]:
        """The last contacts about a dossier, newest first."""
        return self._newest("c.dossier_id = ?", dossier_id, limit)

    def days(self, year: int) -> tuple[tuple[str, date], ...]:
        """Type of partner and day of every contact of a year."""
        rows = self._sql.execute(
            "SELECT p.type, c.date FROM partenaires AS p CROSS JOIN contacts_partenaires AS c"
            " ON c.partenaire_id = p.id WHERE c.date BETWEEN ? AND ?",
            (f"{year}-01-01", f"{year}-12-31"),
        )
        return tuple((row["type"], date.fromisoformat(row["date"])) for row in rows)

    def years(self) -> tuple[int, ...]:
        """Years in which there was a contact."""
        rows = self._sql.execute("SELECT DISTINCT substr(date, 1, 4) AS year FROM contacts_partenaires")
        return tuple(int(row["year"]) for row in rows)

    def _newest(self, where: str, value: int, limit: int) -> tuple[Contact, ...]:
        rows = self._sql.execute(
            f"{_CONTACTS} WHERE {where} ORDER BY c.date DESC, c.id DESC LIMIT ?", (value, limit)
        )
        return tuple(_contact(row) for row in rows)


def _values(draft: ContactDraft) -> dict[str, Value]:
    return {
        "partenaire_id": draft.partenaire_id,
        "date": from_date(draft.date),
        "sens": draft.sens,
        "canal": draft.canal,
        "objet": draft.objet,
        "dossier_id": draft.dossier_id,
        "note": draft.note.strip(),
    }


def _contact(row: Row) -> Contact:
    return Contact(
        id=row["id"],
        partenaire_id=row["partenaire_id"],
        partenaire=row["partenaire"],
        date=date.fromisoformat(row["date"]),
        sens=row["sens"],
        canal=row["canal"],
        objet=row["objet"],
        dossier_id=row["dossier_id"],
        dossier=row["dossier"],
        note=row["note"],
        trimestre=row["trimestre_bilan"],
    )
