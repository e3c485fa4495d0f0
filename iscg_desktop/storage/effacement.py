"""Erasing a dossier or a person for good, and remembering by keyed digests alone what was erased.

Figures already frozen stand in ``bilan_cellules`` and never move. The database zeroes what is deleted
(``secure_delete``, also in the search index), so that no byte stays in a free page.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, TypedDict

from iscg_desktop.storage.connection import Params, Statements, Value

Objet = Literal["dossier", "personne", "piece_jointe"]
Caviarder = Callable[[str], str]
"""Takes the words of one person out of a text about others."""


class Liste(TypedDict):
    """What a coffre erased: digests (hexadecimal) and the secret they were made with; they tell nothing of anyone."""

    cle: str
    empreintes: list[str]


_KEY: Final = "effacements.cle"
# Where words about a dossier are kept that may name a person who leaves it: table, columns, how its rows are found.
_TEXTS: Final[tuple[tuple[str, tuple[str, ...], str], ...]] = (
    ("dossiers", ("motif_cloture", "motif_conservation"), "id = :dossier"),
    ("clotures", ("motif", "motif_reouverture"), "dossier_id = :dossier"),
    ("points_referent", ("texte", "decision"), "dossier_id = :dossier"),
    ("saisines", ("demandeur", "motif", "telephone", "contact_sur", "mots"), "dossier_id = :dossier"),
    ("tentatives_contact", ("note",), "saisine_id IN (SELECT id FROM saisines WHERE dossier_id = :dossier)"),
    ("entretiens", ("elements_transmissibles", "notes_de_travail"), "dossier_id = :dossier"),
    ("orientations", ("motif",), "dossier_id = :dossier"),
    ("suites", ("motif",), "orientation_id IN (SELECT id FROM orientations WHERE dossier_id = :dossier)"),
    ("rendez_vous", ("objet",), "dossier_id = :dossier"),
    ("relances", ("objet",), "dossier_id = :dossier"),
    ("contacts_partenaires", ("note",), "dossier_id = :dossier"),
    ("pieces_jointes", ("nom",), "dossier_id = :dossier"),
    (
        "personnes",
        ("vit_avec", "contact_sur", "contact_sur_horaires", "description"),
        "id IN (SELECT personne_id FROM dossier_personnes WHERE dossier_id = :dossier)",
    ),
)


@dataclass(frozen=True, slots=True)
class Presence:
    """What a dossier holds of one person.

    Attributes:
        entretiens: Those in which she has a line.
        seule: Those of them in which nobody else has one.
        fiches: Numbers of the fiches issued about her.
        documents: Numbers of the other documents prepared for her.
        orientations: How many orientations of her.
    """

    entretiens: tuple[int, ...]
    seule: tuple[int, ...]
    fiches: tuple[str, ...]
    documents: tuple[str, ...]
    orientations: int


class Effacements:
    """Repository of what is erased."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def lines_of(self, personne_id: int) -> tuple[int, ...]:
        """Ids of the lines that are one person: hers, and those that were merged into it."""
        rows = self._sql.execute(
            "SELECT id FROM personnes WHERE ?1 IN (id, fusionnee_dans) ORDER BY id", (personne_id,)
        )
        return tuple(row["id"] for row in rows)

    def alone(self, dossier_id: int) -> tuple[int, ...]:
        """Persons of a dossier that no other dossier concerns: they are erased with it."""
        rows = self._sql.execute(
            "SELECT personne_id FROM dossier_personnes AS dp WHERE dossier_id = ?1 AND NOT EXISTS"
            " (SELECT 1 FROM dossier_personnes AS o WHERE o.personne_id = dp.personne_id AND o.dossier_id <> ?1)"
            " ORDER BY ordre",
            (dossier_id,),
        )
        return tuple(row["personne_id"] for row in rows)

    def others(self, dossier_id: int, personne_id: int) -> tuple[int, ...]:
        """Persons of a dossier besides one."""
        rows = self._sql.execute(
            "SELECT personne_id FROM dossier_personnes WHERE dossier_id = ? AND personne_id <> ? ORDER BY ordre",
            (dossier_id, personne_id),
        )
        return tuple(row["personne_id"] for row in rows)

    def presence(self, dossier_id: int, personne_id: int) -> Presence:
        """What a dossier holds of one person."""
        ids: dict[str, Value] = {"ids": json.dumps(self.lines_of(personne_id)), "dossier": dossier_id}
        mine = "(SELECT value FROM json_each(:ids))"
        entretiens = self._sql.execute(
            "SELECT e.id, NOT EXISTS (SELECT 1 FROM entretien_personnes AS o WHERE o.entretien_id = e.id"
            f" AND o.personne_id NOT IN {mine}) AS seule FROM entretiens AS e WHERE e.dossier_id = :dossier AND EXISTS"
            f" (SELECT 1 FROM entretien_personnes AS p WHERE p.entretien_id = e.id AND p.personne_id IN {mine})",
            ids,
        )
        numbers = {
            table: tuple(
                row["numero"]
                for row in self._sql.execute(
                    f"SELECT numero FROM {table} WHERE dossier_id = :dossier AND personne_id IN {mine} ORDER BY id",
                    ids,
                )
            )
            for table in ("fiches", "documents_etablis")
        }
        orientations = self._sql.execute(
            f"SELECT count(*) FROM orientations WHERE dossier_id = :dossier AND personne_id IN {mine}", ids
        ).scalar()
        return Presence(
            tuple(row["id"] for row in entretiens),
            tuple(row["id"] for row in entretiens if row["seule"]),
            numbers["fiches"],
            numbers["documents_etablis"],
            int(orientations),
        )

    def awaiting(self, dossier_id: int) -> tuple[str, ...]:
        """Numbers of the fiches of a dossier handed over and without retour."""
        rows = self._sql.execute(
            "SELECT numero FROM fiches WHERE dossier_id = ? AND etape IN ('remise', 'accusee', 'relance')"
            " ORDER BY id",
            (dossier_id,),
        )
        return tuple(row["numero"] for row in rows)

    def handed_over(self, dossier_id: int) -> tuple[tuple[str, str], ...]:
        """Number of each fiche of a dossier that left, and the partner who holds it."""
        rows = self._sql.execute(
            "SELECT f.numero, coalesce(p.nom, '') AS nom FROM fiches AS f LEFT JOIN partenaires AS p"
            " ON p.id = f.partenaire_id WHERE f.dossier_id = ? AND EXISTS (SELECT 1 FROM fiche_suivis AS s"
            " WHERE s.fiche_id = f.id AND s.etape IN ('remise', 'accusee', 'retour')) ORDER BY f.id",
            (dossier_id,),
        )
        return tuple((row["numero"], row["nom"]) for row in rows)

    def entretiens(self, dossier_id: int) -> int:
        """How many entretiens a dossier holds, those in the corbeille included."""
        return int(
            self._sql.execute("SELECT count(*) FROM entretiens WHERE dossier_id = ?", (dossier_id,)).scalar()
        )

    def quarters(self, dossier_id: int) -> tuple[str, ...]:
        """Codes of the quarters in which something of a dossier counts."""
        each = " UNION ".join(
            f"SELECT trimestre_bilan AS code FROM {table} WHERE dossier_id = ?1"
            for table in (
                "accueils", "entretiens", "saisines", "orientations", "fiches", "contacts_partenaires",
            )
        )  # fmt: skip
        rows = self._sql.execute(
            f"SELECT trimestre_bilan AS code FROM dossiers WHERE id = ?1 UNION {each} ORDER BY 1",
            (dossier_id,),
        )
        return tuple(row["code"] for row in rows if row["code"])

    def erase_dossier(self, dossier_id: int, day: date) -> None:
        """Erase a dossier, all that hangs on it, and the persons known nowhere else."""
        persons = self.alone(dossier_id)
        uid = self._sql.execute("SELECT uid FROM dossiers WHERE id = ?", (dossier_id,)).scalar()
        self._sql.execute("UPDATE contacts_partenaires SET note = '' WHERE dossier_id = ?", (dossier_id,))
        profils = self._profils("e.dossier_id = ?1", "dossier_id = ?1", (dossier_id,))
        self._sql.execute("DELETE FROM recherche WHERE rowid = ?", (dossier_id,))
        self._sql.execute("DELETE FROM dossiers WHERE id = ?", (dossier_id,))
        self._sql.execute_many("DELETE FROM profils WHERE id = ?", profils)
        self.remember("dossier", str(uid), day)
        for personne_id in persons:
            self.erase_line(personne_id, day)

    def erase_presence(self, dossier_id: int, personne_id: int, caviarder: Caviarder) -> None:
        """Take a person out of a dossier that goes on without her.

        What is hers alone is deleted: her lines, her facts, the entretiens in which nobody else was, her orientations,
        fiches and documents. Words about the others stay, without hers.
        """
        ids: dict[str, Value] = {"ids": json.dumps(self.lines_of(personne_id)), "dossier": dossier_id}
        mine = "(SELECT value FROM json_each(:ids))"
        alone = [(each,) for each in self.presence(dossier_id, personne_id).seule]
        profils = self._profils(
            f"e.dossier_id = :dossier AND ep.personne_id IN {mine}",
            f"dossier_id = :dossier AND personne_id IN {mine}",
            ids,
        )
        for table in ("fiches", "documents_etablis", "orientations", "accueils", "rendez_vous"):
            self._sql.execute(
                f"DELETE FROM {table} WHERE dossier_id = :dossier AND personne_id IN {mine}", ids
            )
        self._sql.execute_many("DELETE FROM pieces_jointes WHERE entretien_id = ?", alone)
        self._sql.execute_many("DELETE FROM entretiens WHERE id = ?", alone)
        self._sql.execute(
            f"DELETE FROM entretien_personnes WHERE personne_id IN {mine} AND entretien_id IN"
            " (SELECT id FROM entretiens WHERE dossier_id = :dossier)",
            ids,
        )
        self._sql.execute(
            f"DELETE FROM dossier_personnes WHERE dossier_id = :dossier AND personne_id IN {mine}", ids
        )
        self._sql.execute_many("DELETE FROM profils WHERE id = ?", profils)
        self._redact(dossier_id, caviarder, frozenset(self.lines_of(personne_id)))

    def erase_line(self, personne_id: int, day: date) -> None:
        """Erase a person of whom no dossier speaks any more, and the lines merged into hers."""
        for each in reversed(self.lines_of(personne_id)):
            uid = self._sql.execute("SELECT uid FROM personnes WHERE id = ?", (each,)).scalar()
            self.remember("personne", str(uid), day)
            # The register keeps that somebody asked and was answered: no word of hers.
            self._sql.execute("UPDATE demandes_droits SET note = '' WHERE personne_id = ?", (each,))
        self._sql.execute("DELETE FROM personnes WHERE id = ?", (personne_id,))

    def erase_saisine(self, saisine_id: int) -> None:
        """Erase a saisine that opened no dossier, with its calls and rendez-vous."""
        self._sql.execute("DELETE FROM saisines WHERE id = ? AND dossier_id IS NULL", (saisine_id,))

    def remember(self, objet: Objet, uid: str, day: date) -> None:
        """Note that something was erased, by a digest that tells nothing of it."""
        self._sql.execute(
            "INSERT OR IGNORE INTO effacements (empreinte, objet, efface_le) VALUES (?, ?, ?)",
            (self._empreinte(objet, uid), objet, day.isoformat()),
        )

    def count(self) -> int:
        """How many erasures are remembered."""
        return int(self._sql.execute("SELECT count(*) FROM effacements").scalar())

    def known(self) -> Liste:
        """What was erased here, for a coffre that would receive it from elsewhere."""
        rows = self._sql.execute("SELECT empreinte FROM effacements ORDER BY empreinte")
        return {"cle": self._key().hex(), "empreintes": [bytes(row["empreinte"]).hex() for row in rows]}

    def come_back(
        self, elsewhere: Iterable[Liste] = (), received: Collection[str] = ()
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Ids of the dossiers and of the persons that are here though they were erased.

        Args:
            elsewhere: What others erased.
            received: Names of what just came from elsewhere: of nothing else is asked whether others erased it.
        """
        mine, others = _Connu.of(self.known()), [_Connu.of(each) for each in elsewhere]
        found = {
            objet: tuple(
                row["id"]
                for row in self._sql.execute(f"SELECT id, uid FROM {table} ORDER BY id")
                if mine.holds(objet, row["uid"])
                or (row["uid"] in received and any(each.holds(objet, row["uid"]) for each in others))
            )
            for objet, table in (("dossier", "dossiers"), ("personne", "personnes"))
        }
        return found["dossier"], found["personne"]

    def _empreinte(self, objet: str, uid: str) -> bytes:
        return _digest(self._key(), objet, uid)

    def _key(self) -> bytes:
        """Secret of this coffre for its digests; it travels with their list, whatever key the coffre has."""
        row = self._sql.execute("SELECT valeur FROM parametres WHERE cle = ?", (_KEY,)).first()
        if row is not None:
            return bytes.fromhex(json.loads(row["valeur"]))
        key = secrets.token_bytes(32)
        self._sql.execute("INSERT INTO parametres (cle, valeur) VALUES (?, ?)", (_KEY, json.dumps(key.hex())))
        return key

    def _profils(self, entretiens: str, accueils: str, params: Params) -> list[tuple[int]]:
        rows = self._sql.execute(
            "SELECT ep.profil_id AS id FROM entretien_personnes AS ep JOIN entretiens AS e ON e.id = ep.entretien_id"
            f" WHERE {entretiens} UNION SELECT profil_id FROM accueils WHERE {accueils}",
            params,
        )
        return [(row["id"],) for row in rows]

    def _redact(self, dossier_id: int, caviarder: Caviarder, gone: frozenset[int]) -> None:
        for table, columns, where in _TEXTS:
            names = ", ".join(columns)
            for row in self._sql.execute(
                f"SELECT rowid AS rang, {names} FROM {table} WHERE {where}", {"dossier": dossier_id}
            ):
                changed = {
                    name: text
                    for name in columns
                    if (text := caviarder(row[name] or "")) != (row[name] or "")
                }
                for name, text in changed.items():
                    self._sql.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (text, row["rang"]))
        self._redact_versions(dossier_id, caviarder, gone)
        self._redact_fiches(dossier_id, caviarder)

    def _redact_versions(self, dossier_id: int, caviarder: Caviarder, gone: frozenset[int]) -> None:
        for row in self._sql.execute(
            "SELECT v.entretien_id, v.version, v.contenu FROM entretien_versions AS v"
            " JOIN entretiens AS e ON e.id = v.entretien_id WHERE e.dossier_id = ?",
            (dossier_id,),
        ):
            content = json.loads(row["contenu"])
            for lines in ("personnes", "orientations"):
                content[lines] = [each for each in content[lines] if each.get("personne_id") not in gone]
            self._sql.execute(
                "UPDATE entretien_versions SET contenu = ? WHERE entretien_id = ? AND version = ?",
                (
                    json.dumps(redacted_json(content, caviarder), ensure_ascii=False),
                    row["entretien_id"],
                    row["version"],
                ),
            )

    def _redact_fiches(self, dossier_id: int, caviarder: Caviarder) -> None:
        """Of what was issued about others and names her, the coffre keeps the trace, no longer the copy."""
        for row in self._sql.execute(
            "SELECT d.fiche_id AS id, d.valeurs FROM fiche_documents AS d JOIN fiches AS f ON f.id = d.fiche_id"
            " WHERE f.dossier_id = ?",
            (dossier_id,),
        ):
            if redacted_json(json.loads(row["valeurs"]), caviarder) != json.loads(row["valeurs"]):
                self._sql.execute("DELETE FROM fiche_documents WHERE fiche_id = ?", (row["id"],))
        for row in self._sql.execute(
            "SELECT id, valeurs FROM documents_etablis WHERE dossier_id = ?", (dossier_id,)
        ):
            if redacted_json(json.loads(row["valeurs"]), caviarder) != json.loads(row["valeurs"]):
                self._sql.execute("DELETE FROM documents_etablis WHERE id = ?", (row["id"],))


def _digest(key: bytes, objet: str, uid: str) -> bytes:
    return hmac.digest(key, f"{objet}:{uid}".encode(), hashlib.sha256)


@dataclass(frozen=True, slots=True)
class _Connu:
    """A list of what was erased, to be asked many times."""

    key: bytes
    digests: frozenset[str]

    @classmethod
    def of(cls, liste: Liste) -> _Connu:
        return cls(bytes.fromhex(liste["cle"]), frozenset(liste["empreintes"]))

    def holds(self, objet: str, uid: str) -> bool:
        return bool(self.digests) and _digest(self.key, objet, uid).hex() in self.digests


def redacted_json(value: Any, caviarder: Caviarder) -> Any:
    """The same value with every text in it redacted."""
    if isinstance(value, str):
        return caviarder(value)
    if isinstance(value, Mapping):
        return {name: redacted_json(each, caviarder) for name, each in value.items()}
    if isinstance(value, Iterable):
        return [redacted_json(each, caviarder) for each in value]
    return value
