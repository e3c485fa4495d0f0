"""How a situation reaches the intervenant."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.errors import Problem


@dataclass(frozen=True, slots=True)
class SaisineDraft:
    """A saisine as typed; codes are values of the nomenclatures of the same names.

    Attributes:
        demandeur: Who asked: the gendarme, the service, the relative.
        motif: A few words, facts only.
    """

    date: dt.date | None
    heure: dt.time | None = None
    origine: str = NON_RENSEIGNE
    support: str = NON_RENSEIGNE
    unite_id: int | None = None
    demandeur: str = ""
    accord_contact: str = "non_recueilli"
    urgence: str = NON_RENSEIGNE
    motif: str = ""
    telephone: str = ""

    def check(self, today: dt.date, prefix: str = "") -> tuple[Problem, ...]:
        """All that is wrong with it."""
        if self.date is None:
            return (Problem(prefix + "date", "date_manquante"),)
        if self.date > today:
            return (Problem(prefix + "date", "date_future"),)
        return ()


@dataclass(frozen=True, slots=True)
class Saisine:
    """A saisine of the coffre."""

    id: int
    date: dt.date
    heure: dt.time | None
    origine: str
    support: str
    unite_id: int | None
    demandeur: str
    accord_contact: str
    urgence: str
    etat: str
    motif: str
    telephone: str
    dossier_id: int | None
