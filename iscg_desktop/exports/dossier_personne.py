"""The copy of a person as a structured file that another program reads (article 20 of the RGPD)."""

from __future__ import annotations

import json
from typing import Any

from iscg_desktop.domain.dossier_personne import DossierPersonne, Rubrique

FORMAT = "iscg-copie-personne"
VERSION = 1


def render(content: DossierPersonne) -> bytes:
    """The JSON, in UTF-8; the same content always gives the same bytes."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "etabli_le": content.etabli_le.isoformat(),
        "personne": content.nom,
        "identite": _rubrique(content.identite),
        "rubriques": [_rubrique(each) for each in content.rubriques],
        "mentions": dict(content.mentions),
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _rubrique(rubrique: Rubrique) -> dict[str, Any]:
    return {"titre": rubrique.titre, "faits": dict(rubrique.faits), "textes": list(rubrique.textes)}
