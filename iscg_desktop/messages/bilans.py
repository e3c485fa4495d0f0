"""Bilans: the periods, and the files handed over."""

SENTENCES = {
    "bilan_non_protegeable": "Ce bilan ne peut pas être protégé, même en masquant tous ses chiffres. Choisissez une"
    " période plus longue, ou regroupez des catégories.",
    "bilan_illisible": "Ce fichier de bilan est tronqué ou illisible. Demandez-en un nouvel exemplaire à qui l’a remis.",
    "bilan_autre_format": "Ce fichier n’est pas un bilan au format JSON de ce programme. Choisissez-en un autre.",
    "bilan_plus_recent": "Ce bilan vient d’une version plus récente du programme. Mettez le programme à jour pour le lire.",
    "bilan_modifie": "Ce bilan a été modifié depuis sa remise, ses chiffres ne sont pas fiables. Demandez-en un nouvel"
    " exemplaire à qui l’a remis.",
    "periode_inconnue": "« {code} » ne désigne pas de période. Écrivez par exemple 2026-T1, 2026-S1 ou 2026.",
    "bilan_dates_manquantes": "Indiquez les deux jours entre lesquels compter, par exemple 01/03 et 15/04.",
    "bilan_dates_inversees": "Le dernier jour est avant le premier. Inversez les deux dates.",
    "bilan_periode_en_cours": "La période « {periode} » n’est pas finie. Elle pourra être arrêtée après le {fin}.",
    # verification of bilan files
    "bilan_sans_preuve": "Ce bilan ne porte pas de preuve. Demandez-en un nouvel exemplaire à qui l’a remis.",
    "bilan_preuve_fausse": "La preuve de ce bilan ne tient pas. Demandez-en un nouvel exemplaire à qui l’a remis.",
    "verification_absent": "Le fichier « {fichier} » ne s’ouvre pas. Vérifiez son nom et son dossier.",
    "verification_illisible": "« {fichier} » est tronqué ou illisible. Demandez-en un nouvel exemplaire.",
    "verification_autre_format": "« {fichier} » n’est pas un bilan au format JSON de ce programme. Choisissez-en un"
    " autre.",
    "verification_plus_recent": "« {fichier} » vient d’une version plus récente du programme. Mettez le programme à"
    " jour pour le vérifier.",
    "verification_modifie": "« {fichier} » a été modifié depuis sa remise. Demandez-en un nouvel exemplaire à qui l’a"
    " remis.",
    "verification_sans_preuve": "« {fichier} » ne porte pas de preuve. Demandez-en un nouvel exemplaire.",
    "verification_preuve_fausse": "La preuve de « {fichier} » ne tient pas. Demandez-en un nouvel exemplaire à qui l’a"
    " remis.",
    "verification_autre_coffre": "« {fichier} » vient d’un autre coffre que les précédents. Vérifiez ensemble les"
    " bilans d’un même coffre.",
    "verification_contradictoire": "« {fichier} » contredit un autre bilan de la même période ({periode}). Demandez"
    " lequel fait foi.",
    "verification_contredit": "« {fichier} » et « {autre} » se contredisent. Demandez lequel fait foi.",
    # files taken back after the loss of a coffre
    "reprise_autre_intervenant": "« {fichier} » a été remis sous un autre code que le vôtre. Vérifiez votre identité dans"
    " Réglages.",
    "reprise_predecesseur": "« {fichier} » fait suite à un bilan qui manque. Reprenez ensemble tous les bilans remis.",
    "reprise_contredit": "« {fichier} » n’est pas le bilan que ce coffre a remis pour cette période ({periode}). Il n’est"
    " pas repris.",
    "bilan_trimestre_repris": "La période « {periode} » contient un trimestre repris d’un fichier remis, dont le détail"
    " exact est perdu. Remettez plutôt le bilan de chacun de ses trimestres.",
    "bilan_deja_arrete": "La période « {periode} » est déjà arrêtée. Ses fichiers se remettent à l’identique.",
    "bilan_trimestre_precedent": "Les trimestres s’arrêtent dans l’ordre. Arrêtez d’abord le {periode}.",
    "bilan_vide": "Rien n’est compté pour le {periode}. Il n’y a pas de bilan à arrêter.",
    "bilan_sans_identite": "Le coffre ne sait pas encore qui vous êtes. Complétez votre identité avant d’arrêter un"
    " bilan.",
    "bilan_change": "Une saisie a changé les chiffres du {periode} pendant le calcul. Préparez le bilan de nouveau.",
    "bilan_pas_arrete": "La période « {periode} » n’est pas arrêtée. Arrêtez-la avant de remettre ses fichiers.",
    "recit_nom": "À la ligne {ligne}, un mot est le nom d’une personne du coffre. Retirez-le, ou tournez la phrase autrement.",
    "recit_telephone": "À la ligne {ligne}, il y a un numéro de téléphone. Retirez-le : ce texte sera lu en comité.",
    "recit_dossier": "À la ligne {ligne}, il y a un numéro de dossier du coffre. Retirez-le : ce texte sera lu en comité.",
    "recit_long": "Ce texte dépasse {maximum} caractères. Raccourcissez-le.",
    "recit_arrete": "La période « {periode} » est arrêtée, son rapport est fait. Ce texte ne change plus.",
    "recit_nom_de_lieu": "À la ligne {ligne}, un nom de lieu est aussi celui d’une personne du coffre. Vérifiez qu’il ne"
    " désigne qu’un lieu.",
    "recit_commune_chiffre": "À la ligne {ligne}, un nombre est à côté d’une commune. Ensemble, ils peuvent désigner quelqu’un.",
    "recit_petit_nombre": "À la ligne {ligne}, un petit nombre peut désigner quelqu’un : le bilan, lui, le masquerait.",
    # consolidation
    "consolidation_vide": "Choisissez au moins un fichier de bilan.",
    "consolidation_absent": "« {fichier} » ne s’ouvre pas. Vérifiez qu’il existe et que vous pouvez le lire.",
    "consolidation_illisible": "« {fichier} » est tronqué ou illisible. Demandez-en un nouvel exemplaire à qui l’a remis.",
    "consolidation_autre_format": "« {fichier} » n’est pas un bilan au format JSON de ce programme. Retirez-le de la liste.",
    "consolidation_plus_recent": "« {fichier} » vient d’une version plus récente du programme. Mettez le programme à jour.",
    "consolidation_modifie": "« {fichier} » a été modifié depuis sa remise, ses chiffres ne sont pas fiables. Demandez-en"
    " un nouvel exemplaire à qui l’a remis.",
    "consolidation_double": "« {fichier} » est le même bilan que « {autre} ». Retirez l’un des deux.",
    "consolidation_reemis": "« {fichier} » et « {autre} » disent le même bilan, avec les mêmes chiffres, remis deux fois."
    " Gardez le plus récent.",
    "consolidation_contredit": "« {fichier} » et « {autre} » donnent des chiffres différents pour la même période du même"
    " coffre. Demandez lequel est le bon.",
    "consolidation_chevauche": "« {fichier} » et « {autre} » couvrent des jours communs du même intervenant, qui seraient"
    " comptés deux fois. Gardez l’un des deux.",
    "consolidation_menu": "« {fichier} » suit un menu de tableaux plus ancien que les autres. Réunissez-le à part.",
    "consolidation_tableaux": "Le tableau « {titre} » n’a pas le même sens dans tous les bilans. Réunissez-les à part.",
    "consolidation_sortie": "« {fichier} » : donnez au résultat un nom en .xlsx ou en .json.",
    "consolidation_sortie_lue": "« {fichier} » est un des bilans à réunir. Donnez un autre nom au résultat.",
    # the grid of a recipient
    "grille_nom_manquant": "Donnez un nom à la grille, par exemple celui de son destinataire.",
    "grille_nom_long": "Ce nom dépasse {maximum} caractères, ou tient sur plusieurs lignes. Raccourcissez-le.",
    "grille_nom_pris": "Une autre grille s’appelle déjà « {nom} ». Donnez un autre nom à celle-ci.",
    "grille_vide": "La grille n’a aucune ligne. Ajoutez celles que le destinataire attend.",
    "grille_longue": "La grille dépasse {maximum} lignes. Partagez-la en deux.",
    "grille_libelle_manquant": "La ligne {ligne} n’a pas de mots. Écrivez ceux du destinataire, ou retirez-la.",
    "grille_libelle_long": "La ligne {ligne} dépasse {maximum} caractères. Raccourcissez-la.",
    "grille_indicateur_inconnu": "À la ligne {ligne}, « {code} » n’est le code d’aucun chiffre du bilan. Choisissez-en un"
    " dans la liste, ou laissez le code vide.",
    "grille_sans_bilan": "Aucun bilan n’est encore remis. Arrêtez un premier trimestre, puis reliez la grille à ses chiffres.",
    "grille_inconnue": "Il n’y a pas de grille « {nom} ». Choisissez-en une dans la liste.",
}
