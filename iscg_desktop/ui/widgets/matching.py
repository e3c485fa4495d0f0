"""Finds the choices that typed words mean: beginnings of words, in any order, without accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby

from iscg_desktop.ui.widgets.choice import Choice

_AT_START, _INSIDE, _BY_FAMILY = range(3)
_SHORT = {
    "ip": ("information", "preoccupante"),
    "mc": ("main", "courante"),
    "pec": ("prise", "charge"),
    "rdv": ("rendez", "vous"),
    "vad": ("visite", "domicile"),
    "vc": ("violences", "conjugales"),
    "vif": ("violences", "intrafamiliales"),
}
"""What the profession writes in short."""

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def words_of(text: str) -> list[str]:
    """The words of a text, lower case, without accents; apostrophes and hyphens part words."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+", bare)


def find(choices: Sequence[Choice], text: str, recent: Iterable[str] = ()) -> list[Choice]:
    """Choices in which every typed word begins a word, the likeliest first.

    A label that begins with the first word comes before one that holds it further on or by a synonym; among
    equals, what was used recently, then the order of the list. The name of a family finds its choices when
    no label fits; what the profession writes in short is as good as whole words.

    Args:
        choices: The list.
        text: What was typed; "" matches everything.
        recent: Codes used recently, the latest first.
    """
    typed = words_of(text)
    if not typed:
        return list(choices) if not text.strip() else []
    ranks = {code: rank for rank, code in enumerate(recent)}
    found = []
    in_full = [part for word in typed for part in _SHORT.get(word, (word,))]
    for order, choice in enumerate(choices):
        quality = _quality(choice, typed)
        if quality is None and in_full != typed:
            quality = _quality(choice, in_full)
        if quality is not None:
            found.append(((quality, ranks.get(choice.code, len(ranks)), order), choice))
    found.sort(key=lambda pair: pair[0])
    by_label = [choice for (quality, _, _), choice in found if quality != _BY_FAMILY]
    return by_label or [choice for _, choice in found]


def named(choices: Iterable[Choice], text: str) -> Choice | None:
    """The only choice whose label is what was typed, accents and capitals aside."""
    typed = words_of(text)
    found = [choice for choice in choices if typed and words_of(choice.libelle) == typed]
    return found[0] if len(found) == 1 else None


def grouped(choices: Sequence[Choice]) -> list[Choice | str]:
    """The choices under the names of their families, families in the order of their first choice.

    Without families, or with a single one, there are no headings.
    """
    families = list(dict.fromkeys(choice.famille for choice in choices))
    if len(families) < 2:
        return list(choices)
    ordered = sorted(choices, key=lambda choice: families.index(choice.famille))
    rows: list[Choice | str] = []
    for famille, members in groupby(ordered, key=lambda choice: choice.famille):
        rows.extend(([famille] if famille else []) + list(members))
    return rows


def rows(
    choices: Sequence[Choice], text: str, recent: Sequence[str], often: str, rest: str
) -> list[Choice | str]:
    """What a list shows for what is typed: the matches, or everything with what is chosen often first.

    Args:
        choices: The list.
        text: What was typed.
        recent: Codes used recently or often.
        often: Heading over them.
        rest: Heading over the others when they have no families.
    """
    if text.strip():
        return grouped(find(choices, text, recent))
    first = [choice for code in recent for choice in choices if choice.code == code]
    others = grouped([choice for choice in choices if choice not in first])
    if not first:
        return others
    if others and isinstance(others[0], Choice):
        others.insert(0, rest)
    return [often, *first, *others]


def _quality(choice: Choice, typed: list[str]) -> int | None:
    label = words_of(choice.libelle)
    if _all_begin(label, typed):
        return _AT_START if label[0].startswith(typed[0]) else _INSIDE
    label += words_of(choice.synonymes)
    if _all_begin(label, typed):
        return _INSIDE
    return _BY_FAMILY if _all_begin(label + words_of(choice.famille), typed) else None


def _all_begin(words: list[str], typed: list[str]) -> bool:
    """Whether each typed word begins a word of its own."""
    left = list(words)
    for beginning in sorted(typed, key=len, reverse=True):
        match = next((word for word in left if word.startswith(beginning)), None)
        if match is None:
            return False
        left.remove(match)
    return True
