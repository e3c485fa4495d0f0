"""Who may know what: the two sides of a situation are kept apart on every document.

A document is about one person, and whoever reads it may speak to that person. So what concerns somebody else stays
out unless it is ticked for this document, and what could put the other side in danger stays out whatever is ticked:
the mis en cause never learns where the victim is, how she is reached, nor what she undertakes.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Cote(StrEnum):
    """Side of a person in a dossier; ``LES_DEUX`` where violence went both ways."""

    VICTIME = "victime"
    MIS_EN_CAUSE = "mis_en_cause"
    LES_DEUX = "les_deux"
    AUTRE = "autre"


class Element(StrEnum):
    """What a document may say about a person."""

    IDENTITE = "identite"
    FAITS = "faits"
    ADRESSE = "adresse"
    CONTACT = "contact"
    DEMARCHES = "demarches"


class Regle(StrEnum):
    """Whether a document may say it."""

    OUI = "oui"
    SI_COCHE = "si_coche"
    JAMAIS = "jamais"


_SIDES = {
    "victime": Cote.VICTIME,
    "voie_victimisation": Cote.VICTIME,
    "famille_victime": Cote.VICTIME,
    "mis_en_cause": Cote.MIS_EN_CAUSE,
    "famille_mis_en_cause": Cote.MIS_EN_CAUSE,
}
_REACHES = frozenset({Element.ADRESSE, Element.CONTACT, Element.DEMARCHES})


@dataclass(frozen=True, slots=True)
class Partie:
    """A person of a dossier and her side."""

    personne_id: int
    cote: Cote


def cote_of(statut: str) -> Cote:
    """Side of a statut; who is neither one nor the other has none."""
    return _SIDES.get(statut, Cote.AUTRE)


def cote_among(statut: str, statuts: Collection[str]) -> Cote:
    """Side of someone whose statut changed in the dossier: that of the last one, or both if she was on both.

    Args:
        statut: The last one noted.
        statuts: All that were noted in the dossier.
    """
    sides = {cote_of(each) for each in (statut, *statuts)}
    return Cote.LES_DEUX if {Cote.VICTIME, Cote.MIS_EN_CAUSE} <= sides else cote_of(statut)


def suspect(cote: Cote) -> bool:
    """Whether someone of a side may be a danger to those of another."""
    return cote in (Cote.MIS_EN_CAUSE, Cote.LES_DEUX)


def opposed(one: Cote, other: Cote) -> bool:
    """Whether two persons are on two sides; who has no side is against nobody but a mis en cause.

    Of two who are both victime and mis en cause each is the other's: neither is on the side of the other.
    """
    return Cote.LES_DEUX in (one, other) or (one is not other and Cote.MIS_EN_CAUSE in (one, other))


def visible_to(recipient: Partie, item: Partie, element: Element) -> Regle:
    """Whether a document about ``recipient`` may say an element of ``item``.

    Her own is said, as the items of the document allow. Another person's is off by default. What she undertakes is
    hers alone, and a document of a mis en cause's side never helps to find someone of another side.
    """
    if recipient.personne_id == item.personne_id:
        return Regle.OUI
    if element is Element.DEMARCHES:
        return Regle.JAMAIS
    if suspect(recipient.cote) and opposed(recipient.cote, item.cote) and element in _REACHES:
        return Regle.JAMAIS
    return Regle.SI_COCHE
