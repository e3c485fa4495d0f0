"""Saisines: how each situation came, and those still waiting."""

from __future__ import annotations

from iscg_desktop.domain.saisine import Saisine, SaisineDraft
from iscg_desktop.storage.connection import Row, Statements
from iscg_desktop.storage.rows import from_date, from_time, insert, to_date, to_time

_URGENCY = "CASE urgence WHEN 'immediate' THEN 0 WHEN 'sous_48h' THEN 1 WHEN 'differee' THEN 2 ELSE 3 END"


class Saisines:
    """Repository of the saisines."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(self, draft: SaisineDraft, trimestre: str, dossier_id: int | None) -> int:
        """Add a checked saisine; it opened the dossier if one is given, else it waits."""
        return insert(
            self._sql,
            "saisines",
            {
                "date": from_date(draft.date),
                "heure": from_time(draft.heure),
                "origine": draft.origine,
                "support": draft.support,
                "accord_contact": draft.accord_contact,
                "urgence": draft.urgence,
                "etat": "a_traiter" if dossier_id is None else "dossier_ouvert",
                "unite_id": draft.unite_id,
                "demandeur": draft.demandeur.strip(),
                "motif": draft.motif.strip(),
                "telephone": draft.telephone.strip(),
                "dossier_id": dossier_id,
                "trimestre_bilan": trimestre,
            },
        )

    def get(self, saisine_id: int) -> Saisine:
        """One saisine."""
        return _saisine(self._sql.execute("SELECT * FROM saisines WHERE id = ?", (saisine_id,)).one())

    def of_dossier(self, dossier_id: int) -> tuple[Saisine, ...]:
        """Saisines of a dossier, oldest first."""
        rows = self._sql.execute(
            "SELECT * FROM saisines WHERE dossier_id = ? ORDER BY date, id", (dossier_id,)
        )
        return tuple(_saisine(row) for row in rows)

    def waiting(self) -> tuple[Saisine, ...]:
        """Those without a dossier and not sans suite: most urgent first, then oldest."""
        rows = self._sql.execute(
            "SELECT * FROM saisines WHERE etat IN ('a_traiter', 'contact_tente', 'rendez_vous_fixe')"
            f" ORDER BY {_URGENCY}, date, id"
        )
        return tuple(_saisine(row) for row in rows)

    def open_dossier(self, saisine_id: int, dossier_id: int) -> None:
        """Say that a dossier was opened from it."""
        self._sql.execute(
            "UPDATE saisines SET etat = 'dossier_ouvert', motif_sans_suite = NULL, dossier_id = ? WHERE id = ?",
            (dossier_id, saisine_id),
        )


def _saisine(row: Row) -> Saisine:
    day = to_date(row["date"])
    assert day is not None
    return Saisine(
        id=row["id"],
        date=day,
        heure=to_time(row["heure"]),
        origine=row["origine"],
        support=row["support"],
        unite_id=row["unite_id"],
        demandeur=row["demandeur"],
        accord_contact=row["accord_contact"],
        urgence=row["urgence"],
        etat=row["etat"],
        motif=row["motif"],
        telephone=row["telephone"],
        dossier_id=row["dossier_id"],
    )
