"""The page of the attacks on bilans: what came of each register and of each mutant, written as they end.

``python3 packaging/start.py attaques`` runs them all; a row that is not run again stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "bilan-preuves.md"

Ligne = Callable[..., None]

_TABLES = {
    "registres": (
        "## Vingt registres, une année entière de bilans chacun",
        ("Registre", "Forme", "Ordre des remises", "Fichiers", "Chiffres donnés", "Masqués", "Petits effectifs visés",
         "Intervalle le plus étroit", "Verdict", "Le"),
    ),
    "mutants": (
        "## Une protection retirée à la fois",
        ("Protection retirée", "Ce que l’attaque trouve", "Verdict", "Le"),
    ),
}  # fmt: skip
_INTRODUCTION = """\
# Les bilans attaqués

Page écrite par `python3 packaging/start.py attaques`, qui refait tout (une heure environ) ;
`python3 packaging/start.py attaques 3 12` n’attaque que ces registres.

Un programme d’attaque qui n’emploie rien du nôtre (`tests/disclosure/attack.py`) ne lit que les fichiers remis : les
quatre trimestres, les deux semestres et l’année d’un même coffre, tous ensemble. Il connaît la méthode, toutes les
relations déclarées, et même quels masques ne servent qu’à en protéger d’autres. De chaque effectif petit (moins de 5,
zéro compris, ou moins de 5 foyers), imprimé ou non, il cherche en nombres entiers ce qu’il peut valoir. Ce qu’il ne
doit pas pouvoir : le lire, exclure 0, exclure 5. « 0 à 5 » est donc l’intervalle le plus étroit qui soit permis.
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The switch that keeps what the attacks find."""
    parser.getgroup("bilans").addoption(
        "--bilans", type=Path, metavar="FILE", help="write there what the attacks on bilans find"
    )


@pytest.fixture
def ligne(request: pytest.FixtureRequest) -> Ligne:
    """Tells one row: ``ligne("mutants", "les zéros", "…", "percé")``; its day is added."""

    def tell(table: str, *cells: object) -> None:
        row = tuple(str(cell) for cell in (*cells, date.today().isoformat()))  # the day of this machine
        print("\n" + " | ".join(row))
        path = request.config.getoption("--bilans")
        if path is not None:
            write(path, table, row)

    return tell


def write(path: Path, table: str, row: tuple[str, ...]) -> None:
    """Put a row in the place of the one of the same name, or in order."""
    rows = read(path.read_text("utf-8") if path.exists() else "")
    rows[table][row[0]] = row
    path.write_text(text(rows), "utf-8")


def read(page: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """The rows of a page by table, then by name."""
    rows: dict[str, dict[str, tuple[str, ...]]] = {table: {} for table in _TABLES}
    for table, (heading, columns) in _TABLES.items():
        part = page.partition(heading)[2].partition("\n## ")[0]
        for line in part.splitlines():
            cells = tuple(cell.strip() for cell in line.strip("|").split(" | "))
            if line.startswith("| ") and len(cells) == len(columns) and cells[0] not in (columns[0], "---"):
                rows[table][cells[0]] = cells
    return rows


def text(rows: dict[str, dict[str, tuple[str, ...]]]) -> str:
    """The whole page."""
    parts = [_INTRODUCTION]
    for table, (heading, columns) in _TABLES.items():
        lines = [columns, tuple("---" for _ in columns)]
        lines += [rows[table][name] for name in sorted(rows[table], key=_in_order)]
        parts.append(f"{heading}\n\n" + "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n")
    return "\n".join(parts)


def _in_order(name: str) -> tuple[int, str]:
    number = re.match(r"\d+", name)
    return int(number[0]) if number else 0, name
