"""The menu of the bilan: which tables leave the coffre, from which tier of period on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from iscg_desktop.domain.bilan import Categorie, Dimension, Tableau, by_familles, by_valeurs
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE, Nomenclatures
from iscg_desktop.domain.period import Palier
from iscg_desktop.domain.unite import Unite, counting_unite
from iscg_desktop.paths import resources

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
    """

    annee: int
    unites: Mapping[int, Unite]
    epcis: tuple[tuple[str, str], ...]
    communes: tuple[tuple[str, str], ...] = ()


Cellule = tuple[str, tuple[tuple[str, str], ...]]
"""A cell across the tables: univers and key."""


@dataclass(frozen=True, slots=True)
class RelationDeclaree:
    """Some cells together never count more than some others, as every reader knows or believes.

    Attributes:
        certaine: False when it has exceptions, such as a dossier whose saisine came the quarter before: readers
            reckon with it all the same.
    """

    code: str
    petit: tuple[Cellule, ...]
    grand: tuple[Cellule, ...]
    certaine: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """One version of the menu; its categories change only on 1 January."""

    numero: int
    seuil: int
    _data: Mapping[str, Any]

    @property
    def relations(self) -> tuple[RelationDeclaree, ...]:
        """What is known between cells besides the sums of the tables."""
        return tuple(
            RelationDeclaree(r["code"], _cellules(r["petit"]), _cellules(r["grand"]), r["certaine"])
            for r in self._data["relations"]
        )

    @property
    def indicateurs(self) -> tuple[Mapping[str, Any], ...]:
        """Indicators: share of some cells of a table in its total."""
        return tuple(self._data["indicateurs"])

    def tableaux(self, palier: Palier, nomenclatures: Nomenclatures, lieux: Lieux) -> tuple[Tableau, ...]:
        """Tables of a tier, ready to be counted."""
        univers = {item["code"]: item for item in self._data["univers"]}
        dimensions = {item["code"]: item for item in self._data["dimensions"]}
        return tuple(
            Tableau(
                code=item["code"],
                titre=item["titre"],
                univers=item["univers"],
                unite=univers[item["univers"]]["unite"],
                numerateur=item["numerateur"],
                denominateur=univers[item["univers"]]["denominateur"],
                dimensions=tuple(
                    _dimension(dimensions[code], nomenclatures, lieux) for code in item["dimensions"]
                ),
                paliers=tuple(item["paliers"]),
            )
            for item in self._data["tableaux"]
            if palier in item["paliers"]
        )


@cache
def menu(numero: int = 1) -> Menu:
    """A version of the menu."""
    data = json.loads((resources() / "bilan" / f"menu-{numero}.json").read_text(encoding="utf-8"))
    return Menu(data["menu"], data["seuil"], data)


def _cellules(items: Iterable[Mapping[str, Any]]) -> tuple[Cellule, ...]:
    return tuple((item["univers"], tuple(item["cle"].items())) for item in items)


def _dimension(item: Mapping[str, Any], nomenclatures: Nomenclatures, lieux: Lieux) -> Dimension:
    categories, reste = _SOURCES[item["source"]](item, nomenclatures, lieux)
    return Dimension(
        code=item["code"],
        libelle=item["libelle"],
        champ=item["champ"],
        categories=tuple(categories),
        reponses_multiples=item.get("reponses_multiples", False),
        reste=reste,
    )


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
}
