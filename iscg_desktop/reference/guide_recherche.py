"""Searches the guide: accents and the order of the words do not matter, one slip in a word is forgiven."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from iscg_desktop.domain.guide import Chapitre, Passage, Trouvaille
from iscg_desktop.domain.noms import folded

_HEADING, _OTHER, _CHAPTER, _TEXT = 6.0, 5.0, 4.0, 1.0
_WHOLE, _BEGINNING, _SLIP = 1.0, 0.8, 0.4
_SLIPS_FROM = 4  # letters under which one letter makes another word
_EXTRACT = 170  # characters
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(
    {
        "a", "au", "aux", "avec", "c", "ce", "ces", "cette", "comment", "d", "dans", "de", "des", "du",
        "elle", "elles", "en", "est", "et", "faire", "il", "ils", "j", "je", "l", "la", "le", "les", "leur",
        "ma", "mes", "moi", "mon", "n", "ne", "nous", "on", "ou", "par", "pas", "pour", "puis", "qu",
        "quand", "que", "qui", "quoi", "s", "sa", "se", "ses", "si", "son", "sont", "sur", "un", "une",
        "vos", "votre", "vous", "y",
    }
)  # fmt: skip
"""Words that say nothing of what is looked for."""


@dataclass(frozen=True, slots=True)
class _Place:
    chapitre: Chapitre
    passage: Passage


class Index:
    """Every word of the chapters and the passages that say it; a few hundredths of a second to make."""

    def __init__(self, chapitres: Iterable[Chapitre]) -> None:
        self._places: list[_Place] = []
        self._words: dict[str, dict[int, float]] = defaultdict(dict)
        for chapitre in chapitres:
            for passage in chapitre.passages:
                self._add(_Place(chapitre, passage))

    def chercher(self, texte: str, most: int = 20) -> tuple[Trouvaille, ...]:
        """The passages that hold every word typed, the best first; all words but one where none holds them all.

        Args:
            texte: What she typed.
            most: How many at most.
        """
        typed = list(dict.fromkeys(_words(texte)))
        asked = [word for word in typed if word not in _SMALL] or typed
        if not asked:
            return ()
        found = [self._known(word) for word in asked]
        points = [self._points(each) for each in found]
        held: dict[int, list[float]] = defaultdict(list)
        for each in points:
            for place, worth in each.items():
                held[place].append(worth)
        wanted = max((len(worths) for worths in held.values()), default=0)
        if wanted < max(1, len(asked) - 1):
            return ()
        best = sorted(
            (place for place, worths in held.items() if len(worths) == wanted),
            key=lambda place: (-sum(held[place]), place),
        )
        marked = frozenset(word for each in found for word in each)
        return tuple(self._trouvaille(self._places[place], marked) for place in best[:most])

    def _add(self, place: _Place) -> None:
        number = len(self._places)
        self._places.append(place)
        parts = (
            (place.passage.texte, _TEXT),
            (place.chapitre.titre, _CHAPTER),
            (place.passage.mots, _OTHER),
            (place.passage.titre, _HEADING),
        )
        for text, worth in parts:
            for word in _words(text):
                self._words[word][number] = worth

    def _known(self, typed: str) -> dict[str, float]:
        """Words of the guide that a typed word may be, and how near each is."""
        near: dict[str, float] = {}
        for word in self._words:
            if word == typed:
                near[word] = _WHOLE
            elif word.startswith(typed):
                near[word] = _BEGINNING
        if not near and len(typed) >= _SLIPS_FROM:
            for word in self._words:
                # What is still being typed has its slip too: only the beginning of a longer word is compared.
                cuts = (word, word[: len(typed) - 1], word[: len(typed)], word[: len(typed) + 1])
                if any(OSA.distance(typed, cut, score_cutoff=1) <= 1 for cut in cuts):
                    near[word] = _SLIP
        return near

    def _points(self, near: dict[str, float]) -> dict[int, float]:
        points: dict[int, float] = {}
        for word, quality in near.items():
            for place, worth in self._words[word].items():
                points[place] = max(points.get(place, 0), worth * quality)
        return points

    def _trouvaille(self, place: _Place, marked: frozenset[str]) -> Trouvaille:
        extract = _extract(place.passage.texte, marked)
        bold = tuple(
            (word.start(), word.end()) for word in _WORD.finditer(extract) if folded(word[0]) in marked
        )
        return Trouvaille(
            place.chapitre.cle,
            place.chapitre.titre,
            place.passage.titre,
            place.passage.ancre,
            extract,
            bold,
        )


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def _extract(text: str, marked: frozenset[str]) -> str:
    """The sentence that says most of the words looked for, cut to a line or two."""
    sentences = [part for part in re.split(r"(?<=[.])\s+|\n", text) if part]
    if not sentences:
        return ""
    start = max(range(len(sentences)), key=lambda n: len(marked.intersection(_words(sentences[n]))))
    best = sentences[start]
    for following in sentences[start + 1 :]:
        if len(best) + len(following) >= _EXTRACT:
            break
        best = f"{best} {following}"
    if len(best) <= _EXTRACT:
        return best
    first = next((word.start() for word in _WORD.finditer(best) if folded(word[0]) in marked), 0)
    start = best.rfind(" ", 0, max(first - _EXTRACT // 2, 0) + 1) + 1
    cut = best[start : start + _EXTRACT]
    return ("…" if start else "") + (cut if start + _EXTRACT >= len(best) else cut.rpartition(" ")[0] + "…")
