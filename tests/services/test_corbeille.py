"""The corbeille: out of sight and out of the figures, back any day, deleted by hand or by age."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from iscg_desktop.errors import UserError
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.vie import TODAY, TestClock, draft, open_services, victime


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def coffre(tmp_path: Path, clock: TestClock) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path, clock)
    yield services, session
    session.vault.close()


def _rows(session: Session, code: str = "2026-T4") -> list[str]:
    return sorted(ligne.univers for ligne in session.read.statistics.lignes((code,)))


def _count(session: Session, table: str) -> int:
    return int(session.vault.execute(f"SELECT count(*) FROM {table}").scalar())


def _again(services: Services, first_id: int, dossier_id: int, **changes: object) -> int:
    line = replace(victime(), personne_id=first_id)
    more = {"dossier_id": dossier_id, "personnes": (line,), "saisine": None, "orientations": ()}
    return services.entretiens.record(draft(**(more | changes))).entretien_id


def test_it_leaves_the_timeline_the_search_the_prefill_and_the_figures(
    coffre: tuple[Services, Session],
) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft())
    before = _rows(session)
    done = services.corbeille.put(recorded.entretien_id)
    assert (done.still_counted, done.fiches) == (False, 0)
    kinds = [event.kind for event in services.dossiers.reread(recorded.dossier_id).evenements]
    assert kinds == ["saisine"], "its orientation without fiche goes with it"
    assert services.dossiers.orientations(recorded.dossier_id) == ()
    assert services.orientations.without_fiche() == ()
    assert services.dossiers.find("jeudi") == ()
    assert services.entretiens.last_profil(recorded.personne_ids[0]) is None
    assert _rows(session) == ["saisines"]
    assert session.vault.execute("SELECT trimestre_bilan FROM dossiers").scalar() is None
    (line,) = services.corbeille.lines()
    assert (line.entretien.id, line.numero, line.noms) == (recorded.entretien_id, "2026-0001", "LŒIL Anaïs")
    services.corbeille.restore(recorded.entretien_id)
    assert _rows(session) == before
    assert services.corbeille.lines() == ()
    assert [line.id for line in services.dossiers.find("jeudi")] == [recorded.dossier_id]
    flags = session.vault.execute("SELECT premiere_secteur FROM orientations").scalar()
    assert flags == 1, "it is again the first to the secteur"


def test_an_accueil_another_entretien_supports_takes_its_facts_from_it(
    coffre: tuple[Services, Session],
) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft(orientations=()))
    second = _again(
        services, recorded.personne_ids[0], recorded.dossier_id, problematique_principale="harcelement"
    )
    services.corbeille.put(recorded.entretien_id)
    row = session.vault.execute("SELECT entretien_id, problematique_principale FROM accueils").one()
    assert (row[0], row[1]) == (second, "harcelement")
    services.corbeille.put(second)
    assert _count(session, "accueils") == 0


def test_a_fiche_stays_with_its_orientation(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft())
    (orientation,) = recorded.orientation_ids
    services.fiches.issue(orientation, services.fiches.prepare(orientation))
    done = services.corbeille.put(recorded.entretien_id)
    assert done.fiches == 1
    kinds = {event.kind for event in services.dossiers.reread(recorded.dossier_id).evenements}
    assert kinds == {"saisine", "orientation", "fiche"}
    services.corbeille.empty()
    assert _count(session, "entretiens") == 0
    assert len(services.fiches.recent()) == 1
    assert services.orientations.get(orientation).entretien_id is None


def test_in_an_arrete_quarter_the_figures_stay(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft(date=date(2026, 3, 10), saisine=None))
    before = _rows(session, "2026-T1")
    session.vault.execute(
        "INSERT INTO bilans (code, type, debut, fin, arrete_le, menu, seuil, rang)"
        " VALUES ('2026-T1', 'trimestre', '2026-01-01', '2026-04-01', '2026-04-02', 1, 5,"
        " (SELECT count(*) + 1 FROM bilans))"
    )
    assert services.corbeille.put(recorded.entretien_id).still_counted
    assert _rows(session, "2026-T1") == before
    assert services.dossiers.find("jeudi") == (), "out of sight all the same"
    services.corbeille.restore(recorded.entretien_id)
    assert _rows(session, "2026-T1") == before
    assert _rows(session) == []


def test_back_after_its_quarter_was_arrete_it_counts_in_the_next_open_one(
    coffre: tuple[Services, Session],
) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft(date=date(2026, 3, 10), saisine=None))
    services.corbeille.put(recorded.entretien_id)
    session.vault.execute(
        "INSERT INTO bilans (code, type, debut, fin, arrete_le, menu, seuil, rang)"
        " VALUES ('2026-T1', 'trimestre', '2026-01-01', '2026-04-01', '2026-04-02', 1, 5,"
        " (SELECT count(*) + 1 FROM bilans))"
    )
    services.corbeille.restore(recorded.entretien_id)
    assert _rows(session, "2026-T1") == []
    assert _rows(session, "2026-T2") == ["accueils", "dossiers", "entretiens", "orientations", "premieres"]


def test_what_is_there_cannot_be_amended_nor_put_there_again(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    recorded = services.entretiens.record(draft())
    whole = services.entretiens.draft_of(recorded.entretien_id)
    services.corbeille.put(recorded.entretien_id)
    with pytest.raises(UserError, match="entretien_a_la_corbeille"):
        services.entretiens.amend(recorded.entretien_id, whole)
    with pytest.raises(UserError, match="entretien_a_la_corbeille"):
        services.corbeille.put(recorded.entretien_id)
    services.corbeille.restore(recorded.entretien_id)
    for refused in (services.corbeille.restore, services.corbeille.delete):
        with pytest.raises(UserError, match="entretien_hors_corbeille"):
            refused(recorded.entretien_id)


def test_it_is_emptied_by_age(coffre: tuple[Services, Session], clock: TestClock) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft())
    services.corbeille.put(recorded.entretien_id)
    services.corbeille.keep_jours(10)
    assert services.reglages.get().corbeille_jours == 10
    (line,) = services.corbeille.lines()
    assert line.efface_le == TODAY + timedelta(days=11)
    clock.day = line.efface_le - timedelta(days=1)
    _again(services, recorded.personne_ids[0], recorded.dossier_id)
    assert len(services.corbeille.lines()) == 1
    clock.day = line.efface_le
    _again(services, recorded.personne_ids[0], recorded.dossier_id)
    assert services.corbeille.lines() == ()
    assert _count(session, "entretiens") == 2
    assert _count(session, "profils") == 3, "two lines and the accueil; nothing is left of the deleted one"
    for days in (0, 366):
        with pytest.raises(UserError, match="corbeille_jours"):
            services.corbeille.keep_jours(days)


def test_deleting_takes_the_history_and_the_pieces(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft())
    whole = services.entretiens.draft_of(recorded.entretien_id)
    services.entretiens.amend(recorded.entretien_id, replace(whole, duree=1))
    services.corbeille.put(recorded.entretien_id)
    services.corbeille.delete(recorded.entretien_id)
    for table in (
        "entretiens",
        "entretien_versions",
        "entretien_personnes",
        "accueils",
        "orientations",
        "profils",
    ):
        assert _count(session, table) == 0, table
    entry = session.read.journal.entries(limit=1)[0]
    assert (entry.action, entry.objet) == ("suppression", "entretien")
