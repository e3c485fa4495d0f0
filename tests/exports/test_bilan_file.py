"""A bilan file computes from printed figures only, and refuses an identity that makes no sense."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from iscg_desktop.disclosure.protection import protect
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.tables import CellRef
from iscg_desktop.errors import BugError
from iscg_desktop.exports.bilan_file import Periode
from tests.disclosure.registers import line, partition, shape
from tests.exports.bilans import TOTAL, bilan_of, share

SYSTEM = TableSystem([line(shape("accueils", partition("tranche_age", 4)), [3, 40, 27, 31])])


def cells(*ranks: int) -> tuple[CellRef, ...]:
    return tuple(CellRef("accueils", (("tranche_age", f"tranche_age{rank}"),)) for rank in ranks)


def test_a_share_is_the_rounded_quotient_of_printed_figures() -> None:
    bilan = bilan_of(SYSTEM)
    shown = [rank for rank in range(4) if bilan.bilan.valeur(cells(rank)[0]) is not None]
    first = bilan.somme(cells(shown[0]))
    assert first is not None
    assert bilan.pour_mille(share("x", *cells(shown[0]))) == round(1000 * first / 101)
    both = bilan.somme(cells(*shown[:2]))
    assert both is not None
    assert bilan.pour_mille(share("x", *cells(*shown[:2]))) == round(1000 * both / 101)


def test_a_share_of_something_masked_is_masked() -> None:
    bilan = bilan_of(SYSTEM)
    assert bilan.somme(cells(0)) is None
    assert bilan.pour_mille(share("x", *cells(0))) is None
    assert bilan.pour_mille(share("x", *cells(0, 1))) is None
    few = dataclasses.replace(share("x", *TOTAL), bas=cells(0))
    assert bilan.pour_mille(few) is None


def test_half_a_thousandth_goes_up() -> None:
    system = TableSystem([line(shape("accueils", partition("tranche_age", 2)), [5, 395])])
    assert bilan_of(system).pour_mille(share("x", *cells(0))) == 13


@pytest.mark.parametrize(
    ("code", "kind", "libelle"),
    [
        ("2026-T1", "trimestre", "1er trimestre 2026"),
        ("2026-T4", "trimestre", "4e trimestre 2026"),
        ("2026-S2", "semestre", "2e semestre 2026"),
        ("2026", "annee", "année 2026"),
    ],
)
def test_periods_in_words(code: str, kind: Any, libelle: str) -> None:
    assert Periode(code, kind, date(2026, 1, 1), date(2026, 12, 31)).libelle == libelle


@pytest.mark.parametrize(
    ("code", "kind"), [("2026-T5", "trimestre"), ("2026", "trimestre"), ("2026-T1", "mois")]
)
def test_a_period_is_one_of_three_kinds(code: str, kind: Any) -> None:
    with pytest.raises(BugError, match="no such period"):
        Periode(code, kind, date(2026, 1, 1), date(2026, 3, 31))


def test_a_period_ends_after_it_begins() -> None:
    with pytest.raises(BugError, match="no such period"):
        Periode("2026-T1", "trimestre", date(2026, 3, 31), date(2026, 1, 1))


@pytest.mark.parametrize(
    "change",
    [
        {"predecesseurs": ("abc",)},
        {"indicateurs": (share("x"),)},
        {"indicateurs": (share("x", CellRef("accueils", (("sexe", "femme"),))),)},
        {"bilan": protect(SYSTEM, 3)},
    ],
    ids=[
        "a predecessor without SHA-256",
        "a share of nothing",
        "a share of an unprinted cell",
        "a low threshold",
    ],
)
def test_what_makes_no_sense_is_a_bug(change: dict[str, Any]) -> None:
    with pytest.raises(BugError):
        dataclasses.replace(bilan_of(SYSTEM), **change)


def test_the_names_of_its_files() -> None:
    assert bilan_of(SYSTEM).nom == "bilan-2026-T1"
