"""What is done with a dossier outside its entretiens: closed, reopened, oriented, reviewed with the référent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from iscg_desktop.domain.coupon import Coupon
from iscg_desktop.domain.delais import Delai
from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.domain.point_referent import LONGEST_POINT
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.entretiens import Recorded
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.documents.lecture import pages, squashed
from tests.vie import TODAY, TestClock, draft, open_services, victime


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def coffre(tmp_path: Path, clock: TestClock) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path, clock)
    yield services, session
    session.vault.close()


@pytest.fixture
def services(coffre: tuple[Services, Session]) -> Services:
    return coffre[0]


@pytest.fixture
def recorded(services: Services) -> Recorded:
    return services.entretiens.record(draft())


def _journal(session: Session) -> list[tuple[str, str]]:
    return [
        (row["action"], row["objet"]) for row in session.vault.execute("SELECT * FROM journal ORDER BY id")
    ]


def _again(recorded: Recorded, **changes: object) -> object:
    person = replace(victime(), personne_id=recorded.personne_ids[0])
    return draft(
        dossier_id=recorded.dossier_id, personnes=(person,), orientations=(), saisine=None, **changes
    )


# --- closing and reopening ------------------------------------------------------------------------------------


def test_a_dossier_is_closed_with_its_reason_and_each_closing_is_kept(
    coffre: tuple[Services, Session], recorded: Recorded, clock: TestClock
) -> None:
    services, session = coffre
    services.dossiers.close(recorded.dossier_id, " Relais pris ")
    closed = services.dossiers.reread(recorded.dossier_id)
    assert (closed.clos_le, closed.motif_cloture) == (TODAY, "Relais pris")
    clock.day = TODAY + timedelta(days=3)
    services.dossiers.reopen(recorded.dossier_id, "Elle rappelle")
    services.dossiers.close(recorded.dossier_id, "Fin")
    kinds = [(e.kind, e.detail) for e in services.dossiers.reread(recorded.dossier_id).evenements]
    assert [each for each in kinds if each[0] in ("cloture", "reouverture")] == [
        ("cloture", "Fin"),
        ("reouverture", "Elle rappelle"),
        ("cloture", "Relais pris"),
    ]
    assert [a for a, o in _journal(session) if o == "dossier" and a != "creation"] == [
        "cloture",
        "reouverture",
        "cloture",
    ]


def test_a_closing_without_reason_is_refused_and_changes_nothing(
    services: Services, recorded: Recorded
) -> None:
    with pytest.raises(InvalidInput):
        services.dossiers.close(recorded.dossier_id, "  ")
    assert services.dossiers.reread(recorded.dossier_id).clos_le is None


def test_a_reopening_without_reason_is_refused_and_changes_nothing(
    services: Services, recorded: Recorded
) -> None:
    services.dossiers.close(recorded.dossier_id, "Fin")
    with pytest.raises(InvalidInput):
        services.dossiers.reopen(recorded.dossier_id, "  ")
    assert services.dossiers.reread(recorded.dossier_id).clos_le == TODAY


def test_what_is_closed_and_opened_again_on_one_day_is_told_in_that_order(
    services: Services, recorded: Recorded
) -> None:
    services.dossiers.close(recorded.dossier_id, "Fin")
    services.dossiers.reopen(recorded.dossier_id, "Elle rappelle")
    kinds = [event.kind for event in services.dossiers.reread(recorded.dossier_id).evenements]
    assert kinds[:2] == ["reouverture", "cloture"], "the newest first"


def test_twice_is_refused_in_words(services: Services, recorded: Recorded) -> None:
    with pytest.raises(UserError, match="dossier_deja_ouvert"):
        services.dossiers.reopen(recorded.dossier_id, "Elle rappelle")
    services.dossiers.close(recorded.dossier_id, "Fin")
    with pytest.raises(UserError, match="dossier_deja_clos"):
        services.dossiers.close(recorded.dossier_id, "Fin")


def test_an_entretien_in_a_closed_dossier_opens_it_again(
    coffre: tuple[Services, Session], recorded: Recorded, clock: TestClock
) -> None:
    services, session = coffre
    services.dossiers.close(recorded.dossier_id, "Fin")
    clock.day = TODAY + timedelta(days=40)
    services.entretiens.record(_again(recorded, date=clock.day))  # type: ignore[arg-type]
    dossier = services.dossiers.reread(recorded.dossier_id)
    assert (dossier.clos_le, dossier.motif_cloture) == (None, "")
    (reopening,) = [event for event in dossier.evenements if event.kind == "reouverture"]
    assert (reopening.date, reopening.detail) == (clock.day, "Nouvel entretien")
    assert ("reouverture", "dossier") in _journal(session)


def test_an_entretien_of_before_the_closing_typed_late_leaves_it_closed(
    services: Services, recorded: Recorded, clock: TestClock
) -> None:
    clock.day = TODAY + timedelta(days=10)
    services.dossiers.close(recorded.dossier_id, "Fin")
    services.entretiens.record(_again(recorded, date=TODAY + timedelta(days=9)))  # type: ignore[arg-type]
    assert services.dossiers.reread(recorded.dossier_id).clos_le == clock.day
    services.entretiens.record(_again(recorded, date=clock.day))  # type: ignore[arg-type]
    assert services.dossiers.reread(recorded.dossier_id).clos_le is None


# --- points to review ------------------------------------------------------------------------------------------


def test_a_point_waits_until_it_was_seen_and_its_decision_stays(
    services: Services, recorded: Recorded, clock: TestClock
) -> None:
    services.referent.add(recorded.dossier_id, "Quel hébergement ?")
    services.referent.add(recorded.dossier_id, "Et les enfants ?")
    assert services.dossiers.reread(recorded.dossier_id).a_revoir
    first, second = services.referent.points(recorded.dossier_id)
    clock.day = TODAY + timedelta(days=7)
    services.referent.see(first.id, clock.day, "Solliciter le SIAO")
    assert services.dossiers.reread(recorded.dossier_id).a_revoir  # the second still waits
    services.referent.see(second.id, clock.day, "")
    dossier = services.dossiers.reread(recorded.dossier_id)
    assert not dossier.a_revoir
    assert services.referent.waiting() == ()
    seen = [(event.date, event.detail) for event in dossier.evenements if event.kind == "point_vu"]
    assert seen == [(clock.day, "Vu"), (clock.day, "Solliciter le SIAO")]


@pytest.mark.parametrize(
    ("texte", "code"), [("", "point_sans_texte"), ("p" * (LONGEST_POINT + 1), "point_trop_long")]
)
def test_a_point_that_says_nothing_or_too_much_is_refused(
    services: Services, recorded: Recorded, texte: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        services.referent.add(recorded.dossier_id, texte)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert not services.dossiers.reread(recorded.dossier_id).a_revoir


@pytest.mark.parametrize(
    ("days", "code"), [(None, "date_manquante"), (1, "date_future"), (-1, "point_vu_avant")]
)
def test_a_point_is_seen_between_its_day_and_today(
    services: Services, recorded: Recorded, days: int | None, code: str
) -> None:
    services.referent.add(recorded.dossier_id, "À revoir")
    (point,) = services.referent.points(recorded.dossier_id)
    with pytest.raises(InvalidInput) as refused:
        services.referent.see(point.id, None if days is None else TODAY + timedelta(days=days), "Décidé")
    assert [problem.code for problem in refused.value.problems] == [code]
    assert services.referent.points(recorded.dossier_id) == (point,)


def test_the_printed_list_is_confidential_numbered_and_holds_what_waits(
    coffre: tuple[Services, Session], recorded: Recorded
) -> None:
    services, session = coffre
    for rank in range(12):
        services.referent.add(recorded.dossier_id, f"Point {rank} " + "mot " * 90)
    services.referent.add(recorded.dossier_id, "<b>& \u2028 </para>")
    printed = pages(services.referent.liste())
    assert len(printed) > 1
    for number, page in enumerate(printed, 1):
        assert "CONFIDENTIEL–secretprofessionnel" in squashed(page)
        assert f"page{number}/{len(printed)}" in squashed(page)
    whole = squashed(" ".join(printed))
    assert all(f"Point{rank}mot" in whole for rank in range(12))
    assert "<b>&" in whole
    assert "LŒILAnaïs" in whole
    services.referent.printed()
    assert _journal(session)[-1] == ("impression", "liste_points")


def test_an_empty_list_says_so(services: Services) -> None:
    assert "Aucun point n’attend" in " ".join(pages(services.referent.liste()))


# --- orientation outside an entretien, delays ------------------------------------------------------------------


def test_a_person_is_oriented_outside_an_entretien(services: Services, recorded: Recorded) -> None:
    typed = OrientationDraft(0, "ccas", None, "oui", "Aide alimentaire")
    orientation_id, changed = services.orientations.add(recorded.dossier_id, recorded.personne_ids[0], typed)
    kept = services.orientations.get(orientation_id)
    assert (kept.type, kept.accord, kept.entretien_id, kept.date) == ("ccas", "oui", None, TODAY)
    assert changed.dossier_id == recorded.dossier_id
    assert services.fiches.prepare(orientation_id).recit.startswith("Madame souhaite")


@pytest.mark.parametrize(("personne", "kind"), [(None, "ccas"), (999, "ccas"), (1, None)])
def test_an_orientation_of_nobody_or_to_nobody_is_refused(
    services: Services, recorded: Recorded, personne: int | None, kind: str | None
) -> None:
    with pytest.raises(InvalidInput):
        services.orientations.add(recorded.dossier_id, personne, OrientationDraft(0, kind))
    assert len(services.dossiers.orientations(recorded.dossier_id)) == 1


def test_the_delays_go_from_the_saisine_to_the_retour(services: Services, clock: TestClock) -> None:
    whole = draft()
    assert whole.saisine is not None
    came = TODAY - timedelta(days=5)
    recorded = services.entretiens.record(replace(whole, saisine=replace(whole.saisine, date=came)))
    fiche_id = services.fiches.issue(
        recorded.orientation_ids[0], services.fiches.prepare(recorded.orientation_ids[0])
    ).fiche_id
    clock.day = TODAY + timedelta(days=2)
    services.fiches.follow(fiche_id, "remise")
    clock.day = TODAY + timedelta(days=12)
    services.retours.record(fiche_id, Coupon(suite="rdv_fixe", date=clock.day))
    assert services.dossiers.jalons(recorded.dossier_id).delais() == (
        Delai("saisine", "entretien", 5),
        Delai("entretien", "remise", 2),
        Delai("remise", "retour", 10),
    )
    retours = [e for e in services.dossiers.reread(recorded.dossier_id).evenements if e.date == clock.day]
    assert [(e.kind, e.issue, e.detail) for e in retours] == [("etape", "retour", "rdv_fixe")]  # said once
