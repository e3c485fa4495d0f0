"""The sections of a fiche de liaison: who issues it, for whom, about whom, with what accord.

Values of lists that she may relabel are frozen here as the label that is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from iscg_desktop.domain.canonical import Cleaned
from iscg_desktop.domain.dates import Naissance


class TypeFiche(StrEnum):
    """What is asked of the recipient."""

    EVALUATION = "evaluation"
    RELAIS = "relais"
    INFORMATION = "information"


class Urgence(StrEnum):
    """How soon the recipient is expected to act."""

    IMMEDIATE = "immediate"
    SOUS_48H = "sous_48h"
    DIFFEREE = "differee"


class Canal(StrEnum):
    """How the sheet reaches the recipient."""

    MAIN_PROPRE = "main_propre"
    COURRIER = "courrier"
    COURRIEL_CHIFFRE = "courriel_chiffre"


class Accord(StrEnum):
    """What the person said to the transmission."""

    OUI = "oui"
    NON = "non"
    NON_RECUEILLI = "non_recueilli"


class Base(StrEnum):
    """What allows the sharing."""

    ACCORD = "accord"
    PROTECTION_ENFANCE = "l226_2_2"
    URGENCE_DANGER = "urgence_danger"
    AUTRE = "autre"


class Reponse(StrEnum):
    """Yes, no, or not known."""

    OUI = "oui"
    NON = "non"
    INCONNU = "inconnu"


class Diplome(StrEnum):
    """Diploma of the intervenant; it decides the mention of secrecy."""

    ASSISTANT_SERVICE_SOCIAL = "assistant_service_social"
    EDUCATEUR_SPECIALISE = "educateur_specialise"
    CESF = "cesf"
    AUTRE = "autre"


class Employeur(StrEnum):
    """Kind of employer; article 40 of the code de procédure pénale binds public agents only."""

    DEPARTEMENT = "departement"
    COMMUNE_EPCI = "commune_epci"
    ASSOCIATION = "association"

    @property
    def public(self) -> bool:
        """Whether its staff are public agents."""
        return self is not Employeur.ASSOCIATION


class MentionSecret(StrEnum):
    """Ground of the professional secrecy of the intervenant."""

    PROFESSION = "profession"
    MISSION = "mission"


@dataclass(frozen=True, slots=True, kw_only=True)
class Emetteur(Cleaned):
    """Who issues the sheet.

    Attributes:
        qualite: Her title as printed, « Assistante de service social ».
        adresse: Where the coupon comes back to, several lines.
        rappeler_article_40: Her setting; without effect unless the employer is public.
    """

    nom: str = ""
    diplome: Diplome = Diplome.AUTRE
    qualite: str = ""
    employeur: str = ""
    nature_employeur: Employeur | None = None
    unite: str = ""
    adresse: str = ""
    telephone: str = ""
    courriel: str = ""
    rappeler_article_40: bool = False

    @property
    def mention_secret(self) -> MentionSecret:
        """Assistants de service social hold secrecy by profession (L411-3 CASF), others by mission."""
        by_profession = self.diplome is Diplome.ASSISTANT_SERVICE_SOCIAL
        return MentionSecret.PROFESSION if by_profession else MentionSecret.MISSION

    @property
    def article_40(self) -> bool:
        """Whether article 40 may be recalled: never for an association."""
        return self.rappeler_article_40 and self.nature_employeur is not None and self.nature_employeur.public


@dataclass(frozen=True, slots=True, kw_only=True)
class Destinataire(Cleaned):
    """The identified professional the sheet is for."""

    service: str = ""
    personne: str = ""
    adresse: str = ""
    courriel: str = ""
    canal: Canal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Personne(Cleaned):
    """The person the sheet is about; a name may be missing.

    Attributes:
        designation: « femme, environ 30 ans » when there is no name.
        age_note_le: Day an estimated age was noted.
        mineur: Known to be a minor without, or without transmitting, a birth.
    """

    nom_naissance: str = ""
    nom_usage: str = ""
    prenom: str = ""
    designation: str = ""
    sexe: str = ""
    naissance: Naissance | None = None
    age_note_le: date | None = None
    mineur: bool = False
    adresse: str = ""
    commune: str = ""

    def age_le(self, jour: date) -> int | None:
        """Age in years on a day: exact from a date, a difference of years from a year or an estimate."""
        birth = self.naissance
        if birth is None:
            return None
        if birth.date is not None:
            return _years(birth.date, jour)
        if birth.annee is not None:
            return jour.year - birth.annee
        if birth.age_estime is None:
            return None
        return birth.age_estime + (_years(self.age_note_le, jour) if self.age_note_le else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSur(Cleaned):
    """How to reach the person without putting her in danger.

    Attributes:
        jours: Safe days.
        heures: Safe hours.
        qui_vit_la: Who else may answer or open the mail.
    """

    numero: str = ""
    adresse: str = ""
    jours: str = ""
    heures: str = ""
    ne_pas_laisser_de_message: bool = False
    qui_vit_la: str = ""
    consignes: str = ""

    @property
    def renseigne(self) -> bool:
        """Whether a safe way is given."""
        return bool(self.numero or self.adresse or self.consignes)


@dataclass(frozen=True, slots=True, kw_only=True)
class MembreFoyer(Cleaned):
    """Someone of the household."""

    lien: str = ""
    designation: str = ""
    age: str = ""
    precision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foyer(Cleaned):
    """Composition of the family; the other party belongs to ``autres_parties``, ticked apart."""

    situation_conjugale: str = ""
    type_menage: str = ""
    membres: tuple[MembreFoyer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scolarite(Cleaned):
    """School of a minor."""

    etablissement: str = ""
    classe: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent(Cleaned):
    """Parent of a minor."""

    lien: str = ""
    nom: str = ""
    prenom: str = ""
    adresse: str = ""
    telephone: str = ""
    precision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AutrePartie(Cleaned):
    """The other person of the situation; transmitted only when ticked."""

    lien: str = ""
    nom: str = ""
    prenom: str = ""
    age: str = ""
    adresse: str = ""
    precision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation(Cleaned):
    """What the intervenant assesses.

    Attributes:
        ressources: What and whom the person can rely on.
        grille_danger: Whether the forces filled in the official grid; its answers never appear here.
    """

    besoins: str = ""
    risques: str = ""
    ressources: str = ""
    grille_danger: Reponse | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation(Cleaned):
    """Work, income, housing: each transmitted only when ticked."""

    activite: str = ""
    csp: str = ""
    ressources: tuple[str, ...] = ()
    logement: str = ""
    vulnerabilites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suivi(Cleaned):
    """Known to the social services, followed, by whom."""

    connu: str = ""
    suivi: str = ""
    referent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationAccord(Cleaned):
    """How the person was informed and what she said; for a minor, whether the parents were informed."""

    informee_le: date | None = None
    comment: str = ""
    accord: Accord = Accord.NON_RECUEILLI
    portee: str = ""
    retrait_le: date | None = None
    parents_informes: Reponse | None = None
    parents_motif: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BasePartage(Cleaned):
    """What allows this sharing, and its reasons."""

    base: Base | None = None
    precision: str = ""


def _years(start: date, end: date) -> int:
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))
