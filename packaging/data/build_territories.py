"""Makes resources/territoires/*.tsv from the npm package @etalab/decoupage-administratif.

How to run, from the root of the repository::

    npm pack @etalab/decoupage-administratif@6.0.0      # in a scratch folder; then unpack the archive
    python packaging/data/build_territories.py SCRATCH/package/data

Four plain tables, sorted by code, so that a new year's data shows as a readable diff. After a new release
of the package: run this, read the diff, and bring year and version in resources/territoires/LICENCE.md up to
date. Codes are text: 01004, 2A004. The last column is never empty, so that no line ends with a tab.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[2] / "resources" / "territoires"

TYPES = {
    "commune-deleguee": "deleguee",
    "commune-associee": "associee",
    "arrondissement-municipal": "arrondissement",
}


def main(source: Path) -> None:
    """Reads the package's JSON files in ``source`` and writes the tables."""
    communes = _load(source, "communes")
    epcis = _load(source, "epci")
    regions = {region["code"]: region["nom"] for region in _load(source, "regions")}
    current = {row["code"]: row for row in communes if row["type"] == "commune-actuelle"}
    membership = {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}

    _write(
        "communes",
        ("code", "epci", "population", "codes_postaux", "codes_abolis", "nom"),
        [
            (
                code,
                membership.get(code, ""),
                _population(row),
                " ".join(row.get("codesPostaux", [])),
                " ".join(sorted(row.get("anciensCodes", []))),
                row["nom"],
            )
            for code, row in current.items()
        ],
    )
    _write(
        "rattachees",
        ("code", "type", "actuelle", "population", "codes_postaux", "nom"),
        [_attached(row) for row in communes if row["type"] in TYPES and not _is_shadow(row, current)],
    )
    _write("epci", ("code", "nom"), [(epci["code"], " ".join(epci["nom"].split())) for epci in epcis])
    _write(
        "departements",
        ("code", "region", "nom"),
        [(row["code"], regions[row["region"]], row["nom"]) for row in _load(source, "departements")],
    )


def _attached(row: dict[str, Any]) -> tuple[str, ...]:
    """Line of a commune déléguée, commune associée or arrondissement municipal."""
    parent = row["commune"] if row["type"] == "arrondissement-municipal" else row["chefLieu"]
    postal = " ".join(row.get("codesPostaux", []))
    return (row["code"], TYPES[row["type"]], parent, _population(row), postal, row["nom"])


def _is_shadow(row: dict[str, Any], current: dict[str, dict[str, Any]]) -> bool:
    """Whether a commune déléguée says nothing that the commune of the same code and name does not say."""
    same_code = current.get(row["code"])
    return same_code is not None and same_code["nom"] == row["nom"]


def _population(row: dict[str, Any]) -> str:
    return str(row["population"]) if "population" in row else ""


def _load(source: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((source / f"{name}.json").read_text("utf-8"))
    return rows


def _write(name: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    for row in rows:
        if any("\t" in cell or "\n" in cell for cell in row):
            raise SystemExit(f"{name}: a cell holds a separator: {row}")
    lines = ["\t".join(row) for row in [header, *sorted(rows)]]
    (TARGET / f"{name}.tsv").write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    print(f"{name}.tsv: {len(rows)} lines")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
