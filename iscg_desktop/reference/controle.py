"""The data-protection checklist, as ``resources/conformite/controle.json`` gives it.

Sources: the RGPD (articles 5, 12 to 22, 30, 32, 35); the CNIL's référentiel of 2021 on the support of adults in
difficulty and its guide of 2024 on the security of personal data; article L212-2 of the Code du patrimoine.
"""

from __future__ import annotations

import json
import re
from functools import cache

from iscg_desktop.domain.controle import GroupeControle, PointControle
from iscg_desktop.paths import resources


@cache
def shipped_controle() -> tuple[GroupeControle, ...]:
    """The groups in their order."""
    data = json.loads((resources() / "conformite" / "controle.json").read_text(encoding="utf-8"))
    return tuple(
        GroupeControle(
            groupe["titre"],
            tuple(
                PointControle(**{name: _spaced(words) for name, words in each.items()})
                for each in groupe["points"]
            ),
        )
        for groupe in data["groupes"]
    )


def _spaced(words: str) -> str:
    """French spacing: no line begins with a sign."""
    return re.sub(r" ([:;?!»])", "\u00a0\\1", words).replace("« ", "«\u00a0")
