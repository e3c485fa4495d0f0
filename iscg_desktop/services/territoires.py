"""Territories as she types them: a commune, a whole EPCI, a département or a secteur in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iscg_desktop.documents import fonts
from iscg_desktop.domain.proposition import Lieu
from iscg_desktop.reference.name_index import fold
from iscg_desktop.reference.places import ACTUELLE, Commune
from iscg_desktop.reference.territories import shipped
from iscg_desktop.reference.turns import InTurns
from iscg_desktop.services.session import Session

_COMMUNE, _EPCI, _DEPARTEMENT, _SECTEUR = "c", "e", "d", "s"
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Zone:
    """A commune, or a group of them, as one answer of a field.

    Attributes:
        code: ``c:35253``, ``e:243500667``, ``d:35`` or ``s:1``.
        communes: How many it holds.
    """

    code: str
    libelle: str
    communes: int


def reading_ahead() -> InTurns[None]:
    """Read, a step a turn, what the first search of a commune and the first preview would wait for."""
    yield from shipped().loading()
    yield
    fonts.register()


class TerritoiresService:
    """What a field « territoire » offers, and what its answers mean."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def search(self, text: str) -> list[Zone]:
        """Zones that answer to what is typed: groups that begin so first, then communes, hers first."""
        wanted = fold(text).split()
        if not wanted:
            return []
        groups = [zone for zone in self._groups() if _matches(zone.libelle, wanted)]
        found = self._session.territories.search(text, departement=self._departement, limit=_SHOWN)
        return groups[:_SHOWN] + [self._commune(each) for each in found]

    def zone(self, code: str) -> Zone:
        """The zone of a code; an unknown one is shown by its code."""
        kind, _, name = code.partition(":")
        territories = self._session.territories
        if kind == _COMMUNE:
            commune = territories.commune(name)
            return Zone(code, name, 1) if commune is None else Zone(code, commune.libelle, 1)
        if kind == _EPCI and (epci := territories.epci(name)) is not None:
            return Zone(code, epci.nom, len(self.communes((code,))))
        if kind == _DEPARTEMENT and (departement := territories.departement(name)) is not None:
            return Zone(
                code, f"{departement.nom} ({departement.code}), département", len(self.communes((code,)))
            )
        for secteur in self._session.read.secteurs.all():
            if code == f"{_SECTEUR}:{secteur.id}":
                return Zone(code, secteur.nom, len(secteur.communes))
        return Zone(code, name, 0)

    def communes(self, codes: Iterable[str]) -> tuple[str, ...]:
        """INSEE codes of all the communes of some zones, in order."""
        found: set[str] = set()
        for code in codes:
            kind, _, name = code.partition(":")
            if kind == _EPCI:
                found |= _today(self._session.territories.in_epci(name))
            elif kind == _DEPARTEMENT:
                found |= _today(self._session.territories.in_departement(name))
            elif kind == _SECTEUR:
                secteurs = self._session.read.secteurs.all()
                found |= {c for each in secteurs if str(each.id) == name for c in each.communes}
            else:
                found.add(name)
        return tuple(sorted(found))

    def zones(self, communes: Iterable[str]) -> tuple[Zone, ...]:
        """The same communes in the fewest words: whole départements, whole EPCI, then what is left."""
        left = set(communes)
        found: list[Zone] = []
        known = {code: commune for code in left if (commune := self._session.territories.commune(code))}
        departements = sorted({commune.departement for commune in known.values()})
        epcis = sorted({commune.epci for commune in known.values() if commune.epci})
        for code in [f"{_DEPARTEMENT}:{name}" for name in departements] + [f"{_EPCI}:{n}" for n in epcis]:
            whole = set(self.communes((code,)))
            if len(whole) > 1 and whole <= left:
                left -= whole
                found.append(self.zone(code))
        rest = sorted(left, key=lambda code: fold(known[code].nom) if code in known else code)
        return (*found, *(self.zone(f"{_COMMUNE}:{code}") for code in rest))

    def lieu(self, commune: str | None) -> Lieu | None:
        """Where someone lives, as a proposal needs it; None for no commune, or one that does not exist."""
        place = self._session.territories.commune(commune) if commune else None
        if place is None or commune is None:
            return None
        territories = self._session.territories
        epci = _all(territories.in_epci(place.epci)) if place.epci else frozenset()
        return Lieu(
            frozenset((commune, place.code, place.actuelle)),
            epci,
            _all(territories.in_departement(place.departement)),
        )

    @property
    def _departement(self) -> str | None:
        intervenant = self._session.intervenant
        return intervenant.departement or None if intervenant else None

    def _groups(self) -> list[Zone]:
        """Her secteurs, the EPCI of her département, every département."""
        territories, own = self._session.territories, self._departement
        zones = [self.zone(f"{_SECTEUR}:{each.id}") for each in self._session.read.secteurs.all()]
        zones += [self.zone(f"{_EPCI}:{each.code}") for each in (territories.epcis_of(own) if own else ())]
        names = territories.departements()
        return zones + [
            Zone(f"{_DEPARTEMENT}:{each.code}", f"{each.nom} ({each.code}), département", 0) for each in names
        ]

    @staticmethod
    def _commune(commune: Commune) -> Zone:
        return Zone(f"{_COMMUNE}:{commune.code}", commune.libelle, 1)


def _matches(libelle: str, wanted: list[str]) -> bool:
    words = fold(libelle).split()
    return all(any(word.startswith(beginning) for word in words) for beginning in wanted)


def _today(places: Iterable[Commune]) -> set[str]:
    return {place.code for place in places if place.type == ACTUELLE}


def _all(places: Iterable[Commune]) -> frozenset[str]:
    return frozenset(place.code for place in places)
