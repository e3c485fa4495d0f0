"""Twenty intervenants over eight quarters are added up while one waits.

Counted in time of this thread: the rest of the machine is left out.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from iscg_desktop.services.consolidation import consolider, ecrire
from tests.benchmarks.measures import within
from tests.services.test_consolidation import issued, write

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(600)]


def test_twenty_intervenants_over_eight_quarters(tmp_path: Path) -> None:
    quarters = [f"{year}-T{rank}" for year in (2025, 2026) for rank in (1, 2, 3, 4)]
    paths = write(tmp_path, [issued(who, code, who % 3) for who in range(20) for code in quarters])
    begun = time.thread_time()
    made = consolider(paths)
    ecrire(made, tmp_path / "c.xlsx", paths)
    within("consolidation of 160 bilans", time.thread_time() - begun, 10)
    assert (made.intervenants, made.trimestres) == (20, 160)
