"""Settings, counters, lists and unités: what the coffre knows about its owner and her field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date

from iscg_desktop.domain.nomenclature import Nomenclature, Nomenclatures, Valeur
from iscg_desktop.domain.unite import Unite
from iscg_desktop.storage.connection import Row, Statements
from iscg_desktop.storage.rows import from_date, insert, to_date, update


class Settings:
    """Named values, kept as JSON."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def get(self, key: str) -> object:
        """The value, or None."""
        row = self._sql.execute("SELECT valeur FROM parametres WHERE cle = ?", (key,)).first()
        return None if row is None else json.loads(row["valeur"])

    def put(self, key: str, value: object) -> None:
        """Keep a value that JSON can hold."""
        self._sql.execute(
            "INSERT INTO parametres (cle, valeur) VALUES (?, ?)"
            " ON CONFLICT (cle) DO UPDATE SET valeur = excluded.valeur",
            (key, json.dumps(value, ensure_ascii=False)),
        )

    def next_number(self, name: str, year: int) -> int:
        """Next number of a yearly series, from 1; never given twice, whatever is erased."""
        self._sql.execute(
            "INSERT INTO compteurs (nom, annee, dernier) VALUES (?, ?, 1)"
            " ON CONFLICT (nom, annee) DO UPDATE SET dernier = dernier + 1",
            (name, year),
        )
        return int(
            self._sql.execute(
                "SELECT dernier FROM compteurs WHERE nom = ? AND annee = ?", (name, year)
            ).scalar()
        )

    def peek_number(self, name: str, year: int) -> int:
        """The number that ``next_number`` would give."""
        row = self._sql.execute(
            "SELECT dernier FROM compteurs WHERE nom = ? AND annee = ?", (name, year)
        ).first()
        return 1 if row is None else row["dernier"] + 1


class NomenclatureRows:
    """The lists as the user edited them."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def load(self, shipped: Iterable[Nomenclature]) -> None:
        """Add the shipped values the coffre lacks; labels and order the user changed stay hers."""
        self._sql.execute_many(
            "INSERT INTO nomenclatures (liste, code, libelle, famille, ordre)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT (liste, code) DO NOTHING",
            [(n.code, v.code, v.libelle, v.famille, v.ordre) for n in shipped for v in n.valeurs],
        )

    def keep(self, liste: str, valeurs: Iterable[Valeur]) -> None:
        """Keep values as edited, new ones included."""
        self._sql.execute_many(
            "INSERT INTO nomenclatures (liste, code, libelle, famille, ordre, active, compte_sous)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (liste, code) DO UPDATE"
            " SET libelle = excluded.libelle, ordre = excluded.ordre, active = excluded.active",
            [(liste, v.code, v.libelle, v.famille, v.ordre, int(v.active), v.compte_sous) for v in valeurs],
        )

    def is_used(self, liste: str, code: str) -> bool:
        """Whether a row, or something half-typed, holds a code: rows are found by their foreign keys."""
        for table, column, kind in self._holders():
            where = f"{kind} = :liste AND {column} = :code"
            if self._sql.execute(
                f"SELECT EXISTS (SELECT 1 FROM {table} WHERE {where})", {"liste": liste, "code": code}
            ).scalar():
                return True
        typed = self._sql.execute(
            "SELECT EXISTS (SELECT 1 FROM brouillons WHERE instr(contenu, :code))", {"code": f'"{code}"'}
        )
        return bool(typed.scalar())

    def remove(self, liste: str, code: str) -> None:
        """Take away a value that nothing holds."""
        self._sql.execute("DELETE FROM nomenclatures WHERE liste = ? AND code = ?", (liste, code))

    def _holders(self) -> list[tuple[str, str, str]]:
        """Table, column of the code and column of the list of every coded answer."""
        rows = self._sql.execute(
            'SELECT m.name AS t, f.id, f.seq, f."from" AS c'
            " FROM sqlite_schema AS m, pragma_foreign_key_list(m.name) AS f"
            " WHERE m.type = 'table' AND f.\"table\" = 'nomenclatures' ORDER BY m.name, f.id, f.seq"
        )
        columns = [(row["t"], row["id"], row["c"]) for row in rows]
        return [
            (t, code, kind) for (t, _, kind), (_, _, code) in zip(columns[::2], columns[1::2], strict=True)
        ]

    def all(self, shipped: Mapping[str, Nomenclature]) -> Nomenclatures:
        """Every list of the coffre; names of lists and families come from the shipped ones."""
        values: dict[str, list[Valeur]] = {code: [] for code in shipped}
        for row in self._sql.execute("SELECT * FROM nomenclatures ORDER BY liste, ordre, code"):
            values[row["liste"]].append(
                Valeur(
                    row["code"],
                    row["libelle"],
                    row["famille"],
                    row["ordre"],
                    bool(row["active"]),
                    row["compte_sous"],
                )
            )
        return Nomenclatures(
            Nomenclature(code, n.libelle, tuple(values[code]), n.familles, n.multiple)
            for code, n in shipped.items()
        )


class Unites:
    """The unités of the territory."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(self, unite: Unite) -> int:
        """Add a unité; its ``id`` is ignored. Returns the new id."""
        return insert(self._sql, "unites", _unite_values(unite))

    def change(self, unite: Unite) -> None:
        """Replace all that is known of a unité."""
        update(self._sql, "unites", unite.id, _unite_values(unite))

    def is_used(self, unite_id: int) -> bool:
        """Whether anything recorded names it."""
        tables = ("saisines", "entretiens", "accueils", "dossiers", "permanences", "rendez_vous")
        found = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE unite_id = :id" for table in tables)
        return bool(self._sql.execute(f"SELECT EXISTS ({found})", {"id": unite_id}).scalar())

    def remove(self, unite_id: int) -> None:
        """Take away a unité that nothing names."""
        self._sql.execute("DELETE FROM unites WHERE id = ?", (unite_id,))

    def all(self) -> dict[int, Unite]:
        """Every unité by id, in order of name."""
        return {row["id"]: _unite(row) for row in self._sql.execute("SELECT * FROM unites ORDER BY nom, id")}

    def open(self, day: date) -> tuple[Unite, ...]:
        """Those that exist on a day."""
        return tuple(unite for unite in self.all().values() if unite.is_open(day))


def _unite_values(unite: Unite) -> dict[str, str | int | None]:
    return {
        "nom": unite.nom.strip(),
        "force": unite.force,
        "type": unite.type,
        "commune": unite.commune,
        "telephone": unite.telephone,
        "parent_id": unite.parent_id,
        "ouverte_le": from_date(unite.ouverte_le),
        "fermee_le": from_date(unite.fermee_le),
        "successeur_id": unite.successeur_id,
        "compte_sous_id": unite.compte_sous_id,
        "compte_depuis": unite.compte_depuis,
        "compte_jusqu_a": unite.compte_jusqu_a,
    }


def _unite(row: Row) -> Unite:
    return Unite(
        id=row["id"],
        nom=row["nom"],
        force=row["force"],
        type=row["type"],
        commune=row["commune"],
        telephone=row["telephone"],
        parent_id=row["parent_id"],
        ouverte_le=to_date(row["ouverte_le"]),
        fermee_le=to_date(row["fermee_le"]),
        successeur_id=row["successeur_id"],
        compte_sous_id=row["compte_sous_id"],
        compte_depuis=row["compte_depuis"],
        compte_jusqu_a=row["compte_jusqu_a"],
    )
