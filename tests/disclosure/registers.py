"""Fictitious registers and their counted tables, for the tests of protection and exports."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence

from iscg_desktop.disclosure.relations import Relation, at_most
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.tables import (
    Category,
    CellRef,
    Count,
    CountedTable,
    Dimension,
    Key,
    TableShape,
    non,
)

# One unit counted: answers by dimension (a set of them for a several-answers dimension) and its foyer.
Unit = Mapping[str, object]


def partition(code: str, size: int | Sequence[str]) -> Dimension:
    """A dimension whose categories partition the units."""
    codes = [f"{code}{rank}" for rank in range(size)] if isinstance(size, int) else list(size)
    return Dimension(code, code.capitalize(), tuple(Category(one, one.capitalize()) for one in codes))


def several(code: str, size: int | Sequence[str]) -> Dimension:
    """A several-answers dimension."""
    plain = partition(code, size)
    return Dimension(code, plain.libelle, plain.categories, reponses_multiples=True)


def shape(univers: str, *dimensions: Dimension, code: str = "") -> TableShape:
    """A table to be counted."""
    name = code or "_".join([univers, *(dimension.code for dimension in dimensions)])
    return TableShape(name, f"Table {name}", univers, univers.rstrip("s"), "haut", "bas", dimensions)


def counted(form: TableShape, counts: Mapping[Key, Count]) -> CountedTable:
    """A shape with its counts."""
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


def count(form: TableShape, units: Iterable[Unit]) -> CountedTable:
    """Count a register of units into a table, as the domain does."""
    listed = list(units)
    counts = {}
    for cle in form.all_keys():
        chosen = [unit for unit in listed if all(_answers(unit, *pair) for pair in cle)]
        counts[cle] = Count(len(chosen), len({unit["foyer"] for unit in chosen}))
    return counted(form, counts)


def _answers(unit: Unit, dimension: str, answer: str) -> bool:
    given = unit[dimension]
    if isinstance(given, frozenset):
        return answer in given or (answer.startswith(non("")) and answer.removeprefix(non("")) not in given)
    return given == answer


def from_numbers(
    form: TableShape, numbers: Mapping[Key, int], foyers: Mapping[Key, int] | None = None
) -> CountedTable:
    """A table of given numbers, each unit of a foyer of its own unless told otherwise."""
    return counted(form, {cle: Count(n, (foyers or {}).get(cle, n)) for cle, n in numbers.items()})


def line(form: TableShape, numbers: Sequence[int]) -> CountedTable:
    """A one-way partition of given numbers, with its total."""
    (dimension,) = form.dimensions
    cells: dict[Key, int] = {
        ((dimension.code, category.code),): number
        for category, number in zip(dimension.categories, numbers, strict=True)
    }
    return from_numbers(form, {(): sum(numbers), **cells})


def grid(form: TableShape, numbers: Sequence[Sequence[int]]) -> CountedTable:
    """A cross of two partitions of given numbers, with its margins."""
    first, second = form.dimensions
    cells: dict[Key, int] = {(): sum(map(sum, numbers))}
    for row, category in zip(numbers, first.categories, strict=True):
        cells[((first.code, category.code),)] = sum(row)
        for number, other in zip(row, second.categories, strict=True):
            cells[((first.code, category.code), (second.code, other.code))] = number
    for rank, other in enumerate(second.categories):
        cells[((second.code, other.code),)] = sum(row[rank] for row in numbers)
    return from_numbers(form, cells)


# The quarter tables of the menu: (dimension, shares of its categories).
_ACCUEIL = {
    "sexe": (0.72, 0.26, 0.01, 0.01),
    "tranche_age": (0.21, 0.14, 0.56, 0.07, 0.02),
    "statut": (0.66, 0.2, 0.11, 0.03),
    "connu": (0.42, 0.5, 0.08),
    "suivi": (0.65, 0.3, 0.05),
    "minima": (0.43, 0.4, 0.05, 0.12),
    "origine": (0.62, 0.15, 0.1, 0.07, 0.06),
}
_FAMILLE = (0.55, 0.1, 0.12, 0.04, 0.07, 0.06, 0.03, 0.01, 0.02)
_PARTENAIRE = (0.3, 0.16, 0.12, 0.12, 0.1, 0.12, 0.08)


def quarter(
    accueils: int, *, unites: int = 8, epci: int = 10, lopsided: bool = False, seed: int = 0
) -> TableSystem:
    """A quarter of the menu, version 1, over a fictitious register; ``lopsided`` puts 90 % in one unité."""
    chance = random.Random(seed)
    shares = {
        **_ACCUEIL,
        "unite": _falling(unites, lopsided=lopsided),
        "epci": _falling(epci, lopsided=False),
    }
    register: list[dict[str, object]] = []
    dossiers: list[dict[str, object]] = []
    for _ in range(accueils):
        if not dossiers or chance.random() < 0.8:
            foyer = f"f{len(dossiers)}" if not dossiers or chance.random() < 0.9 else dossiers[-1]["foyer"]
            dossiers.append({"foyer": foyer, "famille": _draw(chance, "famille", _FAMILLE)})
        unit: dict[str, object] = {name: _draw(chance, name, share) for name, share in shares.items()}
        register.append({**unit, "foyer": dossiers[-1]["foyer"]})
    acts = {
        name: [{"foyer": chance.choice(register)["foyer"]} for _ in range(round(accueils * rate))]
        for name, rate in {"saisines": 1.1, "fiches": 0.4, "retours": 0.15}.items()
        if register or rate == 0
    }
    entretiens = [
        {"foyer": unit["foyer"], "conjoint": frozenset({"oui"} if chance.random() < 0.08 else ())}
        for unit in register
        for _ in range(chance.choice((1, 1, 2)))
    ]
    orientations = [
        {"foyer": unit["foyer"], "partenaire": _draw(chance, "partenaire", _PARTENAIRE)}
        for unit in register
        if chance.random() < 0.7
    ]
    tables = [
        count(shape("accueils", partition(name, len(share)), code=name), register)
        for name, share in shares.items()
    ]
    tables.append(count(shape("dossiers", partition("famille", len(_FAMILLE)), code="principale"), dossiers))
    tables.append(count(shape("orientations", partition("partenaire", len(_PARTENAIRE))), orientations))
    tables.append(count(shape("entretiens", several("conjoint", ["oui"])), entretiens))
    tables.extend(count(shape(name), acts.get(name, [])) for name in ("saisines", "fiches", "retours"))
    return TableSystem(tables, quarter_relations())


def quarter_relations() -> tuple[Relation, ...]:
    """What everyone knows of a quarter besides its sums."""
    return (at_most("dossiers_accueils", CellRef("dossiers"), CellRef("accueils")),)


def _falling(size: int, *, lopsided: bool) -> tuple[float, ...]:
    rest = [1 / (rank + 1.5) for rank in range(size)]
    if lopsided:
        return (0.9, *(0.1 * share / sum(rest[1:]) for share in rest[1:]))
    return tuple(share / sum(rest) for share in rest)


def _draw(chance: random.Random, name: str, shares: Sequence[float]) -> str:
    return chance.choices([f"{name}{rank}" for rank in range(len(shares))], shares)[0]
