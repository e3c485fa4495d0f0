"""Names as they are written, glued, cut and heard in France; pure: a name in, words and keys out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

LONGEST = 24
"""Letters of a word that count: what is longer is no name."""
MOST_WORDS = 8
"""Words of one field that count."""

PARTICULES = frozenset(
    {
        "a", "al", "ait", "aux", "ben", "bin", "bint", "bou", "d", "da", "dal", "de", "del", "della", "den", "der",
        "des", "di", "do", "dos", "du", "e", "el", "et", "i", "l", "la", "las", "le", "les", "lo", "los", "mac", "mc",
        "n", "o", "ould", "saint", "sainte", "san", "van", "von", "vom", "y", "zu",
    }
)  # fmt: skip
"""Small words that may be there or not, glued or not: « de la », « el », « ben », « van », « saint »."""

_LETTERS = str.maketrans(
    {
        "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "\u0131": "i", "ħ": "h",
        "’": "'", "ʼ": "'", "‘": "'", "`": "'",
    }
)  # fmt: skip
_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "mme": "", "mlle": "", "mr": "", "m": "m"}


def folded(text: str) -> str:
    """Lower case, without accents nor ligatures: « CŒURÉ » and « coeure » are the same."""
    if text.isascii():
        return text.lower().translate(_LETTERS)
    capital = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", capital)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words of a name, folded; apostrophes and hyphens part them, « St » is « saint »."""
    found = re.findall(r"[^\W_]+", folded(text[: LONGEST * MOST_WORDS * 4]))
    whole = (_ABBREVIATIONS.get(word, word)[:LONGEST] for word in found)
    return tuple(word for word in whole if word)[:MOST_WORDS]


