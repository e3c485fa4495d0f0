"""A disk that takes no more: a clear refusal, what was acknowledged stays, nothing half done."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fenetre import ROOT

# The limit on the size of a file makes every write that grows the database fail.
SCRIPT = """
import resource, signal, sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from iscg_desktop.domain.period import parse_period
from iscg_desktop.domain.fiche_sections import Urgence
from iscg_desktop.errors import UserError
from iscg_desktop.services.journal import FiltreJournal
from tests.vie import draft, open_services

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path(sys.argv[1])
services, session = open_services(folder)
august = date(2026, 8, 3)
first = services.entretiens.record(draft(date=august, saisine=None))
services.brouillons.keep("entretien:1", "entretien", {"notes": "à garder"})
content = replace(services.fiches.prepare(first.orientation_ids[0]), urgence=Urgence.DIFFEREE)
prepared = services.bilans.prepare(parse_period("2026-T3"))
protected = services.bilans.protect(prepared)
TABLES = "dossiers entretiens personnes accueils fiches bilans bilan_exports brouillons compteurs journal".split()
counts = lambda: [session.vault.execute(f"SELECT count(*) FROM {t}").scalar() for t in TABLES]
before = counts()
size = max(path.stat().st_size for path in (folder / "coffre").glob("data-*.db"))
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
ACTS = {
    "record": lambda: services.entretiens.record(draft(notes_de_travail="x" * 200_000), brouillon="entretien:1"),
    "issue": lambda: services.fiches.issue(first.orientation_ids[0], content),
    "arreter": lambda: services.bilans.arreter(prepared, protected),
    "draft": lambda: services.brouillons.keep("entretien:2", "entretien", {"notes": "y" * 200_000}),
}
for name, act in ACTS.items():
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        act()
        print(name, "passed")
    except UserError as error:
        print(name, error.code)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert counts() == before, (name, before, counts())
read = lambda: services.journal.compte(FiltreJournal(action="lecture"))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
services.dossiers.open(first.dossier_id)  # no reason not to read: its line of the journal waits
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
assert read() == 0
services.dossiers.open(first.dossier_id)
assert read() == 2
for act in ACTS.values():
    act()
assert session.vault.check() == ()
session.vault.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file of a process")
def test_a_disk_that_takes_no_more_refuses_in_words_and_changes_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n") == [
        "record disque_en_erreur", "issue disque_en_erreur", "arreter disque_en_erreur", "draft disque_en_erreur", "",
    ]  # fmt: skip
