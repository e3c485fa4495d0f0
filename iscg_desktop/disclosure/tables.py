"""Counted tables, as they enter the protection: dimensions, categories and exact counts of every cell."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from iscg_desktop.errors import BugError

# ((dimension code, category code), ...): a dimension left out means its total; () is the grand total.
Key: TypeAlias = tuple[tuple[str, str], ...]

_CODE = re.compile(r"[A-Za-z0-9_]+\Z")
_NON = "non:"


def non(code: str) -> str:
    """Category code of the hidden « non » of one category of a several-answers dimension."""
    return _NON + code


def is_hidden(cle: Key) -> bool:
    """Whether a cell counts a « non »: never printed, always protected."""
    return any(category.startswith(_NON) for _, category in cle)


@dataclass(frozen=True, slots=True)
class Category:
    """One value of a dimension.

    Attributes:
        regroupe: Codes of the values counted together under this one, when some were regrouped.
    """

    code: str
    libelle: str
    regroupe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dimension:
    """One question asked of each unit counted.

    Attributes:
        categories: In the order in which they are printed.
        reponses_multiples: False when the categories partition the units; True when each category is a yes/no
            question of its own, of which the « non » is never printed.
    """

    code: str
    libelle: str
    categories: tuple[Category, ...]
    reponses_multiples: bool = False

    def __post_init__(self) -> None:
        codes = [category.code for category in self.categories]
        if not codes or len(set(codes)) != len(codes):
            raise BugError(f"dimension {self.code}: no category, or the same twice")
        for code in (self.code, *codes):
            if not _CODE.match(code):
                raise BugError(f"dimension {self.code}: {code!r} is no code")

    def answers(self) -> tuple[str, ...]:
        """Codes of all the categories to be counted, hidden ones included."""
        codes = tuple(category.code for category in self.categories)
        return codes + tuple(non(code) for code in codes) if self.reponses_multiples else codes


@dataclass(frozen=True, slots=True)
class Count:
    """What one cell holds.

    Attributes:
        effectif: Number of units.
        foyers: Number of distinct foyers of these units: five lines about one family are one disclosure.
    """

    effectif: int
    foyers: int

    def __post_init__(self) -> None:
        if not 0 <= self.foyers <= self.effectif or (self.effectif > 0 and self.foyers == 0):
            raise BugError(f"impossible count: {self.effectif} units in {self.foyers} foyers")


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """The name of one cell among all the tables: tables of one univers share their common cells.

    The key is kept sorted by dimension code, so that one cell has one name.

    Attributes:
        periode: Code of the period, where several are looked at together; empty inside one file.
    """

    univers: str
    cle: Key = ()
    periode: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "cle", tuple(sorted(self.cle)))

    def at(self, periode: str) -> CellRef:
        """The same cell, of another period."""
        return CellRef(self.univers, self.cle, periode)


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table without its figures.

    Attributes:
        code: Stable identifier of the table in the menu.
        titre: Printed title.
        univers: What is counted, as a code shared by all the tables that count the same units.
        unite: The same in words, printed; one per univers.
        numerateur: Words that say what a cell counts.
        denominateur: Words that say what the total counts.
        dimensions: None for a table that is a single total.
    """

    code: str
    titre: str
    univers: str
    unite: str
    numerateur: str
    denominateur: str
    dimensions: tuple[Dimension, ...]

    def cell(self, cle: Key) -> CellRef:
        """The name of a cell of this table among all tables."""
        return CellRef(self.univers, cle)

    def all_keys(self) -> Iterator[Key]:
        """Every key, from the total to the full cross, hidden « non » included, in the order printed."""
        for size in range(len(self.dimensions) + 1):
            for chosen in itertools.combinations(self.dimensions, size):
                for answers in itertools.product(*(dimension.answers() for dimension in chosen)):
                    yield tuple(zip((dimension.code for dimension in chosen), answers, strict=True))

    def printed_keys(self) -> Iterator[Key]:
        """Every key that is printed, with its value or as masked."""
        return (cle for cle in self.all_keys() if not is_hidden(cle))


@dataclass(frozen=True, slots=True)
class CountedTable(TableShape):
    """A table of exact counts, with all its margins; never leaves the coffre as it is.

    Attributes:
        counts: Every cell, zeros included: total, margins, crosses, « non » of several-answers dimensions.
    """

    counts: Mapping[Key, Count]

    def __post_init__(self) -> None:
        codes = [dimension.code for dimension in self.dimensions]
        if len(set(codes)) != len(codes):
            raise BugError(f"table {self.code}: the same dimension twice")
        expected = {self.cell(cle) for cle in self.all_keys()}
        given = [self.cell(cle) for cle in self.counts]
        if len(given) != len(set(given)) or set(given) != expected:
            odd = sorted(expected.symmetric_difference(given))
            raise BugError(f"table {self.code}: cells missing, unknown or given twice: {odd[:5]}")
