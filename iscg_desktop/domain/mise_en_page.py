"""What the employer adds to every document: logo, service, coordinates, a line at the foot of the pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iscg_desktop.domain.canonical import Cleaned
from iscg_desktop.errors import Problem

LONGEST_SERVICE = 120
LONGEST_PIED = 110
"""Characters that stand on one line at the foot of a page."""

MOST_LINES = 5
"""Lines of the coordinates: a letterhead must not push the document down."""

_LONGEST_LINE = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class MiseEnPage(Cleaned):
    """The look she chose; part of the values of a document, so that what is issued says how it looked.

    Attributes:
        service: Name of the service, under that of the employer.
        coordonnees: Address, telephone… of the employer, several lines.
        pied: Line at the foot of each page.
        logo: SHA-256 of the logo, in hexadecimal; empty without a logo.
    """

    service: str = ""
    coordonnees: str = ""
    pied: str = ""
    logo: str = ""

    def check(self) -> tuple[Problem, ...]:
        """All that would not fit."""
        return tuple(self._problems())

    def _problems(self) -> Iterator[Problem]:
        if len(self.service) > LONGEST_SERVICE:
            yield Problem("service", "mise_en_page_service_long", {"maximum": LONGEST_SERVICE})
        lines = self.coordonnees.strip().split("\n")
        if len(lines) > MOST_LINES or any(len(line) > _LONGEST_LINE for line in lines):
            values: dict[str, object] = {"lignes": MOST_LINES, "maximum": _LONGEST_LINE}
            yield Problem("coordonnees", "mise_en_page_coordonnees_longues", values)
        if len(self.pied) > LONGEST_PIED or "\n" in self.pied.strip():
            yield Problem("pied", "mise_en_page_pied_long", {"maximum": LONGEST_PIED})
