"""Spelling: what is underlined, what is suggested, and the words and names the coffre knows."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock

from iscg_desktop.errors import UserError
from iscg_desktop.reference.orthographe import SUGGESTIONS, Hunspell, bare, load, parts, words_of, wrong_words
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session

__all__ = ["Correcteur", "OrthographeService", "bare", "words_of"]


class Correcteur:
    """The dictionary, loaded at the first question; for workers, one at a time. It touches no coffre."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loaded = False
        self._checker: Hunspell | None = None

    def wrong(self, words: Iterable[str], names: Iterable[str]) -> frozenset[str]:
        """Those of the words that are misspelt; none where there is no dictionary.

        Args:
            words: As ``words_of`` gives them.
            names: Names and words never wrong, as they are written.
        """
        with self._lock:
            checker = self._loaded_checker()
            if checker is None:
                return frozenset()
            known = frozenset(part.casefold() for name in names for part in parts(name))
            return frozenset(wrong_words(checker, words, known))

    def suggest(self, word: str) -> tuple[str, ...]:
        """Words she may have meant, the likeliest first."""
        with self._lock:
            checker = self._loaded_checker()
            return () if checker is None else tuple(checker.suggest(word)[:SUGGESTIONS])

    def _loaded_checker(self) -> Hunspell | None:
        if not self._loaded:
            self._checker, self._loaded = load(), True
        return self._checker


class OrthographeService:
    """Use cases around spelling.

    Attributes:
        correcteur: Answers in a worker.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.correcteur = Correcteur()

    def names(self) -> tuple[str, ...]:
        """What is never underlined: her words, and the names the coffre holds, of persons and of places."""
        mots = self._session.read.mots
        return (*mots.all(), *mots.names(), *map(self._session.commune, mots.communes()))

    def mots(self) -> tuple[str, ...]:
        """The words she added, in order."""
        return self._session.read.mots.all()

    def add(self, mot: str) -> Changes:
        """Underline a word no more; it is kept in the coffre.

        Raises:
            UserError: ``mot_illisible``.
        """
        if [word for _, word in words_of(mot)] != [mot]:
            raise UserError("mot_illisible")
        with self._session.transaction() as tx:
            tx.mots.add(mot)
            tx.journal.append("creation", "mot", "", self._session.clock.now())
            tx.commit()
        return changes("reglages")

    def remove(self, mot: str) -> Changes:
        """Forget a word she added."""
        with self._session.transaction() as tx:
            tx.mots.remove(mot)
            tx.journal.append("suppression", "mot", "", self._session.clock.now())
            tx.commit()
        return changes("reglages")
