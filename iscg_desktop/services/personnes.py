"""Finding a person before another line is made of her."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from iscg_desktop.domain.noms import words
from iscg_desktop.domain.personne import Identite, Personne
from iscg_desktop.domain.rapprochement import Raison, Verdict
from iscg_desktop.domain.recherche import (
    Requete,
    Terme,
    birth_terms,
    birth_year,
    foyer_of,
    home_terms,
    name_terms,
    phone_terms,
    phones,
    read,
    year_terms,
)
from iscg_desktop.reference.prenoms import shipped_prenoms
from iscg_desktop.services.rapprochement import Answer, Ranking, compare
from iscg_desktop.services.session import Session

FIRST_LOOK = 40
"""Persons of the index looked at more closely."""


@dataclass(frozen=True, slots=True)
class Found:
    """A person who answers what was typed, and how well."""

    personne: Personne
    answer: Answer


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person of the coffre who may be the one being typed.

    Attributes:
        verdict: Whether she is likely to be the same, may be, or shares a home.
        raisons: What speaks for and against, to be said in words.
        commune: Name of her commune.
        dossiers: Numbers of her dossiers, the last first.
        dernier_contact: Day of the last contact in any of them.
    """

    personne: Personne
    verdict: Verdict
    raisons: tuple[Raison, ...]
    points: int
    commune: str
    dossiers: tuple[str, ...]
    dernier_contact: date | None


class PersonnesService:
    """Use cases around the persons of the coffre."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def search(self, text: str, limit: int = 20) -> tuple[Found, ...]:
        """Persons who answer what is typed, best first: exact, beginning, by ear, one slip.

        Args:
            text: Names in any order and writing, with or without a birth or an age; or a telephone number.
            limit: How many at most.
        """
        return ranked(self._session, read(text, self._session.clock.today(), shipped_prenoms()), limit)

    def candidates(
        self, identite: Identite, *, but: Iterable[int] = (), limit: int = 5
    ) -> tuple[Candidate, ...]:
        """Persons who may be the one being typed, the likeliest first; nothing is decided for her.

        Args:
            identite: What is known so far.
            but: Persons who are on the page already.
            limit: How many at most.
        """
        requete = _asked_of(identite)
        left_out = set(but)
        ids = [hit.personne_id for hit in self._session.read.recherche_personnes.find(requete, FIRST_LOOK)]
        people = self._session.read.personnes.some(each for each in ids if each not in left_out)
        compared = [
            (person, compare(identite, person.identite, shipped_prenoms())) for person in people.values()
        ]
        kept = [(person, comparison) for person, comparison in compared if comparison.verdict != "autre"]
        kept.sort(key=lambda pair: (-pair[1].points, -pair[0].id))
        lives = self._session.read.personnes.lives(person.id for person, _ in kept[:limit])
        return tuple(
            Candidate(
                personne=person,
                verdict=comparison.verdict,
                raisons=comparison.raisons,
                points=comparison.points,
                commune=self._session.commune(person.identite.commune),
                dossiers=lives[person.id].dossiers,
                dernier_contact=lives[person.id].dernier_contact,
            )
            for person, comparison in kept[:limit]
        )


def ranked(session: Session, requete: Requete, limit: int) -> tuple[Found, ...]:
    """Persons who answer, looked at closely, best first."""
    hits = session.read.recherche_personnes.find(requete, max(FIRST_LOOK, limit))
    people = session.read.personnes.some(hit.personne_id for hit in hits)
    ranking = Ranking(requete, shipped_prenoms())
    found = [
        Found(people[hit.personne_id], answer)
        for hit in hits
        if (answer := ranking.answer(people[hit.personne_id].identite)) is not None
    ]
    found.sort(key=lambda each: -each.answer.points)
    return tuple(found[:limit])


def _asked_of(identite: Identite) -> Requete:
    """What the index is asked for a person being typed: anything she has may be what is found."""
    prenoms = shipped_prenoms()
    termes: list[Terme] = []
    jeton = 0
    for name in dict.fromkeys((identite.nom_usage, identite.nom_naissance, identite.prenom, identite.surnom)):
        mots = words(name)
        termes += name_terms(mots, prenoms, jeton)
        jeton += len(mots)
    if not termes and not phones(identite.telephone + " " + identite.contact_sur):
        return Requete()
    if identite.naissance is not None and identite.naissance.date is not None:
        termes += birth_terms(jeton, identite.naissance.date)
    elif (year := birth_year(identite)) is not None:
        termes += year_terms(jeton, (year, year))
    numbers = phones(identite.telephone) + phones(identite.contact_sur)
    termes += phone_terms(jeton + 1, numbers)
    termes += home_terms(jeton + 2, foyer_of(identite))
    return Requete(termes=tuple(termes))
