"""The shipped lists of coded values, as the files in ``resources/nomenclatures`` give them."""

from __future__ import annotations

import json
from functools import cache

from iscg_desktop.domain.nomenclature import Famille, Nomenclature, Valeur
from iscg_desktop.paths import resources

VERSION = "1"
"""Version of the shipped lists, written into bilan files; raised when a code is added."""


@cache
def shipped() -> dict[str, Nomenclature]:
    """Every shipped list by code, values in the order of the file."""
    found = {}
    for path in sorted((resources() / "nomenclatures").glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        found[data["code"]] = Nomenclature(
            code=data["code"],
            libelle=data["libelle"],
            valeurs=tuple(
                Valeur(value["code"], value["libelle"], value.get("famille"), ordre)
                for ordre, value in enumerate(data["valeurs"])
            ),
            familles=tuple(
                Famille(famille["code"], famille["libelle"]) for famille in data.get("familles", ())
            ),
            multiple=data["multiple"],
        )
    return found
