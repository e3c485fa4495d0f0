"""Bilans arrêtés: frozen counts and the very bytes that were handed over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from iscg_desktop.domain.bilan import TableauCompte
from iscg_desktop.domain.period import Periode, parse_period
from iscg_desktop.errors import BugError
from iscg_desktop.storage.connection import Statements
from iscg_desktop.storage.rows import insert


@dataclass(frozen=True, slots=True)
class BilanRow:
    """A period arrêtée."""

    periode: Periode
    arrete_le: date
    seuil: int


class Bilans:
    """Repository of the bilans: the registry of exports."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def arretes(self) -> tuple[BilanRow, ...]:
        """Periods arrêtées, in order."""
        rows = self._sql.execute("SELECT code, arrete_le, seuil FROM bilans")
        found = [
            BilanRow(parse_period(row["code"]), date.fromisoformat(row["arrete_le"]), row["seuil"])
            for row in rows
        ]
        return tuple(sorted(found, key=lambda bilan: bilan.periode))

    def quarters(self) -> frozenset[str]:
        """Codes of the quarters arrêtés."""
        return frozenset(
            row["code"] for row in self._sql.execute("SELECT code FROM bilans WHERE type = 'trimestre'")
        )

    def add(self, periode: Periode, day: date, menu: int, seuil: int) -> None:
        """Arrêter a period: from now on nothing counts in it any more."""
        insert(
            self._sql,
            "bilans",
            {
                "code": periode.code,
                "type": periode.palier,
                "debut": periode.debut.isoformat(),
                "fin": periode.fin.isoformat(),
                "arrete_le": day.isoformat(),
                "menu": menu,
                "seuil": seuil,
            },
        )

    def freeze(self, quarter: str, palier: str, comptes: Iterable[TableauCompte]) -> None:
        """Keep the exact counts of a quarter for the tables of a palier; cells without a unit are left out."""
        self._sql.execute_many(
            "INSERT INTO bilan_cellules (trimestre, palier, tableau, cle, effectif, foyers) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (quarter, palier, compte.tableau.code, json.dumps(cle), effectif.unites, effectif.foyers)
                for compte in comptes
                for cle, effectif in compte.effectifs.items()
                if effectif.unites
            ],
        )

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
