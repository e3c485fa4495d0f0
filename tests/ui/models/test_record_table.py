"""A table of records keeps Qt's contract, sorts and never loses a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt

from iscg_desktop.ui.models.record_table import (
    CHIP_ROLE,
    RECORD_ROLE,
    SHARE_ROLE,
    SORT_ROLE,
    Column,
    RecordTable,
)


@dataclass(frozen=True)
class Fiche:
    numero: str
    jour: date | None
    part: float
    etat: str = ""


COLUMNS = (
    Column[Fiche]("Numéro", lambda f: f.numero, tooltip=lambda f: f"Fiche {f.numero}"),
    Column[Fiche]("Jour", lambda f: f"{f.jour:%d/%m}" if f.jour else "", sort=lambda f: f.jour),
    Column[Fiche](
        "Part", lambda f: f"{f.part:.0%}", sort=lambda f: f.part, align="right", share=lambda f: f.part
    ),
    Column[Fiche]("État", lambda f: f.etat, role=lambda f: "warn" if f.etat else ""),
)
FICHES = (
    Fiche("b", date(2026, 3, 2), 0.5, "en attente"),
    Fiche("A", None, 0.2),
    Fiche("c", date(2026, 1, 9), 0.3),
)


@pytest.fixture
def table() -> RecordTable[Fiche]:
    return RecordTable(COLUMNS, FICHES)


def _numeros(table: RecordTable[Fiche]) -> str:
    return "".join(fiche.numero for fiche in table.records())


def test_it_keeps_the_contract_of_qt(table, qtmodeltester):
    qtmodeltester.check(table)
    table.sort(1)
    table.set_records(FICHES[:1])
    qtmodeltester.check(table)


def test_cells_say_what_their_columns_say(table):
    index = table.index(0, 0)
    assert index.data() == "b"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Fiche b"
    assert index.data(RECORD_ROLE) is FICHES[0]
    assert table.index(0, 2).data(SHARE_ROLE) == 0.5
    assert table.index(0, 2).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert table.index(0, 3).data(CHIP_ROLE) == "warn"
    assert table.index(1, 3).data(CHIP_ROLE) is None
    assert table.index(0, 0).data(SHARE_ROLE) is None
    assert table.index(0, 2).data(SORT_ROLE) == (False, 0.5)
    assert not table.flags(index) & Qt.ItemFlag.ItemIsEditable
    titles = [table.headerData(place, Qt.Orientation.Horizontal) for place in range(4)]
    assert titles == ["Numéro", "Jour", "Part", "État"]
    assert table.headerData(0, Qt.Orientation.Vertical) is None


def test_a_tooltip_never_obeys_what_a_record_holds():
    table = RecordTable([Column("Nom", str, tooltip=str)], ["<img src='//serveur/x'>"])
    shown = table.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert shown == "<qt>&lt;img src=&#x27;//serveur/x&#x27;&gt;</qt>"


def test_words_are_sorted_without_regard_to_capitals(table):
    table.sort(0)
    assert _numeros(table) == "Abc"
    table.sort(0, Qt.SortOrder.DescendingOrder)
    assert _numeros(table) == "cbA"


def test_what_is_missing_comes_last_both_ways(table):
    table.sort(1)
    assert _numeros(table) == "cbA"
    table.sort(1, Qt.SortOrder.DescendingOrder)
    assert _numeros(table) == "bcA"


def test_no_column_changes_nothing(table):
    table.sort(-1)
    assert _numeros(table) == "bAc"


def test_a_selected_row_follows_its_record(table):
    chosen = QPersistentModelIndex(table.index(0, 1))
    table.sort(2)
    assert table.record(chosen.row()) is FICHES[0]
    assert chosen.column() == 1


def test_a_record_is_found_by_its_value(table):
    assert table.row_of(FICHES[2]) == 2
    assert table.row_of(Fiche("z", None, 0)) == -1


@given(
    st.lists(
        st.builds(Fiche, st.text(max_size=3), st.one_of(st.none(), st.dates()), st.floats(0, 1), st.just("")),
        max_size=12,
    ),
    st.integers(0, 2),
    st.sampled_from(list(Qt.SortOrder)),
)
def test_sorting_loses_and_adds_nothing_and_keeps_the_order_of_equals(fiches, column, order):
    table = RecordTable(COLUMNS, fiches)
    table.sort(column, order)
    assert sorted(map(id, table.records())) == sorted(map(id, fiches))
    keys = [COLUMNS[column].key(fiche) for fiche in table.records()]
    filled = [key for key in keys if not key[0]]
    assert filled == sorted(filled, reverse=order == Qt.SortOrder.DescendingOrder)
    assert [key[0] for key in keys] == sorted(key[0] for key in keys)
    places = {id(fiche): place for place, fiche in enumerate(fiches)}
    for before, after in zip(table.records(), table.records()[1:], strict=False):
        if COLUMNS[column].key(before) == COLUMNS[column].key(after):
            assert places[id(before)] < places[id(after)]
