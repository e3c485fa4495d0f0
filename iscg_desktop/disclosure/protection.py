"""The gate: exact counts in, protected tables out, attacked by our own audit on the way."""

from __future__ import annotations

from collections.abc import Callable

from iscg_desktop.disclosure.audit import Bounds, Reader, bounds
from iscg_desktop.disclosure.protected import ProtectedBilan, seal
from iscg_desktop.disclosure.sensitivity import sensitive_cells
from iscg_desktop.disclosure.suppression import suppress
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.watch import Watch
from iscg_desktop.errors import BugError

# Version of the rules: raise it with every change of what is masked, when, or against whom.
METHODE = "1"


def protect(
    system: TableSystem,
    k: int = 5,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ProtectedBilan:
    """Mask what must be, and give the tables out only if our own attack on them fails.

    Promises, in whole numbers and for a reader who knows every relation and even which masks are
    complementary: no printed figure is under k; each sensitive cell, hidden « non » included, can be 0 and
    can be k or more; each complementary mask can take values k apart. Masks are drawn at random: two calls
    may mask differently, so call once and keep the bytes. Values only: safe in a worker thread.

    Args:
        system: The exact counts and all relations between them.
        k: Smallest number that may be told (5; 11 for the profile « renforcé »).
        progress: Called with (done, total), total being the same in all calls.
        cancelled: Asked between solver calls; True stops the work.

    Raises:
        UserError: ``bilan_non_protegeable``, when even masking everything would let something be computed.
        ProtectionCancelled: ``cancelled`` said so.
        BugError: The audit refuses what the suppression made.
    """
    watch = Watch(progress, cancelled)
    masked = suppress(system, sensitive_cells(system, k), k, watch)
    refuse_leaks(system, masked, k, watch)
    figures = {
        cell: None if position in masked else system.counts[position].effectif
        for position, cell in enumerate(system.cells)
        if not system.hidden[position]
    }
    return seal(system.tables, figures, k, METHODE)


def refuse_leaks(system: TableSystem, masked: frozenset[int], k: int, watch: Watch) -> None:
    """Attack masks as the strongest reader would; others know less, and can imagine whatever this one can.

    Raises:
        BugError: A sensitive cell is not masked, or something masked or hidden can be computed too closely.
    """
    sensitive = sensitive_cells(system, k)
    unprinted = [cell for cell in range(len(system.cells)) if cell in masked or system.hidden[cell]]
    if not sensitive.issubset(unprinted):
        raise BugError("a sensitive cell would be printed")
    reader = Reader(
        size=len(system.cells),
        rows=system.rows,
        printed={
            cell: count.effectif
            for cell, count in enumerate(system.counts)
            if cell not in masked and not system.hidden[cell]
        },
        floors={cell: k for cell in unprinted if cell not in sensitive},
    )
    for rank, (cell, found) in enumerate(bounds(reader)):
        watch.reach(60 + 40 * rank / len(unprinted))
        safe = _is_deniable(found, k) if cell in sensitive else cell not in masked or _is_wide(found, k)
        if not safe:
            raise BugError(f"the audit computed a masked cell of « {system.cells[cell].univers} »")
    watch.reach(100)


def _is_deniable(found: Bounds, k: int) -> bool:
    return found.low == 0 and found.reach(k)


def _is_wide(found: Bounds, k: int) -> bool:
    return found.reach(found.low + k)
