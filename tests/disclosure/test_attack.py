"""The attack computes nothing of what is small from whole series of files, of registers of every shape."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iscg_desktop.disclosure import system
from iscg_desktop.disclosure.system import TableSystem, Volet
from iscg_desktop.disclosure.tables import CellRef
from tests.bilans import Ligne
from tests.disclosure.reader import attacked, leaks
from tests.disclosure.years import HALF, USUAL_ORDER, Shares, Year

YEAR_FIRST = ("T1", "T2", "T3", "T4", "A", "S2", "S1")
LOPSIDED = Shares(unite=(0.9, 0.04, 0.03, 0.02, 0.01))
RENAMED = ("sexe", "statut", "connu", "suivi", "minima", "origine", "unite", "epci", "logement", "csp")
UNIFORM = Shares(sexe=(1.0, 0.0), statut=(1.0, 0.0), connu=(0.97, 0.02, 0.01))


@pytest.mark.parametrize("shape_of", ["tiny", "lopsided", "usual"])
def test_a_half_year_tells_nothing_small(shape_of: str) -> None:
    year = {
        "tiny": Year(48, seed=1),
        "lopsided": Year(200, LOPSIDED, seed=2),
        "usual": Year(280, seed=3),
    }[shape_of]
    for periode in HALF:
        year.hand_over(periode)
    assert leaks(year) == []


# Name of the shape, then the register.
YEARS = [
    *(("minuscule : 12 accueils par trimestre", Year(48, seed=seed)) for seed in range(5)),
    *(("déséquilibré : 90 % dans une unité", Year(160, LOPSIDED, seed=seed)) for seed in range(4)),
    *(("uniforme : une seule réponse partout", Year(120, UNIFORM, seed=seed)) for seed in range(3)),
    *(("ordinaire : 100 accueils par trimestre", Year(400, seed=seed)) for seed in range(4)),
    *(
        ("irrégulier : 5 à 200 accueils par trimestre", Year(400, rates=(0.05, 2.0, 0.1, 1.8), seed=seed))
        for seed in range(2)
    ),
    ("grand : 175 accueils par trimestre", Year(700, seed=9)),
    ("dispersé : 20 petites unités", Year(240, Shares(unite=tuple([0.05] * 20)), seed=10)),
]


@pytest.mark.campagne
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("number", range(1, len(YEARS) + 1))
def test_a_whole_year_tells_nothing_small(number: int, ligne: Ligne) -> None:
    form, year = YEARS[number - 1]
    order = YEAR_FIRST if number % 2 else USUAL_ORDER
    for periode in order:
        year.hand_over(periode)
    came = attacked(year)
    given = sum(bilan.chiffres_donnes for bilan in year.printed.values())
    ligne(
        "registres",
        number,
        form,
        ", ".join(order),
        len(year.printed),
        given,
        came.masks,
        came.small,
        "–" if came.closest is None else f"0 à {came.closest}",
        "tient" if not came.leaks else f"**fuit** : {len(came.leaks)}",
    )
    assert came.leaks == []


def test_order_and_names_change_nothing_to_what_is_protected() -> None:
    """The same year with its categories renamed and its records in another order holds as well."""
    year = Year(200, seed=5)
    others = {
        name: {f"{name}{rank}": f"{name}{size - 1 - rank}" for rank in range(size)}
        for name, size in ((one, len(getattr(year.shares, one))) for one in RENAMED)
    }
    for register in year.registers.values():
        for units in register.values():
            units.reverse()
        for unit in register["accueils"]:
            unit |= {name: codes[str(unit[name])] for name, codes in others.items()}
    for periode in HALF:
        year.hand_over(periode)
    assert leaks(year) == []


def test_a_volet_keeps_what_it_printed() -> None:
    """What an earlier file printed is printed, what it masked is masked: the new file is made around it."""
    year = Year(200, seed=6)
    first = year.hand_over("T1")
    made = year.system("S1", closed=("T2",))
    figures = first.figures()
    assert {made.cells[cell].at("") for cell in made.printed} == {
        c for c, v in figures.items() if v is not None
    }
    assert {made.cells[cell].at("") for cell in made.masked} == {c for c, v in figures.items() if v is None}
    other = replace(year.volet("T1"), figures={CellRef("accueils"): 1})
    assert isinstance(other, Volet)
    with pytest.raises(system.BugError, match="another figure"):
        TableSystem.of_volets([other, year.volet("T2"), year.volet("S1")], "S1")
