"""Unités opened, closed, merged and moved: each keeps counting where tables already printed counted it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from iscg_desktop.domain import unites_arbre as arbre
from iscg_desktop.domain.unite import Unite, counting_unite
from iscg_desktop.errors import InvalidInput, Problem, UserError
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session
from iscg_desktop.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class UniteChangee:
    """What became of a unité.

    Attributes:
        before: As it was; None for a new one.
        moved: Those that lay below it and went elsewhere.
    """

    unite: Unite
    changes: Changes
    before: Unite | None = None
    moved: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Comptage:
    """Where a unité counts this year, when it is not for itself.

    Attributes:
        sous: Name of the other unité; "" when it counts as « non renseigné ».
        annee: The last year in which it does; None for a closed one.
    """

    sous: str
    annee: int | None


class UnitesService:
    """Use cases of the unités."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> Mapping[int, Unite]:
        """Every unité by id."""
        return self._session.unites()

    def arbre(self) -> tuple[tuple[int, Unite], ...]:
        """How deep each unité lies, and the unité, from top to bottom; closed ones at the end."""
        return arbre.in_order(self.all())

    def parents_for(self, unite_id: int | None) -> tuple[Unite, ...]:
        """Unités it may lie under."""
        unites = self.all()
        return tuple(
            u
            for u in unites.values()
            if u.fermee_le is None
            and u.id != unite_id
            and (unite_id is None or unite_id not in arbre.ancestors(u.id, unites))
        )

    def comptage(self, unite: Unite) -> Comptage | None:
        """Where it counts this year when that is not for itself."""
        unites, year = self.all(), self._session.clock.today().year
        under = counting_unite(unite.id, year, unites)
        if under == unite.id:
            return None
        until = None if unite.fermee_le is not None else (unite.first_year or year + 1) - 1
        return Comptage("" if under is None else unites[under].nom, until)

    def may_remove(self, unite: Unite) -> bool:
        """Whether nothing names it yet."""
        return not self._session.read.unites.is_used(unite.id) and arbre.may_be_removed(
            unite.id, self.all(), self._session.printed_year
        )

    def create(self, unite: Unite) -> UniteChangee:
        """Add a unité; its id is ignored.

        Raises:
            InvalidInput: See ``unites_arbre.opened``.
        """
        new = arbre.opened(replace(unite, id=0), self.all(), self._session.printed_year)
        with self._session.transaction() as tx:
            unite_id = tx.unites.add(new)
            self._commit(tx, "creation", unite_id)
        return UniteChangee(replace(new, id=unite_id), changes("reglages"))

    def edit(self, unite: Unite) -> UniteChangee:
        """Give it another name, force, type, commune or telephone.

        Raises:
            InvalidInput: See ``unites_arbre.renamed``.
        """
        return self._change("modification", arbre.renamed(unite, self.all()))

    def move(self, unite_id: int, parent_id: int | None) -> UniteChangee:
        """Put it under another one.

        Raises:
            InvalidInput: See ``unites_arbre.moved``.
        """
        return self._change("deplacement", arbre.moved(unite_id, parent_id, self.all()))

    def close(self, unite_id: int, day: date | None, successeur_id: int | None = None) -> UniteChangee:
        """Close it, or merge it into another; those below it follow.

        Raises:
            InvalidInput: ``date_manquante``, or see ``unites_arbre.closed``.
        """
        if day is None:
            raise InvalidInput((Problem("fermee_le", "date_manquante"),))
        changed = arbre.closed(unite_id, day, successeur_id, self.all(), self._session.printed_year)
        return self._change("fermeture", *changed)

    def reopen(self, unite_id: int, below: tuple[int, ...] = ()) -> UniteChangee:
        """Take back a closing, and put back under it those that left it then.

        Raises:
            InvalidInput: See ``unites_arbre.reopened``.
        """
        unites = dict(self.all())
        unites[unite_id] = unite = arbre.reopened(unite_id, unites, self._session.printed_year)
        back = [
            arbre.moved(child_id, unite_id, unites)
            for child_id in below
            if child_id in unites and unites[child_id].fermee_le is None
        ]
        return self._change("reouverture", unite, *back)

    def remove(self, unite_id: int) -> Changes:
        """Take away a unité that was added by mistake.

        Raises:
            UserError: ``unite_utilisee``.
        """
        unite = self.all().get(unite_id)
        if unite is None:
            return changes("reglages")
        if not self.may_remove(unite):
            raise UserError("unite_utilisee")
        with self._session.transaction() as tx:
            tx.unites.remove(unite_id)
            self._commit(tx, "suppression", unite_id)
        return changes("reglages")

    def _change(self, action: str, unite: Unite, *others: Unite) -> UniteChangee:
        before = self.all()[unite.id]
        with self._session.transaction() as tx:
            for each in (unite, *others):
                tx.unites.change(each)
            self._commit(tx, action, unite.id)
        return UniteChangee(unite, changes("reglages"), before, tuple(each.id for each in others))

    def _commit(self, tx: Transaction, action: str, unite_id: int) -> None:
        tx.journal.append(action, "unite", str(unite_id), self._session.clock.now())
        tx.commit()
