"""Reference instances: tables of the shapes of the menu, over fictitious registers, whose best masks can be proven."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

from iscg_desktop.disclosure.relations import Relation, sum_equals
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.tables import CellRef, Dimension
from tests.disclosure.registers import Unit, count, grid, line, partition, quarter, several, shape
from tests.disclosure.years import Year

SECTEURS = {"nord": range(3), "sud": range(3, 6), "ouest": range(6, 8)}
"""Which unités belong to which circonscription."""

_SHARES: Mapping[str, Sequence[float]] = {
    "unite": (0.3, 0.2, 0.15, 0.12, 0.1, 0.07, 0.04, 0.02),
    "sexe": (0.72, 0.26, 0.01, 0.01),
    "connu": (0.42, 0.5, 0.08),
    "origine": (0.62, 0.15, 0.1, 0.07, 0.06),
    "age": (0.12, 0.1, 0.08, 0.2, 0.2, 0.13, 0.07, 0.05, 0.03, 0.02),
}
_DEMANDES = (0.5, 0.3, 0.2, 0.1, 0.05)


def _half_year() -> TableSystem:
    """What it prints comes on top of what its quarters printed."""
    year = Year(400, seed=1)
    for periode in ("T1", "T2"):
        year.hand_over(periode)
    return year.system("S1")


def _one_line() -> TableSystem:
    return TableSystem([line(shape("accueils", partition("a", 8)), [3, 1, 6, 7, 9, 12, 20, 31])])


def _published_grid() -> TableSystem:
    numbers = [[41, 52, 9, 3], [20, 11, 47, 6], [7, 4, 60, 70], [9, 8, 65, 80]]
    return TableSystem([grid(shape("accueils", partition("r", 4), partition("c", 4)), numbers)])


def _of(accueils: int, seed: int, *crosses: Sequence[str]) -> TableSystem:
    register = _register(accueils, seed)
    return TableSystem([count(shape("accueils", *map(_dimension, names)), register) for names in crosses])


def _in_secteurs(accueils: int, seed: int, *, crossed: bool) -> TableSystem:
    """Unités and the circonscriptions that they make up, each crossed with sexe or alone."""
    register = _register(accueils, seed)
    secteurs = partition("secteur", list(SECTEURS))
    beside = [_dimension("sexe")] if crossed else []
    forms = [shape("accueils", one, *beside) for one in (_dimension("unite"), secteurs)]
    keys = [(), *((("sexe", code.code),) for code in beside[0].categories)] if crossed else [()]
    relations = [_together(name, ranks, key) for name, ranks in SECTEURS.items() for key in keys]
    return TableSystem([count(form, register) for form in forms], relations)


def _together(name: str, ranks: Sequence[int], key: tuple[tuple[str, str], ...]) -> Relation:
    whole = CellRef("accueils", tuple(sorted((("secteur", name), *key))))
    parts = [CellRef("accueils", tuple(sorted((("unite", f"unite{rank}"), *key)))) for rank in ranks]
    return sum_equals(f"{name} {key}", whole, parts)


def _dimension(name: str) -> Dimension:
    return several(name, len(_DEMANDES)) if name == "demande" else partition(name, len(_SHARES[name]))


def _register(accueils: int, seed: int) -> list[Unit]:
    chance = random.Random(seed)
    register: list[Unit] = []
    for rank in range(accueils):
        unit: dict[str, object] = {
            name: f"{name}{chance.choices(range(len(share)), share)[0]}" for name, share in _SHARES.items()
        }
        unit["secteur"] = next(
            name for name, ranks in SECTEURS.items() if int(str(unit["unite"])[5:]) in ranks
        )
        unit["demande"] = frozenset(
            f"demande{one}" for one, share in enumerate(_DEMANDES) if chance.random() < share
        )
        unit["foyer"] = rank if chance.random() < 0.85 else max(0, rank - 1)
        register.append(unit)
    return register


REFERENCES: Mapping[str, Callable[[], TableSystem]] = {
    "one line": _one_line,
    "a grid of four by four": _published_grid,
    "unités": lambda: _of(90, 1, ["unite"]),
    "lines of one register": lambda: _of(100, 2, ["unite"], ["sexe"], ["connu"], ["origine"], ["age"]),
    "unité x sexe": lambda: _of(200, 3, ["unite", "sexe"]),
    "unité x origine": lambda: _of(400, 4, ["unite", "origine"]),
    "sexe x âge": lambda: _of(400, 5, ["sexe", "age"]),
    "unité x sexe and unité x connu": lambda: _of(200, 6, ["unite", "sexe"], ["unite", "connu"], ["origine"]),
    "unités in circonscriptions": lambda: _in_secteurs(90, 7, crossed=False),
    "unités in circonscriptions x sexe": lambda: _in_secteurs(200, 8, crossed=True),
    "demandes": lambda: _of(100, 9, ["demande"], ["sexe"]),
    "a tiny quarter": lambda: quarter(12, seed=10),
    "a small quarter": lambda: quarter(60, seed=11),
    "a quarter": lambda: quarter(100, seed=12),
    "a lopsided quarter": lambda: quarter(90, lopsided=True, seed=13),
    "a half-year after its quarters": _half_year,
}
"""The instances by name: the same ones in every run but the last, whose quarters were protected by chance."""
