"""Dossiers: closing, points for the référent, views of the list."""

SENTENCES = {
    "cloture_sans_motif": "Écrivez en deux mots pourquoi ce dossier se ferme.",
    "reouverture_sans_motif": "Écrivez en deux mots pourquoi ce dossier se rouvre.",
    "dossier_deja_clos": "Le dossier {numero} est déjà clos.",
    "dossier_deja_ouvert": "Le dossier {numero} est déjà ouvert.",
    "point_sans_texte": "Écrivez en une phrase ce que vous voulez revoir avec le référent.",
    "point_trop_long": "Ce point est trop long. Tenez-le en {maximum} caractères : il se lit à deux.",
    "point_vu_avant": "Ce point a été noté après ce jour. Vérifiez la date.",
    "vue_sans_nom": "Donnez un nom à cette vue.",
    "vue_nom_long": "Ce nom est trop long. Tenez-le en {maximum} caractères.",
    "vue_deja_fournie": "Une vue du programme porte déjà ce nom. Choisissez-en un autre.",
    "dossier_inconnu": "Ce dossier n’est pas dans le coffre. Choisissez-le dans la liste, par son numéro ou un nom.",
}
