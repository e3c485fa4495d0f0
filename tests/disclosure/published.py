"""Protected tables as a file publishes them, for readers that know nothing of the program."""

from __future__ import annotations

import json

from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.disclosure.protection import protect
from iscg_desktop.disclosure.system import TableSystem


def publish(periode: str, bilan: ProtectedBilan) -> bytes:
    """What the JSON of a bilan tells of its figures."""
    tables = [
        {
            "univers": table.univers,
            "dimensions": [
                {
                    "code": dimension.code,
                    "reponses_multiples": dimension.reponses_multiples,
                    "valeurs": [{"code": category.code} for category in dimension.categories],
                }
                for dimension in table.dimensions
            ],
            "cellules": [
                {
                    "cle": dict(cell.cle),
                    **({"masque": True} if cell.valeur is None else {"valeur": cell.valeur}),
                }
                for cell in table.cellules
            ],
        }
        for table in bilan.tables
    ]
    return json.dumps({"periode": {"code": periode}, "tableaux": tables}).encode()


def publish_system(system: TableSystem, k: int = 5) -> bytes:
    """Protect a system of one file, and publish it."""
    return publish("", protect(system, k))
