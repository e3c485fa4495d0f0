"""How near two names, or two persons, are: what a search is ranked by and what a doublon rests on."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import date
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from iscg_desktop.domain.noms import (
    PARTICULES,
    bare,
    by_ear,
    ears,
    initials,
    runs,
    skeleton,
    sounds,
    words,
    writings,
)
from iscg_desktop.domain.personne import Identite, Nommee
from iscg_desktop.domain.prenoms import Prenoms
from iscg_desktop.domain.rapprochement import Comparaison, Naissances, Nearness
from iscg_desktop.domain.recherche import (
    BONES,
    CALLED,
    EAR,
    EAR_PREFIX,
    EXACT,
    PREFIX,
    SLIP,
    Requete,
    birth_year,
    foyer_of,
    phones,
)

_ALIKE = 70  # of 100: likeness under which two skeletons that agree are two names
_ONE_FIGURE = 10  # years apart, at most, of two births of whom one is a slip of typing
_SLIPS_FROM, _BONES_FROM, _EAR_FROM = 4, 3, 3


# --- ranking what was found --------------------------------------------------------------------------------


class Answer(NamedTuple):
    """How well a person answers what was typed.

    Attributes:
        points: More answer better.
        worst: Points of the required word that was found least well.
    """

    points: float
    worst: float


class Ranking:
    """Ranks persons for one thing typed; what depends on the words alone is worked out once.

    Args:
        requete: What is asked.
        prenoms: What people are called by.
    """

    def __init__(self, requete: Requete, prenoms: Prenoms) -> None:
        self._requete = requete
        self._mots = frozenset(requete.mots)
        self._born = requete.naissance is not None or requete.annees is not None
        self._words = [
            (_Word(mot, requete.mots, place, prenoms), place in requete.requis)
            for place, mot in enumerate(requete.mots)
        ]

    def answer(self, her: LookedFor) -> Answer | None:
        """How well a person answers; None when a required word only seemed to be there."""
        total, worst = 0.0, float(EXACT)
        for word, required in self._words:
            found = word.points(her)
            if required:
                if not found:
                    return None
                if found < worst:
                    worst = found
            total += found
        if typed := her.whole & self._mots:  # a name typed whole comes before one that holds it among others
            total += 5 * len(typed) / len(her.whole)
        if self._born:
            total += self._lift(her.nommee)
        return Answer(total, worst)

    def _lift(self, her: Nommee) -> int:
        """A birth that agrees lifts, one that disagrees lowers."""
        requete = self._requete
        if requete.naissance is not None:
            if her.date_naissance == requete.naissance.isoformat():
                return 60
            years = (requete.naissance.year,) * 2
        elif requete.annees is not None:
            years = requete.annees
        else:
            return 0
        if her.annee is None:
            return 0
        away = max(years[0] - her.annee, her.annee - years[1], 0)
        return (30, 10, 5)[away] if away <= 2 else -40


class LookedFor:
    """What a person is found by: her words, and their sounds, worked out only when no word is the one typed.

    Attributes:
        nommee: What she is called; the words of her description are not listened to.
        names: Every word she may be looked for by.
        whole: The words of the name she goes by and of her first name.
    """

    __slots__ = ("_keys", "names", "nommee", "whole")

    def __init__(self, nommee: Nommee) -> None:
        self.nommee = nommee
        self.names = set(words(nommee.description)) if nommee.description else set()
        for name in self._named:
            parts = words(name)
            self.names.update(parts if len(parts) < 2 else writings(name))
            if len(parts) > 1 and (short := initials(name)):
                self.names.add(short)
        self.whole = {*words(nommee.nom_usage or nommee.nom_naissance), *words(nommee.prenom)}
        self._keys: frozenset[str] | None = None

    @property
    def keys(self) -> frozenset[str]:
        """Her names by ear."""
        if self._keys is None:
            self._keys = frozenset(key for name in self._named for key in sounds(name))
        return self._keys

    @property
    def _named(self) -> tuple[str, ...]:
        her = self.nommee
        return tuple(filter(None, (her.nom_usage, her.nom_naissance, her.prenom, her.surnom)))


class _Word:
    """One typed word, alone or one with its neighbours."""

    def __init__(self, mot: str, mots: tuple[str, ...], place: int, prenoms: Prenoms) -> None:
        self._mot = mot
        self._others = prenoms.others(mot)
        self._ears = frozenset(ears(mot)) if len(mot) >= _EAR_FROM else frozenset[str]()
        self._starts = tuple(key for key in self._ears if len(key) >= _EAR_FROM)
        self._bones = frozenset(bones for key in self._ears if len(bones := skeleton(key)) >= _BONES_FROM)
        around = tuple(_around(mots, place))
        self._glued = frozenset("".join(run) for run in around)
        self._glued_ears = frozenset(by_ear(each) for each in self._glued if len(each) > 2)
        # « le » said by « Lostis Émilie » would be found in every « Le Goff ».
        self._initials = frozenset("".join(mot[0] for mot in run) for run in around) - PARTICULES

    def points(self, her: LookedFor) -> float:
        """Exact, then the beginning, then by ear, then one slip; 0 when it is not there."""
        mot, names = self._mot, her.names
        if mot in names:
            return EXACT
        if not self._glued.isdisjoint(names):
            return EXACT - 5
        shortest = 0
        for name in names:
            if name.startswith(mot) and not 0 < shortest <= len(name):
                shortest = len(name)
        if shortest:
            return PREFIX + 10 * len(mot) / shortest
        if not self._others.isdisjoint(names) or not self._initials.isdisjoint(names):
            return CALLED
        if (self._ears or self._glued_ears) and not (
            self._ears.isdisjoint(her.keys) and self._glued_ears.isdisjoint(her.keys)
        ):
            return EAR + self._likeness(names) / 25
        if self._starts and any(key.startswith(self._starts) for key in her.keys):
            return EAR_PREFIX
        if len(mot) >= _SLIPS_FROM and any(_one_slip(mot, name) for name in names):
            return SLIP
        if self._bones and any(skeleton(key) in self._bones for key in her.keys):
            alike = self._likeness(names)
            return BONES * alike / 100 if alike >= _ALIKE else 0
        return 0

    def _likeness(self, names: Set[str]) -> float:
        return max((fuzz.ratio(self._mot, name) for name in names), default=0)


def _around(mots: tuple[str, ...], place: int) -> Iterable[tuple[str, ...]]:
    """A word with its neighbours, which may be one with it."""
    return (mots[start:end] for start, end in runs(mots) if start <= place < end)


def _one_slip(mot: str, name: str) -> bool:
    return len(name) >= _SLIPS_FROM and OSA.distance(mot, name, score_cutoff=1) <= 1


# --- comparing two persons ---------------------------------------------------------------------------------


def compare(one: Identite, other: Identite, prenoms: Prenoms) -> Comparaison:
    """What two persons have in common, part by part."""
    return Comparaison(
        nom=_nearest_names(one, other),
        prenom=_nearest_first_names(one, other, prenoms),
        naissance=_births(one, other),
        autre_sexe={one.sexe, other.sexe} == {"femme", "homme"},
        telephone=not _numbers(one).isdisjoint(_numbers(other)),
        adresse=bool(foyer_of(one)) and foyer_of(one) == foyer_of(other),
    )


def _numbers(identite: Identite) -> frozenset[str]:
    return frozenset(phones(identite.telephone) + phones(identite.contact_sur))


_ORDER: tuple[Nearness, ...] = ("identique", "usuel", "oreille", "lettre", "autre", "inconnu")


def _nearest_names(one: Identite, other: Identite) -> Nearness:
    """The nearest two of the family names: a birth name may be the usual name of the other line."""
    found: list[Nearness] = [
        _names(mine, theirs)
        for mine in (one.nom_usage, one.nom_naissance)
        for theirs in (other.nom_usage, other.nom_naissance)
        if mine and theirs
    ]
    return min(found, key=_ORDER.index, default="inconnu")


def _names(mine: str, theirs: str) -> Nearness:
    ours, others = bare(mine), bare(theirs)
    if not ours or not others:
        return "inconnu"
    if ours == others or _double(mine, theirs):
        return "identique"
    if not frozenset(sounds("".join(words(mine)))).isdisjoint(sounds("".join(words(theirs)))):
        return "oreille"
    if by_ear(ours) == by_ear(others) and len(ours) > 2:
        return "oreille"
    if min(len(ours), len(others)) >= _SLIPS_FROM and OSA.distance(ours, others, score_cutoff=1) <= 1:
        return "lettre"
    return "autre"


def _double(mine: str, theirs: str) -> bool:
    """One is half of the other's double name, or they are glued otherwise."""
    ours = [part for part in words(mine) if part not in PARTICULES]
    others = [part for part in words(theirs) if part not in PARTICULES]
    if "".join(words(mine)) == "".join(words(theirs)):
        return True
    shorter, longer = sorted((ours, others), key=len)
    return len(shorter) == 1 and len(longer) > 1 and len(shorter[0]) >= _SLIPS_FROM and shorter[0] in longer


