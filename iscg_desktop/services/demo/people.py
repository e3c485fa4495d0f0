"""Draws fictitious dossiers whose proportions are those of the guide, the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.entretien import PersonneDraft
from iscg_desktop.domain.personne import Identite, Profil
from iscg_desktop.services.demo.names import NOMS, PRENOMS_FEMME, PRENOMS_HOMME, RUES

_T = TypeVar("_T")

# Shares of the personnes accueillies, of the ANISCG guide of 2012 (lines 128, 210, 211, 303 and 309).
FEMMES = 0.72
INTRAFAMILIAL = 0.55
INCONNUS = 0.50
NON_SUIVIS = 0.65
MOINS_13 = 0.21
DE_13_A_17 = 0.14
MINIMA = 0.43

ACCUEILS_PAR_DOSSIER = 1.4

_PRINCIPALES = {
    "violences_conjugales_physiques": 18, "violences_conjugales_psychologiques": 10, "conflit_conjugal": 9,
    "separation_conflictuelle": 8, "conflit_familial": 6, "violences_sur_ascendant": 2, "violences_sur_mineur": 2,
}  # fmt: skip
_AUTRES_PRINCIPALES = {
    "mineur_en_danger": 6, "difficultes_educatives": 6, "fugue": 3, "harcelement": 3, "menaces": 2,
    "conflit_de_voisinage": 5, "personne_agee_isolee": 5, "perte_d_autonomie": 3, "expulsion_rupture": 4,
    "difficultes_financieres": 3, "troubles_psychiques": 4, "alcool": 2, "risque_suicidaire": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DossierFictif:
    """What a fictitious dossier will be: when, about what, who."""

    day: date
    principale: str
    intrafamilial: bool
    personnes: tuple[PersonneDraft, ...]


def weighted(random: Random, weights: dict[_T, int]) -> _T:
    """One key, as often as its weight says."""
    return random.choices(list(weights), list(weights.values()))[0]


def quota(random: Random, size: int, share: float) -> list[bool]:
    """``size`` answers of which exactly the share (rounded) is yes, in random order."""
    yes = round(size * share)
    answers = [True] * yes + [False] * (size - yes)
    random.shuffle(answers)
    return answers


def dossiers_fictifs(
    random: Random, number: int, first: date, last: date, communes: Sequence[str]
) -> tuple[DossierFictif, ...]:
    """Fictitious dossiers in order of date; the proportions hold over all of them, rounded."""
    accueils = max(number, round(number * ACCUEILS_PAR_DOSSIER))
    ages = _ages(random, accueils)
    minors_first = sorted(ages)  # extra persons of a dossier are its children
    extras, primaries = minors_first[: accueils - number], minors_first[accueils - number :]
    random.shuffle(primaries)
    random.shuffle(extras)
    family: list[list[int]] = [[age] for age in primaries]
    adults = [index for index, age in enumerate(primaries) if age >= 25] or list(range(number))
    for age in extras:
        family[random.choice(adults)].append(age)
    facts = _Facts(random, [age for ages_of_dossier in family for age in ages_of_dossier], communes)
    span = (last - first).days
    days = sorted(first + timedelta(days=random.randint(0, span)) for _ in range(number))
    about = quota(random, number, INTRAFAMILIAL)
    return tuple(
        DossierFictif(
            day=day,
            principale=weighted(random, _PRINCIPALES if intrafamilial else _AUTRES_PRINCIPALES),
            intrafamilial=intrafamilial,
            personnes=facts.family(ages_of_dossier, day),
        )
        for day, intrafamilial, ages_of_dossier in zip(days, about, family, strict=True)
    )


def _ages(random: Random, size: int) -> list[int]:
    under_13, teens = round(size * MOINS_13), round(size * DE_13_A_17)
    adults = size - under_13 - teens
    found = [random.randint(1, 12) for _ in range(under_13)] + [random.randint(13, 17) for _ in range(teens)]
    bands = {(18, 24): 14, (25, 34): 28, (35, 44): 26, (45, 54): 15, (55, 64): 8, (65, 74): 5, (75, 93): 4}
    return found + [random.randint(*weighted(random, bands)) for _ in range(adults)]


class _Facts:
    """Deals the facts of the persons, each share exact over all of them."""

    def __init__(self, random: Random, ages: Sequence[int], communes: Sequence[str]) -> None:
        self._random = random
        self._communes = communes
        size = len(ages)
        adults = sum(age >= 18 for age in ages)
        self._women = quota(random, size, FEMMES)
        unknown = round(size * INCONNUS)
        alone = round(size * NON_SUIVIS)
        self._suivi = (
            [("inconnu", "non")] * unknown
            + [("connu", "non")] * (alone - unknown)
            + [("connu", "secteur")] * (size - alone)
        )
        random.shuffle(self._suivi)
        # The share is of all persons; only adults receive it.
        self._minima = quota(random, adults, min(1.0, size * MINIMA / max(1, adults)))

    def family(self, ages: Sequence[int], day: date) -> tuple[PersonneDraft, ...]:
        """The persons of a dossier, the first one met, the others helped with her."""
        random = self._random
        nom, commune = random.choice(NOMS), random.choice(self._communes)
        adresse = f"{random.randint(1, 60)} {random.choice(RUES)}"
        return tuple(
            self._person(age, day, nom, commune, adresse, first=rank == 0) for rank, age in enumerate(ages)
        )

    def _person(
        self, age: int, day: date, nom: str, commune: str, adresse: str, *, first: bool
    ) -> PersonneDraft:
        random = self._random
        woman = self._women.pop()
        connu, suivi = self._suivi.pop()
        adult = age >= 18
        birthday = day - timedelta(days=round(age * 365.2425) + random.randint(1, 300))
        naissance = (
            Naissance(annee=birthday.year) if adult and random.random() < 0.08 else Naissance(date=birthday)
        )
        usage = random.choice(NOMS) if woman and age >= 25 and random.random() < 0.4 else ""
        identite = Identite(
            nom_naissance=nom,
            nom_usage=usage,
            prenom=random.choice(PRENOMS_FEMME if woman else PRENOMS_HOMME),
            sexe="femme" if woman else "homme",
            naissance=naissance,
            adresse=adresse,
            commune=commune,
            telephone=f"06 00 00 {random.randint(0, 99):02d} {random.randint(0, 99):02d}" if adult else "",
            contact_sur=f"07 00 00 {random.randint(0, 99):02d} {random.randint(0, 99):02d}"
            if first and adult
            else "",
            contact_sur_horaires="en semaine, de 9 h à 16 h" if first and random.random() < 0.5 else "",
            sans_message=first and random.random() < 0.4,
            informee_le=day if first else None,
        )
        profil = self._profil(age, woman=woman, connu=connu, suivi=suivi, first=first)
        return PersonneDraft(
            None,
            identite,
            profil,
            presente=first,
            accueillie=not first,
            accord="oui" if first else "non_recueilli",
        )

    def _profil(self, age: int, *, woman: bool, connu: str, suivi: str, first: bool) -> Profil:
        random = self._random
        if age < 18:
            ressources: tuple[str, ...] = ("sans_ressources",)
            activite, csp, conjugale = "etudiant_scolarise", "autres_sans_activite", "celibataire"
        else:
            minima = self._minima.pop()
            ressources = (random.choice(("rsa", "aah", "ass")),) if minima else ("salaire",)
            activite = "retraite" if age >= 65 else ("sans_activite" if minima else "en_emploi")
            csp = "retraites" if age >= 65 else ("autres_sans_activite" if minima else _csp(random))
            conjugale = random.choice(("marie", "concubinage", "separe", "divorce", "celibataire", "pacse"))
        statut = weighted(
            random,
            {"victime": 72, "mis_en_cause": 10, "ni_l_un_ni_l_autre": 18}
            if first
            else {"famille_victime": 1},
        )
        vulnerable = (
            ("personne_agee",)
            if age >= 75
            else (("personne_handicapee",) if random.random() < 0.05 else ("aucune",))
        )
        return Profil(
            statut=statut,
            situation_conjugale=conjugale,
            type_menage="couple_avec_enfant" if woman else random.choice(("isole", "couple_sans_enfant")),
            activite=activite,
            csp=csp,
            logement=weighted(
                random,
                {"locataire_prive": 40, "locataire_social": 30, "proprietaire": 20, "heberge_tiers": 10},
            ),
            connu_services_sociaux=connu,
            suivi_en_cours=suivi,
            vulnerabilite=vulnerable,
            ressources=ressources,
        )


def _csp(random: Random) -> str:
    return weighted(
        random,
        {
            "employes": 35,
            "ouvriers": 20,
            "professions_intermediaires": 20,
            "cadres": 10,
            "artisans_commercants": 10,
            "agriculteurs": 5,
        },
    )
