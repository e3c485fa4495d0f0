"""What happens to unités: they open, close, merge, move; what was already printed never moves.

Every function takes the unités of the coffre and gives back those that change. ``printed`` is the last year
of which a quarter is arrêté: in that year and before, each unité keeps counting where it counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from iscg_desktop.domain.unite import Unite, counting_unite
from iscg_desktop.errors import InvalidInput, Problem

LONGEST_NAME = 120

Unites = Mapping[int, Unite]


def opened(unite: Unite, unites: Unites, printed: int | None) -> Unite:
    """A new unité, with the one under which it counts until its first 1 January.

    Raises:
        InvalidInput: ``unite_sans_nom``, ``unite_nom_trop_long``, ``unite_en_double``, ``unite_parent_ferme``.
    """
    problems = _naming(unite, unites)
    if unite.parent_id is not None and not _stays_open(unite.parent_id, unites):
        problems.append(Problem("parent_id", "unite_parent_ferme"))
    if problems:
        raise InvalidInput(tuple(problems))
    after = None if printed is None else printed + 1
    if unite.parent_id is None:
        return replace(unite, compte_depuis=after)
    years = [year for year in (unite.first_year, after) if year is not None]
    if not years:
        return unite
    first = max(years)
    return replace(
        unite, compte_depuis=first, compte_sous_id=counting_unite(unite.parent_id, first - 1, unites)
    )


def renamed(unite: Unite, unites: Unites) -> Unite:
    """The same unité with another name, force, type, commune or telephone.

    Raises:
        InvalidInput: As ``opened`` for its name.
    """
    problems = _naming(unite, unites)
    if problems:
        raise InvalidInput(tuple(problems))
    before = unites[unite.id]
    return replace(
        before, nom=unite.nom, force=unite.force, type=unite.type, commune=unite.commune,
        telephone=unite.telephone,
    )  # fmt: skip


def closed(
    unite_id: int, day: date, successeur_id: int | None, unites: Unites, printed: int | None
) -> tuple[Unite, ...]:
    """A unité closed on a day, perhaps merged into another; those below it go to its successor or its parent.

    Raises:
        InvalidInput: ``unite_deja_fermee``, ``unite_fermee_avant_ouverture``, ``unite_successeur_ferme``,
            ``unite_successeur_dessous``, ``unite_successeur_pas_encore``.
    """
    unite = unites[unite_id]
    problems = []
    if unite.fermee_le is not None:
        problems.append(Problem("fermee_le", "unite_deja_fermee"))
    elif unite.ouverte_le is not None and day < unite.ouverte_le:
        problems.append(Problem("fermee_le", "unite_fermee_avant_ouverture"))
    if successeur_id is not None:
        problems += _succeeding(unite_id, day, unites[successeur_id], unites)
    if problems:
        raise InvalidInput(tuple(problems))
    above = successeur_id if successeur_id is not None else unite.parent_id
    # Those opened meanwhile count under it until their first 1 January.
    under = [other.first_year for other in unites.values() if other.compte_sous_id == unite_id]
    last = max(day.year, printed or 0, *(year - 1 for year in under if year is not None))
    gone = replace(unite, fermee_le=day, successeur_id=successeur_id, compte_jusqu_a=last)
    return gone, *(replace(child, parent_id=above) for child in below(unite_id, unites))


def moved(unite_id: int, parent_id: int | None, unites: Unites) -> Unite:
    """A unité under another one; what it counts under does not change.

    Raises:
        InvalidInput: ``unite_deja_fermee``, ``unite_parent_ferme``, ``unite_parent_dessous``.
    """
    unite = unites[unite_id]
    if unite.fermee_le is not None:
        raise InvalidInput((Problem("parent_id", "unite_deja_fermee"),))
    if parent_id is not None:
        if not _stays_open(parent_id, unites):
            raise InvalidInput((Problem("parent_id", "unite_parent_ferme"),))
        if parent_id == unite_id or unite_id in ancestors(parent_id, unites):
            raise InvalidInput((Problem("parent_id", "unite_parent_dessous"),))
    return replace(unite, parent_id=parent_id)


def reopened(unite_id: int, unites: Unites, printed: int | None) -> Unite:
    """A unité closed by mistake, as if it had never been.

    Raises:
        InvalidInput: ``unite_comptee_ailleurs``, ``unite_en_double``.
    """
    unite = unites[unite_id]
    if unite.fermee_le is None:
        return unite
    problems = _naming(unite, unites)
    if printed is not None and unite.compte_jusqu_a is not None and unite.compte_jusqu_a < printed:
        problems.append(Problem("fermee_le", "unite_comptee_ailleurs"))
    if problems:
        raise InvalidInput(tuple(problems))
    parent = unite.parent_id
    while parent is not None and not _stays_open(parent, unites):
        parent = unites[parent].successeur_id or unites[parent].parent_id
    if parent is not None and (parent == unite_id or unite_id in ancestors(parent, unites)):
        parent = None
    return replace(unite, fermee_le=None, successeur_id=None, compte_jusqu_a=None, parent_id=parent)


def may_be_removed(unite_id: int, unites: Unites, printed: int | None) -> bool:
    """Whether no other unité and no table already printed names it."""
    unite = unites[unite_id]
    named = any(
        unite_id in (other.parent_id, other.successeur_id, other.compte_sous_id) for other in unites.values()
    )
    first = unite.compte_depuis if unite.compte_sous_id is None else unite.first_year
    return not named and (printed is None or (first is not None and first > printed))


def ancestors(unite_id: int, unites: Unites) -> tuple[int, ...]:
    """Those above a unité, the nearest first."""
    found: list[int] = []
    parent = unites[unite_id].parent_id
    while parent is not None and parent not in found:
        found.append(parent)
        parent = unites[parent].parent_id
    return tuple(found)


def below(unite_id: int, unites: Unites) -> tuple[Unite, ...]:
    """Those directly under a unité and still open."""
    return tuple(u for u in unites.values() if u.parent_id == unite_id and u.fermee_le is None)


def in_order(unites: Unites) -> tuple[tuple[int, Unite], ...]:
    """The tree from top to bottom: how deep each unité lies, and the unité; closed ones at the end."""
    open_ones = {unite.id: unite for unite in unites.values() if unite.fermee_le is None}

    def walk(parent_id: int | None, depth: int) -> Iterator[tuple[int, Unite]]:
        for unite in sorted(open_ones.values(), key=lambda u: u.nom.casefold()):
            above = unite.parent_id if unite.parent_id in open_ones else None
            if above == parent_id:
                yield depth, unite
                yield from walk(unite.id, depth + 1)

    gone = sorted(
        (u for u in unites.values() if u.fermee_le is not None),
        key=lambda u: (u.fermee_le or date.max, u.nom),
    )
    return *walk(None, 0), *((0, unite) for unite in reversed(gone))


def _stays_open(unite_id: int, unites: Unites) -> bool:
    return unite_id in unites and unites[unite_id].fermee_le is None


def _naming(unite: Unite, unites: Unites) -> list[Problem]:
    nom = " ".join(unite.nom.split()).casefold()
    if not nom:
        return [Problem("nom", "unite_sans_nom")]
    if len(nom) > LONGEST_NAME:
        return [Problem("nom", "unite_nom_trop_long", {"maximum": LONGEST_NAME})]
    taken = (u for u in unites.values() if u.id != unite.id and u.fermee_le is None)
    if any(" ".join(u.nom.split()).casefold() == nom for u in taken):
        return [Problem("nom", "unite_en_double")]
    return []


def _succeeding(unite_id: int, day: date, successeur: Unite, unites: Unites) -> list[Problem]:
    if successeur.id == unite_id or successeur.fermee_le is not None:
        return [Problem("successeur_id", "unite_successeur_ferme")]
    if unite_id in ancestors(successeur.id, unites):
        return [Problem("successeur_id", "unite_successeur_dessous")]
    if successeur.ouverte_le is not None and successeur.ouverte_le > day + timedelta(days=1):
        return [Problem("successeur_id", "unite_successeur_pas_encore")]
    return []
