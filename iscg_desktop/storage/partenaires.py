"""The annuaire: partner structures, the people met there, the communes they serve, the secteurs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from iscg_desktop.domain.partenaire import Correspondant, Partenaire, PartenaireDraft, PartenaireLine, Secteur
from iscg_desktop.storage.connection import Row, Statements, Value
from iscg_desktop.storage.rows import from_date, insert, new_uid, to_date, update

_LINES = """
SELECT p.id, p.nom, p.type, p.code_postal, p.ville, p.telephone, p.ferme_le,
       coalesce(q.noms, '') AS correspondants, coalesce(c.nombre, 0) AS contacts, c.dernier AS dernier_contact,
       coalesce(o.nombre, 0) AS orientations
FROM partenaires AS p
LEFT JOIN (SELECT partenaire_id, group_concat(nom, ', ') AS noms FROM correspondants GROUP BY partenaire_id) AS q
    ON q.partenaire_id = p.id
LEFT JOIN (SELECT partenaire_id, count(*) AS nombre, max(date) AS dernier FROM contacts_partenaires
           GROUP BY partenaire_id) AS c ON c.partenaire_id = p.id
LEFT JOIN (SELECT partenaire_id, count(*) AS nombre FROM orientations
           WHERE partenaire_id IS NOT NULL AND trimestre_bilan IS NOT NULL  -- not what lies in the corbeille
           GROUP BY partenaire_id) AS o ON o.partenaire_id = p.id
ORDER BY p.nom, p.id
"""

_USES = ("contacts_partenaires", "orientations", "fiches", "entretiens")


class Partenaires:
    """Repository of the partner structures."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(self, draft: PartenaireDraft, uid: str | None = None) -> int:
        """Add a checked partner structure with its people and its territory.

        Args:
            draft: The structure.
            uid: Its identifier in the annuaire it comes from; a new one by default.
        """
        values = {"uid": uid or new_uid(), **_values(draft)}
        partenaire_id = insert(self._sql, "partenaires", values)
        self._put_people(partenaire_id, draft.people())
        self._put_communes(partenaire_id, draft.communes)
        return partenaire_id

    def change(self, partenaire_id: int, draft: PartenaireDraft) -> None:
        """Replace all that is known of a structure; its identifier stays."""
        before = self.get(partenaire_id)
        update(self._sql, "partenaires", partenaire_id, _values(draft))
        if draft.people() != before.correspondants:
            self._sql.execute("DELETE FROM correspondants WHERE partenaire_id = ?", (partenaire_id,))
            self._put_people(partenaire_id, draft.people())
        if set(draft.communes) != set(before.communes):
            self._sql.execute("DELETE FROM partenaire_communes WHERE partenaire_id = ?", (partenaire_id,))
            self._put_communes(partenaire_id, draft.communes)

    def close(self, partenaire_id: int, day: date | None) -> None:
        """Close a structure on a day, or open it again with None."""
        update(self._sql, "partenaires", partenaire_id, {"ferme_le": from_date(day)})

    def delete(self, partenaire_id: int) -> None:
        """Take away a structure that nothing names."""
        self._sql.execute("DELETE FROM partenaires WHERE id = ?", (partenaire_id,))

    def is_used(self, partenaire_id: int) -> bool:
        """Whether a contact, an orientation, a fiche or an entretien names it."""
        named = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE partenaire_id = ?1)" for table in _USES)
        return bool(self._sql.execute(f"SELECT {named}", (partenaire_id,)).scalar())

    def get(self, partenaire_id: int) -> Partenaire:
        """One structure."""
        row = self._sql.execute("SELECT * FROM partenaires WHERE id = ?", (partenaire_id,)).one()
        own = " WHERE partenaire_id = ?", (partenaire_id,)
        return _partenaire(row, self._people(*own), self._communes(*own))

    def all(self, day: date | None = None, *, territories: bool = True) -> tuple[Partenaire, ...]:
        """Those open on a day, by name; every one without a day.

        Args:
            day: The day.
            territories: Whether the communes they serve are wanted: a list of names does without.
        """
        people, communes = self._people(), self._communes() if territories else {}
        rows = self._sql.execute(
            "SELECT * FROM partenaires WHERE ?1 IS NULL OR ferme_le IS NULL OR ferme_le > ?1 ORDER BY nom, id",
            (from_date(day),),
        )
        return tuple(_partenaire(row, people, communes) for row in rows)

    def of_type(self, kind: str) -> tuple[Partenaire, ...]:
        """Every structure of a type, by name."""
        people = self._people()
        communes = self._communes(
            " WHERE partenaire_id IN (SELECT id FROM partenaires WHERE type = ?)", (kind,)
        )
        rows = self._sql.execute("SELECT * FROM partenaires WHERE type = ? ORDER BY nom, id", (kind,))
        return tuple(_partenaire(row, people, communes) for row in rows)

    def serving(self, commune: str) -> frozenset[int]:
        """Ids of the structures that serve a commune."""
        rows = self._sql.execute(
            "SELECT partenaire_id FROM partenaire_communes WHERE commune = ?", (commune,)
        )
        return frozenset(row["partenaire_id"] for row in rows)

    def count(self) -> int:
        """How many structures there are, closed ones included."""
        return int(self._sql.execute("SELECT count(*) FROM partenaires").scalar())

    def lines(self) -> tuple[PartenaireLine, ...]:
        """Every structure by name, with how often it was worked with."""
        return tuple(
            PartenaireLine(
                **{name: row[name] for name in ("id", "nom", "type", "code_postal", "ville", "telephone")},
                ferme_le=to_date(row["ferme_le"]),
                correspondants=row["correspondants"],
                contacts=row["contacts"],
                orientations=row["orientations"],
                dernier_contact=to_date(row["dernier_contact"]),
            )
            for row in self._sql.execute(_LINES)
        )

    def _put_people(self, partenaire_id: int, people: Iterable[Correspondant]) -> None:
        for person in people:
            insert(
                self._sql,
                "correspondants",
                {
                    "partenaire_id": partenaire_id,
                    "nom": person.nom.strip(),
                    "fonction": person.fonction.strip(),
                    "telephone": person.telephone.strip(),
                    "courriel": person.courriel.strip(),
                },
            )

    def _put_communes(self, partenaire_id: int, communes: Iterable[str]) -> None:
        self._sql.execute_many(
            "INSERT INTO partenaire_communes (partenaire_id, commune) VALUES (?, ?)",
            [(partenaire_id, code) for code in dict.fromkeys(communes)],
        )

    def _people(
        self, where: str = "", params: tuple[Value, ...] = ()
    ) -> dict[int, tuple[Correspondant, ...]]:
        """People by structure, in the order she gave them."""
        found: dict[int, list[Correspondant]] = {}
        for row in self._sql.execute(f"SELECT * FROM correspondants{where} ORDER BY id", params):
            contact = Correspondant(row["nom"], row["fonction"], row["telephone"], row["courriel"])
            found.setdefault(row["partenaire_id"], []).append(contact)
        return {structure: tuple(people) for structure, people in found.items()}

    def _communes(self, where: str = "", params: tuple[Value, ...] = ()) -> dict[int, tuple[str, ...]]:
        """Codes by structure, in their order; one row each, for a territory may be a whole département."""
        rows = self._sql.execute(
            "SELECT partenaire_id, group_concat(commune, ' ') AS codes FROM"
            f" (SELECT * FROM partenaire_communes{where} ORDER BY partenaire_id, commune) GROUP BY partenaire_id",
            params,
        )
        return {row["partenaire_id"]: tuple(row["codes"].split()) for row in rows}


