"""Points to review with the référent."""

from __future__ import annotations

from datetime import date

from iscg_desktop.domain.personne import Identite
from iscg_desktop.domain.point_referent import Point, PointAVoir
from iscg_desktop.storage.connection import Row, Statements
from iscg_desktop.storage.rows import insert, to_date

_WAITING = """
SELECT q.*, d.numero, d.problematique_principale, d.dernier_contact, coalesce(u.nom, '') AS unite
FROM points_referent AS q JOIN dossiers AS d ON d.id = q.dossier_id LEFT JOIN unites AS u ON u.id = d.unite_id
WHERE q.vu_le IS NULL ORDER BY q.pose_le, q.id
"""


class Points:
    """Repository of the points; ``dossiers.a_revoir`` follows what still waits."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(self, dossier_id: int, day: date, texte: str) -> int:
        """Note a point; returns its id."""
        point_id = insert(
            self._sql,
            "points_referent",
            {"dossier_id": dossier_id, "pose_le": day.isoformat(), "texte": texte},
        )
        self._mark(dossier_id)
        return point_id

    def see(self, point_id: int, day: date, decision: str) -> None:
        """Say that it was reviewed, and what was decided."""
        self._sql.execute(
            "UPDATE points_referent SET vu_le = max(?, pose_le), decision = ? WHERE id = ?",
            (day.isoformat(), decision, point_id),
        )
        self._mark(self.get(point_id).dossier_id)

    def get(self, point_id: int) -> Point:
        """One point."""
        return _point(self._sql.execute("SELECT * FROM points_referent WHERE id = ?", (point_id,)).one())

    def of_dossier(self, dossier_id: int) -> tuple[Point, ...]:
        """The points of a dossier that still wait, the oldest first."""
        rows = self._sql.execute(
            "SELECT * FROM points_referent WHERE dossier_id = ? AND vu_le IS NULL ORDER BY pose_le, id",
            (dossier_id,),
        )
        return tuple(_point(row) for row in rows)

    def waiting(self) -> tuple[PointAVoir, ...]:
        """Every point that waits, the oldest first, with what tells its dossier."""
        rows = self._sql.execute(_WAITING).rows
        people: dict[int, list[Identite]] = {}
        for row in self._sql.execute(
            "SELECT dp.dossier_id, p.nom_naissance, p.nom_usage, p.prenom, p.surnom, p.description"
            " FROM dossier_personnes AS dp JOIN personnes AS p ON p.id = dp.personne_id"
            " WHERE dp.dossier_id IN (SELECT dossier_id FROM points_referent WHERE vu_le IS NULL)"
            " ORDER BY dp.dossier_id, dp.ordre, p.id"
        ):
            people.setdefault(row["dossier_id"], []).append(Identite(*(row[place] for place in range(1, 6))))
        return tuple(_to_see(row, people.get(row["dossier_id"], [])) for row in rows)

    def _mark(self, dossier_id: int) -> None:
        self._sql.execute(
            "UPDATE dossiers SET a_revoir = EXISTS"
            " (SELECT 1 FROM points_referent WHERE dossier_id = ?1 AND vu_le IS NULL) WHERE id = ?1",
            (dossier_id,),
        )


def _point(row: Row) -> Point:
    return Point(
        row["id"],
        row["dossier_id"],
        date.fromisoformat(row["pose_le"]),
        row["texte"],
        to_date(row["vu_le"]),
        row["decision"],
    )


def _to_see(row: Row, people: list[Identite]) -> PointAVoir:
    return PointAVoir(
        _point(row),
        row["numero"],
        ", ".join(each.nom_court for each in people),
        ", ".join(each.initiales for each in people),
        row["unite"],
        row["problematique_principale"],
        date.fromisoformat(row["dernier_contact"]),
    )
