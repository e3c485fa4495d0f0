"""What a coupon retour says: the answer of a partner, without a word on the person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from iscg_desktop.domain.canonical import Cleaned
from iscg_desktop.domain.fiche_sections import Reponse
from iscg_desktop.errors import Problem

SUITES = (
    "accompagnement_engage",
    "rdv_fixe",
    "en_attente",
    "refus_personne",
    "refus_partenaire",
    "sans_suite",
)
"""Codes of ``suite`` that the coupon offers; the others are hers to choose."""

REFUS = ("refus_personne", "refus_partenaire")

LONGUEURS = {"referent": 120, "motif": 300}
"""Characters of what is written freely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupon(Cleaned):
    """The answers of a coupon, all of them optional until it is recorded.

    Attributes:
        connu: Whether the service knew the person already.
        prise_en_charge: Whether it takes the situation on.
        rendez_vous_le: Day of the first rendez-vous.
        referent: Who follows the situation there.
        suite: Code of ``suite``.
        date: Day of the answer.
        motif: Why, when it is a refusal.
    """

    connu: Reponse | None = None
    prise_en_charge: Reponse | None = None
    rendez_vous_le: dt.date | None = None
    referent: str = ""
    suite: str | None = None
    date: dt.date | None = None
    motif: str = ""

    def check(self, etablie_le: dt.date, today: dt.date) -> tuple[Problem, ...]:
        """All that forbids recording it as the answer to a fiche issued on a day."""
        return tuple(self._problems(etablie_le, today))

    def _problems(self, etablie_le: dt.date, today: dt.date) -> Iterator[Problem]:
        if self.suite is None:
            yield Problem("suite", "coupon_sans_suite")
        elif self.suite in REFUS and self.prise_en_charge is Reponse.OUI:
            yield Problem("suite", "coupon_contradictoire")
        if self.date is None:
            yield Problem("date", "coupon_sans_date")
        elif self.date < etablie_le:
            yield Problem("date", "retour_avant_fiche")
        elif self.date > today:
            yield Problem("date", "date_future")
        if self.rendez_vous_le is not None and self.rendez_vous_le < etablie_le:
            yield Problem("rendez_vous_le", "rendez_vous_avant_fiche")
        for name, longest in LONGUEURS.items():
            if len(getattr(self, name)) > longest:
                yield Problem(name, "coupon_trop_long", {"maximum": longest})