class Secteurs:
    """Repository of the circonscriptions d'action sociale."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def all(self) -> tuple[Secteur, ...]:
        """Every secteur by name, with its communes."""
        communes: dict[int, list[str]] = {}
        for row in self._sql.execute("SELECT secteur_id, commune FROM secteur_communes ORDER BY commune"):
            communes.setdefault(row["secteur_id"], []).append(row["commune"])
        rows = self._sql.execute("SELECT id, nom FROM secteurs ORDER BY nom, id")
        return tuple(Secteur(row["id"], row["nom"], tuple(communes.get(row["id"], ()))) for row in rows)

    def keep(self, secteur: Secteur) -> int:
        """Add a secteur, or replace the one of its id; a commune it takes leaves the secteur it was in."""
        nom = secteur.nom.strip()
        if secteur.id:
            update(self._sql, "secteurs", secteur.id, {"nom": nom})
            secteur_id = secteur.id
            self._sql.execute("DELETE FROM secteur_communes WHERE secteur_id = ?", (secteur_id,))
        else:
            secteur_id = insert(self._sql, "secteurs", {"nom": nom})
        self._sql.execute_many(
            "INSERT INTO secteur_communes (commune, secteur_id) VALUES (?, ?)"
            " ON CONFLICT (commune) DO UPDATE SET secteur_id = excluded.secteur_id",
            [(commune, secteur_id) for commune in dict.fromkeys(secteur.communes)],
        )
        return secteur_id

    def delete(self, secteur_id: int) -> None:
        """Take a secteur away; its communes belong to none."""
        self._sql.execute("DELETE FROM secteurs WHERE id = ?", (secteur_id,))


def _values(draft: PartenaireDraft) -> dict[str, Value]:
    return {
        "nom": draft.nom.strip(),
        "type": draft.type,
        "adresse": draft.adresse.strip(),
        "code_postal": draft.code_postal.strip(),
        "ville": draft.ville.strip(),
        "telephone": draft.telephone.strip(),
        "courriel": draft.courriel.strip(),
        "horaires": draft.horaires.strip(),
        "accueille": draft.accueille.strip(),
        "ferme_le": from_date(draft.ferme_le),
    }


def _partenaire(
    row: Row,
    people: Mapping[int, tuple[Correspondant, ...]],
    communes: Mapping[int, tuple[str, ...]],
) -> Partenaire:
    words = (
        "id",
        "nom",
        "type",
        "adresse",
        "code_postal",
        "ville",
        "telephone",
        "courriel",
        "uid",
        "horaires",
    )
    return Partenaire(
        **{name: row[name] for name in words},
        accueille=row["accueille"],
        ferme_le=to_date(row["ferme_le"]),
        correspondants=people.get(row["id"], ()),
        communes=communes.get(row["id"], ()),
    )
