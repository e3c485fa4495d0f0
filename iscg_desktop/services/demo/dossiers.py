"""What happens to fictitious dossiers around their entretiens: the other side, why they close, what waits."""

from __future__ import annotations

from random import Random

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.entretien import PersonneDraft
from iscg_desktop.domain.personne import Identite, Profil
from iscg_desktop.services.demo.names import NOMS, PRENOMS_FEMME, PRENOMS_HOMME
from iscg_desktop.services.demo.people import DossierFictif

MOTIFS_CLOTURE = (
    "Relais pris par le service social de secteur",
    "La personne ne souhaite pas de suite",
    "Situation apaisée",
    "Sans nouvelles malgré trois appels",
)

POINTS = (
    "Quel hébergement proposer si elle part avant la fin du mois ?",
    "Information préoccupante : qui la rédige ?",
    "Relancer le service de secteur, sans réponse depuis trois semaines",
)


def mis_en_cause(dossier: DossierFictif) -> PersonneDraft | None:
    """The other side of one intrafamilial dossier in three: known, never met, so that no count moves.

    Drawn apart: the dossiers of a seed stay those they were.
    """
    first = dossier.personnes[0]
    random = Random(
        f"{dossier.day} {dossier.principale} {first.identite.nom_naissance} {first.identite.telephone}"
    )
    if not dossier.intrafamilial or first.profil.statut != "victime" or random.random() >= 1 / 3:
        return None
    woman = first.identite.sexe == "homme"
    identite = Identite(
        nom_naissance=random.choice(NOMS),
        prenom=random.choice(PRENOMS_FEMME if woman else PRENOMS_HOMME),
        sexe="femme" if woman else "homme",
        naissance=Naissance(annee=dossier.day.year - random.randint(24, 60)),
        commune=first.identite.commune,
    )
    return PersonneDraft(None, identite, Profil(statut="mis_en_cause"), presente=False)
