"""Delays and durations in bands: only bands leave the coffre, and they partition."""

from __future__ import annotations

from bisect import bisect_right

from iscg_desktop.domain.nomenclature import NON_RENSEIGNE

# Lower bound of each band, in days or in minutes, and its code in the menu.
_DELAIS: tuple[tuple[int, str], ...] = (
    (0, "jour_meme"),
    (1, "1_3_jours"),
    (4, "4_7_jours"),
    (8, "8_30_jours"),
    (31, "plus_30_jours"),
)
_DUREES: tuple[tuple[int, str], ...] = (
    (0, "moins_30_min"),
    (30, "30_59_min"),
    (60, "60_89_min"),
    (90, "90_min_plus"),
)


def bande_delai(days: int | None) -> str:
    """Band of a delay; one that would be negative, such as a saisine noted after the entretien, is no delay at all.

    Args:
        days: Whole days between two civil dates, None when one of them is not known.
    """
    return NON_RENSEIGNE if days is None else _band(max(0, days), _DELAIS)


def bande_duree(minutes: int | None) -> str:
    """Band of a duration in minutes, None when nobody noted it."""
    return NON_RENSEIGNE if minutes is None else _band(minutes, _DUREES)


def _band(value: int, bands: tuple[tuple[int, str], ...]) -> str:
    return bands[bisect_right([bound for bound, _ in bands], value) - 1][1]
