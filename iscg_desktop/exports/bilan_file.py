"""What a bilan file holds, whatever its format: protected tables, and who issued them when and how."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.disclosure.shares import Indicateur, part, somme
from iscg_desktop.disclosure.tables import CellRef
from iscg_desktop.errors import BugError
from iscg_desktop.exports.bilan_notes import notes, typographie

Niveau: TypeAlias = Literal["frequente", "occasionnelle", "rare"]
NIVEAUX: dict[str, str] = {
    "frequente": "fréquente",
    "occasionnelle": "occasionnelle",
    "rare": "rare ou aucune",
}
TypePeriode: TypeAlias = Literal["trimestre", "semestre", "annee"]

# The profiles « ordinaire » and « renforcé » start here; nothing lower is ever handed over.
SEUIL_MINIMAL = 5

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_CODES: dict[str, re.Pattern[str]] = {
    "trimestre": re.compile(r"(?P<annee>\d{4})-T(?P<rang>[1-4])\Z"),
    "semestre": re.compile(r"(?P<annee>\d{4})-S(?P<rang>[12])\Z"),
    "annee": re.compile(r"(?P<annee>\d{4})\Z"),
}


@dataclass(frozen=True, slots=True)
class Periode:
    """The period that a bilan covers.

    Attributes:
        code: Such as ``2026-T1``, ``2026-S1``, ``2026``.
        debut: First day.
        fin: Last day.
    """

    code: str
    type: TypePeriode
    debut: date
    fin: date

    def __post_init__(self) -> None:
        if self.type not in _CODES or not _CODES[self.type].match(self.code) or self.fin < self.debut:
            raise BugError(f"no such period: {self.type} {self.code}")

    @property
    def libelle(self) -> str:
        """The period in words."""
        found = _CODES[self.type].match(self.code)
        assert found is not None
        if self.type == "annee":
            return f"année {found['annee']}"
        rang = "1er" if found["rang"] == "1" else f"{found['rang']}e"
        return f"{rang} {self.type} {found['annee']}"


@dataclass(frozen=True, slots=True)
class Emetteur:
    """Who hands the bilan over.

    Attributes:
        id: Identifier of the intervenant; never a name.
        employeur: Name of the employer.
    """

    id: str
    employeur: str


@dataclass(frozen=True, slots=True)
class NiveauCollaboration:
    """How often a family of partners was worked with in the year.

    Attributes:
        famille: Code of the family.
        libelle: The same in words.
        niveau: « rare » is « rare ou aucune ».
    """

    famille: str
    libelle: str
    niveau: Niveau

    def __post_init__(self) -> None:
        if self.niveau not in NIVEAUX:
            raise BugError(f"no such level: {self.niveau}")


@dataclass(frozen=True, slots=True)
class BilanFile:
    """One bilan as it is handed over. Its tables can only come from the protection.

    Attributes:
        coffre: Identifier of the coffre.
        menu: Version of the menu of tables.
        nomenclatures: Version of the lists of categories.
        predecesseurs: SHA-256, in hexadecimal, of the earlier bilan files taken into account.
        collaborations: One level per family of partners, in a year only.
        notes: Sentences printed for the readers; those of this version of the program when left empty.
    """

    periode: Periode
    emetteur: Emetteur
    coffre: str
    menu: int
    nomenclatures: str
    date_emission: date
    predecesseurs: tuple[str, ...]
    bilan: ProtectedBilan
    indicateurs: tuple[Indicateur, ...] = ()
    collaborations: tuple[NiveauCollaboration, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.bilan.seuil < SEUIL_MINIMAL:
            raise BugError(f"a bilan is never handed over under k = {SEUIL_MINIMAL}")
        if not all(_SHA256.match(digest) for digest in self.predecesseurs):
            raise BugError("a predecessor is named by its SHA-256 in hexadecimal")
        printed = self.bilan.figures()
        for indicateur in self.indicateurs:
            if not indicateur.haut or not indicateur.bas:
                raise BugError(f"indicateur {indicateur.code}: nothing to divide")
            if not printed.keys() >= {*indicateur.haut, *indicateur.bas}:
                raise BugError(f"indicateur {indicateur.code}: a cell that no table prints")
        if not self.notes:
            object.__setattr__(self, "notes", notes(self.bilan.seuil))

    @property
    def nom(self) -> str:
        """Stem of the names of its files."""
        return f"bilan-{self.periode.code}"

    @property
    def preuve_en_mots(self) -> str:
        """What a reader is told of the proof; empty in a file that carries none."""
        preuve = self.bilan.preuve
        if preuve is None:
            return ""
        count = len(preuve.fictifs)
        return typographie(
            f"dans le fichier JSON du même nom : {count} tableaux inventés redonnent exactement ces chiffres"
        )

    def somme(self, cells: tuple[CellRef, ...]) -> int | None:
        """Sum of printed cells, None as soon as one is masked."""
        return somme(self.bilan, cells)

    def pour_mille(self, indicateur: Indicateur) -> int | None:
        """A share per thousand, rounded half up; None when one of its figures is masked."""
        return part(self.bilan, indicateur)
