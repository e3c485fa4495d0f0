"""What a person may ask about her data, and the month in which she is answered.

Source: articles 12 and 15 to 21 of the RGPD.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from iscg_desktop.domain.dates import months_before
from iscg_desktop.errors import Problem

TERME_MOIS: Final = 1
"""Months to answer (article 12.3)."""
TERME_PROLONGE_MOIS: Final = 3
"""Months when the request is complex and she was told so within the first (article 12.3)."""
LONGEST_NOTE: Final = 500


class Droit(StrEnum):
    """What is asked, by article of the RGPD."""

    ACCES = "acces"
    RECTIFICATION = "rectification"
    EFFACEMENT = "effacement"
    LIMITATION = "limitation"
    OPPOSITION = "opposition"


class Reponse(StrEnum):
    """What was answered."""

    SATISFAITE = "satisfaite"
    PARTIELLE = "partielle"
    REFUSEE = "refusee"


LASTING: Final = frozenset({Droit.LIMITATION, Droit.OPPOSITION})
"""Rights that go on after the answer, until they are lifted: they are shown wherever the person is."""


@dataclass(frozen=True, slots=True)
class Demande:
    """A request of a person, as the register keeps it.

    Attributes:
        personne_id: Who asked; None once she was erased: the line stays, without her.
        prolongee: She was told within the month that the answer would take up to three.
        repondue_le: Day of the answer; None while it is awaited.
        levee_le: Day a limitation or an opposition ended.
    """

    id: int
    droit: Droit
    recue_le: date
    personne_id: int | None
    note: str = ""
    prolongee: bool = False
    repondue_le: date | None = None
    reponse: Reponse | None = None
    levee_le: date | None = None

    @property
    def terme(self) -> date:
        """Last day to answer."""
        return months_before(self.recue_le, -(TERME_PROLONGE_MOIS if self.prolongee else TERME_MOIS))

    def late(self, today: date) -> bool:
        """Whether the answer is overdue."""
        return self.repondue_le is None and self.terme < today

    def holds(self) -> bool:
        """Whether it is a limitation or an opposition in force."""
        granted = self.reponse in (Reponse.SATISFAITE, Reponse.PARTIELLE)
        return self.droit in LASTING and granted and self.levee_le is None


def check_demande(droit: Droit | None, recue_le: date | None, note: str, today: date) -> tuple[Problem, ...]:
    """All that is wrong with a request being noted."""
    problems = []
    if droit is None:
        problems.append(Problem("droit", "demande_sans_droit"))
    if recue_le is None:
        problems.append(Problem("recue_le", "demande_sans_date"))
    elif recue_le > today:
        problems.append(Problem("recue_le", "date_future"))
    if len(note) > LONGEST_NOTE:
        problems.append(Problem("note", "demande_note_longue", {"maximum": LONGEST_NOTE}))
    return tuple(problems)


def check_reponse(
    demande: Demande, day: date | None, reponse: Reponse | None, note: str, today: date
) -> tuple[Problem, ...]:
    """All that is wrong with an answer: a refusal says why (article 12.4)."""
    problems = []
    if day is None:
        problems.append(Problem("repondue_le", "demande_sans_date"))
    elif day > today:
        problems.append(Problem("repondue_le", "date_future"))
    elif day < demande.recue_le:
        problems.append(Problem("repondue_le", "reponse_avant_demande"))
    if reponse is None:
        problems.append(Problem("reponse", "reponse_manquante"))
    elif reponse is not Reponse.SATISFAITE and not note.strip():
        problems.append(Problem("note", "reponse_sans_motif"))
    return tuple(problems)
