"""The intervenant herself, as she is printed on the fiches and named in the bilan files."""

from __future__ import annotations

from dataclasses import dataclass

from iscg_desktop.domain.fiche_numero import normaliser_code
from iscg_desktop.errors import Problem, UserError


@dataclass(frozen=True, slots=True)
class Intervenant:
    """Identity and employer.

    Attributes:
        code: Short code in the numbers of her fiches: a letter, then one to five letters or figures.
        diplome: Code of ``diplome``; it decides the mention of secrecy.
        qualite: As printed: « Assistante de service social ».
        employeur: Name of the employer.
        nature_employeur: Code of ``employeur``: public or private changes what documents say.
        departement: Code of the département whose EPCI the bilan prints one by one.
        adresse: Where the coupons come back, several lines.
        rappeler_article_40: Whether documents of a public employer recall the duty of article 40.
    """

    nom: str
    prenom: str
    code: str
    diplome: str = "autre"
    qualite: str = ""
    employeur: str = ""
    nature_employeur: str = "departement"
    departement: str = ""
    adresse: str = ""
    telephone: str = ""
    courriel: str = ""
    rappeler_article_40: bool = False

    @property
    def nom_complet(self) -> str:
        """« Maëlle Le Goff »."""
        return f"{self.prenom} {self.nom}".strip()

    def check(self) -> tuple[Problem, ...]:
        """All that is wrong with it."""
        problems = []
        if not self.nom.strip():
            problems.append(Problem("nom", "intervenant_sans_nom"))
        if not self.employeur.strip():
            problems.append(Problem("employeur", "intervenant_sans_employeur"))
        try:
            normaliser_code(self.code)
        except UserError as error:
            problems.append(Problem("code", error.code, error.values))
        return tuple(problems)
