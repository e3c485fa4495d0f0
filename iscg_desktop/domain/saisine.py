"""How a situation reaches the intervenant, what is done until it becomes a dossier, and how long that takes."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.errors import Problem

A_TRAITER = "a_traiter"
CONTACT_TENTE = "contact_tente"
RENDEZ_VOUS_FIXE = "rendez_vous_fixe"
DOSSIER_OUVERT = "dossier_ouvert"
SANS_SUITE = "sans_suite"
EN_ATTENTE = (A_TRAITER, CONTACT_TENTE, RENDEZ_VOUS_FIXE)
"""States in which a saisine still waits for something to be done."""

RESULTATS = ("injoignable", "sans_message", "rappel", "joint")
"""What an attempt to reach her gave."""

COMPTES = ("date", "origine", "support", "unite_id")
"""What a bilan may count of a saisine: it stays as it was once its quarter is arrêté."""

DELAIS = {"immediate": 0, "sous_48h": 2}
"""Days that may pass before something is done where the urgency says so; elsewhere she says how many."""

_SHORTEST_NAME = 3
# Words that begin with a capital in a motif and name nobody.
_CIVILITES = """
madame mme mademoiselle monsieur
brigade commissariat police gendarmerie compagnie ccas cdas assistante assistant docteur voisin voisine mère père fils
fille enfant enfants appel plainte intervention violences conflit suite vue avec dans pour elle lui les des une
"""
# Whoever is named after one of these asks, and is not the person concerned.
_GRADES = """
adj adjt adc adjudant adjudante agent bc brigadier brigadière capitaine chef cheffe cne colonel commandant commandante
gardien gend gendarme gav gpx lieutenant lieutenante ltn major maj maréchal maréchale mdc mdl mdlc opj apj
"""


@dataclass(frozen=True, slots=True)
class SaisineDraft:
    """A saisine as typed; codes are values of the nomenclatures of the same names.

    Attributes:
        demandeur: Who asked: the gendarme, the service, the relative.
        motif: A few words, facts only.
        contact_sur: Number and hours at which a call puts nobody in danger.
        sans_message: « Ne pas laisser de message ».
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
    contact_sur: str = ""
    sans_message: bool = False

    def check(self, today: dt.date, prefix: str = "") -> tuple[Problem, ...]:
        """All that is wrong with it."""
        if self.date is None:
            return (Problem(prefix + "date", "date_manquante"),)
        if self.date > today:
            return (Problem(prefix + "date", "date_future"),)
        return ()


@dataclass(frozen=True, slots=True)
class Saisine:
    """A saisine of the coffre.

    Attributes:
        trimestre: Code of the quarter in which it counts.
    """

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
    contact_sur: str
    sans_message: bool
    motif_sans_suite: str | None
    trimestre: str

    @property
    def waits(self) -> bool:
        """Whether something is still to be done with it."""
        return self.etat in EN_ATTENTE

    def draft(self) -> SaisineDraft:
        """What was typed, to be corrected."""
        return SaisineDraft(
            self.date,
            self.heure,
            self.origine,
            self.support,
            self.unite_id,
            self.demandeur,
            self.accord_contact,
            self.urgence,
            self.motif,
            self.telephone,
            self.contact_sur,
            self.sans_message,
        )


@dataclass(frozen=True, slots=True)
class TentativeDraft:
    """An attempt to reach the person, as typed."""

    date: dt.date | None
    heure: dt.time | None = None
    resultat: str | None = None
    note: str = ""

    def check(self, today: dt.date, saisine: dt.date) -> tuple[Problem, ...]:
        """All that is wrong with it."""
        problems = []
        if self.resultat not in RESULTATS:
            problems.append(Problem("resultat", "tentative_sans_resultat"))
        if self.date is None:
            problems.append(Problem("date", "date_manquante"))
        elif self.date > today:
            problems.append(Problem("date", "date_future"))
        elif self.date < saisine:
            problems.append(Problem("date", "tentative_avant_saisine"))
        return tuple(problems)


@dataclass(frozen=True, slots=True)
class Tentative:
    """An attempt kept in the coffre."""

    id: int
    date: dt.date
    heure: dt.time | None
    resultat: str
    note: str


