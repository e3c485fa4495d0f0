"""What the protection costs, in seconds and in masks: each draw printed (`-m campagne -s`)."""

from __future__ import annotations

import resource
import statistics
import time

import pytest

from iscg_desktop.disclosure.protection import protect
from iscg_desktop.disclosure.sensitivity import sensitive_cells
from iscg_desktop.disclosure.suppression import suppress
from iscg_desktop.disclosure.watch import Watch
from tests.benchmarks.measures import within
from tests.disclosure.optimum import optimum, worth
from tests.disclosure.references import REFERENCES
from tests.disclosure.years import USUAL_ORDER, Year

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(3600)]
K, DRAWS = 5, 20
FARTHEST = 1.05


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


@pytest.mark.parametrize("name", REFERENCES)
def test_masks_are_near_the_best_there_can_be(name: str) -> None:
    """Median of the draws against the proven optimum, in what the masks cost."""
    system = REFERENCES[name]()
    sensitive = sensitive_cells(system, K)
    best = optimum(system, sensitive, K)
    draws = sorted(
        worth(system, suppress(system, sensitive, K, Watch()).cells) / best.cost for _ in range(DRAWS)
    )
    median = statistics.median(draws)
    print(
        f"\n{name}: {len(system.cells)} cells, {len(sensitive)} small; optimum {best.cost:.1f} with"
        f" {len(best.masked)} masks, {best.cuts} cuts; median {median:.3f} of {[round(one, 3) for one in draws]}"
    )
    # The bound is one: nothing that keeps the promises is cheaper.
    assert draws[0] >= 1 - 1e-6
    assert median <= FARTHEST
