"""Verifying all the files of a year, half-years included, beside merely reading them (`-m campagne -s`)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from iscg_desktop.domain.period import parse_period
from iscg_desktop.paths import resources
from iscg_desktop.services import coffre
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.demo.demo import demo_passphrase
from iscg_desktop.services.services import Services
from iscg_desktop.services.verification_bilans import verify
from tests.benchmarks.conftest import TODAY
from tests.benchmarks.measures import best, within, worked

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(600)]

PERIODS = ("2025-T1", "2025-T2", "2025-S1", "2025-T3", "2025-T4", "2025-S2", "2025")
LIMIT = 1.0
_READINGS = 60
"""How many times merely reading the JSON a verification may take."""


@pytest.fixture(scope="module")
def handed_over(ten_years: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Path]]:
    """The seven files of a year of about 400 dossiers."""
    session = coffre.open_session(
        ten_years, coffre.unlock(ten_years, demo_passphrase(1)), clock=Clock(today=lambda: TODAY)
    )
    services, folder = Services(session), tmp_path_factory.mktemp("remis")
    closed = {row.periode.code for row in session.read.bilans.arretes()}
    for periode in map(parse_period, PERIODS):
        if periode.code not in closed:
            prepared = services.bilans.prepare(periode)
            services.bilans.arreter(prepared, services.bilans.protect(prepared))
        services.bilans.export(periode, folder)
    yield sorted(folder.glob("*.json"))
    session.vault.close()


def test_verifying_beside_reading(handed_over: list[Path]) -> None:
    files = [(path.name, path.read_bytes()) for path in handed_over]
    bare = min(worked(lambda: [json.loads(octets) for _, octets in files]) for _ in range(5))
    within(
        "a year verified, beside its JSON merely read",
        min(worked(lambda: verify(files)) for _ in range(5)),
        _READINGS * bare,
    )


@pytest.mark.parametrize(
    "command",
    [("-m", "iscg_desktop", "verifier"), (str(resources() / "verifier" / "verifier_bilan.py"),)],
    ids=["iscg-desktop", "script"],
)
def test_the_command_answers_within_a_second(handed_over: list[Path], command: tuple[str, ...]) -> None:
    def run() -> None:
        words = [sys.executable, *command, *map(str, handed_over)]
        subprocess.run(words, check=True, capture_output=True, env=os.environ)

    run()  # what Python compiles once
    within(f"{command[-1]}, seven files of a year", best(run), LIMIT)
