"""The list of dossiers: found, filtered, sorted, fetched as it comes into sight; and the views she keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from iscg_desktop.domain.dossier import DossierLine
from iscg_desktop.domain.liste_dossiers import VUES_FOURNIES, Colonne, Filtre, Tri, Vue
from iscg_desktop.errors import InvalidInput
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.dossiers import DossiersService
from iscg_desktop.services.session import Session
from iscg_desktop.storage.dossiers import folded

_VUES = "dossiers.vues"
_FOUND = 1_000
"""Dossiers a search goes through at most, best first."""


class ListeDossiersService:
    """Use cases around the list."""

    def __init__(self, session: Session, dossiers: DossiersService) -> None:
        self._session = session
        self._dossiers = dossiers

    def ids(self, text: str, filtre: Filtre, tri: Tri | None, limit: int = _FOUND) -> tuple[int, ...]:
        """Every dossier to show, in order.

        Args:
            text: What is searched, or "".
            filtre: What they must be.
            tri: The order; None is the best match first, or the last contact when nothing is searched.
            limit: How many at most, of those found by what is searched alone: a screen of them is found at once.
        """
        if not text.strip():
            return self._kept(filtre, tri)
        if tri is None and not filtre:
            return tuple(self._dossiers.matches(text, limit))
        found = self._dossiers.matches(text, _FOUND)
        kept = self._kept(filtre, tri)
        first, second = (kept, set(found)) if tri is not None else (found, set(kept))
        return tuple(each for each in first if each in second)

    def lines(self, ids: Sequence[int]) -> tuple[DossierLine, ...]:
        """The lines of some dossiers, in that order; one erased since is left out."""
        return self._session.read.liste_dossiers.lines(ids, self._session.clock.today(), self._issued)

    def communes(self) -> tuple[tuple[str, str], ...]:
        """Code and name of each commune where somebody lives, by name."""
        known = [
            (code, self._session.commune(code) or code)
            for code in self._session.read.liste_dossiers.communes()
        ]
        return tuple(sorted(known, key=lambda each: folded(each[1])))

    def vues(self) -> tuple[Vue, ...]:
        """The views: the shipped ones, then hers in the order in which she kept them."""
        return VUES_FOURNIES + self._hers()

    def keep_vue(self, vue: Vue) -> Changes:
        """Keep a view under its name; one of hers of that name is replaced.

        Raises:
            InvalidInput: No name, a name too long, or that of a shipped view.
        """
        problems = vue.check(shipped.nom for shipped in VUES_FOURNIES)
        if problems:
            raise InvalidInput(problems)
        kept = replace(vue, nom=vue.nom.strip(), code="")
        others = [each for each in self._hers() if each.nom.casefold() != kept.nom.casefold()]
        return self._write("creation", (*others, kept))

    def drop_vue(self, nom: str) -> Changes:
        """Forget one of her views."""
        return self._write("suppression", (each for each in self._hers() if each.nom != nom))

    def _kept(self, filtre: Filtre, tri: Tri | None) -> tuple[int, ...]:
        return self._session.read.liste_dossiers.ids(
            filtre,
            tri or Tri(),
            self._session.clock.today(),
            issued=self._issued,
            rangs=self._ranks(tri),
            familles=self._problematiques(filtre),
        )

    @property
    def _issued(self) -> date:
        return self._session.clock.today() - timedelta(days=self._session.reglages.fiche_sans_retour_jours)

    def _hers(self) -> tuple[Vue, ...]:
        kept = self._session.read.settings.get(_VUES)
        read = [Vue.from_json(each) for each in kept] if isinstance(kept, list) else []
        return tuple(vue for vue in read if vue is not None)

    def _write(self, action: str, vues: Iterable[Vue]) -> Changes:
        with self._session.transaction() as tx:
            tx.settings.put(_VUES, [vue.to_json() for vue in vues])
            tx.journal.append(action, "vue", "", self._session.clock.now())
            tx.commit()
        return changes("reglages")

    def _problematiques(self, filtre: Filtre) -> tuple[str, ...]:
        liste = self._session.nomenclatures["problematique"]
        return tuple(v.code for v in liste.valeurs if liste.famille_of(v.code) in filtre.familles)

    def _ranks(self, tri: Tri | None) -> dict[str, int]:
        """Rank of each problématique or unité by what it is called."""
        if tri is None or tri.colonne not in (Colonne.PROBLEMATIQUE, Colonne.UNITE):
            return {}
        if tri.colonne is Colonne.UNITE:
            named = {str(unite.id): unite.nom for unite in self._session.unites().values()}
        else:
            named = {v.code: v.libelle for v in self._session.nomenclatures["problematique"].valeurs}
        order = sorted(named, key=lambda code: (folded(named[code]), code))
        return {code: rank for rank, code in enumerate(order)}
