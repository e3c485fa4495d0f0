"""Issued fiches: their unalterable copy and their trace."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date

from iscg_desktop.domain.coupon import Coupon
from iscg_desktop.domain.fiche_sections import Reponse
from iscg_desktop.domain.fiche_suivi import ETAPES, RANGS, EtapeFiche, Etat, FicheEtablie
from iscg_desktop.domain.personne import Identite
from iscg_desktop.errors import BugError
from iscg_desktop.storage.connection import Row, Statements
from iscg_desktop.storage.rows import insert, to_date

_FICHES = """
SELECT f.id, f.numero, f.version, f.dossier_id, d.numero AS dossier, f.personne_id, f.partenaire_id,
       q.nom_naissance, q.nom_usage, q.prenom, q.surnom, q.description,
       coalesce(p.nom, '') AS partenaire, f.orientation_id, f.etablie_le, f.etape, f.etape_le,
       coalesce((SELECT numero FROM fiches WHERE remplace_id = f.id), '') AS remplacee_par,
       (SELECT min(date) FROM fiche_suivis WHERE fiche_id = f.id AND etape = 'remise') AS remise_le,
       (SELECT min(pour_le) FROM relances WHERE fiche_id = f.id AND faite_le IS NULL) AS relance_le
FROM fiches AS f JOIN dossiers AS d ON d.id = f.dossier_id JOIN personnes AS q ON q.id = f.personne_id
LEFT JOIN partenaires AS p ON p.id = f.partenaire_id
"""
_CURRENT = "f.id NOT IN (SELECT remplace_id FROM fiches WHERE remplace_id IS NOT NULL)"


_RANK = "CASE etape " + " ".join(f"WHEN '{etape}' THEN {rank}" for etape, rank in RANGS.items()) + " END"


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
                "etape_le": etablie_le.isoformat(),
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
    ) -> int:
        """Add a step to the trace of a fiche; returns its id."""
        step_id = insert(
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
        self._restate(fiche_id)
        return step_id

    def take_back(self, step_id: int) -> None:
        """Take a step out of the trace, as if it had never been noted."""
        fiche_id = self._sql.execute("SELECT fiche_id FROM fiche_suivis WHERE id = ?", (step_id,)).scalar()
        self._sql.execute("DELETE FROM fiche_suivis WHERE id = ?", (step_id,))
        self._restate(int(fiche_id))

    def _restate(self, fiche_id: int) -> None:
        """Say with the fiche itself how far it came."""
        self._sql.execute(
            f"UPDATE fiches SET (etape, etape_le) = (SELECT etape, date FROM fiche_suivis WHERE fiche_id = ?1"
            f" ORDER BY {_RANK} DESC, date DESC, id DESC LIMIT 1) WHERE id = ?1",
            (fiche_id,),
        )

    def step(self, step_id: int) -> tuple[int, EtapeFiche, Mapping[str, object]]:
        """The fiche of a step, the step, and all that was noted with it."""
        row = self._sql.execute("SELECT * FROM fiche_suivis WHERE id = ?", (step_id,)).one()
        return row["fiche_id"], _step(row), json.loads(row["detail"])

    def count_of_entretien(self, entretien_id: int) -> int:
        """How many fiches were issued from the orientations of an entretien."""
        return int(
            self._sql.execute(
                "SELECT count(*) FROM fiches AS f JOIN orientations AS o ON o.id = f.orientation_id"
                " WHERE o.entretien_id = ?",
                (entretien_id,),
            ).scalar()
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
        rows = self._sql.execute("SELECT * FROM fiche_suivis WHERE fiche_id = ? ORDER BY id", (fiche_id,))
        return tuple(_step(row) for row in rows)

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

    def find(self, etat: Etat, text: str, today: date, limit: int) -> tuple[FicheEtablie, ...]:
        """Fiches in a state whose number or recipient holds a text, newest first."""
        where, values = self._where(etat, today)
        if text:
            mark = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            where += " AND (f.numero LIKE ? ESCAPE '\\' OR p.nom LIKE ? ESCAPE '\\')"
            values += (f"%{mark}%", f"%{mark}%")
        # Chosen first: what is shown beside a fiche costs more than its date.
        rows = self._sql.execute(
            f"{_FICHES} WHERE f.id IN (SELECT f.id FROM fiches AS f"
            f" LEFT JOIN partenaires AS p ON p.id = f.partenaire_id WHERE {where}"
            " ORDER BY f.etablie_le DESC, f.id DESC LIMIT ?) ORDER BY f.etablie_le DESC, f.id DESC",
            (*values, limit),
        )
        return tuple(_fiche(row) for row in rows)

    def count(self, etat: Etat, today: date) -> int:
        """How many fiches are in a state."""
        where, values = self._where(etat, today)
        return int(self._sql.execute(f"SELECT count(*) FROM fiches AS f WHERE {where}", values).scalar())

    @staticmethod
    def _where(etat: Etat, today: date) -> tuple[str, tuple[str, ...]]:
        if etat is Etat.TOUTES:
            return "1", ()
        if etat is Etat.A_RELANCER:
            due = "SELECT fiche_id FROM relances WHERE faite_le IS NULL AND pour_le <= ?"
            return f"f.id IN ({due})", (today.isoformat(),)
        marks = ", ".join("?" * len(ETAPES[etat]))
        current = "" if etat is Etat.RETOURS else f" AND {_CURRENT}"
        return f"f.etape IN ({marks}){current}", ETAPES[etat]

    def of_numero(self, numero: str) -> FicheEtablie | None:
        """The fiche of a number."""
        row = self._sql.execute(_FICHES + " WHERE f.numero = ?", (numero,)).first()
        return None if row is None else _fiche(row)

    def numeros(self, limit: int) -> tuple[str, ...]:
        """The last numbers given."""
        rows = self._sql.execute("SELECT numero FROM fiches ORDER BY id DESC LIMIT ?", (limit,))
        return tuple(row["numero"] for row in rows)

    def jeton(self, fiche_id: int) -> bytes:
        """The random token printed in its QR code."""
        return bytes(self._sql.execute("SELECT jeton FROM fiches WHERE id = ?", (fiche_id,)).scalar())

    def last_version(self, fiche_id: int) -> int:
        """Id of the newest version of a fiche: itself when nothing corrects it."""
        newer = self._sql.execute("SELECT id FROM fiches WHERE remplace_id = ?", (fiche_id,)).first()
        return fiche_id if newer is None else self.last_version(newer["id"])

    def first_issue(self, fiche_id: int) -> date:
        """Day on which the first version of a fiche was issued."""
        row = self._sql.execute("SELECT remplace_id, etablie_le FROM fiches WHERE id = ?", (fiche_id,)).one()
        if row["remplace_id"] is not None:
            return self.first_issue(row["remplace_id"])
        return date.fromisoformat(row["etablie_le"])

    def retour(self, fiche_id: int) -> Coupon | None:
        """What the retour of a fiche says; None while it is awaited."""
        row = self._sql.execute(
            "SELECT date, detail FROM fiche_suivis WHERE fiche_id = ? AND etape = 'retour'", (fiche_id,)
        ).first()
        if row is None:
            return None
        told = json.loads(row["detail"])
        return Coupon(
            connu=Reponse(told["connu"]) if told.get("connu") else None,
            prise_en_charge=Reponse(told["prise_en_charge"]) if told.get("prise_en_charge") else None,
            rendez_vous_le=to_date(told.get("rendez_vous_le")),
            referent=told.get("referent", ""),
            suite=told.get("suite"),
            date=to_date(row["date"]),
            motif=told.get("motif", ""),
        )

    def without_retour(self, issued_before: date) -> tuple[int, ...]:
        """Ids of the fiches issued on or before a day that nobody answered, oldest first."""
        rows = self._sql.execute(
            "SELECT f.id FROM fiches AS f"
            f" WHERE f.etablie_le <= ? AND f.etape <> 'retour' AND {_CURRENT} ORDER BY f.etablie_le, f.id",
            (issued_before.isoformat(),),
        )
        return tuple(row["id"] for row in rows)

    def some(self, ids: Iterable[int]) -> tuple[FicheEtablie, ...]:
        """Fiches in the order of their ids as given; one that is no more is left out."""
        wanted = json.dumps(list(ids))
        rows = self._sql.execute(
            f"{_FICHES} JOIN json_each(?) AS asked ON asked.value = f.id ORDER BY asked.key", (wanted,)
        )
        return tuple(_fiche(row) for row in rows)


def _step(row: Row) -> EtapeFiche:
    detail = json.loads(row["detail"])
    return EtapeFiche(
        row["etape"],
        date.fromisoformat(row["date"]),
        detail.get("suite") or "",
        detail.get("canal") or "",
        row["id"],
        row["trimestre_bilan"],
    )


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
        remise_le=to_date(row["remise_le"]),
        relance_le=to_date(row["relance_le"]),
    )
