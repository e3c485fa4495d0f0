"""A structure of the annuaire and the people met there; it holds no beneficiary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iscg_desktop.errors import Problem


@dataclass(frozen=True, slots=True)
class PartenaireDraft:
    """A partner structure as typed."""

    nom: str
    type: str | None
    adresse: str = ""
    code_postal: str = ""
    ville: str = ""
    telephone: str = ""
    courriel: str = ""
    correspondant: str = ""
    fonction: str = ""

    def check(self) -> tuple[Problem, ...]:
        """All that is wrong with it."""
        problems = []
        if not self.nom.strip():
            problems.append(Problem("nom", "partenaire_sans_nom"))
        if self.type is None:
            problems.append(Problem("type", "partenaire_sans_type"))
        return tuple(problems)


@dataclass(frozen=True, slots=True)
class Correspondant:
    """A person met in a partner structure."""

    nom: str
    fonction: str = ""
    telephone: str = ""
    courriel: str = ""


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

    @property
    def adresse_postale(self) -> str:
        """Street, then postal code and town, one below the other; empty parts left out."""
        return "\n".join(part for part in (self.adresse, f"{self.code_postal} {self.ville}".strip()) if part)
