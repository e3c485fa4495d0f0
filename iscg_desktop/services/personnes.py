"""Finding a person before another line is made of her."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from iscg_desktop.domain.dossier import DossierLine
from iscg_desktop.domain.noms import words
from iscg_desktop.domain.personne import Identite, Nommee, Personne
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
from iscg_desktop.errors import InvalidInput, Problem
from iscg_desktop.reference.prenoms import shipped_prenoms
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.rapprochement import Answer, Ranking, compare
from iscg_desktop.services.session import Session
from iscg_desktop.storage.fusions import Fusion
from iscg_desktop.storage.liens import Lien

FIRST_LOOK = 40
"""Persons of the index looked at more closely."""


class Found(NamedTuple):
    """A person who answers what was typed, and how well."""

    personne: Nommee
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


@dataclass(frozen=True, slots=True)
class Carte:
    """A person with all that leads to her: her dossiers, whom she is linked to, the last merge into her."""

    personne: Personne
    dossiers: tuple[DossierLine, ...]
    liens: tuple[Lien, ...]
    fusion: Fusion | None


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

    def open(self, personne_id: int) -> Carte:
        """Read a person; the reading goes to the journal. One who was merged is read where she is now."""
        carte = self.reread(personne_id)
        self._session.note("lecture", "personne", str(carte.personne.id))
        return carte

    def reread(self, personne_id: int) -> Carte:
        """Read again a person who is already on screen."""
        read = self._session.read
        personne = read.personnes.get(read.fusions.current(personne_id))
        ids = read.dossiers.of_persons([personne.id]).get(personne.id, ())
        return Carte(
            personne, read.dossiers.lines(ids), read.liens.of(personne.id), read.fusions.last_of(personne.id)
        )

    def identite(self, personne_id: int) -> Identite:
        """Who she is, for a field that names her."""
        return self._session.read.personnes.get(personne_id).identite

    def amend(self, personne_id: int, identite: Identite) -> Changes:
        """Change what is known of who she is; the facts of her past entretiens stay as they were.

        Raises:
            InvalidInput: With every problem; nothing is changed then.
        """
        today = self._session.clock.today()
        problems = identite.check(today)
        if identite.commune and self._session.territories.commune(identite.commune) is None:
            problems += (Problem("commune", "commune_inconnue"),)
        if problems:
            raise InvalidInput(problems)
        with self._session.transaction() as tx:
            current = tx.fusions.current(personne_id)
            tx.personnes.change(current, dated(identite, today))
            for dossier_id in tx.personnes.dossiers_of(current):
                tx.dossiers.index(dossier_id)
            tx.journal.append("modification", "personne", str(current), self._session.clock.now())
            tx.commit()
        return changes("personnes", "dossiers")

    def link(self, personne_id: int, autre_id: int | None, lien: str | None) -> Changes:
        """Say what ``autre`` is to ``personne``; it reads from both sides.

        Raises:
            InvalidInput: With every problem.
        """
        problems = []
        if autre_id is None:
            problems.append(Problem("personne", "lien_sans_personne"))
        elif personne_id == autre_id:
            problems.append(Problem("personne", "lien_avec_soi"))
        if lien is None or lien not in self._session.nomenclatures["lien"]:
            problems.append(Problem("lien", "lien_sans_lien"))
        if problems or autre_id is None or lien is None:
            raise InvalidInput(tuple(problems))
        with self._session.transaction() as tx:
            tx.liens.put(tx.fusions.current(personne_id), tx.fusions.current(autre_id), lien)
            tx.journal.append("modification", "personne", str(personne_id), self._session.clock.now())
            tx.commit()
        return changes("personnes")

    def unlink(self, personne_id: int, autre_id: int) -> Changes:
        """Say nothing more of the two."""
        with self._session.transaction() as tx:
            tx.liens.drop(personne_id, autre_id)
            tx.journal.append("modification", "personne", str(personne_id), self._session.clock.now())
            tx.commit()
        return changes("personnes")


def dated(identite: Identite, day: date) -> Identite:
    """The identity with the day of its estimated age, so that it grows with the years."""
    estimated = identite.naissance is not None and identite.naissance.age_estime is not None
    return replace(identite, age_estime_le=(identite.age_estime_le or day) if estimated else None)


def ranked(session: Session, requete: Requete, limit: int) -> tuple[Found, ...]:
    """Persons who answer, looked at closely, best first."""
    hits = session.read.recherche_personnes.find(requete, max(FIRST_LOOK, limit))
    look = Ranking(requete, shipped_prenoms()).answer
    found = [
        Found(her.nommee, answer)
        for her in session.looked_for(hit.personne_id for hit in hits).values()
        if (answer := look(her)) is not None
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
