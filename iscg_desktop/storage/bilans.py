"""Bilans arrêtés: frozen counts and the very bytes that were handed over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from iscg_desktop.domain.bilan import Cle, TableauCompte
from iscg_desktop.domain.period import Periode, parse_period
from iscg_desktop.errors import BugError
from iscg_desktop.storage.connection import Statements
from iscg_desktop.storage.rows import insert


@dataclass(frozen=True, slots=True)
class BilanRow:
    """A period arrêtée.

    Attributes:
        rang: Order in which the files were made.
        repris: Whether it was read back from a file: its exact counts are lost.
        retenus: Univers and key of each cell that its file masked whatever it counts.
    """

    periode: Periode
    arrete_le: date
    seuil: int
    rang: int
    repris: bool
    retenus: tuple[tuple[str, Cle], ...]


@dataclass(frozen=True, slots=True)
class CelluleGelee:
    """The exact count of one cell of a quarter, for the tables of a palier.

    Attributes:
        cle: Key as it was counted.
        foyers_cumules: Distinct foyers since the first day of the palier's period.
    """

    palier: str
    tableau: str
    cle: Cle
    effectif: int
    foyers: int
    foyers_cumules: int


class Bilans:
    """Repository of the bilans: the registry of exports."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def arretes(self) -> tuple[BilanRow, ...]:
        """Periods arrêtées, in order."""
        rows = self._sql.execute("SELECT code, arrete_le, seuil, rang, repris, retenus FROM bilans")
        found = [
            BilanRow(
                parse_period(row["code"]),
                date.fromisoformat(row["arrete_le"]),
                row["seuil"],
                row["rang"],
                bool(row["repris"]),
                tuple((univers, _pairs(cle)) for univers, cle in json.loads(row["retenus"])),
            )
            for row in rows
        ]
        return tuple(sorted(found, key=lambda bilan: bilan.periode))

    def quarters(self) -> frozenset[str]:
        """Codes of the quarters arrêtés."""
        return frozenset(
            row["code"] for row in self._sql.execute("SELECT code FROM bilans WHERE type = 'trimestre'")
        )

    def add(
        self,
        periode: Periode,
        day: date,
        menu: int,
        seuil: int,
        *,
        repris: bool = False,
        retenus: Iterable[tuple[str, Cle]] = (),
    ) -> None:
        """Arrêter a period: from now on nothing counts in it any more.

        Args:
            periode: The period.
            day: When it is arrêtée.
            menu: Version of the menu.
            seuil: Smallest number told.
            repris: Whether it is read back from a file.
            retenus: Univers and key of the cells masked whatever they count.
        """
        last = self._sql.execute("SELECT coalesce(max(rang), 0) AS n FROM bilans").one()["n"]
        insert(
            self._sql,
            "bilans",
            {
                "code": periode.code,
                "type": periode.palier,
                "debut": periode.debut.isoformat(),
                "fin": periode.fin.isoformat(),
                "arrete_le": day.isoformat(),
                "rang": last + 1,
                "repris": int(repris),
                "menu": menu,
                "seuil": seuil,
                "retenus": json.dumps(sorted(retenus)),
            },
        )

    def freeze(
        self,
        quarter: str,
        palier: str,
        comptes: Iterable[TableauCompte],
        cumules: Iterable[TableauCompte] | None = None,
    ) -> None:
        """Keep the exact counts of a quarter for the tables of a palier; cells without a unit are left out.

        Args:
            quarter: Code of the quarter.
            palier: Tier whose tables these are.
            comptes: The tables counted over the quarter.
            cumules: The same tables counted since the first day of the palier's period; the quarter when left out.
        """
        comptes = tuple(comptes)
        since = {compte.tableau.code: compte.effectifs for compte in cumules or comptes}
        self._sql.execute_many(
            "INSERT INTO bilan_cellules (trimestre, palier, tableau, cle, effectif, foyers, foyers_cumules)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    quarter,
                    palier,
                    compte.tableau.code,
                    json.dumps(cle),
                    effectif.unites,
                    effectif.foyers,
                    since[compte.tableau.code][cle].foyers,
                )
                for compte in comptes
                for cle, effectif in compte.effectifs.items()
                if effectif.unites
            ],
        )

    def cellules(self, quarter: str) -> tuple[CelluleGelee, ...]:
        """The frozen counts of a quarter that are not zero."""
        rows = self._sql.execute(
            "SELECT palier, tableau, cle, effectif, foyers, foyers_cumules FROM bilan_cellules WHERE trimestre = ?",
            (quarter,),
        )
        return tuple(
            CelluleGelee(
                row["palier"],
                row["tableau"],
                _pairs(json.loads(row["cle"])),
                row["effectif"],
                row["foyers"],
                row["foyers_cumules"],
            )
            for row in rows
        )

    def frozen(self, quarters: Iterable[str]) -> dict[tuple[str, str, Cle], int]:
        """Units of the cells frozen in some quarters, added up, by palier, table and key; a cell left out is 0."""
        codes = tuple(quarters)
        rows = self._sql.execute(
            "SELECT palier, tableau, cle, sum(effectif) AS effectif FROM bilan_cellules"
            f" WHERE trimestre IN ({', '.join('?' * len(codes))}) GROUP BY palier, tableau, cle",
            codes,
        )
        return {(row["palier"], row["tableau"], _cle(row["cle"])): row["effectif"] for row in rows}

    def totals(self, quarter: str) -> dict[str, int]:
        """Frozen total of each table of a quarter, by code of table."""
        rows = self._sql.execute(
            "SELECT tableau, effectif FROM bilan_cellules"
            " WHERE trimestre = ? AND palier = 'trimestre' AND cle = '[]'",
            (quarter,),
        )
        return {row["tableau"]: row["effectif"] for row in rows}

    def add_export(self, periode: str, formats: Mapping[str, tuple[str, bytes]]) -> None:
        """Keep the bytes of a bilan, by format: name of the file and content."""
        for name, (nom, octets) in formats.items():
            insert(
                self._sql,
                "bilan_exports",
                {
                    "bilan": periode,
                    "format": name,
                    "nom": nom,
                    "octets": octets,
                    "sha256": hashlib.sha256(octets).digest(),
                },
            )

    def exports(self, periode: str) -> dict[str, tuple[str, bytes]]:
        """Name and bytes of each file of a bilan, by format, as they were first made.

        Raises:
            BugError: Bytes that no longer match their digest.
        """
        found = {}
        for row in self._sql.execute(
            "SELECT * FROM bilan_exports WHERE bilan = ? ORDER BY format", (periode,)
        ):
            if hashlib.sha256(row["octets"]).digest() != row["sha256"]:
                raise BugError("the bytes of a bilan do not match their digest")
            found[row["format"]] = (row["nom"], bytes(row["octets"]))
        return found


@lru_cache(maxsize=16384)
def _cle(text: str) -> Cle:
    return _pairs(json.loads(text))


def _pairs(cle: Iterable[Iterable[str]]) -> Cle:
    return tuple((dimension, code) for dimension, code in cle)
