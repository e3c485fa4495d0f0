"""A person concerned by a dossier, and the facts noted about her as of one event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Literal, NamedTuple

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.period import AgeSource, age_on, tranche_age
from iscg_desktop.errors import Problem


@dataclass(frozen=True, slots=True)
class Identite:
    """Who she is and how she can be reached; every part may be missing.

    Attributes:
        description: « femme, environ 30 ans », for a person without a name.
        naissance: What is known of her birth.
        age_estime_le: Day an estimated age was noted.
        contact_sur: Number or address at which a call puts nobody in danger.
        sans_message: « Ne pas laisser de message ».
        vit_avec: Who lives there.
        informee_le: Day the information on her data was given; None if not yet.
    """

    nom_naissance: str = ""
    nom_usage: str = ""
    prenom: str = ""
    surnom: str = ""
    description: str = ""
    sexe: str = NON_RENSEIGNE
    naissance: Naissance | None = None
    age_estime_le: date | None = None
    adresse: str = ""
    commune: str | None = None
    telephone: str = ""
    courriel: str = ""
    contact_sur: str = ""
    contact_sur_horaires: str = ""
    sans_message: bool = False
    vit_avec: str = ""
    informee_le: date | None = None

    @property
    def nom(self) -> str:
        """The name she goes by: usual name, else birth name."""
        return self.nom_usage or self.nom_naissance

    @property
    def nom_court(self) -> str:
        """« LE GOFF Maëlle », else nickname, else description, else « Personne sans nom »."""
        named = f"{self.nom.upper()} {self.prenom}".strip()
        return named or self.surnom or self.description or "Personne sans nom"

    @property
    def nom_complet(self) -> str:
        """The same with the birth name where it differs: « LE GOFF née PÉRON Maëlle »."""
        naissance = self.nom_naissance.upper()
        if not naissance or naissance == self.nom.upper():
            return self.nom_court
        born = "née" if self.sexe == "femme" else "né"
        return f"{self.nom.upper()} {born} {naissance} {self.prenom}".strip()

    @property
    def initiales(self) -> str:
        """« M. L. » : what a screen shows when others may read over the shoulder; no sex, no full word."""
        letters = [word[0].upper() + "." for word in (self.prenom, self.nom) if word]
        return " ".join(letters) or "–"

    def age(self, event: date) -> tuple[int | None, AgeSource]:
        """Age at an event and what it rests on."""
        return age_on(event, self.naissance, self.age_estime_le)

    def check(self, event: date, prefix: str = "") -> tuple[Problem, ...]:
        """What cannot be, or contradicts the event: a birth of another century, or after it."""
        naissance = self.naissance
        if naissance is not None and not naissance.is_possible:
            return (Problem(prefix + "naissance", "naissance_trop_ancienne"),)
        born = naissance and (naissance.date or (date(naissance.annee, 1, 1) if naissance.annee else None))
        if born and born > event:
            return (Problem(prefix + "naissance", "naissance_apres_entretien"),)
        return ()


@dataclass(frozen=True, slots=True)
class Personne:
    """A person of the coffre."""

    id: int
    uid: str
    identite: Identite


class Nommee(NamedTuple):
    """What a person is called and when she was born: all that a search looks at, and says.

    A tuple, for forty are made at each letter typed.

    Attributes:
        date_naissance: ISO text of the day.
        age_estime_le: ISO text of the day her age was estimated.
    """

    id: int
    nom_usage: str
    nom_naissance: str
    prenom: str
    surnom: str
    description: str
    sexe: str
    date_naissance: str | None
    annee_naissance: int | None
    age_estime: int | None
    age_estime_le: str | None

    @property
    def annee(self) -> int | None:
        """Year of her birth, about right when her age was estimated."""
        if self.date_naissance:
            return int(self.date_naissance[:4])
        if self.age_estime is not None and self.age_estime_le:
            return int(self.age_estime_le[:4]) - self.age_estime
        return self.annee_naissance

    @property
    def identite(self) -> Identite:
        """Who she is, by her names and her birth alone: nothing of where she lives and how she is reached."""
        born = date.fromisoformat(self.date_naissance) if self.date_naissance else None
        return Identite(
            nom_naissance=self.nom_naissance,
            nom_usage=self.nom_usage,
            prenom=self.prenom,
            surnom=self.surnom,
            description=self.description,
            sexe=self.sexe,
            naissance=None if self.annee is None else Naissance(born, self.annee_naissance, self.age_estime),
        )


@dataclass(frozen=True, slots=True)
class Profil:
    """Facts about a person as of one event; frozen with it, so that later changes move no past figure.

    Every code is a value of the nomenclature of the same name; ``tranche_age`` follows from ``age``.
    """

    sexe: str = NON_RENSEIGNE
    age: int | None = None
    age_source: AgeSource = "inconnu"
    statut: str = NON_RENSEIGNE
    situation_conjugale: str = NON_RENSEIGNE
    type_menage: str = NON_RENSEIGNE
    activite: str = NON_RENSEIGNE
    csp: str = NON_RENSEIGNE
    logement: str = NON_RENSEIGNE
    connu_services_sociaux: str = NON_RENSEIGNE
    suivi_en_cours: str = NON_RENSEIGNE
    commune: str | None = None
    vulnerabilite: tuple[str, ...] = field(default=())
    ressources: tuple[str, ...] = field(default=())

    @property
    def tranche_age(self) -> str:
        """Code of the age band."""
        return tranche_age(self.age)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the facts nobody noted, in the order of the form: the bilan counts them non renseigné."""
        names = []
        for item in fields(self):
            value = getattr(self, item.name)
            if value in (NON_RENSEIGNE, None, (), (NON_RENSEIGNE,)) and item.name != "age_source":
                names.append(item.name)
        return tuple(names)

    def check(self, prefix: str = "") -> tuple[Problem, ...]:
        """What contradicts itself: « aucune » beside a vulnérabilité, « sans ressources » beside a salary."""
        return tuple(
            Problem(prefix + name, "reponse_contradictoire")
            for name, alone in SEULES.items()
            if len(given := set(getattr(self, name))) > 1 and given & alone
        )


