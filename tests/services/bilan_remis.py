"""A quarter lived, arrêté and handed over: real files for the tests that read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from iscg_desktop.domain.period import Periode
from iscg_desktop.services.services import Services
from tests.vie import draft, victime


def live(services: Services, day: date, **women_and_others: int) -> None:
    """Record one entretien for each person, by sexe."""
    saisine = draft().saisine
    assert saisine is not None
    for sexe, number in women_and_others.items():
        for _ in range(number):
            person = victime(sexe=sexe, informee_le=day)
            services.entretiens.record(
                draft(date=day, personnes=(person,), saisine=replace(saisine, date=day))
            )


def hand_over(services: Services, periode: Periode, folder: Path) -> dict[str, bytes]:
    """Arrêter a period and write its files; their bytes by name."""
    prepared = services.bilans.prepare(periode)
    services.bilans.arreter(prepared, services.bilans.protect(prepared))
    return {path.name: path.read_bytes() for path in services.bilans.export(periode, folder)}
