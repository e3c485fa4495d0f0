"""Bilans of several intervenants and periods in one: what it covers, what was added up, and between what it lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from iscg_desktop.disclosure.consolidation import ZERO, Apport, Encadrement, TableauReuni, bounds, reunir
from iscg_desktop.disclosure.shares import Indicateur
from iscg_desktop.exports.bilan_file import NIVEAUX, BilanFile
from iscg_desktop.exports.bilan_notes import typographie

# Dimensions whose categories are those of one coffre alone.
PROPRES = frozenset({"unite"})

_QUARTERS = {"trimestre": 1, "semestre": 2, "annee": 4}
_NOTES = (
    "Chaque nombre est la somme des chiffres imprimés dans les bilans réunis.",
    (
        "Là où un bilan imprime •, la somme n’est pas connue : elle se trouve entre le minimum et le maximum, qui ne"
        " supposent rien d’autre que les sommes imprimées. Sans maximum, rien d’imprimé ne la borne."
    ),
    (
        "La colonne « Bilans » dit combien de bilans comptent cette ligne : une intercommunalité, une unité ou une"
        " tranche d’âge n’est additionnée que là où un bilan la nomme."
    ),
    "Une personne accueillie par deux intervenants, ou pour deux dossiers, compte deux fois.",
)
NOTES = tuple(map(typographie, _NOTES))


@dataclass(frozen=True, slots=True)
class Source:
    """One file that was added up.

    Attributes:
        sha256: Of its bytes, in hexadecimal.
    """

    bilan: BilanFile
    sha256: str


@dataclass(frozen=True, slots=True)
class PartReunie:
    """An indicator added up.

    Attributes:
        haut: Between what its numerator lies.
        bas: Between what its denominator lies.
        bilans: How many bilans give it.
    """

    indicateur: Indicateur
    haut: Encadrement
    bas: Encadrement
    bilans: int

    @property
    def pour_mille(self) -> Encadrement:
        """Between what the share lies, per thousand, rounded outwards; exact when both figures are."""
        haut, bas = self.haut, self.bas
        if haut.exact is not None and bas.exact is not None and bas.exact > 0:
            share = (2000 * haut.exact + bas.exact) // (2 * bas.exact)
            return Encadrement(share, share)
        low = 1000 * haut.minimum // bas.maximum if bas.maximum else 0
        high = None if haut.maximum is None or not bas.minimum else -(-1000 * haut.maximum // bas.minimum)
        if not self.indicateur.rapport_de_flux:
            high = 1000 if high is None else min(high, 1000)
        return Encadrement(low, high)


@dataclass(frozen=True, slots=True)
class CollaborationReunie:
    """A family of partners over the posts: how many work with it at each level, in the order of ``NIVEAUX``."""

    famille: str
    libelle: str
    postes: tuple[int, ...]

    @property
    def pour_mille(self) -> tuple[int, ...]:
        """Share of each level among the posts that tell one, per thousand, rounded half up."""
        total = sum(self.postes)
        return tuple((2000 * posts + total) // (2 * total) for posts in self.postes)


@dataclass(frozen=True, slots=True)
class ConsolidationFile:
    """The result.

    Attributes:
        sources: The files, in order of intervenant and period.
    """

    sources: tuple[Source, ...]
    tables: tuple[TableauReuni, ...]
    indicateurs: tuple[PartReunie, ...]
    collaborations: tuple[CollaborationReunie, ...]
    notes: tuple[str, ...] = NOTES

    @property
    def intervenants(self) -> int:
        """How many intervenants it covers."""
        return len({(one.bilan.emetteur.id, one.bilan.emetteur.employeur) for one in self.sources})

    @property
    def trimestres(self) -> int:
        """How many quarters of work it covers: one intervenant over a year counts four."""
        return sum(_QUARTERS[source.bilan.periode.type] for source in self.sources)

    @property
    def debut(self) -> date:
        """First day covered."""
        return min(source.bilan.periode.debut for source in self.sources)

    @property
    def fin(self) -> date:
        """Last day covered."""
        return max(source.bilan.periode.fin for source in self.sources)

    @property
    def seuil(self) -> int:
        """Largest k of the files."""
        return max(source.bilan.bilan.seuil for source in self.sources)


def consolidate(sources: Iterable[Source]) -> ConsolidationFile:
    """Add bilans up; that they do not overlap was checked before.

    Raises:
        UserError: ``consolidation_tableaux`` when one code means two tables.
    """
    ordered = tuple(
        sorted(sources, key=lambda one: (one.bilan.emetteur.id, one.bilan.coffre, one.bilan.periode.debut))
    )
    files = [source.bilan for source in ordered]
    apports = [Apport(one.bilan, _marque(one.coffre), one.emetteur.id) for one in files]
    return ConsolidationFile(ordered, reunir(apports, PROPRES), _indicateurs(files), _collaborations(files))


def _marque(coffre: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "_" for c in coffre)


def _indicateurs(files: Sequence[BilanFile]) -> tuple[PartReunie, ...]:
    found: dict[str, PartReunie] = {}
    for file in files:
        known = bounds(file.bilan)
        for one in file.indicateurs:
            haut = sum((known[cell] for cell in one.haut), ZERO)
            bas = sum((known[cell] for cell in one.bas), ZERO)
            before = found.get(one.code, PartReunie(one, ZERO, ZERO, 0))
            found[one.code] = PartReunie(
                before.indicateur, before.haut + haut, before.bas + bas, before.bilans + 1
            )
    return tuple(found.values())


def _collaborations(files: Sequence[BilanFile]) -> tuple[CollaborationReunie, ...]:
    words: dict[str, str] = {}
    levels: Counter[tuple[str, str]] = Counter()
    for file in files:
        for one in file.collaborations:
            words.setdefault(one.famille, one.libelle)
            levels[one.famille, one.niveau] += 1
    return tuple(
        CollaborationReunie(famille, libelle, tuple(levels[famille, niveau] for niveau in NIVEAUX))
        for famille, libelle in words.items()
    )
