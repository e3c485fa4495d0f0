"""What the database itself refuses, whoever writes to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from iscg_desktop.reference.nomenclatures import shipped
from iscg_desktop.services.session import Session
from iscg_desktop.storage.sql_errors import ConstraintError
from tests.vie import draft, open_services


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    services, opened = open_services(tmp_path)
    services.entretiens.record(draft())
    yield opened
    opened.vault.close()


def _tables(session: Session) -> dict[str, str]:
    rows = session.vault.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE 'recherche%'"
    )
    return {row["name"]: row["sql"] for row in rows}


# Every thing the working papers ask the coffre to hold.
EXPECTED = {
    "parametres", "compteurs", "journal", "journal_ancres", "effacements", "copies_sauvegarde", "brouillons",
    "nomenclatures", "unites",
    "secteurs", "secteur_communes", "partenaires", "partenaire_communes", "correspondants", "contacts_partenaires",
    "dossiers", "personnes", "liens", "dossier_personnes", "saisines", "tentatives_contact", "profils",
    "profil_valeurs", "entretiens", "entretien_personnes", "entretien_valeurs", "entretien_versions", "accueils",
    "accueil_valeurs", "pieces_jointes", "orientations", "suites", "fiches", "fiche_documents",
    "fiche_suivis", "documents_etablis", "document_suivis", "tournees",
    "tournee_fiches", "permanences", "permanence_exceptions", "rendez_vous", "relances", "bilans", "bilan_cellules",
    "bilan_exports", "bilan_recits", "clotures", "points_referent", "mots_personnels",
    "imports", "import_dossiers",
    "personne_termes", "personnes_distinctes", "fusions", "demandes_droits",
}  # fmt: skip


def test_every_table_is_there_and_strict(session: Session) -> None:
    tables = _tables(session)
    assert set(tables) == EXPECTED
    assert [name for name, sql in tables.items() if "STRICT" not in sql.rsplit(")", 1)[1]] == []


def test_every_coded_column_refuses_an_unknown_code(session: Session) -> None:
    lists = set(shipped())
    coded = 0
    for table in _tables(session):
        for key in session.vault.execute(f"PRAGMA foreign_key_list({table})"):
            if key["table"] != "nomenclatures" or key["from"].startswith("liste"):
                continue
            coded += 1
            twin = f"liste_{key['from']}"
            sql = _tables(session)[table]
            named = re.search(rf"\b{twin} TEXT AS \('(\w+)'\)", sql)
            if table not in ("profil_valeurs", "entretien_valeurs", "accueil_valeurs", "nomenclatures"):
                assert named is not None, (table, key["from"])
                assert named[1] in lists, (table, key["from"])
    assert coded > 40


def test_every_foreign_key_can_be_followed_back_without_a_scan(session: Session) -> None:
    missing = []
    for table in _tables(session):
        indexed = {
            tuple(column["name"] for column in session.vault.execute(f"PRAGMA index_info({index['name']})"))[
                :1
            ]
            for index in session.vault.execute(f"PRAGMA index_list({table})")
        }
        primary = [c["name"] for c in session.vault.execute(f"PRAGMA table_info({table})") if c["pk"] == 1]
        for key in session.vault.execute(f"PRAGMA foreign_key_list({table})"):
            # Values of a list are never deleted; unités, partners and the other few are.
            if key["table"] in ("nomenclatures", "unites") or key["seq"] != 0:
                continue
            if (key["from"],) not in indexed and key["from"] not in primary:
                missing.append(f"{table}.{key['from']}")
    assert sorted(missing) == ["entretiens.partenaire_id"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entretiens SET date = '2026-02-30'",
        "UPDATE entretiens SET date = '30/11/2026'",
        "UPDATE entretiens SET duree = -1",
        "UPDATE entretiens SET heure = '25:99'",
        "UPDATE entretiens SET mode = 'pigeon'",
        "UPDATE entretiens SET trimestre_bilan = '2026-T5'",
        "UPDATE personnes SET date_naissance = '1988-13-01'",
        "UPDATE personnes SET annee_naissance = 1988",  # a date is already known: one of the three only
        "UPDATE personnes SET sexe = 'inconnu'",
        "UPDATE profils SET age = -1",
        "UPDATE profils SET age = NULL",
        "UPDATE saisines SET etat = 'sans_suite'",  # without its reason
        "UPDATE dossiers SET numero = '26-1'",
        "UPDATE dossiers SET clos_le = '2000-01-01'",
        "UPDATE dossiers SET problematique_principale = NULL",
        "UPDATE orientations SET accord = 'peut-etre'",
        "INSERT INTO profil_valeurs VALUES (1, 'sexe', 'femme')",
        "INSERT INTO liens (personne_id, autre_id, lien) VALUES (1, 1, 'conjoint')",
        "DELETE FROM nomenclatures WHERE code = 'femme'",
        "INSERT INTO nomenclatures (liste, code, libelle, ordre, compte_sous) VALUES ('sexe', 'x', 'X', 9, 'absent')",
        "INSERT INTO brouillons VALUES ('c', 'f', NULL, 'pas du JSON', NULL, '2026-01-01T00:00:00Z')",
        "INSERT INTO compteurs VALUES ('dossier', 2027, -1)",
        "UPDATE entretiens SET duree = 'une heure'",
    ],
)
def test_the_database_refuses(session: Session, statement: str) -> None:
    with pytest.raises(ConstraintError):
        session.vault.execute(statement)


def test_erasing_a_dossier_takes_all_that_hangs_on_it(session: Session) -> None:
    session.vault.execute("DELETE FROM dossiers")
    for table in (
        "entretiens",
        "entretien_personnes",
        "entretien_valeurs",
        "accueils",
        "orientations",
        "saisines",
    ):
        assert session.vault.execute(f"SELECT count(*) FROM {table}").scalar() == 0, table
    assert session.vault.execute("PRAGMA foreign_key_check").rows == ()


def test_a_value_of_the_user_counts_under_a_shipped_one(session: Session) -> None:
    session.vault.execute(
        "INSERT INTO nomenclatures (liste, code, libelle, famille, ordre, compte_sous)"
        " VALUES ('problematique', 'vol_de_betail', 'Vol de bétail', NULL, 99, 'vol_escroquerie')"
    )
    session.load_nomenclatures()
    liste = session.nomenclatures["problematique"]
    assert liste.counted_as("vol_de_betail") == "vol_escroquerie"
    assert liste.famille_of("vol_de_betail") == "autres_violences"


def test_loading_the_shipped_lists_again_keeps_what_the_user_changed(session: Session) -> None:
    session.vault.execute(
        "UPDATE nomenclatures SET libelle = 'Mme', active = 0 WHERE liste = 'sexe' AND code = 'femme'"
    )
    session.load_nomenclatures()
    valeur = session.nomenclatures["sexe"].valeur("femme")
    assert (valeur.libelle, valeur.active) == ("Mme", False)
