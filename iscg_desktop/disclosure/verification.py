"""Checks the proof of a file: what it prints, what its tables and its earlier files say, and each imaginary table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter

from iscg_desktop.disclosure.preuve import CACHE, Preuve, TableauPreuve, as_row, may_hold, sum_relations
from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.disclosure.relations import Relation, Sens
from iscg_desktop.disclosure.system import Row
from iscg_desktop.disclosure.tables import Category, CellRef, Dimension, TableShape
from iscg_desktop.errors import UserError

PARTIES = {"semestre": "trimestre", "annee": "semestre"}


def refuse_false_proof(
    periode: str,
    bilan: ProtectedBilan,
    parts: Mapping[str, tuple[str, ...]],
    declared: Iterable[Relation] = (),
    is_local: Callable[[Relation], bool] = lambda _: False,
) -> None:
    """Go through the proof of a file.

    Args:
        periode: Code of the period of the file.
        bilan: What it prints.
        parts: For a period that the proof names, the periods of the tier below that add up to it.
        declared: What everyone knows between cells of one period, of no period in particular.
        is_local: Whether a relation belongs to one coffre, such as which communes lie in an EPCI.

    Raises:
        UserError: ``bilan_sans_preuve``; ``bilan_preuve_fausse`` when it does not prove what the file prints.
    """
    preuve = bilan.preuve
    if preuve is None:
        raise UserError("bilan_sans_preuve")
    if (
        not _is_about(preuve, periode, bilan)
        or not _knows(preuve, tuple(declared), is_local)
        or not _holds(preuve, bilan.seuil, parts)
    ):
        raise UserError("bilan_preuve_fausse")


def recalls(preuve: Preuve, periode: str, figures: Mapping[CellRef, int | None]) -> bool:
    """Whether a proof recalls an earlier file as that file was."""
    known = dict(preuve.cellules)
    return all(known.get(cell.at(periode), CACHE) == figure for cell, figure in figures.items())


def _is_about(preuve: Preuve, periode: str, bilan: ProtectedBilan) -> bool:
    """Whether the proof has the tables and the figures of the file, and names every file it recalls."""
    known = dict(preuve.cellules)
    shapes = [_form(table) for table in preuve.tableaux]
    expected = {
        shape.cell(cle).at(table.periode)
        for table, shape in zip(preuve.tableaux, shapes, strict=True)
        for cle in shape.all_keys()
    }
    if len(known) != len(preuve.cellules) or known.keys() != expected:
        return False
    named = {(table.periode, table.univers, table.dimensions) for table in preuve.tableaux}
    if any((periode, table.univers, _dimensions(table)) not in named for table in bilan.tables):
        return False
    printed = {cell.at(""): etat for cell, etat in known.items() if cell.periode == periode and etat != CACHE}
    told = {cell.periode for cell, etat in known.items() if etat is None or (isinstance(etat, int) and etat)}
    return printed == bilan.figures() and told <= {periode, *(code for code, _ in preuve.predecesseurs)}


def _knows(preuve: Preuve, declared: tuple[Relation, ...], is_local: Callable[[Relation], bool]) -> bool:
    """Whether the proof reckons, in every period, with all that is known between its cells, and with nothing else."""
    known = dict(preuve.cellules)
    periodes = {cell.periode for cell in known}
    local = {_named(one.at("")): one.at("") for one in preuve.relations if is_local(one)}
    there = [
        here
        for relation in (*declared, *local.values())
        for here in (relation.at(periode) for periode in periodes)
        if all(cell in known for _, cell in here.termes) and may_hold(here, known)
    ]
    told = [_named(relation) for relation in preuve.relations]
    # Beliefs that make some mask too narrow are left out together.
    ways = ({_named(one) for one in there}, {_named(one) for one in there if one.certaine})
    return len(set(told)) == len(told) and set(told) in ways and _are_inclusions(local.values())


def _named(relation: Relation) -> tuple[str, Sens, int, frozenset[tuple[int, CellRef]]]:
    return relation.code, relation.sens, relation.constante, frozenset(relation.termes)


def _are_inclusions(relations: Iterable[Relation]) -> bool:
    """Whether each relation puts some cells inside one other, and no cell inside two."""
    seen: dict[tuple[str, CellRef], CellRef] = {}
    for relation in relations:
        kind, _, category = relation.code.partition(":")
        totals = [cell for factor, cell in relation.termes if factor == -1]
        parts = {cell for factor, cell in relation.termes if factor == 1}
        if len(totals) != 1 or not parts or len(parts) + 1 != len(relation.termes) or relation.constante:
            return False
        if category and totals[0].cle != ((kind, category),):
            return False
        if any(seen.setdefault((kind, cell), totals[0]) != totals[0] for cell in parts):
            return False
    return True


def _holds(preuve: Preuve, k: int, parts: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether each imaginary table agrees with all that is printed, and all together show each mask at k."""
    cells = preuve.cellules
    position = {cell: rank for rank, (cell, _) in enumerate(cells)}
    sums = sum_relations(((table.periode, _form(table)) for table in preuve.tableaux), parts, position)
    rows = dict.fromkeys(as_row(relation, position) for relation in (*sums, *preuve.relations))
    held = [_check(row, len(cells)) for row in rows]
    unknown = [rank for rank, (_, etat) in enumerate(cells) if not isinstance(etat, int)]
    table = [etat if isinstance(etat, int) else 0 for _, etat in cells] + [0]
    highest = [0] * len(unknown)
    for fictif in preuve.fictifs:
        if len(fictif) != len(unknown) or min(fictif, default=0) < 0:
            return False
        for rank, value in zip(unknown, fictif, strict=True):
            table[rank] = value
        if not all(holds(table) for holds in held):
            return False
        highest = list(map(max, highest, fictif))
    shown = (cells[rank][1] is not None or most >= k for rank, most in zip(unknown, highest, strict=True))
    return bool(preuve.fictifs) and all(shown)


def _check(row: Row, zero: int) -> Callable[[Sequence[int]], bool]:
    """The same as ``row.holds``, several times as quick: nearly every relation adds cells up and equals others.

    Args:
        row: The relation.
        zero: A place that always holds 0: two of them make a tuple of whatever is fetched.
    """
    plus = [cell for cell, factor in row.termes if factor == 1]
    minus = [cell for cell, factor in row.termes if factor == -1]
    if len(plus) + len(minus) < len(row.termes):
        return row.holds
    more, less = itemgetter(*plus, zero, zero), itemgetter(*minus, zero, zero)
    constante = row.constante
    if row.sens is Sens.EGAL:
        return lambda values: sum(more(values)) - sum(less(values)) == constante
    return lambda values: sum(more(values)) - sum(less(values)) <= constante


def _form(table: TableauPreuve) -> TableShape:
    dimensions = tuple(
        Dimension(code, code, tuple(Category(value, value) for value in values), several)
        for code, several, values in table.dimensions
    )
    return TableShape("", "", table.univers, "", "", "", dimensions)


def _dimensions(table: TableShape) -> tuple[tuple[str, bool, tuple[str, ...]], ...]:
    return tuple(
        (one.code, one.reponses_multiples, tuple(category.code for category in one.categories))
        for one in table.dimensions
    )
