"""The proof of a bilan file in JSON: one line a cell, a relation, an imaginary table."""

from __future__ import annotations

from typing import Any

from iscg_desktop.disclosure.preuve import CACHE, Etat, Preuve, TableauPreuve
from iscg_desktop.disclosure.relations import Relation, Sens
from iscg_desktop.disclosure.tables import CellRef
from iscg_desktop.exports.bilan_notes import MASQUE

_NOTE = (
    "Les tableaux « fictifs » sont inventés : ils ne décrivent personne. Chacun donne une valeur à tout chiffre qui"
    " n’est pas imprimé, et redonne exactement tous les chiffres imprimés de ce bilan et des précédents. Ensemble ils"
    " montrent que chaque • peut valoir le seuil ou davantage, et zéro là où un lecteur ne peut pas l’exclure."
)


def document(preuve: Preuve) -> dict[str, Any]:
    """The proof as it is written.

    A cell is [period, univers, key, state]: a number that a file prints, « • » for a mask, null for a cell that no
    file prints. A relation is [code, sign, constant, [[factor, rank of a cell], …]].
    """
    rank = {cell: position for position, (cell, _) in enumerate(preuve.cellules)}
    return {
        "note": _NOTE,
        "predecesseurs": [{"periode": periode, "sha256": sha256} for periode, sha256 in preuve.predecesseurs],
        "tableaux": [
            {
                "periode": table.periode,
                "univers": table.univers,
                "dimensions": [
                    {"code": code, "reponses_multiples": several, "valeurs": list(codes)}
                    for code, several, codes in table.dimensions
                ],
            }
            for table in preuve.tableaux
        ],
        "cellules": [
            [cell.periode, cell.univers, dict(cell.cle), _written(etat)] for cell, etat in preuve.cellules
        ],
        "relations": [
            [
                relation.code,
                relation.sens.value,
                relation.constante,
                [[factor, rank[cell]] for factor, cell in relation.termes],
            ]
            for relation in preuve.relations
        ],
        "fictifs": [list(fictif) for fictif in preuve.fictifs],
    }


def read(document: dict[str, Any]) -> Preuve:
    """The proof that was written; whatever is odd in it raises ValueError, TypeError, KeyError or IndexError."""
    cells = tuple(
        (CellRef(univers, tuple(cle.items()), periode), _read(etat))
        for periode, univers, cle, etat in document["cellules"]
    )
    return Preuve(
        predecesseurs=tuple((one["periode"], one["sha256"]) for one in document["predecesseurs"]),
        tableaux=tuple(
            TableauPreuve(
                one["periode"],
                one["univers"],
                tuple(
                    (dimension["code"], dimension["reponses_multiples"] is True, tuple(dimension["valeurs"]))
                    for dimension in one["dimensions"]
                ),
            )
            for one in document["tableaux"]
        ),
        cellules=cells,
        relations=tuple(
            Relation(
                code,
                tuple((_whole(factor), cells[_whole(rank)][0]) for factor, rank in termes),
                Sens(sens),
                _whole(constante),
            )
            for code, sens, constante, termes in document["relations"]
        ),
        fictifs=tuple(tuple(_whole(value) for value in one) for one in document["fictifs"]),
    )


def _written(etat: Etat) -> int | str | None:
    return None if etat == CACHE else MASQUE if etat is None else etat


def _read(etat: object) -> Etat:
    return CACHE if etat is None else None if etat == MASQUE else _whole(etat)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value.bit_length() > 62:
        raise TypeError("a whole number was expected")
    return value
