"""Two lines of one person are made one by hand, and two again; no figure moves."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscg_desktop.domain.entretien import PersonneDraft
from iscg_desktop.domain.personne import CHAMPS, Choix, Identite
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.messages.personnes import SENTENCES
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.services.population import identite
from tests.vie import draft, victime

PEOPLE = (
    "Le Goff||Maëlle||1980-05-02|06 11 22 33 44", "Legoff||Maelle||1980", "Traoré||Awa||1991", "Traore||Awa||1991",
    "Nguyen||Thi Lan||1970",
)  # fmt: skip


def record(
    services: Services, *people: tuple[int | None, str], dossier: int | None = None, **changes: Any
) -> Any:
    """An entretien with persons, each known or new, and her name as it is written."""
    lines = tuple(
        replace(victime(), personne_id=known, identite=identite(written), statut_confirme=True)
        for known, written in people
    )
    saisine = {"saisine": None} if dossier is not None else {}
    return services.entretiens.record(draft(personnes=lines, dossier_id=dossier, **saisine, **changes))


def tables(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """All that the coffre holds, but the journal, the counters of rows and the seal, which tells each transaction."""
    session.indexation.now()  # as the window does in the turn after a save
    names = [
        row["name"]
        for row in session.vault.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not re.match("journal|sqlite_|recherche_", row["name"])
    ]
    return {
        name: sorted(
            (tuple(r) for r in session.vault.execute(f"SELECT * FROM {name}") if r[0] != "sceau"), key=repr
        )
        for name in names
    }


def figures(session: Session) -> list[tuple[Any, ...]]:
    """Every countable row, without whom it is about."""
    found = []
    for table in ("accueils", "orientations", "entretiens", "saisines", "fiches", "suites", "dossiers"):
        rows = session.vault.execute(f"SELECT trimestre_bilan, count(*) AS n FROM {table} GROUP BY 1")
        found += [(table, row["trimestre_bilan"], row["n"]) for row in rows]
    return sorted(found, key=repr)


def two_lines(services: Services) -> tuple[int, int]:
    """One person under two names, in two dossiers."""
    (one,) = record(services, (None, PEOPLE[0])).personne_ids
    (other,) = record(services, (None, PEOPLE[1])).personne_ids
    return one, other


CHOICES: st.SearchStrategy[Choix] = st.sampled_from(["gardee", "absorbee"])


# Every table that names a person is one of these; a new one must be given its way of following a merge.
KNOWN = {
    "personnes", "personne_termes", "personnes_distinctes", "fusions", "liens", "dossier_personnes",
    "entretien_personnes", "accueils", "orientations", "fiches", "documents_etablis", "rendez_vous",
    "demandes_droits",
}  # fmt: skip


def test_every_table_that_names_a_person_is_thought_of(world: tuple[Services, Session]) -> None:
    _, session = world
    naming = {
        row["name"]
        for row in session.vault.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if any(
            key["table"] == "personnes"
            for key in session.vault.execute(f"PRAGMA foreign_key_list({row['name']})")
        )
    }
    assert naming == KNOWN


def test_one_line_of_two_and_two_again(world: tuple[Services, Session]) -> None:
    services, session = world
    one, other = two_lines(services)
    before, counted = tables(session), figures(session)
    fusion_id, changed = services.fusions.merge(one, other, {"nom_usage": "absorbee"})
    assert "personnes" in changed.kinds
    carte = services.personnes.reread(other)
    assert carte.personne.id == one
    assert carte.personne.identite.nom_usage == "Legoff"
    assert carte.personne.identite.telephone == "06 11 22 33 44"
    assert len(carte.dossiers) == 2
    assert figures(session) == counted
    assert [each.personne.id for each in services.personnes.search("le goff maelle")] == [one]
    assert len(services.dossiers.find("legoff maelle")) == 2
    services.fusions.undo(fusion_id)
    assert tables(session) == before


def test_who_was_met_still_counts_and_never_twice(world: tuple[Services, Session]) -> None:
    services, session = world
    one, other = two_lines(services)
    dossier = services.personnes.reread(other).dossiers[0].id
    services.fusions.merge(one, other)
    (concerned,) = services.dossiers.reread(dossier).personnes
    assert (concerned.personne.id, concerned.accueillie) == (one, True)
    counted = session.vault.execute("SELECT count(*) FROM accueils").scalar()
    record(services, (one, PEOPLE[0]), dossier=dossier)
    assert session.vault.execute("SELECT count(*) FROM accueils").scalar() == counted


def test_a_draft_that_named_her_goes_to_the_line_that_holds_her(world: tuple[Services, Session]) -> None:
    services, _ = world
    one, other = two_lines(services)
    dossier = services.personnes.reread(other).dossiers[0].id
    services.fusions.merge(one, other)
    assert record(services, (other, PEOPLE[1]), dossier=dossier).personne_ids == (one,)
    assert services.personnes.reread(one).personne.identite.telephone == "06 11 22 33 44"


def test_two_of_one_home_are_made_one_only_once_she_was_asked_twice(
    world: tuple[Services, Session],
) -> None:
    services, session = world
    she = "Kermadec||Maryvonne||1980-03-12|06 11 22 33 44|f|4 rue des Lilas"
    he = "Kermadec||Yannick||1978-06-05|06 11 22 33 44|h|4 rue des Lilas"
    (one,), (other,) = (record(services, (None, each)).personne_ids for each in (she, he))
    assert services.fusions.look([(one, other)]) == ()
    before = tables(session)
    with pytest.raises(UserError, match="fusion_meme_foyer"):
        services.fusions.merge(one, other)
    assert tables(session) == before
    services.fusions.merge(one, other, confirmed=True)


@pytest.mark.parametrize("orientations", [True, False])
def test_two_who_count_in_one_dossier_are_not_merged(
    world: tuple[Services, Session], orientations: bool
) -> None:
    services, _ = world
    without = {} if orientations else {"orientations": ()}
    first = record(services, (None, PEOPLE[0]), **without)
    (other,) = record(services, (None, PEOPLE[1]), dossier=first.dossier_id, **without).personne_ids
    with pytest.raises(UserError) as refused:
        services.fusions.merge(first.personne_ids[0], other)
    assert refused.value.code == "fusion_deux_accueils"


@pytest.mark.parametrize("code", ["fusion_deux_accueils", "fusion_meme_entretien"])
def test_a_refused_reunion_does_not_break_a_word_at_its_hyphen(code: str) -> None:
    assert "laissez\N{NON-BREAKING HYPHEN}les" in SENTENCES[code]


def test_two_who_are_in_one_entretien_are_not_merged(world: tuple[Services, Session]) -> None:
    services, _ = world
    one, other = record(services, (None, PEOPLE[0]), (None, PEOPLE[1])).personne_ids
    with pytest.raises(UserError) as refused:
        services.fusions.merge(one, other)
    assert refused.value.code == "fusion_meme_entretien"


def test_a_victime_and_a_mis_en_cause_are_asked_twice(world: tuple[Services, Session]) -> None:
    services, session = world
    first = record(services, (None, PEOPLE[0]))
    one = first.personne_ids[0]
    lui = replace(victime(), identite=identite(PEOPLE[1]), presente=False)
    lui = replace(lui, profil=replace(lui.profil, statut="mis_en_cause"))
    elle = replace(victime(), identite=identite(PEOPLE[2]))
    recorded = services.entretiens.record(
        draft(personnes=(elle, lui), dossier_id=first.dossier_id, saisine=None)
    )
    other = recorded.personne_ids[1]
    assert services.fusions.preview(one, other).opposes == (first.numero,)
    before = tables(session)
    with pytest.raises(UserError) as asked:
        services.fusions.merge(one, other)
    assert (asked.value.code, asked.value.values) == ("fusion_a_confirmer", {"numero": first.numero})
    assert tables(session) == before
    fusion_id, _ = services.fusions.merge(one, other, confirmed=True)
    services.fusions.undo(fusion_id)
    assert tables(session) == before


@pytest.mark.parametrize("case", ["herself", "gone", "gone_again"])
def test_nonsense_is_refused_in_words(world: tuple[Services, Session], case: str) -> None:
    services, session = world
    one, other = two_lines(services)
    (third,) = record(services, (None, PEOPLE[2])).personne_ids
    services.fusions.merge(one, other)
    before = tables(session)
    pair, code = {
        "herself": ((one, one), "fusion_avec_soi"),
        "gone": ((other, third), "fusion_deja_faite"),
        "gone_again": ((third, other), "fusion_deja_faite"),
    }[case]
    with pytest.raises(UserError) as refused:
        services.fusions.merge(*pair)
    assert refused.value.code == code
    assert tables(session) == before


def test_only_the_last_merge_is_undone(world: tuple[Services, Session]) -> None:
    services, session = world
    one, other = two_lines(services)
    (third,) = record(services, (None, PEOPLE[2])).personne_ids
    before = tables(session)
    first, _ = services.fusions.merge(one, other)
    between = tables(session)
    second, _ = services.fusions.merge(third, one)
    assert services.personnes.reread(other).personne.id == third
    with pytest.raises(UserError) as refused:
        services.fusions.undo(first)
    assert refused.value.code == "fusion_imbriquee"
    services.fusions.undo(second)
    assert tables(session) == between
    assert services.personnes.reread(other).personne.id == one, "the merge of before stands as it was"
    services.fusions.undo(first)
    assert tables(session) == before
    with pytest.raises(UserError) as gone:
        services.fusions.undo(first)
    assert gone.value.code == "fusion_introuvable"


def test_what_was_changed_since_stays_when_a_merge_is_undone(world: tuple[Services, Session]) -> None:
    services, _ = world
    one, other = two_lines(services)
    dossier = services.personnes.reread(other).dossiers[0].id
    fusion_id, _ = services.fusions.merge(one, other, {"nom_usage": "absorbee", "prenom": "absorbee"})
    now = services.personnes.reread(one).personne.identite
    services.personnes.amend(one, replace(now, nom_usage="Kerdoncuff"))
    record(services, (one, "Kerdoncuff||Maëlle"), dossier=dossier)
    services.fusions.undo(fusion_id)
    hers = services.personnes.reread(one)
    assert (hers.personne.identite.nom_usage, hers.personne.identite.prenom) == ("Kerdoncuff", "Maëlle")
    assert {line.id for line in hers.dossiers} > {dossier}
    assert [line.id for line in services.personnes.reread(other).dossiers] == [dossier]


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_whatever_two_lines_hold_undoing_gives_it_back(
    shared: tuple[Services, Session], data: st.DataObject
) -> None:
    services, session = shared
    people: list[int] = []
    dossiers: list[int] = []
    for written in PEOPLE:
        where = data.draw(st.sampled_from([None, *dossiers]))
        made = record(services, (None, written), dossier=where, orientations=())
        people.append(made.personne_ids[0])
        dossiers.append(made.dossier_id)
    liens = ["conjoint", "parent", "enfant", "voisin"]
    for one, other, lien in data.draw(
        st.lists(
            st.tuples(st.sampled_from(people), st.sampled_from(people), st.sampled_from(liens)), max_size=5
        )
    ):
        if one != other:
            services.personnes.link(one, other, lien)
    for _ in range(data.draw(st.integers(1, 3))):
        keep, gone = data.draw(st.sampled_from(people)), data.draw(st.sampled_from(people))
        choices = data.draw(st.dictionaries(st.sampled_from(CHAMPS), CHOICES))
        before, counted = tables(session), figures(session)
        try:
            fusion_id, _ = services.fusions.merge(keep, gone, choices, confirmed=True)
        except UserError:
            assert tables(session) == before
            continue
        assert figures(session) == counted
        again = tables(session)
        services.fusions.undo(fusion_id)
        assert tables(session) == before
        services.fusions.merge(keep, gone, choices, confirmed=True)
        assert {name: rows for name, rows in tables(session).items() if name != "fusions"} == {
            name: rows for name, rows in again.items() if name != "fusions"
        }


def test_likely_doublons_are_listed_until_they_are_said_apart(world: tuple[Services, Session]) -> None:
    services, _ = world
    one, other = two_lines(services)
    record(services, (None, PEOPLE[4]))
    (pair,) = services.fusions.look(services.fusions.pairs())
    assert {pair.une.id, pair.autre.id} == {one, other}
    assert pair.comparaison.verdict == "probable"
    services.fusions.say_apart(other, one)
    assert services.fusions.look(services.fusions.pairs()) == ()
    services.fusions.say_nothing(one, other)
    assert len(services.fusions.look(services.fusions.pairs())) == 1


def test_a_slip_in_a_name_is_a_doublon_to_review_until_said_apart(world: tuple[Services, Session]) -> None:
    services, _ = world
    one = record(services, (None, "Kerdoncuff||Maëlle")).personne_ids[0]
    other = record(services, (None, "Kordoncuff||Maëlle||1980")).personne_ids[0]
    record(services, (None, "Traoré||Awa||1991"))
    assert services.fusions.pairs() == ()
    assert services.fusions.slips()() == ((one, other),)
    (pair,) = services.fusions.look(services.fusions.slips()())
    assert pair.comparaison.verdict == "possible"
    services.personnes.link(other, one, "fratrie")
    assert services.fusions.slips()() == ()
    services.personnes.unlink(other, one)
    services.fusions.say_apart(other, one)
    assert services.fusions.slips()() == ()


def test_one_home_is_no_doublon_to_review(world: tuple[Services, Session]) -> None:
    services, _ = world
    record(services, (None, "Morvan||Viviane||1980-05-02|06 10 20 30 40|f"))
    record(services, (None, "Morvan||Stéphane||1978-01-12|06 10 20 30 40|h"))
    assert services.fusions.look(services.fusions.pairs()) == ()


# --- links and identity ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lien", "back"), [("parent", "enfant"), ("enfant", "parent"), ("conjoint", "conjoint")]
)
def test_a_link_reads_from_both_sides(world: tuple[Services, Session], lien: str, back: str) -> None:
    services, _ = world
    one, other = two_lines(services)
    services.personnes.link(one, other, lien)
    assert [(each.personne.id, each.lien) for each in services.personnes.reread(one).liens] == [(other, lien)]
    assert [(each.personne.id, each.lien) for each in services.personnes.reread(other).liens] == [(one, back)]
    services.personnes.link(other, one, "voisin")
    assert [each.lien for each in services.personnes.reread(one).liens] == ["voisin"]
    services.personnes.unlink(one, other)
    assert services.personnes.reread(other).liens == ()


@pytest.mark.parametrize(
    ("autre", "lien", "codes"),
    [("self", "voisin", ["lien_avec_soi"]), (None, None, ["lien_sans_personne", "lien_sans_lien"]),
     ("other", "cousine", ["lien_sans_lien"])],
)  # fmt: skip
def test_a_link_that_says_nothing_is_refused(
    world: tuple[Services, Session], autre: str | None, lien: str | None, codes: list[str]
) -> None:
    services, _ = world
    one, other = two_lines(services)
    with pytest.raises(InvalidInput) as refused:
        services.personnes.link(one, {"self": one, "other": other, None: None}[autre], lien)
    assert [problem.code for problem in refused.value.problems] == codes


def test_an_identity_is_amended_and_found_under_its_new_name(world: tuple[Services, Session]) -> None:
    services, session = world
    one, _ = two_lines(services)
    facts = session.vault.execute("SELECT * FROM profils ORDER BY id").rows
    services.personnes.amend(one, Identite(nom_usage="Quiniou", prenom="Maëlle", sexe="femme"))
    assert [line.noms for line in services.dossiers.find("kiniou")] == ["QUINIOU Maëlle"]
    assert [tuple(r) for r in session.vault.execute("SELECT * FROM profils ORDER BY id")] == [
        tuple(r) for r in facts
    ]
    with pytest.raises(InvalidInput) as refused:
        services.personnes.amend(one, Identite(commune="00000"))
    assert [problem.code for problem in refused.value.problems] == ["commune_inconnue"]


def test_victime_then_mis_en_cause_is_asked_twice(world: tuple[Services, Session]) -> None:
    services, session = world
    first = record(services, (None, PEOPLE[0]))
    line = replace(victime(), personne_id=first.personne_ids[0])
    lui = replace(line, profil=replace(line.profil, statut="mis_en_cause"))
    asked = draft(personnes=(lui,), dossier_id=first.dossier_id, saisine=None, orientations=())
    before = tables(session)
    with pytest.raises(InvalidInput) as refused:
        services.entretiens.record(asked)
    assert [(p.field, p.code) for p in refused.value.problems] == [("personnes.0.statut", "statut_oppose")]
    assert tables(session) == before
    sure: PersonneDraft = replace(lui, statut_confirme=True)
    assert services.entretiens.record(replace(asked, personnes=(sure,))).dossier_id == first.dossier_id
