"""What a fiche would say of the other side of its dossier: looked for in its words before it is issued."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from iscg_desktop.domain.cloisonnement import Element, Partie, Regle, visible_to
from iscg_desktop.domain.fiche_liaison import FicheContent, Item
from iscg_desktop.domain.personne import Identite
from iscg_desktop.domain.textes import texts_of
from iscg_desktop.errors import Problem

_SHORTEST = 3  # letters: « Le » and « de » are in every sentence
_FIGURES = 6
_ADDRESS = 8  # characters: « rue » alone is no address
# The words she types or that come from what she typed; what is ticked name by name has its own sections.
_WORDS = (
    "motif", "alerte_motif", "recit", "evaluation.besoins", "evaluation.risques", "evaluation.ressources",
    "contact_sur.qui_vit_la", "contact_sur.consignes", "suivi.referent", "demarches", "autres_orientations",
    "information.comment", "information.portee", "information.parents_motif", "base.precision",
)  # fmt: skip
_SECTIONS = ("autres_parties", "foyer", "parents", "scolarite")


@dataclass(frozen=True, slots=True)
class Voisin:
    """Somebody of the dossier and her side."""

    partie: Partie
    identite: Identite


def check_cloisonnement(
    content: FicheContent, concerned: Voisin, others: Iterable[Voisin]
) -> tuple[Problem, ...]:
    """What forbids issuing a fiche because of whom it names; nothing when it is kept to its person.

    Args:
        content: Already without what is not ticked.
        concerned: The person it is about.
        others: Those of the other side.
    """
    neighbours = tuple(others)
    return tuple(_named(content, concerned, neighbours)) + tuple(_found(content, concerned, neighbours))


def names_someone(text: str, concerned: Voisin, others: Iterable[Voisin]) -> bool:
    """Whether words name one of the others; a name that is also hers names nobody else."""
    words = set(words_of(text))
    own = names_of(concerned.identite)
    return any(words & (names_of(other.identite) - own) for other in others)


def _named(content: FicheContent, concerned: Voisin, others: Sequence[Voisin]) -> Iterator[Problem]:
    if Item.AUTRE_PARTIE in content.items:
        return
    for path in _WORDS:
        if names_someone(" ".join(texts_of(_at(content, path))), concerned, others):
            yield Problem(path, "fiche_nomme_autre_partie")


def _found(content: FicheContent, concerned: Voisin, others: Sequence[Voisin]) -> Iterator[Problem]:
    """Where the other side lives, how it is reached: never on a fiche that the rule keeps from it."""
    kept = [
        other
        for other in others
        if visible_to(concerned.partie, other.partie, Element.CONTACT) is Regle.JAMAIS
        or Item.AUTRE_PARTIE not in content.items
    ]
    for path in (*_WORDS, *_SECTIONS):
        text = " ".join(texts_of(_at(content, path)))
        if any(_locates(text, concerned.identite, other.identite) for other in kept):
            yield Problem(path, "fiche_situe_autre_partie")


def _locates(text: str, own: Identite, other: Identite) -> bool:
    digits = "".join(c for c in text if c.isdecimal())
    mine = {_digits(own.telephone), _digits(own.contact_sur)}
    numbers = {_digits(other.telephone), _digits(other.contact_sur)} - mine
    if any(len(number) >= _FIGURES and number in digits for number in numbers):
        return True
    folded = " ".join(words_of(text))
    places = {_plain(place) for place in (other.adresse, other.courriel)} - {_plain(own.adresse)}
    return any(len(place) >= _ADDRESS and place in folded for place in places)


def names_of(identite: Identite) -> frozenset[str]:
    """Words that name her, long enough to name nobody else."""
    typed = (identite.nom_naissance, identite.nom_usage, identite.prenom, identite.surnom)
    return frozenset(word for words in typed for word in words_of(words) if len(word) >= _SHORTEST)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdecimal())


def _plain(text: str) -> str:
    return " ".join(words_of(text))


def words_of(text: str) -> list[str]:
    """Words without accents nor capitals."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return re.findall(r"[^\W_]+", "".join(c for c in decomposed if not unicodedata.combining(c)))


def _at(content: FicheContent, path: str) -> object:
    value: object = content
    for name in path.split("."):
        value = getattr(value, name)
    return value
