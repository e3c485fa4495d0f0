"""The tables of the bilan as cards: exact inside the coffre, or as their readers see them, • for what is masked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot

from iscg_desktop.disclosure.protected import ProtectedTable
from iscg_desktop.domain.bilan import Cle, TableauCompte
from iscg_desktop.ui.bilan_ecarts import Ecarts
from iscg_desktop.ui.bilan_lignes import Ligne, axes, crossed, shown
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.labels import Quiet

Lire = Callable[[Cle], int | None]
"""What a cell holds; None when it is masked."""


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
        is_cross = len(shape.dimensions) == 2
        self._compared = isinstance(table, TableauCompte) and bool(table.tableau.paliers)
        self._ecarts = Ecarts(shape.dimensions) if is_cross else None
        if self._ecarts is not None:
            columns = self._ecarts.columns()
            self._ecarts.changed.connect(self._on_ecarts_changed)
            self.add(self._ecarts)
        else:
            columns = [*self._columns(), *(self._compared_columns() if self._compared else ())]
        self.table = DataTable(columns, fit_rows=16, name=shape.titre)
        self._all = rows = tuple(_cross(shape, lire, self.tr("Total")) if is_cross else _list(shape, lire))
        self._total = lire(())
        self._leaves_out = exact and not is_cross
        self._rest = Quiet()
        if not is_cross:
            self.add(self._rest)
        self._show_rows()
        self.add(self.table)
        if not exact and not any(value is not None for line in rows for value in line.valeurs[is_cross:]):
            self.add(Quiet(self._withheld()))
        if exact:
            self.table.activated.connect(self._on_table_activated)

    def _columns(self) -> list[Column[Ligne]]:
        return [
            Column("", lambda line: line.libelle, stretch=True),
            Column(
                self.tr("Effectif"),
                lambda line: shown(line.valeurs[0]),
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
            if self._ecarts is not None:
                self._ecarts.set_earlier(earlier)
            else:
                self._show_rows()

    def _compared_columns(self) -> list[Column[Ligne]]:
        def column(key: str, title: str) -> Column[Ligne]:
            return Column(
                title,
                lambda line: shown(value) if (value := self._was(key, line)) is not None else "–",
                sort=lambda line: self._was(key, line),
                align="right",
                yields=True,
            )

        return [column("avant", self.tr("Avant")), column("an_dernier", self.tr("An dernier"))]

    def _was(self, key: str, line: Ligne) -> int | None:
        compte = self._earlier.get(key)
        effectif = None if compte is None else compte.effectifs.get(line.cle)
        return None if effectif is None else effectif.unites

    def _withheld(self) -> str:
        return self.tr(
            "Ici, tout est masqué : trop peu de monde dans chaque case, ou presque tout le monde dans une seule. Une"
            " période plus longue, ou des catégories regroupées, en diront davantage."
        )

    def _show_rows(self) -> None:
        """Inside the coffre, categories that count nobody now or then are left out: communes would hide the others."""
        rows = [line for line in self._all if not self._leaves_out or self._counts(line)]
        self.table.set_records(rows)
        words = self.tr("Total : {total}").replace("{total}", shown(self._total))
        if len(rows) < len(self._all):
            words += " · " + self.tr("%n autre(s) à 0", "", len(self._all) - len(rows))
        self._rest.setText(words)

    def _counts(self, line: Ligne) -> bool:
        return bool(line.valeurs[0] or self._was("avant", line) or self._was("an_dernier", line))

    @Slot()
    def _on_ecarts_changed(self) -> None:
        assert self._ecarts is not None
        self._show_rows()
        self.table.view.setAccessibleName(" – ".join(filter(None, (self._titre, self._ecarts.chosen()))))

    @Slot(object)
    def _on_table_activated(self, line: Ligne) -> None:
        self.cell_activated.emit(self._univers, line.cle, f"{self._titre} : {line.libelle}")


def _exact(compte: TableauCompte, cle: Cle) -> int:
    return compte.effectifs[cle].unites


def _list(shape: Any, lire: Lire) -> Iterator[Ligne]:
    """A line a category."""
    total = lire(())
    for dimension in shape.dimensions:
        for category in dimension.categories:
            cle = ((dimension.code, category.code),)
            yield Ligne(category.libelle, cle, (lire(cle),), total)


def _cross(shape: Any, lire: Lire, total: str) -> Iterator[Ligne]:
    """A line a category of one dimension, a column a category of the other, totals first."""
    down, across = axes(shape.dimensions)
    for libelle, start in [(total, ()), *((c.libelle, ((down.code, c.code),)) for c in down.categories)]:
        others = ((), *(((across.code, c.code),) for c in across.categories))
        cells = (crossed(shape.dimensions, *start, *other) for other in others)
        yield Ligne(libelle, start, tuple(map(lire, cells)), lire(start))


def _share(line: Ligne) -> float | None:
    value = line.valeurs[0]
    return value / line.total if value is not None and line.total else None
