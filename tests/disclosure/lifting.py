"""Imaginary tables lifted to imaginary registers: the strongest sign that a reader must hold them possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from iscg_desktop.disclosure.preuve import Preuve
from iscg_desktop.disclosure.tables import CellRef, Dimension, TableShape
from tests.disclosure.registers import count, partition, several, shape
from tests.disclosure.years import AGE_GROUPS, FAMILLES, LEAVES, Unit

# What is known of a unit once something finer is: age_4 of its age, famille of its detail.
_GROUPS = {
    coarse: (fine, {f"{fine}{rank}": name for name, ranks in groups.items() for rank in ranks})
    for coarse, fine, groups in (("age_4", "age", AGE_GROUPS), ("famille", "detail", FAMILLES))
}
Values = Mapping[CellRef, int]


def complete(preuve: Preuve, fictif: Sequence[int]) -> dict[CellRef, int]:
    """Every cell of a proof with its value in one of its imaginary tables."""
    unknown = iter(fictif)
    return {cell: etat if isinstance(etat, int) else next(unknown) for cell, etat in preuve.cellules}


def forms(preuve: Preuve) -> Iterator[tuple[str, TableShape]]:
    """Each table of a proof with its period."""
    for table in preuve.tableaux:
        dimensions = (
            several(code, codes) if answers else partition(code, codes)
            for code, answers, codes in table.dimensions
        )
        yield table.periode, shape(table.univers, *dimensions)


def lift(preuve: Preuve, values: Values) -> dict[tuple[str, str], list[Unit]]:
    """A register of units for each quarter and univers, of which the counts are to be those values."""
    listed: dict[tuple[str, str], list[TableShape]] = {}
    for periode, form in forms(preuve):
        if LEAVES[periode] == (periode,):
            listed.setdefault((periode, form.univers), []).append(form)
    return {place: _register(*place, tables, values) for place, tables in listed.items()}


def recount(preuve: Preuve, registers: Mapping[tuple[str, str], Sequence[Unit]]) -> dict[CellRef, int]:
    """Every cell of the proof, counted from registers as the program counts."""
    found = {}
    for periode, form in forms(preuve):
        units = [unit for leaf in LEAVES[periode] for unit in registers[leaf, form.univers]]
        for cle, number in count(form, units).counts.items():
            found[form.cell(cle).at(periode)] = number.effectif
    return found


def _register(periode: str, univers: str, tables: Sequence[TableShape], values: Values) -> list[Unit]:
    """Crosses form a tree: each question is answered given the answer to the one before it in the tree."""

    def of(*pairs: tuple[str, str]) -> int:
        return values[CellRef(univers, pairs, periode)]

    units: list[Unit] = [{"foyer": rank} for rank in range(of())]
    asked = {one.code: one for table in tables for one in table.dimensions}
    crosses = {
        frozenset(one.code for one in table.dimensions) for table in tables if len(table.dimensions) == 2
    }
    done: list[str] = []
    for name in sorted(asked, key=lambda one: (one in _GROUPS, one != "unite", one != "sexe", one)):
        dimension = asked[name]
        if name in _GROUPS and _GROUPS[name][0] in done:
            fine, groups = _GROUPS[name]
            for unit in units:
                unit[name] = groups[str(unit[fine])]
        elif dimension.reponses_multiples:
            for rank, unit in enumerate(units):
                unit[name] = frozenset(c.code for c in dimension.categories if rank < of((name, c.code)))
        else:
            _answer(units, dimension, next((one for one in done if {one, name} in crosses), ""), of)
        done.append(name)
    return units


def _answer(units: Sequence[Unit], dimension: Dimension, before: str, of: Callable[..., int]) -> None:
    """Answer a question as often as is counted, apart for each answer to the one before it."""
    for known in dict.fromkeys(unit[before] if before else "" for unit in units):
        given = [(before, str(known))] if before else []
        group = [unit for unit in units if not before or unit[before] == known]
        answers = [c.code for c in dimension.categories for _ in range(of(*given, (dimension.code, c.code)))]
        for unit, answer in zip(group, answers, strict=True):
            unit[dimension.code] = answer
