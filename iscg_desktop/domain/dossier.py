"""A situation: its number, who is concerned, and what happened, in order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from iscg_desktop.domain.cloisonnement import Cote, cote_among
from iscg_desktop.domain.personne import Personne

Evenement = Literal[
    "saisine", "tentative", "rendez_vous", "entretien", "orientation", "fiche", "etape", "suite", "contact", "relance",
    "point", "point_vu", "cloture", "reouverture", "document",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One line of the list of dossiers; the last three say what calls for something."""

    id: int
    numero: str
    noms: str
    initiales: str
    unite: str
    problematique: str | None
    dernier_contact: dt.date
    entretiens: int
    clos: bool
    a_revoir: bool = False
    relance_due: bool = False
    sans_retour: bool = False


@dataclass(frozen=True, slots=True)
class PersonneConcernee:
    """A person in a dossier.

    Attributes:
        statut: The last one noted there.
        accueillie: Whether she counts as accueillie.
        statuts: All that were noted there, entretien by entretien.
    """

    personne: Personne
    statut: str
    accueillie: bool
    statuts: frozenset[str] = frozenset()

    @property
    def cote(self) -> Cote:
        """Her side there; both, once she was noted on both."""
        return cote_among(self.statut, self.statuts)


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One event of a dossier.

    Attributes:
        kind: What happened.
        date: Civil date.
        id: Identifier of the saisine, entretien, orientation or fiche.
        code: Code that names it (mode of the entretien, type of partner, origine…).
        detail: Words typed by the user, or the name of a partner.
        issue: Issue, suite or state, as a code; empty if none.
        parent_id: What it hangs on: the fiche of a step, the orientation of a suite or of a fiche.
        personne_id: The person it concerns, where it concerns one.
    """

    kind: Evenement
    date: dt.date
    id: int
    code: str
    detail: str
    issue: str = ""
    heure: dt.time | None = None
    parent_id: int | None = None
    personne_id: int | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier of the coffre, as its page shows it."""

    id: int
    numero: str
    ouvert_le: dt.date
    regime: str
    unite_id: int | None
    dernier_contact: dt.date
    clos_le: dt.date | None
    motif_cloture: str
    a_revoir: bool
    problematique_principale: str | None
    personnes: tuple[PersonneConcernee, ...]
    evenements: tuple[TimelineEvent, ...]


def format_numero(year: int, rank: int) -> str:
    """Number of a dossier: ``AAAA-NNNN``, the rank of at least four digits."""
    return f"{year:04d}-{rank:04d}"
