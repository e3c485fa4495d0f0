"""What earlier files leave little room for: only what stands in the way is withheld, and it stays so in later files."""

from __future__ import annotations

import pytest

from iscg_desktop.disclosure.protected import ProtectedBilan, reread
from iscg_desktop.disclosure.protection import protect
from iscg_desktop.disclosure.relations import Relation, Sens, sum_equals
from iscg_desktop.disclosure.system import TableSystem, Volet
from iscg_desktop.disclosure.tables import CellRef, CountedTable
from iscg_desktop.errors import UserError
from tests.disclosure.registers import line, partition, shape

GROS, FIN, SEXE = (
    partition("gros", ["jeune", "agee"]),
    partition("fin", ["j", "a1", "a2"]),
    partition("sexe", 2),
)
# (young, aged of two bands) of each quarter: the aged are 4, then 8; over the half-year each band is 6.
NUMBERS = {"T1": (26, 2, 2), "T2": (22, 4, 4), "T3": (30, 8, 9), "T4": (30, 9, 8)}
PARTS = {"S1": ("T1", "T2"), "S2": ("T3", "T4"), "A": ("S1", "S2")}
AGED = {CellRef("accueils", (("fin", band),)) for band in ("a1", "a2")}


def numbers(periode: str) -> tuple[int, int, int]:
    if periode in NUMBERS:
        return NUMBERS[periode]
    first, second = (numbers(part) for part in PARTS[periode])
    return (first[0] + second[0], first[1] + second[1], first[2] + second[2])


def volet(periode: str, printed: dict[str, ProtectedBilan]) -> Volet:
    """A period that prints sexes, and ages in two bands (a quarter) or in three."""
    young, first, second = numbers(periode)
    total = young + first + second
    tables: list[CountedTable] = [
        line(shape("accueils", SEXE, code="sexe"), [total - total // 3, total // 3]),
        line(shape("accueils", FIN, code="fin"), [young, first, second]),
        line(shape("accueils", GROS, code="gros"), [young, first + second]),
    ]
    inside = [
        sum_equals(
            gros, CellRef("accueils", (("gros", gros),)), [CellRef("accueils", (("fin", f),)) for f in fins]
        )
        for gros, fins in (("jeune", ("j",)), ("agee", ("a1", "a2")))
    ]
    if periode not in NUMBERS:
        tables[0] = line(shape("accueils", SEXE, code="sexe"), _sexes(periode))
    done = printed.get(periode)
    return Volet(
        periode,
        tuple(tables),
        tuple(inside),
        frozenset({"sexe", "gros" if periode in NUMBERS else "fin"}),
        PARTS.get(periode, ()),
        None if done is None else done.figures(),
        retenus=frozenset() if done is None else done.retenus,
    )


def _sexes(periode: str) -> list[int]:
    quarters = [q for q in NUMBERS if periode == "A" or q in PARTS[periode]]
    men = sum(sum(NUMBERS[q]) // 3 for q in quarters)
    return [sum(numbers(periode)) - men, men]


def system(nouveau: str, printed: dict[str, ProtectedBilan]) -> TableSystem:
    quarters = {q for code in (*printed, nouveau) for q in NUMBERS if q == code or q in _quarters(code)}
    whole = [code for code in (*NUMBERS, *PARTS) if _quarters(code) <= quarters]
    return TableSystem.of_volets([volet(code, printed) for code in whole], nouveau)


def _quarters(periode: str) -> set[str]:
    if periode in NUMBERS:
        return {periode}
    return set().union(*(_quarters(part) for part in PARTS[periode]))


def handed_over(*periodes: str) -> dict[str, ProtectedBilan]:
    printed: dict[str, ProtectedBilan] = {}
    for periode in periodes:
        printed[periode] = protect(system(periode, printed))
    return printed


def test_only_what_stands_in_the_way_is_withheld() -> None:
    """4 aged in a quarter must be able to be 0; with 8 printed of the next, two bands of 5 or more forbid it."""
    printed = handed_over("T1", "T2", "S1")
    assert printed["T2"].valeur(CellRef("accueils", (("gros", "agee"),))) == 8
    half = printed["S1"]
    assert half.retenus == AGED
    assert all(half.valeur(cell) is None for cell in AGED)
    assert half.valeur(CellRef("accueils")) == 60
    assert [half.valeur(CellRef("accueils", (("sexe", f"sexe{rank}"),))) for rank in (0, 1)] == [40, 20]


def test_what_was_withheld_stays_withheld() -> None:
    """A later file is made knowing it; were it forgotten, no later file of the same sums could be made."""
    order = ("T1", "T2", "S1", "T3", "T4", "S2")
    printed = handed_over(*order)
    year = protect(system("A", printed))
    assert year.valeur(CellRef("accueils")) == sum(numbers("A"))
    forgotten = {code: without_memory(bilan) for code, bilan in printed.items()}
    with pytest.raises(UserError, match="bilan_non_protegeable"):
        protect(system("A", forgotten))


def without_memory(bilan: ProtectedBilan) -> ProtectedBilan:
    """The same bilan without the memory of what was withheld."""
    return reread(bilan.tables, bilan.figures(), bilan.seuil, bilan.methode, bilan.preuve)


def test_a_mask_that_earlier_files_make_narrow_withholds_nothing() -> None:
    """Nobody can widen it any more: it takes no figure of the new file with it."""
    form = shape("accueils", partition("a", 3), code="a")
    cells = [CellRef("accueils", (("a", f"a{rank}"),)) for rank in range(3)]
    narrow = Relation("narrow", ((1, cells[1]),), Sens.AU_PLUS, 9)
    figures = {CellRef("accueils"): 19, **dict.fromkeys(cells)}
    prints = frozenset({"a"})
    first = Volet("T1", (line(form, [2, 8, 9]),), (narrow,), prints, figures=figures)
    second = Volet("T2", (line(form, [20, 21, 22]),), (), prints)
    half = Volet("S1", (line(form, [22, 29, 31]),), (), prints, ("T1", "T2"))
    made = protect(TableSystem.of_volets([first, second, half], "S1"))
    assert not made.retenus
    assert made.chiffres_masques == 0
