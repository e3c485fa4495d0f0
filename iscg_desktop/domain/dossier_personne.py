"""All that the coffre holds of one person, and of her alone, as it is handed to her when she asks.

Source: article 15 of the RGPD.

What is left out, and why (article 15.4: the copy adversely affects nobody):

* what another said without her being there, and the very existence of a dossier in which the person asking is the
  mis en cause and was never met: it would tell him of the victim's steps;
* contacts sûrs, addresses and names of others;
* each text, unless it was read and ticked; the names of the others of the dossier are taken out of it all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from iscg_desktop.domain.cloisonnement import Cote, suspect
from iscg_desktop.domain.entretien import Entretien


@dataclass(frozen=True, slots=True)
class TexteChoisi:
    """A text that may be handed over.

    Attributes:
        entretien_id: Where it was written.
        champ: ``elements_transmissibles`` or ``notes_de_travail``.
        texte: Without the names of the others.
    """

    entretien_id: int
    champ: str
    date: date
    texte: str


@dataclass(frozen=True, slots=True)
class Rubrique:
    """Some facts under a title: pairs of a label and its words."""

    titre: str
    faits: tuple[tuple[str, str], ...]
    textes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DossierPersonne:
    """What is handed over.

    Attributes:
        nom: Whose it is.
        etabli_le: Day of the copy.
        identite: Who she is, as noted.
        rubriques: What is noted, in order of time.
        mentions: Purposes, recipients, duration, rights: what article 15.1 wants said beside the copy.
    """

    nom: str
    etabli_le: date
    identite: Rubrique
    rubriques: tuple[Rubrique, ...] = ()
    mentions: tuple[tuple[str, str], ...] = field(default=())


def concerns(entretien: Entretien, lines: frozenset[int]) -> bool:
    """Whether an entretien is told to the person that some lines of the coffre hold: she was there."""
    return any(line.presente for line in entretien.personnes if line.personne_id in lines)


def told_of(cote: Cote, was_there: bool) -> bool:
    """Whether a dossier is told to one of its persons.

    Args:
        cote: Her side in that dossier.
        was_there: She was met in it at least once.
    """
    return was_there or not suspect(cote)
