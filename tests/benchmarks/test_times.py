"""The times the program promises, each printed as a share of its limit (`-m campagne -s`); the best of a few runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from iscg_desktop.documents.fiche_liaison import render_fiche
from iscg_desktop.domain.fiche_numero import Numero
from iscg_desktop.reference.territories import Territories
from iscg_desktop.services.demo.demo import make_demo
from tests.benchmarks.conftest import TODAY
from tests.benchmarks.measures import best, within
from tests.domain.fiche_exemples import MINIMALE
from tests.packaging.test_start import Checkout

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(900)]


@pytest.mark.parametrize("typed", ["st", "saint aub", "lafeuille", "LE-MANS", "75", "35140", "s", "zzz"])
def test_a_commune_is_found_while_typing(typed: str) -> None:
    territories = Territories()
    territories.load()
    within(f"commune « {typed} »", best(lambda: territories.search(typed)), 0.005)


def test_a_fiche_is_rendered() -> None:
    content = MINIMALE.for_recipient(MINIMALE.items)
    numero = Numero("MKE", 2026, 1)
    within("fiche", best(lambda: render_fiche(content, numero, bytes(8))), 0.060)


def test_a_usual_year_is_demonstrated(tmp_path: Path) -> None:
    def made() -> None:
        make_demo(tmp_path, number=400, seed=1, today=TODAY, progress=lambda *_: None)

    within("400 dossiers", best(made, runs=1), 60)


def test_a_second_start_is_immediate(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "projet")
    assert checkout.start("essai").returncode == 0
    within("second start", best(lambda: checkout.start("essai"), runs=3), 2)
