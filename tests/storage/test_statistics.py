"""Rows for counting: no identity in them, and foyers that are connected sets of dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage.connection import Params, Result
from iscg_desktop.storage.statistics import Statistics
from tests.vie import draft, open_services


class _Pairs:
    """Answers one question: which person is in which dossier."""

    def __init__(self, pairs: list[tuple[int, int]]) -> None:
        self._rows = tuple({"dossier_id": dossier, "personne_id": person} for dossier, person in pairs)

    def execute(self, _sql: str, _params: Params = ()) -> Result:
        return Result(self._rows, -1, 0)  # type: ignore[arg-type]

    def execute_many(self, _sql: str, _rows: object) -> int:
        raise AssertionError


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), unique=True, max_size=30))
def test_foyers_are_the_connected_sets(pairs: list[tuple[int, int]]) -> None:
    foyers = Statistics(_Pairs(pairs)).foyers()
    reach = {dossier: {dossier} for dossier, _ in pairs}
    changed = True
    while changed:  # brute force: spread along shared persons until nothing moves
        changed = False
        for dossier, person in pairs:
            near = {d for d, p in pairs if p == person}
            wider = reach[dossier] | {e for d in near for e in reach[d]}
            if wider != reach[dossier]:
                reach[dossier], changed = wider, True
    for one, found in reach.items():
        for other in reach:
            assert (foyers[one] == foyers[other]) is (other in found)


@pytest.fixture(scope="module")
def coffre() -> Iterator[tuple[Services, Session]]:
    with TemporaryDirectory() as folder:
        services, session = open_services(Path(folder))
        services.entretiens.record(draft())
        yield services, session
        session.vault.close()


def test_no_identity_leaves(coffre: tuple[Services, Session]) -> None:
    _, session = coffre
    text = repr(session.read.statistics.lignes(["2026-T4"])).casefold()
    for secret in ("péron", "lœil", "anaïs", "1988", "06 00", "impasse", "madame", "jeudi", "2026-0001"):
        assert secret not in text
    assert "35253" in text  # the commune is counted, by its code


def test_a_quarter_holds_its_own_rows_only(coffre: tuple[Services, Session]) -> None:
    _, session = coffre
    univers = sorted(ligne.univers for ligne in session.read.statistics.lignes(["2026-T4"]))
    assert univers == ["accueils", "dossiers", "entretiens", "orientations", "premieres", "saisines"]
    assert session.read.statistics.lignes(["2026-T3"]) == ()
