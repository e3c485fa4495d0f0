"""The last weeks of the demonstration: a tournée each Friday, some coupons back, some still in the letter box."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from iscg_desktop.documents.coupon_rempli import fill_coupon_form
from iscg_desktop.domain.coupon import Coupon
from iscg_desktop.domain.fiche_sections import Reponse
from iscg_desktop.domain.fiche_suivi import Etat
from iscg_desktop.files import private_folder, write_atomic
from iscg_desktop.services.demo.clock import MovingClock
from iscg_desktop.services.demo.people import weighted
from iscg_desktop.services.services import Services

WEEKS_OF_TOURNEES = 4
COUPONS_WRITTEN = 3
"""Filled coupons left beside the coffre, to be read back by whoever tries the program."""

_FRIDAY = 4
_SUITES = {
    "accompagnement_engage": 45,
    "rdv_fixe": 25,
    "refus_personne": 8,
    "refus_partenaire": 7,
    "sans_suite": 15,
}
_WELCOME = Coupon(connu=Reponse.NON, prise_en_charge=Reponse.OUI, referent="Mme Abgrall")
_REFERENTS = ("Mme Abgrall", "M. Tanguy", "Mme Quéméneur")


def coupon_fictif(random: Random, day: date) -> Coupon:
    """What a partner might answer on a day."""
    suite = weighted(random, _SUITES)
    return Coupon(
        connu=random.choice((Reponse.OUI, Reponse.NON, None)),
        prise_en_charge=Reponse.OUI if suite in ("accompagnement_engage", "rdv_fixe") else Reponse.NON,
        rendez_vous_le=day + timedelta(days=random.randint(2, 15)) if suite == "rdv_fixe" else None,
        referent=random.choice(_REFERENTS) if suite == "accompagnement_engage" else "",
        suite=suite,
        date=day,
        motif="Plus de place avant le mois prochain." if suite == "refus_partenaire" else "",
    )


def tournees_fictives(services: Services, moving: MovingClock, random: Random, last: date) -> None:
    """A tournée each Friday of the last weeks, answers in the days that follow, and the next one prepared."""
    for friday in _fridays(last - timedelta(weeks=WEEKS_OF_TOURNEES), last):
        moving.day = friday
        issued = [f.id for a in services.tournees.waiting() for f in a.fiches if f.etablie_le < friday]
        if not issued:
            continue
        tournee_id, _ = services.tournees.create(friday, issued)
        services.suivi.note(issued, "imprimee", friday)
        services.tournees.finish(tournee_id, friday, "main_propre")
        for fiche_id in issued:
            answered = friday + timedelta(days=random.randint(3, 20))
            if answered <= last and random.random() < 0.6:
                moving.day = answered
                services.retours.record(fiche_id, coupon_fictif(random, answered))
    moving.day = last
    left = [fiche.id for arret in services.tournees.waiting() for fiche in arret.fiches]
    if left:
        services.tournees.create(_next_friday(last), left[: max(len(left) - 2, 1)])


def read_coupons(services: Services, folder: Path) -> tuple[Path, ...]:
    """Read filled coupons back, as she does with those of her mail; returns where they are."""
    retours = services.retours
    today = services.clock.today()
    answers = (
        replace(_WELCOME, suite="accompagnement_engage", date=today),
        replace(_WELCOME, suite="refus_personne", prise_en_charge=Reponse.NON, referent="", date=today),
    )
    written = _filled(services, folder, answers)
    for path in written:
        retour = retours.found(retours.reader(path)())
        retours.record(retour.fiche.id, retour.coupon)
    return written


def write_coupons(services: Services, folder: Path) -> tuple[Path, ...]:
    """Write filled coupons of fiches that wait for their retour; returns their paths."""
    today = services.clock.today()
    answer = replace(_WELCOME, rendez_vous_le=today + timedelta(days=6), suite="rdv_fixe", date=today)
    return _filled(services, folder, [answer] * COUPONS_WRITTEN)


def _filled(services: Services, folder: Path, answers: Sequence[Coupon]) -> tuple[Path, ...]:
    """The coupons of the last fiches handed over, with these answers."""
    private_folder(folder)
    written = []
    for fiche, answer in zip(services.suivi.find(Etat.REMISES, limit=len(answers)), answers, strict=False):
        path = folder / services.retours.coupon_name(fiche.id)
        services.retours.save_coupon(fiche.id, path)
        write_atomic(path, fill_coupon_form(path.read_bytes(), answer))
        written.append(path)
    return tuple(written)


def _fridays(first: date, last: date) -> Iterable[date]:
    day = _next_friday(first)
    while day < last:
        yield day
        day += timedelta(weeks=1)


def _next_friday(day: date) -> date:
    return day + timedelta(days=(_FRIDAY - day.weekday() - 1) % 7 + 1)
