"""Whatever happens to unités, each year has one counting unité for each, and what was printed never moves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.unite import Unite, counting_unite
from iscg_desktop.domain.unites_arbre import (
    ancestors,
    below,
    closed,
    in_order,
    may_be_removed,
    moved,
    opened,
    renamed,
    reopened,
)
from iscg_desktop.errors import InvalidInput

YEARS = range(2024, 2034)


def _unite(unite_id: int, **values: object) -> Unite:
    given_values = {"nom": f"Unité {unite_id}", "force": "gendarmerie", "type": "brigade", **values}
    return Unite(unite_id, **given_values)  # type: ignore[arg-type]


COMPAGNIE = _unite(1, nom="Compagnie de Vallière")
AUBIN = _unite(2, nom="Brigade de Saint-Aubin", parent_id=1)
LANDES = _unite(3, nom="Brigade des Landes", parent_id=1)
THREE = {unite.id: unite for unite in (COMPAGNIE, AUBIN, LANDES)}


def _codes(error: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def test_a_unite_opened_in_the_year_counts_under_its_parent_until_1_january() -> None:
    new = opened(_unite(4, parent_id=1, ouverte_le=date(2026, 5, 1)), THREE, None)
    after = THREE | {4: new}
    assert counting_unite(4, 2026, after) == 1
    assert counting_unite(4, 2027, after) == 4
    elsewhere = after | {4: moved(4, 2, after)}
    assert counting_unite(4, 2026, elsewhere) == 1


def test_one_forgotten_in_printed_tables_becomes_a_category_on_the_next_1_january() -> None:
    new = opened(_unite(4, parent_id=1), THREE, 2026)
    assert [counting_unite(4, year, THREE | {4: new}) for year in (2025, 2026, 2027)] == [1, 1, 4]
    lone = opened(_unite(4), THREE, 2026)
    assert [counting_unite(4, year, THREE | {4: lone}) for year in (2025, 2026, 2027)] == [None, None, 4]


def test_a_merged_unite_counts_for_itself_until_the_year_ends_then_under_its_successor() -> None:
    (gone,) = closed(2, date(2026, 4, 30), 3, THREE, None)
    after = THREE | {2: gone}
    assert [counting_unite(2, year, after) for year in (2025, 2026, 2027)] == [2, 2, 3]
    (late,) = closed(2, date(2025, 4, 30), 3, THREE, 2026)
    assert [counting_unite(2, year, THREE | {2: late}) for year in (2025, 2026, 2027)] == [2, 2, 3]


def test_a_unite_that_was_under_another_keeps_its_year_even_when_the_other_comes_under_it() -> None:
    unites = THREE | {4: opened(_unite(4, parent_id=2, ouverte_le=date(2026, 5, 1)), THREE, None)}
    unites |= {4: moved(4, None, unites)}
    unites |= {2: moved(2, 4, unites)}
    unites |= {unite.id: unite for unite in closed(2, date(2025, 6, 30), None, unites, None)}
    assert [counting_unite(4, year, unites) for year in (2026, 2027)] == [2, 4]
    assert [counting_unite(2, year, unites) for year in (2026, 2027)] == [2, 4]


def test_what_lies_below_a_closed_unite_goes_to_its_successor_or_its_parent() -> None:
    changed = closed(1, date(2026, 4, 30), None, THREE, None)
    assert [(u.id, u.parent_id) for u in changed] == [(1, None), (2, None), (3, None)]
    four = THREE | {4: _unite(4, nom="Compagnie des Landes")}
    changed = closed(1, date(2026, 4, 30), 4, four, None)
    assert [(u.id, u.parent_id) for u in changed[1:]] == [(2, 4), (3, 4)]


def test_a_closing_by_mistake_is_taken_back_unless_it_was_counted_elsewhere() -> None:
    (gone,) = closed(2, date(2026, 4, 30), 3, THREE, None)
    after = THREE | {2: gone}
    assert reopened(2, after, 2026) == AUBIN
    with pytest.raises(InvalidInput) as refused:
        reopened(2, after, 2027)
    assert _codes(refused) == ["unite_comptee_ailleurs"]


def test_refusals() -> None:
    (gone,) = closed(2, date(2026, 4, 30), None, THREE, None)
    after = THREE | {2: gone}
    young = THREE | {4: _unite(4, ouverte_le=date(2026, 6, 1))}
    for call, code in (
        (lambda: opened(_unite(4, nom="  "), THREE, None), "unite_sans_nom"),
        (lambda: opened(_unite(4, nom="x" * 1000), THREE, None), "unite_nom_trop_long"),
        (lambda: opened(_unite(4, nom="brigade  de SAINT-AUBIN"), THREE, None), "unite_en_double"),
        (lambda: renamed(_unite(3, nom="Brigade de Saint-Aubin"), THREE), "unite_en_double"),
        (lambda: opened(_unite(4, parent_id=2), after, None), "unite_parent_ferme"),
        (lambda: closed(2, date(2026, 5, 1), None, after, None), "unite_deja_fermee"),
        (lambda: closed(4, date(2026, 5, 1), None, young, None), "unite_fermee_avant_ouverture"),
        (lambda: closed(3, date(2026, 5, 1), 2, after, None), "unite_successeur_ferme"),
        (lambda: closed(3, date(2026, 5, 1), 3, THREE, None), "unite_successeur_ferme"),
        (lambda: closed(1, date(2026, 5, 1), 2, THREE, None), "unite_successeur_dessous"),
        (lambda: closed(2, date(2026, 5, 1), 4, young, None), "unite_successeur_pas_encore"),
        (lambda: moved(2, 1, after), "unite_deja_fermee"),
        (lambda: moved(3, 2, after), "unite_parent_ferme"),
        (lambda: moved(1, 2, THREE), "unite_parent_dessous"),
        (lambda: moved(1, 1, THREE), "unite_parent_dessous"),
    ):
        with pytest.raises(InvalidInput) as refused:
            call()
        assert _codes(refused) == [code]


def test_the_tree_is_read_from_top_to_bottom_and_closed_ones_come_last() -> None:
    (gone,) = closed(2, date(2026, 4, 30), None, THREE, None)
    assert [(depth, u.id) for depth, u in in_order(THREE)] == [(0, 1), (1, 2), (1, 3)]
    assert [(depth, u.id) for depth, u in in_order(THREE | {2: gone})] == [(0, 1), (1, 3), (0, 2)]


def test_only_what_nothing_names_may_be_removed() -> None:
    assert may_be_removed(2, THREE, None)
    assert not may_be_removed(1, THREE, None)  # two lie below it
    assert not may_be_removed(2, THREE, 2026)  # it was printed
    new = opened(_unite(4, parent_id=1), THREE, 2026)
    assert may_be_removed(4, THREE | {4: new}, 2026)


@dataclass
class World:
    """Unités as they go through years, and what was counted when a quarter was arrêté."""

    unites: dict[int, Unite] = field(default_factory=dict)
    today: date = date(2025, 2, 1)
    printed: int | None = None
    frozen: dict[tuple[int, int], int | None] = field(default_factory=dict)
    categories: dict[int, set[int | None]] = field(default_factory=dict)

    def print(self) -> None:
        """Arrêter a quarter of this year: all it counts is frozen, and that of the years before."""
        self.printed = max(self.printed or 0, self.today.year)
        for year in range(2024, self.printed + 1):
            counted = {u: counting_unite(u, year, self.unites) for u in self.unites}
            self.categories.setdefault(year, set(counted.values()))
            for unite_id, under in counted.items():
                self.frozen.setdefault((unite_id, year), under)

    def check(self) -> None:
        """One counting unité a year for each, which counts for itself; no cycle; nothing printed moved."""
        for unite_id in self.unites:
            assert unite_id not in ancestors(unite_id, self.unites)
            for year in YEARS:
                under = counting_unite(unite_id, year, self.unites)
                assert under is None or counting_unite(under, year, self.unites) == under
        for (unite_id, year), under in self.frozen.items():
            if unite_id in self.unites:
                assert counting_unite(unite_id, year, self.unites) == under
        for year, known in self.categories.items():
            now = {counting_unite(u, year, self.unites) for u in self.unites} - {None}
            assert now == known - {None}
        for unite in self.unites.values():
            if unite.fermee_le is None and unite.parent_id is not None:
                assert self.unites[unite.parent_id].fermee_le is None
        assert sorted(u.id for _, u in in_order(self.unites)) == sorted(self.unites)


@given(st.data())
def test_whatever_happens_each_year_counts_once_and_what_was_printed_stays(data: st.DataObject) -> None:
    world = World()
    days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
    for step in range(data.draw(st.integers(1, 14))):
        ids = st.sampled_from(sorted(world.unites)) if world.unites else st.none()
        maybe = st.one_of(st.none(), ids)
        kind = data.draw(st.sampled_from(("open", "close", "move", "reopen", "remove", "print", "wait")))
        try:
            if kind == "open" or not world.unites:
                day = data.draw(st.one_of(st.none(), days))
                new = _unite(step + 1, parent_id=data.draw(maybe), ouverte_le=day)
                world.unites[new.id] = opened(new, world.unites, world.printed)
            elif kind == "close":
                changed = closed(
                    data.draw(ids), data.draw(days), data.draw(maybe), world.unites, world.printed
                )
                world.unites |= {unite.id: unite for unite in changed}
            elif kind == "move":
                unite = moved(data.draw(ids), data.draw(maybe), world.unites)
                world.unites[unite.id] = unite
            elif kind == "reopen":
                unite = reopened(data.draw(ids), world.unites, world.printed)
                world.unites[unite.id] = unite
            elif kind == "remove":
                unite_id = data.draw(ids)
                if may_be_removed(unite_id, world.unites, world.printed):
                    del world.unites[unite_id]
            elif kind == "print":
                world.print()
            else:
                world.today = date(world.today.year + 1, 2, 1)
        except InvalidInput:
            continue
        world.check()


def test_below_counts_only_the_open_ones() -> None:
    (gone,) = closed(2, date(2026, 4, 30), None, THREE, None)
    assert [u.id for u in below(1, THREE | {2: gone})] == [3]
