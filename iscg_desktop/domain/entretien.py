"""One contact, held or attempted: what the form gives, what is wrong with it, what is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.domain.personne import Identite, Profil
from iscg_desktop.domain.saisine import SaisineDraft
from iscg_desktop.errors import Problem

REALISE = "realise"
"""Issue of an entretien that took place; whoever took part in it is a « personne accueillie »."""

A_CONFIRMER = "a_confirmer"
"""Stands among what is missing for facts taken from an earlier entretien that nobody confirmed."""


@dataclass(frozen=True, slots=True)
class PersonneDraft:
    """One line of the entretien: a person present or concerned.

    Attributes:
        personne_id: None for someone the coffre does not know yet.
        identite: Identity as it reads now; it updates the person.
        profil: Facts as of the day; age and sex are taken from the identity when the line is kept.
        presente: Whether she took part.
        accueillie: Counted although not met (a child or a relative helped without being seen).
        accord: Whether she agrees that elements be handed over.
        statut_confirme: She was asked whether a statut opposed to the one noted before is right.
        reprises: Facts taken from an earlier entretien and not confirmed since, each with the day it comes from.
    """

    personne_id: int | None = None
    identite: Identite = field(default_factory=Identite)
    profil: Profil = field(default_factory=Profil)
    presente: bool = True
    accueillie: bool = False
    accord: str = "non_recueilli"
    statut_confirme: bool = False
    reprises: tuple[tuple[str, dt.date], ...] = ()


@dataclass(frozen=True, slots=True)
class EntretienDraft:
    """An entretien as typed.

    Attributes:
        dossier_id: None opens a dossier, and then ``saisine`` says how it came.
        duree: Minutes.
        problematiques: Secondary ones, the principale left out.
        elements_transmissibles: Text that may go to a fiche.
        notes_de_travail: Text that never leaves the coffre.
    """

    dossier_id: int | None
    date: dt.date | None
    heure: dt.time | None = None
    duree: int | None = None
    mode: str = NON_RENSEIGNE
    issue: str = REALISE
    lieu: str = NON_RENSEIGNE
    unite_id: int | None = None
    partenaire_id: int | None = None
    problematique_principale: str | None = None
    problematiques: tuple[str, ...] = ()
    demandes: tuple[str, ...] = ()
    reponses: tuple[str, ...] = ()
    personnes: tuple[PersonneDraft, ...] = ()
    orientations: tuple[OrientationDraft, ...] = ()
    elements_transmissibles: str = ""
    notes_de_travail: str = ""
    saisine: SaisineDraft | None = None
    saisine_id: int | None = None
    regime: str = "adulte_difficulte"

    def check(self, today: dt.date) -> tuple[Problem, ...]:
        """All that is wrong with it, field by field, so that she mends it in one go."""
        problems: list[Problem] = []
        if self.date is None:
            problems.append(Problem("date", "date_manquante"))
        elif self.date > today:
            problems.append(Problem("date", "date_future"))
        if self.problematique_principale is None:
            problems.append(Problem("problematique_principale", "problematique_manquante"))
        problems += self._check_persons(self.date or today)
        if self.saisine is not None:
            problems += self.saisine.check(today, "saisine.")
            if self.saisine.date and self.date and self.saisine.date > self.date:
                problems.append(Problem("saisine.date", "saisine_apres_entretien"))
        for rank, orientation in enumerate(self.orientations):
            problems += orientation.check(len(self.personnes), f"orientations.{rank}.")
        return tuple(problems)

    def _check_persons(self, event: dt.date) -> list[Problem]:
        if not self.personnes:
            return [Problem("personnes", "personne_manquante")]
        problems: list[Problem] = []
        known = [person.personne_id for person in self.personnes if person.personne_id is not None]
        if len(set(known)) < len(known):
            problems.append(Problem("personnes", "personne_en_double"))
        if self.issue == REALISE and not any(p.presente or p.accueillie for p in self.personnes):
            problems.append(Problem("personnes", "personne_presente_manquante"))
        for rank, person in enumerate(self.personnes):
            problems += person.identite.check(event, f"personnes.{rank}.")
            problems += person.profil.check(f"personnes.{rank}.")
        return problems

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts that the bilan will count as non renseigné, over all persons met; names of ``Profil``.

        Facts taken from an earlier entretien and not confirmed are counted: ``A_CONFIRMER`` says there are some.
        """
        names: dict[str, None] = {}
        for person in self.personnes:
            if person.presente or person.accueillie:
                # Sex, age and commune are those of the identity once the line is kept.
                of_identity = {
                    "sexe": person.identite.sexe == NON_RENSEIGNE,
                    "age": person.identite.naissance is None,
                    "commune": person.identite.commune is None,
                }
                names |= dict.fromkeys(name for name, unknown in of_identity.items() if unknown)
                names |= dict.fromkeys(name for name in person.profil.missing if name not in of_identity)
        if self.mode == NON_RENSEIGNE:
            names["mode"] = None
        if not self.demandes:
            names["demandes"] = None
        if not self.reponses:
            names["reponses"] = None
        if any(person.reprises for person in self.personnes if person.presente or person.accueillie):
            names[A_CONFIRMER] = None
        return tuple(names)


@dataclass(frozen=True, slots=True)
class PersonnePresente:
    """One line of a recorded entretien; attributes as in ``PersonneDraft``."""

    personne_id: int
    nom: str
    presente: bool
    accord: str
    profil: Profil
    accueillie: bool = False
    reprises: tuple[tuple[str, dt.date], ...] = ()


@dataclass(frozen=True, slots=True)
class OrientationFaite:
    """An orientation that a recorded entretien made, without what became of it; attributes as in ``Orientation``."""

    id: int
    personne_id: int
    nom: str
    date: dt.date
    type: str
    partenaire_id: int | None
    accord: str
    motif: str


@dataclass(frozen=True, slots=True)
class Entretien:
    """An entretien of the coffre, whole.

    Attributes:
        modifie_le: UTC moment of its last correction.
        mis_a_la_corbeille_le: Day it was put in the corbeille; None while it is not there.
        trimestre: Quarter it counts in; None in the corbeille, unless that quarter was already arrêté.
    """

    id: int
    dossier_id: int
    date: dt.date
    heure: dt.time | None
    duree: int | None
    mode: str
    issue: str
    lieu: str
    unite_id: int | None
    problematique_principale: str
    problematiques: tuple[str, ...]
    demandes: tuple[str, ...]
    reponses: tuple[str, ...]
    personnes: tuple[PersonnePresente, ...]
    elements_transmissibles: str
    notes_de_travail: str
    partenaire_id: int | None = None
    modifie_le: dt.datetime | None = None
    mis_a_la_corbeille_le: dt.date | None = None
    trimestre: str | None = None
    orientations: tuple[OrientationFaite, ...] = ()

    @property
    def own_orientations(self) -> tuple[OrientationFaite, ...]:
        """Those of somebody who has a line here; one turned since to another person is corrected by itself."""
        here = {line.personne_id for line in self.personnes}
        return tuple(each for each in self.orientations if each.personne_id in here)

    def supports(self, personne_id: int) -> bool:
        """Whether a person counts as accueillie by this entretien: met in it, or helped without being met."""
        if self.mis_a_la_corbeille_le is not None:
            return False
        line = next((line for line in self.personnes if line.personne_id == personne_id), None)
        return line is not None and (line.accueillie or (line.presente and self.issue == REALISE))
