"""An entretien is saved at once, the disk's own time apart (`-m campagne -s`)."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from iscg_desktop.services.services import Services
from iscg_desktop.storage.vault import Vault
from tests.benchmarks.conftest import TODAY
from tests.benchmarks.measures import within
from tests.vie import draft

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(300)]


def test_an_entretien_is_saved_at_once(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole use case less its COMMIT, which waits for the disk; of a new dossier, then of a known one.

    In time of this thread: what else the machine does is left out.
    """
    waited: list[float] = []
    commit = Vault.commit

    def timed_commit(vault: Vault) -> None:
        start = time.thread_time()
        commit(vault)
        waited.append(time.thread_time() - start)

    monkeypatch.setattr(Vault, "commit", timed_commit)
    new = replace(draft(date=TODAY, orientations=(), saisine=None), unite_id=services.journee.unites()[0].id)
    known = services.entretiens.record(new).dossier_id
    for what, whole in (("new dossier", new), ("known dossier", replace(new, dossier_id=known))):
        times = []
        for _ in range(8):
            waited.clear()
            start = time.thread_time()
            services.entretiens.record(whole)
            times.append(time.thread_time() - start - sum(waited))
        within(f"entretien saved, {what}", min(times), 0.010)
