"""Orientations and their suites, and the firsts that a bilan counts once."""

from __future__ import annotations

from datetime import date

from iscg_desktop.domain.orientation import ENGAGEMENT, SECTEUR, Orientation, OrientationDraft
from iscg_desktop.storage.connection import Row, Statements
from iscg_desktop.storage.entretiens import Accueils
from iscg_desktop.storage.rows import from_date, insert, to_date

_ORIENTATIONS = """
SELECT o.*, coalesce(p.nom, '') AS partenaire, s.suite AS suite, s.date AS suite_le,
       (SELECT numero FROM fiches AS f WHERE f.orientation_id = o.id ORDER BY f.id DESC LIMIT 1) AS fiche_numero
FROM orientations AS o LEFT JOIN partenaires AS p ON p.id = o.partenaire_id
LEFT JOIN suites AS s ON s.id = (
    SELECT id FROM suites WHERE orientation_id = o.id ORDER BY date DESC, id DESC LIMIT 1)
"""


class Orientations:
    """Repository of the orientations."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(
        self,
        draft: OrientationDraft,
        *,
        dossier_id: int,
        personne_id: int,
        entretien_id: int | None,
        day: date,
        trimestre: str,
    ) -> int:
        """Add a checked orientation; notes whether it is the first of its accueil to the secteur."""
        facts = Accueils(self._sql).facts(dossier_id, personne_id)
        first = draft.type == SECTEUR and facts is not None and not self._has_first(dossier_id, personne_id)
        return insert(
            self._sql,
            "orientations",
            {
                "dossier_id": dossier_id,
                "personne_id": personne_id,
                "entretien_id": entretien_id,
                "date": day.isoformat(),
                "type": draft.type,
                "accord": draft.accord,
                "partenaire_id": draft.partenaire_id,
                "motif": draft.motif.strip(),
                "premiere_secteur": int(first),
                "connu_services_sociaux": facts[0] if facts else None,
                "suivi_en_cours": facts[1] if facts else None,
                "trimestre_bilan": trimestre,
            },
        )

    def _has_first(self, dossier_id: int, personne_id: int) -> bool:
        return (
            self._sql.execute(
                "SELECT 1 FROM orientations WHERE dossier_id = ? AND personne_id = ? AND premiere_secteur = 1",
                (dossier_id, personne_id),
            ).first()
            is not None
        )

    def add_suite(
        self,
        orientation_id: int,
        suite: str,
        day: date,
        trimestre: str,
        *,
        motif: str = "",
        rendez_vous_le: date | None = None,
        referent: str = "",
    ) -> int:
        """Add what became of an orientation; notes the first accompagnement engagé of its accueil."""
        first = suite == ENGAGEMENT and self._awaits_engagement(orientation_id)
        return insert(
            self._sql,
            "suites",
            {
                "orientation_id": orientation_id,
                "date": day.isoformat(),
                "suite": suite,
                "motif": motif.strip(),
                "rendez_vous_le": from_date(rendez_vous_le),
                "referent": referent.strip(),
                "premier_engagement": int(first),
                "trimestre_bilan": trimestre,
            },
        )

    def drop_suite(self, suite_id: int) -> None:
        """Take back a suite whose quarter is open; the next engagement of its accueil counts in its place."""
        row = self._sql.execute("SELECT * FROM suites WHERE id = ?", (suite_id,)).first()
        if row is None:
            return
        self._sql.execute("DELETE FROM suites WHERE id = ?", (suite_id,))
        if row["premier_engagement"]:
            self._sql.execute(
                "UPDATE suites SET premier_engagement = 1 WHERE id = (SELECT s.id FROM suites AS s"
                " JOIN orientations AS o ON o.id = s.orientation_id"
                " JOIN orientations AS mine ON mine.dossier_id = o.dossier_id AND mine.personne_id = o.personne_id"
                " WHERE mine.id = ? AND s.suite = ? AND s.trimestre_bilan NOT IN (SELECT code FROM bilans)"
                " ORDER BY s.date, s.id LIMIT 1)",
                (row["orientation_id"], ENGAGEMENT),
            )

    def _awaits_engagement(self, orientation_id: int) -> bool:
        """Whether its accueil counts, and has no accompagnement engagé yet."""
        row = self._sql.execute(
            "SELECT dossier_id, personne_id FROM orientations WHERE id = ?", (orientation_id,)
        ).one()
        already = self._sql.execute(
            "SELECT 1 FROM suites JOIN orientations AS o ON o.id = orientation_id"
            " WHERE o.dossier_id = ? AND o.personne_id = ? AND premier_engagement = 1",
            (row["dossier_id"], row["personne_id"]),
        ).first()
        return already is None and Accueils(self._sql).exists(row["dossier_id"], row["personne_id"])

    def get(self, orientation_id: int) -> Orientation:
        """One orientation."""
        return _orientation(self._sql.execute(_ORIENTATIONS + " WHERE o.id = ?", (orientation_id,)).one())

    def of_dossier(self, dossier_id: int) -> tuple[Orientation, ...]:
        """Orientations of a dossier, newest first."""
        rows = self._sql.execute(
            _ORIENTATIONS + " WHERE o.dossier_id = ? ORDER BY o.date DESC, o.id DESC", (dossier_id,)
        )
        return tuple(_orientation(row) for row in rows)

    def without_fiche(self, limit: int) -> tuple[Orientation, ...]:
        """Orientations to a named partner, with accord, that no fiche carries yet; newest first."""
        rows = self._sql.execute(
            _ORIENTATIONS + " WHERE o.partenaire_id IS NOT NULL AND o.accord = 'oui' AND fiche_numero IS NULL"
            " ORDER BY o.date DESC, o.id DESC LIMIT ?",
            (limit,),
        )
        return tuple(_orientation(row) for row in rows)


def _orientation(row: Row) -> Orientation:
    day = to_date(row["date"])
    assert day is not None
    return Orientation(
        id=row["id"],
        dossier_id=row["dossier_id"],
        personne_id=row["personne_id"],
        entretien_id=row["entretien_id"],
        date=day,
        type=row["type"],
        partenaire_id=row["partenaire_id"],
        partenaire=row["partenaire"],
        accord=row["accord"],
        motif=row["motif"],
        suite=row["suite"],
        suite_le=to_date(row["suite_le"]),
        fiche_numero=row["fiche_numero"],
    )
