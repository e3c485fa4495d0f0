"""Finds names as they are typed: prefix look-ups in sorted arrays, accents and hyphens ignored."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import overload

from iscg_desktop.reference.turns import InTurns, at_once

_LIGATURES = (("œ", "oe"), ("æ", "ae"))
# Apostrophes and dashes of typography separate words like the plain ones; without this they would be dropped.
_TYPOGRAPHY = re.compile("[\u02b9-\u02bf\u2010-\u2015\u2018-\u201f\u2212]")
_KEPT = frozenset("abcdefghijklmnopqrstuvwxyz0123456789\n")
_TO_WORDS = "".join(chr(code) if chr(code) in _KEPT else " " for code in range(256)).encode("latin-1")
_ARTICLES = frozenset({"l", "la", "le", "les"})
_AFTER_ANY_KEY = "\x7f"

AT_ONCE = 8_192
"""Names gone through in a turn: some milliseconds."""


def fold(text: str) -> str:
    """The text in a-z and 0-9, without accents or ligatures, everything else a space; line breaks stay."""
    text = text.casefold()
    for ligature, letters in _LIGATURES:
        text = text.replace(ligature, letters)
    text = unicodedata.normalize("NFKD", _TYPOGRAPHY.sub(" ", text))
    return text.encode("ascii", "ignore").translate(_TO_WORDS).decode("ascii")


class Texts(Sequence[str]):
    """Many short texts held as one long one: a string each would take five times the memory.

    Args:
        texts: In the order in which they are then found again.
    """

    __slots__ = ("_ends", "_whole")

    def __init__(self, texts: Sequence[str]) -> None:
        self._whole = "".join(texts)
        self._ends = array("I", accumulate(map(len, texts), initial=0))

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self._whole[self._ends[place] : self._ends[place + 1]]


class SortedKeys:
    """Keys in order, each with the position it stands for; answers "which begin with ..." by bisection.

    Args:
        keys: Keys of ASCII text, sorted; the same key may come several times.
        positions: What each key stands for.
    """

    def __init__(self, keys: Texts, positions: array[int]) -> None:
        self._keys, self._positions = keys, positions

    @classmethod
    def sorting(cls, keys: Sequence[str], positions: Sequence[int]) -> InTurns[SortedKeys]:
        """Sort keys, each with its position, in some turns."""
        # A flat list and an array, sorted through their indices: pairs would take twice as long.
        order = sorted(range(len(keys)), key=keys.__getitem__)
        yield
        texts = Texts([keys[index] for index in order])
        yield
        found = cls(texts, array("I", [positions[index] for index in order]))
        yield
        return found

    def equal(self, key: str) -> Sequence[int]:
        """Positions of the keys equal to ``key``."""
        return self._between(key, key + "\0")

    def starting(self, prefix: str) -> Sequence[int]:
        """Positions of the keys that begin with ``prefix``; one position may come several times."""
        return self._between(prefix, prefix + _AFTER_ANY_KEY)

    def _between(self, low: str, high: str) -> Sequence[int]:
        first = bisect_left(self._keys, low)
        return self._positions[first : bisect_left(self._keys, high, lo=first)].tolist()


class NameIndex:
    """Prefix look-ups over a list of names; answers are positions in that list.

    Whole names are compared without spaces, so that « saintmalo », « saint malo » and « Saint-Malo » are one;
    a leading article may be left out (« mans » is « Le Mans »). Each look-up sorts what it needs when first used.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._folded = fold("\n".join(names))

    @classmethod
    def sorting(cls, names: Sequence[str]) -> InTurns[NameIndex]:
        """An index that sorts everything now, in turns."""
        index, folded = cls(()), []
        for start in range(0, len(names), AT_ONCE):
            folded += fold("\n".join(names[start : start + AT_ONCE])).split("\n")
            yield
        index._folded = "\n".join(folded)
        index._names = yield from _index_whole_names(folded)
        index._words = yield from _index_words(folded)
        return index

    @cached_property
    def _names(self) -> SortedKeys:
        return at_once(_index_whole_names(self._folded.split("\n")))

    @cached_property
    def _words(self) -> SortedKeys:
        return at_once(_index_words(self._folded.split("\n")))

    def named(self, words: Sequence[str]) -> Sequence[int]:
        """Positions of the names that are exactly these words."""
        return self._names.equal("".join(words))

    def beginning(self, words: Sequence[str]) -> Sequence[int]:
        """Positions of the names that begin with these words, the last one perhaps half typed."""
        return self._names.starting("".join(words))

    def with_word(self, start: str) -> Sequence[int]:
        """Positions of the names of which one word begins with ``start``."""
        return self._words.starting(start)


def _index_whole_names(folded: list[str]) -> InTurns[SortedKeys]:
    keys = [name.replace(" ", "") for name in folded]
    positions = list(range(len(folded)))
    yield
    for position, name in enumerate(folded):
        article, _, rest = name.partition(" ")
        if rest and article in _ARTICLES:
            keys.append(rest.replace(" ", ""))
            positions.append(position)
        if position % AT_ONCE == 0:
            yield
    return (yield from SortedKeys.sorting(keys, positions))


def _index_words(folded: list[str]) -> InTurns[SortedKeys]:
    keys: list[str] = []
    positions: list[int] = []
    once: dict[str, str] = {}  # « saint » comes four thousand times; interned, it would stay
    for position, name in enumerate(folded):
        words = name.split()
        keys += map(once.setdefault, words, words)
        positions += [position] * len(words)
        if position % AT_ONCE == 0:
            yield
    return (yield from SortedKeys.sorting(keys, positions))
