"""Annuaire, orientations and their suites, contacts with partners."""

SENTENCES = {
    "orientation_sans_type": "Vers qui ? Choisissez le type de partenaire.",
    "orientation_sans_personne": "Cette orientation ne concerne personne de cet entretien. Choisissez la personne.",
    "partenaire_sans_nom": "Le nom de la structure manque.",
    "partenaire_sans_type": "Le type de la structure manque. Choisissez-le dans la liste.",
    "partenaire_courriel": "Cette adresse de courriel ne convient pas. Écrivez par exemple accueil@exemple.fr.",
    "correspondant_sans_nom": "Un correspondant n’a pas de nom. Écrivez-le, ou retirez la ligne.",
    "partenaire_ferme": "Cette structure est fermée depuis le {date}. Choisissez-en une autre, ou une date d’avant"
    " sa fermeture.",
    "partenaire_a_demi": "Un partenaire est à demi écrit. Ajoutez-le à l’annuaire, ou annulez-le.",
    "partenaire_utilise": "Cette structure figure dans des contacts, des orientations ou des fiches : elle ne se"
    " supprime pas. Fermez-la plutôt.",
    "secteur_sans_nom": "Le nom du secteur manque.",
    "secteur_en_double": "Un secteur porte déjà ce nom. Choisissez-en un autre, ou modifiez celui-là.",
    "contact_sans_partenaire": "Avec qui ? Choisissez la structure dans l’annuaire.",
    "contact_sans_canal": "Comment ? Choisissez le téléphone, un courriel, une rencontre…",
    "contact_sans_objet": "À quel sujet ? Choisissez une situation, une réunion ou un conseil technique.",
    "contact_trimestre_arrete": "Ce contact est compté dans le bilan du {trimestre}, déjà arrêté. Il ne change plus.",
    "orientation_trimestre_arrete": "Cette orientation est comptée dans le bilan du {trimestre}, déjà arrêté. Seul"
    " l’accord peut encore changer.",
    "orientation_avec_fiche": "La fiche {numero} porte déjà cette orientation : la personne et la structure ne"
    " changent plus. Ajoutez plutôt une autre orientation.",
    "orientation_ne_part_plus": "Une des orientations retirées porte une fiche, une suite, ou compte dans un bilan déjà"
    " arrêté : elle reste. Remettez-la, puis enregistrez.",
    "orientation_disparue": "Une orientation de cet entretien a été retirée ou changée de personne entre-temps."
    " Retirez sa ligne, puis enregistrez.",
    "suite_manquante": "Qu’est devenue l’orientation ? Choisissez une suite.",
    "suite_avant_orientation": "Cette suite est antérieure à l’orientation. Vérifiez la date.",
    "suite_sans_rendez_vous": "Pour quel jour ? Indiquez la date du rendez-vous.",
    "rendez_vous_avant_orientation": "Ce rendez-vous est antérieur à l’orientation. Vérifiez la date.",
    "suite_sans_motif": "Pourquoi ? Écrivez le motif en quelques mots : liste d’attente, hors territoire…",
    "suite_trimestre_arrete": "Cette suite est comptée dans le bilan du {trimestre}, déjà arrêté. Ajoutez-en plutôt"
    " une nouvelle.",
    "annuaire_trop_gros": "Ce fichier est trop gros pour un annuaire. Choisissez-en un de {maximum} Mo au plus.",
    "annuaire_trop_de_lignes": "Ce fichier compte plus de {maximum} lignes. Partagez-le en plusieurs fichiers.",
    "annuaire_illisible": "Ce fichier n’est pas un fichier CSV lisible. Dans le tableur, enregistrez-le au format CSV,"
    " en UTF-8.",
    "annuaire_ligne_illisible": "La ligne {ligne} ne se lit pas, sans doute un guillemet resté ouvert. Corrigez-la dans"
    " le fichier.",
    "annuaire_sans_colonnes": "La première ligne doit nommer les colonnes, dont « nom » et « type ». Prenez pour"
    " modèle un annuaire exporté.",
    "annuaire_fichier_absent": "Ce fichier n’existe pas ou ne se lit pas. Choisissez-en un autre.",
    "annuaire_ligne_double": "Même structure que la ligne {ligne}.",
    "annuaire_cellules_en_trop": "La ligne a plus de cellules que de colonnes.",
    "annuaire_identifiant": "L’identifiant n’en est pas un. Laissez la cellule vide.",
    "annuaire_type_inconnu": "Le type « {type} » n’est pas dans la liste.",
    "annuaire_commune_inconnue": "La commune « {code} » n’existe pas. Écrivez son code INSEE.",
    "annuaire_date": "La date de fermeture ne se lit pas. Écrivez par exemple 2026-11-23.",
}
