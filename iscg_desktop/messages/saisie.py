"""What is typed anywhere: dates, hours, durations, births, numbers, texts."""

SENTENCES = {
    "saisie_invalide": "À corriger dans la page : {nombre}.",
    "erreur_interne": "Quelque chose n’a pas fonctionné dans le programme. Ce que vous avez saisi est gardé"
    " en brouillon. Si cela se répète, signalez-le.",
    "erreur_interne_porte": "Quelque chose n’a pas fonctionné dans le programme. Recommencez. Si cela se répète,"
    " signalez-le.",
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
    "nombre_illisible": "Écrivez un nombre en chiffres, par exemple 15.",
    "date_manquante": "La date manque. Écrivez par exemple aujourd’hui, hier ou 12/3.",
    "date_future": "Cette date est dans l’avenir. Écrivez le jour où cela s’est passé.",
    "commune_inconnue": "Cette commune n’existe pas. Choisissez-la dans la liste, par son nom ou son code postal.",
    "texte_trop_long": "C’est trop long. Gardez au plus {maximum} caractères.",
}
