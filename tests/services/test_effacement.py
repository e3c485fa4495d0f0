"""Erasure: no byte of the person is left, nobody else loses a word, no figure handed over moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from iscg_desktop.domain.period import parse_period
from iscg_desktop.errors import UserError
from iscg_desktop.services import restauration
from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.coffres import PASSPHRASE
from tests.pages import decrypted, writings
from tests.services.fiches import issued
from tests.vie import TODAY, TestClock, draft, open_services, victime

pytestmark = pytest.mark.exigence("S30")
CANARI = "Quinquembourg"
LUI = {
    "nom_naissance": "",
    "nom_usage": "Tressignaux",
    "prenom": "Yann",
    "sexe": "homme",
    "telephone": "",
    "contact_sur": "",
}
AUGUST = date(2026, 8, 3)


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[tuple[Services, Session, TestClock]]:
    clock = TestClock()
    services, session = open_services(tmp_path, clock)
    yield services, session, clock
    session.vault.close()


def _scan(session: Session, word: str = CANARI) -> int:
    """How many times the word stands in the decrypted pages; closes the coffre."""
    (database,) = session.vault.folder.glob("data-*.db")
    key = session.vault.key.dbk
    session.vault.close()
    pages = decrypted(database, key)
    assert b"dossier_personnes" in pages, "the pages were read"
    return sum(pages.count(form) for form in writings(word))


_OTHER = (
    "sqlite", "nomenclatures", "recherche", "journal", "parametres", "bilan", "compteurs", "unites", "partenaires",
    "correspondants", "secteurs", "imports", "effacements", "mots_personnels",
)  # fmt: skip
"""Tables of what belongs to no beneficiary."""


def _plant(session: Session) -> int:
    """Put the canary in every text of every table that takes it; how many columns did."""
    planted = 0
    for table in [
        row["name"] for row in session.vault.execute("PRAGMA table_list") if row["type"] == "table"
    ]:
        if table.startswith(_OTHER):
            continue
        for column in session.vault.execute(f"PRAGMA table_info({table})"):
            if column["type"] == "TEXT" and not column["name"].endswith("_le"):
                planted += _try(session, table, column["name"])
    return planted


def _try(session: Session, table: str, column: str) -> int:
    session.vault.begin_immediate()
    try:
        done = session.vault.execute(f"UPDATE {table} SET {column} = {column} || ' {CANARI}'").rowcount
    except Exception:  # noqa: BLE001 - a date, a code, a JSON, what is unalterable: it takes no word
        session.vault.rollback()
        return 0
    session.vault.commit()
    return int(done > 0)


def _hers(**changes: object) -> object:
    return victime(nom_usage=CANARI, surnom="", contact_sur=f"chez {CANARI}", **changes)


def _couple(services: Services) -> tuple[int, int, int]:
    """A dossier of two persons, an entretien of both and one of hers alone: dossier, her id, his."""
    both = services.entretiens.record(draft(personnes=(_hers(), victime(**LUI)), orientations=()))
    hers, his = both.personne_ids
    line = replace(victime(nom_usage=CANARI), personne_id=hers)
    services.entretiens.record(
        draft(
            dossier_id=both.dossier_id,
            saisine=None,
            personnes=(line,),
            notes_de_travail=f"Mme {CANARI} seule.",
        )
    )
    return both.dossier_id, hers, his


def test_a_word_deleted_without_care_would_be_found(coffre: tuple[Services, Session, TestClock]) -> None:
    services, session, _ = coffre
    services.entretiens.record(draft(personnes=(_hers(),)))
    assert _scan(session) > 0


def test_no_byte_of_an_erased_dossier_is_left(coffre: tuple[Services, Session, TestClock]) -> None:
    services, session, _ = coffre
    fiche = issued(services, motif=f"Suivi de {CANARI}")
    dossier_id = services.fiches.get(fiche).dossier_id
    services.entretiens.record(
        draft(dossier_id=dossier_id, saisine=None, orientations=(), notes_de_travail=CANARI)
    )
    services.brouillons.keep("entretien:1", "entretien", {"notes": CANARI}, dossier_id=dossier_id)
    services.brouillons.keep("page:2", "appel", {"note": f"rappeler {CANARI} au 06 00 00 00 01"})
    services.orthographe.add(CANARI)
    assert _plant(session) > 15
    session.vault.begin_immediate()
    session.vault.execute("UPDATE personnes SET nom_usage = ?", (CANARI,))
    session.vault.commit()
    with session.transaction() as tx:
        tx.dossiers.index(dossier_id)
        tx.commit()
    services.effacement.effacer_dossier(dossier_id)
    assert session.read.dossiers.count() == 0
    assert session.read.mots.all() == ()
    for table in (
        "personnes",
        "profils",
        "entretiens",
        "saisines",
        "fiches",
        "fiche_documents",
        "brouillons",
    ):
        assert session.vault.execute(f"SELECT count(*) FROM {table}").scalar() == 0, table
    assert _scan(session) == 0


def _bytes_within_reach(session: Session, places: list[Path]) -> dict[str, bytes]:
    """Every file of some folders, its pages decrypted where it is a database or a backup; closes the coffre."""
    key = session.vault.key.dbk
    session.vault.close()
    found = {}
    for path in (each for place in places for each in place.rglob("*") if each.is_file()):
        data = path.read_bytes()
        if path.suffix in (".db", ".coffre") and data:
            block = 4096 if path.suffix == ".coffre" else 0  # the header of a backup comes after its pages
            pages = path.with_suffix(".pages")
            pages.write_bytes(data[: len(data) - block])
            data += decrypted(pages, key)
            pages.unlink()
            assert b"dossier_personnes" in data, f"the pages of {path.suffix} were read"
        found[str(path)] = data
    return found


def test_no_byte_is_left_in_anything_within_reach_once_the_next_backup_is_made(tmp_path: Path) -> None:
    """Backups here and elsewhere, what a restore put aside, letters, drafts, the search, the reserve, the journal."""
    clock = TestClock()
    services, session = open_services(tmp_path, clock)
    chosen = tmp_path / "ailleurs"
    chosen.mkdir()
    services.sauvegardes.choisir(chosen)
    recorded = services.entretiens.record(draft(personnes=(_hers(),), notes_de_travail=CANARI))
    services.brouillons.keep("entretien:1", "entretien", {"notes": CANARI}, dossier_id=recorded.dossier_id)
    letter = Canvas(str(tmp_path / "lettre.pdf"), pageCompression=0)
    letter.drawString(72, 720, CANARI)
    letter.save()
    services.pieces_jointes.add(tmp_path / "lettre.pdf", recorded.dossier_id)
    (tmp_path / "lettre.pdf").unlink()
    services.sauvegardes.record(services.sauvegardes.travail().run())
    (backup,) = chosen.glob("*.coffre")
    folder = session.vault.folder
    session.vault.close()
    clock.day += timedelta(days=1)
    done = restauration.restaurer(restauration.ouvrir(backup, PASSPHRASE), folder, clock=clock.clock)
    assert done.garde is not None
    session = open_session(folder, done.key, clock=clock.clock)
    services = Services(session)
    services.sauvegardes.record(services.sauvegardes.travail().run())

    before = _bytes_within_reach(session, [folder, chosen])
    holding = {Path(path).parent.name for path, data in before.items() if CANARI.encode() in data}
    assert holding == {"coffre", "sauvegardes", "ailleurs", done.garde.name}, "planted everywhere"

    session = open_session(folder, done.key, clock=clock.clock)
    services = Services(session)
    services.effacement.effacer_personne(recorded.personne_ids[0])
    assert services.sauvegardes.due()
    clock.day += timedelta(days=1)
    services.sauvegardes.record(services.sauvegardes.travail().run())
    assert not services.sauvegardes.due()
    after = _bytes_within_reach(session, [folder, chosen])
    assert sum(path.endswith(".coffre") for path in after) == 2, "one here, one there"
    assert [path for path, data in after.items() if any(form in data for form in writings(CANARI))] == []


def test_a_person_leaves_a_dossier_that_goes_on(coffre: tuple[Services, Session, TestClock]) -> None:
    services, session, _ = coffre
    dossier_id, hers, his = _couple(services)
    services.effacement.effacer_personne(hers)
    (left,) = session.read.dossiers.get(dossier_id).personnes
    assert left.personne.id == his
    (entretien,) = [e for e in session.read.dossiers.get(dossier_id).evenements if e.kind == "entretien"]
    kept = session.read.entretiens.get(entretien.id)
    assert [line.personne_id for line in kept.personnes] == [his]
    assert kept.notes_de_travail == "Rappeler jeudi.", "words about him stay as they were"
    assert services.dossiers.find(CANARI) == ()
    assert services.dossiers.find("Tressignaux")
    assert _scan(session) == 0


def test_words_about_the_others_lose_hers_alone(coffre: tuple[Services, Session, TestClock]) -> None:
    services, session, _ = coffre
    recorded = services.entretiens.record(
        draft(
            personnes=(_hers(), victime(**LUI | {"vit_avec": f"avec {CANARI}"})),
            orientations=(),
            elements_transmissibles=f"M. Tressignaux dit que {CANARI.upper()} est partie.",
        )
    )
    entretien_id = recorded.entretien_id
    amended = services.entretiens.draft_of(entretien_id)
    services.entretiens.amend(entretien_id, replace(amended, notes_de_travail=f"Revoir sans {CANARI}."))
    services.effacement.effacer_personne(recorded.personne_ids[0])
    kept = session.read.entretiens.get(entretien_id)
    assert kept.elements_transmissibles == "M. Tressignaux dit que […] est partie."
    assert kept.notes_de_travail == "Revoir sans […]."
    (version,) = session.read.entretiens.versions(entretien_id)
    assert [line.personne_id for line in version.entretien.personnes] == [recorded.personne_ids[1]]
    assert _scan(session) == 0


def test_what_goes_and_what_stays_is_said_before(coffre: tuple[Services, Session, TestClock]) -> None:
    services, _session, _ = coffre
    fiche = services.fiches.get(issued(services))
    services.suivi.note([fiche.id], "imprimee", TODAY)
    services.suivi.note([fiche.id], "remise", TODAY)
    seen = services.effacement.apercu_dossier(fiche.dossier_id)
    assert seen.personnes == ("LŒIL née LE PÉRON Anaïs",)
    assert seen.remises == ((fiche.numero, "CDAS de Vallière"),)
    assert seen.en_attente == (fiche.numero,)
    assert (seen.entretiens, seen.trimestres_ouverts) == (1, (parse_period("2026-T4").libelle,))
    assert seen == replace(services.effacement.apercu_personne(fiche.personne_id), restent=seen.restent), (
        "her only dossier goes with her"
    )


def test_a_person_of_two_dossiers_stays_when_one_is_erased(
    coffre: tuple[Services, Session, TestClock],
) -> None:
    services, session, _ = coffre
    first = services.entretiens.record(draft())
    line = replace(victime(), personne_id=first.personne_ids[0])
    second = services.entretiens.record(draft(personnes=(line,)))
    assert services.effacement.apercu_dossier(first.dossier_id).restent == ("LŒIL née LE PÉRON Anaïs",)
    services.effacement.effacer_dossier(first.dossier_id)
    assert session.read.personnes.dossiers_of(first.personne_ids[0]) == (second.dossier_id,)


def test_figures_arretees_stay_those_of_an_open_quarter_move(
    coffre: tuple[Services, Session, TestClock],
) -> None:
    services, session, _ = coffre
    old = draft().saisine
    assert old is not None
    august = services.entretiens.record(
        draft(date=AUGUST, personnes=(victime(informee_le=AUGUST),), saisine=replace(old, date=AUGUST))
    )
    prepared = services.bilans.prepare(parse_period("2026-T3"))
    services.bilans.arreter(prepared, services.bilans.protect(prepared))
    before = services.bilans.files(parse_period("2026-T3"))
    frozen = [tuple(row) for row in session.vault.execute("SELECT * FROM bilan_cellules")]
    november = services.entretiens.record(
        draft(dossier_id=august.dossier_id, saisine=None, orientations=(), personnes=(
            replace(victime(), personne_id=august.personne_ids[0]),
        ))
    )  # fmt: skip
    seen = services.effacement.apercu_dossier(november.dossier_id)
    assert seen.trimestres_arretes == (parse_period("2026-T3").libelle,)
    assert seen.trimestres_ouverts == (parse_period("2026-T4").libelle,)
    services.effacement.effacer_dossier(august.dossier_id)
    assert services.bilans.files(parse_period("2026-T3")) == before
    assert [tuple(row) for row in session.vault.execute("SELECT * FROM bilan_cellules")] == frozen
    assert session.read.statistics.lignes(("2026-T4",)) == ()


def test_a_dossier_counts_by_those_who_stay(coffre: tuple[Services, Session, TestClock]) -> None:
    services, session, _ = coffre
    dossier_id, hers, his = _couple(services)
    services.effacement.effacer_personne(hers)
    accueils = [
        ligne for ligne in session.read.statistics.lignes(("2026-T4",)) if ligne.univers == "accueils"
    ]
    assert len(accueils) == 1
    assert session.read.dossiers.counted(dossier_id) == "2026-T4"
    services.effacement.effacer_personne(his)
    assert session.read.dossiers.count() == 0
    assert session.read.statistics.lignes(("2026-T4",)) == ()


def test_what_was_erased_and_comes_back_is_erased_again(
    coffre: tuple[Services, Session, TestClock], tmp_path: Path
) -> None:
    services, session, _ = coffre
    dossier_id, hers, _his = _couple(services)
    other = services.entretiens.record(draft())
    remembered = [tuple(r) for r in session.vault.execute("SELECT uid FROM personnes")]
    rows = _copy(session)
    services.effacement.effacer_personne(hers)
    services.effacement.effacer_dossier(other.dossier_id)
    digests = [
        tuple(row) for row in session.vault.execute("SELECT empreinte, objet, efface_le FROM effacements")
    ]
    key = session.read.settings.get("effacements.cle")
    assert digests
    assert not any(uid[0].encode() in digest[0] for uid in remembered for digest in digests)

    older, before = open_services(tmp_path / "restaure")
    _paste(before, rows)
    before.vault.begin_immediate()
    before.vault.execute_many(
        "INSERT INTO effacements (empreinte, objet, efface_le) VALUES (?, ?, ?)", digests
    )
    before.vault.commit()
    with before.transaction() as tx:
        tx.settings.put("effacements.cle", key)
        tx.commit()
    assert older.effacement.reapply() == 3  # the other dossier, the person of it, her
    assert [d.personne.identite.nom_usage for d in before.read.dossiers.get(dossier_id).personnes] == [
        "Tressignaux"
    ]
    assert before.read.dossiers.count() == 1
    assert older.effacement.reapply() == 0
    assert _scan(before) == 0


def _copy(session: Session) -> dict[str, list[tuple[object, ...]]]:
    tables = (
        "profils",
        "personnes",
        "dossiers",
        "dossier_personnes",
        "saisines",
        "entretiens",
        "entretien_personnes",
    )
    found = {}
    for table in tables:
        columns = _columns(session, table)
        found[table] = [
            tuple(row) for row in session.vault.execute(f"SELECT {columns} FROM {table} ORDER BY 1")
        ]
    return found


def _paste(session: Session, rows: dict[str, list[tuple[object, ...]]]) -> None:
    session.vault.begin_immediate()
    for table, lines in rows.items():
        columns = _columns(session, table)
        marks = ", ".join("?" * (columns.count(",") + 1))
        session.vault.execute_many(f"INSERT INTO {table} ({columns}) VALUES ({marks})", lines)  # type: ignore[arg-type]
    session.vault.commit()


def _columns(session: Session, table: str) -> str:
    return ", ".join(row["name"] for row in session.vault.execute(f"PRAGMA table_info({table})"))


def test_twice_and_by_a_clock_set_back(coffre: tuple[Services, Session, TestClock]) -> None:
    services, session, clock = coffre
    recorded = services.entretiens.record(draft())
    clock.day = date(2026, 11, 1)
    for erase in (
        lambda: services.effacement.effacer_dossier(recorded.dossier_id),
        lambda: services.effacement.effacer_personne(recorded.personne_ids[0]),
    ):
        with pytest.raises(UserError, match="horloge_reculee"):
            erase()
    assert session.read.dossiers.count() == 1
    clock.day = TODAY
    services.effacement.effacer_dossier(recorded.dossier_id)
    with pytest.raises(UserError, match="dossier_efface"):
        services.effacement.effacer_dossier(recorded.dossier_id)
    with pytest.raises(UserError, match="personne_effacee"):
        services.effacement.apercu_personne(recorded.personne_ids[0])


def test_the_journal_says_that_something_was_erased_and_nothing_of_it(
    coffre: tuple[Services, Session, TestClock],
) -> None:
    services, session, _ = coffre
    recorded = services.entretiens.record(draft())
    services.effacement.effacer_dossier(recorded.dossier_id)
    line = session.read.journal.entries(limit=1)[0]
    assert (line.action, line.objet, line.reference) == ("effacement", "dossier", None)
    assert session.read.journal.verify() is None


def test_what_the_disk_refused_of_her_draft_does_not_come_back(
    coffre: tuple[Services, Session, TestClock],
) -> None:
    """It is held in memory, and written before anything else: the erasure finds it in the coffre."""
    services, session, _ = coffre
    gone = services.entretiens.record(draft(personnes=(victime(nom_usage=CANARI),))).dossier_id
    services.brouillons.set_aside("relance:1", "relance", {"objet": "à rappeler"}, dossier_id=gone)
    services.brouillons.set_aside("page:2", "appel", {"note": f"rappeler {CANARI} au 06 00 00 00 01"})
    services.effacement.effacer_dossier(gone)
    assert services.brouillons.all() == ()
    services.brouillons.keep("page:3", "appel", {"note": "autre"})
    assert [each.cle for each in services.brouillons.all()] == ["page:3"]
    assert _scan(session) == 0
