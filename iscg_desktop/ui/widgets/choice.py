"""One answer a list offers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iscg_desktop.domain.nomenclature import Nomenclature


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer.

    Attributes:
        code: What is stored.
        libelle: What is shown.
        famille: Label of its group, shown quietly; "" without one.
        synonymes: Other words under which it is found; never shown.
    """

    code: str
    libelle: str
    famille: str = ""
    synonymes: str = ""


def as_choices(given: Iterable[Choice | tuple[str, ...]]) -> tuple[Choice, ...]:
    """Accept plain ``(code, libelle[, famille[, synonymes]])`` too."""
    return tuple(item if isinstance(item, Choice) else Choice(*item) for item in given)


def choices_of(nomenclature: Nomenclature, keep: Iterable[str] = ()) -> tuple[Choice, ...]:
    """The values a nomenclature offers today, in its order.

    Args:
        nomenclature: The list.
        keep: Codes already recorded, offered even when they were deactivated since.
    """
    kept = set(keep)
    familles = {famille.code: famille.libelle for famille in nomenclature.familles}
    return tuple(
        Choice(valeur.code, valeur.libelle, familles.get(valeur.famille or "", ""))
        for valeur in nomenclature.valeurs
        if valeur.active or valeur.code in kept
    )
