"""Counting for the bilan, beside the bare SQL that adds up the same tables (`-m campagne -s`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from iscg_desktop.domain.bilan import Compteur, Enrichment, Tableau
from iscg_desktop.domain.etendue import Etendue
from iscg_desktop.domain.period import parse_period
from iscg_desktop.reference.menu import menu
from iscg_desktop.reference.turns import at_once
from iscg_desktop.services import coffre
from iscg_desktop.services.chiffres import choice_of
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.demo.demo import demo_passphrase
from iscg_desktop.services.lieux_comptes import lieux_comptes, residence
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage.statistics_sources import SOURCES, Choice
from tests.benchmarks.conftest import TODAY
from tests.benchmarks.measures import FROZEN, say, within, worked

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(600)]

# The fact of a row that bare SQL groups by, where a table reads it from what was derived in Python.
_COLUMNS = {"classe_ressources": "profil", "agee_ou_handicapee": "profil", "epci": "commune"}
_LISTS = {"demande": "reponses", "reponse": "reponses"}


@pytest.fixture
def session(ten_years: Path) -> Iterator[Session]:
    key = coffre.unlock(ten_years, demo_passphrase(1))
    found = coffre.open_session(ten_years, key, clock=Clock(today=lambda: TODAY))
    yield found
    found.vault.close()


def _best(act: object, runs: int = 7) -> float:
    return min(worked(act) for _ in range(runs))  # type: ignore[arg-type]


def _count(session: Session, choice: Choice, tableaux: tuple[Tableau, ...]) -> None:
    """Count every table of the menu, as the bilan and the screen do."""
    enrich = Enrichment(session.counted_nomenclatures, residence(session))
    compteur = Compteur(map(enrich, session.read.statistics.grouped(choice)), foyers=False)
    for tableau in tableaux:
        compteur.count(tableau)


def _bare(session: Session, choice: Choice, tableaux: tuple[Tableau, ...]) -> None:
    """Add up the same tables, each by one GROUP BY over the rows of its univers."""
    sources = {source.univers: source for source in SOURCES}
    for tableau in tableaux:
        source = sources[tableau.univers]
        sql, values = source.query(choice)
        columns = []
        for dimension in tableau.dimensions:
            champ = _LISTS.get(dimension.champ, _COLUMNS.get(dimension.champ, dimension.champ))
            champ = source.measured.get(champ, champ)
            columns.append("unite_id" if champ == "unite" else champ)
        alike = f" GROUP BY {', '.join(columns)}" if columns else ""
        session.vault.execute(f"SELECT {', '.join((*columns, 'count(*)'))} FROM ({sql}){alike}", values)


@pytest.mark.parametrize(
    ("what", "days", "limit"),
    [
        ("a year", Etendue.of(parse_period("2025")), 0.050),
        ("ten years", Etendue(date(2016, 1, 1), TODAY), 0.300),
    ],
)
def test_counting_is_quick(session: Session, what: str, days: Etendue, limit: float) -> None:
    tableaux = menu().tous(session.counted_nomenclatures, lieux_comptes(session, days.fin.year))
    choice = choice_of(days)
    counted = _best(lambda: _count(session, choice, tableaux))
    bare = _best(lambda: _bare(session, choice, tableaux), runs=3)
    say(f"{what}, every table of the menu", counted, limit)
    within(f"{what}, beside twice the bare SQL", counted, 2 * bare)
    assert counted <= limit


def test_no_step_of_a_count_holds_the_window(session: Session) -> None:
    steps = Services(session).chiffres.compter(Etendue(date(2016, 1, 1), TODAY))
    longest = 0.0
    done = False

    def step() -> None:
        nonlocal done
        done = next(steps, steps) is steps

    while not done:
        longest = max(longest, worked(step))
    within("longest step of ten years on screen", longest, FROZEN)


def test_a_comparison_is_quick(session: Session) -> None:
    chiffres = Services(session).chiffres
    year = Etendue.of(parse_period("2025"))
    within("a year to compare with", _best(lambda: at_once(chiffres.comparer(year))), 0.050)
