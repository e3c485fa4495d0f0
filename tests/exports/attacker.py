"""A reader who attacks a bilan file: holds its bytes, knows what everyone knows, imports nothing of ours."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np

# A cell as a reader names it: what is counted, and the answers asked for (« ~ » before one: everyone else).
Name = tuple[str, frozenset[tuple[str, str]]]
Terms = list[tuple[Name, int]]

FAR = 10_000


def name(univers: str, cle: dict[str, str] | None = None) -> Name:
    """The name of a cell."""
    return univers, frozenset((cle or {}).items())


@dataclass
class Attacker:
    """Everything one reader knows, as linear facts over whole numbers.

    Attributes:
        lowest: What this reader knows besides of single cells.
    """

    cells: dict[Name, int] = field(default_factory=dict)
    facts: list[tuple[Terms, float, float]] = field(default_factory=list)
    printed: dict[Name, int] = field(default_factory=dict)
    lowest: dict[Name, int] = field(default_factory=dict)

    def read(self, data: bytes) -> None:
        """Take in a file: its figures, its sums, its shares."""
        document = json.loads(data)
        for table in document["tableaux"]:
            for cell in table["cellules"]:
                known = name(table["univers"], cell["cle"])
                self._cell(known)
                if "valeur" in cell:
                    self.printed[known] = cell["valeur"]
            for total, parts in _sums(table):
                self.fact([(total, -1), *((part, 1) for part in parts)], 0, 0)
        for share in document["indicateurs"]:
            if "pour_mille" in share:
                self._share(share)

    def fact(self, terms: Terms, low: float, high: float) -> None:
        """Low <= sum of terms <= high."""
        for cell, _ in terms:
            self._cell(cell)
        self.facts.append((terms, low, high))

    def at_most(self, small: Name, large: Name) -> None:
        """One cell never counts more than another."""
        self.fact([(small, 1), (large, -1)], -highspy.kHighsInf, 0)

    def bounds(self) -> dict[Name, tuple[int, int]]:
        """Smallest and largest whole value of each cell that is not printed; FAR stands for no end."""
        return {
            cell: (self._extreme(cell, 1), self._extreme(cell, -1))
            for cell in self.cells
            if cell not in self.printed
        }

    def _cell(self, cell: Name) -> None:
        self.cells.setdefault(cell, len(self.cells))

    def _share(self, share: dict[str, Any]) -> None:
        """A rounded share of two sums is a fact about their cells."""
        told = share["pour_mille"]
        high = [(name(one["univers"], one["cle"]), 1000) for one in share["haut"]]
        low = [name(one["univers"], one["cle"]) for one in share["bas"]]
        if all(cell in self.printed for cell in low):
            base = sum(self.printed[cell] for cell in low)
            self.fact(high, (told - 0.5) * base, (told + 0.5) * base)

    def _extreme(self, cell: Name, sense: int) -> int:
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        size = len(self.cells)
        low = np.array([self.printed.get(one, self.lowest.get(one, 0)) for one in self.cells], dtype=float)
        high = np.array([self.printed.get(one, FAR) for one in self.cells], dtype=float)
        empty = np.array([], dtype=np.int32)
        cost = np.zeros(size)
        cost[self.cells[cell]] = sense
        solver.addCols(size, cost, low, high, 0, empty, empty, np.array([], dtype=float))
        solver.changeColsIntegrality(
            size, np.arange(size, dtype=np.int32), np.full(size, highspy.HighsVarType.kInteger)
        )
        for terms, at_least, at_most in self.facts:
            index = np.array([self.cells[one] for one, _ in terms], dtype=np.int32)
            weight = np.array([factor for _, factor in terms], dtype=float)
            solver.addRow(at_least, at_most, len(terms), index, weight)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise AssertionError(f"no world agrees with the file: {solver.getModelStatus()}")
        return round(solver.getSolution().col_value[self.cells[cell]])


def _sums(table: dict[str, Any]) -> Iterator[tuple[Name, list[Name]]]:
    """Total and parts, for each dimension and each answer to the others."""
    for asked in table["dimensions"]:
        others = [one for one in table["dimensions"] if one is not asked]
        for answers in itertools.product(*([None, *_answers(one)] for one in others)):
            parent = {one["code"]: answer for one, answer in zip(others, answers, strict=True) if answer}
            for parts in _ways(asked):
                whole = name(table["univers"], parent)
                yield whole, [name(table["univers"], {**parent, asked["code"]: part}) for part in parts]


def _answers(dimension: dict[str, Any]) -> list[str]:
    plain = [one["code"] for one in dimension["valeurs"]]
    return [*plain, *(f"~{code}" for code in plain)] if dimension["reponses_multiples"] else plain


def _ways(dimension: dict[str, Any]) -> Iterable[list[str]]:
    plain = [one["code"] for one in dimension["valeurs"]]
    return [[code, f"~{code}"] for code in plain] if dimension["reponses_multiples"] else [plain]
