"""Orientations and their suites, and the firsts that a bilan counts once."""

from __future__ import annotations

from datetime import date

from iscg_desktop.domain.orientation import (
    AUCUNE,
    EN_ATTENTE,
    ENGAGEMENT,
    SECTEUR,
    Orientation,
    OrientationDraft,
    SansSuite,
    Suite,
    SuiteDraft,
)
from iscg_desktop.domain.personne import Identite
from iscg_desktop.storage.accueils import Accueils
from iscg_desktop.storage.connection import Row, Statements, Value
from iscg_desktop.storage.rows import from_date, insert, to_date, update

_ORIENTATIONS = """
SELECT o.*, coalesce(p.nom, '') AS partenaire, s.suite AS suite, s.date AS suite_le,
       (SELECT numero FROM fiches AS f WHERE f.orientation_id = o.id ORDER BY f.id DESC LIMIT 1) AS fiche_numero
FROM orientations AS o LEFT JOIN partenaires AS p ON p.id = o.partenaire_id
LEFT JOIN suites AS s ON s.id = (
    SELECT id FROM suites WHERE orientation_id = o.id ORDER BY date DESC, id DESC LIMIT 1)
"""

# Quarters are arrêtés in order: what comes after the last one may still change. Codes sort as their quarters do.
_OPEN = "{table}.trimestre_bilan > (SELECT coalesce(max(code), '') FROM bilans WHERE type = 'trimestre')"


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
        orientation_id = insert(
            self._sql,
            "orientations",
            {
                "dossier_id": dossier_id,
                "personne_id": personne_id,
                "entretien_id": entretien_id,
                "date": day.isoformat(),
                **_values(draft),
                "connu_services_sociaux": facts[0] if facts else None,
                "suivi_en_cours": facts[1] if facts else None,
                "trimestre_bilan": trimestre,
            },
        )
        self._count_first_secteur(dossier_id, personne_id)
        return orientation_id

    def change(
        self, orientation_id: int, draft: OrientationDraft, *, personne_id: int, day: date, trimestre: str
    ) -> None:
        """Replace what was said of an orientation that still may change; the firsts are counted again."""
        before = self.get(orientation_id)
        facts = Accueils(self._sql).facts(before.dossier_id, personne_id)
        values: dict[str, Value] = {
            **_values(draft),
            "personne_id": personne_id,
            "date": day.isoformat(),
            "connu_services_sociaux": facts[0] if facts else None,
            "suivi_en_cours": facts[1] if facts else None,
            "premiere_secteur": 0,
            "trimestre_bilan": trimestre,
        }
        update(self._sql, "orientations", orientation_id, values)
        for person in {before.personne_id, personne_id}:
            self._count_first_secteur(before.dossier_id, person)
            self._count_first_engagement(before.dossier_id, person)

    def change_accord(self, orientation_id: int, accord: str) -> None:
        """Say whether the person agrees: no figure depends on it."""
        update(self._sql, "orientations", orientation_id, {"accord": accord})

    def delete(self, orientation_id: int) -> None:
        """Take back an orientation of an open quarter, with its suites; the firsts are counted again."""
        before = self.get(orientation_id)
        self._sql.execute("DELETE FROM orientations WHERE id = ?", (orientation_id,))
        self.count_firsts(before.dossier_id, before.personne_id)

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
        """Add what became of an orientation; the first accompagnement engagé of its accueil is counted again."""
        draft = SuiteDraft(suite, day, motif, rendez_vous_le, referent)
        values = {"orientation_id": orientation_id, **_suite_values(draft), "trimestre_bilan": trimestre}
        suite_id = insert(self._sql, "suites", values)
        self._count_engagement_of(orientation_id)
        return suite_id

    def change_suite(self, suite_id: int, draft: SuiteDraft, trimestre: str) -> None:
        """Replace a suite that still may change; the firsts are counted again."""
        values = _suite_values(draft) | {"premier_engagement": 0, "trimestre_bilan": trimestre}
        update(self._sql, "suites", suite_id, values)
        self._count_engagement_of(self.suite(suite_id).orientation_id)

    def drop_suite(self, suite_id: int) -> None:
        """Take back a suite whose quarter is open; the next engagement of its accueil counts in its place."""
        row = self._sql.execute("SELECT orientation_id FROM suites WHERE id = ?", (suite_id,)).first()
        if row is not None:
            self._sql.execute("DELETE FROM suites WHERE id = ?", (suite_id,))
            self._count_engagement_of(row["orientation_id"])

    def suite(self, suite_id: int) -> Suite:
        """One suite."""
        return _suite(self._sql.execute("SELECT * FROM suites WHERE id = ?", (suite_id,)).one())

    def suites(self, orientation_id: int) -> tuple[Suite, ...]:
        """What became of an orientation, the current suite first."""
        rows = self._sql.execute(
            "SELECT * FROM suites WHERE orientation_id = ? ORDER BY date DESC, id DESC", (orientation_id,)
        )
        return tuple(_suite(row) for row in rows)

    def _count_first_secteur(self, dossier_id: int, personne_id: int) -> None:
        """Mark the first orientation of an accueil to the secteur, once.

        What was counted in a closed quarter stays the first; else it is the earliest in the quarters still
        open.
        """
        facts = Accueils(self._sql).facts(dossier_id, personne_id)
        pair = (dossier_id, personne_id)
        self._sql.execute(
            f"UPDATE orientations SET premiere_secteur = 0 WHERE dossier_id = ? AND personne_id = ?"
            f" AND premiere_secteur = 1 AND {_OPEN.format(table='orientations')}",
            pair,
        )
        counted = self._sql.execute(
            "SELECT 1 FROM orientations WHERE dossier_id = ? AND personne_id = ? AND premiere_secteur = 1",
            pair,
        ).first()
        if facts is None or counted is not None:
            return
        self._sql.execute(
            "UPDATE orientations SET premiere_secteur = 1, connu_services_sociaux = ?3, suivi_en_cours = ?4"
            " WHERE id = (SELECT o.id FROM orientations AS o"
            "             JOIN nomenclatures AS n ON n.liste = 'type_partenaire' AND n.code = o.type"
            "             WHERE o.dossier_id = ?1 AND o.personne_id = ?2 AND coalesce(n.compte_sous, n.code) = ?5"
            f"            AND {_OPEN.format(table='o')} ORDER BY o.date, o.id LIMIT 1)",
            (*pair, *facts, SECTEUR),
        )

    def _count_engagement_of(self, orientation_id: int) -> None:
        row = self._sql.execute(
            "SELECT dossier_id, personne_id FROM orientations WHERE id = ?", (orientation_id,)
        ).one()
        self._count_first_engagement(row["dossier_id"], row["personne_id"])

    def _count_first_engagement(self, dossier_id: int, personne_id: int) -> None:
        """Mark the first accompagnement engagé of an accueil, once, by the same rule as the secteur."""
        pair = (dossier_id, personne_id)
        own = "orientation_id IN (SELECT id FROM orientations WHERE dossier_id = ?1 AND personne_id = ?2)"
        self._sql.execute(
            f"UPDATE suites SET premier_engagement = 0 WHERE {own} AND premier_engagement = 1"
            f" AND {_OPEN.format(table='suites')}",
            pair,
        )
        counted = self._sql.execute(
            f"SELECT 1 FROM suites WHERE {own} AND premier_engagement = 1", pair
        ).first()
        facts = Accueils(self._sql).facts(dossier_id, personne_id)
        if counted is not None or facts is None:
            return
        self._sql.execute(
            "UPDATE suites SET premier_engagement = 1 WHERE id = (SELECT s.id FROM suites AS s"
            " JOIN nomenclatures AS n ON n.liste = 'suite' AND n.code = s.suite"
            f" WHERE s.{own} AND coalesce(n.compte_sous, n.code) = ?3 AND {_OPEN.format(table='s')}"
            " ORDER BY s.date, s.id LIMIT 1)",
            (*pair, ENGAGEMENT),
        )
        # An orientation may be older than the accueil: what it counts with is then noted now.
        self._sql.execute(
            "UPDATE orientations SET connu_services_sociaux = coalesce(connu_services_sociaux, ?3),"
            " suivi_en_cours = coalesce(suivi_en_cours, ?4) WHERE dossier_id = ?1 AND personne_id = ?2"
            " AND id IN (SELECT orientation_id FROM suites WHERE premier_engagement = 1)",
            (*pair, *facts),
        )

    def discard_of(self, entretien_id: int) -> None:
        """Put the orientations of an entretien in the corbeille with it: those without fiche nor suite, still open."""
        self._sql.execute(
            "UPDATE orientations SET trimestre_bilan = NULL, premiere_secteur = 0 WHERE entretien_id = ?"
            " AND trimestre_bilan NOT IN (SELECT code FROM bilans)"
            " AND NOT EXISTS (SELECT 1 FROM fiches WHERE orientation_id = orientations.id)"
            " AND NOT EXISTS (SELECT 1 FROM suites WHERE orientation_id = orientations.id)",
            (entretien_id,),
        )

    def restore_of(self, entretien_id: int, trimestre: str) -> None:
        """Take the orientations of an entretien out of the corbeille with it; the firsts are to be counted again."""
        self._sql.execute(
            "UPDATE orientations SET trimestre_bilan = ? WHERE entretien_id = ? AND trimestre_bilan IS NULL",
            (trimestre, entretien_id),
        )

    def count_firsts(self, dossier_id: int, personne_id: int) -> None:
        """Mark again the firsts of an accueil that came, went, or changed its facts."""
        self._count_first_secteur(dossier_id, personne_id)
        self._count_first_engagement(dossier_id, personne_id)

    def delete_discarded_of(self, entretien_id: int) -> None:
        """Delete for good the orientations that lie in the corbeille with an entretien."""
        self._sql.execute(
            "DELETE FROM orientations WHERE entretien_id = ? AND trimestre_bilan IS NULL", (entretien_id,)
        )

    def get(self, orientation_id: int) -> Orientation:
        """One orientation."""
        return _orientation(self._sql.execute(_ORIENTATIONS + " WHERE o.id = ?", (orientation_id,)).one())

    def of_dossier(self, dossier_id: int) -> tuple[Orientation, ...]:
        """Orientations of a dossier, newest first."""
        rows = self._sql.execute(
            _ORIENTATIONS
            + " WHERE o.dossier_id = ? AND o.trimestre_bilan IS NOT NULL ORDER BY o.date DESC, o.id DESC",
            (dossier_id,),
        )
        return tuple(_orientation(row) for row in rows)

    def without_fiche(self, limit: int) -> tuple[Orientation, ...]:
        """Orientations to a named partner, with accord, that no fiche carries yet; newest first."""
        rows = self._sql.execute(
            _ORIENTATIONS
            + " WHERE o.trimestre_bilan IS NOT NULL AND o.partenaire_id IS NOT NULL AND o.accord = 'oui'"
            " AND fiche_numero IS NULL"
            " ORDER BY o.date DESC, o.id DESC LIMIT ?",
            (limit,),
        )
        return tuple(_orientation(row) for row in rows)

    def of_partenaire(self, partenaire_id: int, limit: int) -> tuple[Orientation, ...]:
        """The last orientations to a structure, newest first."""
        rows = self._sql.execute(
            _ORIENTATIONS
            + " WHERE o.partenaire_id = ? AND o.trimestre_bilan IS NOT NULL ORDER BY o.date DESC, o.id DESC LIMIT ?",
            (partenaire_id, limit),
        )
        return tuple(_orientation(row) for row in rows)

    def without_suite(self, since: date, until: date, limit: int) -> tuple[SansSuite, ...]:
        """Orientations of some days of which nothing is known, or only « en attente »; oldest first."""
        rows = self._sql.execute(
            "SELECT x.*, d.numero, p.nom_naissance, p.nom_usage, p.prenom, p.surnom, p.description"
            f" FROM ({_ORIENTATIONS} WHERE o.date BETWEEN ? AND ? AND o.trimestre_bilan IS NOT NULL AND o.type <> ?"
            "        AND (s.suite IS NULL OR s.suite = ?) ORDER BY o.date, o.id LIMIT ?) AS x"
            " JOIN dossiers AS d ON d.id = x.dossier_id JOIN personnes AS p ON p.id = x.personne_id"
            " ORDER BY x.date, x.id",
            (since.isoformat(), until.isoformat(), AUCUNE, EN_ATTENTE, limit),
        )
        return tuple(_sans_suite(row) for row in rows)


