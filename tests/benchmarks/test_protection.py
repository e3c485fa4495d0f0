"""What the protection costs, in seconds and in masks: each draw printed (`-m campagne -s`)."""

from __future__ import annotations

import resource
import statistics
import time

import pytest

from iscg_desktop.disclosure.protection import protect
from iscg_desktop.disclosure.sensitivity import sensitive_cells
from iscg_desktop.disclosure.suppression import suppress
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.watch import Watch
from tests.benchmarks.measures import within
from tests.disclosure.optimum import lowest_worth, worth
from tests.disclosure.registers import grid, line, partition, shape
from tests.disclosure.years import USUAL_ORDER, Year

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(3600)]
DRAWS = 20


def test_every_step_of_a_year() -> None:
    """400 accueils: each file, its audit and its proof."""
    year = Year(400, seed=1)
    for periode in USUAL_ORDER:
        system = year.system(periode)
        start = time.perf_counter()
        year.printed[periode] = protect(system)
        seconds = time.perf_counter() - start
        made = year.printed[periode]
        print(
            f"{periode}: {made.chiffres_donnes} given, {made.chiffres_masques} masked, {len(system.cells)} cells"
        )
        within(f"protect {periode}", seconds, 5 if periode[0] == "T" else 30)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{megabytes:.0f} MB at most")
    assert megabytes < 400


@pytest.mark.parametrize(("name", "limit"), [("line", 1.05), ("grid", 1.15)])
def test_masks_are_near_the_best_there_can_be(name: str, limit: float) -> None:
    """Median of the draws against the proven optimum, in what the masks cost."""
    system = {
        "line": TableSystem([line(shape("accueils", partition("a", 8)), [3, 1, 6, 7, 9, 12, 20, 31])]),
        "grid": TableSystem(
            [
                grid(
                    shape("accueils", partition("r", 4), partition("c", 4)),
                    [[41, 52, 9, 3], [20, 11, 47, 6], [7, 4, 60, 70], [9, 8, 65, 80]],
                )
            ]
        ),
    }[name]
    sensitive = sensitive_cells(system, 5)
    best = lowest_worth(system, sensitive, 5)
    draws = [worth(system, suppress(system, sensitive, 5, Watch()).cells) for _ in range(DRAWS)]
    print(f"{name}: optimum {best:.1f}, draws {[round(draw / best, 3) for draw in sorted(draws)]}")
    assert statistics.median(draws) <= limit * best
