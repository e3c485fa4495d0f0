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
    # bilan file: protection and readers
    "bilan_non_protegeable": "Ce bilan ne peut pas être protégé, même en masquant tous ses chiffres. Choisissez une"
    " période plus longue, ou regroupez des catégories.",
    "bilan_illisible": "Ce fichier de bilan est tronqué ou illisible. Demandez-en un nouvel exemplaire à qui l’a remis.",
    "bilan_autre_format": "Ce fichier n’est pas un bilan au format JSON de ce programme. Choisissez-en un autre.",
    "bilan_plus_recent": "Ce bilan vient d’une version plus récente du programme. Mettez le programme à jour pour le lire.",
    "bilan_modifie": "Ce bilan a été modifié depuis sa remise, ses chiffres ne sont pas fiables. Demandez-en un nouvel"
    " exemplaire à qui l’a remis.",
}


def sentence(error: UserError | Problem) -> str:
    """French sentence for an error or a problem; values fill the braces."""
    return SENTENCES[error.code].format(**error.values)
