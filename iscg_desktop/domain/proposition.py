"""Which structures to propose for an orientation: the right type, open, nearest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from iscg_desktop.domain.partenaire import Partenaire


class Portee(IntEnum):
    """How near a structure's territory is to where the person lives; the smaller, the nearer."""

    COMMUNE = 0
    EPCI = 1
    DEPARTEMENT = 2
    NON_PRECISEE = 3
    """The structure has no territory noted: it may well serve her."""


@dataclass(frozen=True, slots=True)
class Lieu:
    """Where the person lives, as codes of communes.

    Attributes:
        commune: Every code of her commune (a commune déléguée has two).
        epci: Codes of all the communes of her EPCI.
        departement: Codes of all the communes of her département.
    """

    commune: frozenset[str]
    epci: frozenset[str] = frozenset()
    departement: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposition:
    """A structure, and why it is proposed; ``portee`` is None while nobody knows where she lives."""

    partenaire: Partenaire
    portee: Portee | None


def portee(communes: Iterable[str], lieu: Lieu) -> Portee | None:
    """How near a territory is; None when it lies elsewhere."""
    served = frozenset(communes)
    if not served:
        return Portee.NON_PRECISEE
    if served & lieu.commune:
        return Portee.COMMUNE
    if served & lieu.epci:
        return Portee.EPCI
    return Portee.DEPARTEMENT if served & lieu.departement else None


def propose(
    partenaires: Iterable[Partenaire], wanted: str, lieu: Lieu | None, day: date
) -> tuple[Proposition, ...]:
    """The structures of a type that are open on a day, the nearest first.

    Those that serve her commune come first, then those of her EPCI, of her département, and those whose
    territory nobody noted; those that serve only elsewhere are left out. Among equals the one with the smaller
    territory comes first (it is hers more than another's), then the order of names.

    Args:
        partenaires: The annuaire.
        wanted: Code of ``type_partenaire``.
        lieu: Where the person lives; None when nobody knows: then all are proposed, by name.
        day: Day of the orientation.
    """
    open_ones = [each for each in partenaires if each.type == wanted and each.is_open(day)]
    if lieu is None:
        found = [Proposition(each, None) for each in open_ones]
    else:
        ranked = ((each, portee(each.communes, lieu)) for each in open_ones)
        found = [Proposition(each, rank) for each, rank in ranked if rank is not None]
    return tuple(sorted(found, key=_order))


def _order(proposition: Proposition) -> tuple[int, int, str, int]:
    rank = proposition.portee
    partenaire = proposition.partenaire
    size = 0 if rank is None else len(set(partenaire.communes))
    return (0 if rank is None else int(rank), size, partenaire.nom.casefold(), partenaire.id)