def _nearest_first_names(one: Identite, other: Identite, prenoms: Prenoms) -> Nearness:
    mine = [name for name in (one.prenom, one.surnom) if words(name)]
    theirs = [name for name in (other.prenom, other.surnom) if words(name)]
    found = [_first_names(ours, others, prenoms) for ours in mine for others in theirs]
    return min(found, key=_ORDER.index, default="inconnu")


def _first_names(mine: str, theirs: str, prenoms: Prenoms) -> Nearness:
    ours, others = "".join(words(mine)), "".join(words(theirs))
    if ours == others:
        return "identique"
    if others in prenoms.others(ours) or _is_short_for(mine, theirs) or _is_short_for(theirs, mine):
        return "usuel"
    if any(
        a not in prenoms.usual and len(a) > 1 and b.startswith(a) for a, b in ((ours, others), (others, ours))
    ):
        return "usuel"  # « Maë » begins « Maëlle », « Jean » is whole
    if ours in prenoms.usual and others in prenoms.usual:
        return "autre"  # two names of their own: Julie is no slip for Julia
    if (
        len(ours) > 2
        and not frozenset(sounds(mine)).isdisjoint(sounds(theirs))
        and by_ear(ours) == by_ear(others)
    ):
        return "oreille"
    if min(len(ours), len(others)) > _SLIPS_FROM and OSA.distance(ours, others, score_cutoff=1) <= 1:
        return "lettre"
    return "autre"


