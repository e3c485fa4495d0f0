"""Correcting a recorded entretien: what it said before is kept, what was arrêté does not move."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iscg_desktop.domain.entretien import Entretien, EntretienDraft, PersonneDraft
from iscg_desktop.domain.entretien_versions import differences
from iscg_desktop.domain.orientation import OrientationDraft, SuiteDraft
from iscg_desktop.domain.personne import Identite, Profil
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.vie import TODAY, TestClock, draft, open_services, victime

Q1 = date(2026, 3, 10)
CHILD = PersonneDraft(None, Identite(prenom="Léo"), presente=False)


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path)
    yield services, session
    session.vault.close()


def content(entretien: Entretien) -> Entretien:
    """What it says, without when it was corrected nor where it counts."""
    return replace(entretien, modifie_le=None, trimestre=None)


def close_quarter(session: Session, code: str) -> None:
    """Arrête a quarter, as the bilan would."""
    session.vault.execute(
        "INSERT INTO bilans (code, type, debut, fin, arrete_le, menu, seuil, rang)"
        " VALUES (?, 'trimestre', '2026-01-01', '2026-04-01', '2026-04-02', 1, 5,"
        " (SELECT count(*) + 1 FROM bilans))",
        (code,),
    )


def counted(session: Session, *quarters: str) -> list[tuple[str, tuple[tuple[str, object], ...]]]:
    """Every countable row of some quarters, to be compared.

    Durations and places may be corrected at any time: a quarter arrêté keeps its own counts of them.
    """
    lignes = session.read.statistics.lignes(quarters or ("2026-T1", "2026-T2", "2026-T3", "2026-T4"))
    kept = (
        (ligne.univers, {k: v for k, v in ligne.valeurs.items() if k not in ("duree", "lieu")})
        for ligne in lignes
    )
    return sorted((univers, tuple(sorted(valeurs.items()))) for univers, valeurs in kept)


def test_a_correction_keeps_what_was_said_before(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft())
    before = services.entretiens.get(recorded.entretien_id)
    changed = replace(
        services.entretiens.draft_of(recorded.entretien_id), duree=60, notes_de_travail="Rappeler mardi."
    )
    services.entretiens.amend(recorded.entretien_id, changed)
    after = services.entretiens.get(recorded.entretien_id)
    assert (after.duree, after.notes_de_travail) == (60, "Rappeler mardi.")
    assert after.modifie_le is not None
    (version,) = services.entretiens.versions(recorded.entretien_id)
    assert version.entretien == content(before)
    assert [(d.champ, d.avant, d.apres) for d in differences(before, after)] == [
        ("duree", 45, 60),
        ("notes_de_travail", "Rappeler jeudi.", "Rappeler mardi."),
    ]
    assert [line.id for line in services.dossiers.find("mardi")] == [recorded.dossier_id]
    assert services.dossiers.find("jeudi") == (), "the search follows"
    entry = session.read.journal.entries(limit=1)[0]
    assert (entry.action, entry.objet) == ("modification", "entretien")


def test_a_correction_that_changes_nothing_leaves_no_version(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft())
    before = counted(session)
    services.entretiens.amend(recorded.entretien_id, services.entretiens.draft_of(recorded.entretien_id))
    assert services.entretiens.versions(recorded.entretien_id) == ()
    assert services.entretiens.get(recorded.entretien_id).modifie_le is None
    assert counted(session) == before


def test_what_counts_follows_the_correction(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft(personnes=(victime(), CHILD), orientations=()))
    whole = services.entretiens.draft_of(recorded.entretien_id)
    woman, boy = whole.personnes
    services.entretiens.amend(
        recorded.entretien_id,
        replace(
            whole,
            date=date(2026, 9, 30),
            problematique_principale="harcelement",
            personnes=(
                replace(woman, profil=replace(woman.profil, csp="cadres")),
                replace(boy, accueillie=True),
            ),
        ),
    )
    rows = [values for univers, values in counted(session, "2026-T3") if univers == "accueils"]
    assert sorted(dict(values)["csp"] for values in rows) == ["cadres", "non_renseigne"]  # type: ignore[type-var]
    assert {dict(values)["problematique"] for values in rows} == {("difficultes_financieres", "harcelement")}
    assert [row for row in counted(session, "2026-T4") if row[0] != "saisines"] == []
    row = session.vault.execute("SELECT trimestre_bilan, problematique_principale FROM dossiers").one()
    assert (row[0], row[1]) == ("2026-T3", "harcelement")
    services.entretiens.amend(recorded.entretien_id, replace(whole, personnes=(woman,)))
    assert len([u for u, _ in counted(session, "2026-T4") if u == "accueils"]) == 1, "the child goes"


def test_an_accueil_another_entretien_supports_stays(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    first = services.entretiens.record(draft(orientations=()))
    again = replace(victime(), personne_id=first.personne_ids[0])
    services.entretiens.record(
        draft(
            dossier_id=first.dossier_id,
            personnes=(again,),
            saisine=None,
            orientations=(),
            problematique_principale="harcelement",
        )
    )
    whole = services.entretiens.draft_of(first.entretien_id)
    services.entretiens.amend(first.entretien_id, replace(whole, issue="absent"))
    (accueil,) = [dict(values) for univers, values in counted(session) if univers == "accueils"]
    assert "harcelement" in accueil["problematique"]  # type: ignore[operator]
    assert session.vault.execute("SELECT problematique_principale FROM dossiers").scalar() == "harcelement"


def test_an_accueil_made_elsewhere_does_not_move(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    first = services.entretiens.record(draft(orientations=()))
    again = replace(victime(), personne_id=first.personne_ids[0])
    second = services.entretiens.record(
        draft(dossier_id=first.dossier_id, personnes=(again,), saisine=None, orientations=())
    )
    before = [row for row in counted(session) if row[0] in ("accueils", "dossiers")]
    whole = services.entretiens.draft_of(second.entretien_id)
    services.entretiens.amend(second.entretien_id, replace(whole, problematique_principale="fugue"))
    assert [row for row in counted(session) if row[0] in ("accueils", "dossiers")] == before


def test_a_correction_adds_corrects_and_withdraws_orientations_and_keeps_what_was_said(
    coffre: tuple[Services, Session],
) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft())
    (first,) = recorded.orientation_ids
    said = services.entretiens.get(recorded.entretien_id)
    whole = services.entretiens.draft_of(recorded.entretien_id)
    (made,) = whole.orientations
    assert made == OrientationDraft(
        0, "service_social_secteur", 1, "oui", "Évaluation de la situation", first
    )
    both = replace(
        whole, orientations=(replace(made, motif="Ouverture des droits"), OrientationDraft(0, "cidff"))
    )
    more = services.entretiens.amend(recorded.entretien_id, both)
    assert more.orientation_ids[0] == first
    kinds = {each.id: (each.type, each.motif) for each in services.dossiers.orientations(recorded.dossier_id)}
    assert kinds == {
        first: ("service_social_secteur", "Ouverture des droits"),
        more.orientation_ids[1]: ("cidff", ""),
    }
    now = services.entretiens.get(recorded.entretien_id)
    assert [(d.champ, d.avant, d.apres) for d in differences(said, now)] == [
        ("orientation_motif", "Évaluation de la situation", "Ouverture des droits"),
        ("orientation_ajoutee", None, now.orientations[1]),
    ]
    again = services.entretiens.draft_of(recorded.entretien_id)
    services.entretiens.amend(recorded.entretien_id, replace(again, orientations=again.orientations[1:]))
    assert [each.type for each in services.dossiers.orientations(recorded.dossier_id)] == ["cidff"]
    rows = session.read.statistics.lignes(("2026-T4",))
    assert [r.valeurs["type"] for r in rows if r.univers == "orientations"] == ["cidff"]
    assert "premieres" not in {r.univers for r in rows}
    versions = services.entretiens.versions(recorded.entretien_id)
    assert [version.entretien for version in versions] == [content(said), content(now)]


def test_an_orientation_follows_the_day_of_its_entretien(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    recorded = services.entretiens.record(draft())
    whole = services.entretiens.draft_of(recorded.entretien_id)
    services.entretiens.amend(recorded.entretien_id, replace(whole, date=date(2026, 9, 30)))
    made = services.orientations.get(recorded.orientation_ids[0])
    assert (made.date, made.trimestre) == (date(2026, 9, 30), "2026-T3")
    services.orientations.add_suite(made.id, SuiteDraft("en_attente", date(2026, 10, 2)))
    whole = services.entretiens.draft_of(recorded.entretien_id)
    with pytest.raises(InvalidInput) as refused:
        services.entretiens.amend(recorded.entretien_id, replace(whole, date=date(2026, 10, 3)))
    assert [(p.field, p.code) for p in refused.value.problems] == [("date", "entretien_apres_suite")]


def test_an_orientation_with_a_suite_or_a_fiche_is_not_withdrawn(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    recorded = services.entretiens.record(draft())
    (first,) = recorded.orientation_ids
    assert services.entretiens.fixed_of(recorded.entretien_id)[first].removable
    services.orientations.add_suite(first, SuiteDraft("en_attente", TODAY))
    whole = services.entretiens.draft_of(recorded.entretien_id)
    with pytest.raises(UserError, match="orientation_ne_part_plus"):
        services.entretiens.amend(recorded.entretien_id, replace(whole, orientations=()))
    (made,) = whole.orientations
    services.entretiens.amend(
        recorded.entretien_id, replace(whole, orientations=(replace(made, motif="Mieux"),))
    )
    assert services.orientations.get(first).motif == "Mieux"
    ghost = replace(whole, orientations=(replace(made, id=first + 100), made))
    with pytest.raises(UserError, match="orientation_disparue"):
        services.entretiens.amend(recorded.entretien_id, ghost)


def test_of_an_orientation_that_a_bilan_counts_only_the_accord_changes(
    coffre: tuple[Services, Session],
) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft(date=Q1, saisine=None))
    close_quarter(session, "2026-T1")
    before = counted(session)
    whole = services.entretiens.draft_of(recorded.entretien_id)
    (made,) = whole.orientations
    others: dict[str, object] = {"type": "cidff", "motif": "Autre", "partenaire_id": None}
    for field, other in others.items():
        with pytest.raises(InvalidInput) as refused:
            services.entretiens.amend(
                recorded.entretien_id, replace(whole, orientations=(replace(made, **{field: other}),))
            )
        assert [(p.field, p.code) for p in refused.value.problems] == [
            (f"orientations.0.{field}", "orientation_trimestre_arrete")
        ]
    with pytest.raises(UserError, match="orientation_ne_part_plus"):
        services.entretiens.amend(recorded.entretien_id, replace(whole, orientations=()))
    services.entretiens.amend(
        recorded.entretien_id, replace(whole, orientations=(replace(made, accord="non"),))
    )
    assert services.orientations.get(recorded.orientation_ids[0]).accord == "non"
    assert counted(session) == before
    (version,) = services.entretiens.versions(recorded.entretien_id)
    assert version.entretien.orientations[0].accord == "oui"


def test_an_orientation_amended_on_its_own_page_leaves_the_trace_in_its_entretien(
    coffre: tuple[Services, Session],
) -> None:
    services, _ = coffre
    recorded = services.entretiens.record(draft())
    (first,) = recorded.orientation_ids
    made = services.orientations.get(first)
    services.orientations.change(first, made.personne_id, made.date, replace(made.draft(), motif="Autre"))
    (version,) = services.entretiens.versions(recorded.entretien_id)
    assert version.entretien.orientations[0].motif == "Évaluation de la situation"


def test_a_statut_turned_round_is_asked_twice(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    recorded = services.entretiens.record(draft())
    whole = services.entretiens.draft_of(recorded.entretien_id)
    (line,) = whole.personnes
    turned = replace(line, profil=replace(line.profil, statut="mis_en_cause"))
    with pytest.raises(InvalidInput) as refused:
        services.entretiens.amend(recorded.entretien_id, replace(whole, personnes=(turned,)))
    assert [(each.field, each.code) for each in refused.value.problems] == [
        ("personnes.0.statut", "statut_oppose")
    ]
    sure = replace(whole, personnes=(replace(turned, statut_confirme=True),))
    services.entretiens.amend(recorded.entretien_id, sure)
    # What it says now was confirmed: another correction asks nothing.
    services.entretiens.record(draft(dossier_id=recorded.dossier_id, saisine=None, orientations=(),
                                     personnes=(replace(line, statut_confirme=True),)))  # fmt: skip
    again = services.entretiens.draft_of(recorded.entretien_id)
    services.entretiens.amend(recorded.entretien_id, replace(again, notes_de_travail="Rien d’autre."))


def test_a_refused_correction_changes_nothing(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft())
    before, whole = (
        services.entretiens.get(recorded.entretien_id),
        services.entretiens.draft_of(recorded.entretien_id),
    )
    with pytest.raises(InvalidInput):
        services.entretiens.amend(recorded.entretien_id, replace(whole, date=None))
    assert services.entretiens.get(recorded.entretien_id) == before
    assert session.read.entretiens.versions(recorded.entretien_id) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"date": date(2026, 3, 11)}, "date"),
        ({"mode": "telephone"}, "mode"),
        ({"issue": "absent"}, "issue"),
        ({"unite_id": 2}, "unite_id"),
        ({"problematique_principale": "fugue"}, "problematique_principale"),
        ({"problematiques": ()}, "problematiques"),
        ({"demandes": ("sante",)}, "demandes"),
        ({"reponses": ()}, "reponses"),
    ],
)
def test_what_counts_in_an_arrete_quarter_is_refused_in_words(
    tmp_path: Path, change: dict[str, object], field: str
) -> None:
    services, session = open_services(tmp_path)
    recorded = services.entretiens.record(draft(date=Q1, saisine=None))
    close_quarter(session, "2026-T1")
    whole = services.entretiens.draft_of(recorded.entretien_id)
    with pytest.raises(InvalidInput) as refusal:
        services.entretiens.amend(recorded.entretien_id, replace(whole, **change))  # type: ignore[arg-type]
    assert [(p.field, p.code) for p in refusal.value.problems] == [(field, "entretien_trimestre_arrete")]
    session.vault.close()


def test_persons_and_facts_of_an_arrete_quarter_are_refused(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft(date=Q1, saisine=None, personnes=(victime(), CHILD)))
    close_quarter(session, "2026-T1")
    whole = services.entretiens.draft_of(recorded.entretien_id)
    woman, boy = whole.personnes
    for lines, field in (
        ((woman,), "personnes"),
        ((woman, replace(boy, accueillie=True)), "personnes.1.participation"),
        ((replace(woman, profil=replace(woman.profil, ressources=())), boy), "personnes.0.ressources"),
        ((replace(woman, profil=replace(woman.profil, statut="mis_en_cause")), boy), "personnes.0.statut"),
    ):
        with pytest.raises(InvalidInput) as refusal:
            services.entretiens.amend(recorded.entretien_id, replace(whole, personnes=lines))
        assert [problem.field for problem in refusal.value.problems] == [field]


def test_the_texts_of_an_arrete_quarter_may_still_change(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft(date=Q1, saisine=None))
    close_quarter(session, "2026-T1")
    before = counted(session)
    assert services.entretiens.is_frozen(recorded.entretien_id)
    whole = services.entretiens.draft_of(recorded.entretien_id)
    (woman,) = whole.personnes
    older = replace(woman, identite=replace(woman.identite, prenom="Annaïs", sexe="autre"), accord="non")
    services.entretiens.amend(
        recorded.entretien_id,
        replace(
            whole, elements_transmissibles="Autre", duree=5, heure=None, lieu="autre", personnes=(older,)
        ),
    )
    after = services.entretiens.get(recorded.entretien_id)
    assert (after.elements_transmissibles, after.duree, after.lieu) == ("Autre", 5, "autre")
    assert (after.personnes[0].accord, after.personnes[0].profil.sexe) == ("non", "femme"), "as of that day"
    assert services.entretiens.personne(woman.personne_id or 0).identite.prenom == "Annaïs"
    assert counted(session) == before


def test_a_child_is_counted_by_hand_from_the_dossier_and_no_more(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft(personnes=(victime(), CHILD)))
    boy = recorded.personne_ids[1]
    before = counted(session)
    services.entretiens.mark_accueillie(recorded.dossier_id, boy, True)
    assert [p.accueillie for p in services.dossiers.reread(recorded.dossier_id).personnes] == [True, True]
    assert session.vault.execute("SELECT automatique FROM accueils ORDER BY id DESC LIMIT 1").scalar() == 0
    services.entretiens.mark_accueillie(recorded.dossier_id, boy, False)
    assert [p.accueillie for p in services.dossiers.reread(recorded.dossier_id).personnes] == [True, False]
    assert counted(session) == before
    services.entretiens.mark_accueillie(recorded.dossier_id, boy, True)
    session.vault.execute(
        "INSERT INTO bilans (code, type, debut, fin, arrete_le, menu, seuil, rang)"
        " VALUES ('2026-T4', 'trimestre', '2026-10-01', '2027-01-01', '2027-01-02', 1, 5,"
        " (SELECT count(*) + 1 FROM bilans))"
    )
    with pytest.raises(UserError, match="accueil_trimestre_arrete"):
        services.entretiens.mark_accueillie(recorded.dossier_id, boy, False)


def test_facts_nobody_confirmed_keep_the_day_they_come_from(tmp_path: Path) -> None:
    clock = TestClock(date(2026, 3, 10))
    services, session = open_services(tmp_path, clock)
    first = services.entretiens.record(draft(date=Q1, saisine=None))
    (line,) = services.entretiens.persons_of(first.dossier_id)
    days = dict(line.reprises)
    assert set(days.values()) == {Q1}
    assert {"csp", "logement", "vulnerabilite", "suivi_en_cours"} <= days.keys()
    clock.day = TODAY
    confirmed = replace(line, reprises=tuple((n, d) for n, d in line.reprises if n == "csp"), presente=True)
    services.entretiens.record(
        draft(dossier_id=first.dossier_id, personnes=(confirmed,), saisine=None, orientations=())
    )
    (line,) = services.entretiens.persons_of(first.dossier_id)
    assert dict(line.reprises)["csp"] == Q1, "nobody confirmed it since"
    assert dict(line.reprises)["logement"] == TODAY
    session.vault.close()


# Any chain of corrections: every earlier version comes back, no arrêté figure moves.

_codes = st.sampled_from(["harcelement", "fugue", "vol_escroquerie", "conflit_conjugal"])
_lines = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["oui", "non", "non_recueilli"]),
        st.sampled_from(["cadres", "employes", "non_renseigne"]),
        st.sampled_from([(), ("salaire",), ("rsa", "aah")]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda line: line[0],
)
_corrections = st.fixed_dictionaries(
    {},
    optional={
        "date": st.dates(date(2026, 1, 1), TODAY),
        "duree": st.none() | st.integers(0, 1440),
        "mode": st.sampled_from(["telephone", "conjoint", "non_renseigne"]),
        "issue": st.sampled_from(["realise", "absent", "refus"]),
        "unite_id": st.sampled_from([None, 1, 2]),
        "problematique_principale": _codes,
        "problematiques": st.lists(_codes, max_size=2, unique=True).map(tuple),
        "demandes": st.sampled_from([(), ("ecoute",), ("ecoute", "sante")]),
        "elements_transmissibles": st.text(
            st.characters(codec="utf-8", exclude_characters="\0"), max_size=20
        ),
        "lines": _lines,
    },
)


def _corrected(whole: EntretienDraft, persons: tuple[PersonneDraft, ...], change: dict) -> EntretienDraft:
    change = dict(change)
    lines = change.pop("lines", None)
    whole = replace(whole, **change)
    if lines is None:
        return whole
    return replace(
        whole,
        personnes=tuple(
            replace(
                persons[rank],
                presente=here,
                accueillie=helped and not here,
                accord=accord,
                profil=Profil(csp=csp, ressources=money),
            )
            for rank, here, helped, accord, csp, money in lines
        ),
    )


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_corrections, min_size=1, max_size=5), st.integers(0, 5), st.booleans())
def test_every_earlier_version_comes_back_and_no_arrete_figure_moves(
    corrections: list[dict], closed_after: int, discarded: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        services, session = open_services(Path(folder))
        others = tuple(PersonneDraft(None, Identite(prenom=name)) for name in ("Zoé", "Léo"))
        recorded = services.entretiens.record(
            draft(date=Q1, saisine=None, orientations=(), personnes=(victime(), *others))
        )
        persons = services.entretiens.persons_of(recorded.dossier_id)
        said, frozen = [], None
        for turn, change in enumerate(corrections):
            if turn == closed_after:
                close_quarter(session, "2026-T1")
                frozen = counted(session, "2026-T1")
            before = services.entretiens.get(recorded.entretien_id)
            wanted = _corrected(services.entretiens.draft_of(recorded.entretien_id), persons, change)
            try:
                services.entretiens.amend(recorded.entretien_id, wanted)
            except InvalidInput:
                assert services.entretiens.get(recorded.entretien_id) == before
                continue
            if content(services.entretiens.get(recorded.entretien_id)) != content(before):
                said.append(content(before))
        versions = services.entretiens.versions(recorded.entretien_id)
        assert [version.entretien for version in versions] == said
        before = counted(session)
        people = services.dossiers.reread(recorded.dossier_id).personnes
        if discarded:
            services.corbeille.put(recorded.entretien_id)
            if frozen is not None:
                assert counted(session, "2026-T1") == frozen
            services.corbeille.restore(recorded.entretien_id)
            assert counted(session) == before
        now = services.entretiens.get(recorded.entretien_id)
        assert {p.personne.id for p in people if p.accueillie} >= {
            line.personne_id for line in now.personnes if now.supports(line.personne_id)
        }
        if frozen is not None:
            assert counted(session, "2026-T1") == frozen
        session.vault.close()


def test_an_accueil_counted_under_a_merged_line_follows_the_correction_and_stays_there(
    coffre: tuple[Services, Session],
) -> None:
    services, session = coffre
    kept = services.entretiens.record(draft(orientations=())).personne_ids[0]
    other = services.entretiens.record(draft(orientations=()))
    (absorbed,) = other.personne_ids
    services.fusions.merge(kept, absorbed)
    whole = services.entretiens.draft_of(other.entretien_id)
    assert [line.personne_id for line in whole.personnes] == [kept]
    services.entretiens.amend(other.entretien_id, replace(whole, problematique_principale="fugue"))
    rows = session.vault.execute("SELECT personne_id, problematique_principale FROM accueils ORDER BY id")
    assert [(row[0], row[1]) for row in rows] == [(kept, "violences_conjugales"), (absorbed, "fugue")]
