"""Recording an entretien: everything or nothing, counted once, frozen as of the day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.entretien import PersonneDraft
from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.domain.personne import Identite
from iscg_desktop.errors import InvalidInput
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage.sql_errors import ConstraintError
from tests.vie import TODAY, draft, open_services, victime


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path)
    yield services, session
    session.vault.close()


def _count(session: Session, table: str) -> int:
    return int(session.vault.execute(f"SELECT count(*) FROM {table}").scalar())


TABLES = (
    "dossiers",
    "personnes",
    "saisines",
    "entretiens",
    "accueils",
    "orientations",
    "profils",
    "journal",
    "recherche",
)


def _counts(session: Session) -> dict[str, int]:
    return {table: _count(session, table) for table in TABLES}


def test_one_entretien_makes_all_that_counts(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft())
    assert recorded.numero == "2026-0001"
    kept = services.entretiens.get(recorded.entretien_id)
    assert kept.duree == 45
    assert kept.problematiques == ("difficultes_financieres",)
    assert set(kept.demandes) == {"ecoute", "hebergement"}
    (line,) = kept.personnes
    assert line.nom == "LŒIL née LE PÉRON Anaïs"
    assert (line.profil.age, line.profil.age_source, line.profil.tranche_age) == (38, "date", "35_44")
    assert line.profil.sexe == "femme"
    dossier = services.dossiers.reread(recorded.dossier_id)
    assert [event.kind for event in dossier.evenements] == ["orientation", "entretien", "saisine"]
    assert dossier.problematique_principale == "violences_conjugales"
    row = session.vault.execute("SELECT * FROM accueils").one()
    assert (row["trimestre_bilan"], row["origine"], row["automatique"]) == ("2026-T4", "gendarmerie", 1)


def test_a_refused_entretien_changes_nothing(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    before = _counts(session)
    future = victime(naissance=Naissance(date=TODAY + timedelta(days=1)))
    with pytest.raises(InvalidInput) as refusal:
        services.entretiens.record(draft(personnes=(future, victime(commune="99999"))))
    assert {(p.field, p.code) for p in refusal.value.problems} == {
        ("personnes.0.naissance", "naissance_apres_entretien"),
        ("personnes.1.commune", "commune_inconnue"),
    }
    assert _counts(session) == before


def test_a_failure_half_way_changes_nothing(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    before = _counts(session)
    broken = draft(orientations=(OrientationDraft(0, "type_qui_n_existe_pas"),))
    with pytest.raises(ConstraintError):
        services.entretiens.record(broken)
    assert _counts(session) == before
    assert services.entretiens.record(draft()).numero == "2026-0001"


def test_recording_drops_the_draft_it_was_typed_in(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    services.brouillons.keep("entretien:1", "entretien", {"texte": "à moitié"}, champ="texte")
    services.brouillons.keep("entretien:2", "entretien", {"texte": "un autre"})
    services.entretiens.record(draft(), brouillon="entretien:1")
    assert [kept.cle for kept in services.brouillons.all()] == ["entretien:2"]


def test_a_second_entretien_counts_no_second_accueil(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    first = services.entretiens.record(draft())
    again = replace(victime(), personne_id=first.personne_ids[0])
    services.entretiens.record(
        draft(dossier_id=first.dossier_id, personnes=(again,), saisine=None, orientations=())
    )
    assert (_count(session, "accueils"), _count(session, "entretiens")) == (1, 2)
    assert _count(session, "dossiers") == 1


@pytest.mark.parametrize(
    ("presente", "accueillie", "issue", "counts"),
    [
        (True, False, "realise", True),
        (False, True, "realise", True),  # a child helped without being met
        (False, False, "injoignable", False),  # only mentioned
        (True, False, "absent", False),
    ],
)
def test_who_counts_as_accueillie(
    coffre: tuple[Services, Session], presente: bool, accueillie: bool, issue: str, counts: bool
) -> None:
    services, session = coffre
    line = replace(victime(), presente=presente, accueillie=accueillie)
    services.entretiens.record(draft(personnes=(line,), issue=issue, orientations=()))
    assert _count(session, "accueils") == int(counts)
    counted = session.vault.execute("SELECT trimestre_bilan FROM dossiers").scalar()
    assert counted == ("2026-T4" if counts else None)


def test_facts_of_a_past_entretien_do_not_move(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    first = services.entretiens.record(draft())
    changed = replace(
        victime(nom_usage="Autre", naissance=Naissance(date=date(1950, 1, 1)), sexe="autre"),
        personne_id=first.personne_ids[0],
    )
    services.entretiens.record(
        draft(dossier_id=first.dossier_id, personnes=(changed,), saisine=None, orientations=())
    )
    (line,) = services.entretiens.get(first.entretien_id).personnes
    assert (line.profil.age, line.profil.sexe) == (38, "femme")
    assert services.entretiens.personne(first.personne_ids[0]).identite.nom_usage == "Autre"


def test_the_next_entretien_is_prefilled_from_the_last(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    child = PersonneDraft(
        None, Identite(prenom="Léo", naissance=Naissance(age_estime=6)), presente=False, accueillie=True
    )
    recorded = services.entretiens.record(draft(personnes=(victime(), child)))
    woman, boy = services.entretiens.persons_of(recorded.dossier_id)
    assert woman.personne_id == recorded.personne_ids[0]
    assert (woman.profil.csp, woman.profil.ressources) == ("employes", ("prime_d_activite", "salaire"))
    assert boy.identite.age_estime_le == TODAY


def test_first_orientation_to_the_secteur_is_counted_once(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    two = (
        OrientationDraft(0, "service_social_secteur", 1, "oui"),
        OrientationDraft(0, "service_social_secteur"),
    )
    services.entretiens.record(draft(orientations=two))
    rows = session.vault.execute(
        "SELECT premiere_secteur, connu_services_sociaux, suivi_en_cours FROM orientations ORDER BY id"
    )
    assert [(row[0], row[1], row[2]) for row in rows] == [
        (1, "inconnu", "non"),
        (0, "inconnu", "non"),
    ]


def test_numbers_are_never_given_twice(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    first = services.entretiens.record(draft())
    session.vault.execute("DELETE FROM dossiers WHERE id = ?", (first.dossier_id,))
    assert services.entretiens.record(draft()).numero == "2026-0002"


def test_search_finds_names_numbers_and_words(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    recorded = services.entretiens.record(draft())
    other = victime(
        nom_naissance="Nguyên", nom_usage="", prenom="Bao", telephone="0033 7 11 22 33 44", contact_sur=""
    )
    services.entretiens.record(draft(personnes=(other,), elements_transmissibles="", notes_de_travail=""))
    for typed in (
        "peron",
        "LOEIL",
        "lœil",
        "anais le per",
        "06 00 00 00 01",
        "0600000002",
        "2026-0001",
        "rappeler jeu",
    ):
        assert [line.id for line in services.dossiers.find(typed)] == [recorded.dossier_id], typed
    assert [line.noms for line in services.dossiers.find("07.11.22.33.44")] == ["NGUYÊN Bao"]
    for typed in ('"', "NEAR(", "a OR b", "*", "peron AND zzz", "-", "'; DROP TABLE dossiers"):
        assert services.dossiers.find(typed) == (), typed
    assert len(services.dossiers.find("  ")) == 2


def test_reading_a_dossier_goes_to_the_journal(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft())
    services.dossiers.open(recorded.dossier_id)
    entry = session.read.journal.entries(limit=1)[0]
    assert (entry.action, entry.objet, entry.reference) == ("lecture", "dossier", "2026-0001")
    assert session.read.journal.verify() is None


def test_the_journal_names_nobody(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    recorded = services.entretiens.record(draft())
    services.fiches.issue(recorded.orientation_ids[0], services.fiches.prepare(recorded.orientation_ids[0]))
    text = " ".join(str(entry) for entry in session.read.journal.entries()).casefold()
    assert "péron" not in text
    assert "anaïs" not in text
    assert "06 00" not in text
