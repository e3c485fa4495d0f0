"""A structure of the annuaire and the people met there; it holds no beneficiary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from iscg_desktop.errors import Problem

NOM_MAX = 200
"""Longest name of a structure or of a correspondant, in characters."""

TEXTE_MAX = 4_000
"""Longest text of any other field."""

_COURRIEL = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(frozen=True, slots=True)
class Correspondant:
    """A person met in a partner structure."""

    nom: str
    fonction: str = ""
    telephone: str = ""
    courriel: str = ""


@dataclass(frozen=True, slots=True)
class PartenaireDraft:
    """A partner structure as typed.

    Attributes:
        correspondant: The one person named in the short form, with her ``fonction``.
        accueille: What they take, in words.
        communes: INSEE codes of the communes they serve.
        correspondants: The people met there, in the order she gave them.
        ferme_le: First day on which the structure takes nobody any more.
    """

    nom: str
    type: str | None
    adresse: str = ""
    code_postal: str = ""
    ville: str = ""
    telephone: str = ""
    courriel: str = ""
    correspondant: str = ""
    fonction: str = ""
    horaires: str = ""
    accueille: str = ""
    communes: tuple[str, ...] = ()
    correspondants: tuple[Correspondant, ...] = ()
    ferme_le: date | None = None

    def check(self) -> tuple[Problem, ...]:
        """All that is wrong with it."""
        problems = []
        if not self.nom.strip():
            problems.append(Problem("nom", "partenaire_sans_nom"))
        if self.type is None:
            problems.append(Problem("type", "partenaire_sans_type"))
        if self.courriel.strip() and not _COURRIEL.fullmatch(self.courriel.strip()):
            problems.append(Problem("courriel", "partenaire_courriel"))
        if any(not each.nom.strip() for each in self.correspondants):
            problems.append(Problem("correspondants", "correspondant_sans_nom"))
        return (*problems, *self._too_long())

    def people(self) -> tuple[Correspondant, ...]:
        """Everyone met there, the one of the short form first."""
        first = (Correspondant(self.correspondant, self.fonction),) if self.correspondant.strip() else ()
        return first + self.correspondants

    def _too_long(self) -> list[Problem]:
        words = {
            name: getattr(self, name)
            for name in ("adresse", "code_postal", "ville", "telephone", "courriel", "horaires", "accueille")
        }
        found = [
            Problem(name, "texte_trop_long", {"maximum": TEXTE_MAX})
            for name, text in words.items()
            if len(text) > TEXTE_MAX
        ]
        if len(self.nom) > NOM_MAX:
            found.append(Problem("nom", "texte_trop_long", {"maximum": NOM_MAX}))
        if any(len(word) > NOM_MAX for each in self.people() for word in _words(each)):
            found.append(Problem("correspondants", "texte_trop_long", {"maximum": NOM_MAX}))
        return found


def _words(person: Correspondant) -> tuple[str, str, str, str]:
    return person.nom, person.fonction, person.telephone, person.courriel


@dataclass(frozen=True, slots=True)
class Partenaire:
    """A partner structure of the annuaire."""

    id: int
    nom: str
    type: str
    adresse: str
    code_postal: str
    ville: str
    telephone: str
    courriel: str
    ferme_le: date | None
    correspondants: tuple[Correspondant, ...] = ()
    uid: str = ""
    horaires: str = ""
    accueille: str = ""
    communes: tuple[str, ...] = ()

    @property
    def adresse_postale(self) -> str:
        """Street, then postal code and town, one below the other; empty parts left out."""
        return "\n".join(part for part in (self.adresse, f"{self.code_postal} {self.ville}".strip()) if part)

    def is_open(self, day: date) -> bool:
        """Whether it takes people on a day."""
        return self.ferme_le is None or day < self.ferme_le

    def draft(self) -> PartenaireDraft:
        """What a form shows of it, to be amended."""
        return PartenaireDraft(
            nom=self.nom,
            type=self.type,
            adresse=self.adresse,
            code_postal=self.code_postal,
            ville=self.ville,
            telephone=self.telephone,
            courriel=self.courriel,
            horaires=self.horaires,
            accueille=self.accueille,
            communes=self.communes,
            correspondants=self.correspondants,
            ferme_le=self.ferme_le,
        )


@dataclass(frozen=True, slots=True)
class PartenaireLine:
    """A structure in the list, with how often it was worked with."""

    id: int
    nom: str
    type: str
    code_postal: str
    ville: str
    telephone: str
    ferme_le: date | None
    correspondants: str
    contacts: int
    orientations: int
    dernier_contact: date | None

    def is_open(self, day: date) -> bool:
        """Whether it takes people on a day."""
        return self.ferme_le is None or day < self.ferme_le


@dataclass(frozen=True, slots=True)
class Secteur:
    """A circonscription d'action sociale: a name and its communes; a commune is in one at most."""

    id: int
    nom: str
    communes: tuple[str, ...] = ()

    def check(self) -> tuple[Problem, ...]:
        """All that is wrong with it."""
        if not self.nom.strip():
            return (Problem("nom", "secteur_sans_nom"),)
        if len(self.nom) > NOM_MAX:
            return (Problem("nom", "texte_trop_long", {"maximum": NOM_MAX}),)
        return ()
