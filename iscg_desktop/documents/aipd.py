"""The description of the processing for the DPO: register entry of article 30, then what an AIPD needs (article 35)."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, PageBreak, Spacer

from iscg_desktop.documents import fonts, layout
from iscg_desktop.documents.layout import Heading, Row, together
from iscg_desktop.documents.page import furniture
from iscg_desktop.documents.pdf import build
from iscg_desktop.domain.dates import format_date, format_date_courte
from iscg_desktop.domain.traitement import Traitement

TITLE = "Description du traitement"
_REGISTRE = "Fiche du registre (article 30 du RGPD)"
_AIPD = "Éléments pour l’analyse d’impact (article 35 du RGPD)"
_FINALITES = (
    "Recevoir et accompagner des personnes signalées par les forces de l’ordre ou venues d’elles-mêmes ;"
    " les orienter vers les services utiles ; en rendre compte par des chiffres anonymes."
)
_PERSONNES = (
    "Personnes reçues, victimes, mis en cause, leurs proches, mineurs compris ; professionnels partenaires."
)
_DONNEES = (
    "Identité et coordonnées, contact sûr ; vie personnelle (famille, logement, ressources, activité) ;"
    " situation (problématiques, demandes, réponses, orientations) ; vulnérabilités et difficultés de"
    " santé quand elles sont dites ; statut dans la situation, sans contenu de la procédure judiciaire ;"
    " textes écrits pour être lus par la personne ; pièces jointes."
)
_DESTINATAIRES = (
    "Les services nommés sur chaque fiche de liaison, avec l’accord de la personne ou sur une base que la"
    " loi prévoit ; l’employeur, le comité de suivi, la police et la gendarmerie : des chiffres protégés"
    " seulement."
)
_RISQUES = (
    (
        "Accès illégitime : ordinateur volé, regard par-dessus l’épaule, fichier égaré",
        (
            "Grave pour une victime. Le coffre est chiffré d’un bout à l’autre ; il se verrouille seul ; les noms"
            " se masquent d’une touche ; une fiche enregistrée sort sous une phrase de passe, sauf si on y renonce"
            " après avertissement. Reste possible : un ordinateur laissé ouvert, un logiciel espion, une phrase de"
            " passe confiée, un papier ou une copie remise en clair."
        ),
    ),
    (
        "Modification non désirée : erreur, fichier abîmé",
        (
            "Chaque correction garde ce qui précédait ; une fiche établie ne change plus ; le coffre est vérifié"
            " à l’ouverture ; le journal est une chaîne où une ligne changée se voit."
        ),
    ),
    (
        "Disparition : panne, vol, oubli de la phrase de passe",
        (
            "Ce qui est tapé est gardé dans les deux secondes ; les sauvegardes sont vérifiées ; une fiche de"
            " secours est gardée chez l’employeur. Reste possible : perdre ensemble l’ordinateur et toutes les"
            " sauvegardes."
        ),
    ),
    (
        "Reconnaître quelqu’un dans un bilan",
        (
            "Aucun effectif inférieur à cinq n’est diffusé, zéro compris, et aucun ne se recalcule, même avec"
            " tous les bilans remis ; chaque fichier en porte la preuve."
        ),
    ),
)
_DROITS = (
    "Information par une note remise en main propre, dans la langue de la personne ; copie de ce qui la"
    " concerne seule ; rectification avec historique ; effacement, y compris dans les sauvegardes à"
    " portée ; limitation et opposition notées et montrées ; registre des demandes avec leur terme d’un"
    " mois."
)
_NON_PROTEGE = (
    "Le programme ne protège pas de ce que garde le système : mémoire d’échange et mise en veille"
    " prolongée sur un disque non chiffré, file de l’imprimante, logiciel espion, ordinateur laissé"
    " ouvert par son utilisateur."
)


def render_traitement(traitement: Traitement) -> bytes:
    """The PDF: one page for the register, then the elements of the assessment."""
    fonts.register()
    head = f"{traitement.responsable} · {format_date(traitement.etabli_le)}"
    story: list[Flowable] = [
        *layout.titled(_REGISTRE, head),
        *_rows(_registre(traitement)),
        PageBreak(),
        *layout.titled(_AIPD, head),
        *_section("Le traitement", _aipd(traitement)),
        *_section("Les droits des personnes", [("Comment", _DROITS), ("Notes relues", _langues(traitement))]),
        *_section("Les mesures en place ce jour", _mesures(traitement)),
        *_section("Les risques et ce qui y répond", _RISQUES),
        *_section("Ce que le programme ne protège pas", [("À savoir", _NON_PROTEGE)]),
    ]
    return build(TITLE, story, furniture(TITLE, mention=""))


def _registre(t: Traitement) -> Iterator[tuple[str, str]]:
    yield "Responsable", t.responsable
    yield "Délégué (DPO)", t.dpo.replace("\n", ", ") or "à compléter dans les réglages"
    yield "Mise en œuvre", t.intervenant
    yield "Finalités", _FINALITES
    yield "Base légale", _base(t)
    yield "Personnes", _PERSONNES
    yield "Données", _DONNEES
    yield "Destinataires", _DESTINATAIRES
    yield "Hors de l’Union", "Aucun transfert. Le programme n’emploie pas le réseau."
    yield "Durées", _durees(t)
    yield "Sécurité", "Voir « Les mesures en place ce jour », à la page suivante."


def _base(t: Traitement) -> str:
    ground = "mission d’intérêt public (article 6.1.e)" if t.public else "intérêt légitime (article 6.1.f)"
    return (
        f"{ground[0].upper()}{ground[1:]} ; données de santé éventuelles : accompagnement social par des"
        " professionnels tenus au secret (article 9.2.h). À confirmer par le délégué."
    )


def _durees(t: Traitement) -> str:
    parts = [f"{label} : {mois} mois après le dernier contact" for label, mois in t.durees.items()]
    reason = f" Motif : {t.motif_durees}." if t.motif_durees else ""
    return " ; ".join(parts) + f" ; journal : {t.journal_mois} mois.{reason}"


def _aipd(t: Traitement) -> Iterator[tuple[str, str]]:
    size = f"Environ {t.dossiers} dossiers" if t.dossiers else "Aucun dossier encore"
    since = f", le plus ancien de {t.anciennete}" if t.anciennete else ""
    yield (
        "Ampleur",
        f"{size}{since} ; une seule utilisatrice ou un seul utilisateur, un seul ordinateur, sans réseau.",
    )
    yield (
        "Supports",
        "Un coffre chiffré sur cet ordinateur, ses sauvegardes chiffrées, des fiches sur papier.",
    )
    yield (
        "Nécessité",
        (
            "Peu de champs obligatoires, des listes plutôt que du texte libre ; le bilan se calcule sans aucun"
            " texte."
        ),
    )
    yield (
        "Cycle de vie",
        (
            "Saisine, entretiens, orientation, fiche de liaison remise et retour, clôture, conservation,"
            " effacement avec bordereau d’élimination pour un employeur public."
        ),
    )


def _mesures(t: Traitement) -> Iterator[tuple[str, str]]:
    yield (
        "Chiffrement",
        "SQLCipher (AES-256) ; clé tirée au hasard, gardée par une phrase de passe (Argon2id).",
    )
    yield "Verrouillage", f"Après {t.verrouillage_minutes} minutes sans frappe ni souris, ou d’une touche."
    saved = format_date_courte(t.sauvegarde_le) if t.sauvegarde_le else "aucune encore"
    yield "Sauvegarde", f"Dernière sauvegarde vérifiée : {saved}."
    disk = {True: "chiffré", False: "non chiffré : à faire chiffrer", None: "état inconnu"}[t.disque_chiffre]
    yield "Disque", f"Disque de l’ordinateur {disk}."
    yield "Traçabilité", "Journal des créations, lectures, changements, impressions et exports, sans contenu."


def _langues(t: Traitement) -> str:
    return ", ".join(t.langues) or "français"


def _rows(pairs: Iterator[tuple[str, str]]) -> list[Flowable]:
    return [
        block for label, words in pairs for block in (Row((label, layout.text(_spaced(words)))), Spacer(0, 3))
    ]


def _section(title: str, pairs: object) -> list[Flowable]:
    rows = _rows(iter(pairs))  # type: ignore[call-overload]
    return [*together([Heading(title), *rows[:2]]), *rows[2:], Spacer(0, 6)]


def _spaced(words: str) -> str:
    """French spacing: no line begins with a sign."""
    for sign in ":;?!»":
        words = words.replace(f" {sign}", f"\u00a0{sign}")
    return words.replace("« ", "«\u00a0")
