"""Writes docs/controle-rgpd.md from the data-protection checklist that the program shows.

How to run, from the root of the repository::

    python packaging/controle.py
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from iscg_desktop.documents.controle import TITLE  # noqa: E402
from iscg_desktop.reference.controle import shipped_controle  # noqa: E402

PAGE = ROOT / "docs" / "controle-rgpd.md"


def page() -> str:
    """The page, as it is committed."""
    head = (
        "Dans le programme : Conformité, Contrôle, d’où elle s’imprime pour le délégué à la protection des données."
        " Cette page est écrite par `packaging/controle.py` ; un essai vérifie que chaque écran et chaque essai"
        " nommés existent."
    )
    lines = [f"# {TITLE}", "", head]
    columns = "| point | ce qui est demandé | réponse | écran | essai |"
    for groupe in shipped_controle():
        lines += ["", f"## {groupe.titre}", "", columns, "|---|---|---|---|---|"]
        lines += [
            f"| {each.point} | {each.demande} | {each.reponse} | {each.ou} | `{each.essai}` |"
            for each in groupe.points
        ]
    return "\n".join(lines).replace("\u00a0", " ") + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
