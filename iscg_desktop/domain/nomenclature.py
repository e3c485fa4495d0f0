"""Lists of coded values: what the screens offer and what the bilan counts under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

NON_RENSEIGNE = "non_renseigne"
"""Nobody asked, or it was not noted; distinct from « autre » and from any answer."""


@dataclass(frozen=True, slots=True)
class Valeur:
    """One value of a list.

    Attributes:
        code: Stable identifier; once used it is never deleted.
        libelle: French label; the user may change it.
        famille: Code of the family it rolls up to, where the list has families.
        ordre: Rank on screen.
        active: Whether it is still offered; a deactivated value stays readable.
        compte_sous: For a value added by the user, the shipped code it counts under.
    """

    code: str
    libelle: str
    famille: str | None = None
    ordre: int = 0
    active: bool = True
    compte_sous: str | None = None


@dataclass(frozen=True, slots=True)
class Famille:
    """A family of values, such as the nine families of problématiques."""

    code: str
    libelle: str


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """One list, in the order of the screen."""

    code: str
    libelle: str
    valeurs: tuple[Valeur, ...]
    familles: tuple[Famille, ...] = ()
    multiple: bool = False

    def __contains__(self, code: object) -> bool:
        return any(valeur.code == code for valeur in self.valeurs)

    def valeur(self, code: str) -> Valeur:
        """The value of that code.

        Raises:
            KeyError: The list has no such code.
        """
        for valeur in self.valeurs:
            if valeur.code == code:
                return valeur
        raise KeyError(f"{self.code}: {code}")

    def libelle_de(self, code: str) -> str:
        """Label of a code."""
        return self.valeur(code).libelle

    def counted_as(self, code: str) -> str:
        """Shipped code under which a value counts: itself, or the one its author named."""
        valeur = self.valeur(code)
        return valeur.compte_sous or valeur.code

    def famille_of(self, code: str) -> str:
        """Family under which a value counts.

        Raises:
            KeyError: The list has no such code, or no families.
        """
        famille = self.valeur(self.counted_as(code)).famille
        if famille is None:
            raise KeyError(f"{self.code}: {code} has no famille")
        return famille


class Nomenclatures:
    """All the lists, by code."""

    def __init__(self, nomenclatures: Iterable[Nomenclature]) -> None:
        self._by_code = {nomenclature.code: nomenclature for nomenclature in nomenclatures}

    def __getitem__(self, code: str) -> Nomenclature:
        return self._by_code[code]

    def __iter__(self) -> Iterator[Nomenclature]:
        return iter(self._by_code.values())

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def libelle(self, liste: str, code: str | None) -> str:
        """Label of a code in a list; an empty string for no code."""
        return self._by_code[liste].libelle_de(code) if code is not None else ""
