"""Two lines that were one person: what moves, what is remembered, how it is undone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from iscg_desktop.domain.personne import Identite
from iscg_desktop.storage.connection import Row, Statements, Value
from iscg_desktop.storage.personnes import Personnes, identite_values
from iscg_desktop.storage.recherche_personnes import index_person
from iscg_desktop.storage.rows import insert, update

# Rows that follow her. An accueil stays where it was counted, a fiche or document where it was issued: no figure moves,
# what was handed over stays true; they are read through ``fusionnee_dans``.
_FOLLOW = {"entretien_personnes": "profil_id", "orientations": "id", "rendez_vous": "id"}


@dataclass(frozen=True, slots=True)
class Fusion:
    """One merge that was made."""

    id: int
    gardee_id: int
    absorbee_id: int
    faite_le: date


@dataclass(frozen=True, slots=True)
class Ensemble:
    """A dossier in which both persons stand.

    Attributes:
        statuts: Statut of the one and of the other.
        accueils: Both count there as accueillies.
        entretien: Both have a line in one entretien.
        secteur: Both have there a first orientation to the secteur, that a bilan counts once.
    """

    numero: str
    statuts: tuple[str, str]
    accueils: bool
    entretien: bool
    secteur: bool


class Fusions:
    """Repository of the merges."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def current(self, personne_id: int) -> int:
        """The line that holds her now: her own, or the one she was merged into."""
        row = self._sql.execute("SELECT fusionnee_dans FROM personnes WHERE id = ?", (personne_id,)).first()
        return personne_id if row is None or row["fusionnee_dans"] is None else int(row["fusionnee_dans"])

    def together(self, one: int, other: int) -> tuple[Ensemble, ...]:
        """Dossiers in which both stand."""
        rows = self._sql.execute(
            f"""
            SELECT d.numero, a.statut AS un, b.statut AS autre,
                   {_counts("?1")} AND {_counts("?2")} AS accueils,
                   EXISTS (SELECT 1 FROM entretiens AS e
                           JOIN entretien_personnes AS x ON x.entretien_id = e.id AND x.personne_id = ?1
                           JOIN entretien_personnes AS y ON y.entretien_id = e.id AND y.personne_id = ?2
                           WHERE e.dossier_id = d.id) AS entretien,
                   (SELECT count(*) FROM orientations AS o WHERE o.dossier_id = d.id
                    AND o.personne_id IN (?1, ?2) AND o.premiere_secteur = 1) > 1 AS secteur
            FROM dossier_personnes AS a JOIN dossier_personnes AS b ON b.dossier_id = a.dossier_id
            JOIN dossiers AS d ON d.id = a.dossier_id
            WHERE a.personne_id = ?1 AND b.personne_id = ?2 ORDER BY d.id
            """,
            (one, other),
        )
        return tuple(
            Ensemble(
                row["numero"], (row["un"], row["autre"]), bool(row["accueils"]), bool(row["entretien"]),
                bool(row["secteur"]),
            )
            for row in rows
        )  # fmt: skip

    def merge(self, gardee_id: int, absorbee_id: int, identite: Identite, today: date) -> int:
        """Move what is hers to the line that is kept, and remember it; returns the id of the merge."""
        before = self._columns(gardee_id)
        moved = {table: self._rows_of(table, key, absorbee_id) for table, key in _FOLLOW.items()}
        contenu: dict[str, Any] = {
            "avant": before,
            "deplaces": moved,
            "dossiers": self._move_dossiers(gardee_id, absorbee_id),
            "liens": self._move_links(gardee_id, absorbee_id),
            "pointeurs": [
                row["id"]
                for row in self._sql.execute(
                    "SELECT id FROM personnes WHERE fusionnee_dans = ?", (absorbee_id,)
                )
            ],
        }
        for table, key in _FOLLOW.items():
            self._move(table, key, moved[table], gardee_id)
        self._sql.execute(
            "UPDATE personnes SET fusionnee_dans = ?1 WHERE id = ?2 OR fusionnee_dans = ?2",
            (gardee_id, absorbee_id),
        )
        Personnes(self._sql).change(gardee_id, identite)
        contenu["apres"] = self._columns(gardee_id)
        self._sql.execute("DELETE FROM personne_termes WHERE personne_id = ?", (absorbee_id,))
        return insert(
            self._sql,
            "fusions",
            {
                "gardee_id": gardee_id,
                "absorbee_id": absorbee_id,
                "faite_le": today.isoformat(),
                "contenu": json.dumps(contenu),
            },
        )

    def last_of(self, personne_id: int) -> Fusion | None:
        """The last merge into a person: only that one can be undone."""
        row = self._sql.execute(
            "SELECT id, gardee_id, absorbee_id, faite_le FROM fusions WHERE gardee_id = ? ORDER BY id DESC LIMIT 1",
            (personne_id,),
        ).first()
        return None if row is None else _fusion(row)

    def get(self, fusion_id: int) -> Fusion | None:
        """One merge, None once it is undone."""
        row = self._sql.execute(
            "SELECT id, gardee_id, absorbee_id, faite_le FROM fusions WHERE id = ?", (fusion_id,)
        ).first()
        return None if row is None else _fusion(row)

    def undo(self, fusion: Fusion) -> None:
        """Give back what was moved, as far as it is still there; what was changed since stays as it is now."""
        text = self._sql.execute("SELECT contenu FROM fusions WHERE id = ?", (fusion.id,)).scalar()
        contenu = json.loads(text)
        self._sql.execute("UPDATE personnes SET fusionnee_dans = NULL WHERE id = ?", (fusion.absorbee_id,))
        for personne_id in contenu["pointeurs"]:
            self._sql.execute(
                "UPDATE personnes SET fusionnee_dans = ? WHERE id = ? AND fusionnee_dans = ?",
                (fusion.absorbee_id, personne_id, fusion.gardee_id),
            )
        for table, key in _FOLLOW.items():
            self._move(table, key, contenu["deplaces"][table], fusion.absorbee_id, still=fusion.gardee_id)
        self._give_dossiers_back(fusion, contenu["dossiers"])
        self._give_links_back(fusion, contenu["liens"])
        now = self._columns(fusion.gardee_id)
        back = {
            name: value
            for name, value in contenu["avant"].items()
            if now[name] == contenu["apres"][name] and now[name] != value
        }
        if back and _one_birth({**now, **back}):
            update(self._sql, "personnes", fusion.gardee_id, back)
        for personne_id in (fusion.gardee_id, fusion.absorbee_id):
            index_person(self._sql, personne_id, Personnes(self._sql).get(personne_id).identite)
        self._sql.execute("DELETE FROM fusions WHERE id = ?", (fusion.id,))

    def _columns(self, personne_id: int) -> dict[str, Value]:
        identite = Personnes(self._sql).get(personne_id).identite
        return identite_values(identite)

    def _rows_of(self, table: str, key: str, personne_id: int) -> list[int]:
        rows = self._sql.execute(f"SELECT {key} AS id FROM {table} WHERE personne_id = ?", (personne_id,))
        return [row["id"] for row in rows]

    def _move(self, table: str, key: str, ids: list[int], to: int, still: int | None = None) -> None:
        """Give rows to a person; with ``still``, those only that are still with that one."""
        condition = "" if still is None else f" AND personne_id = {int(still)}"
        self._sql.execute_many(
            f"UPDATE {table} SET personne_id = ? WHERE {key} = ?{condition}", [(to, each) for each in ids]
        )

    def _move_dossiers(self, gardee_id: int, absorbee_id: int) -> list[dict[str, Any]]:
        """Lines of the dossiers: hers move, unless the other stands there already."""
        rows = self._sql.execute(
            "SELECT dossier_id, statut, ordre, EXISTS (SELECT 1 FROM dossier_personnes AS k"
            " WHERE k.dossier_id = dp.dossier_id AND k.personne_id = ?1) AS commun"
            " FROM dossier_personnes AS dp WHERE personne_id = ?2 ORDER BY dossier_id",
            (gardee_id, absorbee_id),
        )
        lines = [{name: row[name] for name in row.keys()} for row in rows]  # noqa: SIM118 - a row is no mapping
        for line in lines:
            if line["commun"]:
                self._sql.execute(
                    "DELETE FROM dossier_personnes WHERE dossier_id = ? AND personne_id = ?",
                    (line["dossier_id"], absorbee_id),
                )
        self._sql.execute(
            "UPDATE dossier_personnes SET personne_id = ? WHERE personne_id = ?", (gardee_id, absorbee_id)
        )
        return lines

    def _give_dossiers_back(self, fusion: Fusion, lines: list[dict[str, Any]]) -> None:
        """She stands again in her dossiers; the other stays in those where something was noted of her since."""
        for line in lines:
            dossier_id = line["dossier_id"]
            if self._sql.execute("SELECT 1 FROM dossiers WHERE id = ?", (dossier_id,)).first() is None:
                continue
            stays = line["commun"] or self._is_told_of(dossier_id, fusion.gardee_id)
            if stays:
                self._sql.execute(
                    "INSERT OR IGNORE INTO dossier_personnes (dossier_id, personne_id, statut, ordre)"
                    " VALUES (?, ?, ?, ?)",
                    (dossier_id, fusion.absorbee_id, line["statut"], line["ordre"]),
                )
            else:
                self._sql.execute(
                    "UPDATE dossier_personnes SET personne_id = ?, statut = ? WHERE dossier_id = ? AND personne_id = ?",
                    (fusion.absorbee_id, line["statut"], dossier_id, fusion.gardee_id),
                )

    def _is_told_of(self, dossier_id: int, personne_id: int) -> bool:
        row = self._sql.execute(
            "SELECT EXISTS (SELECT 1 FROM entretien_personnes AS ep JOIN entretiens AS e ON e.id = ep.entretien_id"
            " WHERE e.dossier_id = ?1 AND ep.personne_id = ?2)"
            " OR EXISTS (SELECT 1 FROM orientations WHERE dossier_id = ?1 AND personne_id = ?2)"
            " OR EXISTS (SELECT 1 FROM accueils WHERE dossier_id = ?1 AND personne_id = ?2)",
            (dossier_id, personne_id),
        ).one()
        return bool(row[0])

    def _move_links(self, gardee_id: int, absorbee_id: int) -> list[list[Any]]:
        """Links that were hers become the other's, unless that one has the same already; all are remembered."""
        rows = self._sql.execute(
            "SELECT personne_id, autre_id, lien FROM liens WHERE ?1 IN (personne_id, autre_id) ORDER BY 1, 2",
            (absorbee_id,),
        )
        links = [[row["personne_id"], row["autre_id"], row["lien"]] for row in rows]
        self._sql.execute("DELETE FROM liens WHERE ?1 IN (personne_id, autre_id)", (absorbee_id,))
        remembered = []
        for personne_id, autre_id, lien in links:
            one = gardee_id if personne_id == absorbee_id else personne_id
            other = gardee_id if autre_id == absorbee_id else autre_id
            made = 0
            if one != other:
                made = self._sql.execute(
                    "INSERT INTO liens (personne_id, autre_id, lien) SELECT ?1, ?2, ?3 WHERE NOT EXISTS"
                    " (SELECT 1 FROM liens WHERE (personne_id, autre_id) IN ((?1, ?2), (?2, ?1)))",
                    (one, other, lien),
                ).rowcount
            remembered.append([personne_id, autre_id, lien, one, other, made])
        return remembered

    def _give_links_back(self, fusion: Fusion, links: list[list[Any]]) -> None:
        for personne_id, autre_id, lien, one, other, made in links:
            if made:
                taken = self._sql.execute(
                    "DELETE FROM liens WHERE personne_id = ? AND autre_id = ?", (one, other)
                ).rowcount
                if not taken:
                    continue  # taken away or changed since: it stays so
            self._sql.execute(
                "INSERT INTO liens (personne_id, autre_id, lien) SELECT ?1, ?2, ?3 WHERE NOT EXISTS"
                " (SELECT 1 FROM liens WHERE (personne_id, autre_id) IN ((?1, ?2), (?2, ?1)))"
                " AND (SELECT count(*) FROM personnes WHERE id IN (?1, ?2)) = 2",
                (personne_id, autre_id, lien),
            )


def _counts(person: str) -> str:
    """SQL: whether a person, or a line merged into her, counts as accueillie in the dossier ``d``."""
    return (
        "EXISTS (SELECT 1 FROM accueils AS c JOIN personnes AS p ON p.id = c.personne_id"
        f" WHERE c.dossier_id = d.id AND {person} IN (p.id, p.fusionnee_dans))"
    )


def _one_birth(values: dict[str, Value]) -> bool:
    """Whether at most one of the three ways of noting a birth is used, as the database requires."""
    known = [values["date_naissance"], values["annee_naissance"], values["age_estime"]]
    return sum(value is not None for value in known) <= 1 and (
        (values["age_estime"] is None) == (values["age_estime_le"] is None)
    )


def _fusion(row: Row) -> Fusion:
    return Fusion(row["id"], row["gardee_id"], row["absorbee_id"], date.fromisoformat(row["faite_le"]))
