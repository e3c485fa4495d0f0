"""Communes, EPCI and départements of France: a frozen copy, found by name, postal code or INSEE code.

The tables lie in ``resources/territoires/`` with source, date and licence. Codes are text: 01004, 2A004.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from heapq import nsmallest
from pathlib import Path

from iscg_desktop.paths import resources
from iscg_desktop.reference.name_index import NameIndex, SortedKeys, fold
from iscg_desktop.reference.places import Commune, Places, columns, commune_of_today
from iscg_desktop.reference.turns import InTurns, at_once

# No name of a place is half as long: a page pasted into the field by mistake costs nothing.
_LONGEST_QUERY = 120
_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_ALONE = 20
"""Communes read alone before all are: a page that shows a few does not wait for the tables."""
_INSEE_START = re.compile(r"\d[\dab]\d{0,3}")


@dataclass(frozen=True, slots=True)
class Epci:
    """An établissement public de coopération intercommunale à fiscalité propre."""

    code: str
    nom: str


@dataclass(frozen=True, slots=True)
class Departement:
    """A département, or an overseas collectivité that counts as one."""

    code: str
    nom: str
    region: str


class Territories:
    """The frozen copy, read from its files at the first question; making one costs nothing.

    Args:
        folder: Where the tables lie; the shipped ones by default.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._alone = 0  # communes read alone so far

    def load(self) -> None:
        """Read and sort everything now (about 0.5 s), so that no question waits."""
        at_once(self.loading())

    def loading(self) -> InTurns[None]:
        """`load`, some milliseconds a turn; a question in between reads what it needs."""
        if "_places" not in self.__dict__:
            self._places = yield from Places.reading(self._tables)
        self._names = yield from NameIndex.sorting(self._places.names)
        self._postal = yield from self._places.postal_codes()
        _ = self._epcis, self._departements

    def commune(self, code: str) -> Commune | None:
        """The place with this INSEE code: the commune of today where a commune déléguée shares its code.

        A code that no longer exists gives the commune of today that took its place: what was recorded under
        an old code stays countable.
        """
        code = code.strip().upper()
        if "_places" not in self.__dict__ and self._alone < _ALONE:
            self._alone += 1
            if (found := commune_of_today(self._tables, code)) is not None:
                return found
        position = self._places.position(code)
        return None if position is None else self._places.commune(position)

    def search(self, text: str, *, departement: str | None = None, limit: int = 12) -> list[Commune]:
        """The places that answer to what was typed so far, the likeliest first; never raises.

        Names match without regard to case, accents, hyphens, apostrophes, spaces or ligatures, by the start
        of the name or of any of its words; « st » is « saint » too, a leading article may be left out.
        Postal codes match by their start, INSEE codes likewise; a name may be narrowed by a postal code or a
        département (« aubin 35 »). Exact names come before starts of names, starts of names before starts of
        words; within each the preferred département comes first, then the larger population.

        Args:
            text: What was typed.
            departement: Code of the département whose places come first.
            limit: How many places at most.
        """
        tokens = fold(" ".join(text[:_LONGEST_QUERY].split())).split()
        if not tokens or limit <= 0:
            return []
        near = self._places.of_departement(departement) if departement else frozenset()
        found: list[int] = []
        for matches in self._ranked(tokens):
            fresh = set(matches).difference(found)
            found += nsmallest(limit - len(found), fresh & near)
            found += nsmallest(limit - len(found), fresh - near)
            if len(found) == limit:
                break
        # Postal codes go first, they are what people know; the one place with this INSEE code keeps a seat.
        exact = self._places.position("".join(tokens).upper())
        if exact is not None and exact not in found:
            found[limit - 1 :] = [exact]
        return [self._places.commune(position) for position in found]

    def epci(self, code: str) -> Epci | None:
        """The EPCI with this SIREN."""
        return self._epcis.get(code)

    def in_epci(self, code: str) -> list[Commune]:
        """The places of an EPCI, the most populous first; those attached to its communes are there too."""
        return [self._places.commune(position) for position in sorted(self._places.of_epci(code))]

    def in_departement(self, code: str) -> list[Commune]:
        """The places of a département, the most populous first; those attached to its communes are there too."""
        return [self._places.commune(position) for position in sorted(self._places.of_departement(code))]

    def departement(self, code: str) -> Departement | None:
        """The département with this code (01, 2A, 974)."""
        return self._departements.get(code.strip().upper())

    def departements(self) -> list[Departement]:
        """Every département, by code."""
        return sorted(self._departements.values(), key=lambda departement: departement.code)

    def epcis_of(self, departement: str) -> list[Epci]:
        """The EPCI with at least one commune in this département, by name."""
        epcis = (self._epcis[code] for code in self._places.epcis_of(departement))
        return sorted(epcis, key=lambda epci: (fold(epci.nom), epci.code))

    @cached_property
    def _places(self) -> Places:
        return at_once(Places.reading(self._tables))

    @cached_property
    def _names(self) -> NameIndex:
        return NameIndex(self._places.names)

    @cached_property
    def _postal(self) -> SortedKeys:
        return at_once(self._places.postal_codes())

    @cached_property
    def _epcis(self) -> dict[str, Epci]:
        codes, names = at_once(columns(self._tables / "epci.tsv", 2))
        return {code: Epci(code, name) for code, name in zip(codes, names, strict=True)}

    @cached_property
    def _departements(self) -> dict[str, Departement]:
        rows = zip(*at_once(columns(self._tables / "departements.tsv", 3)), strict=True)
        return {code: Departement(code, name, region) for code, region, name in rows}

    @property
    def _tables(self) -> Path:
        return self._folder or resources() / "territoires"

    def _ranked(self, tokens: list[str]) -> Iterator[Iterable[int]]:
        """Positions that answer, better kinds of match first, each worked out only when asked for."""
        compact = "".join(tokens)
        if compact.isdigit() or _INSEE_START.fullmatch(compact):
            yield self._postal.starting(compact)
            yield self._places.of_departement(compact)
            yield self._places.insee_codes.starting(compact.upper())
        for match in (self._names.named, self._names.beginning):
            yield [place for spelling in _spellings(tokens) for place in match(spelling)]
        codes = [token for token in tokens if token[0].isdigit()]
        words = [token for token in tokens if not token[0].isdigit()]
        if codes and words:
            located = frozenset.intersection(*(self._located(code) for code in codes))
            for match in (self._names.named, self._names.beginning):
                yield located.intersection(
                    place for spelling in _spellings(words) for place in match(spelling)
                )
        yield frozenset.intersection(*(self._worded(token) | self._located(token) for token in set(tokens)))

    def _worded(self, token: str) -> frozenset[int]:
        """Places of which one word begins with the token or what it abbreviates."""
        spellings = {token, _ABBREVIATIONS.get(token, token)}
        return frozenset(place for spelling in spellings for place in self._names.with_word(spelling))

    def _located(self, token: str) -> frozenset[int]:
        """Places that a figure may mean: by number (« 15e »), postal code or département."""
        if not token[0].isdigit():
            return frozenset()
        numbered = self._names.with_word(token)
        return self._places.of_departement(token).union(self._postal.starting(token), numbered)


@cache
def shipped() -> Territories:
    """The tables of this program, read once however many coffres a process opens: they never change."""
    return Territories()


def _spellings(words: list[str]) -> list[list[str]]:
    """The words with « st » and its like written out; a last « st » also as it is: perhaps « Strasbourg »."""
    written_out = [_ABBREVIATIONS.get(word, word) for word in words]
    as_typed = [*written_out[:-1], words[-1]]
    return [as_typed] if as_typed == written_out else [as_typed, written_out]
