"""The annuaire: finding, adding, amending and closing structures; secteurs; how often they are worked with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Literal

from iscg_desktop.domain.collaboration import Collaboration, Seuils, collaborations
from iscg_desktop.domain.nomenclature import Famille
from iscg_desktop.domain.orientation import Orientation
from iscg_desktop.domain.partenaire import Partenaire, PartenaireDraft, PartenaireLine, Secteur
from iscg_desktop.errors import InvalidInput, Problem, UserError
from iscg_desktop.reference.name_index import fold
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session

Etat = Literal["ouverts", "fermes", "tous"]

LAST = 20
"""Orientations of a structure that its page shows."""


class AnnuaireService:
    """Use cases of the annuaire; nothing of it is about a beneficiary but the orientations it counts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def today(self) -> date:
        """The civil date."""
        return self._session.clock.today()

    def find(
        self,
        text: str = "",
        *,
        kind: str | None = None,
        famille: str | None = None,
        etat: Etat = "ouverts",
        commune: str | None = None,
    ) -> tuple[PartenaireLine, ...]:
        """Structures in which every word typed begins a word, by name; accents and capitals do not matter.

        Args:
            text: Words of the name, the town, the type or the people met there.
            kind: Code of ``type_partenaire``.
            famille: Family of types.
            etat: Open today, closed, or all.
            commune: Code of a commune they must serve.
        """
        liste = self._session.nomenclatures["type_partenaire"]
        wanted = fold(text).split()
        serving = self._session.read.partenaires.serving(commune) if commune else frozenset()
        return tuple(
            line
            for line in self._session.read.partenaires.lines()
            if (kind is None or line.type == kind)
            and (famille is None or liste.famille_of(line.type) == famille)
            and (etat == "tous" or line.is_open(self.today) is (etat == "ouverts"))
            and (commune is None or line.id in serving)
            and _holds(line, liste.libelle_de(line.type), wanted)
        )

    def count(self) -> int:
        """How many structures the annuaire holds, closed ones included."""
        return self._session.read.partenaires.count()

    def get(self, partenaire_id: int) -> Partenaire:
        """One structure."""
        return self._session.read.partenaires.get(partenaire_id)

    def all(self) -> tuple[Partenaire, ...]:
        """Every structure by name, closed ones included."""
        return self._session.read.partenaires.all()

    def is_used(self, partenaire_id: int) -> bool:
        """Whether something of the coffre names it: it can then be closed, never taken away."""
        return self._session.read.partenaires.is_used(partenaire_id)

    def orientations(self, partenaire_id: int) -> tuple[Orientation, ...]:
        """The last orientations to a structure, newest first."""
        return self._session.read.orientations.of_partenaire(partenaire_id, LAST)

    def familles(self) -> tuple[Famille, ...]:
        """The families of partners, in their order."""
        return self._session.nomenclatures["type_partenaire"].familles

    def add(self, draft: PartenaireDraft) -> tuple[int, Changes]:
        """Add a structure.

        Raises:
            InvalidInput: With every problem.
        """
        self._check(draft)
        with self._session.transaction() as tx:
            partenaire_id = tx.partenaires.add(draft)
            tx.journal.append("creation", "partenaire", str(partenaire_id), self._session.clock.now())
            tx.commit()
        return partenaire_id, changes("partenaires")

    def change(self, partenaire_id: int, draft: PartenaireDraft) -> Changes:
        """Replace all that is known of a structure.

        Raises:
            InvalidInput: With every problem.
        """
        self._check(draft)
        with self._session.transaction() as tx:
            tx.partenaires.change(partenaire_id, draft)
            tx.journal.append("modification", "partenaire", str(partenaire_id), self._session.clock.now())
            tx.commit()
        return changes("partenaires", "orientations")

    def close(self, partenaire_id: int, day: date) -> Changes:
        """Close a structure: from that day on it is proposed no more."""
        return self._close(partenaire_id, day, "fermeture")

    def reopen(self, partenaire_id: int) -> Changes:
        """Open a closed structure again."""
        return self._close(partenaire_id, None, "reouverture")

    def delete(self, partenaire_id: int) -> Changes:
        """Take away a structure entered by mistake.

        Raises:
            UserError: ``partenaire_utilise``: something names it.
        """
        with self._session.transaction() as tx:
            if tx.partenaires.is_used(partenaire_id):
                raise UserError("partenaire_utilise")
            tx.partenaires.delete(partenaire_id)
            tx.drafts.drop(f"structure:{partenaire_id}")  # what was being amended of it is no more
            tx.journal.append("suppression", "partenaire", str(partenaire_id), self._session.clock.now())
            tx.commit()
        return changes("partenaires")

    def collaborations(self, annee: int) -> tuple[Collaboration, ...]:
        """How often each family of partners was worked with in a year."""
        liste = self._session.nomenclatures["type_partenaire"]
        days = [(liste.famille_of(kind), day) for kind, day in self._session.read.contacts.days(annee)]
        return collaborations(days, [f.code for f in liste.familles], annee, self.seuils)

    @property
    def seuils(self) -> Seuils:
        """From how many contacts a year a collaboration is fréquente, or occasionnelle."""
        reglages = self._session.reglages
        return Seuils(reglages.collaboration_frequente, reglages.collaboration_occasionnelle)

    def years(self) -> tuple[int, ...]:
        """Years in which there was a contact, this one included, the latest first."""
        return tuple(sorted({*self._session.read.contacts.years(), self.today.year}, reverse=True))

    def secteurs(self) -> tuple[Secteur, ...]:
        """The circonscriptions d'action sociale, by name."""
        return self._session.read.secteurs.all()

    def keep_secteur(self, secteur: Secteur) -> Changes:
        """Add a secteur (``id`` 0) or replace one; a commune it takes leaves the secteur it was in.

        Raises:
            InvalidInput: With every problem.
        """
        secteur = replace(secteur, nom=secteur.nom.strip())
        problems = secteur.check() + self._unknown_communes(secteur.communes)
        if any(each.id != secteur.id and fold(each.nom) == fold(secteur.nom) for each in self.secteurs()):
            problems += (Problem("nom", "secteur_en_double"),)
        if problems:
            raise InvalidInput(problems)
        with self._session.transaction() as tx:
            secteur_id = tx.secteurs.keep(secteur)
            action = "modification" if secteur.id else "creation"
            tx.journal.append(action, "secteur", str(secteur_id), self._session.clock.now())
            tx.commit()
        return changes("partenaires")

    def delete_secteur(self, secteur_id: int) -> Changes:
        """Take a secteur away; its communes belong to none."""
        with self._session.transaction() as tx:
            tx.secteurs.delete(secteur_id)
            tx.journal.append("suppression", "secteur", str(secteur_id), self._session.clock.now())
            tx.commit()
        return changes("partenaires")

    def _close(self, partenaire_id: int, day: date | None, action: str) -> Changes:
        with self._session.transaction() as tx:
            tx.partenaires.close(partenaire_id, day)
            tx.journal.append(action, "partenaire", str(partenaire_id), self._session.clock.now())
            tx.commit()
        return changes("partenaires")

    def _check(self, draft: PartenaireDraft) -> None:
        problems = draft.check() + self._unknown_communes(draft.communes)
        if problems:
            raise InvalidInput(problems)

    def _unknown_communes(self, codes: Iterable[str]) -> tuple[Problem, ...]:
        unknown = any(self._session.territories.commune(code) is None for code in codes)
        return (Problem("communes", "commune_inconnue"),) if unknown else ()


def _holds(line: PartenaireLine, kind: str, wanted: list[str]) -> bool:
    if not wanted:
        return True
    told = f"{line.nom} {line.ville} {line.code_postal} {kind} {line.correspondants}"
    words = fold(told).split()
    return all(any(word.startswith(beginning) for word in words) for beginning in wanted)
