"""Identity-free rows into counted tables, each with its unit, its numerator and its denominator."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from iscg_desktop.domain.nomenclature import NON_RENSEIGNE, Nomenclature, Nomenclatures
from iscg_desktop.domain.period import Palier

Cle = tuple[tuple[str, str], ...]
"""((dimension, category), …) in the order of the table; a dimension left out means the total."""

NON = "non:"
"""Prefix of the « non » of one category of a several-answers dimension: counted, never printed."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """One countable row, without identity.

    Attributes:
        univers: What it is: ``accueils``, ``dossiers``, ``entretiens``, ``orientations``…
        foyer: Number of its foyer, a connected set of dossiers that share a person; means nothing outside.
        valeurs: Coded facts, a tuple where several answers are possible.
    """

    univers: str
    foyer: int
    valeurs: Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Categorie:
    """One printed value of a dimension, and the codes that fall under it."""

    code: str
    libelle: str
    valeurs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One question asked of each unit.

    Attributes:
        champ: Name of the fact in ``Ligne.valeurs``.
        reste: Category of a code that no category names; None when that is a bug.
    """

    code: str
    libelle: str
    champ: str
    categories: tuple[Categorie, ...]
    reponses_multiples: bool = False
    reste: str | None = None

    def answers(self, ligne: Ligne) -> tuple[str, ...]:
        """Categories of one row: exactly one in a partition, a yes or a no for each in several answers.

        Raises:
            KeyError: A code that no category names, in a dimension without a rest.
        """
        value = ligne.valeurs[self.champ]
        if self.reponses_multiples:
            given = {value} if isinstance(value, str) else set(value)
            return tuple(c.code if c.valeurs & given else NON + c.code for c in self.categories)
        for categorie in self.categories:
            if value in categorie.valeurs:
                return (categorie.code,)
        if self.reste is None:
            raise KeyError(f"{self.code}: {value}")
        return (self.reste,)

    def all_answers(self) -> tuple[str, ...]:
        """Codes of every category counted, the hidden « non » included."""
        codes = tuple(categorie.code for categorie in self.categories)
        return codes + tuple(NON + code for code in codes) if self.reponses_multiples else codes


@dataclass(frozen=True, slots=True)
class Tableau:
    """A table of the menu, ready to be counted."""

    code: str
    titre: str
    univers: str
    unite: str
    numerateur: str
    denominateur: str
    dimensions: tuple[Dimension, ...]
    paliers: tuple[Palier, ...]


@dataclass(frozen=True, slots=True)
class Effectif:
    """What one cell holds: units, and the distinct foyers they belong to."""

    unites: int = 0
    foyers: int = 0


@dataclass(frozen=True, slots=True)
class TableauCompte:
    """A counted table: every cell has its effectif, zeros included."""

    tableau: Tableau
    effectifs: Mapping[Cle, Effectif]

    @property
    def total(self) -> int:
        """Units counted."""
        return self.effectifs[()].unites


def count(tableau: Tableau, lignes: Iterable[Ligne]) -> TableauCompte:
    """Count a table over rows of any univers: total, margins and cells, zeros included."""
    unites: dict[Cle, int] = defaultdict(int)
    foyers: dict[Cle, set[int]] = defaultdict(set)
    subsets = [
        subset
        for size in range(len(tableau.dimensions) + 1)
        for subset in itertools.combinations(tableau.dimensions, size)
    ]
    for ligne in lignes:
        if ligne.univers != tableau.univers:
            continue
        answers = {dimension.code: dimension.answers(ligne) for dimension in tableau.dimensions}
        for subset in subsets:
            for codes in itertools.product(*(answers[dimension.code] for dimension in subset)):
                cle = tuple((dimension.code, code) for dimension, code in zip(subset, codes, strict=True))
                unites[cle] += 1
                foyers[cle].add(ligne.foyer)
    effectifs = {
        cle: Effectif(unites.get(cle, 0), len(foyers.get(cle, ())))
        for subset in subsets
        for codes in itertools.product(*(dimension.all_answers() for dimension in subset))
        for cle in (tuple((dimension.code, code) for dimension, code in zip(subset, codes, strict=True)),)
    }
    return TableauCompte(tableau, effectifs)


def by_valeurs(nomenclature: Nomenclature) -> tuple[Categorie, ...]:
    """A category for each shipped value; a value the user added counts under the one it names."""
    return tuple(
        Categorie(
            shipped.code,
            shipped.libelle,
            frozenset(v.code for v in nomenclature.valeurs if shipped.code in (v.code, v.compte_sous)),
        )
        for shipped in nomenclature.valeurs
        if shipped.compte_sous is None
    )


def by_familles(nomenclature: Nomenclature) -> tuple[Categorie, ...]:
    """A category for each famille."""
    return tuple(
        Categorie(
            famille.code,
            famille.libelle,
            frozenset(
                v.code for v in nomenclature.valeurs if nomenclature.famille_of(v.code) == famille.code
            ),
        )
        for famille in nomenclature.familles
    )


def classe_ressources(codes: Iterable[str], nomenclatures: Nomenclatures) -> str:
    """The one class of a person's resources: minima sociaux first, then others, then none, else non renseigné.

    A partition by rule: whoever receives one of the minima sociaux (RSA, ASS, AAH, ASPA, ASI, ADA) counts there.
    """
    liste = nomenclatures["ressources"]
    familles = {liste.famille_of(code) for code in codes if code != NON_RENSEIGNE}
    for famille in ("minima_sociaux", "autres", "sans"):
        if famille in familles:
            return famille
    return NON_RENSEIGNE


def _agee_ou_handicapee(codes: Iterable[str], nomenclatures: Nomenclatures) -> str:
    """Yes, no, or nobody asked: only an answer makes a « no »."""
    given = {nomenclatures["vulnerabilite"].counted_as(code) for code in codes} - {NON_RENSEIGNE}
    if not given:
        return NON_RENSEIGNE
    return "oui" if given & {"personne_agee", "personne_handicapee"} else "non"


def enriched(ligne: Ligne, nomenclatures: Nomenclatures, epci_of: Callable[[str], str | None]) -> Ligne:
    """The row of an accueil with the facts that follow from others: EPCI, class of resources, âgée ou handicapée.

    Args:
        ligne: A row; of another univers than ``accueils`` it comes back as it is.
        nomenclatures: The lists of the coffre.
        epci_of: SIREN of the EPCI of a commune by its INSEE code, None if it has none.
    """
    if ligne.univers != "accueils":
        return ligne
    facts = ligne.valeurs
    commune = str(facts["commune"])
    derived = {
        "epci": (epci_of(commune) or "aucun") if commune else "",
        "classe_ressources": classe_ressources(facts["ressources"], nomenclatures),
        "agee_ou_handicapee": _agee_ou_handicapee(facts["vulnerabilite"], nomenclatures),
    }
    return Ligne(ligne.univers, ligne.foyer, {**facts, **derived})
