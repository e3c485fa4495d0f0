"""Two lines that may be one person: shown, merged by hand field by field, said apart, undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from iscg_desktop.domain.doublons import pairs_by_a_slip
from iscg_desktop.domain.lien import statuts_opposes
from iscg_desktop.domain.personne import CHAMPS, Choix, Personne, identite_choisie
from iscg_desktop.domain.rapprochement import Comparaison
from iscg_desktop.errors import UserError
from iscg_desktop.reference.prenoms import shipped_prenoms
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.rapprochement import compare
from iscg_desktop.services.session import Session
from iscg_desktop.storage.fusions import Ensemble, Fusion
from iscg_desktop.storage.recherche_personnes import MOST_PAIRS
from iscg_desktop.storage.transaction import Repositories, Transaction

__all__ = ("MOST_PAIRS", "Apercu", "FusionsService", "Paire")

_AS_IT_IS: Mapping[str, Choix] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Paire:
    """Two persons who may be one."""

    une: Personne
    autre: Personne
    comparaison: Comparaison


@dataclass(frozen=True, slots=True)
class Apercu:
    """What a merge would do, said before it is done.

    Attributes:
        champs: Names of the fields in which the two differ.
        opposes: Numbers of the dossiers in which one is on the side of the victime and the other on that of
            the mis en cause: asked twice.
        communs: Numbers of the other dossiers in which both stand.
    """

    une: Personne
    autre: Personne
    champs: tuple[str, ...]
    opposes: tuple[str, ...]
    communs: tuple[str, ...]


class FusionsService:
    """Use cases around possible doublons. Nothing is ever merged by itself."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Pairs worth looking at, to be given to ``look`` a slice at a time; ``MOST_PAIRS`` of them at most."""
        return self._session.read.recherche_personnes.pairs()

    def slips(self) -> Callable[[], tuple[tuple[int, int], ...]]:
        """A function that finds the pairs alike by name but for a slip, on values only, for a worker."""
        read = self._session.read
        names, known = read.recherche_personnes.whole_names(), read.liens.never_one()
        return lambda: pairs_by_a_slip(names, known)

    def look(self, pairs: Iterable[tuple[int, int]]) -> tuple[Paire, ...]:
        """Of some pairs those that are likely or possible doublons, in order; a home is no doublon."""
        pairs = tuple(pairs)
        people = self._session.read.personnes.some({each for pair in pairs for each in pair})
        found = []
        for one, other in pairs:
            if one in people and other in people:
                comparison = compare(people[one].identite, people[other].identite, shipped_prenoms())
                if comparison.verdict in ("probable", "possible"):
                    found.append(Paire(people[one], people[other], comparison))
        return tuple(found)

    def say_apart(self, one: int, other: int) -> Changes:
        """« Ce ne sont pas les mêmes »: the pair is never proposed again."""
        with self._session.transaction() as tx:
            tx.liens.say_apart(one, other, self._session.clock.today())
            tx.journal.append("distinction", "personne", f"{one}/{other}", self._session.clock.now())
            tx.commit()
        return changes("personnes")

    def are_apart(self, one: int, other: int) -> bool:
        """Whether two persons were said not to be one."""
        return other in self._session.read.liens.apart_from(one)

    def say_nothing(self, one: int, other: int) -> Changes:
        """Take that back."""
        with self._session.transaction() as tx:
            tx.liens.say_nothing(one, other)
            tx.journal.append(
                "annulation_distinction", "personne", f"{one}/{other}", self._session.clock.now()
            )
            tx.commit()
        return changes("personnes")

    def preview(self, keep: int, gone: int) -> Apercu:
        """What merging two lines would do.

        Raises:
            UserError: Why they cannot be merged.
        """
        read = self._session.read
        together = self._check(read, keep, gone)
        une, autre = read.personnes.get(keep), read.personnes.get(gone)
        opposed = tuple(each.numero for each in together if _opposed(each))
        return Apercu(
            une,
            autre,
            champs=tuple(
                name for name in CHAMPS if getattr(une.identite, name) != getattr(autre.identite, name)
            ),
            opposes=opposed,
            communs=tuple(each.numero for each in together if each.numero not in opposed),
        )

    def merge(
        self, keep: int, gone: int, choices: Mapping[str, Choix] = _AS_IT_IS, *, confirmed: bool = False
    ) -> tuple[int, Changes]:
        """Make one line of two; what the kept one lacks is taken from the other.

        An accueil stays under the line where it was counted and a fiche under that for which it was issued: no
        figure of any bilan moves. Two who both count in one dossier, or who both took part in one entretien, are
        not merged: one of them would leave the bilan, or the entretien.

        Args:
            keep: The line that stays.
            gone: The line that goes; it is kept aside, to undo.
            choices: From which line each field is taken; those that are not named stay, unless they are empty.
            confirmed: She was asked twice about a victime and a mis en cause of one dossier, or about two who share a
                telephone or an address and nothing else: a couple does.

        Raises:
            UserError: ``fusion_avec_soi``, ``fusion_deja_faite``, ``fusion_deux_accueils``,
                ``fusion_meme_entretien``, ``fusion_a_confirmer`` or ``fusion_meme_foyer``.
        """
        with self._session.transaction() as tx:
            together = self._check(tx, keep, gone)
            opposed = [each.numero for each in together if _opposed(each)]
            if opposed and not confirmed:
                raise UserError("fusion_a_confirmer", numero=", ".join(opposed))
            une, autre = (tx.personnes.get(each).identite for each in (keep, gone))
            if not confirmed and compare(une, autre, shipped_prenoms()).verdict == "foyer":
                raise UserError("fusion_meme_foyer")
            identite = identite_choisie(une, autre, choices)
            fusion_id = tx.fusions.merge(keep, gone, identite, self._session.clock.today())
            self._index(tx, keep)
            tx.journal.append("fusion", "personne", f"{gone}/{keep}", self._session.clock.now())
            tx.commit()
        return fusion_id, _CHANGED

    def last_of(self, personne_id: int) -> Fusion | None:
        """The merge that can be undone from her card."""
        return self._session.read.fusions.last_of(personne_id)

    def undo(self, fusion_id: int) -> Changes:
        """Make two lines again; what was noted or changed since stays with the line that was kept.

        Raises:
            UserError: ``fusion_introuvable`` or ``fusion_imbriquee``.
        """
        with self._session.transaction() as tx:
            fusion = tx.fusions.get(fusion_id)
            if fusion is None:
                raise UserError("fusion_introuvable")
            last = tx.fusions.last_of(fusion.gardee_id)
            if (
                last is None
                or last.id != fusion.id
                or tx.fusions.current(fusion.gardee_id) != fusion.gardee_id
            ):
                raise UserError("fusion_imbriquee")
            tx.fusions.undo(fusion)
            self._index(tx, fusion.gardee_id, fusion.absorbee_id)
            tx.journal.append(
                "fusion_annulee",
                "personne",
                f"{fusion.absorbee_id}/{fusion.gardee_id}",
                self._session.clock.now(),
            )
            tx.commit()
        return _CHANGED

    def _check(self, read: Repositories, keep: int, gone: int) -> tuple[Ensemble, ...]:
        if keep == gone:
            raise UserError("fusion_avec_soi")
        if any(read.fusions.current(each) != each for each in (keep, gone)):
            raise UserError("fusion_deja_faite")
        together = read.fusions.together(keep, gone)
        for each in together:
            if each.entretien:
                raise UserError("fusion_meme_entretien", numero=each.numero)
            if each.accueils or each.secteur:
                raise UserError("fusion_deux_accueils", numero=each.numero)
        return together

    def _index(self, tx: Transaction, *personne_ids: int) -> None:
        for dossier_id in {each for person in personne_ids for each in tx.personnes.dossiers_of(person)}:
            tx.dossiers.index(dossier_id)


_CHANGED = changes("personnes", "dossiers", "entretiens", "orientations", "agenda")


def _opposed(ensemble: Ensemble) -> bool:
    return statuts_opposes(*ensemble.statuts)
