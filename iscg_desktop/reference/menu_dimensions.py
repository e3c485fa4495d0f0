"""The dimensions of the menu: which categories each question of a bilan is printed in, and which lie inside which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from iscg_desktop.domain.bilan import Categorie, Dimension, by_familles, by_valeurs
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE, Nomenclatures
from iscg_desktop.domain.unite import Unite, counting_unite

AUTRE_EPCI = "autre_epci"
AUTRE_COMMUNE = "autre_commune"


@dataclass(frozen=True, slots=True)
class Lieux:
    """Places a bilan counts by.

    Attributes:
        annee: Year counted; unités change category only on 1 January.
        unites: Every unité of the coffre.
        epcis: SIREN and name of the EPCI printed one by one.
        communes: INSEE code and name of the communes printed one by one.
        epci_de: SIREN of the EPCI of each of those communes.
        secteurs: Name and communes of each circonscription d'action sociale; for the screen.
        departements: Code and name of the départements counted one by one; for the screen.
    """

    annee: int
    unites: Mapping[int, Unite]
    epcis: tuple[tuple[str, str], ...]
    communes: tuple[tuple[str, str], ...] = ()
    epci_de: Mapping[str, str] = field(default_factory=dict)
    secteurs: tuple[tuple[str, frozenset[str]], ...] = ()
    departements: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Imbrication:
    """A dimension whose categories lie inside those of a coarser one, printed beside it or in a shorter period.

    Attributes:
        dedans: Fine categories that lie wholly inside each coarse one.
        exacte: Coarse categories that are the sum of those; the others hold more.
    """

    univers: str
    gros: str
    fin: str
    dedans: Mapping[str, tuple[str, ...]]
    exacte: frozenset[str]


def imbrication(univers: str, gros: Dimension, fin: Dimension, lieux: Lieux) -> Imbrication:
    """Fine categories inside coarse ones, by the values they hold; communes by the EPCI they are in."""
    if fin.champ == "commune":
        dedans = {
            c.code: tuple(code for code, _ in lieux.communes if lieux.epci_de.get(code) == c.code)
            for c in gros.categories
        }
        return Imbrication(univers, gros.code, fin.code, dedans, frozenset())
    inside = {
        c.code: tuple(f.code for f in fin.categories if f.valeurs and f.valeurs <= c.valeurs)
        for c in gros.categories
    }
    sizes = {f.code: f.valeurs for f in fin.categories}
    exacte = {
        c.code
        for c in gros.categories
        if c.valeurs == frozenset().union(*(sizes[code] for code in inside[c.code]))
    }
    return Imbrication(univers, gros.code, fin.code, inside, frozenset(exacte))


def dimension(
    item: Mapping[str, Any], bandes: Mapping[str, Any], nomenclatures: Nomenclatures, lieux: Lieux
) -> Dimension:
    """A dimension of a menu, its categories spelled out.

    Args:
        item: The dimension as the file says it.
        bandes: The bands of delays and durations of the file.
        nomenclatures: The lists as they are counted.
        lieux: The places counted one by one.
    """
    if item["source"] == "bandes":
        categories, reste = _bandes(bandes[item["bandes"]]), None
    else:
        categories, reste = _SOURCES[item["source"]](item, nomenclatures, lieux)
    return Dimension(
        code=item["code"],
        libelle=item["libelle"],
        champ=item["champ"],
        categories=tuple(categories),
        reponses_multiples=item.get("reponses_multiples", False),
        reste=reste,
    )


def _bandes(items: Iterable[Mapping[str, Any]]) -> Iterable[Categorie]:
    return [Categorie(item["code"], item["libelle"], frozenset({item["code"]})) for item in items]


_Found = tuple[Iterable[Categorie], str | None]


def _valeurs(item: Mapping[str, Any], nomenclatures: Nomenclatures, lieux: Lieux) -> _Found:
    return by_valeurs(nomenclatures[item["liste"]]), None


def _familles(item: Mapping[str, Any], nomenclatures: Nomenclatures, lieux: Lieux) -> _Found:
    return by_familles(nomenclatures[item["liste"]]), None


def _familles_seules(item: Mapping[str, Any], nomenclatures: Nomenclatures, lieux: Lieux) -> _Found:
    """Families whose code is itself the fact counted."""
    familles = nomenclatures[item["liste"]].familles
    known = [Categorie(f.code, f.libelle, frozenset({f.code})) for f in familles if f.code != NON_RENSEIGNE]
    return [*known, Categorie(NON_RENSEIGNE, item["reste"], frozenset({NON_RENSEIGNE}))], None


def _regroupement(item: Mapping[str, Any], nomenclatures: Nomenclatures, lieux: Lieux) -> _Found:
    own = nomenclatures[item["champ"]].valeurs if item["champ"] in nomenclatures else ()
    return [
        Categorie(
            c["code"],
            c["libelle"],
            frozenset(c["valeurs"]) | {v.code for v in own if v.compte_sous in c["valeurs"]},
        )
        for c in item["categories"]
    ], None


def _unites(item: Mapping[str, Any], nomenclatures: Nomenclatures, lieux: Lieux) -> _Found:
    members: dict[int, set[str]] = {}
    unknown = {""}
    for unite_id in lieux.unites:
        counted = counting_unite(unite_id, lieux.annee, lieux.unites)
        (unknown if counted is None else members.setdefault(counted, set())).add(str(unite_id))
    found = [
        Categorie(lieux.unites[unite_id].code, lieux.unites[unite_id].nom, frozenset(ids))
        for unite_id, ids in sorted(members.items(), key=lambda pair: lieux.unites[pair[0]].nom)
    ]
    return [*found, _unknown(*unknown)], None


def _epci(item: Mapping[str, Any], nomenclatures: Nomenclatures, lieux: Lieux) -> _Found:
    found = [Categorie(code, nom, frozenset({code})) for code, nom in lieux.epcis]
    other = Categorie(AUTRE_EPCI, "Autre intercommunalité", frozenset())
    return [*found, other, _unknown("")], AUTRE_EPCI


def _communes(item: Mapping[str, Any], nomenclatures: Nomenclatures, lieux: Lieux) -> _Found:
    found = [Categorie(code, nom, frozenset({code})) for code, nom in lieux.communes]
    other = Categorie(AUTRE_COMMUNE, "Autre commune", frozenset())
    return [*found, other, _unknown("")], AUTRE_COMMUNE


def _forces(item: Mapping[str, Any], nomenclatures: Nomenclatures, lieux: Lieux) -> _Found:
    found = [
        Categorie(
            force.code,
            force.libelle,
            frozenset(str(code) for code, unite in lieux.unites.items() if unite.force in force.valeurs),
        )
        for force in by_valeurs(nomenclatures["force"])
    ]
    return [*found, _unknown("")], None


def _secteurs(item: Mapping[str, Any], nomenclatures: Nomenclatures, lieux: Lieux) -> _Found:
    found = [Categorie(f"s{rank}", nom, communes) for rank, (nom, communes) in enumerate(lieux.secteurs)]
    return [*found, Categorie("autre", "Autre commune", frozenset()), _unknown("")], "autre"


def _departements(item: Mapping[str, Any], nomenclatures: Nomenclatures, lieux: Lieux) -> _Found:
    found = [Categorie(f"d{code}", nom, frozenset({code})) for code, nom in lieux.departements]
    return [*found, Categorie("autre", "Autre département", frozenset()), _unknown("")], "autre"


def _unknown(*codes: str) -> Categorie:
    return Categorie(NON_RENSEIGNE, "Non renseigné", frozenset(codes))


_SOURCES: dict[str, Callable[[Mapping[str, Any], Nomenclatures, Lieux], _Found]] = {
    "valeurs": _valeurs,
    "familles": _familles,
    "familles_seules": _familles_seules,
    "regroupement": _regroupement,
    "unites": _unites,
    "epci": _epci,
    "communes": _communes,
    "forces": _forces,
    "secteurs": _secteurs,
    "departements": _departements,
}
