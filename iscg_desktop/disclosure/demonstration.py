"""Computes the proof of a file, from what is printed alone.

All masks have the same goals: tables built from what the author knows would betray which masks are small.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from iscg_desktop.disclosure.blocks import Reader
from iscg_desktop.disclosure.goals import Aim, Goal
from iscg_desktop.disclosure.imagination import Imagined, Progress, imagine
from iscg_desktop.disclosure.preuve import CACHE, Etat, Preuve, TableauPreuve, as_row, may_hold, sum_relations
from iscg_desktop.disclosure.relations import Relation
from iscg_desktop.disclosure.system import Volet
from iscg_desktop.disclosure.tables import CellRef, TableShape, is_hidden
from iscg_desktop.errors import BugError


def prove(
    volets: Iterable[Volet],
    nouveau: str,
    figures: Mapping[CellRef, int | None],
    k: int,
    tell: Progress = lambda _: None,
) -> Preuve:
    """The proof of a new file.

    Args:
        volets: The periods linked to the file; their exact counts are not looked at.
        nouveau: Code of its period.
        figures: What the file prints, None for a mask.
        k: Smallest number that may be told.
        tell: Called with the share done, from 0 to 1.

    Raises:
        BugError: Some mask cannot be shown at k or more.
    """
    volets = tuple(volets)
    files = {volet.periode: volet.figures for volet in volets if volet.figures is not None}
    files[nouveau] = figures
    tables = list(_tables(volets, files))
    cells = _cells(tables, files)
    known = dict(cells)
    declared = [
        relation.at(volet.periode)
        for volet in volets
        for relation in volet.relations
        if all(cell.at(volet.periode) in known for _, cell in relation.termes)
    ]
    sums = tuple(sum_relations(((periode, table) for periode, table in tables), _parts(volets), known))
    # Beliefs that what is printed contradicts, or makes too narrow, are no part of the proof.
    for relations in (declared, [relation for relation in declared if relation.certaine]):
        kept = tuple(relation for relation in relations if may_hold(relation, known))
        found = _imagined((*sums, *kept), cells, k, tell)
        if found is not None and not any(goal.aim is Aim.HIGH for goal in found.unmet):
            break
    else:
        raise BugError("a mask could not be shown at the threshold")
    return Preuve(
        tuple((volet.periode, volet.empreinte) for volet in volets if volet.figures is not None),
        tuple(_shape(periode, table) for periode, table in tables),
        tuple(cells),
        kept,
        tuple(
            tuple(value for value, (_, etat) in zip(table, cells, strict=True) if not isinstance(etat, int))
            for table in found.tables
        ),
    )


def _tables(
    volets: tuple[Volet, ...], files: Mapping[str, Mapping[CellRef, int | None]]
) -> Iterator[tuple[str, TableShape]]:
    """Tables that a file prints, and the same ones in the parts of its period."""
    parts = _parts(volets)
    printed = {volet.periode: set(volet.imprimes) for volet in volets if volet.periode in files}
    wanted: dict[str, set[str]] = {}

    def want(periode: str, codes: set[str]) -> None:
        wanted.setdefault(periode, set()).update(codes)
        for part in parts.get(periode, ()):
            want(part, codes)

    for periode, codes in printed.items():
        want(periode, codes)
    for volet in volets:
        for table in volet.tables:
            # What is counted in detail, and printed partly together, links with what other files print in detail.
            if table.code.partition(":")[0] in wanted.get(volet.periode, ()):
                yield volet.periode, table


def _parts(volets: Iterable[Volet]) -> dict[str, tuple[str, ...]]:
    return {volet.periode: volet.parties for volet in volets if volet.parties}


def _cells(
    tables: Iterable[tuple[str, TableShape]], files: Mapping[str, Mapping[CellRef, int | None]]
) -> list[tuple[CellRef, Etat]]:
    found: dict[CellRef, Etat] = {}
    for periode, table in tables:
        for cle in table.all_keys():
            cell = table.cell(cle)
            seen = files.get(periode, {})
            found[cell.at(periode)] = CACHE if is_hidden(cell.cle) or cell not in seen else seen[cell]
    return sorted(found.items(), key=lambda pair: pair[0])


def _imagined(
    relations: Iterable[Relation], cells: list[tuple[CellRef, Etat]], k: int, tell: Progress
) -> Imagined | None:
    position = {cell: rank for rank, (cell, _) in enumerate(cells)}
    rows = dict.fromkeys(as_row(relation, position) for relation in relations)
    printed = {rank: etat for rank, (_, etat) in enumerate(cells) if isinstance(etat, int)}
    reader = Reader(len(cells), tuple(rows), printed, {})
    masks = [rank for rank, (_, etat) in enumerate(cells) if etat is None]
    goals = [Goal(rank, aim) for rank in masks for aim in (Aim.HIGH, Aim.ZERO)]
    try:
        return imagine(reader, goals, k, tell)
    except BugError:
        return None


def _shape(periode: str, table: TableShape) -> TableauPreuve:
    return TableauPreuve(
        periode,
        table.univers,
        tuple(
            (one.code, one.reponses_multiples, tuple(category.code for category in one.categories))
            for one in table.dimensions
        ),
    )
