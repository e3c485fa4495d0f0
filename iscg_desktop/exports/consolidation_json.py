"""The consolidation in JSON: one value, one sequence of bytes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from iscg_desktop.disclosure.consolidation import Encadrement, TableauReuni
from iscg_desktop.exports.bilan_file import NIVEAUX
from iscg_desktop.exports.consolidation_file import ConsolidationFile, PartReunie

FORMAT = "iscg-consolidation"
VERSION = 1


def render(consolidation: ConsolidationFile) -> bytes:
    """The file as UTF-8 bytes; the same bilans always give the same bytes."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "intervenants": consolidation.intervenants,
        "trimestres": consolidation.trimestres,
        "debut": consolidation.debut.isoformat(),
        "fin": consolidation.fin.isoformat(),
        "seuil": consolidation.seuil,
        "bilans": [
            {
                "sha256": source.sha256,
                "emetteur": source.bilan.emetteur.id,
                "employeur": source.bilan.emetteur.employeur,
                "coffre": source.bilan.coffre,
                "periode": source.bilan.periode.code,
                "date_emission": source.bilan.date_emission.isoformat(),
            }
            for source in consolidation.sources
        ],
        "notes": list(consolidation.notes),
        "indicateurs": [_indicateur(part) for part in consolidation.indicateurs],
        "collaborations": [
            {
                "famille": one.famille,
                "libelle": one.libelle,
                "postes": dict(zip(NIVEAUX, one.postes, strict=True)),
            }
            for one in consolidation.collaborations
        ],
        "tableaux": [_tableau(table) for table in consolidation.tables],
    }
    return _bytes({**document, "empreinte": hashlib.sha256(_bytes(document)).hexdigest()})


def _bytes(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _indicateur(part: PartReunie) -> dict[str, Any]:
    one = part.indicateur
    return {
        "code": one.code,
        "libelle": one.libelle,
        "numerateur": one.numerateur,
        "denominateur": one.denominateur,
        "rapport_de_flux": one.rapport_de_flux,
        "bilans": part.bilans,
        "haut": _between(part.haut),
        "bas": _between(part.bas),
        "pour_mille": _between(part.pour_mille),
    }


def _tableau(table: TableauReuni) -> dict[str, Any]:
    return {
        "code": table.code,
        "titre": table.titre,
        "univers": table.univers,
        "unite": table.unite,
        "numerateur": table.numerateur,
        "denominateur": table.denominateur,
        "bilans": table.bilans,
        "dimensions": [
            {
                "code": dimension.code,
                "libelle": dimension.libelle,
                "valeurs": [{"code": one.code, "libelle": one.libelle} for one in dimension.categories],
            }
            for dimension in table.dimensions
        ],
        "cellules": [
            {"cle": dict(cell.cle), "bilans": cell.bilans, **_between(cell.encadrement)}
            for cell in table.cellules
        ],
    }


def _between(encadrement: Encadrement) -> dict[str, int | None]:
    if encadrement.exact is not None:
        return {"valeur": encadrement.exact}
    return {"minimum": encadrement.minimum, "maximum": encadrement.maximum}
