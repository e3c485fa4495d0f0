"""Identity-free rows into counted tables, each with its unit, its numerator and its denominator."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from iscg_desktop.domain.nomenclature import NON_RENSEIGNE, Nomenclature, Nomenclatures
from iscg_desktop.domain.period import Palier

Cle = tuple[tuple[str, str], ...]
"""((dimension, category), …) in the order of the table; a dimension left out means the total."""

NON = "non:"
"""Prefix of the « non » of one category of a several-answers dimension: counted, never printed."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """One countable row, or several alike, without identity.

    Attributes:
        univers: What it is: ``accueils``, ``dossiers``, ``entretiens``, ``orientations``…
        foyer: Number of its foyer, a connected set of dossiers that share a person; means nothing outside.
        valeurs: Coded facts, a tuple where several answers are possible.
        nombre: How many rows it stands for.
    """

    univers: str
    foyer: int
    valeurs: Mapping[str, str | tuple[str, ...]]
    nombre: int = 1


@dataclass(frozen=True, slots=True)
class Categorie:
    """One printed value of a dimension, and the codes that fall under it."""

    code: str
    libelle: str
    valeurs: frozenset[str]


class Answers(NamedTuple):
    """What each row answers a question: as the number of an answer, which is counted sooner than its words.

    Attributes:
        numbers: One for each row, in their order.
        meanings: Categories by number.
    """

    numbers: list[int]
    meanings: tuple[tuple[str, ...], ...]


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
        return self._answer(ligne.valeurs[self.champ])

    def answers_of(self, lignes: Iterable[Ligne]) -> Answers:
        """Categories of each row, as ``answers`` gives them; rows of the same value are looked up once."""
        values = [ligne.valeurs[self.champ] for ligne in lignes]
        meanings = {value: self._answer(value) for value in set(values)}
        numbers = {meaning: number for number, meaning in enumerate(dict.fromkeys(meanings.values()))}
        known = {value: numbers[meaning] for value, meaning in meanings.items()}
        return Answers(list(map(known.__getitem__, values)), tuple(numbers))

    def _answer(self, value: str | tuple[str, ...]) -> tuple[str, ...]:
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
    (compte,) = count_all((tableau,), lignes)
    return compte


def count_all(tableaux: Iterable[Tableau], lignes: Iterable[Ligne]) -> tuple[TableauCompte, ...]:
    """Count several tables over the same rows."""
    compteur = Compteur(lignes)
    return tuple(compteur.count(tableau) for tableau in tableaux)


class Compteur:
    """Counts tables over the same rows; each question is asked of each row once.

    Args:
        lignes: Rows of any univers.
        foyers: False for the screen: distinct foyers are then not counted, and stay at 0.
    """

    def __init__(self, lignes: Iterable[Ligne], *, foyers: bool = True) -> None:
        self._rows: dict[str, list[Ligne]] = defaultdict(list)
        for ligne in lignes:
            self._rows[ligne.univers].append(ligne)
        self._answers: dict[tuple[str, str], Answers] = {}
        self._lots = {univers for univers, rows in self._rows.items() if any(r.nombre != 1 for r in rows)}
        self._foyers = foyers

    def count(self, tableau: Tableau) -> TableauCompte:
        """Total, margins and cells of a table, zeros included."""
        unites: dict[Cle, int] = defaultdict(int)
        members: dict[Cle, set[int]] = defaultdict(set)
        for given, (number, homes) in self._alike(tableau).items():
            ways = [
                [None, *((dimension.code, code) for code in codes)]
                for dimension, codes in zip(tableau.dimensions, given, strict=True)
            ]
            for parts in itertools.product(*ways):
                cle = tuple(part for part in parts if part is not None)
                unites[cle] += number
                members[cle].update(homes)
        effectifs = {
            cle: Effectif(unites.get(cle, 0), len(members.get(cle, ()))) for cle in _every_key(tableau)
        }
        return TableauCompte(tableau, effectifs)

    def _alike(self, tableau: Tableau) -> dict[tuple[tuple[str, ...], ...], tuple[int, set[int]]]:
        """The rows that give the same answers, together: how many, and their foyers."""
        rows = self._rows[tableau.univers]
        asked = [self._asked(tableau.univers, dimension, rows) for dimension in tableau.dimensions]
        given: list[tuple[int, ...]] = list(zip(*(each.numbers for each in asked), strict=True))
        given = given if asked else [()] * len(rows)
        numbers: Counter[tuple[int, ...]] = Counter()
        if tableau.univers not in self._lots:
            numbers.update(given)
        else:
            for answers, ligne in zip(given, rows, strict=True):
                numbers[answers] += ligne.nombre
        homes: dict[tuple[int, ...], set[int]] = defaultdict(set)
        if self._foyers:
            for answers, foyer in set(zip(given, (ligne.foyer for ligne in rows), strict=True)):
                homes[answers].add(foyer)
        return {
            tuple(each.meanings[answer] for each, answer in zip(asked, answers, strict=True)): (
                number,
                homes[answers],
            )
            for answers, number in numbers.items()
        }

    def _asked(self, univers: str, dimension: Dimension, rows: list[Ligne]) -> Answers:
        place = (univers, dimension.code)
        if place not in self._answers:
            self._answers[place] = dimension.answers_of(rows)
        return self._answers[place]


def _every_key(tableau: Tableau) -> Iterator[Cle]:
    """Every cell of a table, from the total to the full cross."""
    for size in range(len(tableau.dimensions) + 1):
        for subset in itertools.combinations(tableau.dimensions, size):
            for codes in itertools.product(*(dimension.all_answers() for dimension in subset)):
                yield tuple((dimension.code, code) for dimension, code in zip(subset, codes, strict=True))


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


def answered(codes: Iterable[str]) -> tuple[str, ...]:
    """Answers to a question of several answers: non renseigné when there is none, and only then."""
    given = tuple(codes)
    if NON_RENSEIGNE in given:
        given = tuple(code for code in given if code != NON_RENSEIGNE)
    return given or (NON_RENSEIGNE,)


@dataclass(frozen=True, slots=True)
class Residence:
    """Where somebody lives, as it is counted.

    Attributes:
        commune: INSEE code of the commune of today.
        epci: SIREN of its EPCI, None if it has none.
        departement: Its code.
    """

    commune: str
    epci: str | None
    departement: str


class Enrichment:
    """Adds to the rows of accueils the facts that follow from others: place, class of resources, âgée ou handicapée.

    The same places and answers come again and again: each is worked out once.

    Args:
        nomenclatures: The lists of the coffre.
        residence_of: Place by the INSEE code that was noted, None for a code of no commune.
    """

    def __init__(self, nomenclatures: Nomenclatures, residence_of: Callable[[str], Residence | None]) -> None:
        place = cache(lambda commune: _place(commune, residence_of))

        def more(
            commune: str, ressources: tuple[str, ...], vulnerabilite: tuple[str, ...]
        ) -> Mapping[str, str]:
            return {
                **place(commune),
                "classe_ressources": classe_ressources(ressources, nomenclatures),
                "agee_ou_handicapee": _agee_ou_handicapee(vulnerabilite, nomenclatures),
            }

        self._more: Callable[..., Mapping[str, str]] = cache(more)

    def __call__(self, ligne: Ligne) -> Ligne:
        """The row with all its facts; of another univers than ``accueils`` it comes back as it is."""
        if ligne.univers != "accueils":
            return ligne
        facts = ligne.valeurs
        more = self._more(facts["commune"], facts["ressources"], facts["vulnerabilite"])
        return Ligne(ligne.univers, ligne.foyer, {**facts, **more}, ligne.nombre)


def _place(commune: str, residence_of: Callable[[str], Residence | None]) -> Mapping[str, str]:
    """Commune of today, EPCI and département of a noted commune."""
    if not commune:
        return {"commune": "", "epci": "", "departement": ""}
    lieu = residence_of(commune)
    if lieu is None:
        return {"commune": commune, "epci": "aucun", "departement": "aucun"}
    return {"commune": lieu.commune, "epci": lieu.epci or "aucun", "departement": lieu.departement}
