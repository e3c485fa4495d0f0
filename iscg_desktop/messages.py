"""The French sentence of every error code: what is wrong, where, and what to do."""

from __future__ import annotations

from iscg_desktop.errors import Problem, UserError

# One block per room, so that a code is found where it is raised. Braces are filled with the
# values of the error. A test compares this table with every code the program can raise.
SENTENCES: dict[str, str] = {
    # general
    "saisie_invalide": "À corriger dans la page : {nombre}.",
    "erreur_interne": "Quelque chose n’a pas fonctionné dans le programme. Ce que vous avez saisi est gardé"
    " en brouillon. Si cela se répète, signalez-le.",
    "erreur_interne_porte": "Quelque chose n’a pas fonctionné dans le programme. Recommencez. Si cela se répète,"
    " signalez-le.",
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
    # coffre: the vault and the disk under it
    "phrase_de_passe_incorrecte": "Cette phrase de passe n’ouvre pas ce coffre. Vérifiez les majuscules et le clavier,"
    " puis recommencez.",
    "code_secours_groupe": "Le code de secours comporte une erreur. Relisez le groupe {groupes} sur votre feuille.",
    "code_secours_longueur": "Le code de secours compte {attendu} caractères, et {recu} sont écrits. Complétez-le d’après"
    " votre feuille.",
    "code_secours_incorrect": "Ce code de secours est bien écrit, mais c’est celui d’un autre coffre. Vérifiez la feuille.",
    "code_secours_different": "Ce code de secours n’est pas celui qui vient d’être affiché. Recopiez celui de la page.",
    "pas_un_coffre": "Ce dossier ne contient pas de coffre. Choisissez-en un autre, ou créez un coffre.",
    "coffre_existe_deja": "Un coffre existe déjà dans ce dossier. Ouvrez-le, ou choisissez un autre dossier.",
    "dossier_non_vide": "Ce dossier contient déjà des fichiers. Choisissez un dossier vide ou nouveau pour le coffre.",
    "coffre_deja_ouvert": "Ce coffre est déjà ouvert dans une autre fenêtre. Revenez à cette fenêtre, ou fermez-la.",
    "coffre_occupe": "Une vérification ou un autre programme lit le coffre. Attendez quelques secondes et recommencez.",
    "coffre_plus_recent": "Ce coffre vient d’une version plus récente du programme. Mettez le programme à jour pour"
    " l’ouvrir. Rien n’a été modifié.",
    "entetes_abimes": "Les deux copies de l’en-tête du coffre sont abîmées, il ne peut pas être ouvert. Ne supprimez rien,"
    " gardez une copie du dossier et restaurez votre dernière sauvegarde.",
    "coffre_abime": "La base du coffre est abîmée ou incomplète. Rien n’a été modifié. Gardez une copie du dossier et"
    " restaurez votre dernière sauvegarde.",
    "coffre_incomplet": "La base manque dans le dossier du coffre. Remettez-la en place si elle a été déplacée, ou"
    " restaurez votre dernière sauvegarde.",
    "chiffrement_absent": "Cette installation ne sait pas chiffrer, le programme refuse d’écrire. Réinstallez-le.",
    "memoire_insuffisante": "La mémoire de l’ordinateur ne suffit pas. Fermez d’autres programmes et recommencez.",
    "disque_plein": "Le disque est plein. Libérez de la place, puis recommencez.",
    "disque_en_erreur": "Le disque ne répond pas comme il devrait. Vérifiez qu’il est bien branché, puis recommencez.",
    "ecriture_impossible": "Le fichier n’a pas pu être écrit. Vérifiez le disque, ou choisissez un autre emplacement.",
    "dossier_non_inscriptible": "L’écriture est refusée dans ce dossier. Choisissez-en un autre, ou demandez-en l’accès.",
    "dossier_introuvable": "Ce dossier n’existe pas ou n’est plus accessible. Vérifiez que le support est bien branché.",
    "dossier_illisible": "La lecture de ce dossier est refusée. Demandez-en l’accès, ou choisissez un autre dossier.",
    "fichier_occupe": "Ce fichier est ouvert dans un autre programme. Fermez-le, puis recommencez.",
    # accueil: first-run assistant
    "intervenant_sans_nature": "Indiquez si votre employeur est public ou privé : vos documents en dépendent.",
    # réglages
    "reglage_hors_bornes": "Écrivez un nombre entre {minimum} et {maximum}.",
    "unite_sans_force": "Choisissez la force.",
    "unite_sans_type": "Choisissez le type d’unité.",
    "unite_sans_nom": "Écrivez le nom de l’unité.",
    "unite_nom_trop_long": "Ce nom est trop long. Tenez-le en {maximum} caractères.",
    "unite_en_double": "Une unité ouverte porte déjà ce nom. Ajoutez la commune, ou reprenez celle-là.",
    "unite_parent_ferme": "L’unité au-dessus est fermée. Choisissez-en une qui existe encore.",
    "unite_parent_dessous": "Cette unité dépend déjà de celle que vous déplacez. Choisissez-en une autre.",
    "unite_deja_fermee": "Cette unité est déjà fermée.",
    "unite_fermee_avant_ouverture": "Cette date précède l’ouverture de l’unité. Vérifiez l’année.",
    "unite_successeur_ferme": "L’unité qui la reprend doit être une autre, encore ouverte.",
    "unite_successeur_dessous": "L’unité qui la reprend en dépend. Déplacez-la d’abord, puis recommencez.",
    "unite_successeur_pas_encore": "L’unité qui la reprend n’est pas encore ouverte à cette date. Vérifiez les deux dates.",
    "unite_comptee_ailleurs": "Un bilan arrêté la compte déjà sous celle qui l’a reprise. Ajoutez une unité nouvelle.",
    "unite_utilisee": "Cette unité a servi, ou un bilan arrêté la nomme : elle ne s’efface pas. Fermez-la plutôt.",
    "libelle_vide": "Écrivez les mots de cette valeur.",
    "libelle_trop_long": "Ces mots sont trop longs pour une liste. Tenez-les en {maximum} caractères.",
    "libelle_en_double": "Cette liste a déjà une valeur de ce nom. Choisissez d’autres mots.",
    "libelle_d_origine_pris": "« {libelle} » est aussi le nom d’une valeur que vous avez ajoutée. Renommez-la d’abord.",
    "liste_fixe": "Le programme s’appuie sur chaque valeur de cette liste : rien ne s’y ajoute. Les libellés se changent.",
    "compte_sous_manquant": "Choisissez la valeur d’origine sous laquelle elle comptera dans les bilans.",
    "compte_sous_regle": "Le programme s’appuie sur cette valeur : rien d’autre ne peut compter sous elle. Choisissez-en"
    " une autre.",
    "valeur_de_regle": "Le programme s’appuie sur cette valeur : elle reste proposée. Vous pouvez changer son libellé.",
    "derniere_valeur": "C’est la dernière valeur proposée dans cette liste. Proposez-en d’abord une autre.",
    "valeur_d_origine": "Une valeur d’origine ne s’efface pas. Vous pouvez ne plus la proposer.",
    "valeur_utilisee": "Cette valeur a servi : elle ne s’efface pas. Vous pouvez ne plus la proposer.",
    "nombre_illisible": "Écrivez un nombre en chiffres, par exemple 15.",
    "convention_fin_avant_debut": "La fin de la convention précède son début. Vérifiez l’une des deux dates.",
    "collaboration_ordre": "Ce seuil doit rester en dessous de celui d’une collaboration fréquente.",
    # bilan file: protection and readers
    "bilan_non_protegeable": "Ce bilan ne peut pas être protégé, même en masquant tous ses chiffres. Choisissez une"
    " période plus longue, ou regroupez des catégories.",
    "bilan_illisible": "Ce fichier de bilan est tronqué ou illisible. Demandez-en un nouvel exemplaire à qui l’a remis.",
    "bilan_autre_format": "Ce fichier n’est pas un bilan au format JSON de ce programme. Choisissez-en un autre.",
    "bilan_plus_recent": "Ce bilan vient d’une version plus récente du programme. Mettez le programme à jour pour le lire.",
    "bilan_modifie": "Ce bilan a été modifié depuis sa remise, ses chiffres ne sont pas fiables. Demandez-en un nouvel"
    " exemplaire à qui l’a remis.",
    # persons, their doublons and their links
    "fusion_avec_soi": "C’est deux fois la même personne. Choisissez-en une autre.",
    "fusion_deja_faite": "Cette personne a déjà été réunie à une autre. Revenez à la liste, puis ouvrez la fiche gardée.",
    "fusion_deux_accueils": "Dans le dossier {numero}, toutes deux comptent au bilan. Les réunir en ôterait une des"
    " chiffres : laissez-les comme elles sont.",
    "fusion_meme_entretien": "Toutes deux sont dans un même entretien du dossier {numero}. Ce sont deux personnes :"
    " laissez-les comme elles sont.",
    "fusion_a_confirmer": "Dans le dossier {numero}, l’une est du côté de la victime, l’autre du côté du mis en cause."
    " Relisez leurs noms, puis confirmez si c’est bien une seule personne.",
    "fusion_introuvable": "Cette réunion a déjà été annulée. Revenez à la liste.",
    "fusion_imbriquee": "Une autre réunion a été faite depuis avec cette personne. Annulez d’abord la plus récente.",
    "statut_oppose": "Dans ce dossier, elle était jusqu’ici de l’autre côté : victime ou mise en cause. Si c’est"
    " bien cela, enregistrez de nouveau.",
    "lien_avec_soi": "Un lien se note entre deux personnes. Choisissez-en une autre.",
    "lien_sans_lien": "Choisissez ce qu’elle est pour la personne : conjoint, enfant, parent…",
    "lien_sans_personne": "Cherchez la personne, puis choisissez-la dans la liste.",
    # fiche de liaison: number, accord gate, completeness, printing
    "fiche_code_intervenant": "Ce code ne convient pas. Écrivez une lettre, puis une à cinq lettres ou"
    " chiffres sans accent.",
    "fiche_numeros_epuises": "Les 9 999 numéros de fiche de {annee} sont utilisés. Changez votre code"
    " d’intervenant.",
    "fiche_numero_illisible": "Ce numéro de fiche ne se lit pas. Recopiez-le comme il est imprimé en haut"
    " de la fiche.",
    "fiche_numero_cle": "Ce numéro de fiche comporte une erreur : son dernier caractère ne correspond pas."
    " Relisez-le.",
    "fiche_qr_illisible": "Ce code n’est pas celui d’un coupon retour, ou il est abîmé. Recopiez le numéro"
    " de la fiche.",
    "fiche_qr_autre": "Ce coupon n’est pas celui de cette fiche. Vérifiez le numéro imprimé sur le coupon.",
    "fiche_gabarit_inconnu": "Cette fiche suit le modèle {gabarit}, d’une version plus récente du programme."
    " Mettez-le à jour pour l’ouvrir.",
    "fiche_logo_illisible": "Ce logo ne se lit pas. Choisissez dans les réglages une image PNG ou JPEG.",
    "mise_en_page_service_long": "Ce nom de service est trop long pour l’en-tête. Écrivez au plus {maximum} caractères.",
    "mise_en_page_coordonnees_longues": "Ces coordonnées sont trop longues pour l’en-tête. Écrivez au plus {lignes} lignes de"
    " {maximum} caractères.",
    "mise_en_page_pied_long": "Ce pied de page est trop long. Écrivez une seule ligne, d’au plus {maximum} caractères.",
    "logo_format": "Ce fichier n’est pas une image PNG ou JPEG, quel que soit son nom. Choisissez-en une autre.",
    "logo_trop_lourd": "Cette image est trop lourde. Choisissez-en une d’au plus {maximum} Mo.",
    "logo_dimensions": "Cette image est trop petite ou trop grande. Choisissez-en une de {minimum} à {maximum} pixels de côté.",
    # information préoccupante, signalement, note to a person
    "document_hors_regime": "Le régime de ce dossier n’appelle pas ce document. Changez d’abord le régime du dossier.",
    "document_deja_remplace": "Le document {numero} est déjà corrigé par le document {nouvelle}. Corrigez plutôt celui-ci.",
    "document_sans_enfant": "Aucun enfant n’est nommé. Ajoutez au moins un enfant.",
    "document_sans_personne": "Personne n’est nommé. Ajoutez la personne concernée.",
    "document_sans_faits": "Aucun fait n’est écrit. Ajoutez au moins un fait.",
    "document_fait_sans_date": "Un fait n’a pas de date. Écrivez quand, même à peu près.",
    "document_fait_sans_source": "Un fait n’a pas de source. Dites s’il est vu, dit par quelqu’un ou rapporté.",
    "document_fait_sans_auteur": "Un fait est dit ou rapporté, mais par qui ? Écrivez-le.",
    "document_sans_danger": "Le danger, ou le risque de danger, n’est pas décrit. Écrivez en quoi il consiste.",
    "document_sans_demande": "Ce qui est demandé manque. Écrivez-le en une phrase.",
    "document_personne_non_precise": "Indiquez si la personne a été informée de cette transmission.",
    "document_personne_sans_motif": "La personne n’a pas été informée. Écrivez pourquoi.",
    "document_manque_autorite": "qui a l’autorité parentale",
    "document_manque_connaissance": "comment la situation est connue",
    "document_manque_deja_fait": "ce qui a déjà été fait",
    "document_manque_informes_le": "le jour de l’information",
    "note_sans_contact": "La note ne dit à qui écrire. Complétez votre adresse, ou celle du délégué à la protection des données.",
    "note_sans_duree": "La durée de conservation manque. Écrivez un nombre de mois.",
    "note_manque_dpo": "le délégué à la protection des données",
    "impression_impossible": "L’imprimante ne répond pas. Vérifiez-la, ou enregistrez le document en PDF.",
    "pdf_phrase_courte": "Cette phrase se devine trop vite. Gardez celle qui est proposée, ou écrivez au moins {minimum}"
    " caractères.",
    "pdf_phrase_vide": "Sans phrase de passe, ce PDF ne serait pas protégé. Choisissez-en une.",
    "pdf_phrase_caracteres": "Cette phrase de passe contient un signe que les lecteurs de PDF n’admettent pas."
    " N’employez que des lettres, des chiffres et des signes du clavier.",
    "fiche_emetteur_sans_nom": "Votre nom manque. Complétez-le dans les réglages.",
    "fiche_emetteur_sans_employeur": "Votre employeur manque. Complétez-le dans les réglages.",
    "fiche_sans_date": "La date de la fiche manque. Indiquez-la.",
    "fiche_date_future": "La date de la fiche est dans l’avenir. Corrigez-la.",
    "fiche_sans_type": "Choisissez ce que vous demandez : une évaluation, un relais, ou une simple"
    " information.",
    "fiche_sans_urgence": "Choisissez l’urgence : immédiate, sous 48 h ou différée.",
    "fiche_sans_motif": "Le motif manque. Écrivez-le en une phrase.",
    "fiche_sans_destinataire": "Le service destinataire manque. Choisissez-le dans l’annuaire.",
    "fiche_sans_canal": "Indiquez comment le document sera remis.",
    "fiche_courrier_sans_adresse": "L’adresse du destinataire manque pour un envoi par courrier."
    " Complétez-la.",
    "fiche_courriel_sans_adresse": "L’adresse de courriel du destinataire manque ou ne convient pas."
    " Corrigez-la.",
    "fiche_sans_personne": "Rien ne désigne la personne. Écrivez un nom, ou une désignation comme « femme,"
    " environ 30 ans ».",
    "fiche_naissance_apres": "La naissance est postérieure à la fiche. Vérifiez-la.",
    "fiche_naissance_trop_ancienne": "La naissance remonte à plus de 120 ans. Vérifiez l’année.",
    "fiche_age_note_futur": "La date à laquelle l’âge a été noté est dans l’avenir. Corrigez-la.",
    "fiche_information_future": "La personne ne peut pas avoir été informée après la date de la fiche."
    " Corrigez la date.",
    "fiche_retrait_futur": "Le retrait de l’accord ne peut pas être postérieur à la fiche. Corrigez la date.",
    "fiche_retrait_avant_information": "Le retrait de l’accord précède l’information de la personne."
    " Corrigez les dates.",
    "fiche_parents_non_precise": "Indiquez si les parents ont été informés de cette transmission.",
    "fiche_parents_sans_motif": "Les parents n’ont pas été informés. Écrivez pourquoi.",
    "fiche_sans_base": "Rien n’autorise encore ce partage. Choisissez sa base : l’accord, ou une autre"
    " prévue par la loi.",
    "fiche_sans_accord": "L’accord de la personne n’est pas recueilli. Recueillez-le, ou choisissez une"
    " autre base.",
    "fiche_accord_retire": "La personne a retiré son accord. La fiche ne peut partir que sur une autre base.",
    "fiche_accord_sans_information": "Un accord suppose que la personne a été informée. Indiquez quel jour.",
    "fiche_base_sans_precision": "Précisez la base de ce partage.",
    "fiche_manque_qualite": "votre qualité (réglages)",
    "fiche_manque_nature_employeur": "votre employeur, public ou privé (réglages)",
    "fiche_manque_telephone": "votre téléphone (réglages)",
    "fiche_manque_adresse_retour": "l’adresse où renvoyer le coupon (réglages)",
    "fiche_manque_destinataire_personne": "le nom de la personne destinataire",
    "fiche_manque_sexe": "le sexe",
    "fiche_manque_naissance": "la naissance ou l’âge",
    "fiche_manque_commune": "la commune",
    "fiche_manque_adresse": "l’adresse",
    "fiche_manque_foyer": "la composition familiale",
    "fiche_manque_problematique": "la problématique principale",
    "fiche_manque_recit": "le récit des faits",
    "fiche_manque_besoins": "les besoins",
    "fiche_manque_risques": "les risques",
    "fiche_manque_ressources_personne": "les appuis de la personne",
    "fiche_manque_grille_danger": "la grille d’évaluation du danger, remplie ou non",
    "fiche_manque_activite": "l’activité",
    "fiche_manque_csp": "la catégorie socioprofessionnelle",
    "fiche_manque_ressources": "les ressources",
    "fiche_manque_logement": "le logement",
    "fiche_manque_connu": "connue ou non des services sociaux",
    "fiche_manque_suivi": "le suivi en cours",
    "fiche_manque_demarches": "les démarches engagées",
    "fiche_manque_informee_le": "le jour où la personne a été informée",
    "fiche_manque_comment": "la façon dont elle a été informée",
    "fiche_manque_contact_sur": "un moyen sûr de joindre la personne",
    "fiche_manque_contact_heures": "les jours et heures où l’appel est sûr",
    "fiche_manque_alerte_motif": "le motif de l’alerte",
    "fiche_manque_portee": "la portée de l’accord",
    "fiche_manque_danger": "l’urgence ou le danger qui fonde le partage",
    "fiche_manque_etablissement": "l’école",
    "fiche_manque_parents": "les parents",
    "coffre_version_essai": "Ce coffre vient d’une version d’essai dont le format a changé. Ouvrez-le avec cette version, ou"
    " créez-en un autre.",
    # dossiers: closing, points for the référent, views of the list
    "cloture_sans_motif": "Écrivez en deux mots pourquoi ce dossier se ferme.",
    "dossier_deja_clos": "Le dossier {numero} est déjà clos.",
    "dossier_deja_ouvert": "Le dossier {numero} est déjà ouvert.",
    "point_sans_texte": "Écrivez en une phrase ce que vous voulez revoir avec le référent.",
    "point_trop_long": "Ce point est trop long. Tenez-le en {maximum} caractères : il se lit à deux.",
    "point_vu_avant": "Ce point a été noté après ce jour. Vérifiez la date.",
    "vue_sans_nom": "Donnez un nom à cette vue.",
    "vue_nom_long": "Ce nom est trop long. Tenez-le en {maximum} caractères.",
    "vue_deja_fournie": "Une vue du programme porte déjà ce nom. Choisissez-en un autre.",
    "fiche_nomme_autre_partie": "Ce texte nomme l’autre partie. Retirez le nom, ou cochez « Autre partie » pour ce"
    " destinataire.",
    "fiche_situe_autre_partie": "Ce texte dit où joindre ou trouver l’autre partie. Retirez-le : cela ne se transmet pas.",
    # entretien
    "date_manquante": "La date manque. Écrivez par exemple aujourd’hui, hier ou 12/3.",
    "date_future": "Cette date est dans l’avenir. Écrivez le jour où cela s’est passé.",
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
    "entretien_a_la_corbeille": "Cet entretien est à la corbeille. Reprenez-le d’abord.",
    "entretien_hors_corbeille": "Cet entretien n’est plus à la corbeille.",
    "corbeille_jours": "Écrivez un nombre de jours entre 1 et 365.",
    "accueil_sans_entretien": "Cette personne ne figure dans aucun entretien de ce dossier. Ajoutez-la à un entretien.",
    "accueil_trimestre_arrete": "Le trimestre de cet entretien est arrêté, ses comptes ne changent plus. Notez-la accueillie dans un"
    " nouvel entretien.",
    # pièces jointes
    "piece_type": "Ce fichier n’est ni une photo JPEG ou PNG, ni un PDF. Choisissez-en un autre.",
    "piece_trop_lourde": "Ce fichier dépasse {maximum} Mo. Photographiez-le en qualité moindre, ou scannez-le en PDF.",
    "piece_vide": "Ce fichier est vide. Choisissez-en un autre.",
    "piece_illisible": "Ce fichier ne peut pas être lu. Vérifiez qu’il existe et que vous y avez accès.",
    "piece_sans_nom": "Le nom manque. Écrivez en deux mots ce que c’est, par exemple « courrier du bailleur ».",
    "piece_disparue": "Cette pièce n’est plus dans le coffre.",
    "mot_illisible": "Ce n’est pas un mot. Choisissez un mot souligné.",
    # entretien, suite
    "saisine_apres_entretien": "La saisine est postérieure à l’entretien. Vérifiez l’une des deux dates.",
    "commune_inconnue": "Cette commune n’existe pas. Choisissez-la dans la liste, par son nom ou son code postal.",
    "orientation_sans_type": "Vers qui ? Choisissez le type de partenaire.",
    "orientation_sans_personne": "Cette orientation ne concerne personne de cet entretien. Choisissez la personne.",
    "partenaire_sans_nom": "Le nom de la structure manque.",
    "partenaire_sans_type": "Le type de la structure manque. Choisissez-le dans la liste.",
    # annuaire, orientations and suites, contacts with partners
    "partenaire_courriel": "Cette adresse de courriel ne convient pas. Écrivez par exemple accueil@exemple.fr.",
    "correspondant_sans_nom": "Un correspondant n’a pas de nom. Écrivez-le, ou retirez la ligne.",
    "texte_trop_long": "C’est trop long. Gardez au plus {maximum} caractères.",
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
    "intervenant_sans_nom": "Votre nom manque : il est imprimé sur les fiches.",
    "intervenant_sans_employeur": "Le nom de votre employeur manque : il est imprimé sur les fiches.",
    "phrase_de_passe_faible": "Cette phrase de passe se devine trop vite. Prenez celle qui est proposée, ou au moins {minimum}"
    " caractères peu courants.",
    "brouillon_non_garde": "Le disque n’a pas gardé ce que vous venez de taper. Libérez de la place, ou recommencez pour"
    " quitter quand même.",
    # saisines
    "saisine_deja_ouverte": "Cette saisine a déjà son dossier. Ouvrez ce dossier pour continuer.",
    "saisine_inconnue": "Cette saisine n’est plus dans le coffre. La liste vient d’être relue.",
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
    # agenda
    "permanence_sans_unite": "Choisissez l’unité où se tient la permanence.",
    "permanence_sans_jour": "Le jour de la permanence manque. Écrivez par exemple mardi ou 12/3.",
    "permanence_sans_heure": "Cette heure manque. Écrivez par exemple 9h30.",
    "permanence_finit_avant": "La permanence finit avant d’avoir commencé. Corrigez l’une des deux heures.",
    "permanence_jusqu_avant": "Cette date est avant la première permanence. Laissez-la vide si elle n’a pas de fin.",
    "permanence_introuvable": "Cette permanence n’existe plus. La page vient d’être relue.",
    "permanence_autre_jour": "Aucune permanence n’est prévue ce jour-là. La page vient d’être relue.",
    "rendez_vous_introuvable": "Ce rendez-vous n’existe plus. La page vient d’être relue.",
    "dossier_inconnu": "Ce dossier n’est pas dans le coffre. Choisissez-le dans la liste, par son numéro ou un nom.",
    # fiche, use cases
    "fiche_sans_identite": "Le coffre ne sait pas encore qui vous êtes. Complétez votre identité avant d’établir une"
    " fiche.",
    "fiche_glyphes": "Ces caractères ne s’imprimeraient pas : {caracteres}. Remplacez-les avant d’établir la fiche.",
    "fiche_deja_remplacee": "La fiche {numero} est déjà corrigée par la fiche {nouvelle}. Corrigez plutôt celle-ci.",
    "fiche_deja_revenue": "Le retour de la fiche {numero} est déjà noté.",
    "fiche_remplacee": "La fiche {numero} est remplacée par la fiche {nouvelle}. Remettez plutôt celle-ci.",
    "fiche_deja_remise": "La fiche {numero} est déjà remise. Retirez-la de la tournée.",
    "fiche_numero_groupe": "Le {groupe} groupe de ce numéro comporte une erreur. Relisez-le sur le coupon.",
    "fiche_inconnue": "Aucune fiche ne porte le numéro {numero} dans ce coffre. Relisez-le sur le coupon.",
    "fiche_autre_intervenant": "La fiche {numero} vient d’un autre intervenant (code {code}). Transmettez-lui ce coupon.",
    "etape_avant_fiche": "La fiche {numero} est postérieure à ce jour. Vérifiez la date.",
    "etape_future": "Ce jour est dans l’avenir. Notez-le quand ce sera fait.",
    "etape_arretee": "Cette étape de la fiche {numero} est comptée dans un bilan arrêté. Elle ne se reprend plus.",
    "etape_initiale": "La fiche {numero} est établie, cela ne se reprend pas. Corrigez-la par une nouvelle version.",
    "relance_sans_remise": "La fiche {numero} n’attend pas de réponse. Choisissez des fiches remises et sans retour.",
    "tournee_vide": "Cette tournée ne compte aucune fiche. Choisissez-en au moins une.",
    "tournee_passee": "Une tournée se prépare pour aujourd’hui ou plus tard. Corrigez la date.",
    "tournee_faite": "Cette tournée est déjà faite, ou n’existe plus. Revenez à la liste.",
    # coupon retour
    "coupon_sans_suite": "Indiquez la suite donnée.",
    "coupon_sans_date": "Indiquez le jour du retour.",
    "coupon_contradictoire": "Une prise en charge et un refus se contredisent. Corrigez l’un des deux.",
    "coupon_trop_long": "Ce texte est trop long. Écrivez au plus {maximum} caractères.",
    "rendez_vous_avant_fiche": "Ce rendez-vous est antérieur à la fiche. Vérifiez la date.",
    "coupon_trop_gros": "Ce fichier est trop lourd pour un coupon. Choisissez le PDF que le partenaire a renvoyé.",
    "coupon_pas_pdf": "Ce fichier n’est pas un PDF. Choisissez le coupon que le partenaire a renvoyé.",
    "coupon_abime": "Ce PDF est abîmé ou ne se lit pas. Saisissez le retour avec le numéro de la fiche.",
    "coupon_chiffre": "Ce PDF est protégé par une phrase de passe. Demandez le coupon sans protection : il ne nomme"
    " personne.",
    "coupon_sans_formulaire": "Ce PDF n’est pas un coupon rempli à l’écran. Saisissez le retour avec le numéro de la fiche.",
    "coupon_deux_fiches": "Ce PDF contient plusieurs coupons. Demandez-les séparément, ou saisissez les numéros un à un.",
    "coupon_numero_modifie": "Le numéro de ce coupon a été modifié. Saisissez le retour avec celui de la fiche.",
    "coupon_illisible": "Ce fichier ne s’ouvre pas. Vérifiez qu’il est encore là, puis recommencez.",
    "retour_avant_fiche": "Ce retour est antérieur à la fiche. Vérifiez la date.",
    # bilan, use cases
    "periode_inconnue": "« {code} » ne désigne pas de période. Écrivez par exemple 2026-T1, 2026-S1 ou 2026.",
    "bilan_periode_en_cours": "La période « {periode} » n’est pas finie. Elle pourra être arrêtée après le {fin}.",
    "bilan_deja_arrete": "La période « {periode} » est déjà arrêtée. Ses fichiers se remettent à l’identique.",
    "bilan_trimestre_precedent": "Les trimestres s’arrêtent dans l’ordre. Arrêtez d’abord le {periode}.",
    "bilan_vide": "Rien n’est compté pour le {periode}. Il n’y a pas de bilan à arrêter.",
    "bilan_sans_identite": "Le coffre ne sait pas encore qui vous êtes. Complétez votre identité avant d’arrêter un"
    " bilan.",
    "bilan_change": "Une saisie a changé les chiffres du {periode} pendant le calcul. Préparez le bilan de nouveau.",
    "bilan_pas_arrete": "La période « {periode} » n’est pas arrêtée. Arrêtez-la avant de remettre ses fichiers.",
    # import of past dossiers
    "tableur_trop_gros": "Ce fichier est trop lourd. L’import lit des fichiers de {maximum} Mo au plus : partagez-le par année.",
    "tableur_trop_de_lignes": "Ce fichier a plus de {maximum} lignes. Partagez-le, par exemple par année.",
    "tableur_trop_de_colonnes": "Ce fichier a {nombre} colonnes, et l’import en lit {maximum} au plus. Retirez celles qui sont inutiles.",
    "tableur_illisible": "Ce fichier ne se lit pas comme un tableur. Enregistrez-le en XLSX ou en CSV, puis recommencez.",
    "tableur_vide": "Ce fichier ne contient pas de ligne sous ses titres de colonnes. Vérifiez que c’est la première feuille.",
    "import_fichier_illisible": "Ce fichier ne peut pas être ouvert. Vérifiez qu’il existe encore et qu’aucun autre programme ne le"
    " retient.",
    "import_mot_inconnu": "Rien n’a été choisi pour « {valeur} ». Dites plus haut ce que ce mot veut dire.",
    "import_commune_inconnue": "« {valeur} » n’est pas une commune connue : elle sera laissée vide.",
    "import_unite_inconnue": "« {valeur} » n’est pas une de vos unités : elle sera laissée vide. Ajoutez-la d’abord dans"
    " les réglages si elle doit compter.",
    "import_sans_problematique": "Pas de problématique : la ligne comptera comme « Autre ».",
    "import_trimestre_arrete": "Le {periode} est déjà arrêté dans ce coffre. Retirez cette ligne, ou enregistrez cet entretien à"
    " la main : il comptera au trimestre ouvert.",
    "import_deja_fait": "Ce fichier a déjà été importé, à l’identique. Rien n’a été ajouté.",
    "import_lignes_refusees": "Des lignes ne peuvent pas entrer ({nombre}). Corrigez-les dans le fichier ou ci-dessus : rien n’a été"
    " ajouté.",
    "import_arrete": "Le {periode} est arrêté depuis, et cet import y compte : il ne peut plus être annulé.",
    "coffre_en_import": "Un import est en cours. Attendez qu’il se termine, ou annulez-le : rien de ce que vous avez tapé"
    " n’est perdu.",
    "import_introuvable": "Cet import a déjà été annulé.",
    "import_touche": "Vous avez travaillé depuis dans des dossiers de cet import ({nombre} : {numeros}). Il ne peut plus être annulé"
    " en entier : rien n’a été retiré.",
    # demonstration
    "demo_existe": "Le dossier « {dossier} » contient déjà un coffre. Choisissez un autre dossier.",
    "demo_nombre": "Une démonstration compte au moins un dossier. Donnez un nombre à partir de 1.",
}


def sentence(error: UserError | Problem) -> str:
    """French sentence for an error or a problem; values fill the braces."""
    return SENTENCES[error.code].format(**error.values)
