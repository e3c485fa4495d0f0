"""The grid of a recipient: an employer’s own lines, in their order and words, each asking for a figure of the bilan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iscg_desktop.domain.canonical import Cleaned
from iscg_desktop.errors import Problem

LONGEST_NOM = 60
LONGEST_LIBELLE = 300
MOST_LINES = 500

TOTAL = "*"
"""Answer to a question that is not asked: « unite_sexe.u1.* » is a whole unité."""


@dataclass(frozen=True, slots=True)
class LigneGrille(Cleaned):
    """One line of an employer.

    Attributes:
        libelle: Their words.
        code: What figure it asks for (``Cible``); empty for a title, or a line not yet mapped.
    """

    libelle: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Grille(Cleaned):
    """A grid under its name."""

    nom: str
    lignes: tuple[LigneGrille, ...]

    def check(self) -> tuple[Problem, ...]:
        """All that is wrong with it, whatever the figures are called."""
        return tuple(self._problems())

    def _problems(self) -> Iterator[Problem]:
        if not self.nom.strip():
            yield Problem("nom", "grille_nom_manquant")
        elif len(self.nom) > LONGEST_NOM or "\n" in self.nom:
            yield Problem("nom", "grille_nom_long", {"maximum": LONGEST_NOM})
        if not self.lignes:
            yield Problem("lignes", "grille_vide")
        if len(self.lignes) > MOST_LINES:
            yield Problem("lignes", "grille_longue", {"maximum": MOST_LINES})
        for rank, ligne in enumerate(self.lignes, start=1):
            if not ligne.libelle.strip():
                yield Problem("lignes", "grille_libelle_manquant", {"ligne": rank})
            elif len(ligne.libelle) > LONGEST_LIBELLE:
                yield Problem("lignes", "grille_libelle_long", {"ligne": rank, "maximum": LONGEST_LIBELLE})


@dataclass(frozen=True, slots=True)
class Cible:
    """What a code asks for.

    Attributes:
        nom: Code of an indicator or of a table.
        reponses: Category of each question of the table, in its order; ``*`` for all; none for its total.
        part: The share of the total rather than the number.
    """

    nom: str
    reponses: tuple[str, ...] = ()
    part: bool = False

    @property
    def code(self) -> str:
        """« sexe.femme », « %sexe.femme », « %part_femmes »."""
        return ("%" if self.part else "") + ".".join((self.nom, *self.reponses))


def parse_cible(code: str) -> Cible:
    """What a code asks for; whether it exists is for the bilan to say."""
    text = code.strip()
    nom, *reponses = (part.strip() for part in text.removeprefix("%").split("."))
    return Cible(nom, tuple(reponses), text.startswith("%"))
