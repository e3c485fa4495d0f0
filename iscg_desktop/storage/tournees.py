"""The tournées: which fiches she hands over on which day, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from iscg_desktop.domain.personne import Identite
from iscg_desktop.domain.tournee import FicheATransmettre, Tournee, TourneeLine, par_service
from iscg_desktop.storage.connection import Row, Statements
from iscg_desktop.storage.rows import insert

_FICHES = """
SELECT f.id, f.numero, f.etablie_le, f.partenaire_id, f.etape,
       coalesce(json_extract(v.valeurs, '$.destinataire.service'), '') AS service,
       coalesce(json_extract(v.valeurs, '$.destinataire.adresse'), '') AS adresse,
       coalesce(json_extract(v.valeurs, '$.urgence'), '') AS urgence,
       q.nom_naissance, q.nom_usage, q.prenom, q.surnom, q.description,
       EXISTS (SELECT 1 FROM fiches AS plus_recente WHERE plus_recente.remplace_id = f.id) AS remplacee
FROM fiches AS f JOIN fiche_documents AS v ON v.fiche_id = f.id JOIN personnes AS q ON q.id = f.personne_id
"""


class Tournees:
    """Repository of the tournées."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(self, day: date) -> int:
        """Begin a tournée; returns its id."""
        return insert(self._sql, "tournees", {"date": day.isoformat()})

    def move_to(self, tournee_id: int, day: date) -> None:
        """Put it on another day."""
        self._sql.execute("UPDATE tournees SET date = ? WHERE id = ?", (day.isoformat(), tournee_id))

    def set_done(self, tournee_id: int, *, done: bool) -> None:
        """Say that its fiches were handed over, or were not."""
        self._sql.execute("UPDATE tournees SET faite = ? WHERE id = ?", (int(done), tournee_id))

    def drop(self, tournee_id: int) -> None:
        """Forget it; its fiches stay as they are."""
        self._sql.execute("DELETE FROM tournees WHERE id = ?", (tournee_id,))

    def put(self, tournee_id: int, fiche_ids: Iterable[int]) -> None:
        """Make these its fiches, in this order, and those of no other tournée to come."""
        self._sql.execute("DELETE FROM tournee_fiches WHERE tournee_id = ?", (tournee_id,))
        for place, fiche_id in enumerate(dict.fromkeys(fiche_ids)):
            self._sql.execute(
                "DELETE FROM tournee_fiches WHERE fiche_id = ?"
                " AND tournee_id IN (SELECT id FROM tournees WHERE faite = 0)",
                (fiche_id,),
            )
            self._sql.execute(
                "INSERT INTO tournee_fiches (tournee_id, fiche_id, ordre) VALUES (?, ?, ?)",
                (tournee_id, fiche_id, place),
            )

    def all(self, limit: int) -> tuple[TourneeLine, ...]:
        """Tournées, those to come first, then the last made."""
        rows = self._sql.execute(
            "SELECT t.id, t.date, t.faite, count(f.id) AS fiches,"
            " count(DISTINCT coalesce(f.partenaire_id, -f.id)) AS services FROM tournees AS t"
            " LEFT JOIN tournee_fiches AS c ON c.tournee_id = t.id LEFT JOIN fiches AS f ON f.id = c.fiche_id"
            " GROUP BY t.id ORDER BY t.faite, CASE t.faite WHEN 0 THEN t.date END, t.date DESC, t.id DESC LIMIT ?",
            (limit,),
        )
        return tuple(
            TourneeLine(
                row["id"],
                date.fromisoformat(row["date"]),
                bool(row["faite"]),
                row["fiches"],
                row["services"],
            )
            for row in rows
        )

    def get(self, tournee_id: int) -> Tournee | None:
        """One tournée, its fiches by service; None when it is gone."""
        row = self._sql.execute("SELECT * FROM tournees WHERE id = ?", (tournee_id,)).first()
        if row is None:
            return None
        fiches = self._sql.execute(
            _FICHES
            + " JOIN tournee_fiches AS c ON c.fiche_id = f.id WHERE c.tournee_id = ? ORDER BY c.ordre, f.id",
            (tournee_id,),
        )
        return Tournee(
            row["id"],
            date.fromisoformat(row["date"]),
            bool(row["faite"]),
            par_service(_fiche(each) for each in fiches),
        )

    def fiches(self, fiche_ids: Sequence[int]) -> tuple[FicheATransmettre, ...]:
        """Fiches as a bordereau tells them, in the order given."""
        found = {}
        for fiche_id in dict.fromkeys(fiche_ids):
            row = self._sql.execute(_FICHES + " WHERE f.id = ?", (fiche_id,)).first()
            if row is not None:
                found[fiche_id] = _fiche(row)
        return tuple(found.values())

    def waiting(self) -> tuple[FicheATransmettre, ...]:
        """Current fiches not handed over yet that no tournée to come takes, oldest first."""
        rows = self._sql.execute(
            _FICHES + " WHERE f.etape IN ('a_imprimer', 'imprimee', 'enregistree') AND NOT remplacee"
            " AND NOT EXISTS (SELECT 1 FROM tournee_fiches AS c JOIN tournees AS t ON t.id = c.tournee_id"
            " WHERE c.fiche_id = f.id AND t.faite = 0) ORDER BY f.etablie_le, f.id"
        )
        return tuple(_fiche(row) for row in rows)


def _fiche(row: Row) -> FicheATransmettre:
    names = ("nom_naissance", "nom_usage", "prenom", "surnom", "description")
    identite = Identite(**{name: row[name] for name in names})
    return FicheATransmettre(
        id=row["id"],
        numero=row["numero"],
        etablie_le=date.fromisoformat(row["etablie_le"]),
        partenaire_id=row["partenaire_id"],
        service=row["service"],
        adresse=row["adresse"],
        urgence=row["urgence"],
        personne=identite.nom_court,
        initiales=identite.initiales,
        etape=row["etape"],
        remplacee=bool(row["remplacee"]),
    )
