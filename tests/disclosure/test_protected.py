"""Protected tables come out of the gate or of a file, never of a hand, and hold no count that is masked."""

from __future__ import annotations

import dataclasses
import functools
import gc
from pathlib import Path
from typing import Any

import pytest

from iscg_desktop.disclosure.protected import ProtectedBilan, ProtectedCell, ProtectedTable, reread, seal
from iscg_desktop.disclosure.protection import METHODE, protect
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.tables import CellRef, Key, TableShape
from iscg_desktop.errors import BugError, UserError
from tests.disclosure.registers import line, partition, several, shape

FORM = shape("accueils", partition("a", 3))
PACKAGE = Path(__file__).parents[2] / "iscg_desktop"


@functools.cache
def bilan() -> ProtectedBilan:
    return protect(TableSystem([line(FORM, [3, 40, 50])]))


def figures(total: int | None, *cells: int | None) -> dict[CellRef, int | None]:
    return {CellRef("accueils"): total, **{_cell(rank): value for rank, value in enumerate(cells)}}


def _cell(rank: int) -> CellRef:
    return CellRef("accueils", (("a", f"a{rank}"),))


@pytest.mark.parametrize("forgery", [None, object(), "seal"])
def test_nothing_protected_is_made_by_hand(forgery: Any) -> None:
    words = ("t", "t", "accueils", "accueil", "haut", "bas", ())
    with pytest.raises(BugError):
        ProtectedCell((), 3, forgery)
    with pytest.raises(BugError):
        ProtectedTable(*words, (), forgery)
    with pytest.raises(BugError):
        ProtectedBilan(5, "1", (), forgery)


def test_what_is_protected_cannot_be_changed_or_copied_with_other_figures() -> None:
    cell = bilan().tables[0].cellules[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        cell.valeur = 3  # type: ignore[misc]
    with pytest.raises((ValueError, TypeError)):
        dataclasses.replace(cell, valeur=3)
    with pytest.raises(TypeError):
        bilan().figures()[CellRef("accueils")] = 3  # type: ignore[index]


def test_the_doors_are_used_where_they_should_be() -> None:
    """`seal` is for the gate, `reread` for the reader of files: anyone else walks around the protection."""
    users: dict[str, set[str]] = {"seal": set(), "reread": set()}
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for line_of_code in text.splitlines():
            if "disclosure.protected import" in line_of_code or "import protected" in line_of_code:
                imported = {name.strip(" ()") for name in line_of_code.split("import", 1)[1].split(",")}
                assert imported <= {"ProtectedBilan", "ProtectedCell", "ProtectedTable", "seal", "reread"}, (
                    path
                )
                for door in users.keys() & imported:
                    users[door].add(path.relative_to(PACKAGE).as_posix())
    assert users == {"seal": {"disclosure/protection.py"}, "reread": {"exports/bilan_json.py"}}


def test_no_masked_count_is_reachable_from_a_protected_bilan() -> None:
    """Counts chosen so that no other number in there equals them."""
    odd = protect(TableSystem([line(FORM, [4, 1013, 50021])]))
    hidden = {number for number, rank in ((4, 0), (1013, 1), (50021, 2)) if odd.valeur(_cell(rank)) is None}
    assert len(hidden) >= 2
    seen: set[int] = set()
    todo: list[Any] = [odd]
    while todo:
        one = todo.pop()
        if id(one) in seen or isinstance(one, type):
            continue
        seen.add(id(one))
        assert not (isinstance(one, int) and one in hidden)
        todo.extend(gc.get_referents(one))


def test_reading_figures() -> None:
    table = bilan().table(FORM.code)
    assert table.valeur() == bilan().valeur(CellRef("accueils")) == 93
    assert table.valeur((("a", "a0"),)) is None
    assert [cell.cle for cell in table.cellules] == list(FORM.printed_keys())
    with pytest.raises(KeyError):
        table.valeur((("a", "a9"),))
    with pytest.raises(KeyError):
        bilan().table("autre")


SEVERAL = shape("accueils", several("p", 1))
OUI = CellRef("accueils", (("p", "p0"),))


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (FORM, figures(93, 3, 40, 50)),
        (FORM, figures(93, 5, 40, 50)),
        (FORM, figures(93, None, 40, 50)),
        (FORM, figures(None, 8, 40, 50)),
        (SEVERAL, {CellRef("accueils"): 20, OUI: 18}),
        (SEVERAL, {CellRef("accueils"): 20, OUI: 21}),
    ],
    ids=[
        "a small figure",
        "a wrong sum",
        "one mask in a sum",
        "a total alone",
        "a small non",
        "more than all",
    ],
)
def test_both_doors_refuse_figures_that_no_protection_prints(
    form: TableShape, told: dict[CellRef, int | None]
) -> None:
    with pytest.raises(BugError):
        seal([form], told, 5, "1")
    with pytest.raises(UserError) as caught:
        reread([form], told, 5, "1")
    assert caught.value.code == "bilan_modifie"


def test_both_doors_let_sound_figures_through() -> None:
    told = {cell: bilan().valeur(cell) for cell in bilan().figures()}
    made = bilan()
    assert (
        reread([FORM], told, 5, METHODE, made.preuve) == made == seal([FORM], told, 5, METHODE, made.preuve)
    )
    safe: Key = (("p", "p0"),)
    assert reread([SEVERAL], {CellRef("accueils"): 20, OUI: 15}, 5, "1").tables[0].valeur(safe) == 15