def runs(parts: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where two or three words in a row may be one: the place of the first, and that after the last."""
    return tuple(
        (start, start + length)
        for start in range(len(parts))
        for length in (2, 3)
        if start + length <= len(parts)
    )


@lru_cache(maxsize=8192)
def writings(text: str) -> tuple[str, ...]:
    """Every word a name may be looked for by: its words, and what gluing two or three of them gives.

    « Le Goff » is also « legoff », « de la Tour » also « delatour » and « latour ».
    """
    parts = words(text)
    if len(parts) < 2:
        return parts
    glued = ("".join(parts[start:end])[:LONGEST] for start, end in runs(parts))
    return tuple(dict.fromkeys((*parts, *glued)))


def initials(text: str) -> str:
    """« jp » for « Jean-Pierre »; empty when the first name is one word, or many."""
    parts = words(text)
    return "".join(part[0] for part in parts) if len(parts) in (2, 3) else ""


def bare(name: str) -> str:
    """A name in one word, without its small words: « Le Goff » is « goff »."""
    parts = words(name)
    return "".join(part for part in parts if part not in PARTICULES) or "".join(parts)


def one_letter_less(word: str) -> frozenset[str]:
    """The word without each of its letters in turn: two words one slip apart share one, or one is the other's."""
    return frozenset(word[:place] + word[place + 1 :] for place in range(len(word)))


# --- by ear -----------------------------------------------------------------------------------------------

# In order. Capitals are sounds already found: C « ch », G hard « g », A « an », I « in », O « on », E « é » that
# ends a word; a hyphen keeps two vowels apart where an « h » stood.
_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        # consonants written with several letters
        (r"ph", "f"),
        (r"nn$", "n"),
        (r"t?sch|tch|tsh|tx|sz|sh|cz|^x(?=[aeiou])|(?<=ei)x(?=[aeiou])", "C"),
        (r"ch(?=[rlt])|ch$", "k"),
        (r"ch", "C"),
        (r"^ngu?(?=[aeiy])|^ng", "n"),
        (r"dj", "j"),
        (r"([bdgkrtw])h", r"\1"),
        (r"cci(?=[aeiou]|$)", "Ci"),
        (r"cc(?=[eiy])", "ks"),
        (r"s?c(?=[eiy])", "s"),
        (r"cqu?|ck|qu(?=[aeiouy])|q|c", "k"),
        (r"gw|gu(?=[eiy])|gou(?=[ei])", "G"),
        (r"gn", "ni"),
        (r"ge(?=[aou])|g(?=[eiy])", "j"),
        (r"G|gu(?=[ao])", "g"),
        (r"bv(?=r)", "v"),
        (r"x(?=[aeiouy])", "ks"),
        (r"(?<=[aeiouy])h(?=[aeiouy])", "-"),
        (r"h", ""),
        # vowels written with several letters, those that end a word first
        (r"(?<=[aeo])ui?ll?(?:es?)?$|(?<=[ae])il(?:les?|s)?$", "i"),
        (r"(?<=[aeou])ill(?=[aeiou])", "i"),
        (r"(?:eau|au|ao|o)l?[tdxs]*$|eau|aul(?=[tdx])|au", "o"),
        (r"(?:er|ez|et|ees|ais|ait|ay|ey|ai)$", "E"),
        (r"(?:ean|an|en)(?![aeiouyn])|[ae]m(?=[pb])", "A"),
        (r"(?:ein|ain|in|yn|un)(?![aeiouyn])|(?:ai|i|y|u)m(?=[pb])", "I"),
        (r"on(?![aeiouyn])|om(?=[pb])", "O"),
        (r"(?<=[aeo])[iy](?=[aeouAIOE])", "iy"),
        (r"ai|ei|ey|ay|oeu|eu|oe", "e"),
        (r"oua|oi|oy", "va"),
        (r"(?:ou|w|u)(?=[aeiyAIOE])", "v"),
        (r"w", "v"),
        (r"ou|oo|u", "u"),
        (r"y", "i"),
        (r"z", "s"),
        # what is not heard at the end, and what is heard once
        (r"(?<=[nrlAIO])[tdgp]s?$|(?<=[aeiouAIOE])(?:tt|dt|ts|ds|[tsxp])$|(?<=[rlkfmAIO])s$", ""),
        (r"([a-zA-Z])\1+", r"\1"),
        (r"(?<=..)e$|-", ""),
        (r"([a-zA-Z])\1+", r"\1"),
    )
)
# What an accent says of a sound, lost once the word is folded.
_ACCENTED = ((re.compile("ée?s?(?![^\\W_])"), "et"), (re.compile("ç"), "ss"), (re.compile("ş"), "ch"))


@lru_cache(maxsize=16384)
def by_ear(word: str) -> str:
    """Key of a folded word as French ears take it: « lefevre » and « lefebvre », « gaultier » and « gotier ».

    Two spellings of one sound give one key; a word of another alphabet gives itself.
    """
    if not (word.isascii() and word.isalpha()):
        return word
    key = word
    for pattern, sound in _RULES:
        key = pattern.sub(sound, key)
    return key or word


def ears(word: str) -> tuple[str, ...]:
    """Keys of a folded word as it may be heard: « Delmas », « Kemener » with or without their last letter."""
    key = by_ear(word)
    return (key, by_ear(word + "e")) if word.endswith(("s", "er")) else (key,)


@lru_cache(maxsize=8192)
def sounds(text: str) -> tuple[str, ...]:
    """Keys by ear of every writing of a name; an accent that changes the sound gives one more."""
    said = unicodedata.normalize("NFC", text.casefold())
    for pattern, letters in _ACCENTED:
        said = pattern.sub(letters, said)
    heard = (ears(word) for word in (*writings(text), *writings(said)) if len(word) > 1)
    return tuple(dict.fromkeys(key for keys in heard for key in keys))


@lru_cache(maxsize=8192)
def skeleton(key: str) -> str:
    """Consonants of a key, « b » and « v » as one; two spellings that share it may be one name."""
    return "".join("v" if c in "bv" else c for c in key[:1] + re.sub("[aeiouE]", "", key[1:]))
