"""Where she was in the program: the page, what it showed, what was half-typed in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lieu:
    """A place to come back to.

    Attributes:
        page: Key of the page; "" when only the draft is known.
        voie: How the page was reached, "" for one of the bar.
        arguments: What it was asked to show: identifiers.
        brouillon: Name of the draft that was being typed there, "" without one.
        discret: Whether the names were blanked.
    """

    page: str = ""
    voie: str = ""
    arguments: tuple[object, ...] = ()
    brouillon: str = ""
    discret: bool = False

    @classmethod
    def kept(cls, values: Mapping[str, object]) -> Lieu:
        """The place as it was kept; what is missing or makes no sense is nowhere."""
        page, voie, brouillon = (
            value if isinstance(value := values.get(name), str) else ""
            for name in ("page", "voie", "brouillon")
        )
        arguments = values.get("arguments")
        known = tuple(arguments) if isinstance(arguments, list) else ()
        return cls(page, voie, known, brouillon, values.get("discret") is True)
