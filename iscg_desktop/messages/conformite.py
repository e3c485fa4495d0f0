"""Conformité: how long dossiers are kept, what is erased, what persons ask about their data."""

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
    "copie_jamais_recu": "Vous n’avez jamais reçu cette personne : une copie lui apprendrait qu’on a parlé d’elle."
    " Ne répondez rien vous-même ; voyez avec votre délégué à la protection des données.",
    "note_vide": "Ce texte est vide. Écrivez-le, ou reprenez celui d’origine.",
    "note_place_inconnue": "« {{{place}}} » n’est rempli par rien. Reprenez les mots entre accolades du texte d’origine.",
    "note_sans_ecrire": "La note doit dire à qui écrire : laissez {{ecrire}} dans l’un des textes.",
    "note_langue_inconnue": "La note n’existe pas dans cette langue ({langue}). Choisissez-en une de la liste.",
    "traitement_sans_identite": "Votre nom et votre employeur manquent. Complétez-les dans les réglages.",
    "elimination_sans_dossier": "Choisissez au moins un dossier.",
    "demande_sans_droit": "Choisissez ce que la personne demande.",
    "demande_sans_date": "Écrivez la date.",
    "demande_note_longue": "Cette note est trop longue. Tenez-la en {maximum} caractères.",
    "demande_deja_repondue": "La réponse à cette demande est déjà notée.",
    "demande_hors_terme": "Le mois pour répondre est passé : il n’est plus temps de le prolonger. Répondez au plus vite.",
    "reponse_avant_demande": "La réponse ne peut pas précéder la demande. Vérifiez la date.",
    "reponse_manquante": "Choisissez ce qui a été répondu.",
    "reponse_sans_motif": "Écrivez pourquoi la demande n’est pas satisfaite en entier : la personne doit le savoir.",
}
