"""A dated contact with a partner: received or made, about a situation, a meeting or a technical advice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from iscg_desktop.domain.partenaire import TEXTE_MAX
from iscg_desktop.errors import Problem

Sens = Literal["recu", "emis"]


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A contact as typed.

    Attributes:
        canal: Code of ``canal_contact``.
        objet: Code of ``objet_contact``.
        dossier_id: The situation it was about, if it was about one of the coffre.
    """

    partenaire_id: int | None
    date: dt.date | None
    sens: Sens = "emis"
    canal: str | None = "telephone"
    objet: str | None = "situation"
    dossier_id: int | None = None
    note: str = ""

    def check(self, today: dt.date) -> tuple[Problem, ...]:
        """All that is wrong with it."""
        problems = []
        if self.partenaire_id is None:
            problems.append(Problem("partenaire_id", "contact_sans_partenaire"))
        if self.date is None:
            problems.append(Problem("date", "date_manquante"))
        elif self.date > today:
            problems.append(Problem("date", "date_future"))
        if self.canal is None:
            problems.append(Problem("canal", "contact_sans_canal"))
        if self.objet is None:
            problems.append(Problem("objet", "contact_sans_objet"))
        if len(self.note) > TEXTE_MAX:
            problems.append(Problem("note", "texte_trop_long", {"maximum": TEXTE_MAX}))
        return tuple(problems)


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact of the coffre; ``dossier`` is the number of its dossier, or empty."""

    id: int
    partenaire_id: int
    partenaire: str
    date: dt.date
    sens: Sens
    canal: str
    objet: str
    dossier_id: int | None
    dossier: str
    note: str
    trimestre: str

    def draft(self) -> ContactDraft:
        """What a form shows of it, to be amended."""
        return ContactDraft(
            self.partenaire_id, self.date, self.sens, self.canal, self.objet, self.dossier_id, self.note
        )
