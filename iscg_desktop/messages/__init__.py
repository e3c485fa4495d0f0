"""The French sentence of every error code: what is wrong, where, and what to do; one file per room."""

from __future__ import annotations

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


def sentence(error: UserError | Problem) -> str:
    """French sentence for an error or a problem; values fill the braces."""
    return SENTENCES[error.code].format(**error.values)
