"""What a merge leaves where it was, and what its undoing gives back, merges of merges too."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.services.test_fusions import PEOPLE, figures, record, tables, two_lines


def told_of_nobody(session: Session, dossier_id: int) -> None:
    """A dossier of which nothing is left but who stands in it."""
    for statement in (
        "DELETE FROM orientations WHERE dossier_id = ?",
        "DELETE FROM accueils WHERE dossier_id = ?",
        "DELETE FROM entretien_personnes WHERE entretien_id IN (SELECT id FROM entretiens WHERE dossier_id = ?)",
    ):
        session.vault.execute(statement, (dossier_id,))


def test_what_was_counted_or_issued_stays_under_its_line(world: tuple[Services, Session]) -> None:
    """An accueil, a fiche: what was printed and counted of her then stays true."""
    services, session = world
    one, other = two_lines(services)

    def held() -> list[tuple[Any, ...]]:
        return [
            tuple(row) for row in session.vault.execute("SELECT id, personne_id FROM accueils ORDER BY id")
        ]

    before = held()
    assert {person for _, person in before} == {one, other}
    fusion_id, _ = services.fusions.merge(one, other)
    assert held() == before
    services.fusions.undo(fusion_id)
    assert held() == before


def test_an_estimated_age_comes_with_the_day_it_was_noted(world: tuple[Services, Session]) -> None:
    services, session = world
    one = record(services, (None, "Le Goff||Maëlle")).personne_ids[0]
    other = record(services, (None, "Legoff||Maelle||~36")).personne_ids[0]
    noted = services.personnes.reread(other).personne.identite.age_estime_le
    before = tables(session)
    fusion_id, _ = services.fusions.merge(one, other)
    found = services.personnes.reread(one).personne.identite
    assert found.naissance is not None
    assert (found.naissance.age_estime, found.age_estime_le) == (36, noted)
    assert noted is not None
    services.fusions.undo(fusion_id)
    assert tables(session) == before


def test_who_stood_in_the_dossier_of_the_other_stands_there_again(world: tuple[Services, Session]) -> None:
    """Neither is told of in it any more: the one leaves it no more than the other comes into hers."""
    services, session = world
    first = record(services, (None, PEOPLE[0]), orientations=())
    one, common = first.personne_ids[0], first.dossier_id
    other = record(services, (None, PEOPLE[1]), dossier=None, orientations=()).personne_ids[0]
    with session.transaction() as tx:
        tx.personnes.join(common, other, "victime")
        tx.dossiers.index(common)
        tx.commit()
    told_of_nobody(session, common)
    before = tables(session)
    fusion_id, _ = services.fusions.merge(one, other, confirmed=True)
    assert [each.personne.id for each in services.dossiers.reread(common).personnes] == [one]
    services.fusions.undo(fusion_id)
    assert tables(session) == before


def test_her_statut_comes_back_though_it_was_changed_under_the_other_line(
    world: tuple[Services, Session],
) -> None:
    services, session = world
    one, other = two_lines(services)
    (line,) = services.personnes.reread(other).dossiers
    fusion_id, _ = services.fusions.merge(one, other)
    with session.transaction() as tx:
        tx.personnes.join(line.id, one, "mis_en_cause")
        tx.commit()
    told_of_nobody(session, line.id)
    services.fusions.undo(fusion_id)
    (stands,) = services.dossiers.reread(line.id).personnes
    assert (stands.personne.id, stands.statut) == (other, "victime")


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_whatever_merges_follow_each_other_each_is_taken_back_to_the_state_before_it(
    shared: tuple[Services, Session], data: st.DataObject
) -> None:
    """Merges of merges, undone from the last: a line that went with another comes back to that one."""
    services, session = shared
    people = [record(services, (None, written), orientations=()).personne_ids[0] for written in PEOPLE]
    made: list[tuple[int, dict[str, list[tuple[Any, ...]]], dict[int, int]]] = []

    def held() -> dict[int, int]:
        return {each: services.personnes.reread(each).personne.id for each in people}

    for _ in range(data.draw(st.integers(2, 4))):
        standing = sorted(set(held().values()))
        keep, gone = data.draw(st.permutations(standing))[:2]
        before, where = tables(session), held()
        fusion_id, _ = services.fusions.merge(keep, gone, confirmed=True)
        made.append((fusion_id, before, where))
        assert {held()[each] for each in people if where[each] == gone} == {keep}
    for fusion_id, before, where in reversed(made):
        services.fusions.undo(fusion_id)
        assert tables(session) == before
        assert held() == where


def test_a_merge_is_undone_though_an_entretien_was_amended_since(world: tuple[Services, Session]) -> None:
    services, session = world
    keep, gone = two_lines(services)
    before = figures(session)
    (theirs,) = (
        row["id"]
        for row in session.vault.execute(
            "SELECT e.id FROM entretiens AS e JOIN entretien_personnes AS p ON p.entretien_id = e.id"
            " WHERE p.personne_id = ?",
            (gone,),
        )
    )
    fusion_id, _ = services.fusions.merge(keep, gone)
    again = services.entretiens.draft_of(theirs)
    assert [line.personne_id for line in again.personnes] == [keep]
    services.entretiens.amend(theirs, replace(again, notes_de_travail="relu depuis"))
    services.fusions.undo(fusion_id)
    assert figures(session) == before
    assert services.entretiens.draft_of(theirs).notes_de_travail == "relu depuis"
    lines = {line.personne_id for line in services.entretiens.draft_of(theirs).personnes}
    assert lines == {keep}, "what was changed since stays with the line that was kept"
    dossier = services.dossiers.reread(services.entretiens.get(theirs).dossier_id)
    assert lines <= {each.personne.id for each in dossier.personnes}
    assert not session.vault.execute("PRAGMA foreign_key_check").rows
    names = {each.id: each.identite.nom for each in session.read.personnes.some({keep, gone}).values()}
    assert len(names) == 2
    merged, _ = services.fusions.merge(keep, gone, confirmed=True)
    services.fusions.undo(merged)
    assert figures(session) == before
