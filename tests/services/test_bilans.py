"""The bilan of a quarter: exact inside, protected outside, closed for good, the same bytes each time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from iscg_desktop.disclosure.relations import Sens
from iscg_desktop.disclosure.system import Row
from iscg_desktop.disclosure.tables import CellRef
from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.period import parse_period
from iscg_desktop.errors import UserError
from iscg_desktop.paths import resources
from iscg_desktop.reference.menu import menu
from iscg_desktop.reference.turns import at_once
from iscg_desktop.services.bilans import PreparedBilan
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage.sql_errors import ConstraintError
from tests.vie import TestClock, draft, open_services, victime

T3 = parse_period("2026-T3")
AUGUST = date(2026, 8, 3)


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path)
    yield services, session
    session.vault.close()


def _record(services: Services, day: date = AUGUST, sexe: str = "femme") -> int:
    saisine = draft().saisine
    assert saisine is not None
    person = victime(sexe=sexe, informee_le=day)
    return services.entretiens.record(
        draft(date=day, personnes=(person,), saisine=replace(saisine, date=day))
    ).dossier_id


def _fill(services: Services, women: int, men: int) -> None:
    for rank in range(women + men):
        _record(services, sexe="femme" if rank < women else "homme")


def _declared(prepared: PreparedBilan) -> dict[str, Row]:
    """Relations of the menu between cells that a bilan counts, by code."""
    system, found = prepared.system, {}
    for relation in menu().relations:
        cells = [(1, CellRef(*cell)) for cell in relation.petit]
        cells += [(-1, CellRef(*cell)) for cell in relation.grand]
        if {cell for _, cell in cells} <= set(system.cells):
            termes = tuple(sorted((system.position(cell), sign) for sign, cell in cells))
            found[relation.code] = Row(termes, Sens.AU_PLUS, 0)
    return found


def _reckoned(prepared: PreparedBilan) -> set[str]:
    """Codes of the relations of the menu that the protection takes into account."""
    return {code for code, row in _declared(prepared).items() if row in prepared.system.rows}


def _refusal(services: Services, code: str) -> str:
    with pytest.raises(UserError) as refusal:
        services.bilans.prepare(parse_period(code))
    return refusal.value.code


def test_exact_counts_have_every_table_and_every_zero(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    _fill(services, 8, 3)
    comptes = {compte.tableau.code: compte for compte in services.bilans.comptes(T3)}
    assert comptes["sexe"].total == 11
    assert comptes["sexe"].effectifs[(("sexe", "femme"),)].unites == 8
    assert comptes["sexe"].effectifs[(("sexe", "autre"),)].unites == 0
    assert comptes["principale"].effectifs[(("principale", "intrafamilial"),)].unites == 11
    assert comptes["age_4"].effectifs[(("age_4", "18_64"),)].unites == 11
    assert comptes["orientations"].effectifs[(("partenaire", "secteur"),)].unites == 11
    assert comptes["minima"].effectifs[(("minima", "autres"),)].unites == 11
    assert comptes["unite"].effectifs[(("unite", "u1"),)].unites == 11


def test_one_family_in_several_dossiers_is_one_foyer(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    first = services.entretiens.record(draft(date=AUGUST, saisine=None))
    same = replace(victime(), personne_id=first.personne_ids[0])
    for _ in range(4):
        services.entretiens.record(draft(date=AUGUST, saisine=None, personnes=(same,)))
    compte = next(c for c in services.bilans.comptes(T3) if c.tableau.code == "sexe")
    femmes = compte.effectifs[(("sexe", "femme"),)]
    assert (femmes.unites, femmes.foyers) == (5, 1)


def test_arreter_commits_before_anything_is_written(coffre: tuple[Services, Session], tmp_path: Path) -> None:
    services, session = coffre
    _fill(services, 30, 12)
    prepared = services.bilans.prepare(T3)
    services.bilans.arreter(prepared, services.bilans.protect(prepared))
    assert session.read.bilans.quarters() == {"2026-T3"}
    missing = tmp_path / "absent"
    with pytest.raises(UserError):
        services.bilans.export(T3, missing)
    folder = tmp_path / "remis"
    folder.mkdir()
    first = [path.read_bytes() for path in services.bilans.export(T3, folder)]
    assert [path.name for path in sorted(folder.iterdir())] == [
        "bilan-2026-T3-rapport.pdf",
        "bilan-2026-T3-tableau-de-bord.pdf",
        "bilan-2026-T3.json",
        "bilan-2026-T3.xlsx",
    ]
    _record(services)
    assert [path.read_bytes() for path in services.bilans.export(T3, folder)] == first


def test_the_json_is_valid_and_prints_no_small_figure(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    _fill(services, 30, 12)
    prepared = services.bilans.prepare(T3)
    services.bilans.arreter(prepared, services.bilans.protect(prepared))
    data = json.loads(next(f.octets for f in services.bilans.files(T3) if f.format == "json"))
    schema = json.loads((resources() / "bilan" / "schema-bilan-1.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema)
    exact = {
        (c.tableau.code, tuple(sorted(cle))): e.unites
        for c in prepared.comptes
        for cle, e in c.effectifs.items()
    }
    printed = masked = 0
    for table in data["tableaux"]:
        for cell in table["cellules"]:
            value = exact[table["code"], tuple(sorted(cell["cle"].items()))]
            if "valeur" in cell:
                assert cell["valeur"] == value >= 5
                printed += 1
            else:
                assert cell["masque"] is True
                masked += 1
    assert printed >= 10
    assert masked >= 10
    text = json.dumps(data, ensure_ascii=False)
    assert "Péron" not in text
    assert "Anaïs" not in text


def test_what_readers_believe_between_tables_gives_nothing_away(coffre: tuple[Services, Session]) -> None:
    """Six dossiers of one kind: who knows that each had its saisine and its entretien must not count them."""
    services, _ = coffre
    _fill(services, 6, 0)
    prepared = services.bilans.prepare(T3)
    printed = services.bilans.protect(prepared).figures()
    kinds = {
        cell: value
        for cell, value in printed.items()
        if cell.univers == "dossiers" and cell != CellRef("dossiers")
    }
    ceilings = [printed[CellRef(univers)] for univers in ("dossiers", "accueils", "entretiens", "saisines")]
    for ceiling in ceilings:
        if ceiling is not None:
            assert ceiling - sum(value or 0 for value in kinds.values()) >= 5
    # The same for minors, who have no minima sociaux, for who is followed, hence known…
    assert _reckoned(prepared) == set(_declared(prepared))


def test_a_belief_that_is_wrong_this_time_forbids_nothing(coffre: tuple[Services, Session]) -> None:
    """Dossiers without a saisine, minors with an allowance: more than what readers believe possible."""
    services, _ = coffre
    child = replace(
        victime(informee_le=AUGUST, naissance=Naissance(date=date(2012, 1, 2))),
        profil=replace(victime().profil, ressources=("rsa",), suivi_en_cours="ase"),
    )
    for _ in range(7):
        services.entretiens.record(draft(date=AUGUST, saisine=None, personnes=(child,)))
    prepared = services.bilans.prepare(T3)
    wrong = {"dossiers_au_plus_saisines", "suivis_connus", "minima_majeurs", "ressources_majeurs"}
    assert _reckoned(prepared) == set(_declared(prepared)) - wrong
    services.bilans.protect(prepared)


def test_what_comes_late_counts_in_the_open_quarter(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    _fill(services, 6, 6)
    prepared = services.bilans.prepare(T3)
    services.bilans.arreter(prepared, services.bilans.protect(prepared))
    late = _record(services)
    row = session.vault.execute("SELECT trimestre_bilan AS t FROM dossiers WHERE id = ?", (late,)).one()
    assert row["t"] == "2026-T4"


def test_erasure_moves_nothing_already_counted(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    _fill(services, 12, 6)
    prepared = services.bilans.prepare(T3)
    services.bilans.arreter(prepared, services.bilans.protect(prepared))
    before = services.bilans.files(T3)
    frozen = session.vault.execute("SELECT * FROM bilan_cellules ORDER BY 1, 2, 3, 4").rows
    session.vault.execute("DELETE FROM dossiers")
    assert services.bilans.files(T3) == before
    after = session.vault.execute("SELECT * FROM bilan_cellules ORDER BY 1, 2, 3, 4").rows
    assert [tuple(row) for row in after] == [tuple(row) for row in frozen]


def test_cells_of_the_half_year_and_the_year_are_frozen_too(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    _fill(services, 12, 6)
    prepared = services.bilans.prepare(T3)
    services.bilans.arreter(prepared, services.bilans.protect(prepared))
    rows = session.vault.execute(
        "SELECT palier, sum(effectif) AS n FROM bilan_cellules"
        " WHERE tableau = 'unite_sexe' AND cle = '[]' GROUP BY palier"
    )
    assert {row["palier"]: row["n"] for row in rows} == {"semestre": 18, "annee": 18}


def test_a_closed_quarter_refuses_changes_in_the_database_itself(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    _fill(services, 12, 6)
    prepared = services.bilans.prepare(T3)
    services.bilans.arreter(prepared, services.bilans.protect(prepared))
    for statement in (
        "UPDATE accueils SET origine = 'police_nationale'",
        "UPDATE dossiers SET trimestre_bilan = '2026-T4'",
        "UPDATE profils SET sexe = 'autre' WHERE id IN (SELECT profil_id FROM accueils)",
        "UPDATE bilans SET seuil = 6",
        "UPDATE bilan_cellules SET effectif = 0",
        "UPDATE bilan_exports SET octets = x'00'",
        "DELETE FROM bilan_exports",
        "DELETE FROM bilan_cellules",
        "DELETE FROM bilans",
        "INSERT OR REPLACE INTO bilan_exports SELECT * FROM bilan_exports",
        (
            "INSERT INTO saisines (date, origine, support, accord_contact, urgence, etat, trimestre_bilan)"
            " VALUES ('2026-08-01', 'gendarmerie', 'autre', 'oui', 'differee', 'a_traiter', '2026-T3')"
        ),
    ):
        with pytest.raises(ConstraintError):
            session.vault.execute(statement)


def test_each_bilan_names_the_one_before_by_its_bytes(tmp_path: Path) -> None:
    clock = TestClock(date(2026, 11, 23))
    services, session = open_services(tmp_path, clock)
    _fill(services, 6, 0)
    _record(services, date(2026, 10, 5))
    clock.day = date(2027, 1, 4)
    named = []
    for code in ("2026-T3", "2026-T4"):
        periode = parse_period(code)
        prepared = services.bilans.prepare(periode)
        services.bilans.arreter(prepared, services.bilans.protect(prepared))
        (octets,) = (item.octets for item in services.bilans.files(periode) if item.format == "json")
        named.append((json.loads(octets)["predecesseurs"], hashlib.sha256(octets).hexdigest()))
    session.vault.close()
    assert named[0][0] == []
    assert named[1][0] == [named[0][1]]


@pytest.mark.parametrize("turns", [0, 1, 4, 12])
def test_what_comes_in_between_two_turns_of_a_closing_is_in_no_bilan_without_being_counted(
    tmp_path: Path, turns: int
) -> None:
    services, session = open_services(tmp_path, TestClock(date(2026, 10, 1)))
    with session.vault:
        _record(services, AUGUST)
        prepared = services.bilans.prepare(T3)
        closing = services.bilans.closing(prepared, services.bilans.protect(prepared))
        for _ in range(turns):
            next(closing)
        _record(services, AUGUST)
        with pytest.raises(UserError) as refusal:
            at_once(closing)
        assert refusal.value.code == "bilan_change"
        assert {each.periode: each.etat for each in services.bilans.periodes()}[T3] == "a_arreter"
        again = services.bilans.prepare(T3)
        services.bilans.arreter(again, services.bilans.protect(again))


def test_a_period_counted_in_turns_is_what_the_coffre_holds_at_the_last(tmp_path: Path) -> None:
    services, session = open_services(tmp_path, TestClock(date(2026, 10, 1)))
    with session.vault:
        _record(services, AUGUST)
        preparing = services.bilans.preparing(T3)
        for _ in range(12):
            next(preparing)
        _record(services, AUGUST)
        assert at_once(preparing).futurs == services.bilans.prepare(T3).futurs


def test_refusals(tmp_path: Path) -> None:
    clock = TestClock(date(2026, 9, 30))
    services, session = open_services(tmp_path, clock)
    with session.vault:
        _record(services, date(2026, 5, 4))
        _record(services, AUGUST)
        assert _refusal(services, "2026-T3") == "bilan_periode_en_cours"
        clock.day = date(2026, 10, 1)
        assert _refusal(services, "2026-T3") == "bilan_trimestre_precedent"
        assert _refusal(services, "2026-T1") == "bilan_vide"
        second = services.bilans.prepare(parse_period("2026-T2"))
        _record(services, date(2026, 5, 5))
        with pytest.raises(UserError) as refusal:
            services.bilans.arreter(second, services.bilans.protect(second))
        assert refusal.value.code == "bilan_change"
        second = services.bilans.prepare(parse_period("2026-T2"))
        services.bilans.arreter(second, services.bilans.protect(second))
        assert _refusal(services, "2026-T2") == "bilan_deja_arrete"
        with pytest.raises(UserError) as refusal:
            services.bilans.files(T3)
        assert refusal.value.code == "bilan_pas_arrete"
        assert [(t.periode.code, t.etat) for t in services.bilans.trimestres()] == [
            ("2026-T4", "en_cours"), ("2026-T3", "a_arreter"), ("2026-T2", "arrete"),
        ]  # fmt: skip


def test_a_quarter_in_which_nobody_came_is_closed_like_another(tmp_path: Path) -> None:
    services, session = open_services(tmp_path)
    with session.vault:
        _record(services, date(2026, 2, 2))
        _record(services, AUGUST)
        assert [t.periode.code for t in services.bilans.trimestres()] == [
            "2026-T4",
            "2026-T3",
            "2026-T2",
            "2026-T1",
        ]
        assert _refusal(services, "2026-T3") == "bilan_trimestre_precedent"
        for code in ("2026-T1", "2026-T2", "2026-T3"):
            prepared = services.bilans.prepare(parse_period(code))
            services.bilans.arreter(prepared, services.bilans.protect(prepared))
        printed = [
            services.bilans.protected(parse_period(code)).chiffres_donnes for code in ("2026-T2", "2026-T3")
        ]
        assert printed == [0, 0]
        empty, one = (
            [f.nom for f in services.bilans.files(parse_period(code))] for code in ("2026-T2", "2026-T3")
        )
        assert len(empty) == len(one) == 4
