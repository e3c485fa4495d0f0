"""The coffre and the disk under it; its first day; its demonstration."""

SENTENCES = {
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
    "coffre_ferme": "Ce coffre a été fermé pour de bon. Ouvrez-en un autre, ou créez-en un.",
    "coffre_deja_ouvert": "Ce coffre est déjà ouvert dans une autre fenêtre. Revenez à cette fenêtre, ou fermez-la.",
    "coffre_occupe": "Une vérification ou un autre programme lit le coffre. Attendez quelques secondes et recommencez.",
    "coffre_plus_recent": "Ce coffre vient d’une version plus récente du programme. Mettez le programme à jour pour"
    " l’ouvrir. Rien n’a été modifié.",
    "entetes_abimes": "Les deux copies de l’en-tête du coffre sont abîmées, il ne peut pas être ouvert. Ne supprimez rien,"
    " gardez une copie du dossier et restaurez votre dernière sauvegarde.",
    "coffre_abime": "La base du coffre est abîmée ou incomplète. Rien n’a été modifié. Gardez une copie du dossier et"
    " restaurez votre dernière sauvegarde.",
    "coffre_perdu": "Rien de lisible ne reste de ce coffre. Gardez une copie du dossier et restaurez votre dernière"
    " sauvegarde.",
    "coffre_incomplet": "La base manque dans le dossier du coffre. Remettez-la en place si elle a été déplacée, ou"
    " restaurez votre dernière sauvegarde.",
    "chiffrement_absent": "Cette installation ne sait pas chiffrer, le programme refuse d’écrire. Réinstallez-le.",
    "memoire_insuffisante": "La mémoire de l’ordinateur ne suffit pas. Fermez d’autres programmes et recommencez.",
    "disque_plein": "Le disque est plein. Libérez de la place, puis recommencez.",
    "disque_plein_reserve": "Le disque est plein. Ceci est enregistré dans la place gardée pour cela : libérez de la place"
    " avant de continuer.",
    "disque_en_erreur": "Le disque ne répond pas comme il devrait. Vérifiez qu’il est bien branché, puis recommencez.",
    "ecriture_impossible": "Le fichier n’a pas pu être écrit. Vérifiez le disque, ou choisissez un autre emplacement.",
    "dossier_non_inscriptible": "L’écriture est refusée dans ce dossier. Choisissez-en un autre, ou demandez-en l’accès.",
    "dossier_introuvable": "Ce dossier n’existe pas ou n’est plus accessible. Vérifiez que le support est bien branché.",
    "dossier_illisible": "La lecture de ce dossier est refusée. Demandez-en l’accès, ou choisissez un autre dossier.",
    "fichier_occupe": "Ce fichier est ouvert dans un autre programme. Fermez-le, puis recommencez.",
    "coffre_version_essai": "Ce coffre vient d’une version d’essai dont le format a changé. Ouvrez-le avec cette version, ou"
    " créez-en un autre.",
    "phrase_de_passe_faible": "Cette phrase de passe se devine trop vite. Prenez celle qui est proposée, ou au moins {minimum}"
    " caractères peu courants.",
    "brouillon_non_garde": "Le disque n’a pas gardé ce que vous venez de taper. Vérifiez qu’il est branché et qu’il a de"
    " la place, ou recommencez pour quitter quand même.",
    "coffre_en_verification": "Le coffre finit de se vérifier : ceci sera gardé dans quelques secondes. Vous pouvez continuer"
    " à taper.",
    "coffre_en_import": "Un import est en cours. Attendez qu’il se termine, ou annulez-le : rien de ce que vous avez tapé"
    " n’est perdu.",
    "demo_existe": "Le dossier « {dossier} » contient déjà un coffre. Choisissez un autre dossier.",
    "demo_nombre": "Une démonstration compte au moins un dossier. Donnez un nombre à partir de 1.",
    "phrase_sans_terminal": "La phrase de passe se tape sur un terminal. Sinon, donnez le descripteur où la lire avec"
    " --phrase-fd.",
    "phrase_descripteur": "Le descripteur {numero} ne donne pas de phrase de passe. Vérifiez le numéro donné à --phrase-fd.",
}

NOUNS = {
    "dossiers": "Dossiers",
    "personnes": "Personnes",
    "entretiens": "Entretiens",
    "saisines": "Saisines",
    "orientations": "Orientations",
    "fiches": "Fiches",
    "pieces_jointes": "Pièces jointes",
}
"""What is counted when a coffre is saved, table by table."""