CODED_FACTS = (
    "sexe", "statut", "situation_conjugale", "type_menage", "activite", "csp", "logement",
    "connu_services_sociaux", "suivi_en_cours",
)  # fmt: skip
"""Single-answer facts of a profil, each named after its nomenclature."""

MULTIPLE_FACTS = ("vulnerabilite", "ressources")
"""Several-answers facts of a profil, each named after its nomenclature."""

SEULES = {
    "vulnerabilite": frozenset({"aucune", NON_RENSEIGNE}),
    "ressources": frozenset({"sans_ressources", NON_RENSEIGNE}),
}
"""Answers of those facts that say there is none, or that nobody asked: beside another they contradict it."""

CHAMPS = (
    "nom_usage", "nom_naissance", "prenom", "surnom", "description", "sexe", "naissance", "adresse", "commune",
    "telephone", "courriel", "contact_sur", "contact_sur_horaires", "sans_message", "vit_avec", "informee_le",
)  # fmt: skip
"""Parts of an identity among which one chooses when two lines become one, in the order of the form."""


Choix = Literal["gardee", "absorbee"]
"""Which of two lines a part is taken from."""


def identite_choisie(gardee: Identite, autre: Identite, choices: Mapping[str, Choix]) -> Identite:
    """One identity out of two.

    Args:
        gardee: The one that stays.
        autre: The one that goes.
        choices: From which of the two each part is taken; a part that is not named is that of the one that stays,
            unless it lacks it.
    """
    taken = {
        name for name in CHAMPS if choices.get(name, "absorbee" if _lacks(gardee, name) else "") == "absorbee"
    }
    found = replace(gardee, **{name: getattr(autre, name) for name in taken})
    if "naissance" in taken:
        found = replace(found, age_estime_le=autre.age_estime_le)
    return found


def _lacks(identite: Identite, name: str) -> bool:
    return getattr(identite, name) in ("", None, False, NON_RENSEIGNE)
