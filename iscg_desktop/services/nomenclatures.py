"""The lists as she edits them; rows already recorded stay readable, bilans count under shipped codes."""

from __future__ import annotations

from collections.abc import Iterable

from iscg_desktop.domain import nomenclature_edition as edition
from iscg_desktop.domain.nomenclature import Nomenclature, Valeur
from iscg_desktop.errors import UserError
from iscg_desktop.reference.nomenclatures import shipped
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session


class NomenclaturesService:
    """Use cases of the lists."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> tuple[Nomenclature, ...]:
        """Every list, by label."""
        return tuple(sorted(self._session.nomenclatures, key=lambda liste: liste.libelle.casefold()))

    def get(self, code: str) -> Nomenclature:
        """A list by its code."""
        return self._session.nomenclatures[code]

    def relabel(self, liste: str, code: str, libelle: str) -> Changes:
        """Give a value other words.

        Raises:
            InvalidInput: See ``nomenclature_edition.relabelled``.
        """
        return self._keep(liste, [edition.relabelled(self.get(liste), code, libelle)])

    def add(self, liste: str, libelle: str, compte_sous: str | None) -> str:
        """Add a value that counts under a shipped one, and put it just after; returns its code.

        Raises:
            InvalidInput: See ``nomenclature_edition.added``.
        """
        new = edition.added(self.get(liste), libelle, compte_sous)
        found: list[Valeur] = []
        for valeur in self.get(liste).valeurs:
            found.append(valeur)
            if valeur.code == compte_sous:
                found.append(new)
        self._keep(liste, edition.numbered(found))
        return new.code

    def offer(self, liste: str, code: str, *, active: bool) -> Changes:
        """Offer a value again, or no more.

        Raises:
            InvalidInput: See ``nomenclature_edition.offered``.
        """
        return self._keep(liste, [edition.offered(self.get(liste), code, active=active)])

    def move(self, liste: str, code: str, step: int) -> Changes:
        """Put a value so many places further down, or up."""
        whole = self.get(liste)
        codes = edition.reordered(whole, code, step)
        return self._keep(liste, edition.numbered(whole.valeur(each) for each in codes))

    def restore(self, before: Nomenclature) -> Changes:
        """Put labels, order and what is offered back as they were; values added since stay, at the end."""
        now = self.get(before.code)
        since = [valeur for valeur in now.valeurs if valeur.code not in before]
        known = [valeur for valeur in before.valeurs if valeur.code in now]
        return self._keep(before.code, edition.numbered([*known, *since]))

    def reset_labels(self, liste: str) -> Changes:
        """Put the labels and the order of origin back.

        Raises:
            InvalidInput: See ``nomenclature_edition.with_original_labels``.
        """
        return self._keep(liste, edition.with_original_labels(self.get(liste), shipped()[liste]))

    def is_original(self, liste: str) -> bool:
        """Whether labels and order are those of origin."""
        own = {v.code: v.libelle for v in self.get(liste).valeurs if v.compte_sous is None}
        return list(own.items()) == [(v.code, v.libelle) for v in shipped()[liste].valeurs]

    def original_label(self, liste: str, code: str) -> str:
        """Words under which a bilan prints a value: those of the shipped one it is or counts under."""
        origin = shipped()[liste]
        counted = self.get(liste).counted_as(code)
        return origin.libelle_de(counted) if counted in origin else counted

    def is_used(self, liste: str, code: str) -> bool:
        """Whether something recorded, or half-typed, holds a value."""
        return self._session.read.nomenclatures.is_used(liste, code)

    def remove(self, liste: str, code: str) -> Changes:
        """Take away a value of hers that nothing holds.

        Raises:
            UserError: ``valeur_d_origine``, ``valeur_utilisee``.
        """
        if self.get(liste).valeur(code).compte_sous is None:
            raise UserError("valeur_d_origine")
        if self.is_used(liste, code):
            raise UserError("valeur_utilisee")
        with self._session.transaction() as tx:
            tx.nomenclatures.remove(liste, code)
            tx.journal.append("modification", "nomenclature", liste, self._session.clock.now())
            tx.commit()
        self._session.forget_nomenclatures()
        return changes("reglages")

    def _keep(self, liste: str, valeurs: Iterable[Valeur]) -> Changes:
        with self._session.transaction() as tx:
            tx.nomenclatures.keep(liste, valeurs)
            tx.journal.append("modification", "nomenclature", liste, self._session.clock.now())
            tx.commit()
        self._session.forget_nomenclatures()
        return changes("reglages")
