"""The lines of a printed table, in words."""

from __future__ import annotations

from collections.abc import Iterator

from iscg_desktop.disclosure.protected import ProtectedTable
from iscg_desktop.disclosure.tables import Key


def words_of(table: ProtectedTable) -> dict[tuple[str, str], str]:
    """Words of each category, by dimension and category."""
    return {
        (dimension.code, category.code): category.libelle
        for dimension in table.dimensions
        for category in dimension.categories
    }


def lines(table: ProtectedTable) -> Iterator[tuple[Key, str, int | None]]:
    """Key, words and figure of each cell."""
    words = words_of(table)
    for cell in table.cellules:
        yield cell.cle, " – ".join(words[pair] for pair in cell.cle) or "Total", cell.valeur
