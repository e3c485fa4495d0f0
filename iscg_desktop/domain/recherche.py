"""What a person is looked for by, and what is asked of the index when something is typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from iscg_desktop.domain.dates import parse_date
from iscg_desktop.domain.noms import (
    PARTICULES,
    bare,
    by_ear,
    ears,
    folded,
    initials,
    one_letter_less,
    runs,
    skeleton,
    sounds,
    words,
    writings,
)
from iscg_desktop.domain.personne import Identite
from iscg_desktop.domain.prenoms import Prenoms
from iscg_desktop.errors import UserError

EXACT, PREFIX, CALLED, EAR, EAR_PREFIX, SLIP, BONES = 100, 85, 75, 70, 60, 50, 40
"""Points of a word, by how it was found."""

_BIRTHDAY, _YEAR, _NEAR_YEAR, _PHONE = 60, 30, 15, 100
_SLIPS_FROM = 4  # letters under which one letter makes another name
_BONES_FROM = 3  # consonants under which a skeleton says nothing
_EAR_FROM = 3  # letters under which the beginning of a sound says nothing
_MOST_TOKENS = 6
_AFTER = "\U0010ffff"  # comes after every word that begins alike

_DIGIT = re.compile(r"\d")
_AGE = re.compile(r"(?:environ|vers|agee? de|~)?\s*(\d{1,3})\s*ans?\b")
_DATE = re.compile(r"\b\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b")
_DATE_IN_WORDS = re.compile(
    r"\b\d{1,2}(?:er)? (?:jan|fev|mars|avr|mai|juin|jui?l|aou|sep|oct|nov|dec)[a-z]*\.? \d{4}\b|\b\d{4}(?:19|20)\d{2}\b"
)
# What is said of a person beside her name: « Mme », « M. », « née », « épouse », « veuve », « dite ».
_BESIDE = re.compile(
    r"(?<![^\W_])(?:madame|mademoiselle|monsieur|mr|m\.|nee?s?|epouse|epx?|veu(?:ve|f)|vve|dite?|alias)\.?(?![^\W_])"
)
_WHOLE_PHONE = re.compile(r"(?:\+33|\b0033|\b0)\s*(?:\(0\)\s*)?[1-9](?:[\s./-]*\d\d){4}\b")
_YEAR_ALONE = re.compile(r"(?<!\d)(?:(?:nee?s? )?en |nee?s? |~)?(19\d\d|20\d\d)(?!\d)")
_SHORTEST_PHONE = 4
_NATIONAL = 9


class Terme(NamedTuple):
    """One range of the index, and what it is worth.

    Attributes:
        jeton: Which of the typed words it stands for; the same person counts once for each.
        debut: First term of the range, its kind included.
        fin: Last one.
        points: What finding a person there is worth.
    """

    jeton: int
    debut: str
    fin: str
    points: int


@dataclass(frozen=True, slots=True)
class Requete:
    """What is asked.

    Attributes:
        mots: Words of names that were typed, folded, in order.
        requis: Which of the tokens must be found for a person to be shown.
        termes: What to look for.
        naissance: Day of birth that was typed.
        annees: First and last year of birth that what was typed allows.
        telephone: Significant digits of a number.
    """

    mots: tuple[str, ...] = ()
    requis: frozenset[int] = frozenset()
    termes: tuple[Terme, ...] = ()
    naissance: date | None = None
    annees: tuple[int, int] | None = None
    telephone: str = ""


def phones(text: str) -> tuple[str, ...]:
    """Significant digits of each number of a text: « 06 12 34 56 78 » and « +33 6 12 34 56 78 » give « 612345678 »."""
    found = []
    for number in re.findall(r"\+?\d[\d\s.\-/()]*", text):
        digits = significant(number)
        while len(digits) >= _NATIONAL:
            found.append(digits[:_NATIONAL])
            digits = significant(digits[_NATIONAL:])
    return tuple(found)


def significant(number: str) -> str:
    """Digits of a number without its national or French prefix."""
    digits = "".join(c for c in number if c.isascii() and c.isdigit())
    if number.strip().startswith("+33"):
        digits = digits[2:]
    elif digits.startswith("0033"):
        digits = digits[4:]
    elif len(digits) == _NATIONAL + 2 and digits.startswith("33"):
        digits = digits[2:]
    return digits.removeprefix("0")


def birth_year(identite: Identite) -> int | None:
    """Year of birth as far as it is known; that of an estimated age is about right."""
    known = identite.naissance
    if known is None:
        return None
    if known.date is not None:
        return known.date.year
    if known.age_estime is not None and identite.age_estime_le is not None:
        return identite.age_estime_le.year - known.age_estime
    return known.annee


def terms_of(identite: Identite) -> frozenset[str]:
    """Every term under which a person lies in the index; the first letter says of which kind."""
    names = (identite.nom_usage, identite.nom_naissance, identite.prenom, identite.surnom)
    found = set()
    for name in names:
        found |= {"n" + word for word in writings(name)}
        keys = sounds(name)
        found |= {"p" + key for key in keys}
        found |= {"s" + bones for key in keys if len(bones := skeleton(key)) >= _BONES_FROM}
        for word in writings(name):
            if len(word) >= _SLIPS_FROM:
                found |= {"d" + shorter for shorter in one_letter_less(word)}
    if short := initials(identite.prenom):
        found.add("n" + short)
    found |= {"n" + word for word in words(identite.description)}
    for text in (identite.telephone, identite.contact_sur):
        found |= {"t" + number for number in phones(text)}
    if year := birth_year(identite):
        found.add(f"a{year}")
    if identite.naissance is not None and identite.naissance.date is not None:
        found.add("j" + identite.naissance.date.isoformat())
    if home := foyer_of(identite):
        found.add("r" + home)
    found |= {"k" + key for key in pair_keys(identite)}
    return frozenset(found)


def pair_keys(identite: Identite) -> frozenset[str]:
    """Family and first name by ear, in one word: two lines that share one may be one person."""
    first = by_ear("".join(words(identite.prenom)))
    names = [name for name in (identite.nom_usage, identite.nom_naissance) if words(name)]
    written = {bare(name) for name in names} | {"".join(words(name)) for name in names}
    return frozenset(f"{by_ear(name)} {first}" for name in written) if first else frozenset()


def foyer_of(identite: Identite) -> str:
    """The address as a word; empty when it is not known well enough to be one."""
    address = "".join(words(identite.adresse))
    return f"{identite.commune or ''} {address}" if any(c.isdigit() for c in address) else ""


def read(text: str, today: date, prenoms: Prenoms) -> Requete:
    """What is asked by what is typed: names in any order, a birth, an age, a telephone number.

    Args:
        text: As typed; anything is words, nothing is syntax.
        today: Tells years from ages.
        prenoms: What people are called by.
    """
    if telephone := _only_phone(text, today):
        return Requete(
            requis=frozenset({0}),
            termes=(Terme(0, "t" + telephone, "t" + telephone + _AFTER, _PHONE),),
            telephone=telephone,
        )
    rest = folded(text[:400])
    numbers: tuple[str, ...] = ()
    naissance, annees = None, None
    if _DIGIT.search(rest):
        numbers, rest = _take_phone(rest)
        naissance, rest = _take_date(rest, today)
        annees, rest = _take_years(rest, today)
    mots = (words(_BESIDE.sub(" ", rest)) or words(rest))[:_MOST_TOKENS]
    requis = {rank for rank, mot in enumerate(mots) if mot not in PARTICULES} or set(range(len(mots)))
    termes = [*name_terms(mots, prenoms), *phone_terms(len(mots) + 1, numbers)]
    if naissance is not None:
        termes += birth_terms(len(mots), naissance)
        requis |= set() if mots else {0}
    elif annees is not None:
        termes += year_terms(len(mots), annees)
        requis |= set() if mots else {0}
    return Requete(mots, frozenset(requis), tuple(termes), naissance, annees)


def name_terms(mots: tuple[str, ...], prenoms: Prenoms, first: int = 0) -> Iterator[Terme]:
    """What to look for when words of names are typed, ``first`` being the number of the first."""
    for rank, mot in enumerate(mots, first):
        yield Terme(rank, "n" + mot, "n" + mot, EXACT)
        yield Terme(rank, "n" + mot, "n" + mot + _AFTER, PREFIX)
        yield from _approximate(rank, mot, prenoms)
    for start, end in runs(mots):
        glued = "".join(mots[start:end])
        for rank in range(first + start, first + end):
            yield Terme(rank, "n" + glued, "n" + glued + (_AFTER if end == len(mots) else ""), EXACT)
            yield Terme(rank, "p" + by_ear(glued), "p" + by_ear(glued), EAR)
            for other in prenoms.others(glued):
                yield Terme(rank, "n" + other, "n" + other, CALLED)
            short = "".join(mot[0] for mot in mots[start:end])
            if not PARTICULES & {short, *mots[start:end]}:
                yield Terme(rank, "n" + short, "n" + short, CALLED)


def birth_terms(jeton: int, naissance: date) -> tuple[Terme, ...]:
    """What to look for when a day of birth is typed."""
    day = naissance.isoformat()
    return (
        Terme(jeton, "j" + day, "j" + day, _BIRTHDAY),
        *year_terms(jeton, (naissance.year, naissance.year)),
    )


def year_terms(jeton: int, annees: tuple[int, int]) -> tuple[Terme, ...]:
    """What to look for when years of birth are known."""
    first, last = annees
    return (
        Terme(jeton, f"a{first}", f"a{last}", _YEAR),
        Terme(jeton, f"a{first - 2}", f"a{last + 2}", _NEAR_YEAR),
    )


def phone_terms(jeton: int, numbers: Iterable[str]) -> tuple[Terme, ...]:
    """What to look for when numbers are known."""
    return tuple(Terme(jeton, "t" + number, "t" + number, _PHONE) for number in numbers)


def home_terms(jeton: int, foyer: str) -> tuple[Terme, ...]:
    """What to look for when an address is known."""
    return (Terme(jeton, "r" + foyer, "r" + foyer, _PHONE),) if foyer else ()


def _approximate(rank: int, mot: str, prenoms: Prenoms) -> Iterator[Terme]:
    """The other names, the sounds and the slips of one word."""
    for other in prenoms.others(mot):
        yield Terme(rank, "n" + other, "n" + other, CALLED)
    if len(mot) >= _EAR_FROM:
        for key in ears(mot):
            yield Terme(rank, "p" + key, "p" + key, EAR)
            if len(key) >= _EAR_FROM:
                yield Terme(rank, "p" + key, "p" + key + _AFTER, EAR_PREFIX)
            if len(bones := skeleton(key)) >= _BONES_FROM:
                yield Terme(rank, "s" + bones, "s" + bones, BONES)
    if len(mot) >= _SLIPS_FROM:
        yield Terme(rank, "d" + mot, "d" + mot, SLIP)
        for shorter in one_letter_less(mot):
            yield Terme(rank, "n" + shorter, "n" + shorter, SLIP)
            yield Terme(rank, "d" + shorter, "d" + shorter, SLIP)


def _only_phone(text: str, today: date) -> str:
    """The number when nothing but one is typed, and it is no year."""
    if not re.fullmatch(r"\s*\+?[\d\s.\-/()]+", text) or _DATE.fullmatch(text.strip()):
        return ""
    if re.fullmatch(r"\s*\d{4}-\d*\s*", text):  # number of a dossier
        return ""
    digits = significant(text)
    year = text.strip()
    if len(year) == 4 and year.isdigit() and 1900 <= int(year) <= today.year:
        return ""
    return digits[:_NATIONAL] if len(digits) >= _SHORTEST_PHONE else ""


def _take_phone(text: str) -> tuple[tuple[str, ...], str]:
    """A whole number beside a name: who has it comes first, who changed it is found all the same."""
    match = _WHOLE_PHONE.search(text)
    if match is None:
        return (), text
    return phones(match[0].replace("(0)", "")), text[: match.start()] + " " + text[match.end() :]


def _take_date(text: str, today: date) -> tuple[date | None, str]:
    if match := _DATE.search(text):
        written = re.sub(r"\s", "", match[0])
    elif match := _DATE_IN_WORDS.search(text):
        written = match[0]
    else:
        return None, text
    try:
        found = parse_date(written, today)
    except UserError:
        return None, text
    before = re.sub(r"\bnee?s?\s*(?:le)?\s*$", "", text[: match.start()])
    return found, before + " " + text[match.end() :]


def _take_years(text: str, today: date) -> tuple[tuple[int, int] | None, str]:
    if match := _AGE.search(text):
        born = today.year - int(match[1])
        return (born - 1, born), text[: match.start()] + " " + text[match.end() :]
    match = _YEAR_ALONE.search(text)
    if match and int(match[1]) <= today.year and not re.match(r"-\d", text[match.end() :]):
        return (int(match[1]),) * 2, text[: match.start()] + " " + text[match.end() :]
    return None, text
