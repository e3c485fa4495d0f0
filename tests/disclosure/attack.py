"""An attack on published bilan files. It imports nothing of the program: JSON, arithmetic, and a solver.

It knows the method, every relation, all files together, and, as the strongest reader, which masks are complementary.
It asks of each cell what the smallest and the largest whole number are that agree with everything printed.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

Cell = tuple[str, str, tuple[tuple[str, str], ...]]  # period, univers, sorted key
Known = tuple[
    str, int, tuple[tuple[int, str, Mapping[str, str]], ...]
]  # sign, constant, (factor, univers, key)

ENDLESS = 10_000
# Tables met before the first question, of each kind, and the share of cells pushed up in one.
_SWEEPS, _PUSHED = 15, 0.3


@dataclass
class Attack:
    """What a reader of some files can compute.

    Attributes:
        files: Content of each JSON file.
        knowledge: What is known between cells of one period.
        parts: Periods that add up to another.
        floors: Least value of cells whose mask is known to be complementary.
    """

    files: Sequence[bytes]
    knowledge: Sequence[Known] = ()
    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    floors: Mapping[Cell, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.printed: dict[Cell, int] = {}
        self.masked: set[Cell] = set()
        self.cells: dict[Cell, int] = {}
        self.rows: list[tuple[str, int, list[tuple[int, Cell]]]] = []
        tables: dict[tuple[str, str], list[dict[str, object]]] = {}
        for content in self.files:
            document = json.loads(content)
            period = document["periode"]["code"]
            for table in document["tableaux"]:
                for cell in table["cellules"]:
                    name = (period, table["univers"], tuple(sorted(cell["cle"].items())))
                    if "valeur" in cell:
                        self.printed[name] = cell["valeur"]
                    else:
                        self.masked.add(name)
                # What a period prints exists in each of its parts, printed there or not.
                for part in self._below(period):
                    tables[part, json.dumps([table["univers"], table["dimensions"]], sort_keys=True)] = table
        for (period, _), table in tables.items():
            self._add_table(period, table)
        self._add_periods()
        self._add_knowledge()
        self._solve = _Solver(len(self.cells), self._numbered(), self._bounds())

    def bounds(self, cell: Cell) -> tuple[int, int]:
        """Smallest and largest whole value of a cell; ``ENDLESS`` stands for no end."""
        column = self.cells[cell]
        return self._solve.extreme(column, 1), self._solve.extreme(column, -1)

    def can(self, cell: Cell, low: int, high: int) -> bool:
        """Whether a cell can lie between two whole values."""
        return self._solve.possible(self.cells[cell], low, high)

    def _below(self, period: str) -> Iterator[str]:
        yield period
        for part in self.parts.get(period, ()):
            yield from self._below(part)

    def _add(self, cell: Cell) -> Cell:
        self.cells.setdefault(cell, len(self.cells))
        return cell

    def _add_table(self, period: str, table: Mapping[str, object]) -> None:
        dimensions = list(table["dimensions"])  # type: ignore[call-overload]
        univers = str(table["univers"])
        for key in _keys(dimensions):
            self._add((period, univers, _name(key)))
        for dimension in dimensions:
            codes = [one["code"] for one in dimension["valeurs"]]
            several = dimension["reponses_multiples"]
            groups = [[code, f"non:{code}"] for code in codes] if several else [codes]
            for key in _keys([other for other in dimensions if other is not dimension]):
                for group in groups:
                    parts = [
                        (1, (period, univers, _name({**key, dimension["code"]: code}))) for code in group
                    ]
                    self.rows.append(("=", 0, [(-1, (period, univers, _name(key))), *parts]))

    def _add_periods(self) -> None:
        for period, univers, key in list(self.cells):
            parts = [(part, univers, key) for part in self.parts.get(period, ())]
            if parts and all(part in self.cells for part in parts):
                self.rows.append(("=", 0, [(-1, (period, univers, key)), *((1, part) for part in parts)]))

    def _add_knowledge(self) -> None:
        for period in {cell[0] for cell in self.cells}:
            for sign, constant, terms in self.knowledge:
                named = [(factor, (period, univers, _name(key))) for factor, univers, key in terms]
                if all(cell in self.cells for _, cell in named):
                    self.rows.append((sign, constant, named))

    def _numbered(self) -> list[tuple[str, int, dict[int, int]]]:
        found = []
        for sign, constant, terms in self.rows:
            sums: dict[int, int] = {}
            for factor, cell in terms:
                sums[self.cells[cell]] = sums.get(self.cells[cell], 0) + factor
            found.append((sign, constant, sums))
        return found

    def _bounds(self) -> list[tuple[int, float]]:
        return [
            (self.printed[cell], self.printed[cell])
            if cell in self.printed
            else (self.floors.get(cell, 0), ENDLESS)
            for cell in self.cells
        ]


class _Quiet(highspy.Highs):
    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


class _Solver:
    """A linear program first; where its answer would be safe but is no whole table, the integer one."""

    def __init__(
        self, size: int, rows: Iterable[tuple[str, int, dict[int, int]]], bounds: Sequence[tuple[int, float]]
    ) -> None:
        self._bounds = bounds
        rows = list(rows)
        self._models = [_model(size, rows, bounds, whole=whole) for whole in (False, True)]
        # Smallest and largest value of each column in the whole tables met so far: they answer for many others.
        self._least, self._most = np.full(size, np.inf), np.full(size, -np.inf)
        self._look_around(size)

    def extreme(self, column: int, cost: int) -> int:
        """Smallest (cost 1) or largest (cost -1) whole value of a column."""
        found = self._run(self._models[0], column, cost)
        if found is None or not _is_whole(found):
            found = self._run(self._models[1], column, cost)
        assert found is not None, "the files contradict each other"
        return round(float(found[column]))

    def possible(self, column: int, low: int, high: int) -> bool:
        """Whether some whole table has a column between two values."""
        least, most = max(low, self._bounds[column][0]), min(high, self._bounds[column][1])
        if least > most:
            return False
        if least <= self._least[column] <= most or least <= self._most[column] <= most:
            return True
        for model in self._models:
            model.changeColBounds(column, float(least), float(most))
            found = self._run(model, column, 0)
            model.changeColBounds(column, *map(float, self._bounds[column]))
            if found is None or _is_whole(found):
                return found is not None
        return False

    def _look_around(self, size: int) -> None:
        """Meet some tables where much is as small, or as large, as it can be together."""
        chance = np.random.default_rng(size)
        columns, linear = np.arange(size, dtype=np.int32), self._models[0]
        for rank in range(2 * _SWEEPS):
            costs = chance.uniform(0.5, 1.5, size)
            if rank % 2:
                costs = np.where(chance.random(size) < _PUSHED, -costs, 0.0)
            linear.changeColsCost(size, columns, costs)
            self._run(linear, 0, costs[0])
        linear.changeColsCost(size, columns, np.zeros(size))

    def _run(self, model: highspy.Highs, column: int, cost: float) -> NDArray[np.float64] | None:
        model.changeColCost(column, float(cost))
        model.run()
        done = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        values = np.array(model.getSolution().col_value) if done else None
        model.changeColCost(column, 0.0)
        if values is not None and _is_whole(values):
            self._least = np.minimum(self._least, np.round(values))
            self._most = np.maximum(self._most, np.round(values))
        return values


def _is_whole(values: NDArray[np.float64]) -> bool:
    return bool(np.all(np.abs(values - np.round(values)) < 1e-6))


def _model(
    size: int,
    rows: Sequence[tuple[str, int, dict[int, int]]],
    bounds: Sequence[tuple[int, float]],
    *,
    whole: bool,
) -> highspy.Highs:
    model = _Quiet()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.setOptionValue("mip_rel_gap", 0.0)
    for low, high in bounds:
        model.addVar(float(low), float(high))
    for sign, constant, terms in rows:
        low = float(constant) if sign == "=" else -highspy.kHighsInf
        columns = np.array(list(terms), dtype=np.int32)
        factors = np.array(list(terms.values()), dtype=np.float64)
        model.addRow(low, float(constant), len(terms), columns, factors)
    if whole:
        for column in range(size):
            model.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    return model


def _name(key: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(key.items()))


def _keys(dimensions: Sequence[Mapping[str, object]]) -> Iterator[dict[str, str]]:
    ways = []
    for dimension in dimensions:
        codes = [one["code"] for one in dimension["valeurs"]]  # type: ignore[attr-defined]
        hidden = [f"non:{code}" for code in codes] if dimension["reponses_multiples"] else []
        ways.append([None, *codes, *hidden])
    for answers in itertools.product(*ways):
        yield {str(d["code"]): str(a) for d, a in zip(dimensions, answers, strict=True) if a is not None}
