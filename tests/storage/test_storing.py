"""What is acknowledged stays: under kills at random moments, and when the disk refuses any byte."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.coffres import Coffre
from tests.exigences import ROOT, Ampleur, Chiffre
from tests.vie import open_services

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks, kills and limits as POSIX has them")


@pytest.fixture
def model(tmp_path: Path) -> Coffre:
    services, session = open_services(tmp_path)
    services.coffre.lock()
    return Coffre(session.vault.folder, session.vault.key, "")


def _run(what: str, model: Coffre, number: int) -> dict[str, int]:
    key = f"{model.key.vault_id}:{model.key.dbk.hex()}"
    command = [sys.executable, "-m", "tests.storage.storing", what, str(model.folder), key, str(number), "7"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.mark.exigence("S1")
def test_nothing_acknowledged_is_lost_by_a_kill(model: Coffre, ampleur: Ampleur, chiffre: Chiffre) -> None:
    found = _run("kills", model, ampleur(8, 500))
    chiffre(
        f"{found['morts']} morts, {found['acquittés']} écritures acquittées,"
        f" {found['perdus']} perdues, {found['abîmés']} coffre abîmé"
    )
    assert found["morts"] == ampleur(8, 500)
    assert found["acquittés"] > found["morts"]
    assert (found["perdus"], found["abîmés"]) == (0, 0)


@pytest.mark.exigence("S6")
def test_nothing_acknowledged_is_lost_when_any_byte_is_refused(
    model: Coffre, ampleur: Ampleur, chiffre: Chiffre
) -> None:
    found = _run("limits", model, ampleur(5, 10_000))
    chiffre(
        f"{found['refus']} refus du disque, {found['acquittés']} écritures acquittées,"
        f" {found['perdus']} perdues, {found['abîmés']} coffre abîmé"
    )
    assert found["refus"] >= ampleur(4, 500)
    assert (found["perdus"], found["abîmés"], found["plantages"]) == (0, 0, 0)
