"""Which cells would say something about someone."""

from __future__ import annotations

from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.tables import Count


def is_sensitive(count: Count, k: int) -> bool:
    """Fewer than k units, zero included, or units of fewer than k distinct foyers."""
    return count.effectif < k or count.foyers < k


def sensitive_cells(system: TableSystem, k: int) -> frozenset[int]:
    """Positions of all sensitive cells: masked, hidden « non », and cells that no file prints.

    A reader obtains those by subtraction, or bounds them by what is printed of their margins. A category that did
    not exist yet in an earlier file is no secret.
    """
    found = {
        position
        for position, count in enumerate(system.counts)
        if position not in system.printed and is_sensitive(count, k)
    }
    # Foyers of a long period are at times underestimated: what lies inside a cell that must be deniable to zero must
    # be so too, or whoever knows that it counts k or more would know it of both.
    inside = [(wholes, parts) for wholes, parts in (row.inside() for row in system.rows) if len(wholes) == 1]
    before = -1
    while before != len(found):
        before = len(found)
        found.update(part for whole, parts in inside if whole <= found for part in parts - system.printed)
    return frozenset(found)
