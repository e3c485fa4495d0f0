"""Pairs of lines whose names are one slip apart: what no shared birth, number or sound would bring together."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import combinations, groupby

from iscg_desktop.domain.noms import one_letter_less

_SHORTEST = 6  # letters of a family and a first name under which one slip makes somebody else
_ID_BITS = 40


def pairs_by_a_slip(
    keys: Iterable[tuple[int, str]], known: Collection[tuple[int, int]] = ()
) -> tuple[tuple[int, int], ...]:
    """Pairs of whom one writes the name of the other with one sound more, less, changed or moved.

    Args:
        keys: Id of a person and one of her whole names by ear; several for those who bear two names.
        known: Pairs that are not wanted, the smaller id first.
    """
    # Each spelling as a number that ends with who bears it: a fifth of the memory of the words themselves.
    spellings = sorted(
        hash(shorter) << _ID_BITS | personne_id
        for personne_id, key in keys
        if len(key) > _SHORTEST
        for shorter in one_letter_less(key)
    )
    found = set[tuple[int, int]]()
    for _, alike in groupby(spellings, lambda spelling: spelling >> _ID_BITS):
        bearers = sorted({spelling & (1 << _ID_BITS) - 1 for spelling in alike})
        found.update(combinations(bearers, 2))
    return tuple(sorted(found.difference(known)))
