"""The sentences and signs that every bilan file shows its readers."""

from __future__ import annotations

import re

MASQUE = "•"

# One paragraph a note. The last ones answer the three criteria of the G29 (opinion 05/2014 on anonymisation).
_NOTES = """
• = effectif non diffusé : inférieur à {seuil} (zéro compris), concernant moins de {seuil} foyers distincts,
ou masqué pour protéger un autre chiffre ; le signe ne dit pas lequel.

Un • ne se remplace ni par 0 ni par une estimation.

Les chiffres imprimés sont exacts, les sommes tombent juste.

Deux bilans se soustraient entre chiffres imprimés : le semestre est la somme exacte de ses deux trimestres,
l’année celle des quatre. Là où l’un des deux est un •, il n’y a pas de différence à calculer, et aucun calcul
entre bilans remis ne fait retrouver un •.

Les pourcentages, les graphiques et les comparaisons n’emploient que des chiffres imprimés.

Un accueil est une personne accueillie dans un dossier : la même personne, accueillie pour deux dossiers,
compte deux fois. Chaque accueil, dossier ou acte compte dans un seul trimestre.

Critère G29 d’individualisation : aucun chiffre de 0 à {sous_seuil} n’est imprimé ; sous le •
d’un petit effectif, zéro reste possible, {seuil} ou davantage aussi.

Critère G29 de corrélation : aucune ligne ne décrit une personne ; la série des chiffres est unique,
additive, et figée quand le trimestre est arrêté.

Critère G29 d’inférence : aucun zéro, aucun groupe unanime n’est montré ; on ne peut conclure ni
qu’une personne n’est pas venue, ni que toutes celles qui sont venues partagent une situation.

Limite : qui connaît déjà des situations par ailleurs peut en déduire plus que ce que disent ces chiffres.
"""


def notes(seuil: int) -> tuple[str, ...]:
    """How to read a bilan protected at this threshold, and why it is anonymous."""
    filled = _NOTES.format(seuil=seuil, sous_seuil=seuil - 1)
    return tuple(typographie(" ".join(note.split("\n"))) for note in filled.strip().split("\n\n"))


def typographie(text: str) -> str:
    """French spacing: no line ever begins with one of these signs."""
    return re.sub(r" (?=[:;?!%»])|(?<=«) ", "\u00a0", text)
