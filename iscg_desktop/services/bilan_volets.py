"""Frozen counts into the linked cells of a year: what the protection of one more file has to reckon with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from iscg_desktop.disclosure.protected import ProtectedBilan
from iscg_desktop.disclosure.relations import Relation, sum_at_most, sum_equals
from iscg_desktop.disclosure.system import Volet
from iscg_desktop.disclosure.tables import Category, CellRef, CountedTable, Dimension, TableShape
from iscg_desktop.domain.bilan import Cle, Effectif, Tableau, TableauCompte
from iscg_desktop.domain.nomenclature import Nomenclatures
from iscg_desktop.domain.period import Palier, Periode, period_of
from iscg_desktop.errors import UserError
from iscg_desktop.reference.menu import Cellule, Menu, menu
from iscg_desktop.reference.menu_dimensions import Imbrication, Lieux
from iscg_desktop.reference.nomenclatures import shipped
from iscg_desktop.services.bilan_regroupement import counted_as, exact, is_regrouped, with_regrouped
from iscg_desktop.storage.bilans import CelluleGelee

PALIERS: tuple[Palier, ...] = ("trimestre", "semestre", "annee")


@dataclass(frozen=True, slots=True)
class Grille:
    """The tables of a year, tier by tier, and which of their dimensions lie inside others.

    Attributes:
        imprimes: Tables that a file of the tier prints.
        internes: Tables that are counted for the tier and never printed.
    """

    imprimes: Mapping[Palier, tuple[Tableau, ...]]
    internes: Mapping[Palier, tuple[Tableau, ...]]
    imbrications: tuple[Imbrication, ...]

    def known(self, palier: Palier) -> dict[str, tuple[Palier, Tableau]]:
        """Every table counted for a period of a tier, with the shortest tier that counts it, by code."""
        found: dict[str, tuple[Palier, Tableau]] = {}
        for tier in PALIERS[PALIERS.index(palier) :]:
            for tableau in (*self.imprimes[tier], *self.internes[tier]):
                found.setdefault(tableau.code, (tier, tableau))
        return found


@dataclass(frozen=True, slots=True)
class Remis:
    """A file handed over.

    Attributes:
        empreinte: SHA-256 of its JSON.
        retenus: Cells that it masked whatever they count.
    """

    bilan: ProtectedBilan
    empreinte: str
    retenus: frozenset[CellRef] = frozenset()


def counted(
    periode: Periode, grille: Grille, cells: Mapping[str, Iterable[CelluleGelee]]
) -> dict[str, TableauCompte]:
    """Exact counts of a period from the frozen cells of its quarters, by code of table.

    Args:
        periode: A period whose quarters are all frozen.
        grille: The tables of the year.
        cells: Frozen cells by code of quarter.
    """
    wanted = grille.known(periode.palier)
    sums: dict[tuple[str, Cle], list[CelluleGelee]] = {}
    for quarter in periode.quarters():
        for cell in cells[quarter.code]:
            if cell.tableau in wanted and cell.palier == wanted[cell.tableau][0]:
                sums.setdefault((cell.tableau, _sorted(cell.cle)), []).append(cell)
    found = {}
    for code, (palier, tableau) in wanted.items():
        whole = period_of(periode.debut, palier).debut == periode.debut
        effectifs = {
            cle: _sum(sums.get((code, _sorted(cle)), ()), whole=whole) for cle in table_keys(tableau)
        }
        found[code] = TableauCompte(tableau, effectifs)
    return _agreed(found)


def _agreed(comptes: Mapping[str, TableauCompte]) -> dict[str, TableauCompte]:
    """The same with one number of foyers for a cell that several tables share: the best known of them."""
    best: dict[tuple[str, Cle], int] = {}
    for compte in comptes.values():
        for cle, effectif in compte.effectifs.items():
            name = (compte.tableau.univers, _sorted(cle))
            best[name] = max(best.get(name, 0), effectif.foyers)
    return {
        code: TableauCompte(
            compte.tableau,
            {
                cle: Effectif(effectif.unites, best[compte.tableau.univers, _sorted(cle)])
                for cle, effectif in compte.effectifs.items()
            },
        )
        for code, compte in comptes.items()
    }


def _sum(cells: Iterable[CelluleGelee], *, whole: bool) -> Effectif:
    """Units add up; foyers do not: those cumulated since the first day of the period, or the least there can be."""
    cells = tuple(cells)
    if not cells:
        return Effectif()
    least = max(cell.foyers for cell in cells)
    return Effectif(
        sum(cell.effectif for cell in cells), max(least, cells[-1].foyers_cumules) if whole else least
    )


def table_keys(tableau: Tableau) -> tuple[Cle, ...]:
    """Every key of a table."""
    return tuple(shape(tableau).all_keys())


def volet(
    periode: Periode,
    grille: Grille,
    comptes: Mapping[str, TableauCompte],
    remis: Remis | None,
    parties: tuple[str, ...],
) -> Volet:
    """A period as the protection sees it, with the categories that its file printed together."""
    tables = tuple(table(compte) for compte in comptes.values())
    relations = _relations(tables, grille.imbrications)
    figures = None
    if remis is not None:
        printed = {form.code: form for form in remis.bilan.tables if is_regrouped(form)}
        tables, more = with_regrouped(tables, {code: (form, None) for code, form in printed.items()})
        relations += more
        figures = {**_born_later(tables, remis.bilan.tables), **remis.bilan.figures()}
    return Volet(
        periode.code,
        tables,
        relations,
        frozenset(tableau.code for tableau in grille.imprimes[periode.palier]),
        parties,
        figures,
        "" if remis is None else remis.empreinte,
        frozenset() if remis is None else remis.retenus,
    )


def shape(tableau: Tableau) -> TableShape:
    """A table of the menu as the protection names it."""
    return TableShape(
        code=tableau.code,
        titre=tableau.titre,
        univers=tableau.univers,
        unite=tableau.unite,
        numerateur=tableau.numerateur,
        denominateur=tableau.denominateur,
        dimensions=tuple(
            Dimension(
                dimension.code,
                dimension.libelle,
                tuple(Category(categorie.code, categorie.libelle) for categorie in dimension.categories),
                dimension.reponses_multiples,
            )
            for dimension in tableau.dimensions
        ),
    )


def table(compte: TableauCompte) -> CountedTable:
    """A counted table of the menu as the protection takes it."""
    return counted_as(shape(compte.tableau), exact(compte.effectifs))


def cell_refs(cellules: Iterable[Cellule]) -> tuple[CellRef, ...]:
    """Cells of the menu as the protection names them."""
    return tuple(CellRef(univers, cle) for univers, cle in cellules)


def _sorted(cle: Cle) -> Cle:
    return tuple(sorted(cle))


def _relations(tables: Iterable[CountedTable], imbrications: Iterable[Imbrication]) -> tuple[Relation, ...]:
    """What the domain implies between the cells that are there."""
    known = {table.cell(cle) for table in tables for cle in table.counts}
    return tuple(
        relation
        for relation in _declared(menu(), imbrications)
        if all(cell in known for _, cell in relation.termes)
    )


@cache
def known_relations(numero: int) -> tuple[Relation, ...]:
    """What everyone knows between the cells of one period, by a version of the menu: the same in every coffre.

    Raises:
        UserError: ``bilan_plus_recent`` for a menu that this program does not have.
    """
    try:
        made = menu(numero)
    except FileNotFoundError:
        raise UserError("bilan_plus_recent") from None
    shipped_lists = Nomenclatures(shipped().values())
    found = _declared(made, made.imbrications(shipped_lists, Lieux(0, {}, ())))
    return tuple(relation for relation in found if not is_local(relation))


def is_local(relation: Relation) -> bool:
    """Whether a relation belongs to one coffre: communes inside an EPCI, categories that it printed together."""
    return relation.code.startswith(("epci:", "regroupement "))


def _declared(of: Menu, imbrications: Iterable[Imbrication]) -> Iterator[Relation]:
    for declared in of.relations:
        petit, grand = cell_refs(declared.petit), cell_refs(declared.grand)
        yield sum_at_most(declared.code, petit, grand, certaine=declared.certaine)
    for inside in imbrications:
        for gros, fins in inside.dedans.items():
            total = CellRef(inside.univers, ((inside.gros, gros),))
            parts = tuple(CellRef(inside.univers, ((inside.fin, fin),)) for fin in fins)
            if parts:
                code = f"{inside.gros}:{gros}"
                exact = gros in inside.exacte
                yield sum_equals(code, total, parts) if exact else sum_at_most(code, parts, (total,))


def _born_later(tables: Iterable[TableShape], printed: Iterable[TableShape]) -> dict[CellRef, int]:
    """Cells of categories that a file did not know yet: everyone sees that they count nobody."""
    then = {
        (one.univers, dimension.code): _codes(dimension) for one in printed for dimension in one.dimensions
    }
    return {
        one.cell(cle): 0
        for one in tables
        for cle in one.all_keys()
        if any(answer not in then.get((one.univers, dimension), {answer}) for dimension, answer in cle)
    }


def _codes(dimension: Dimension) -> frozenset[str]:
    merged = (code for category in dimension.categories for code in category.regroupe)
    return frozenset((*dimension.answers(), *merged))
