"""Categories that a bilan could print together, with what it would give: proposed before anything is arrêté."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iscg_desktop.domain.bilan import Cle, Dimension, Effectif, TableauCompte
from iscg_desktop.services.bilan_regroupement import Regroupement

_MOST = 6
"""Proposals shown."""


@dataclass(frozen=True, slots=True)
class Proposition:
    """Some categories to print as one.

    Attributes:
        titre: The question they answer.
        noms: Their printed names.
        gain: Figures under the threshold that there would no longer be; each masks others besides.
    """

    regroupement: Regroupement
    titre: str
    noms: tuple[str, ...]
    gain: int


def propositions(
    comptes: Iterable[TableauCompte], seuil: int, autres: str, deja: Iterable[Regroupement] = ()
) -> tuple[Proposition, ...]:
    """What is worth printing together in a bilan, the greatest gain first.

    A group holds every category under the threshold and the smallest that is not: whoever knows this rule still
    cannot tell which of them reaches it.

    Args:
        comptes: Exact counts of the tables that the bilan prints.
        seuil: Smallest number that may be told.
        autres: Name of a group, « {nombre} » being how many categories it holds.
        deja: What is already printed together.
    """
    comptes = tuple(comptes)
    done = {(one.univers, one.dimension) for one in deja}
    found = []
    for compte in comptes:
        tableau = compte.tableau
        if len(tableau.dimensions) != 1 or tableau.dimensions[0].reponses_multiples:
            continue
        (dimension,) = tableau.dimensions
        codes = _group(compte, dimension, seuil)
        if not codes or (tableau.univers, dimension.code) in done:
            continue
        names = {category.code: category.libelle for category in dimension.categories}
        libelle = autres.replace("{nombre}", str(len(codes)))
        regroupement = Regroupement(tableau.univers, dimension.code, codes, libelle)
        gain = sum(_gain(other, regroupement, seuil) for other in comptes if _asks(other, regroupement))
        found.append(Proposition(regroupement, tableau.titre, tuple(names[code] for code in codes), gain))
    found = [one for one in found if one.gain > 0]
    return tuple(sorted(found, key=lambda one: -one.gain)[:_MOST])


def _group(compte: TableauCompte, dimension: Dimension, seuil: int) -> tuple[str, ...]:
    """Codes to print together; none when fewer than two categories would be left beside them."""
    counts = {c.code: compte.effectifs[((dimension.code, c.code),)] for c in dimension.categories}
    small = {code for code, count in counts.items() if _is_small(count, seuil)}
    large = sorted(counts.keys() - small, key=lambda code: (counts[code].unites, code))
    if not any(counts[code].unites for code in small) or len(large) < 2:
        return ()
    chosen = {*small, large[0]}
    return tuple(code for code in counts if code in chosen)


def _is_small(count: Effectif, seuil: int) -> bool:
    return min(count.unites, count.foyers) < seuil


def _asks(compte: TableauCompte, one: Regroupement) -> bool:
    tableau = compte.tableau
    return tableau.univers == one.univers and any(d.code == one.dimension for d in tableau.dimensions)


def _gain(compte: TableauCompte, one: Regroupement, seuil: int) -> int:
    """Figures under the threshold fewer in a table."""
    before = sum(_is_small(count, seuil) for count in compte.effectifs.values())
    after: dict[Cle, tuple[int, int]] = {}
    for cle, count in compte.effectifs.items():
        key = one.together(cle)
        units, foyers = after.get(key, (0, 0))
        after[key] = (units + count.unites, max(foyers, count.foyers))
    return before - sum(min(pair) < seuil for pair in after.values())
