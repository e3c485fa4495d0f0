"""The tables of places as columns, read in turns: what they hold is asked through ``territories``."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

from iscg_desktop.reference.name_index import AT_ONCE, SortedKeys, Texts
from iscg_desktop.reference.turns import InTurns

_T = TypeVar("_T")

ACTUELLE = "actuelle"

_UNKNOWN = -1  # no population is published


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


class Places:
    """The tables of places as columns. A place is a position: the more populous, the smaller.

    A column is one long text or figures side by side: an object for each cell would take four times the memory.

    Attributes:
        names: Of each place.
        insee_codes: Positions by INSEE code, those no longer in use too.
    """

    insee_codes: SortedKeys
    _population: array[int]
    _actuelle: array[int]
    _kinds: list[str]
    _kind: bytes
    _by_epci: _Groups
    _by_departement: _Groups

    def __init__(self, names: Texts, code: Texts, postal: Texts) -> None:
        self.names, self._code, self._postal = names, code, postal

    @classmethod
    def reading(cls, folder: Path) -> InTurns[Places]:
        """Read the tables of a folder; a turn takes some 20 ms at most."""
        code, epci, population, postal, abolished, name = yield from columns(folder / "communes.tsv", 6)
        attached = yield from columns(folder / "rattachees.tsv", 6)
        old_code, old_type, parent, old_population, old_postal, old_name = attached
        parents = frozenset(parent)
        row_of = {value: row for row, value in enumerate(code) if value in parents}
        whole = array("I", range(len(code)))
        whole.extend(row_of[value] for value in parent)
        people = array("i", (int(figure or _UNKNOWN) for figure in population + old_population))
        yield
        # A stable sort: among equals the communes of today stay before the places attached to them.
        rows = array("I", sorted(range(len(whole)), key=lambda row: max(people[row], 0), reverse=True))
        yield
        position_of = array("I", bytes(4 * len(rows)))
        for position, row in enumerate(rows):
            position_of[row] = position
        codes, own = code + old_code, postal + old_postal
        yield
        names = Texts(_taken(name + old_name, rows))
        del name, old_name  # what follows takes their place
        yield
        all_codes = Texts(_taken(codes, rows))
        yield
        places = cls(names, all_codes, Texts([own[row] or postal[whole[row]] for row in rows]))
        yield
        places._population = array("i", (people[row] for row in rows))
        places._actuelle = array("I", (position_of[whole[row]] for row in rows))
        yield
        kinds = [ACTUELLE] * len(code) + old_type
        places._kinds = sorted(set(kinds))
        places._kind = bytes(places._kinds.index(kinds[row]) for row in rows)
        yield
        places._by_epci = yield from _Groups.sorting([epci[whole[row]] for row in rows])
        departements = [_departement_of(code[whole[row]]) for row in rows]
        yield
        places._by_departement = yield from _Groups.sorting(departements)
        others = {
            gone: position_of[row] for row, gone_too in enumerate(abolished) for gone in gone_too.split()
        }
        others.update(zip(old_code, position_of[len(code) :], strict=True))
        for today in others.keys() & set(code):  # some places share their code with the one they are part of
            del others[today]
        yield
        places.insee_codes = yield from SortedKeys.sorting(
            [*code, *others], position_of[: len(code)] + array("I", others.values())
        )
        return places

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

    def postal_codes(self) -> InTurns[SortedKeys]:
        """Positions by postal code."""
        keys: list[str] = []
        positions: list[int] = []
        once: dict[str, str] = {}  # not interned: that table would never shrink again
        for position, postal in enumerate(self._postal):
            codes = postal.split()
            before = len(keys)
            keys += map(once.setdefault, codes, codes)
            positions += [position] * (len(keys) - before)
            if position % AT_ONCE == 0:
                yield
        return (yield from SortedKeys.sorting(keys, positions))

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
        keys: What the positions belong to, in order.
        number: By position, which of the keys.
        members: The positions, those of a key together.
    """

    def __init__(self, keys: list[str], number: array[int], members: array[int]) -> None:
        self._keys, self._number, self._members = keys, number, members
        sizes = Counter(number)
        self._ends = array("I", accumulate((sizes[each] for each in range(len(keys))), initial=0))

    @classmethod
    def sorting(cls, of: Sequence[str]) -> InTurns[_Groups]:
        """Sort positions by what each belongs to."""
        keys = sorted(set(of))
        number_of = {key: number for number, key in enumerate(keys)}
        number = array("H", (number_of[key] for key in of))
        yield
        groups = cls(keys, number, array("I", sorted(range(len(of)), key=number.__getitem__)))
        yield
        return groups

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


def columns(path: Path, count: int) -> InTurns[list[list[str]]]:
    """The columns of a table, its header left out: a code, what comes again and again, a name.

    Line by line, the middle held once each: all cells together would leave holes of thirteen megabytes behind.
    """
    found: list[list[str]] = [[] for _ in range(count)]
    middle, once = found[1:-1], dict[str, str]()
    with path.open(encoding="utf-8") as table:
        next(table)
        for place, line in enumerate(table):
            code, *cells, name = line[:-1].split("\t")
            found[0].append(code)
            found[-1].append(name)
            for column, cell in zip(middle, cells, strict=True):
                column.append(once.setdefault(cell, cell))
            if place % AT_ONCE == 0:
                yield
    return found


def commune_of_today(folder: Path, code: str) -> Commune | None:
    """The commune of today with this INSEE code, read alone: a few milliseconds, the tables left unread."""
    whole = (folder / "communes.tsv").read_text("utf-8")
    start = whole.find(f"\n{code}\t") + 1
    if not code or not start:
        return None
    _, epci, population, postal, _, name = whole[start : whole.find("\n", start)].split("\t")
    return Commune(
        code=code,
        nom=name,
        codes_postaux=tuple(postal.split()),
        epci=epci or None,
        departement=_departement_of(code),
        population=int(population) if population else None,
        type=ACTUELLE,
        actuelle=code,
    )


def _departement_of(commune: str) -> str:
    """Code of the département of a commune of today."""
    return commune[:3] if commune[:2] in {"97", "98"} else commune[:2]