def _values(draft: OrientationDraft) -> dict[str, Value]:
    return {
        "type": draft.type,
        "accord": draft.accord,
        "partenaire_id": draft.partenaire_id,
        "motif": draft.motif.strip(),
    }


def _suite_values(draft: SuiteDraft) -> dict[str, Value]:
    return {
        "suite": draft.suite,
        "date": from_date(draft.date),
        "motif": draft.motif.strip(),
        "rendez_vous_le": from_date(draft.rendez_vous_le),
        "referent": draft.referent.strip(),
    }


def _suite(row: Row) -> Suite:
    return Suite(
        id=row["id"],
        orientation_id=row["orientation_id"],
        suite=row["suite"],
        date=date.fromisoformat(row["date"]),
        motif=row["motif"],
        rendez_vous_le=to_date(row["rendez_vous_le"]),
        referent=row["referent"],
        trimestre=row["trimestre_bilan"],
    )


def _sans_suite(row: Row) -> SansSuite:
    identite = Identite(
        *(row[name] for name in ("nom_naissance", "nom_usage", "prenom", "surnom", "description"))
    )
    return SansSuite(_orientation(row), row["numero"], identite.nom_court, identite.initiales)


def _orientation(row: Row) -> Orientation:
    return Orientation(
        id=row["id"],
        dossier_id=row["dossier_id"],
        personne_id=row["personne_id"],
        entretien_id=row["entretien_id"],
        date=date.fromisoformat(row["date"]),
        type=row["type"],
        partenaire_id=row["partenaire_id"],
        partenaire=row["partenaire"],
        accord=row["accord"],
        motif=row["motif"],
        suite=row["suite"],
        suite_le=to_date(row["suite_le"]),
        fiche_numero=row["fiche_numero"],
        trimestre=row["trimestre_bilan"] or "",
    )
