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
        return self.answers_of((ligne,))[0]

    def answers_of(self, lignes: Iterable[Ligne]) -> list[tuple[str, ...]]:
        """Categories of each row, as ``answers`` gives them; rows of the same value are looked up once."""
        known: dict[str | tuple[str, ...], tuple[str, ...]] = {}
        found = []
        for ligne in lignes:
            value = ligne.valeurs[self.champ]
            answer = known.get(value)
            if answer is None:
                answer = known[value] = self._answer(value)
            found.append(answer)
        return found

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
    """Count several tables over the same rows; each question is asked of each row once."""
    rows: dict[str, list[Ligne]] = defaultdict(list)
    for ligne in lignes:
        rows[ligne.univers].append(ligne)
    answers: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    found = []
    for tableau in tableaux:
        own = rows[tableau.univers]
        for dimension in tableau.dimensions:
            place = (tableau.univers, dimension.code)
            if place not in answers:
                answers[place] = dimension.answers_of(own)
        columns = [answers[tableau.univers, dimension.code] for dimension in tableau.dimensions]
        found.append(_count(tableau, columns, [ligne.foyer for ligne in own]))
    return tuple(found)


def _count(tableau: Tableau, columns: list[list[tuple[str, ...]]], foyers: list[int]) -> TableauCompte:
    """Count the rows that give the same answers together, then spread them over the cells they belong to."""
    unites: dict[Cle, int] = defaultdict(int)
    members: dict[Cle, set[int]] = defaultdict(set)
    alike: dict[tuple[tuple[str, ...], ...], list[int]] = defaultdict(list)
    for given, foyer in zip(
        zip(*columns, strict=True) if columns else [()] * len(foyers), foyers, strict=True
    ):
        alike[given].append(foyer)
    for given, among in alike.items():
        ways = [
            [None, *((dimension.code, code) for code in codes)]
            for dimension, codes in zip(tableau.dimensions, given, strict=True)
        ]
        for parts in itertools.product(*ways):
            cle = tuple(part for part in parts if part is not None)
            unites[cle] += len(among)
            members[cle].update(among)
    effectifs = {
        cle: Effectif(unites.get(cle, 0), len(members.get(cle, ())))
        for size in range(len(tableau.dimensions) + 1)
        for subset in itertools.combinations(tableau.dimensions, size)
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


def answered(codes: Iterable[str]) -> tuple[str, ...]:
    """Answers to a question of several answers: non renseigné when there is none, and only then."""
    given = tuple(code for code in codes if code != NON_RENSEIGNE)
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


def enriched(
    ligne: Ligne, nomenclatures: Nomenclatures, residence_of: Callable[[str], Residence | None]
) -> Ligne:
    """The row of an accueil with the facts that follow from others: EPCI, class of resources, âgée ou handicapée.

    Args:
        ligne: A row; of another univers than ``accueils`` it comes back as it is.
        nomenclatures: The lists of the coffre.
        residence_of: Place by the INSEE code that was noted, None for a code of no commune.
    """
    if ligne.univers != "accueils":
        return ligne
    facts = ligne.valeurs
    commune = str(facts["commune"])
    lieu = residence_of(commune) if commune else None
    derived = {
        "commune": lieu.commune if lieu else commune,
        "epci": ((lieu and lieu.epci) or "aucun") if commune else "",
        "departement": ((lieu and lieu.departement) or "aucun") if commune else "",
        "classe_ressources": classe_ressources(facts["ressources"], nomenclatures),
        "agee_ou_handicapee": _agee_ou_handicapee(facts["vulnerabilite"], nomenclatures),
    }
    return Ligne(ligne.univers, ligne.foyer, {**facts, **derived})
