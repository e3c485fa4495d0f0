"""Conformité: how long dossiers are kept, what is erased."""

SENTENCES = {
    "conservation_hors_bornes": "La durée doit être de {minimum} à {maximum} mois après le dernier contact.",
    "conservation_sans_motif": "Cette durée n’est pas celle qui est recommandée. Écrivez pourquoi, en une phrase.",
    "prolongation_sans_date": "Jusqu’à quand garder ce dossier ? Écrivez une date.",
    "prolongation_passee": "Cette date est passée. Écrivez une date à venir.",
    "prolongation_longue": "On ne prolonge pas de plus de {annees} ans à la fois. Écrivez une date plus proche.",
    "prolongation_sans_motif": "Écrivez pourquoi ce dossier doit être gardé plus longtemps.",
    "horloge_reculee": "L’horloge de l’ordinateur est en retard : le coffre a déjà servi le {jour}."
    " Remettez-la à l’heure, puis recommencez.",
    "dossier_efface": "Ce dossier a déjà été effacé. La liste est à jour.",
    "personne_effacee": "Cette personne a déjà été effacée. La liste est à jour.",
}
