"""A tournée: the fiches she hands over on one day, service by service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from iscg_desktop.domain.mise_en_page import MiseEnPage


@dataclass(frozen=True, slots=True)
class FicheATransmettre:
    """A fiche on its way to a service, with what its bordereau says of it.

    Attributes:
        service: As printed on the fiche.
        urgence: As printed on the fiche; empty if none.
        remplacee: A newer version exists: this one must not leave.
    """

    id: int
    numero: str
    etablie_le: dt.date
    partenaire_id: int | None
    service: str
    adresse: str
    urgence: str
    personne: str
    initiales: str
    etape: str
    remplacee: bool

    @property
    def arret(self) -> tuple[int, str]:
        """What tells a service from another: its entry in the annuaire, or else its name."""
        return (self.partenaire_id, "") if self.partenaire_id is not None else (0, self.service.casefold())


@dataclass(frozen=True, slots=True)
class Arret:
    """One service on the way, and the fiches for it."""

    service: str
    adresse: str
    fiches: tuple[FicheATransmettre, ...]


@dataclass(frozen=True, slots=True)
class Tournee:
    """The services of one day, in the order of the way.

    Attributes:
        faite: The fiches were handed over.
    """

    id: int
    date: dt.date
    faite: bool
    arrets: tuple[Arret, ...]

    @property
    def fiches(self) -> tuple[FicheATransmettre, ...]:
        """Every fiche, in the order of the way."""
        return tuple(fiche for arret in self.arrets for fiche in arret.fiches)


@dataclass(frozen=True, slots=True)
class TourneeLine:
    """A tournée in a list.

    Attributes:
        fiches: How many.
        services: How many.
    """

    id: int
    date: dt.date
    faite: bool
    fiches: int
    services: int


@dataclass(frozen=True, slots=True)
class LigneBordereau:
    """One fiche on a bordereau.

    Attributes:
        personne: Initials, or the name when she asked for it.
        pages: How many sheets of paper are handed over, in printed pages.
    """

    numero: str
    etablie_le: dt.date
    urgence: str
    personne: str
    pages: int


@dataclass(frozen=True, slots=True)
class Bordereau:
    """What a service signs for on one day."""

    date: dt.date
    employeur: str
    emetteur: str
    coordonnees: str
    service: str
    adresse: str
    lignes: tuple[LigneBordereau, ...]
    mise_en_page: MiseEnPage


def par_service(fiches: Iterable[FicheATransmettre]) -> tuple[Arret, ...]:
    """Fiches grouped by service, services in the order of their first fiche."""
    groups: dict[tuple[int, str], list[FicheATransmettre]] = {}
    for fiche in fiches:
        groups.setdefault(fiche.arret, []).append(fiche)
    return tuple(Arret(group[0].service, group[0].adresse, tuple(group)) for group in groups.values())