@dataclass(frozen=True, slots=True)
class SaisineSuivie:
    """A saisine and what was done with it.

    Attributes:
        tentatives: How many times she was called.
        premiere_tentative, derniere_tentative: Days of the first and of the last attempt.
        resultat: What the last attempt gave; "" without one.
        rendez_vous_le, rendez_vous_a: Day and hour of the rendez-vous that stands.
        numero: Number of its dossier; "" without one.
        entretien_le: Day of the first entretien of that dossier since the saisine.
    """

    saisine: Saisine
    tentatives: int = 0
    premiere_tentative: dt.date | None = None
    derniere_tentative: dt.date | None = None
    resultat: str = ""
    rendez_vous_le: dt.date | None = None
    rendez_vous_a: dt.time | None = None
    numero: str = ""
    entretien_le: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Delais:
    """Days between the steps of a saisine, never below zero.

    Attributes:
        attente: Since the saisine.
        tentative: From the saisine to the first attempt.
        rencontre: From the saisine to the first entretien, or else to the rendez-vous that stands.
        retard: Why it is late: ``contact``, ``relance`` or ``rendez_vous``; "" when it is not.
    """

    attente: int
    tentative: int | None
    rencontre: int | None
    retard: str


def etat_de(*, tentatives: int, rendez_vous: bool, dossier: bool, sans_suite: bool) -> str:
    """State of a saisine: what was done says it, so that undoing one step comes back to the step before."""
    if dossier:
        return DOSSIER_OUVERT
    if sans_suite:
        return SANS_SUITE
    if rendez_vous:
        return RENDEZ_VOUS_FIXE
    return CONTACT_TENTE if tentatives else A_TRAITER


def delais(suivie: SaisineSuivie, today: dt.date, patience: int) -> Delais:
    """How long each step took, and whether the next one is late.

    A clock set back, or an attempt noted on a day before the saisine was corrected, gives zero.

    Args:
        suivie: The saisine and what was done.
        today: The civil date.
        patience: Days that may pass without anything done, unless the urgency leaves less.
    """
    saisine = suivie.saisine
    met = suivie.entretien_le or suivie.rendez_vous_le
    return Delais(
        attente=_days(saisine.date, today),
        tentative=_days(saisine.date, suivie.premiere_tentative) if suivie.premiere_tentative else None,
        rencontre=_days(saisine.date, met) if met else None,
        retard=_retard(suivie, today, patience),
    )


def _retard(suivie: SaisineSuivie, today: dt.date, patience: int) -> str:
    saisine = suivie.saisine
    allowed = min(DELAIS.get(saisine.urgence, patience), patience)
    if saisine.etat == A_TRAITER:
        return "contact" if _days(saisine.date, today) > allowed else ""
    if saisine.etat == CONTACT_TENTE:
        last = max(suivie.derniere_tentative or saisine.date, saisine.date)
        return "relance" if _days(last, today) > allowed else ""
    if saisine.etat == RENDEZ_VOUS_FIXE and suivie.rendez_vous_le is not None:
        return "rendez_vous" if suivie.rendez_vous_le < today else ""
    return ""


def _days(start: dt.date, end: dt.date) -> int:
    return max(0, (end - start).days)


def noms_cites(text: str) -> tuple[str, ...]:
    """What may be the name of a person in a text: words in a row that begin with a capital.

    Titles are left out, and so are the names that follow a rank: « Adj. Roux » is the gendarme who calls.
    """
    titles, ranks = frozenset(_CIVILITES.split()), frozenset(_GRADES.split())
    runs: list[list[str]] = [[]]
    ranked = False
    for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\s\w]", text):
        capital = word[0].isupper()
        if not ranks.isdisjoint(re.split("['’-]", word.lower())):
            ranked = True
        elif not capital or word.lower() in titles:
            ranked = ranked and word == "."
        elif not ranked:
            runs[-1].append(word)
            continue
        if runs[-1]:
            runs.append([])
    found = (" ".join(run) for run in runs if any(len(word) >= _SHORTEST_NAME for word in run))
    return tuple(dict.fromkeys(found))