def _is_short_for(short: str, whole: str) -> bool:
    """« JP » for « Jean-Pierre », « Marie » for « Marie-Christine », « F. » for « Fatima »."""
    ours, others = words(short), words(whole)
    if "".join(ours) == initials(whole) or (len(ours) == 1 and len(ours[0]) == 1 and others[0][0] == ours[0]):
        return True
    return len(ours) == 1 and len(others) > 1 and ours[0] == others[0]


def _births(one: Identite, other: Identite) -> Naissances:
    first, second = birth_year(one), birth_year(other)
    if first is None or second is None:
        return "inconnue"
    estimated = any(each.naissance and each.naissance.age_estime is not None for each in (one, other))
    if not estimated and abs(first - second) > _ONE_FIGURE:
        return "lointaine"
    mine, theirs = (each.naissance.date if each.naissance else None for each in (one, other))
    if mine is not None and theirs is not None:
        return _days(mine, theirs)
    if estimated:
        return "proche" if abs(first - second) <= 5 else "autre"
    return "meme_annee" if first == second else "autre"


def _days(mine: date, theirs: date) -> Naissances:
    """Two days: the same, day and month taken one for the other, one figure apart, or others."""
    if mine == theirs:
        return "meme_date"
    if mine.year == theirs.year and (mine.day, mine.month) == (theirs.month, theirs.day):
        return "inversee"
    apart = sum(a != b for a, b in zip(f"{mine:%d%m%Y}", f"{theirs:%d%m%Y}", strict=True))
    return "proche" if apart == 1 else "autre"
