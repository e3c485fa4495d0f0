"""Saisines: calls, rendez-vous, sans suite; the agenda."""

SENTENCES = {
    "saisine_deja_ouverte": "Cette saisine a déjà son dossier. Ouvrez ce dossier pour continuer.",
    "saisine_inconnue": "Cette saisine n’est plus dans le coffre. La liste vient d’être relue.",
    "saisine_sans_dossier": "Cette saisine n’a pas de dossier : il n’y a rien à détacher.",
    "saisine_dossier_arrete": "Ce dossier compte dans le {trimestre}, déjà arrêté, avec ses délais : cela ne change plus.",
    "tentative_inconnue": "Cet appel n’est plus noté. La page vient d’être relue.",
    "saisine_sans_suite": "Cette saisine est classée sans suite. Reprenez-la d’abord.",
    "saisine_pas_sans_suite": "Cette saisine n’est pas classée sans suite : il n’y a rien à reprendre.",
    "saisine_trimestre_arrete": "Cette saisine compte dans le {trimestre}, déjà arrêté : la date, l’origine, le support"
    " et l’unité ne changent plus.",
    "saisine_reprise_arretee": "Cette saisine compte dans le {trimestre}, déjà arrêté : elle ne peut plus être reprise."
    " Notez-en une nouvelle.",
    "sans_suite_sans_motif": "Dites pourquoi cette saisine reste sans suite : refus, injoignable, réorientée, hors champ.",
    "tentative_sans_resultat": "Dites ce que l’appel a donné : injoignable, pas de message, rappel demandé ou jointe.",
    "tentative_avant_saisine": "Cet appel serait antérieur à la saisine. Vérifiez la date.",
    "rendez_vous_sans_date": "Le jour du rendez-vous manque. Écrivez par exemple demain, jeudi ou 12/3.",
    "rendez_vous_passe": "Ce jour est passé. Indiquez un jour à venir, ou aujourd’hui.",
    "rendez_vous_sans_heure": "L’heure du rendez-vous manque. Écrivez par exemple 9h30.",
    "rendez_vous_sans_unite": "Le rendez-vous est à l’unité : dites laquelle.",
    "rendez_vous_sans_objet": "Dites en deux mots de quoi il s’agit, ou choisissez un dossier.",
    "rendez_vous_objet_long": "Cet objet dépasse 200 caractères. Raccourcissez-le : le reste va dans l’entretien.",
    "permanence_sans_unite": "Choisissez l’unité où se tient la permanence.",
    "permanence_sans_jour": "Le jour de la permanence manque. Écrivez par exemple mardi ou 12/3.",
    "permanence_sans_heure": "Cette heure manque. Écrivez par exemple 9h30.",
    "permanence_finit_avant": "La permanence finit avant d’avoir commencé. Corrigez l’une des deux heures.",
    "permanence_jusqu_avant": "Cette date est avant la première permanence. Laissez-la vide si elle n’a pas de fin.",
    "permanence_introuvable": "Cette permanence n’existe plus. La page vient d’être relue.",
    "permanence_autre_jour": "Aucune permanence n’est prévue ce jour-là. La page vient d’être relue.",
    "rendez_vous_introuvable": "Ce rendez-vous n’existe plus. La page vient d’être relue.",
}
