"""Half-years and years: sums of frozen quarters, protected with all that was handed over before."""

from __future__ import annotations

import hashlib
import json
import runpy
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from iscg_desktop.domain.period import parse_period
from iscg_desktop.errors import UserError
from iscg_desktop.paths import resources
from iscg_desktop.services.bilan_regroupement import Regroupement
from iscg_desktop.services.bilan_reprise import lire
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.services.verification_bilans import verify
from tests.vie import TestClock, draft, open_services, victime

DAYS = (date(2026, 2, 3), date(2026, 5, 4), date(2026, 8, 3), date(2026, 11, 3))


@pytest.fixture
def annee(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    """A year of which every quarter can be arrêté."""
    clock = TestClock(date(2026, 11, 23))
    services, session = open_services(tmp_path, clock)
    with session.vault:
        for day, (women, men) in zip(DAYS, ((9, 4), (7, 2), (6, 6), (12, 0)), strict=True):
            for rank in range(women + men):
                record(services, day, "femme" if rank < women else "homme")
        clock.day = date(2027, 1, 4)
        yield services, session


def record(services: Services, day: date, sexe: str = "femme") -> int:
    saisine = draft().saisine
    assert saisine is not None
    person = victime(sexe=sexe, informee_le=day)
    return services.entretiens.record(
        draft(date=day, personnes=(person,), saisine=replace(saisine, date=day))
    ).dossier_id


def arreter(services: Services, *codes: str) -> None:
    for code in codes:
        prepared = services.bilans.prepare(parse_period(code))
        services.bilans.arreter(prepared, services.bilans.protect(prepared))


def octets(services: Services, code: str) -> bytes:
    return next(one.octets for one in services.bilans.files(parse_period(code)) if one.format == "json")


def assert_right(services: Services, *codes: str) -> None:
    """Both verifiers find the files right, each alone and all together."""
    files = [(code, octets(services, code)) for code in codes]
    assert verify(files).bilans == len(codes)
    for name, content in files:
        assert verify([(name, content)]).bilans == 1
    namespace = runpy.run_path(str(resources() / "verifier" / "verifier_bilan.py"))
    assert namespace["verifier"]([content for _, content in files])


def test_longer_periods_wait_for_their_quarters(annee: tuple[Services, Session]) -> None:
    services, _ = annee
    assert etats(services)["2026-S1"] == "incomplet"
    with pytest.raises(UserError) as refusal:
        services.bilans.prepare(parse_period("2026-S1"))
    assert refusal.value.code == "bilan_trimestre_precedent"
    arreter(services, "2026-T1", "2026-T2")
    assert etats(services)["2026-S1"] == "a_arreter"
    assert etats(services)["2026"] == "incomplet"
    arreter(services, "2026-S1")
    assert etats(services)["2026-S1"] == "arrete"
    with pytest.raises(UserError) as refusal:
        services.bilans.prepare(parse_period("2026-S1"))
    assert refusal.value.code == "bilan_deja_arrete"


def etats(services: Services) -> dict[str, str]:
    return {one.periode.code: one.etat for one in services.bilans.periodes()}


def test_a_half_year_is_the_sum_of_what_was_frozen_in_whatever_order(annee: tuple[Services, Session]) -> None:
    services, session = annee
    arreter(services, "2026-T1", "2026-T2", "2026-T3", "2026-T4")
    frozen = {code: octets(services, code) for code in ("2026-T1", "2026-T2", "2026-T3", "2026-T4")}
    # What happens to the rows since moves nothing: late entries count elsewhere, erasure uncounts nothing.
    record(services, DAYS[0])
    session.vault.execute("DELETE FROM dossiers WHERE id < 9")
    counted = {one.tableau.code: one for one in services.bilans.prepare(parse_period("2026-S2")).comptes}
    assert counted["sexe"].total == 24
    assert counted["sexe"].effectifs[(("sexe", "femme"),)].unites == 18
    arreter(services, "2026-S2", "2026-S1")
    document = json.loads(octets(services, "2026-S1"))
    schema = json.loads((resources() / "bilan" / "schema-bilan-1.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema)
    named = [one["periode"] for one in document["preuve"]["predecesseurs"]]
    assert sorted(named) == ["2026-T1", "2026-T2"]
    # Each names the file made before it, whatever its period.
    assert document["predecesseurs"] == [hashlib.sha256(octets(services, "2026-S2")).hexdigest()]
    assert {code: octets(services, code) for code in frozen} == frozen
    assert_right(services, *frozen, "2026-S2", "2026-S1")


def test_categories_are_printed_together_when_she_says_so(annee: tuple[Services, Session]) -> None:
    services, _ = annee
    arreter(services, "2026-T1")
    together = Regroupement("accueils", "connu", ("connu", "inconnu"), "Connu ou inconnu")
    prepared = services.bilans.prepare(parse_period("2026-T2"), [together])
    protected = services.bilans.protect(prepared)
    table = protected.table("connu")
    assert [set(c.regroupe) for c in table.dimensions[0].categories if c.regroupe] == [{"connu", "inconnu"}]
    assert table.valeur((("connu", together.code),)) == 9
    services.bilans.arreter(prepared, protected)
    arreter(services, "2026-S1")
    assert not any(
        c.regroupe
        for c in services.bilans.protected(parse_period("2026-S1")).table("connu").dimensions[0].categories
    )
    assert services.bilans.protected(parse_period("2026-T2")) == protected
    assert_right(services, "2026-T1", "2026-T2", "2026-S1")


def test_one_threshold_a_year(annee: tuple[Services, Session]) -> None:
    services, _ = annee
    services.bilans.set_renforce(on=True)
    arreter(services, "2026-T1")
    services.bilans.set_renforce(on=False)
    arreter(services, "2026-T2", "2026-S1")
    assert services.bilans.protected(parse_period("2026-S1")).seuil == 11
    assert services.bilans.seuil(parse_period("2027-T1")) == 5


def test_after_the_loss_of_a_coffre_its_files_are_taken_back(
    annee: tuple[Services, Session], tmp_path: Path
) -> None:
    services, _ = annee
    arreter(services, "2026-T1", "2026-T2")
    paths = []
    for code in ("2026-T2", "2026-T1"):
        paths.append(tmp_path / f"{code}.json")
        paths[-1].write_bytes(octets(services, code))
    other, session = open_services(tmp_path / "nouveau", TestClock(date(2026, 8, 1)))
    with session.vault:
        for wrong in (paths[:1], [tmp_path / "absent.json"]):
            with pytest.raises(UserError):
                other.bilans.reprendre(lire(wrong))
        assert not session.read.bilans.arretes()
        other.bilans.reprendre(lire(paths))
        other.bilans.reprendre(lire(paths))
        assert [octets(other, code) for code in ("2026-T1", "2026-T2")] == [
            p.read_bytes() for p in paths[::-1]
        ]
        late = record(other, DAYS[0])
        row = session.vault.execute("SELECT trimestre_bilan AS t FROM dossiers WHERE id = ?", (late,)).one()
        assert row["t"] == "2026-T3"
        with pytest.raises(UserError) as refusal:
            other.bilans.prepare(parse_period("2026-S1"))
        assert refusal.value.code in ("bilan_trimestre_repris", "bilan_vide")
        paths[1].write_bytes(paths[1].read_bytes().replace(b"2027-01-04", b"2027-01-05"))
        with pytest.raises(UserError):
            other.bilans.reprendre(lire(paths[1:]))
