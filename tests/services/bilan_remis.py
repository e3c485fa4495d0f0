"""A quarter lived, arrêté and handed over: real files for the tests that read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import cycle
from pathlib import Path

from iscg_desktop.domain.period import Periode
from iscg_desktop.services.services import Services
from tests.vie import draft, victime


def live(services: Services, day: date, *unites: int, **women_and_others: int) -> None:
    """Record one entretien for each person, by sexe; of these unités in turn, else all of the usual one."""
    usual = draft(date=day)
    assert usual.saisine is not None
    turn = cycle(unites or (usual.unite_id,))
    for sexe, number in women_and_others.items():
        for _, unite in zip(range(number), turn, strict=False):
            person = victime(sexe=sexe, informee_le=day)
            saisine = replace(usual.saisine, date=day, unite_id=unite or usual.saisine.unite_id)
            services.entretiens.record(replace(usual, personnes=(person,), saisine=saisine, unite_id=unite))


def hand_over(services: Services, periode: Periode, folder: Path) -> dict[str, bytes]:
    """Arrêter a period and write its files; their bytes by name."""
    prepared = services.bilans.prepare(periode)
    services.bilans.arreter(prepared, services.bilans.protect(prepared))
    return {path.name: path.read_bytes() for path in services.bilans.export(periode, folder)}
