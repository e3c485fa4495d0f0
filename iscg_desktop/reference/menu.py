"""The menu of the bilan: which tables leave the coffre, from which tier of period on."""

from __future__ import annotations

import itertools
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from iscg_desktop.domain.bilan import Tableau
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE, Nomenclatures
from iscg_desktop.domain.period import Palier
from iscg_desktop.paths import resources
from iscg_desktop.reference.menu_dimensions import Imbrication, Lieux, dimension, imbrication
from iscg_desktop.reference.nomenclatures import shipped

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
class IndicateurMenu:
    """A share of the menu, in the cells that a tier prints.

    Attributes:
        haut: Cells added up to the numerator.
        bas: Cells added up to the denominator.
        inconnus: Cells of the same question that nobody answered, to be said beside the share.
        rapport_de_flux: Numerator and denominator do not count the same units: the share may exceed 100 %.
    """

    code: str
    libelle: str
    numerateur: str
    denominateur: str
    haut: tuple[Cellule, ...]
    bas: tuple[Cellule, ...]
    inconnus: tuple[Cellule, ...]
    rapport_de_flux: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """One version of the menu; its categories change only on 1 January."""

    numero: int
    seuil: int
    _data: Mapping[str, Any]

    @property
    def relations(self) -> tuple[RelationDeclaree, ...]:
        """What is known between cells besides the sums of the tables and the imbrications."""
        return tuple(one for declared in self._data["relations"] for one in self._spelled_out(declared))

    def imbrications(self, nomenclatures: Nomenclatures, lieux: Lieux) -> tuple[Imbrication, ...]:
        """Which dimensions lie inside which, category by category, in one file or across files."""
        dimensions = {item["code"]: item for item in self._data["dimensions"]}
        bandes = self._data["bandes"]
        return tuple(
            imbrication(
                item["univers"],
                dimension(dimensions[item["gros"]], bandes, nomenclatures, lieux),
                dimension(dimensions[item["fin"]], bandes, nomenclatures, lieux),
                lieux,
            )
            for item in self._data["imbrications"]
        )

    def indicateurs(self, printed: Collection[Cellule]) -> tuple[IndicateurMenu, ...]:
        """The indicators that some tables give, in the order of the menu.

        Args:
            printed: The cells of those tables; keys in any order of their dimensions.
        """
        printed = frozenset(printed)
        found = []
        for item in self._data["indicateurs"]:
            univers, bas = item["univers"], item.get("bas", {"univers": item["univers"], "cle": {}})
            haut = next(
                (
                    cells
                    for code, codes in item["haut"].items()
                    if (cells := _cells(univers, code, codes)) <= printed
                ),
                None,
            )
            if haut is None or not printed.issuperset(_cellules([bas])):
                continue
            inconnus = {(univers, ((code, NON_RENSEIGNE),)) for _, cle in haut for code, _ in cle}
            found.append(
                IndicateurMenu(
                    code=item["code"],
                    libelle=item["libelle"],
                    numerateur=item["numerateur"],
                    denominateur=item.get("denominateur") or self._univers(univers)["denominateur"],
                    haut=tuple(sorted(haut)),
                    bas=_cellules([bas]),
                    inconnus=tuple(inconnus & printed),
                    rapport_de_flux="bas" in item,
                )
            )
        return tuple(found)

    def tableaux(
        self, palier: Palier, nomenclatures: Nomenclatures, lieux: Lieux, *, internes: bool = False
    ) -> tuple[Tableau, ...]:
        """Tables of a tier, ready to be counted.

        Args:
            palier: The tier.
            nomenclatures: The lists as they are counted.
            lieux: The places counted one by one.
            internes: Give those that are counted and frozen but never printed, in place of those that are.
        """
        return tuple(
            self._tableau(item, nomenclatures, lieux)
            for item in self._data["tableaux"]
            if palier in item["paliers"] and item.get("interne", False) is internes
        )

    def tous(self, nomenclatures: Nomenclatures, lieux: Lieux) -> tuple[Tableau, ...]:
        """Every table, of any tier, printed or not: what the screen shows inside the coffre."""
        return tuple(self._tableau(item, nomenclatures, lieux) for item in self._data["tableaux"])

    def _tableau(self, item: Mapping[str, Any], nomenclatures: Nomenclatures, lieux: Lieux) -> Tableau:
        dimensions = {item["code"]: item for item in self._data["dimensions"]}
        return Tableau(
            code=item["code"],
            titre=item["titre"],
            univers=item["univers"],
            unite=self._univers(item["univers"])["unite"],
            numerateur=item["numerateur"],
            denominateur=self._univers(item["univers"])["denominateur"],
            dimensions=tuple(
                dimension(dimensions[code], self._data["bandes"], nomenclatures, lieux)
                for code in item["dimensions"]
            ),
            paliers=tuple(item["paliers"]),
        )

    def _univers(self, code: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = next(item for item in self._data["univers"] if item["code"] == code)
        return found

    def _spelled_out(self, declared: Mapping[str, Any]) -> Iterator[RelationDeclaree]:
        """A relation of the file, once for each category it is said of."""
        said_of = self._codes(declared["pour"]) if "pour" in declared else ("",)
        for code in said_of:
            if code != declared.get("sauf"):
                yield RelationDeclaree(
                    f"{declared['code']}:{code}" if code else declared["code"],
                    self._spelled_cells(declared["petit"], code),
                    self._spelled_cells(declared["grand"], code),
                    declared["certaine"],
                )

    def _spelled_cells(self, items: Iterable[Mapping[str, Any]], code: str) -> tuple[Cellule, ...]:
        """Cells of a relation: « = » is the category it is said of, « * » all the categories together."""
        found: list[Cellule] = []
        for univers, cle in _cellules(items):
            ways = [
                self._codes(d) if value == "*" else (code if value == "=" else value,) for d, value in cle
            ]
            names = [name for name, _ in cle]
            found += [(univers, tuple(zip(names, codes, strict=True))) for codes in itertools.product(*ways)]
        return tuple(found)

    def _codes(self, code: str) -> tuple[str, ...]:
        """Codes of the categories of a dimension that holds no place."""
        item = next(item for item in self._data["dimensions"] if item["code"] == code)
        made = dimension(item, self._data["bandes"], Nomenclatures(shipped().values()), Lieux(0, {}, ()))
        return tuple(categorie.code for categorie in made.categories)


@cache
def menu(numero: int = 1) -> Menu:
    """A version of the menu."""
    data = json.loads((resources() / "bilan" / f"menu-{numero}.json").read_text(encoding="utf-8"))
    return Menu(data["menu"], data["seuil"], data)


@cache
def ecran() -> Menu:
    """The menu and what is counted for the screen besides: it never leaves the coffre."""
    more = json.loads((resources() / "bilan" / "ecran-1.json").read_text(encoding="utf-8"))
    data = dict(menu()._data)
    for part in ("dimensions", "tableaux"):
        data[part] = [*data[part], *more[part]]
    return Menu(menu().numero, menu().seuil, {**data, "themes": more["themes"]})


@dataclass(frozen=True, slots=True)
class Theme:
    """Tables that are read together on screen, in order."""

    code: str
    titre: str
    tableaux: tuple[str, ...]


def themes() -> tuple[Theme, ...]:
    """The tables of the screen, by theme."""
    return tuple(Theme(t["code"], t["titre"], tuple(t["tableaux"])) for t in ecran()._data["themes"])


def _cells(univers: str, code: str, codes: Iterable[str]) -> set[Cellule]:
    """Cells of some categories of a dimension; the total without a dimension."""
    return {(univers, ((code, value),)) for value in codes} if code else {(univers, ())}


def _cellules(items: Iterable[Mapping[str, Any]]) -> tuple[Cellule, ...]:
    return tuple((item["univers"], tuple(item["cle"].items())) for item in items)
