"""Import of past dossiers from a spreadsheet."""

SENTENCES = {
    "tableur_trop_gros": "Ce fichier est trop lourd. L’import lit des fichiers de {maximum} Mo au plus : partagez-le par année.",
    "tableur_trop_de_lignes": "Ce fichier a plus de {milliers}\u00a0000 lignes. Partagez-le, par exemple par année.",
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
    "import_introuvable": "Cet import a déjà été annulé.",
    "import_touche": "Vous avez travaillé depuis dans des dossiers de cet import ({nombre} : {numeros}). Il ne peut plus être annulé"
    " en entier : rien n’a été retiré.",
}
