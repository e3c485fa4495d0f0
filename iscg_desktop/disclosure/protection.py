"""The gate: exact counts in, protected tables out, attacked by our own audit on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from iscg_desktop.disclosure.audit import Bounds, bounds
from iscg_desktop.disclosure.blocks import Reader
from iscg_desktop.disclosure.demonstration import prove
from iscg_desktop.disclosure.goals import Aim, Goal
from iscg_desktop.disclosure.imagination import imagine
from iscg_desktop.disclosure.protected import ProtectedBilan, seal
from iscg_desktop.disclosure.sensitivity import sensitive_cells
from iscg_desktop.disclosure.suppression import suppress
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.watch import Watch
from iscg_desktop.disclosure.witnesses import shown
from iscg_desktop.errors import BugError

# Version of the rules: raise it with every change of what is masked, when, or against whom.
METHODE = "1"

# Share of the work that is done when the audit ends.
_AUDITED = 80


def protect(
    system: TableSystem,
    k: int = 5,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ProtectedBilan:
    """Mask what must be, and give the tables out only if our own attack on them fails.

    Promises, in whole numbers and for a reader who holds every earlier file, knows every relation and even which
    masks are complementary: no printed figure is under k; each sensitive cell, hidden « non » included, can be 0
    and can be k or more; each complementary mask can take values k apart, unless earlier files alone already said
    more of it. Masks are drawn at random: two calls may mask differently, so call once and keep the bytes. Values
    only: safe in a worker thread.

    Args:
        system: The exact counts and all relations between them, of the new file and of those handed over.
        k: Smallest number that may be told (5; 11 for the profile « renforcé »).
        progress: Called with (done, total), total being the same in all calls.
        cancelled: Asked between solver calls; True stops the work.

    Raises:
        UserError: ``bilan_non_protegeable``, when even masking everything would let something be computed.
        ProtectionCancelled: ``cancelled`` said so.
        BugError: The audit refuses what the suppression made.
    """
    watch = Watch(progress, cancelled)
    sensitive = sensitive_cells(system, k)
    masks = suppress(system, sensitive, k, watch)
    refuse_leaks(system, masks.cells, k, watch, masks.withheld, masks.tables)
    figures = {
        cell.at(""): None if position in masks.cells else system.counts[position].effectif
        for position, cell in enumerate(system.cells)
        if cell.periode == system.nouveau and position in system.shown and not system.hidden[position]
    }
    preuve = prove(
        system.volets,
        system.nouveau,
        figures,
        k,
        lambda share: watch.reach(_AUDITED + (100 - _AUDITED) * share),
    )
    watch.reach(100)
    retenus = (system.cells[position].at("") for position in masks.withheld)
    return seal(system.tables, figures, k, METHODE, preuve, retenus)


def refuse_leaks(
    system: TableSystem,
    masked: frozenset[int],
    k: int,
    watch: Watch,
    withheld: frozenset[int] = frozenset(),
    tables: Iterable[Sequence[int]] = (),
) -> None:
    """Attack masks as the strongest reader would; others know less, and can imagine whatever this one can.

    Of cells withheld whatever they count, no reader knows that they count k or more. Tables of the suppression count
    for what they show once they are found to agree, exactly, with all that this reader holds; the rest is attacked.

    Raises:
        BugError: A sensitive cell is not masked, or something masked or hidden can be computed too closely.
    """
    sensitive = sensitive_cells(system, k)
    masked |= system.masked
    withheld |= system.withheld
    unprinted = frozenset(cell for cell in range(len(system.cells)) if cell in masked or system.hidden[cell])
    if not sensitive <= unprinted:
        raise BugError("a sensitive cell would be printed")
    complements = masked - sensitive - withheld
    floored = (unprinted & system.shown) - sensitive - withheld
    reader = _reader(system, unprinted, dict.fromkeys(floored, k))
    goals = [Goal(cell, aim) for cell in sensitive for aim in (Aim.ZERO, Aim.HIGH)]
    goals.extend(Goal(cell, Aim.WIDE) for cell in complements)
    possible = shown(reader, tables, goals, k)
    goals = [goal for goal in goals if goal not in possible]
    left = {
        goal.cell
        for goal in imagine(reader, goals, k, lambda share: watch.reach(60 + (_AUDITED - 60) * share)).unmet
    }
    for cell, found in bounds(reader, left):
        safe = _is_deniable(found, k) if cell in sensitive else _is_wide(found, k)
        if not safe and (cell in sensitive or not _was_narrow(system, cell, k)):
            raise BugError(f"the audit computed a masked cell of « {system.cells[cell].univers} »")
    watch.reach(_AUDITED)


def _reader(system: TableSystem, unprinted: frozenset[int], floors: Mapping[int, int]) -> Reader:
    return Reader(
        size=len(system.cells),
        rows=system.rows,
        printed={cell: count.effectif for cell, count in enumerate(system.counts) if cell not in unprinted},
        floors=floors,
    )


def _was_narrow(system: TableSystem, cell: int, k: int) -> bool:
    """Whether the earlier files alone, the new one unseen, leave no wide range to a cell that tells of nobody."""
    unprinted = frozenset(range(len(system.cells))) - system.printed
    known = unprinted & system.shown - sensitive_cells(system, k) - system.withheld
    floors = {one: k for one in known if system.cells[one].periode != system.nouveau}
    ((_, found),) = bounds(_reader(system, unprinted, floors), {cell})
    return not _is_wide(found, k)


def _is_deniable(found: Bounds, k: int) -> bool:
    return found.low == 0 and found.reach(k)


def _is_wide(found: Bounds, k: int) -> bool:
    return found.reach(found.low + k)
