"""Points to review with the référent: noted in a dossier, printed as a list, seen together."""

from __future__ import annotations

from datetime import date

from iscg_desktop.documents.liste_points import LignePoint, render_liste_points
from iscg_desktop.domain.point_referent import Point, PointAVoir, check_point
from iscg_desktop.errors import InvalidInput, Problem
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session

_VU = "Vu"
"""What is kept when she wrote no decision."""


class ReferentService:
    """Use cases around the points to review."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def points(self, dossier_id: int) -> tuple[Point, ...]:
        """Points of a dossier that wait."""
        return self._session.read.points.of_dossier(dossier_id)

    def waiting(self) -> tuple[PointAVoir, ...]:
        """Every point that waits, the oldest first."""
        return self._session.read.points.waiting()

    def add(self, dossier_id: int, texte: str) -> Changes:
        """Note a point to review in a dossier.

        Raises:
            InvalidInput: No word, or too many.
        """
        problems = check_point(texte)
        if problems:
            raise InvalidInput(problems)
        with self._session.transaction() as tx:
            point_id = tx.points.add(dossier_id, self._session.clock.today(), texte.strip())
            tx.journal.append("creation", "point_referent", str(point_id), self._session.clock.now())
            tx.commit()
        return changes("dossiers", dossier_id=dossier_id)

    def see(self, point_id: int, day: date | None, decision: str) -> Changes:
        """Say that a point was reviewed with the référent, and what was decided.

        Raises:
            InvalidInput: No day, a day to come, or one before the point was noted.
        """
        point = self._session.read.points.get(point_id)
        if day is None:
            raise InvalidInput((Problem("jour", "date_manquante"),))
        if day > self._session.clock.today():
            raise InvalidInput((Problem("jour", "date_future"),))
        if day < point.pose_le:
            raise InvalidInput((Problem("jour", "point_vu_avant"),))
        with self._session.transaction() as tx:
            tx.points.see(point_id, day, decision.strip() or _VU)
            tx.journal.append("modification", "point_referent", str(point_id), self._session.clock.now())
            tx.commit()
        return changes("dossiers", dossier_id=point.dossier_id)

    def liste(self) -> bytes:
        """The printed list of the points that wait, in memory; it is never written to a file."""
        intervenant = self._session.intervenant
        problematique = self._session.nomenclatures["problematique"]
        lignes = [
            LignePoint(
                dossier=each.numero,
                personnes=each.noms,
                problematique=problematique.libelle_de(each.problematique) if each.problematique else "",
                unite=each.unite,
                dernier_contact=each.dernier_contact,
                pose_le=each.point.pose_le,
                texte=each.point.texte,
            )
            for each in self.waiting()
        ]
        nom = intervenant.nom_complet if intervenant else ""
        return render_liste_points(lignes, nom, self._session.clock.today())

    def printed(self) -> None:
        """Note in the journal that the list went to the printer."""
        with self._session.transaction() as tx:
            tx.journal.append("impression", "liste_points", None, self._session.clock.now())
            tx.commit()
