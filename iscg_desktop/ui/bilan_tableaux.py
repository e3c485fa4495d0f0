"""The tables of the bilan as cards: exact inside the coffre, or as their readers see them, • for what is masked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot

from iscg_desktop.disclosure.protected import ProtectedTable
from iscg_desktop.domain.bilan import Cle, TableauCompte
from iscg_desktop.domain.chiffres import pourcent
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.labels import Quiet

MASK = "•"

Lire = Callable[[Cle], int | None]
"""What a cell holds; None when it is masked."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line of a table on screen.

    Attributes:
        cle: The cell of its first figure.
        valeurs: Its figures, one a column; None where it is masked.
        total: What shares are of, None when it is masked.
    """

    libelle: str
    cle: Cle
    valeurs: tuple[int | None, ...]
    total: int | None

    @property
    def part(self) -> str:
        """Share of the total, from what is shown alone; masked as soon as one of the two is."""
        value = self.valeurs[0]
        if value is None or self.total is None:
            return MASK
        return pourcent(value, self.total) or "–"


class TableCard(Card):
    """One table; the figures of an exact one lead to their records.

    Signals:
        cell_activated: Univers, key and words of a cell whose records are wanted.
    """

    cell_activated = Signal(str, object, str)

    def __init__(self, table: TableauCompte | ProtectedTable) -> None:
        shape = table if isinstance(table, ProtectedTable) else table.tableau
        super().__init__(shape.titre)
        self.code, self._univers, self._titre = shape.code, shape.univers, shape.titre
        exact = isinstance(table, TableauCompte)
        self._earlier: Mapping[str, TableauCompte] = {}
        lire = partial(_exact, table) if isinstance(table, TableauCompte) else table.valeur
        words = self.tr("{numerateur} ÷ {denominateur}")
        words = words.replace("{numerateur}", shape.numerateur).replace("{denominateur}", shape.denominateur)
        self.add(Quiet(words[:1].upper() + words[1:]))
        crossed = len(shape.dimensions) == 2
        columns = self._cross_columns(shape.dimensions[1]) if crossed else self._columns()
        self._compared = isinstance(table, TableauCompte) and bool(table.tableau.paliers) and not crossed
        if self._compared:
            columns += self._compared_columns()
        self.table = DataTable(columns, fit_rows=16, name=shape.titre)
        rows = tuple(_cross(shape, lire, self.tr("Total")) if crossed else _list(shape, lire, exact=exact))
        self._rows = rows
        self.table.set_records(rows)
        if not crossed:
            self._say_rest(shape, rows, lire(()))
        self.add(self.table)
        if not exact and not any(value is not None for line in rows for value in line.valeurs[crossed:]):
            self.add(Quiet(self._withheld()))
        if exact:
            self.table.activated.connect(self._on_table_activated)

    def _columns(self) -> list[Column[Ligne]]:
        return [
            Column("", lambda line: line.libelle, stretch=True),
            Column(
                self.tr("Effectif"),
                lambda line: _shown(line.valeurs[0]),
                sort=lambda line: line.valeurs[0],
                align="right",
            ),
            Column(
                self.tr("Part"),
                lambda line: line.part,
                sort=lambda line: line.valeurs[0],
                align="right",
                share=_share,
            ),
        ]

    def compare(self, earlier: Mapping[str, TableauCompte]) -> None:
        """Show beside each figure what it was.

        Args:
            earlier: The same table in the period before (``avant``) and a year before (``an_dernier``), where known.
        """
        if self._compared and earlier != self._earlier:
            self._earlier = earlier
            self.table.set_records(self._rows)

    def _compared_columns(self) -> list[Column[Ligne]]:
        def column(key: str, title: str) -> Column[Ligne]:
            return Column(
                title,
                lambda line: _shown(value) if (value := self._was(key, line)) is not None else "–",
                sort=lambda line: self._was(key, line),
                align="right",
                yields=True,
            )

        return [column("avant", self.tr("Avant")), column("an_dernier", self.tr("An dernier"))]

    def _was(self, key: str, line: Ligne) -> int | None:
        compte = self._earlier.get(key)
        effectif = None if compte is None else compte.effectifs.get(line.cle)
        return None if effectif is None else effectif.unites

    def _cross_columns(self, across: Any) -> list[Column[Ligne]]:
        def column(place: int, title: str) -> Column[Ligne]:
            return Column(
                title,
                lambda line: _shown(line.valeurs[place]),
                sort=lambda line: line.valeurs[place],
                align="right",
                tooltip=lambda _line: title,
            )

        titles = [self.tr("Total"), *(category.libelle for category in across.categories)]
        first: list[Column[Ligne]] = [Column("", lambda line: line.libelle, stretch=True)]
        return first + [column(place, title) for place, title in enumerate(titles)]

    def _withheld(self) -> str:
        return self.tr(
            "Ici, tout est masqué : trop peu de monde dans chaque case, ou presque tout le monde dans une seule. Une"
            " période plus longue, ou des catégories regroupées, en diront davantage."
        )

    def _say_rest(self, shape: Any, rows: Sequence[Ligne], total: int | None) -> None:
        """How many categories are at 0, and what the total is."""
        left = sum(len(dimension.categories) for dimension in shape.dimensions) - len(rows)
        words = self.tr("Total : {total}").replace("{total}", _shown(total))
        if left:
            words += " · " + self.tr("%n autre(s) à 0", "", left)
        self.add(Quiet(words))

    @Slot(object)
    def _on_table_activated(self, line: Ligne) -> None:
        self.cell_activated.emit(self._univers, line.cle, f"{self._titre} : {line.libelle}")


def _exact(compte: TableauCompte, cle: Cle) -> int:
    return compte.effectifs[cle].unites


def _list(shape: Any, lire: Lire, *, exact: bool) -> Iterator[Ligne]:
    """A line a category; inside the coffre those at 0 are left out, or a list of communes would hide the others."""
    total = lire(())
    for dimension in shape.dimensions:
        for category in dimension.categories:
            cle = ((dimension.code, category.code),)
            value = lire(cle)
            if value or not exact:
                yield Ligne(category.libelle, cle, (value,), total)


def _cross(shape: Any, lire: Lire, total: str) -> Iterator[Ligne]:
    """A line a category of the first dimension, a column a category of the second, totals first."""
    down, across = shape.dimensions
    for libelle, start in [(total, ()), *((c.libelle, ((down.code, c.code),)) for c in down.categories)]:
        cells = [start, *((*start, (across.code, c.code)) for c in across.categories)]
        yield Ligne(libelle, start, tuple(map(lire, cells)), lire(start))


def _shown(value: int | None) -> str:
    return MASK if value is None else f"{value:,}".replace(",", "\u202f")


def _share(line: Ligne) -> float | None:
    value = line.valeurs[0]
    return value / line.total if value is not None and line.total else None
