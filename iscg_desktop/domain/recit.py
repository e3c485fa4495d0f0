"""The narrative of a bilan read again before it is kept: who it would name, what it would tell of few people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from iscg_desktop.domain.canonical import clean
from iscg_desktop.domain.dates import MOIS
from iscg_desktop.domain.noms import LONGEST, PARTICULES, folded, writings
from iscg_desktop.domain.noms import words as words_of_name
from iscg_desktop.domain.recherche import phones

LONGEST_RECIT = 20_000
NEAR = 6
"""Words between a commune and a number that are still beside each other."""

Gravite = Literal["refus", "avertissement"]

_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_SENTENCE_END = re.compile(r"[.!?…:;\n•]")
_PHONE = re.compile(r"(?<![\d+])(?:\+\s*33|00\s*33|0)(?:[\s.\-/()]*\d){9,}")
_NUMBER = re.compile(r"\+?\d[\d\s.\-/()]{6,}\d")
_DOSSIER = re.compile(r"(?<!\d)(\d{4})\s*[-–—\u2011/_ ]\s*(\d{1,6})(?!\d)")
_CIVILITES = frozenset(
    {
        "m", "mme", "mmes", "mlle", "mr", "monsieur", "madame", "mademoiselle", "messieurs", "mesdames", "famille",
        "epoux", "dame", "sieur",
    }
)  # fmt: skip
_YEARS = range(1900, 2101)
_SMALL = {
    word: value
    for value, word in enumerate(
        ("zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
    )
    if word != "un"  # an article, far more often than a number
}
_LARGE = frozenset(
    {
        "onze", "douze", "treize", "quatorze", "quinze", "seize", "vingt", "trente", "quarante", "cinquante",
        "soixante", "cent", "mille", "dizaine", "douzaine", "quinzaine", "vingtaine", "trentaine", "centaine",
    }
)  # fmt: skip
# « Une femme » counts; « une permanence » does not.
_ONE = frozenset(
    {
        "femme", "homme", "fille", "fillette", "garcon", "enfant", "mineur", "mineure", "pere", "mere", "dame",
        "personne", "victime", "couple", "famille", "adolescent", "adolescente", "jeune", "seul", "seule", "unique",
        "situation", "dossier",
    }
)  # fmt: skip
# What is counted after a small number tells of time, not of people.
_UNITS = frozenset(
    {
        "an", "ans", "annee", "annees", "mois", "jour", "jours", "semaine", "semaines", "heure", "heures", "h",
        "minutes", "trimestre", "trimestres", "semestre", "semestres",
    }
)  # fmt: skip
_MONTHS = frozenset(folded(month) for month in MOIS)


@dataclass(frozen=True, slots=True)
class Passage:
    """A place of the text that cannot stay, or that she should look at.

    Attributes:
        gravite: A refusal, or a warning.
        code: Code of its sentence.
        debut: Where it begins in the cleaned text.
        fin: Where it ends.
        ligne: Number of its line.
    """

    gravite: Gravite
    code: str
    debut: int
    fin: int
    ligne: int


@dataclass(frozen=True, slots=True)
class Relecture:
    """What reading a narrative again found.

    Attributes:
        texte: The text as it would be kept.
    """

    texte: str
    passages: tuple[Passage, ...]

    @property
    def refus(self) -> tuple[Passage, ...]:
        """What must go."""
        return tuple(passage for passage in self.passages if passage.gravite == "refus")

    @property
    def avertissements(self) -> tuple[Passage, ...]:
        """What she should look at."""
        return tuple(passage for passage in self.passages if passage.gravite == "avertissement")


@dataclass(frozen=True, slots=True)
class Connus:
    """What the coffre knows and a narrative must not tell.

    Attributes:
        noms: Folded words of the names of persons, at least of those that a word of the text may name.
        telephones: Significant digits of their numbers.
        dossiers: Year and number of each dossier.
        communes: Folded words of each commune.
        lieux: Folded words of what bears a name without being a person: communes, unités, structures.
        est_un_mot: Whether a word in small letters is a French word.
    """

    noms: frozenset[str]
    telephones: frozenset[str]
    dossiers: frozenset[tuple[int, int]]
    communes: frozenset[tuple[str, ...]]
    lieux: frozenset[tuple[str, ...]]
    est_un_mot: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Mot:
    """A word of the text: as written, folded, its place."""

    ecrit: str
    plie: str
    debut: int
    fin: int


def words_of_persons(names: Iterable[str]) -> frozenset[str]:
    """Words by which persons would be known; small words such as « de » alone name nobody."""
    found: set[str] = set()
    for name in names:
        written = writings(name)
        telling = [word for word in written if len(word) > 1 and word not in PARTICULES]
        found.update(telling or (word for word in written if len(word) > 1))
    return frozenset(found)


def words_to_ask(texte: str) -> frozenset[str]:
    """Folded words of a narrative, alone and two by two: those by which a person would be found in the coffre."""
    words = _words(clean(texte))
    return frozenset(
        (*(word.plie for word in words), *((a.plie + b.plie)[:LONGEST] for a, b in pairwise(words)))
    )


def relire(texte: str, connus: Connus, seuil: int) -> Relecture:
    """Read a narrative again.

    Args:
        texte: As it was typed.
        connus: What it must not tell.
        seuil: Number of people under which a bilan tells nothing.
    """
    text = clean(texte).strip()
    words = _words(text)
    found = {
        *_names(text, words, connus),
        *_phones(text, connus.telephones),
        *_dossiers(text, connus.dossiers),
        *_communes(text, words, connus.communes),
        *_small_numbers(text, words, seuil),
    }
    lines = [place for place, character in enumerate(text) if character == "\n"]
    return Relecture(
        text,
        tuple(
            Passage(gravite, code, start, end, 1 + sum(place < start for place in lines))
            for start, end, gravite, code in sorted(found)
        ),
    )


def _words(text: str) -> list[_Mot]:
    return [_Mot(m[0], _plain(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]


_Found = tuple[int, int, Gravite, str]


def _names(text: str, words: list[_Mot], connus: Connus) -> Iterator[_Found]:
    """Words that are names of persons.

    One in small letters is a name only when it is no French word; one inside the name of a place may be the place.
    """
    places = _inside(words, connus.lieux)
    for rank, word in enumerate(words):
        if word.plie not in connus.noms:
            continue
        called = rank > 0 and words[rank - 1].plie in _CIVILITES
        is_capital = word.ecrit[0] != word.ecrit[0].lower()
        if not (called or is_capital) and connus.est_un_mot(word.ecrit):
            continue
        if rank in places and not called:
            yield word.debut, word.fin, "avertissement", "recit_nom_de_lieu"
        else:
            yield word.debut, word.fin, "refus", "recit_nom"
    yield from _glued(words, connus)


def _glued(words: list[_Mot], connus: Connus) -> Iterator[_Found]:
    """Names of the coffre written in two words where it holds one: « Le Goff » for « Legoff »."""
    for first, second in pairwise(words):
        if second.debut - first.fin > 1 or (first.plie + second.plie)[:LONGEST] not in connus.noms:
            continue
        if first.ecrit[0] != first.ecrit[0].lower() and second.ecrit[0] != second.ecrit[0].lower():
            yield first.debut, second.fin, "refus", "recit_nom"


def _phones(text: str, known: frozenset[str]) -> Iterator[_Found]:
    """Any French number, and any other that the coffre holds."""
    for match in _PHONE.finditer(text):
        yield match.start(), match.end(), "refus", "recit_telephone"
    for match in _NUMBER.finditer(text):
        if known.intersection(phones(match[0])):
            yield match.start(), match.end(), "refus", "recit_telephone"


def _dossiers(text: str, known: frozenset[tuple[int, int]]) -> Iterator[_Found]:
    for match in _DOSSIER.finditer(text):
        if (int(match[1]), int(match[2])) in known:
            yield match.start(), match.end(), "refus", "recit_dossier"


def _communes(text: str, words: list[_Mot], communes: frozenset[tuple[str, ...]]) -> Iterator[_Found]:
    """A commune and a number within a few words of one sentence: together they may point at somebody."""
    places = _inside(words, communes)
    numbers = [rank for rank, word in enumerate(words) if rank not in places and _is_number(word)]
    for rank in numbers:
        for place in range(max(0, rank - NEAR), min(len(words), rank + NEAR + 1)):
            first, last = sorted((rank, place))
            if place in places and not _SENTENCE_END.search(text[words[first].fin : words[last].debut]):
                yield words[first].debut, words[last].fin, "avertissement", "recit_commune_chiffre"
                break


def _small_numbers(text: str, words: list[_Mot], seuil: int) -> Iterator[_Found]:
    for rank, word in enumerate(words):
        after = words[rank + 1].plie if rank + 1 < len(words) else ""
        if (after in _UNITS or after in _MONTHS) or text[word.fin : word.fin + 2].strip().startswith("%"):
            continue
        if word.plie in ("un", "une") and after in _ONE:
            value: int | None = 1
        elif word.plie in ("aucun", "aucune", "nul", "nulle"):
            value = 0
        else:
            value = int(word.plie) if _is_digits(word) else _SMALL.get(word.plie)
        if value is not None and value < seuil:
            yield word.debut, word.fin, "avertissement", "recit_petit_nombre"


def _inside(words: list[_Mot], places: frozenset[tuple[str, ...]]) -> frozenset[int]:
    """Ranks of the words that stand in the name of a place, written with a capital."""
    longest = max(map(len, places), default=0)
    found: set[int] = set()
    for rank, word in enumerate(words):
        if word.ecrit[0] == word.ecrit[0].lower():
            continue
        for length in range(min(longest, len(words) - rank), 0, -1):
            run = words_of_name(" ".join(each.ecrit for each in words[rank : rank + length]))
            if run in places:
                found.update(range(rank, rank + length))
                break
    return frozenset(found)


def _plain(word: str) -> str:
    """A word as the names of the coffre are kept: folded, letters and figures only."""
    return "".join(c for c in folded(word) if c.isalnum())[:LONGEST]


def _is_number(word: _Mot) -> bool:
    if _is_digits(word):
        return int(word.plie) not in _YEARS
    return word.plie in _SMALL or word.plie in _LARGE


def _is_digits(word: _Mot) -> bool:
    return word.plie.isascii() and word.plie.isdigit()
