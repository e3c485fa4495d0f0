"""The accueils that the entretiens give rise to: what a bilan counts persons by."""

from __future__ import annotations

from dataclasses import dataclass

from iscg_desktop.domain.entretien import REALISE, Entretien
from iscg_desktop.storage.connection import Statements
from iscg_desktop.storage.entretiens import add_values
from iscg_desktop.storage.personnes import Personnes
from iscg_desktop.storage.rows import insert


@dataclass(frozen=True, slots=True)
class Accueil:
    """What a pair counts by.

    Attributes:
        personne_id: The line it was counted under; that line may have been merged into another since.
        entretien_id: The entretien its facts come from; None once that one was deleted.
    """

    id: int
    personne_id: int
    entretien_id: int | None
    trimestre: str


class Accueils:
    """Repository of the accueils: the person–dossier pairs that a bilan counts."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements
        self._personnes = Personnes(statements)

    def get(self, dossier_id: int, personne_id: int) -> Accueil | None:
        """The accueil of a pair, if it counts, under her line or one merged into it."""
        row = self._sql.execute(
            "SELECT accueils.id, personne_id, entretien_id, trimestre_bilan FROM accueils"
            " JOIN personnes AS p ON p.id = personne_id"
            " WHERE dossier_id = ?1 AND ?2 IN (p.id, p.fusionnee_dans) ORDER BY p.id = ?2 DESC LIMIT 1",
            (dossier_id, personne_id),
        ).first()
        if row is None:
            return None
        return Accueil(row["id"], row["personne_id"], row["entretien_id"], row["trimestre_bilan"])

    def made_by(self, entretien_id: int) -> tuple[int, ...]:
        """Ids of the persons, as they are known now, whose accueil takes its facts from an entretien."""
        rows = self._sql.execute(
            "SELECT coalesce(p.fusionnee_dans, p.id) AS personne_id FROM accueils"
            " JOIN personnes AS p ON p.id = personne_id WHERE entretien_id = ? ORDER BY accueils.id",
            (entretien_id,),
        )
        return tuple(row["personne_id"] for row in rows)

    def by_hand(self, dossier_id: int) -> frozenset[int]:
        """Ids of the persons, as they are known now, whose accueil in a dossier was marked by hand."""
        rows = self._sql.execute(
            "SELECT coalesce(p.fusionnee_dans, p.id) AS personne_id FROM accueils"
            " JOIN personnes AS p ON p.id = personne_id WHERE dossier_id = ? AND automatique = 0",
            (dossier_id,),
        )
        return frozenset(row["personne_id"] for row in rows)

    def delete(self, accueil_id: int) -> None:
        """Count the pair no more."""
        profil = self._sql.execute("SELECT profil_id FROM accueils WHERE id = ?", (accueil_id,)).scalar()
        self._sql.execute("DELETE FROM accueils WHERE id = ?", (accueil_id,))
        self._sql.execute("DELETE FROM profils WHERE id = ?", (profil,))

    def exists(self, dossier_id: int, personne_id: int) -> bool:
        """Whether the pair already counts, under her line or one merged into it."""
        return (
            self._sql.execute(
                "SELECT 1 FROM accueils JOIN personnes AS p ON p.id = personne_id"
                " WHERE dossier_id = ?1 AND ?2 IN (p.id, p.fusionnee_dans)",
                (dossier_id, personne_id),
            ).first()
            is not None
        )

    def add(
        self,
        *,
        entretien: Entretien,
        personne_id: int,
        trimestre: str,
        origine: str,
        before: Accueil | None = None,
    ) -> int:
        """Start an accueil from the entretien that makes it; returns its id.

        Args:
            entretien: Where its date and its facts come from.
            personne_id: One of its persons.
            trimestre: Quarter it counts in.
            origine: That of the first saisine of the dossier.
            before: The accueil it takes the place of, to stay under the same line.
        """
        line = next(line for line in entretien.personnes if line.personne_id == personne_id)
        accueil_id = insert(
            self._sql,
            "accueils",
            {
                "id": before.id if before else None,
                "dossier_id": entretien.dossier_id,
                "personne_id": before.personne_id if before else personne_id,
                "entretien_id": entretien.id,
                "automatique": int(line.presente and entretien.issue == REALISE),
                "date": entretien.date.isoformat(),
                "profil_id": self._personnes.add_profil(line.profil),
                "origine": origine,
                "problematique_principale": entretien.problematique_principale,
                "unite_id": entretien.unite_id,
                "trimestre_bilan": trimestre,
            },
        )
        answers = {
            "problematique": (entretien.problematique_principale, *entretien.problematiques),
            "demande": entretien.demandes,
            "reponse": entretien.reponses,
        }
        add_values(self._sql, "accueil", accueil_id, answers)
        return accueil_id

    def facts(self, dossier_id: int, personne_id: int) -> tuple[str, str] | None:
        """``connu_services_sociaux`` and ``suivi_en_cours`` of an accueil, None if the pair does not count."""
        row = self._sql.execute(
            "SELECT connu_services_sociaux, suivi_en_cours FROM accueils JOIN profils ON profils.id = profil_id"
            " JOIN personnes AS p ON p.id = personne_id WHERE dossier_id = ?1 AND ?2 IN (p.id, p.fusionnee_dans)",
            (dossier_id, personne_id),
        ).first()
        return None if row is None else (row["connu_services_sociaux"], row["suivi_en_cours"])
