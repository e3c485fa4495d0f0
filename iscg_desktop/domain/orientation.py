"""A hand-over to a partner, and what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.partenaire import TEXTE_MAX, Partenaire
from iscg_desktop.errors import Problem

AUCUNE = "aucune"
"""Type of an orientation that leads to nobody."""

SECTEUR = "service_social_secteur"
"""Partner type whose first orientation counts as « orientés vers le service social départemental »."""

ENGAGEMENT = "accompagnement_engage"
"""Suite whose first occurrence counts as « accompagnement engagé après orientation »."""

RENDEZ_VOUS = "rdv_fixe"
"""Suite that says on which day the person is expected."""

REFUS_PARTENAIRE = "refus_partenaire"
"""Suite that says why the partner takes nobody, or not now."""

EN_ATTENTE = "en_attente"
"""Suite that says nothing yet of what became of the orientation."""


ONCE_COUNTED = frozenset({"date", "personne", "type", "partenaire_id", "motif"})
"""Answers that stand still once a bilan already arrêté counts the orientation."""

ON_THE_FICHE = frozenset({"personne", "partenaire_id"})
"""Answers that stand still once a fiche carries the orientation: of whom it speaks, and to whom."""


@dataclass(frozen=True, slots=True)
class OrientationDraft:
    """An orientation as typed in the entretien.

    Attributes:
        personne: Rank, in the entretien, of the person it concerns.
        type: Code of ``type_partenaire``.
        accord: ``oui``, ``non`` or ``non_recueilli``.
        id: The recorded orientation that it corrects; None for a new one.
    """

    personne: int
    type: str | None
    partenaire_id: int | None = None
    accord: str = "non_recueilli"
    motif: str = ""
    id: int | None = None

    def check(self, persons: int, prefix: str = "") -> tuple[Problem, ...]:
        """All that is wrong with it, given the number of persons of the entretien."""
        problems = []
        if self.type is None:
            problems.append(Problem(prefix + "type", "orientation_sans_type"))
        if not 0 <= self.personne < persons:
            problems.append(Problem(prefix + "personne", "orientation_sans_personne"))
        if len(self.motif) > TEXTE_MAX:
            problems.append(Problem(prefix + "motif", "texte_trop_long", {"maximum": TEXTE_MAX}))
        return tuple(problems)


def check_open(partenaire: Partenaire, day: dt.date, prefix: str = "") -> tuple[Problem, ...]:
    """What is wrong with orienting someone to a structure on a day: it may have closed before."""
    if partenaire.ferme_le is None or partenaire.is_open(day):
        return ()
    closed = Problem(
        prefix + "partenaire_id", "partenaire_ferme", {"date": format_date_courte(partenaire.ferme_le)}
    )
    return (closed,)


@dataclass(frozen=True, slots=True)
class Orientation:
    """An orientation of the coffre, with its last suite if one is known."""

    id: int
    dossier_id: int
    personne_id: int
    entretien_id: int | None
    date: dt.date
    type: str
    partenaire_id: int | None
    partenaire: str
    accord: str
    motif: str
    suite: str | None
    suite_le: dt.date | None
    fiche_numero: str | None
    trimestre: str = ""

    def draft(self, personne: int = 0) -> OrientationDraft:
        """What a form shows of it, to be amended; ``personne`` is the rank of the person there."""
        return OrientationDraft(personne, self.type, self.partenaire_id, self.accord, self.motif, self.id)

    def changes(
        self, draft: OrientationDraft, personne_id: int | None, day: dt.date | None
    ) -> frozenset[str]:
        """Names of the answers that a draft changes."""
        pairs = {
            "personne": (self.personne_id, personne_id),
            "date": (self.date, day),
            "type": (self.type, draft.type),
            "partenaire_id": (self.partenaire_id, draft.partenaire_id),
            "accord": (self.accord, draft.accord),
            "motif": (self.motif, draft.motif.strip()),
        }
        return frozenset(name for name, (before, after) in pairs.items() if before != after)

    def may_go(self, *, counted: bool) -> bool:
        """Whether it may be withdrawn: no arrêté bilan counts it, no fiche carries it, nothing became of it yet."""
        return not counted and self.fiche_numero is None and self.suite is None


@dataclass(frozen=True, slots=True)
class SansSuite:
    """An orientation of which nobody knows yet what became; the person by her names, for the screen."""

    orientation: Orientation
    dossier: str
    nom: str
    initiales: str


@dataclass(frozen=True, slots=True)
class SuiteDraft:
    """What became of an orientation, as typed.

    Attributes:
        suite: Code of ``suite``.
        date: Day on which it was learnt.
        motif: Why it was refused, or a few words.
        rendez_vous_le: Day of the rendez-vous.
        referent: Who follows the person there.
    """

    suite: str | None
    date: dt.date | None
    motif: str = ""
    rendez_vous_le: dt.date | None = None
    referent: str = ""

    def check(self, orientation_le: dt.date, today: dt.date) -> tuple[Problem, ...]:
        """All that is wrong with it, given the day of the orientation."""
        problems = []
        if self.suite is None:
            problems.append(Problem("suite", "suite_manquante"))
        if self.date is None:
            problems.append(Problem("date", "date_manquante"))
        elif self.date > today:
            problems.append(Problem("date", "date_future"))
        elif self.date < orientation_le:
            problems.append(Problem("date", "suite_avant_orientation"))
        if self.suite == RENDEZ_VOUS and self.rendez_vous_le is None:
            problems.append(Problem("rendez_vous_le", "suite_sans_rendez_vous"))
        if self.rendez_vous_le is not None and self.rendez_vous_le < orientation_le:
            problems.append(Problem("rendez_vous_le", "rendez_vous_avant_orientation"))
        if self.suite == REFUS_PARTENAIRE and not self.motif.strip():
            problems.append(Problem("motif", "suite_sans_motif"))
        for name, text in (("motif", self.motif), ("referent", self.referent)):
            if len(text) > TEXTE_MAX:
                problems.append(Problem(name, "texte_trop_long", {"maximum": TEXTE_MAX}))
        return tuple(problems)


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite of the coffre."""

    id: int
    orientation_id: int
    suite: str
    date: dt.date
    motif: str
    rendez_vous_le: dt.date | None
    referent: str
    trimestre: str

    def draft(self) -> SuiteDraft:
        """What a form shows of it, to be amended."""
        return SuiteDraft(self.suite, self.date, self.motif, self.rendez_vous_le, self.referent)
