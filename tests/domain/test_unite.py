"""Unités change category only on 1 January."""

from __future__ import annotations

from datetime import date

from iscg_desktop.domain.unite import Unite, counting_unite

OLD = Unite(1, "Brigade de Saint-Aubin", "gendarmerie", "brigade")
NEW = Unite(2, "Brigade nouvelle", "gendarmerie", "brigade", ouverte_le=date(2026, 5, 1), compte_sous_id=1)
CHILD = Unite(3, "Antenne", "gendarmerie", "brigade", ouverte_le=date(2026, 6, 1), compte_sous_id=2)
LONE = Unite(4, "Commissariat neuf", "police", "commissariat", ouverte_le=date(2026, 2, 1))
UNITES = {unite.id: unite for unite in (OLD, NEW, CHILD, LONE)}


def test_a_unite_opened_during_the_year_counts_under_its_parent_of_1_january() -> None:
    assert counting_unite(2, 2026, UNITES) == 1
    assert counting_unite(3, 2026, UNITES) == 1


def test_from_the_next_1_january_it_counts_for_itself() -> None:
    assert counting_unite(2, 2027, UNITES) == 2
    assert counting_unite(3, 2027, UNITES) == 3


def test_one_without_a_parent_counts_for_itself() -> None:
    assert counting_unite(4, 2026, UNITES) == 4


def test_a_loop_ends() -> None:
    loop = {
        1: Unite(1, "A", "gendarmerie", "brigade", ouverte_le=date(2026, 2, 1), compte_sous_id=2),
        2: Unite(2, "B", "gendarmerie", "brigade", ouverte_le=date(2026, 2, 1), compte_sous_id=1),
    }
    assert counting_unite(1, 2026, loop) == 1


def test_open_and_closed() -> None:
    closed = Unite(5, "Fermée", "gendarmerie", "brigade", fermee_le=date(2026, 1, 31))
    assert closed.is_open(date(2026, 1, 31))
    assert not closed.is_open(date(2026, 2, 1))
    assert not NEW.is_open(date(2026, 4, 30))
