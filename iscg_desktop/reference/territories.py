"""Communes, EPCI and départements of France: a frozen copy, found by name, postal code or INSEE code.

The tables lie in ``resources/territoires/`` with source, date and licence. Codes are text: 01004, 2A004.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from heapq import nsmallest
from itertools import accumulate
from pathlib import Path
from sys import intern
from typing import TypeVar

from iscg_desktop.paths import resources
from iscg_desktop.reference.name_index import NameIndex, SortedKeys, Texts, fold

_T = TypeVar("_T")

ACTUELLE = "actuelle"

# No name of a place is half as long: a page pasted into the field by mistake costs nothing.
_LONGEST_QUERY = 120
_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_UNKNOWN = -1  # no population is published
_INSEE_START = re.compile(r"\d[\dab]\d{0,3}")


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today, or a place that has become part of one.

    Attributes:
        code: INSEE code. A commune déléguée may share the code of the commune it belongs to.
        nom: Name as the Code officiel géographique writes it.
        codes_postaux: Postal codes; those of the whole commune when the place has none of its own.
        epci: SIREN of the EPCI à fiscalité propre of the commune of today, if it has one.
        departement: Code of the département.
        population: Population municipale; None where none is published.
        type: ``actuelle``, ``deleguee``, ``associee`` or ``arrondissement`` (Paris, Lyon, Marseille).
        actuelle: Code of the commune of today it belongs to; its own code for a commune of today.
    """

    code: str
    nom: str
    codes_postaux: tuple[str, ...]
    epci: str | None
    departement: str
    population: int | None
    type: str
    actuelle: str

    @property
    def libelle(self) -> str:
        """Name and département, « Saint-Aubin-du-Cormier (35) »: what a list shows."""
        return f"{self.nom} ({self.departement})"


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

    def load(self) -> None:
        """Reads and sorts everything now (about 0.2 s), so that the first question does not make her wait.

        Meant for a worker: may run in another thread than the questions.
        """
        self.search("a 1")  # a word and a figure: names, words, postal codes, départements
        _ = self._epcis, self._departements

    def commune(self, code: str) -> Commune | None:
        """The place with this INSEE code: the commune of today where a commune déléguée shares its code.

        A code that no longer exists gives the commune of today that took its place: what was recorded under
        an old code stays countable.
        """
        position = self._places.position(code.strip().upper())
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
    def _places(self) -> _Places:
        return _Places(self._tables)

    @cached_property
    def _names(self) -> NameIndex:
        return NameIndex(self._places.names)

    @cached_property
    def _postal(self) -> SortedKeys:
        return self._places.postal_codes()

    @cached_property
    def _epcis(self) -> dict[str, Epci]:
        codes, names = _columns(self._tables / "epci.tsv", 2)
        return {code: Epci(code, name) for code, name in zip(codes, names, strict=True)}

    @cached_property
    def _departements(self) -> dict[str, Departement]:
        rows = zip(*_columns(self._tables / "departements.tsv", 3), strict=True)
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


