"""An entretien is saved at once, the disk's own time apart (`-m campagne -s`)."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import islice, product

import pytest

from iscg_desktop.services.services import Services
from iscg_desktop.storage.vault import Vault
from tests.benchmarks.conftest import TODAY
from tests.benchmarks.measures import within
from tests.vie import draft

pytestmark = [pytest.mark.campagne, pytest.mark.timeout(300)]


_NOTES = 200
"""Words of long notes."""


def test_an_entretien_is_saved_at_once(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole use case less its COMMIT, which waits for the disk; of a new dossier, a known one, one of long notes.

    In time of this thread: what else the machine does is left out. The words go to the search index in a later turn
    of the window, which it may hold as long as any.
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
    words = ("".join(each) for each in product("bcdfglmnprst", "aeiou", "bcdfglmnprst", "aeiou"))
    times, turns = [], []
    for _ in range(6):
        waited.clear()
        long = replace(new, dossier_id=known, notes_de_travail=" ".join(islice(words, _NOTES)))
        start = time.thread_time()
        services.entretiens.record(long)
        times.append(time.thread_time() - start - sum(waited))
        start = time.thread_time()
        services.dossiers.index_now()
        turns.append(time.thread_time() - start)
    within(f"entretien saved, the sixth of {_NOTES} words in its dossier", times[-1], 0.010)
    within("its words in the index, in a turn of their own", turns[-1], 0.100)
