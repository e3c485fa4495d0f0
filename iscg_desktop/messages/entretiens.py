"""Entretiens, their persons, their pièces jointes, the corbeille."""

SENTENCES = {
    "problematique_manquante": "La problématique principale manque. Choisissez-en une : le bilan compte par elle.",
    "personne_manquante": "Aucune personne n’est notée. Ajoutez au moins une ligne, même sans nom.",
    "personne_en_double": "La même personne figure deux fois. Retirez une des deux lignes.",
    "personne_presente_manquante": "L’entretien est noté réalisé, mais personne n’était là. Indiquez qui était présent, ou changez"
    " l’issue.",
    "naissance_apres_entretien": "Cette naissance est postérieure à l’entretien. Vérifiez l’une des deux dates.",
    "reponse_contradictoire": "Ces réponses se contredisent : « aucune », « sans » ou « non renseigné » restent seuls. Retirez l’un"
    " ou l’autre.",
    "entretien_trimestre_arrete": "Le trimestre de cet entretien est arrêté : cette réponse compte dans un bilan et ne change plus."
    " Remettez-la comme elle était.",
    "entretien_apres_suite": "Une suite du {date} est déjà notée pour une orientation de cet entretien : la date ne peut"
    " pas lui être postérieure. Vérifiez l’une des deux.",
    "entretien_a_la_corbeille": "Cet entretien est à la corbeille. Reprenez-le d’abord.",
    "entretien_hors_corbeille": "Cet entretien n’est plus à la corbeille.",
    "corbeille_jours": "Écrivez un nombre de jours entre 1 et 365.",
    "accueil_sans_entretien": "Cette personne ne figure dans aucun entretien de ce dossier. Ajoutez-la à un entretien.",
    "accueil_trimestre_arrete": "Le trimestre de cet entretien est arrêté, ses comptes ne changent plus. Notez-la accueillie dans un"
    " nouvel entretien.",
    "piece_type": "Ce fichier n’est ni une photo JPEG ou PNG, ni un PDF. Choisissez-en un autre.",
    "piece_trop_lourde": "Ce fichier dépasse {maximum} Mo. Photographiez-le en qualité moindre, ou scannez-le en PDF.",
    "piece_vide": "Ce fichier est vide. Choisissez-en un autre.",
    "piece_illisible": "Ce fichier ne peut pas être lu. Vérifiez qu’il existe et que vous y avez accès.",
    "piece_sans_nom": "Le nom manque. Écrivez en deux mots ce que c’est, par exemple « courrier du bailleur ».",
    "piece_disparue": "Cette pièce n’est plus dans le coffre.",
    "mot_illisible": "Ce n’est pas un mot. Écrivez-en un seul, sans espace ni chiffre.",
    "saisine_apres_entretien": "La saisine est postérieure à l’entretien. Vérifiez l’une des deux dates.",
}
