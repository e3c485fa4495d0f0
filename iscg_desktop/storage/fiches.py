"""Issued fiches: their unalterable copy and their trace."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from iscg_desktop.domain.fiche_suivi import EtapeFiche, FicheEtablie
from iscg_desktop.domain.personne import Identite
from iscg_desktop.errors import BugError
from iscg_desktop.storage.connection import Row, Statements
from iscg_desktop.storage.rows import insert, to_date

LAST_STEP = """
(SELECT id FROM fiche_suivis WHERE fiche_id = f.id ORDER BY CASE etape
    WHEN 'retour' THEN 5 WHEN 'relance' THEN 4 WHEN 'accusee' THEN 3 WHEN 'remise' THEN 2
    WHEN 'a_imprimer' THEN 0 ELSE 1 END DESC, date DESC, id DESC LIMIT 1)
"""
"""Id of the step that says how far a fiche ``f`` came: printing again one that was handed over changes nothing."""

_FICHES = f"""
SELECT f.id, f.numero, f.version, f.dossier_id, d.numero AS dossier, f.personne_id, f.partenaire_id,
       q.nom_naissance, q.nom_usage, q.prenom, q.surnom, q.description,
       coalesce(p.nom, '') AS partenaire, f.orientation_id, f.etablie_le, s.etape, s.date AS etape_le,
       coalesce((SELECT numero FROM fiches WHERE remplace_id = f.id), '') AS remplacee_par
FROM fiches AS f JOIN dossiers AS d ON d.id = f.dossier_id JOIN personnes AS q ON q.id = f.personne_id
LEFT JOIN partenaires AS p ON p.id = f.partenaire_id JOIN fiche_suivis AS s ON s.id = {LAST_STEP}
"""


class Fiches:
    """Repository of the fiches de liaison."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(
        self,
        *,
        numero: str,
        version: int,
        remplace_id: int | None,
        orientation_id: int | None,
        dossier_id: int,
        personne_id: int,
        partenaire_id: int | None,
        etablie_le: date,
        gabarit: int,
        valeurs: str,
        pdf: bytes,
        jeton: bytes,
        trimestre: str,
    ) -> int:
        """Keep an issued fiche for good, to be printed; returns its id."""
        fiche_id = insert(
            self._sql,
            "fiches",
            {
                "numero": numero,
                "version": version,
                "remplace_id": remplace_id,
                "orientation_id": orientation_id,
                "dossier_id": dossier_id,
                "personne_id": personne_id,
                "partenaire_id": partenaire_id,
                "etablie_le": etablie_le.isoformat(),
                "jeton": jeton,
                "trimestre_bilan": trimestre,
            },
        )
        insert(
            self._sql,
            "fiche_documents",
            {
                "fiche_id": fiche_id,
                "gabarit": str(gabarit),
                "valeurs": valeurs,
                "pdf": pdf,
                "sha256": hashlib.sha256(pdf).digest(),
            },
        )
        self.follow(fiche_id, "a_imprimer", etablie_le, trimestre)
        return fiche_id

    def follow(
        self, fiche_id: int, etape: str, day: date, trimestre: str, detail: Mapping[str, object] | None = None
    ) -> None:
        """Add a step to the trace of a fiche."""
        insert(
            self._sql,
            "fiche_suivis",
            {
                "fiche_id": fiche_id,
                "etape": etape,
                "date": day.isoformat(),
                "detail": json.dumps(detail or {}, ensure_ascii=False, sort_keys=True),
                "trimestre_bilan": trimestre,
            },
        )

    def pdf(self, fiche_id: int) -> bytes:
        """The very bytes that were issued.

        Raises:
            BugError: They no longer match the digest kept at issue.
        """
        row = self._sql.execute(
            "SELECT pdf, sha256 FROM fiche_documents WHERE fiche_id = ?", (fiche_id,)
        ).one()
        if hashlib.sha256(row["pdf"]).digest() != row["sha256"]:
            raise BugError("the bytes of a fiche do not match their digest")
        return bytes(row["pdf"])

    def valeurs(self, fiche_id: int) -> str:
        """Canonical JSON of what was issued."""
        return str(
            self._sql.execute("SELECT valeurs FROM fiche_documents WHERE fiche_id = ?", (fiche_id,)).scalar()
        )

    def get(self, fiche_id: int) -> FicheEtablie:
        """One fiche."""
        return _fiche(self._sql.execute(_FICHES + " WHERE f.id = ?", (fiche_id,)).one())

    def of_orientation(self, orientation_id: int) -> FicheEtablie | None:
        """The last version of the fiche that carries an orientation."""
        row = self._sql.execute(
            _FICHES + " WHERE f.orientation_id = ? ORDER BY f.id DESC LIMIT 1", (orientation_id,)
        ).first()
        return None if row is None else _fiche(row)

    def trace(self, fiche_id: int) -> tuple[EtapeFiche, ...]:
        """Every step of a fiche, in the order in which they were noted."""
        found = []
        for row in self._sql.execute(
            "SELECT etape, date, detail FROM fiche_suivis WHERE fiche_id = ? ORDER BY id", (fiche_id,)
        ):
            day = to_date(row["date"])
            assert day is not None
            found.append(EtapeFiche(row["etape"], day, json.loads(row["detail"]).get("suite", "")))
        return tuple(found)

    def answered(self, fiche_id: int) -> bool:
        """Whether its retour came."""
        found = self._sql.execute(
            "SELECT 1 FROM fiche_suivis WHERE fiche_id = ? AND etape = 'retour'", (fiche_id,)
        ).first()
        return found is not None

    def recent(self, limit: int) -> tuple[FicheEtablie, ...]:
        """Fiches, newest first."""
        rows = self._sql.execute(
            # Chosen first: the state of a fiche costs more than its date.
            _FICHES + " WHERE f.id IN (SELECT id FROM fiches ORDER BY etablie_le DESC, id DESC LIMIT ?)"
            " ORDER BY f.etablie_le DESC, f.id DESC",
            (limit,),
        )
        return tuple(_fiche(row) for row in rows)

    def without_retour(self, issued_before: date) -> tuple[FicheEtablie, ...]:
        """Fiches issued on or before a day that nobody answered, oldest first."""
        rows = self._sql.execute(
            _FICHES + " WHERE f.etablie_le <= ?"
            " AND NOT EXISTS (SELECT 1 FROM fiche_suivis WHERE fiche_id = f.id AND etape = 'retour')"
            " AND NOT EXISTS (SELECT 1 FROM fiches AS plus_recente WHERE plus_recente.remplace_id = f.id)"
            " ORDER BY f.etablie_le, f.id",
            (issued_before.isoformat(),),
        )
        return tuple(_fiche(row) for row in rows)


def _fiche(row: Row) -> FicheEtablie:
    issued, step = to_date(row["etablie_le"]), to_date(row["etape_le"])
    assert issued is not None
    assert step is not None
    names = ("nom_naissance", "nom_usage", "prenom", "surnom", "description")
    identite = Identite(**{name: row[name] for name in names})
    return FicheEtablie(
        id=row["id"],
        numero=row["numero"],
        version=row["version"],
        dossier_id=row["dossier_id"],
        dossier=row["dossier"],
        personne_id=row["personne_id"],
        personne=identite.nom_court,
        initiales=identite.initiales,
        partenaire_id=row["partenaire_id"],
        partenaire=row["partenaire"],
        orientation_id=row["orientation_id"],
        etablie_le=issued,
        etape=row["etape"],
        etape_le=step,
        remplacee_par=row["remplacee_par"],
    )
