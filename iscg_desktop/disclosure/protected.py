"""Protected tables: the only tables that may leave the coffre. Exports and documents accept nothing else.

They cannot be built by hand: a seal that only this file holds is asked for. It has two doors: ``seal``, for
``protection.protect`` alone, and ``reread``, for the readers of bilan files, which give back what an earlier
file printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import InitVar, dataclass, field
from types import MappingProxyType
from typing import Final, final

from iscg_desktop.disclosure.preuve import Preuve
from iscg_desktop.disclosure.relations import Relation, table_relations
from iscg_desktop.disclosure.system import refuse_disagreement
from iscg_desktop.disclosure.tables import CellRef, Key, TableShape
from iscg_desktop.errors import BugError, UserError


class _Seal:
    """Proof of having come through a door of this file."""


_SEAL: Final = _Seal()


def _refuse_forgery(seal: _Seal) -> None:
    if seal is not _SEAL:
        raise BugError("a protected table is made by the protection, never by hand")


@final
@dataclass(frozen=True, slots=True)
class ProtectedCell:
    """One printed cell.

    Attributes:
        cle: The cell in its table.
        valeur: Its exact count, None when masked. Nothing says why it is masked.
    """

    cle: Key
    valeur: int | None
    seal: InitVar[_Seal]

    def __post_init__(self, seal: _Seal) -> None:
        _refuse_forgery(seal)


@final
@dataclass(frozen=True, slots=True)
class ProtectedTable(TableShape):
    """A table as its readers see it.

    Attributes:
        cellules: Total first, then in the order of dimensions and categories; no hidden « non ».
    """

    cellules: tuple[ProtectedCell, ...]
    seal: InitVar[_Seal]

    def __post_init__(self, seal: _Seal) -> None:
        _refuse_forgery(seal)

    def valeur(self, cle: Key = ()) -> int | None:
        """Printed value of a cell, None when masked; KeyError for a cell that is not in the table."""
        asked = self.cell(cle)
        for cell in self.cellules:
            if self.cell(cell.cle) == asked:
                return cell.valeur
        raise KeyError(cle)


@final
@dataclass(frozen=True, slots=True)
class ProtectedBilan:
    """All the tables of one bilan, protected together.

    Attributes:
        seuil: Smallest number that is told.
        methode: Version of the protection.
        preuve: What lets anyone check it; None in files older than proofs.
        retenus: Cells masked whatever they count, for the protection of later files; written in no file.
    """

    seuil: int
    methode: str
    tables: tuple[ProtectedTable, ...]
    seal: InitVar[_Seal]
    preuve: Preuve | None = None
    retenus: frozenset[CellRef] = field(default=frozenset(), repr=False, compare=False)
    _figures: Mapping[CellRef, int | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self, seal: _Seal) -> None:
        _refuse_forgery(seal)
        figures = {table.cell(cell.cle): cell.valeur for table in self.tables for cell in table.cellules}
        object.__setattr__(self, "_figures", MappingProxyType(figures))

    def figures(self) -> Mapping[CellRef, int | None]:
        """Every distinct printed cell with its value, None when masked."""
        return self._figures

    def table(self, code: str) -> ProtectedTable:
        """The table of this code; KeyError when there is none."""
        for table in self.tables:
            if table.code == code:
                return table
        raise KeyError(code)

    def valeur(self, cell: CellRef) -> int | None:
        """Printed value of a cell, None when masked; KeyError for a cell that no table prints."""
        return self._figures[cell]

    @property
    def chiffres_donnes(self) -> int:
        """Number of distinct cells printed with their value; a total that tables share counts once."""
        return len(self._figures) - self.chiffres_masques

    @property
    def chiffres_masques(self) -> int:
        """Number of distinct cells printed as masked."""
        return sum(valeur is None for valeur in self._figures.values())


def seal(
    shapes: Iterable[TableShape],
    figures: Mapping[CellRef, int | None],
    seuil: int,
    methode: str,
    preuve: Preuve | None = None,
    retenus: Iterable[CellRef] = (),
) -> ProtectedBilan:
    """The door of ``protection.protect``: its audited figures, and nothing of the exact counts besides.

    Raises:
        BugError: The figures tell a count under the threshold, or a reader of one sum would compute one.
    """
    bilan = _sealed(shapes, figures, seuil, methode, preuve, frozenset(retenus))
    if not _is_sound(bilan):
        raise BugError("the protection let out figures that do not protect each other")
    return bilan


def reread(
    shapes: Iterable[TableShape],
    figures: Mapping[CellRef, int | None],
    seuil: int,
    methode: str,
    preuve: Preuve | None = None,
) -> ProtectedBilan:
    """The door of the readers of bilan files: figures that an earlier file printed.

    Raises:
        UserError: ``bilan_modifie``, when no protection can have printed these figures.
        BugError: Two tables give one code two meanings.
    """
    bilan = _sealed(shapes, figures, seuil, methode, preuve)
    if not _is_sound(bilan):
        raise UserError("bilan_modifie")
    return bilan


def _sealed(
    shapes: Iterable[TableShape],
    figures: Mapping[CellRef, int | None],
    seuil: int,
    methode: str,
    preuve: Preuve | None = None,
    retenus: frozenset[CellRef] = frozenset(),
) -> ProtectedBilan:
    shapes = tuple(shapes)
    refuse_disagreement(shapes)
    tables = tuple(
        ProtectedTable(
            shape.code,
            shape.titre,
            shape.univers,
            shape.unite,
            shape.numerateur,
            shape.denominateur,
            shape.dimensions,
            tuple(ProtectedCell(cle, figures[shape.cell(cle)], _SEAL) for cle in shape.printed_keys()),
            _SEAL,
        )
        for shape in shapes
    )
    return ProtectedBilan(seuil, methode, tables, _SEAL, preuve, retenus)


def _is_sound(bilan: ProtectedBilan) -> bool:
    """Whether all figures reach the threshold, all sums hold, and no sum alone tells what is masked.

    The audit proves far more; this needs no solver, and holds whatever made the figures.
    """
    figures = bilan.figures()
    if any(valeur is not None and valeur < bilan.seuil for valeur in figures.values()):
        return False
    return all(
        _sum_is_sound(relation, figures, bilan.seuil)
        for table in bilan.tables
        for relation in table_relations(table)
    )


def _sum_is_sound(relation: Relation, figures: Mapping[CellRef, int | None], seuil: int) -> bool:
    left = relation.constante
    unknown = []
    for coefficient, cell in relation.termes:
        valeur = figures.get(cell)
        if valeur is None:
            unknown.append((coefficient, cell))
        else:
            left -= coefficient * valeur
    if not unknown:
        return left == 0
    if len(unknown) > 1:
        return True
    coefficient, cell = unknown[0]
    # A « non » may be computed when it tells nothing; a mask never.
    return cell not in figures and left * coefficient >= seuil
