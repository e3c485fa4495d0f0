"""The French sentence of every error code: what is wrong, where, and what to do; one file per room."""

from __future__ import annotations

from collections.abc import Iterable

from iscg_desktop.errors import Problem, UserError
from iscg_desktop.messages import (
    annuaire,
    bilans,
    coffre,
    conformite,
    documents,
    dossiers,
    entretiens,
    fiches,
    importation,
    personnes,
    reglages,
    retours,
    saisie,
    saisines,
    sauvegardes,
)
from iscg_desktop.messages.renvois import renvoi

# Braces are filled with the values of the error. A test compares this table with every code the program can raise.
SENTENCES: dict[str, str] = {
    code: words
    for room in (
        annuaire,
        bilans,
        coffre,
        conformite,
        documents,
        dossiers,
        entretiens,
        fiches,
        importation,
        personnes,
        reglages,
        retours,
        saisie,
        saisines,
        sauvegardes,
    )
    for code, words in room.SENTENCES.items()
}


class Sentence(str):
    """Words that know where the guide says more.

    Attributes:
        aide: Reference « chapter#heading », or "".
    """

    __slots__ = ("aide",)

    aide: str

    def within(self, words: str, **values: object) -> Sentence:
        """The same inside other words, at « {raison} »; values fill their other braces."""
        return explained(words.format(raison=self, **values), self.aide)


def sentence(error: UserError | Problem) -> Sentence:
    """French sentence for an error or a problem; values fill the braces."""
    return explained(SENTENCES[error.code].format(**error.values), renvoi(error.code))


def joined(sentences: Iterable[str]) -> Sentence:
    """Several sentences as one; the guide says more about the first."""
    each = tuple(dict.fromkeys(sentences))
    aide = next((words.aide for words in each if isinstance(words, Sentence)), "")
    return explained(" ".join(each), aide)


def explained(words: str, aide: str) -> Sentence:
    """Words of a page's own, and where the guide says more of them; reference « chapter#heading »."""
    said = Sentence(words)
    said.aide = aide
    return said
