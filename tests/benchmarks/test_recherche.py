"""A person is found while one types, among those of ten years (`-m campagne -s`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.benchmarks.measures import Bare, nothing_collected, slow, within, worked
from tests.services.population import fill, identite, lines_of, population
from tests.vie import open_services

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
    whole, bare, index = [], [], Bare()
    find = session.read.recherche_personnes.find
    session.read.recherche_personnes.find = index.counted(find)  # type: ignore[method-assign]
    with nothing_collected():
        for typed in TYPED:
            index.seconds = 0.0
            whole.append(worked(lambda typed=typed: services.personnes.search(typed)))
            bare.append(index.seconds)
    ratio = sum(whole) / sum(bare)
    print(f"\n{len(TYPED)} keystrokes: {ratio:.2f} times the bare index", end="")
    within("95 keystrokes of 100", slow(whole), 0.016)
    assert ratio <= 1.5
