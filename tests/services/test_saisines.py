"""The triage: each step in one transaction, the state follows, what a bilan counted stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iscg_desktop.domain.agenda import RendezVousDraft
from iscg_desktop.domain.period import quarter_of
from iscg_desktop.domain.saisine import SaisineDraft, SaisineSuivie, TentativeDraft, etat_de
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage.sql_errors import ConstraintError
from tests.vie import TODAY, TestClock, draft, open_services, victime

OLD = date(2026, 2, 10)  # in a quarter that the tests arrêtent


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def coffre(tmp_path: Path, clock: TestClock) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path, clock)
    yield services, session
    session.vault.close()


def _typed(day: date = TODAY, **values: object) -> SaisineDraft:
    whole = SaisineDraft(day, origine="gendarmerie", support="intervention", unite_id=1, urgence="sous_48h")
    return replace(whole, **values)  # type: ignore[arg-type]


def _get(services: Services, saisine_id: int) -> SaisineSuivie:
    found = services.saisines.get(saisine_id)
    assert found is not None
    return found


def _etat(services: Services, saisine_id: int) -> str:
    return _get(services, saisine_id).saisine.etat


def _arreter(session: Session, day: date = OLD) -> None:
    with session.transaction() as tx:
        tx.bilans.add(quarter_of(day), TODAY, 1, 5)
        tx.commit()


def _rows(session: Session) -> list[tuple[object, ...]]:
    tables = ("saisines", "tentatives_contact", "rendez_vous", "journal")
    return [tuple(row) for table in tables for row in session.vault.execute(f"SELECT * FROM {table}")]


def _codes(refusal: pytest.ExceptionInfo[InvalidInput]) -> set[tuple[str, str]]:
    return {(problem.field, problem.code) for problem in refusal.value.problems}


def test_what_is_recorded_is_found_and_its_draft_forgotten(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    services.brouillons.keep("saisine:nouvelle", "saisine", {"motif": "à moitié"})
    kept, changed = services.saisines.record(
        _typed(motif="Conflit de voisinage", telephone="06 12 34 56 78", sans_message=True),
        "saisine:nouvelle",
    )
    assert changed.kinds == {"saisines", "brouillons"}
    assert services.brouillons.all() == ()
    (line,) = services.saisines.find()
    assert (line.saisine.id, line.saisine.etat, line.saisine.sans_message) == (kept, "a_traiter", True)
    last = session.read.journal.entries()[0]
    assert (last.action, last.objet, last.reference) == ("creation", "saisine", str(kept))


def test_a_refused_saisine_changes_nothing(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    before = _rows(session)
    for wrong, code in ((None, "date_manquante"), (TODAY + timedelta(days=1), "date_future")):
        with pytest.raises(InvalidInput) as refusal:
            services.saisines.record(replace(_typed(), date=wrong))
        assert _codes(refusal) == {("date", code)}
    assert _rows(session) == before


def test_what_waits_comes_by_urgency_then_date(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    record = services.saisines.record
    later, _ = record(_typed(urgence="differee", day=TODAY - timedelta(days=9)))
    young, _ = record(_typed(urgence="immediate"))
    old, _ = record(_typed(urgence="immediate", day=TODAY - timedelta(days=1)))
    unsaid, _ = record(_typed(urgence="non_renseigne", day=TODAY - timedelta(days=30)))
    noon, _ = record(_typed(urgence="immediate", heure=time(12)))
    nine, _ = record(_typed(urgence="immediate", heure=time(9)))
    assert [line.saisine.id for line in services.saisines.find()] == [old, nine, noon, young, later, unsaid]
    services.saisines.close(old, "refus")
    assert services.saisines.find()[0].saisine.id == nine
    assert [line.saisine.id for line in services.saisines.find(("sans_suite",))] == [old]
    everything = ("a_traiter", "sans_suite")
    assert [line.saisine.id for line in services.saisines.find(everything, limit=3)] == [nine, noon, young]


def test_words_and_numbers_are_searched(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    first, _ = services.saisines.record(_typed(demandeur="Adjudant Kervella", motif="Élève absent"))
    second, _ = services.saisines.record(_typed(telephone="+33 6 12 34 56 78", motif="Cœur fragile"))
    third, _ = services.saisines.record(_typed(contact_sur="06.99.88.77.66 le matin"))

    def found(text: str) -> list[int]:
        return [line.saisine.id for line in services.saisines.find(text=text)]

    assert found("kerv eleve") == [first]
    assert found("0612345678") == found("06 12 34 56") == found("coeur") == [second]
    assert found("06 99 88") == [third]
    services.saisines.amend(third, _typed(contact_sur="07 55 44 33 22", motif="Œuvre"))
    assert (found("06 99 88"), found("0755443322"), found("oeuvre")) == ([], [third], [third])
    assert found("kervella fragile") == []
    assert found("%") == found("' OR 1=1") == []


def test_each_attempt_is_kept_and_the_state_follows(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    saisine, _ = services.saisines.record(_typed(day=TODAY - timedelta(days=3)))
    note = services.saisines.add_tentative
    note(saisine, TentativeDraft(TODAY - timedelta(days=2), time(9), "injoignable"))
    note(saisine, TentativeDraft(TODAY, time(14), "joint", "rappellera"))
    line = _get(services, saisine)
    assert (line.saisine.etat, line.tentatives, line.resultat) == ("contact_tente", 2, "joint")
    assert [each.note for each in services.saisines.tentatives(saisine)] == ["rappellera", ""]
    found = services.saisines.delais([line])[saisine]
    assert (found.attente, found.tentative, found.rencontre, found.retard) == (3, 1, None, "")


def test_a_refused_attempt_changes_nothing(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    saisine, _ = services.saisines.record(_typed())
    before = _rows(session)
    with pytest.raises(InvalidInput) as refusal:
        services.saisines.add_tentative(saisine, TentativeDraft(TODAY + timedelta(days=1)))
    assert _codes(refusal) == {("date", "date_future"), ("resultat", "tentative_sans_resultat")}
    assert _rows(session) == before


def test_a_rendez_vous_lies_in_the_agenda_is_moved_and_taken_back(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    saisine, _ = services.saisines.record(_typed(motif="À rencontrer"))
    services.saisines.add_tentative(saisine, TentativeDraft(TODAY, None, "joint"))
    fix = services.saisines.fix_rendez_vous
    fix(saisine, RendezVousDraft(TODAY, time(9), 30, "unite", 1))
    assert _etat(services, saisine) == "rendez_vous_fixe"
    (today,) = services.journee.rendez_vous()
    assert (today.heure, today.duree, today.objet) == (time(9), 30, "À rencontrer")
    fix(saisine, RendezVousDraft(TODAY + timedelta(days=2), time(14, 30), None, "domicile"))
    assert services.journee.rendez_vous() == ()
    line = _get(services, saisine)
    assert (line.rendez_vous_le, line.rendez_vous_a) == (TODAY + timedelta(days=2), time(14, 30))
    assert services.saisines.delais([line])[saisine].rencontre == 2
    services.saisines.cancel_rendez_vous(saisine)
    assert _etat(services, saisine) == "contact_tente"
    with pytest.raises(InvalidInput) as refusal:
        fix(saisine, RendezVousDraft(TODAY - timedelta(days=1), None, 45, "unite"))
    assert _codes(refusal) == {
        ("date", "rendez_vous_passe"),
        ("heure", "rendez_vous_sans_heure"),
        ("unite_id", "rendez_vous_sans_unite"),
    }
    assert _etat(services, saisine) == "contact_tente"


def test_without_suite_needs_its_reason_and_is_taken_back(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    saisine, _ = services.saisines.record(_typed())
    services.saisines.fix_rendez_vous(saisine, RendezVousDraft(TODAY, time(9)))
    for wrong in (None, "", "parce_que"):
        with pytest.raises(InvalidInput) as refusal:
            services.saisines.close(saisine, wrong)
        assert _codes(refusal) == {("motif", "sans_suite_sans_motif")}
    assert _etat(services, saisine) == "rendez_vous_fixe"
    services.saisines.close(saisine, "hors_champ")
    assert _get(services, saisine).saisine.motif_sans_suite == "hors_champ"
    assert services.journee.rendez_vous() == ()
    with pytest.raises(UserError, match="saisine_sans_suite"):
        services.saisines.close(saisine, "refus")
    services.saisines.reopen(saisine)
    assert _etat(services, saisine) == "a_traiter"
    with pytest.raises(UserError, match="saisine_pas_sans_suite"):
        services.saisines.reopen(saisine)


def test_it_goes_on_in_a_dossier_that_exists(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft())
    saisine, _ = services.saisines.record(_typed(motif="Nouvelle intervention"))
    services.saisines.fix_rendez_vous(saisine, RendezVousDraft(TODAY, time(9)))
    for unknown in (None, 999):
        with pytest.raises(InvalidInput) as refusal:
            services.saisines.attach(saisine, unknown)
        assert _codes(refusal) == {("dossier", "dossier_inconnu")}
    changed = services.saisines.attach(saisine, recorded.dossier_id)
    assert changed.dossier_id == recorded.dossier_id
    line = _get(services, saisine)
    assert (line.saisine.etat, line.numero, line.entretien_le) == ("dossier_ouvert", recorded.numero, TODAY)
    assert services.journee.rendez_vous()[0].dossier_id == recorded.dossier_id
    assert len(services.dossiers.saisines(recorded.dossier_id)) == 2
    by_number = services.saisines.find(("dossier_ouvert",), f"intervention {recorded.numero}")
    assert [each.saisine.id for each in by_number] == [saisine]
    before = _rows(session)
    refused = (
        lambda: services.saisines.attach(saisine, recorded.dossier_id),
        lambda: services.saisines.amend(saisine, _typed(motif="autre")),
        lambda: services.saisines.add_tentative(saisine, TentativeDraft(TODAY, None, "joint")),
        lambda: services.saisines.close(saisine, "refus"),
        lambda: services.saisines.fix_rendez_vous(saisine, RendezVousDraft(TODAY, time(9))),
    )
    for use_case in refused:
        with pytest.raises(UserError, match="saisine_deja_ouverte"):
            use_case()
    assert _rows(session) == before


def test_a_saisine_opens_one_dossier_only(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    saisine, _ = services.saisines.record(_typed())
    services.entretiens.record(draft(saisine=None, saisine_id=saisine))
    before = _rows(session), services.dossiers.count()
    with pytest.raises(UserError, match="saisine_deja_ouverte"):
        services.entretiens.record(draft(saisine=None, saisine_id=saisine))
    assert (_rows(session), services.dossiers.count()) == before


def test_a_saisine_that_is_gone_is_said(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    assert services.saisines.get(99) is None
    with pytest.raises(UserError, match="saisine_inconnue"):
        services.saisines.close(99, "refus")


def test_a_saisine_of_a_closed_quarter_counts_in_the_open_one(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    _arreter(session)
    saisine, _ = services.saisines.record(_typed(OLD))
    assert _get(services, saisine).saisine.trimestre == "2026-T2"
    later = services.saisines.counts_later(OLD)
    assert later is not None
    assert later.code == "2026-T2"
    assert services.saisines.counts_later(TODAY) is None
    counted = [ligne for ligne in session.read.statistics.lignes(["2026-T1"]) if ligne.univers == "saisines"]
    assert counted == []


def test_what_a_bilan_counted_stays_as_it_was(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    saisine, _ = services.saisines.record(_typed(OLD, motif="avant"))
    dropped, _ = services.saisines.record(_typed(OLD))
    services.saisines.close(dropped, "refus")
    before = session.read.statistics.lignes(["2026-T1"])
    _arreter(session)
    frozen = services.saisines.frozen_quarter(_get(services, saisine).saisine)
    assert frozen is not None
    assert frozen.libelle == "1er trimestre 2026"
    moved = _typed(TODAY, origine="ccas", support="autre", unite_id=2, motif="après")
    with pytest.raises(InvalidInput) as refusal:
        services.saisines.amend(saisine, moved)
    assert {field for field, _ in _codes(refusal)} == {"date", "origine", "support", "unite_id"}
    assert _get(services, saisine).saisine.motif == "avant"
    services.saisines.amend(saisine, _typed(OLD, motif="après", telephone="06", urgence="immediate"))
    assert _get(services, saisine).saisine.motif == "après"
    with pytest.raises(UserError, match="saisine_reprise_arretee"):
        services.saisines.reopen(dropped)
    services.saisines.add_tentative(saisine, TentativeDraft(TODAY, None, "joint"))
    recorded = services.entretiens.record(draft(saisine=None))
    services.saisines.attach(saisine, recorded.dossier_id)
    after = session.read.statistics.lignes(["2026-T1"])
    # Where it stands goes on living: the cells of the bilan were kept when it was arrêté.
    kept = ("origine", "support", "unite")
    assert [(each.univers, [each.valeurs[name] for name in kept]) for each in after] == [
        (each.univers, [each.valeurs[name] for name in kept]) for each in before
    ]


def test_the_coffre_itself_refuses_to_move_what_was_counted(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    saisine, _ = services.saisines.record(_typed(OLD))
    _arreter(session)
    for column, value in (("date", "'2026-01-01'"), ("origine", "'ccas'"), ("unite_id", "2")):
        with session.transaction() as tx, pytest.raises(ConstraintError):
            tx._vault.execute(f"UPDATE saisines SET {column} = {value} WHERE id = ?", (saisine,))


def test_a_corrected_date_moves_the_quarter_while_it_is_open(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    saisine, _ = services.saisines.record(_typed())
    services.saisines.amend(saisine, _typed(OLD))
    assert _get(services, saisine).saisine.trimestre == "2026-T1"


def test_the_same_person_is_said_to_be_known(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    safe = victime(sans_message=True, contact_sur_horaires="le matin")
    known = services.entretiens.record(draft(personnes=(safe,)))
    services.entretiens.record(draft(personnes=(victime(
        nom_usage="Kerjean", nom_naissance="", prenom="Anaïs", telephone="", contact_sur=""
    ),)))  # fmt: skip

    def found(**values: object) -> list[tuple[int, str]]:
        saisine, _ = services.saisines.record(_typed(**values))
        doublons = services.saisines.doublons(_get(services, saisine).saisine)
        return [(each.dossier.id, each.raison) for each in doublons]

    assert found(telephone="+33 6 00 00 00 01") == [(known.dossier_id, "telephone")]
    assert found(motif="rappeler au 06.00.00.00.02") == [(known.dossier_id, "telephone")]
    assert found(motif="Mme Loeil Anais, venue seule") == [(known.dossier_id, "nom")]
    assert found(demandeur="Suite Le Perron, voisine") == [(known.dossier_id, "nom")]  # by ear, birth name
    assert found(motif="Mme Lœil, venue seule") == [(known.dossier_id, "nom")]
    assert found(motif="mme Anaïs") == []  # a first name alone says nothing
    assert found(motif="mme Hanaïs") == []  # nor by ear
    assert found(motif="pour M. Le Bihan") == []  # nor « Le », which begins her birth name too
    assert found(demandeur="Gend. Le Péron") == []  # the gendarme who calls
    assert found(motif="Madame, intervention", telephone="06 55 55 55 55") == []
    saisine, _ = services.saisines.record(_typed(telephone="0600000001"))
    (doublon,) = services.saisines.doublons(_get(services, saisine).saisine)
    assert doublon.sans_message
    assert doublon.contact_sur == "06 00 00 00 02 le matin"


def test_a_rendez_vous_missed_in_the_agenda_has_the_saisine_wait_again(
    coffre: tuple[Services, Session],
) -> None:
    services, _ = coffre
    saisine, _ = services.saisines.record(_typed(motif="x" * 900))
    services.saisines.add_tentative(saisine, TentativeDraft(TODAY, None, "joint"))
    services.saisines.fix_rendez_vous(saisine, RendezVousDraft(TODAY, time(9)))
    (fixed,) = services.agenda.day(TODAY).rendez_vous
    services.agenda.set_etat(fixed.id, "absent")
    assert _etat(services, saisine) == "contact_tente"
    services.agenda.set_etat(fixed.id, "honore")
    assert _etat(services, saisine) == "rendez_vous_fixe"
    services.saisines.close(saisine, "refus")
    services.agenda.set_etat(fixed.id, "absent")
    assert _etat(services, saisine) == "sans_suite"


STEPS = ("tenter", "fixer", "annuler", "classer", "reprendre", "rattacher", "corriger")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.sampled_from(STEPS), max_size=8))
def test_whatever_the_steps_the_state_is_what_was_done(
    coffre: tuple[Services, Session], steps: list[str]
) -> None:
    services, session = coffre
    if not services.dossiers.count():
        services.entretiens.record(draft())
    dossier_id = services.dossiers.find("")[0].id
    use = services.saisines
    saisine, _ = use.record(_typed())
    do = {
        "tenter": lambda: use.add_tentative(saisine, TentativeDraft(TODAY, None, "rappel")),
        "fixer": lambda: use.fix_rendez_vous(saisine, RendezVousDraft(TODAY, time(9))),
        "annuler": lambda: use.cancel_rendez_vous(saisine),
        "classer": lambda: use.close(saisine, "refus"),
        "reprendre": lambda: use.reopen(saisine),
        "rattacher": lambda: use.attach(saisine, dossier_id),
        "corriger": lambda: use.amend(saisine, _typed(motif="autre")),
    }
    tried, fixed, dropped, opened = 0, False, False, False
    for step in steps:
        allowed = not opened and (dropped == (step == "reprendre"))
        before = _rows(session)
        if not allowed:
            with pytest.raises(UserError):
                do[step]()
            assert _rows(session) == before
            continue
        do[step]()
        tried += step == "tenter"
        fixed = step == "fixer" or (fixed and step not in ("annuler", "classer"))
        dropped = step == "classer"
        opened = step == "rattacher"
        expected = etat_de(tentatives=tried, rendez_vous=fixed, dossier=opened, sans_suite=dropped)
        assert _etat(services, saisine) == expected
    standing = session.vault.execute(
        "SELECT count(*) FROM rendez_vous WHERE saisine_id = ? AND etat = 'prevu'", (saisine,)
    ).scalar()
    assert standing == int(fixed)


def test_a_call_noted_by_error_is_taken_back_and_the_state_follows(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    saisine_id = services.saisines.record(_typed())[0]
    services.saisines.add_tentative(saisine_id, TentativeDraft(TODAY, time(9), "injoignable"))
    (attempt,) = services.saisines.tentatives(saisine_id)
    other = services.saisines.record(_typed())[0]
    with pytest.raises(UserError, match="tentative_inconnue"):
        services.saisines.remove_tentative(other, attempt.id)
    assert services.saisines.remove_tentative(saisine_id, attempt.id).kinds == {"saisines"}
    assert services.saisines.tentatives(saisine_id) == ()
    assert _etat(services, saisine_id) == "a_traiter"
    assert session.read.journal.entries(limit=1)[0].action == "annulation_tentative"
    services.saisines.add_tentative(saisine_id, TentativeDraft(TODAY, time(9), "injoignable"))
    services.saisines.close(saisine_id, "refus")
    (attempt,) = services.saisines.tentatives(saisine_id)
    with pytest.raises(UserError, match="saisine_sans_suite"):
        services.saisines.remove_tentative(saisine_id, attempt.id)


def test_a_saisine_leaves_the_dossier_it_was_put_in_by_error(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    dossier_id = services.entretiens.record(draft()).dossier_id
    saisine_id = services.saisines.record(_typed())[0]
    services.saisines.fix_rendez_vous(
        saisine_id, RendezVousDraft(TODAY + timedelta(days=1), time(9), lieu="autre")
    )
    before = _get(services, saisine_id)
    with pytest.raises(UserError, match="saisine_sans_dossier"):
        services.saisines.detach(saisine_id)
    services.saisines.attach(saisine_id, dossier_id)
    assert services.saisines.detach(saisine_id).kinds == {"saisines", "dossiers", "agenda"}
    assert _get(services, saisine_id) == before
    linked = session.vault.execute("SELECT count(*) FROM rendez_vous WHERE dossier_id IS NOT NULL").scalar()
    assert linked == 0
    services.saisines.attach(saisine_id, dossier_id)
    assert _etat(services, saisine_id) == "dossier_ouvert"


def test_a_saisine_whose_delays_a_bilan_counted_stays_in_its_dossier(
    coffre: tuple[Services, Session], clock: TestClock
) -> None:
    services, session = coffre
    clock.day = OLD
    dossier_id = services.entretiens.record(draft(date=OLD, saisine=None, orientations=())).dossier_id
    saisine_id = services.saisines.record(_typed(OLD))[0]
    services.saisines.attach(saisine_id, dossier_id)
    clock.day = TODAY
    _arreter(session)
    rows = _rows(session)
    with pytest.raises(UserError, match="saisine_dossier_arrete"):
        services.saisines.detach(saisine_id)
    assert _rows(session) == rows
