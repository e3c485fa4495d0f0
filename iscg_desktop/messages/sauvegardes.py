"""Backups, restoring, new keys."""

SENTENCES = {
    "sauvegarde_illisible": "Ce fichier n’est pas une sauvegarde, ou il a été coupé. Choisissez-en une autre : rien n’a été"
    " modifié.",
    "sauvegarde_abimee": "Cette sauvegarde est abîmée : ce qu’elle contient n’est plus ce qui a été écrit. Choisissez-en une"
    " autre : rien n’a été modifié.",
    "sauvegarde_plus_recente": "Cette sauvegarde vient d’une version plus récente du programme. Mettez le programme à jour,"
    " puis recommencez : rien n’a été modifié.",
    "sauvegarde_autre_coffre": "Cette sauvegarde n’est pas de ce coffre, ou elle date d’avant le changement de ses clés."
    " Choisissez-en une autre : rien n’a été modifié.",
    "sauvegarde_autre_ici": "Cette sauvegarde est celle d’un autre coffre. Choisissez un dossier vide où la restaurer : le"
    " coffre d’ici n’a pas été touché.",
    "sauvegarde_absente": "Ce fichier n’est plus là. Rebranchez la clé, ou choisissez une autre sauvegarde.",
    "sauvegarde_refusee": "La lecture de ce fichier est refusée. Demandez-en l’accès, ou copiez-le ailleurs.",
    "sauvegarde_phrase": "Cette phrase n’ouvre pas cette sauvegarde. Écrivez celle qui ouvrait le coffre le {jour}.",
    "sauvegarde_non_verifiee": "La sauvegarde vient d’être relue et n’est pas bonne : elle n’a pas été gardée. Vérifiez le"
    " disque ou la clé, puis recommencez.",
    "sauvegarde_dans_le_coffre": "Ce dossier est celui du coffre : s’il se perd, la sauvegarde se perd avec. Choisissez une clé"
    " ou un autre dossier.",
    "restauration_phrase_actuelle": "Le coffre d’ici s’ouvre avec une autre phrase. Écrivez-la aussi : les bilans remis et les"
    " effacements seront repris. Rien n’a été modifié.",
    "rotation_non_verifiee": "Le coffre écrit sous les nouvelles clés a été relu et n’est pas bon. Les clés d’avant ouvrent"
    " toujours ; vérifiez le disque, puis recommencez.",
    "coffre_en_rotation": "Les clés du coffre changent. Attendez la fin : rien de ce que vous avez tapé n’est perdu.",
}
