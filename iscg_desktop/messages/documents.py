"""Information préoccupante, signalement, note to a person; printing and protected PDF."""

SENTENCES = {
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
}
