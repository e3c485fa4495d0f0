"""What the strongest reader of a whole year of files computes of what is small, as closely as he can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from iscg_desktop.disclosure.sensitivity import is_sensitive
from tests.disclosure.attack import ENDLESS, Attack, Cell, Known
from tests.disclosure.published import publish
from tests.disclosure.years import AGE_GROUPS, FAMILLES, PARTS, Year


def _inside(univers: str, coarse: str, fine: str, groups: Mapping[str, Iterable[int]]) -> Iterator[Known]:
    for name, ranks in groups.items():
        parts = ((1, univers, {fine: f"{fine}{rank}"}) for rank in ranks)
        yield "=", 0, ((-1, univers, {coarse: name}), *parts)


KNOWLEDGE: tuple[Known, ...] = (
    ("<=", 0, ((1, "dossiers", {}), (-1, "accueils", {}))),
    *_inside("accueils", "age_4", "age", AGE_GROUPS),
    *_inside("dossiers", "famille", "detail", FAMILLES),
)


@dataclass(frozen=True)
class Attacked:
    """What came of an attack.

    Attributes:
        small: Number of small cells that the files let be asked for, printed by one of them or not.
        masks: Number of masks in all files.
        closest: The lowest of the highest values that these cells can have; None when none is small.
        leaks: Each cell told too closely, in words.
    """

    small: int
    masks: int
    closest: int | None
    leaks: list[str]


def attacked(year: Year, k: int = 5) -> Attacked:
    """Attack all the files of a year together, knowing which masks are complementary."""
    done = year.system("A" if "A" in year.printed else next(reversed(year.printed)))
    small = {
        (cell.periode, cell.univers, cell.cle)
        for cell, count in zip(done.cells, done.counts, strict=True)
        if is_sensitive(count, k)
    }
    masks = {
        (periode, cell.univers, cell.cle)
        for periode, bilan in year.printed.items()
        for cell, valeur in bilan.figures().items()
        if valeur is None
    }
    floors = dict.fromkeys(masks - small - year.withheld, k)
    files = [publish(periode, bilan) for periode, bilan in year.printed.items()]
    attack = Attack(files, KNOWLEDGE, PARTS, floors)
    asked = [cell for cell in sorted(small) if cell in attack.cells]
    closest, told = tightest(attack, asked, k)
    return Attacked(len(asked), len(masks), closest, told)


def leaks(year: Year, k: int = 5) -> list[str]:
    """What the strongest reader of all the files of a year computes too closely of a small cell."""
    return attacked(year, k).leaks


def tightest(attack: Attack, small: Iterable[Cell], k: int) -> tuple[int | None, list[str]]:
    """The lowest of the highest values of small cells, and those that are told too closely.

    A small cell is told too closely when it is printed, cannot be nobody, or cannot be as many as may be told.
    """
    lowest: int | None = None
    told = []
    for cell in small:
        if cell in attack.printed:
            told.append(f"{cell} is printed")
            continue
        if not attack.can(cell, 0, 0):
            told.append(f"{cell} is not zero")
        if lowest is None or not attack.can(cell, max(lowest, k), ENDLESS):
            highest = attack.bounds(cell)[1]
            lowest = highest if lowest is None else min(lowest, highest)
            if highest < k:
                told.append(f"{cell} is under {k}")
    return lowest, told
