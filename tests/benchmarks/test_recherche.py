"""A person is found while one types, among those of ten years (`-m campagne -s`)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from iscg_desktop.domain.recherche import read
from iscg_desktop.reference.prenoms import shipped_prenoms
from iscg_desktop.services.personnes import FIRST_LOOK
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.services.population import fill, identite, lines_of, population
from tests.vie import TODAY, open_services

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(300)]

TYPED = [typed[:length] for _, typed in lines_of("memes.tsv") for length in range(1, len(typed) + 1)]


@pytest.fixture
def ten_years(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path)
    fill(session, [identite(known) for known in dict.fromkeys(known for known, _ in lines_of("memes.tsv"))])
    fill(session, population())
    yield services, session
    session.vault.close()


def test_a_person_is_found_while_one_types(ten_years: tuple[Services, Session]) -> None:
    """Every keystroke of the hand-written names: 16 ms at most for 95 of 100, half as much again as the bare index."""
    services, session = ten_years
    whole, bare = [], []
    for typed in TYPED:
        asked = read(typed, TODAY, shipped_prenoms())
        start = time.perf_counter()
        services.personnes.search(typed)
        middle = time.perf_counter()
        session.read.recherche_personnes.find(asked, FIRST_LOOK)
        whole.append(middle - start)
        bare.append(time.perf_counter() - middle)
    slow = sorted(whole)[int(len(whole) * 0.95)]
    ratio = sum(whole) / sum(bare)
    print(
        f"\n{len(TYPED)} keystrokes: 95 of 100 within {slow * 1000:.1f} ms of 16; {ratio:.2f} times the bare index"
    )
    assert slow <= 0.016
    assert ratio <= 1.5