class _Places:
    """The tables of places as columns. A place is a position: the more populous, the smaller.

    A column is one long text or figures side by side: an object for each cell would take four times the memory.
    """

    def __init__(self, folder: Path) -> None:
        code, epci, population, postal, abolished, name = _columns(folder / "communes.tsv", 6)
        attached = _columns(folder / "rattachees.tsv", 6)
        old_code, old_type, parent, old_population, old_postal, old_name = attached
        row_of = {value: row for row, value in enumerate(code)}
        whole = [*range(len(code)), *(row_of[value] for value in parent)]
        people = [int(figure or _UNKNOWN) for figure in population + old_population]
        # A stable sort: among equals the communes of today stay before the places attached to them.
        rows = sorted(range(len(whole)), key=lambda row: max(people[row], 0), reverse=True)
        position_of = array("I", bytes(4 * len(rows)))
        for position, row in enumerate(rows):
            position_of[row] = position
        codes, own = code + old_code, postal + old_postal
        self.names = Texts(_taken(name + old_name, rows))
        self._code = Texts(_taken(codes, rows))
        self._postal = Texts([own[row] or postal[whole[row]] for row in rows])
        self._population = array("i", _taken(people, rows))
        self._actuelle = array("I", (position_of[whole[row]] for row in rows))
        kinds = [ACTUELLE] * len(code) + old_type
        self._kinds = sorted(set(kinds))
        self._kind = bytes(self._kinds.index(kinds[row]) for row in rows)
        self._by_epci = _Groups([epci[whole[row]] for row in rows])
        self._by_departement = _Groups([_departement_of(code[whole[row]]) for row in rows])

        by_code = {
            gone: position_of[row] for row, gone_too in enumerate(abolished) for gone in gone_too.split()
        }
        # Last, the communes of today: some share their code with a place that is part of them.
        by_code.update(zip(old_code, position_of[len(code) :], strict=True))
        by_code.update(zip(code, position_of[: len(code)], strict=True))
        self.insee_codes = SortedKeys(list(by_code), list(by_code.values()))

    def position(self, code: str) -> int | None:
        """The place with this INSEE code, even one no longer in use."""
        return next(iter(self.insee_codes.equal(code)), None)

    def commune(self, position: int) -> Commune:
        """The place at this position."""
        actuelle = self._code[self._actuelle[position]]
        population = self._population[position]
        return Commune(
            code=self._code[position],
            nom=self.names[position],
            codes_postaux=tuple(self._postal[position].split()),
            epci=self._by_epci.key_of(position) or None,
            departement=_departement_of(actuelle),
            population=None if population == _UNKNOWN else population,
            type=self._kinds[self._kind[position]],
            actuelle=actuelle,
        )

    def postal_codes(self) -> SortedKeys:
        """Positions by postal code."""
        keys: list[str] = []
        positions: list[int] = []
        for position, postal in enumerate(self._postal):
            codes = map(intern, postal.split())  # held once each while they are sorted
            before = len(keys)
            keys += codes
            positions += [position] * (len(keys) - before)
        return SortedKeys(keys, positions)

    def epcis_of(self, departement: str) -> set[str]:
        """SIREN of the EPCI that reach into a département."""
        return {self._by_epci.key_of(position) for position in self.of_departement(departement)} - {""}

    def of_departement(self, code: str) -> frozenset[int]:
        """Positions of the places of a département; none for a code that is not one."""
        return self._by_departement.members(code.strip().upper())

    def of_epci(self, code: str) -> frozenset[int]:
        """Positions of the places of an EPCI; none for a code that is not one."""
        return self._by_epci.members(code) if code else frozenset()


class _Groups:
    """Positions by what they have in common.

    Args:
        keys: What each position belongs to.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = sorted(set(keys))
        number_of = {key: number for number, key in enumerate(self._keys)}
        self._number = array("H", (number_of[key] for key in keys))
        self._members = array("I", sorted(range(len(keys)), key=self._number.__getitem__))
        sizes = Counter(self._number)
        self._ends = array("I", accumulate((sizes[number] for number in range(len(self._keys))), initial=0))

    def key_of(self, position: int) -> str:
        """What a position belongs to."""
        return self._keys[self._number[position]]

    def members(self, key: str) -> frozenset[int]:
        """The positions of a key; none for one that is not there."""
        number = bisect_left(self._keys, key)
        if self._keys[number : number + 1] != [key]:
            return frozenset()
        return frozenset(self._members[self._ends[number] : self._ends[number + 1]])


def _taken(column: list[_T], rows: Iterable[int]) -> list[_T]:
    return [column[row] for row in rows]


def _columns(path: Path, count: int) -> list[list[str]]:
    """The columns of a table, its header left out.

    One flat list cut by strides: a list per line would wake the garbage collector and triple the time.
    """
    cells = path.read_text("utf-8").rstrip("\n").replace("\n", "\t").split("\t")
    once: dict[str, str] = {}  # a figure or a code that comes again is kept once
    return [
        [once.setdefault(cell, cell) for cell in cells[column + count :: count]] for column in range(count)
    ]


def _departement_of(commune: str) -> str:
    """Code of the département of a commune of today."""
    return commune[:3] if commune[:2] in {"97", "98"} else commune[:2]


def _spellings(words: list[str]) -> list[list[str]]:
    """The words with « st » and its like written out; a last « st » also as it is: perhaps « Strasbourg »."""
    written_out = [_ABBREVIATIONS.get(word, word) for word in words]
    as_typed = [*written_out[:-1], words[-1]]
    return [as_typed] if as_typed == written_out else [as_typed, written_out]
