"""Bilans of several hands added up, cell by cell: exact where all is printed, honest bounds where something is masked.

Nothing is masked anew: whoever adds the files up already holds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from iscg_desktop.disclosure.protected import ProtectedBilan, ProtectedTable
from iscg_desktop.disclosure.relations import table_relations
from iscg_desktop.disclosure.tables import Category, CellRef, Dimension, Key, TableShape
from iscg_desktop.errors import UserError

_NON_RENSEIGNE = "non_renseigne"
_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Encadrement:
    """What a count is known to lie between; None for no upper bound."""

    minimum: int = 0
    maximum: int | None = None

    @property
    def exact(self) -> int | None:
        """The count, when nothing hides it."""
        return self.minimum if self.minimum == self.maximum else None

    def __add__(self, other: Encadrement) -> Encadrement:
        unbounded = self.maximum is None or other.maximum is None
        high = None if unbounded else (self.maximum or 0) + (other.maximum or 0)
        return Encadrement(self.minimum + other.minimum, high)


ZERO = Encadrement(0, 0)


@dataclass(frozen=True, slots=True)
class Apport:
    """One bilan that is added up.

    Attributes:
        marque: Sets apart what only this hand counts by, such as its unités; letters, figures and « _ ».
        nom: The same in words.
    """

    bilan: ProtectedBilan
    marque: str
    nom: str


@dataclass(frozen=True, slots=True)
class CelluleReunie:
    """One cell added up.

    Attributes:
        bilans: How many bilans print this line.
    """

    cle: Key
    encadrement: Encadrement
    bilans: int


@dataclass(frozen=True, slots=True)
class TableauReuni(TableShape):
    """A table added up; its lines are all those of the bilans that have it.

    Attributes:
        bilans: How many bilans have this table.
    """

    cellules: tuple[CelluleReunie, ...]
    bilans: int


def bounds(bilan: ProtectedBilan) -> Mapping[CellRef, Encadrement]:
    """What the printed figures of one bilan say of each cell: its value, or between what a masked one lies.

    The sums of the tables are followed until they say nothing more; nothing is believed besides.
    """
    found = {
        cell: Encadrement(0 if value is None else value, value) for cell, value in bilan.figures().items()
    }
    sums = []
    for table in bilan.tables:
        for relation in table_relations(table):
            (total,) = (cell for sign, cell in relation.termes if sign < 0)
            parts = [cell for sign, cell in relation.termes if sign > 0]
            for cell in parts:
                found.setdefault(cell, Encadrement())  # a « non » is never printed
            if any(found[cell].exact is None for cell in (total, *parts)):
                sums.append((total, parts))
    for _ in range(_ROUNDS):
        moved = False
        for total, parts in sums:
            moved |= _follow(found, total, parts)
        if not moved:
            break
    return found


def _follow(found: dict[CellRef, Encadrement], total: CellRef, parts: Sequence[CellRef]) -> bool:
    """Tighten a total and its parts by each other; whether anything moved."""
    before = [found[part] for part in parts]
    least = sum(one.minimum for one in before)
    most = sum(one.maximum for one in before if one.maximum is not None)
    unbounded = sum(one.maximum is None for one in before)
    moved = _tighten(found, total, least, None if unbounded else most)
    whole = found[total]
    for part, own in zip(parts, before, strict=True):
        low, high = 0, None
        if unbounded == (own.maximum is None):  # the others have an upper bound
            low = whole.minimum - (most - (own.maximum or 0))
        if whole.maximum is not None:
            high = whole.maximum - (least - own.minimum)
        moved |= _tighten(found, part, low, high)
    return moved


def _tighten(found: dict[CellRef, Encadrement], cell: CellRef, low: int, high: int | None) -> bool:
    before = found[cell]
    highs = [each for each in (before.maximum, high) if each is not None]
    found[cell] = Encadrement(max(before.minimum, low), min(highs, default=None))
    return found[cell] != before


def reunir(apports: Iterable[Apport], propres: frozenset[str]) -> tuple[TableauReuni, ...]:
    """Add bilans up.

    Args:
        apports: What is added up.
        propres: Dimensions whose categories are those of one hand alone, such as its unités.

    Raises:
        UserError: ``consolidation_tableaux`` when one code means two tables.
    """
    shapes: dict[str, TableShape] = {}
    sums: dict[str, dict[CellRef, Encadrement]] = {}
    printed: dict[str, dict[CellRef, int]] = {}
    holders: dict[str, int] = {}
    for apport in apports:
        known = bounds(apport.bilan)
        for table in apport.bilan.tables:
            own = _marked(table, apport, propres)
            shapes[table.code] = _merged(shapes[table.code], own) if table.code in shapes else own
            holders[table.code] = holders.get(table.code, 0) + 1
            added, counted = sums.setdefault(table.code, {}), printed.setdefault(table.code, {})
            for cell in table.cellules:
                there = own.cell(_marked_key(cell.cle, apport, propres))
                added[there] = added.get(there, ZERO) + known[table.cell(cell.cle)]
                counted[there] = counted.get(there, 0) + 1
    return tuple(_reuni(shape, sums[code], printed[code], holders[code]) for code, shape in shapes.items())


def _reuni(
    shape: TableShape, sums: Mapping[CellRef, Encadrement], printed: Mapping[CellRef, int], holders: int
) -> TableauReuni:
    cells = tuple(
        CelluleReunie(cle, sums[shape.cell(cle)], printed[shape.cell(cle)])
        for cle in shape.printed_keys()
        if shape.cell(cle) in printed
    )
    return TableauReuni(
        shape.code,
        shape.titre,
        shape.univers,
        shape.unite,
        shape.numerateur,
        shape.denominateur,
        shape.dimensions,
        cells,
        holders,
    )


def _marked(table: ProtectedTable, apport: Apport, propres: frozenset[str]) -> TableShape:
    """The shape of a table, with the categories of one hand alone set apart."""
    return TableShape(
        table.code,
        table.titre,
        table.univers,
        table.unite,
        table.numerateur,
        table.denominateur,
        tuple(
            _own(dimension, apport) if dimension.code in propres else dimension
            for dimension in table.dimensions
        ),
    )


def _own(dimension: Dimension, apport: Apport) -> Dimension:
    return replace(
        dimension,
        categories=tuple(
            one
            if one.code == _NON_RENSEIGNE
            else Category(f"{apport.marque}_{one.code}", f"{one.libelle} ({apport.nom})")
            for one in dimension.categories
        ),
    )


def _marked_key(cle: Key, apport: Apport, propres: frozenset[str]) -> Key:
    return tuple(
        (code, f"{apport.marque}_{answer}" if code in propres and answer != _NON_RENSEIGNE else answer)
        for code, answer in cle
    )


def _merged(known: TableShape, other: TableShape) -> TableShape:
    """One shape with the categories of both, in the order in which they came; « non renseigné » stays last."""
    same = (known.univers, known.unite) == (other.univers, other.unite)
    if not same or [_question(one) for one in known.dimensions] != [
        _question(one) for one in other.dimensions
    ]:
        raise UserError("consolidation_tableaux", titre=known.titre)
    pairs = zip(known.dimensions, other.dimensions, strict=True)
    return replace(known, dimensions=tuple(_united(first, second) for first, second in pairs))


def _question(dimension: Dimension) -> tuple[str, bool]:
    return dimension.code, dimension.reponses_multiples


def _united(first: Dimension, second: Dimension) -> Dimension:
    categories = {one.code: one for one in (*second.categories, *first.categories)}
    order = dict.fromkeys(one.code for one in _in_order(first, second))
    return replace(first, categories=tuple(categories[code] for code in order))


def _in_order(first: Dimension, second: Dimension) -> Iterator[Category]:
    both = (*first.categories, *second.categories)
    yield from (one for one in both if one.code != _NON_RENSEIGNE)
    yield from (one for one in both if one.code == _NON_RENSEIGNE)
