"""Categories printed together so that fewer figures are masked: chosen before arrêter, for one file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from iscg_desktop.disclosure.relations import Relation, sum_equals
from iscg_desktop.disclosure.system import Volet
from iscg_desktop.disclosure.tables import Category, Count, CountedTable, Dimension, Key, TableShape
from iscg_desktop.domain.bilan import Categorie, Cle, Effectif, Ligne, Tableau, TableauCompte, count

Formes = Mapping[str, tuple[TableShape, CountedTable | None]]
"""By code, tables as they are printed, and counted so from the rows that are left when they are known."""

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

    def together(self, cle: Cle) -> Cle:
        """The cell that a cell is printed in."""
        return _renamed(cle, {(self.dimension, code): self.code for code in self.codes})


def regrouped_volet(
    new: Volet,
    regroupements: Sequence[Regroupement],
    comptes: Mapping[str, TableauCompte],
    lignes: Sequence[Ligne],
) -> Volet:
    """The period of a new file, some categories printed together.

    Args:
        new: The period, each category apart.
        regroupements: What is printed together.
        comptes: Its exact counts, by code of table.
        lignes: The rows that they count.
    """
    formes: dict[str, tuple[TableShape, CountedTable | None]] = {}
    for one in new.tables:
        form = _regrouped_shape(one, regroupements)
        if one.code in new.imprimes and is_regrouped(form):
            formes[one.code] = (form, _counted_live(comptes[one.code].tableau, form, lignes))
    if not formes:
        return new
    tables, relations = with_regrouped(new.tables, formes)
    return replace(new, tables=tables, relations=new.relations + relations)


def with_regrouped(
    tables: Iterable[CountedTable], formes: Formes
) -> tuple[tuple[CountedTable, ...], tuple[Relation, ...]]:
    """Tables, those printed partly together counted twice: in detail, never printed, and as printed."""
    found: list[CountedTable] = []
    relations: list[Relation] = []
    for one in tables:
        if one.code not in formes:
            found.append(one)
            continue
        form, live = formes[one.code]
        found += [_regroup(one, form, live), replace(one, code=one.code + DETAIL)]
        relations += _regroup_relations(one, form)
    return tuple(found), tuple(relations)


def is_regrouped(form: TableShape) -> bool:
    """Whether some categories of a table are printed together."""
    return any(category.regroupe for dimension in form.dimensions for category in dimension.categories)


def counted_as(form: TableShape, counts: Mapping[Key, Count]) -> CountedTable:
    """A table with its counts."""
    shape = {name: getattr(form, name) for name in TableShape.__dataclass_fields__}
    return CountedTable(**shape, counts=counts)


def exact(effectifs: Mapping[Cle, Effectif]) -> dict[Key, Count]:
    """What was counted, as the protection takes it."""
    return {cle: Count(effectif.unites, effectif.foyers) for cle, effectif in effectifs.items()}


def _regrouped_shape(table: TableShape, regroupements: Iterable[Regroupement]) -> TableShape:
    """A table with some categories printed together, without its figures."""
    dimensions = table.dimensions
    for one in regroupements:
        if one.univers == table.univers:
            dimensions = tuple(_merged(d, one) if d.code == one.dimension else d for d in dimensions)
    shape = {name: getattr(table, name) for name in TableShape.__dataclass_fields__}
    return TableShape(**{**shape, "dimensions": dimensions})


def _regroup(fine: CountedTable, form: TableShape, live: CountedTable | None = None) -> CountedTable:
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
    return counted_as(form, counts)


def _counted_live(tableau: Tableau, form: TableShape, lignes: Iterable[Ligne]) -> CountedTable:
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
    return counted_as(form, exact(compte.effectifs))


def _regroup_relations(fine: CountedTable, form: TableShape) -> Iterator[Relation]:
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
    return _renamed(cle, into)


def _renamed(cle: Cle, into: Mapping[tuple[str, str], str]) -> Cle:
    return tuple((dimension, into.get((dimension, code), code)) for dimension, code in cle)


def _merged(dimension: Dimension, one: Regroupement) -> Dimension:
    if dimension.reponses_multiples:
        return dimension
    kept = [category for category in dimension.categories if category.code not in one.codes]
    merged = Category(
        one.code, one.libelle, tuple(c.code for c in dimension.categories if c.code in one.codes)
    )
    return replace(dimension, categories=(*kept, merged)) if merged.regroupe else dimension
