"""The French sentence of every error code: what is wrong, where, and what to do."""

from __future__ import annotations

from iscg_desktop.errors import Problem, UserError

# One block per room, so that a code is found where it is raised. Braces are filled with the
# values of the error. A test compares this table with every code the program can raise.
SENTENCES: dict[str, str] = {
    # general
    "saisie_invalide": "Il reste {nombre} point(s) à corriger dans la page.",
    # ui kit: dates, hours, durations and births as they are typed
    "date_illisible": "Cette date ne se lit pas. Écrivez par exemple 12/3, 12 mars 2026, lundi ou hier.",
    "date_impossible": "Le {jour}/{mois}/{annee} n’existe pas dans le calendrier. Vérifiez le jour et le mois.",
    "date_trop_lointaine": "Cette date est hors du calendrier tenu ici (1900 à 2100). Vérifiez l’année.",
    "date_autre_jour": "Le {date} est un {jour}. Corrigez la date ou le jour.",
    "heure_illisible": "Cette heure ne se lit pas. Écrivez par exemple 9h30 ou 14h.",
    "heure_impossible": "Cette heure n’existe pas. Écrivez une heure entre 0 h et 23 h 59.",
    "duree_illisible": "Cette durée ne se lit pas. Écrivez par exemple 45 ou 1h30.",
    "duree_impossible": "Cette durée n’est pas possible. Écrivez au plus 24 h, et moins de 60 minutes après l’heure.",
    "naissance_illisible": "Cette naissance ne se lit pas. Écrivez 12/3/1988, 1988, ou ~30 pour un âge estimé.",
    "naissance_future": "Cette naissance est dans l’avenir. Vérifiez l’année.",
    "naissance_trop_ancienne": "Cette naissance est trop ancienne. Écrivez une année depuis 1900 ou un âge jusqu’à 120 ans.",
}


def sentence(error: UserError | Problem) -> str:
    """French sentence for an error or a problem; values fill the braces."""
    return SENTENCES[error.code].format(**error.values)
