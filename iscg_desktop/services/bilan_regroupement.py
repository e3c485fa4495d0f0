"""Categories printed together so that fewer figures are masked: chosen before arrêter, for one file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from iscg_desktop.disclosure.relations import Relation, sum_equals
from iscg_desktop.disclosure.tables import Category, Count, CountedTable, Dimension, Key, TableShape
from iscg_desktop.domain.bilan import Categorie, Ligne, Tableau, count

DETAIL = ":detail"
"""Ends the code of a table whose categories are printed together in another: counted, never printed."""


@dataclass(frozen=True, slots=True)
class Regroupement:
    """Some categories of a dimension, printed as one.

    Attributes:
        univers: Of the tables concerned.
        dimension: Code of the dimension, in all of these tables.
        codes: Codes of the categories, two or more.
        libelle: Printed name of them together.
    """

    univers: str
    dimension: str
    codes: tuple[str, ...]
    libelle: str

    @property
    def code(self) -> str:
        """Code of the categories together: the same for the same ones, whatever the file."""
        return "r_" + hashlib.sha256(" ".join(sorted(self.codes)).encode()).hexdigest()[:12]


def regrouped_shape(form: TableShape, regroupements: Iterable[Regroupement]) -> TableShape:
    """A table with some categories printed together; itself when none of them is its."""
    dimensions = form.dimensions
    for one in regroupements:
        if one.univers == form.univers:
            dimensions = tuple(_merged(d, one) if d.code == one.dimension else d for d in dimensions)
    return form if dimensions == form.dimensions else replace(form, dimensions=dimensions)


def is_regrouped(form: TableShape) -> bool:
    """Whether some categories of a table are printed together."""
    return any(category.regroupe for dimension in form.dimensions for category in dimension.categories)


def regroup(fine: CountedTable, form: TableShape, live: CountedTable | None = None) -> CountedTable:
    """Count a table whose categories are partly printed together, from the one that has them all.

    Args:
        fine: The table with all its categories.
        form: The table as it is printed.
        live: The same counted from the rows that are left, for its distinct foyers; those of the largest part
            when left out: fewer than there are, never more.
    """
    units: dict[Key, int] = {}
    foyers: dict[Key, int] = {}
    seen = live.counts if live else {}
    for cle, number in fine.counts.items():
        key = _coarse(form, cle)
        units[key] = units.get(key, 0) + number.effectif
        foyers[key] = max(foyers.get(key, 0), number.foyers)
    counts = {
        key: Count(number, min(number, max(foyers[key], seen[key].foyers if key in seen else 0)))
        for key, number in units.items()
    }
    return CountedTable(
        form.code,
        form.titre,
        form.univers,
        form.unite,
        form.numerateur,
        form.denominateur,
        form.dimensions,
        counts,
    )


def counted_live(tableau: Tableau, form: TableShape, lignes: Iterable[Ligne]) -> CountedTable:
    """A table printed partly together, counted from its rows."""
    dimensions = tuple(
        replace(
            dimension,
            categories=tuple(
                Categorie(
                    category.code,
                    category.libelle,
                    frozenset().union(
                        *(
                            c.valeurs
                            for c in dimension.categories
                            if c.code in (category.regroupe or (category.code,))
                        )
                    ),
                )
                for category in printed.categories
            ),
            reste=next(
                (c.code for c in printed.categories if dimension.reste in c.regroupe), dimension.reste
            ),
        )
        for dimension, printed in zip(tableau.dimensions, form.dimensions, strict=True)
    )
    compte = count(replace(tableau, dimensions=dimensions), lignes)
    return CountedTable(
        form.code,
        form.titre,
        form.univers,
        form.unite,
        form.numerateur,
        form.denominateur,
        form.dimensions,
        {cle: Count(one.unites, one.foyers) for cle, one in compte.effectifs.items()},
    )


def regroup_relations(fine: CountedTable, form: TableShape) -> Iterator[Relation]:
    """Each cell printed together is the sum of its parts."""
    parts: dict[Key, list[Key]] = {}
    for cle in fine.counts:
        parts.setdefault(_coarse(form, cle), []).append(cle)
    for key, cles in parts.items():
        if len(cles) > 1:
            yield sum_equals(f"regroupement {form.code}", form.cell(key), [fine.cell(cle) for cle in cles])


def _coarse(form: TableShape, cle: Key) -> Key:
    into = {
        (dimension.code, code): category.code
        for dimension in form.dimensions
        for category in dimension.categories
        for code in category.regroupe
    }
    return tuple((dimension, into.get((dimension, code), code)) for dimension, code in cle)


def _merged(dimension: Dimension, one: Regroupement) -> Dimension:
    if dimension.reponses_multiples:
        return dimension
    kept = [category for category in dimension.categories if category.code not in one.codes]
    merged = Category(
        one.code, one.libelle, tuple(c.code for c in dimension.categories if c.code in one.codes)
    )
    return replace(dimension, categories=(*kept, merged)) if merged.regroupe else dimension
