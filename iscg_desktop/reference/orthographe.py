"""The French spelling dictionary, behind hunspell; without the library or the dictionary nothing is checked.

Hunspell is called through its C interface: `ctypes` lets the window run meanwhile, where the Python binding keeps
everything waiting for the third of a second that a suggestion can take. The binding brings the library, and serves
where the library is inside it.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from iscg_desktop.paths import resources

_LIBRARIES = ("libhunspell*.so*", "libhunspell*.dylib", "*hunspell*.dll")
_INITIALS = 6  # letters: CMS, CCAS, PSIG are no words
SUGGESTIONS = 6
"""Suggestions given at most."""

# A word: letters, and the marks French puts inside one. A digit makes it a number, a code or a date.
_WORD = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*", re.UNICODE)
_MARKS = re.compile(r"[-'’.]")
_ELIDED = re.compile(r"^(?:l|d|j|m|t|s|c|n|qu|jusqu|lorsqu|puisqu|quoiqu)['’]", re.IGNORECASE)


class Hunspell(Protocol):
    """What a dictionary answers."""

    def spell(self, word: str) -> bool:
        """Whether the word is right."""

    def suggest(self, word: str) -> list[str]:
        """Words she may have meant."""


class _ThroughC:
    """Hunspell by its C interface; each call leaves the other threads running."""

    def __init__(self, library: Path, aff: Path, dic: Path) -> None:
        self._lib: Any = ctypes.CDLL(str(library))
        texts, text = ctypes.POINTER(ctypes.c_char_p), ctypes.c_char_p
        self._lib.Hunspell_create.restype = ctypes.c_void_p
        self._lib.Hunspell_create.argtypes = (text, text)
        self._lib.Hunspell_spell.argtypes = (ctypes.c_void_p, text)
        self._lib.Hunspell_suggest.argtypes = (ctypes.c_void_p, ctypes.POINTER(texts), text)
        self._lib.Hunspell_free_list.argtypes = (ctypes.c_void_p, ctypes.POINTER(texts), ctypes.c_int)
        self._texts = texts
        self._handle = self._lib.Hunspell_create(str(aff).encode(), str(dic).encode())

    def spell(self, word: str) -> bool:
        return bool(self._lib.Hunspell_spell(self._handle, word.encode()))

    def suggest(self, word: str) -> list[str]:
        found = self._texts()
        count = self._lib.Hunspell_suggest(self._handle, ctypes.byref(found), word.encode())
        words = [found[each].decode("utf-8", "replace") for each in range(count)]
        self._lib.Hunspell_free_list(self._handle, ctypes.byref(found), count)
        return words


class _ThroughBinding:
    """Hunspell by its Python binding, where its library cannot be reached by itself."""

    def __init__(self, folder: Path) -> None:
        import hunspell

        self._checker = hunspell.Hunspell("fr", hunspell_data_dir=str(folder))

    def spell(self, word: str) -> bool:
        return bool(self._checker.spell(word))

    def suggest(self, word: str) -> list[str]:
        return list(self._checker.suggest(word))


def load() -> Hunspell | None:
    """The dictionary; None where the library or the words are missing. For a worker: it takes a fifth of a second."""
    folder = resources() / "orthographe"
    aff, dic = folder / "fr.aff", folder / "fr.dic"
    if not (aff.is_file() and dic.is_file()):
        return None
    try:
        import hunspell
    except ImportError:
        return None
    package = Path(hunspell.__file__).parent
    for place in (package, package.parent, package.parent / "chunspell.libs"):
        for pattern in _LIBRARIES:
            for library in sorted(place.glob(pattern)):
                try:
                    return _ThroughC(library, aff, dic)
                except (OSError, AttributeError):  # of another system, or without the C interface
                    continue
    try:
        return _ThroughBinding(folder)
    except OSError:
        return None


def words_of(text: str) -> list[tuple[int, str]]:
    """The words of a text, each with its place; numbers and what holds one are no words."""
    found = []
    for match in _WORD.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if not any(c.isdigit() for c in match[0]) and not (  # ² is no decimal
            before.isdigit() or after.isdigit() or before in ("@", "_") or after in ("@", "_")
        ):
            found.append((match.start(), match[0]))
    return found


def bare(word: str) -> str:
    """The word without what was elided before it: « l’hébergement » is « hébergement »."""
    return _ELIDED.sub("", word)


def parts(name: str) -> set[str]:
    """The words of a name, whole and in pieces: « Le Goff-Péron » is known by each of its parts."""
    whole = {word for _, word in words_of(name)}
    return whole | {piece for word in whole for piece in _MARKS.split(word) if piece}


def wrong_words(checker: Hunspell, words: Iterable[str], known: frozenset[str]) -> set[str]:
    """Those of the words that are misspelt; a known word or name, whatever its case, is right."""
    return {word for word in words if not _is_right(checker, word, known)}


def _is_right(checker: Hunspell, word: str, known: frozenset[str]) -> bool:
    core = bare(word)
    pieces = [piece for piece in _MARKS.split(core) if piece]
    return (
        len(core) < 2
        or word.casefold() in known
        or core.casefold() in known
        or (core.isupper() and len(core) <= _INITIALS)
        or checker.spell(word)
        or checker.spell(core)
        or (len(pieces) > 1 and all(each.casefold() in known or checker.spell(each) for each in pieces))
    )
