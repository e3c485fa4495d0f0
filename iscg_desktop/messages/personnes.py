"""Persons, their doublons and their links."""

SENTENCES = {
    "fusion_avec_soi": "C’est deux fois la même personne. Choisissez-en une autre.",
    "fusion_deja_faite": "Cette personne a déjà été réunie à une autre. Revenez à la liste, puis ouvrez la fiche gardée.",
    "fusion_deux_accueils": "Dans le dossier {numero}, toutes deux comptent au bilan. Les réunir en ôterait une des"
    " chiffres : laissez\N{NON-BREAKING HYPHEN}les comme elles sont.",
    "fusion_meme_entretien": "Toutes deux sont dans un même entretien du dossier {numero}. Ce sont deux personnes :"
    " laissez\N{NON-BREAKING HYPHEN}les comme elles sont.",
    "fusion_a_confirmer": "Dans le dossier {numero}, l’une est du côté de la victime, l’autre du côté du mis en cause."
    " Relisez leurs noms, puis confirmez si c’est bien une seule personne.",
    "fusion_meme_foyer": "Elles partagent un téléphone ou une adresse, mais diffèrent par le prénom, le sexe ou la naissance :"
    " peut-être deux personnes d’un même foyer, victime et mis en cause. Relisez leurs noms, puis confirmez si c’est"
    " bien une seule personne.",
    "fusion_introuvable": "Cette réunion a déjà été annulée. Revenez à la liste.",
    "fusion_imbriquee": "Une autre réunion a été faite depuis avec cette personne. Annulez d’abord la plus récente.",
    "statut_oppose": "Dans ce dossier, elle était jusqu’ici de l’autre côté : victime ou mise en cause. Si c’est"
    " bien cela, enregistrez de nouveau.",
    "lien_avec_soi": "Un lien se note entre deux personnes. Choisissez-en une autre.",
    "lien_sans_lien": "Choisissez ce qu’elle est pour la personne : conjoint, enfant, parent…",
    "lien_sans_personne": "Cherchez la personne, puis choisissez-la dans la liste.",
}
