"""The annuaire: partner structures and the people met there."""

from __future__ import annotations

from datetime import date

from iscg_desktop.domain.partenaire import Correspondant, Partenaire, PartenaireDraft
from iscg_desktop.storage.connection import Row, Statements
from iscg_desktop.storage.rows import insert, new_uid, to_date


class Partenaires:
    """Repository of the partner structures."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(self, draft: PartenaireDraft) -> int:
        """Add a checked partner structure, and its correspondant if one is named."""
        partenaire_id = insert(
            self._sql,
            "partenaires",
            {
                "uid": new_uid(),
                "nom": draft.nom.strip(),
                "type": draft.type,
                "adresse": draft.adresse.strip(),
                "code_postal": draft.code_postal.strip(),
                "ville": draft.ville.strip(),
                "telephone": draft.telephone.strip(),
                "courriel": draft.courriel.strip(),
            },
        )
        if draft.correspondant.strip():
            insert(
                self._sql,
                "correspondants",
                {
                    "partenaire_id": partenaire_id,
                    "nom": draft.correspondant.strip(),
                    "fonction": draft.fonction.strip(),
                },
            )
        return partenaire_id

    def get(self, partenaire_id: int) -> Partenaire:
        """One structure."""
        row = self._sql.execute("SELECT * FROM partenaires WHERE id = ?", (partenaire_id,)).one()
        return _partenaire(row, self._contacts().get(partenaire_id, ()))

    def all(self, day: date) -> tuple[Partenaire, ...]:
        """Those not closed on a day, by name."""
        contacts = self._contacts()
        rows = self._sql.execute(
            "SELECT * FROM partenaires WHERE ferme_le IS NULL OR ferme_le >= ? ORDER BY nom, id",
            (day.isoformat(),),
        )
        return tuple(_partenaire(row, contacts.get(row["id"], ())) for row in rows)

    def _contacts(self) -> dict[int, tuple[Correspondant, ...]]:
        found: dict[int, tuple[Correspondant, ...]] = {}
        for row in self._sql.execute("SELECT * FROM correspondants ORDER BY nom, id"):
            contact = Correspondant(row["nom"], row["fonction"], row["telephone"], row["courriel"])
            found[row["partenaire_id"]] = (*found.get(row["partenaire_id"], ()), contact)
        return found


def _partenaire(row: Row, correspondants: tuple[Correspondant, ...]) -> Partenaire:
    return Partenaire(
        id=row["id"],
        nom=row["nom"],
        type=row["type"],
        adresse=row["adresse"],
        code_postal=row["code_postal"],
        ville=row["ville"],
        telephone=row["telephone"],
        courriel=row["courriel"],
        ferme_le=to_date(row["ferme_le"]),
        correspondants=correspondants,
    )
