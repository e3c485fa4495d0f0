"""Coupons retour: typed in, or read from their PDF."""

SENTENCES = {
    "fiche_qr_illisible": "Ce code n’est pas celui d’un coupon retour, ou il est abîmé. Recopiez le numéro"
    " de la fiche.",
    "fiche_qr_autre": "Ce coupon n’est pas celui de cette fiche. Vérifiez le numéro imprimé sur le coupon.",
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
}
