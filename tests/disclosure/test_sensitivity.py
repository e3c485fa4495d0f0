"""A cell is sensitive under k units, zero included, or under k foyers, and so is a hidden « non »."""

from __future__ import annotations

import pytest

from iscg_desktop.disclosure.protection import protect
from iscg_desktop.disclosure.relations import sum_at_most
from iscg_desktop.disclosure.sensitivity import is_sensitive, sensitive_cells
from iscg_desktop.disclosure.system import TableSystem
from iscg_desktop.disclosure.tables import CellRef, Count, non
from tests.disclosure.registers import counted, from_numbers, several, shape


@pytest.mark.parametrize(
    ("effectif", "foyers", "k", "sensitive"),
    [
        (0, 0, 5, True),
        (4, 4, 5, True),
        (5, 5, 5, False),
        (12, 4, 5, True),
        (12, 5, 5, False),
        (10, 10, 11, True),
    ],
)
def test_units_and_foyers_both_count(effectif: int, foyers: int, k: int, sensitive: bool) -> None:
    assert is_sensitive(Count(effectif, foyers), k) is sensitive


def test_a_hidden_non_is_as_sensitive_as_a_printed_cell() -> None:
    table = from_numbers(
        shape("accueils", several("aborde", ["p1"])),
        {(): 20, (("aborde", "p1"),): 18, (("aborde", non("p1")),): 2},
    )
    system = TableSystem([table])
    hidden = system.position(CellRef("accueils", (("aborde", non("p1")),)))
    assert sensitive_cells(system, 5) == {hidden}


def test_what_lies_inside_a_cell_of_few_foyers_is_sensitive_too() -> None:
    """Known to be 5 or more, the dossiers would keep the accueils of few foyers from being 0."""
    dossiers, accueils = CellRef("dossiers"), CellRef("accueils")
    tables = [
        counted(shape("dossiers"), {(): Count(6, 6)}),
        counted(shape("accueils"), {(): Count(12, 4)}),
    ]
    alone = TableSystem(tables)
    assert sensitive_cells(alone, 5) == {alone.position(accueils)}
    believed = sum_at_most("dossiers_accueils", (dossiers,), (accueils,), certaine=False)
    linked = TableSystem(tables, [believed])
    assert sensitive_cells(linked, 5) == {linked.position(accueils), linked.position(dossiers)}
    assert protect(linked).valeur(dossiers) is None
