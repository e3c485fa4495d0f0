"""Dossiers handed to a successor: their rows taken out whole, and put into another coffre under new numbers of row.

Rows are copied with whatever columns they have; what they point at is followed through the foreign keys that the
schema declares, so that a column added later goes along.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Generator, Iterable, Mapping
from typing import Any, Final

from iscg_desktop.errors import UserError
from iscg_desktop.storage.connection import Statements, Value
from iscg_desktop.storage.personnes import Personnes
from iscg_desktop.storage.recherche_personnes import index_person
from iscg_desktop.storage.rows import insert

Rows = dict[str, list[str]]
"""Rows by table, each as canonical JSON: texts are light, and two that are alike are equal."""

_D = "(SELECT value FROM json_each(:dossiers))"
_P = f"(SELECT personne_id FROM dossier_personnes WHERE dossier_id IN {_D})"
_E = f"(SELECT id FROM entretiens WHERE dossier_id IN {_D})"
_A = f"(SELECT id FROM accueils WHERE dossier_id IN {_D})"
_F = (
    f"(SELECT profil_id FROM entretien_personnes WHERE entretien_id IN {_E}"
    f" UNION SELECT profil_id FROM accueils WHERE dossier_id IN {_D})"
)
_S = f"(SELECT id FROM saisines WHERE dossier_id IN {_D})"
_I = f"(SELECT id FROM fiches WHERE dossier_id IN {_D})"
_U = (
    f"(SELECT unite_id FROM dossiers WHERE id IN {_D} UNION SELECT unite_id FROM entretiens WHERE dossier_id IN {_D}"
    f" UNION SELECT unite_id FROM saisines WHERE dossier_id IN {_D}"
    f" UNION SELECT unite_id FROM accueils WHERE dossier_id IN {_D}"
    f" UNION SELECT unite_id FROM rendez_vous WHERE dossier_id IN {_D})"
)
_R = (
    f"(SELECT partenaire_id FROM orientations WHERE dossier_id IN {_D} UNION SELECT partenaire_id FROM fiches"
    f" WHERE dossier_id IN {_D} UNION SELECT partenaire_id FROM entretiens WHERE dossier_id IN {_D}"
    f" UNION SELECT partenaire_id FROM contacts_partenaires WHERE dossier_id IN {_D})"
)
# Table, and which of its rows go; each after what it points at.
_TAKEN: Final[tuple[tuple[str, str], ...]] = (
    ("unites", f"id IN {_U}"),
    ("partenaires", f"id IN {_R}"),
    ("correspondants", f"partenaire_id IN {_R}"),
    ("personnes", f"fusionnee_dans IS NULL AND id IN {_P}"),
    ("personnes", f"fusionnee_dans IN {_P}"),
    ("liens", f"personne_id IN {_P} AND autre_id IN {_P}"),
    ("demandes_droits", f"personne_id IN {_P}"),
    ("dossiers", f"id IN {_D}"),
    ("clotures", f"dossier_id IN {_D}"),
    ("points_referent", f"dossier_id IN {_D}"),
    ("dossier_personnes", f"dossier_id IN {_D}"),
    ("saisines", f"dossier_id IN {_D}"),
    ("tentatives_contact", f"saisine_id IN {_S}"),
    ("profils", f"id IN {_F}"),
    ("profil_valeurs", f"profil_id IN {_F}"),
    ("entretiens", f"dossier_id IN {_D}"),
    ("entretien_personnes", f"entretien_id IN {_E}"),
    ("entretien_valeurs", f"entretien_id IN {_E}"),
    ("accueils", f"dossier_id IN {_D}"),
    ("accueil_valeurs", f"accueil_id IN {_A}"),
    ("pieces_jointes", f"dossier_id IN {_D}"),
    ("orientations", f"dossier_id IN {_D}"),
    ("entretien_versions", f"entretien_id IN {_E}"),
    ("suites", f"orientation_id IN (SELECT id FROM orientations WHERE dossier_id IN {_D})"),
    ("fiches", f"dossier_id IN {_D}"),
    ("fiche_documents", f"fiche_id IN {_I}"),
    ("fiche_suivis", f"fiche_id IN {_I}"),
    ("documents_etablis", f"dossier_id IN {_D}"),
    ("document_suivis", f"document_id IN (SELECT id FROM documents_etablis WHERE dossier_id IN {_D})"),
    ("rendez_vous", f"dossier_id IN {_D}"),
    ("relances", f"dossier_id IN {_D}"),
    ("contacts_partenaires", f"dossier_id IN {_D}"),
)
_SHARED: Final = frozenset({"unites", "partenaires", "correspondants", "personnes", "demandes_droits"})
"""What several dossiers may have in common, read by its own numbers; the rest is read by those of the dossiers."""
_TOGETHER: Final = 8  # dossiers read at a time: a few thousandths of a second
_AT_ONCE: Final = 100  # rows of what is shared read at a time
_NOT_FOLLOWED: Final = {
    "unites": ("parent_id", "successeur_id", "compte_sous_id", "compte_depuis", "compte_jusqu_a"),
}
_VERSION_IDS: Final = {"unite_id": "unites", "partenaire_id": "partenaires"}


class Passation:
    """Repository of what goes from one coffre to another."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements
        self._known_columns: dict[str, list[str]] = {}

    def open_dossiers(self) -> tuple[int, ...]:
        """Ids of the dossiers that are not closed, the oldest first."""
        rows = self._sql.execute("SELECT id FROM dossiers WHERE clos_le IS NULL ORDER BY ouvert_le, id")
        return tuple(row["id"] for row in rows)

    def closed_dossiers(self) -> tuple[int, ...]:
        """Ids of the dossiers that are closed, the oldest first."""
        rows = self._sql.execute("SELECT id FROM dossiers WHERE clos_le IS NOT NULL ORDER BY ouvert_le, id")
        return tuple(row["id"] for row in rows)

    def uids(self) -> tuple[tuple[int, str], ...]:
        """Id of each dossier, and its name whatever the coffre."""
        return tuple(
            (row["id"], row["uid"]) for row in self._sql.execute("SELECT id, uid FROM dossiers ORDER BY id")
        )

    def taking(self, dossier_ids: Iterable[int]) -> Generator[tuple[int, int], None, Rows]:
        """Every row of some dossiers, the values added to the lists that they may use with them; nothing is removed.

        Read in short steps, that each say how far they are; the same dossiers give the same rows in the same order.
        """
        ids = sorted(dossier_ids)
        total = len(_TAKEN) * len(ids)
        found: Rows = {"nomenclatures": self._rows("nomenclatures", "compte_sous IS NOT NULL", {})}
        for rank, (table, where) in enumerate(_TAKEN):
            rows, keys, together, within = found.setdefault(table, []), ids, _TOGETHER, where
            if table in _SHARED:
                asked = {"dossiers": json.dumps(ids)}
                of_all = self._sql.execute(f"SELECT id FROM {table} WHERE {where} ORDER BY id", asked)
                keys, together, within = [row["id"] for row in of_all], _AT_ONCE, f"id IN {_D}"
                yield rank * len(ids), total
            elif table == "liens":  # between two persons, of two dossiers as well
                together = max(len(ids), 1)
            elif table == "pieces_jointes":
                together = 1
            for start in range(0, len(keys), together):
                asked = {"dossiers": json.dumps(keys[start : start + together])}
                rows += self._rows(table, within, asked)
                yield rank * len(ids) + min(start, len(ids)), total
        return found

    def putting(
        self, rows: Rows, trimestre: str, numero: Mapping[str, str]
    ) -> Generator[tuple[int, int], None, tuple[int, ...]]:
        """Put the rows of ``taking`` in this coffre, in short steps; gives the ids of the dossiers.

        Args:
            rows: As ``take`` gave them.
            trimestre: Quarter in which they are said to count: one that no bilan of this coffre reads.
            numero: Number of each dossier here, by its number there.

        Raises:
            UserError: ``passation_deja_recue``: one of the dossiers or persons is here already.
        """
        ids: dict[str, dict[Any, int]] = {}
        done, total = 0, sum(map(len, rows.values()))
        for table in ("dossiers", "personnes"):
            for row in rows.get(table, []):
                self._refuse_twice(table, json.loads(row)["uid"])
                yield done, total
        self._put_values(map(json.loads, rows.get("nomenclatures", [])))
        merged: set[int] = set()
        for table in dict.fromkeys(table for table, _ in _TAKEN):
            points = self._points(table)
            for row in rows.get(table, []):
                values = {name: _decoded(value) for name, value in json.loads(row).items()}
                old = values.pop("id", None)
                if table == "personnes" and values["fusionnee_dans"] is not None:
                    merged.add(old)
                for column, parent in points.items():
                    if values.get(column) is not None:
                        values[column] = ids.get(parent, {}).get(values[column])
                if "trimestre_bilan" in values and values["trimestre_bilan"] is not None:
                    values["trimestre_bilan"] = trimestre
                new = self._put_row(table, values, ids, numero)
                if old is not None:
                    ids.setdefault(table, {})[old] = new
                done += 1
                yield done, total
        for old, new in ids.get("personnes", {}).items():
            known = Personnes(self._sql).get(new)
            if old not in merged:
                index_person(self._sql, new, known.identite)
            yield done, total
        return tuple(ids.get("dossiers", {}).values())

    def _put_row(
        self, table: str, values: dict[str, Value], ids: dict[str, dict[Any, int]], numero: Mapping[str, str]
    ) -> int:
        if table in ("unites", "partenaires") and (known := self._known(table, values)) is not None:
            return known
        for column in _NOT_FOLLOWED.get(table, ()):
            values[column] = None
        if table == "dossiers":
            values["numero"] = numero[str(values["numero"])]
        if table == "correspondants" and self._is_known_correspondant(values):
            return 0
        if table == "entretien_versions":
            values["contenu"] = _renumbered(str(values["contenu"]), ids)
        return insert(self._sql, table, values)

    def _known(self, table: str, values: Mapping[str, Value]) -> int | None:
        """An unité of that name, a structure of that identifier, if this coffre has it."""
        column = "nom" if table == "unites" else "uid"
        row = self._sql.execute(f"SELECT id FROM {table} WHERE {column} = ?", (values[column],)).first()
        return None if row is None else int(row["id"])

    def _is_known_correspondant(self, values: Mapping[str, Value]) -> bool:
        return (
            self._sql.execute(
                "SELECT 1 FROM correspondants WHERE partenaire_id = ? AND nom = ?",
                (values["partenaire_id"], values["nom"]),
            ).first()
            is not None
        )

    def _refuse_twice(self, table: str, uid: str) -> None:
        if self._sql.execute(f"SELECT 1 FROM {table} WHERE uid = ?", (uid,)).first():
            raise UserError("passation_deja_recue")

    def _put_values(self, rows: Iterable[dict[str, Any]]) -> None:
        """Values that the other added to the lists, where this coffre has none of that code."""
        for row in rows:
            columns = ", ".join(row)
            marks = ", ".join(f":{name}" for name in row)
            self._sql.execute(f"INSERT OR IGNORE INTO nomenclatures ({columns}) VALUES ({marks})", row)

    def _rows(self, table: str, where: str, params: Mapping[str, Value]) -> list[str]:
        columns = self._columns(table)
        found = self._sql.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE {where} ORDER BY 1", params
        )
        return [_text({name: _encoded(row[name]) for name in columns}) for row in found]

    def _columns(self, table: str) -> list[str]:
        if table not in self._known_columns:
            found = self._sql.execute(f"PRAGMA table_xinfo({table})")
            self._known_columns[table] = [row["name"] for row in found if row["hidden"] == 0]
        return self._known_columns[table]

    def _points(self, table: str) -> dict[str, str]:
        """Columns that hold the number of a row of another table."""
        return {
            row["from"]: row["table"]
            for row in self._sql.execute(f"PRAGMA foreign_key_list({table})")
            if row["to"] == "id"
        }


def _renumbered(content: str, ids: Mapping[str, Mapping[Any, int]]) -> str:
    """What an entretien said before, its persons, unité, structures and orientations under their numbers here."""
    kept = json.loads(content)
    for name, table in _VERSION_IDS.items():
        if kept.get(name) is not None:
            kept[name] = ids.get(table, {}).get(kept[name])
    for line in kept["personnes"]:
        line["personne_id"] = ids["personnes"][line["personne_id"]]
    for made in kept["orientations"]:
        made["id"] = ids.get("orientations", {}).get(
            made["id"], -made["id"]
        )  # withdrawn since: nobody's number
        made["personne_id"] = ids["personnes"][made["personne_id"]]
        made["partenaire_id"] = ids.get("partenaires", {}).get(made["partenaire_id"])
    return json.dumps(kept, ensure_ascii=False)


def _text(row: Mapping[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _encoded(value: Value) -> object:
    return {"octets": base64.b64encode(value).decode("ascii")} if isinstance(value, bytes) else value


def _decoded(value: object) -> Any:
    return base64.b64decode(value["octets"]) if isinstance(value, dict) else value
