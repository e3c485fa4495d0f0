"""What the conformité page says of codes: actions and objects of the journal, rights, answers."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from iscg_desktop.domain.droits import Droit, Reponse

_DROITS = {
    Droit.ACCES: QT_TRANSLATE_NOOP("Conformite", "Voir ce qui est noté (accès)"),
    Droit.RECTIFICATION: QT_TRANSLATE_NOOP("Conformite", "Faire corriger"),
    Droit.EFFACEMENT: QT_TRANSLATE_NOOP("Conformite", "Faire effacer"),
    Droit.LIMITATION: QT_TRANSLATE_NOOP("Conformite", "Limiter l’usage"),
    Droit.OPPOSITION: QT_TRANSLATE_NOOP("Conformite", "S’opposer"),
}
_OUVERTURES = {
    "passphrase": QT_TRANSLATE_NOOP("Conformite", "phrase de passe"),
    "recovery": QT_TRANSLATE_NOOP("Conformite", "fiche de secours"),
}
_TENUS = {
    Droit.LIMITATION: QT_TRANSLATE_NOOP("Conformite", "Usage limité"),
    Droit.OPPOSITION: QT_TRANSLATE_NOOP("Conformite", "Opposition"),
}
_REPONSES = {
    Reponse.SATISFAITE: QT_TRANSLATE_NOOP("Conformite", "Satisfaite"),
    Reponse.PARTIELLE: QT_TRANSLATE_NOOP("Conformite", "Satisfaite en partie"),
    Reponse.REFUSEE: QT_TRANSLATE_NOOP("Conformite", "Refusée"),
}
_ACTIONS = {
    "accusee": QT_TRANSLATE_NOOP("Conformite", "accusé de réception"),
    "arrete": QT_TRANSLATE_NOOP("Conformite", "arrêté"),
    "cloture": QT_TRANSLATE_NOOP("Conformite", "clôture"),
    "corbeille": QT_TRANSLATE_NOOP("Conformite", "mise à la corbeille"),
    "creation": QT_TRANSLATE_NOOP("Conformite", "création"),
    "distinction": QT_TRANSLATE_NOOP("Conformite", "distinction de deux personnes"),
    "effacement": QT_TRANSLATE_NOOP("Conformite", "effacement"),
    "enregistree": QT_TRANSLATE_NOOP("Conformite", "enregistrement en PDF"),
    "fermeture": QT_TRANSLATE_NOOP("Conformite", "fermeture pour de bon"),
    "fusion": QT_TRANSLATE_NOOP("Conformite", "réunion de deux personnes"),
    "fusion_annulee": QT_TRANSLATE_NOOP("Conformite", "réunion annulée"),
    "impression": QT_TRANSLATE_NOOP("Conformite", "impression"),
    "imprimee": QT_TRANSLATE_NOOP("Conformite", "impression"),
    "lecture": QT_TRANSLATE_NOOP("Conformite", "lecture"),
    "modification": QT_TRANSLATE_NOOP("Conformite", "modification"),
    "ouverture": QT_TRANSLATE_NOOP("Conformite", "ouverture"),
    "passation": QT_TRANSLATE_NOOP("Conformite", "passation"),
    "prolongation": QT_TRANSLATE_NOOP("Conformite", "conservation prolongée"),
    "reception": QT_TRANSLATE_NOOP("Conformite", "réception"),
    "relecture": QT_TRANSLATE_NOOP("Conformite", "relecture du fichier remis"),
    "relance": QT_TRANSLATE_NOOP("Conformite", "relance"),
    "remise": QT_TRANSLATE_NOOP("Conformite", "remise"),
    "reouverture": QT_TRANSLATE_NOOP("Conformite", "réouverture"),
    "restauration": QT_TRANSLATE_NOOP("Conformite", "reprise de la corbeille"),
    "retour": QT_TRANSLATE_NOOP("Conformite", "retour"),
    "suppression": QT_TRANSLATE_NOOP("Conformite", "suppression"),
}
_OBJETS = {
    "demande_droit": QT_TRANSLATE_NOOP("Conformite", "demande d’une personne"),
    "copie_personne": QT_TRANSLATE_NOOP("Conformite", "copie remise à une personne"),
    "description_traitement": QT_TRANSLATE_NOOP("Conformite", "description du traitement"),
    "liste_controle": QT_TRANSLATE_NOOP("Conformite", "liste de contrôle"),
    "bordereau_elimination": QT_TRANSLATE_NOOP("Conformite", "bordereau d’élimination"),
    "phrase_de_passe": QT_TRANSLATE_NOOP("Conformite", "phrase de passe"),
    "piece_jointe": QT_TRANSLATE_NOOP("Conformite", "pièce jointe"),
    "point_referent": QT_TRANSLATE_NOOP("Conformite", "point pour le référent"),
    "unite": QT_TRANSLATE_NOOP("Conformite", "unité"),
    "tournee": QT_TRANSLATE_NOOP("Conformite", "tournée"),
    "reglages": QT_TRANSLATE_NOOP("Conformite", "réglages"),
    "nomenclature": QT_TRANSLATE_NOOP("Conformite", "liste de choix"),
}


def droit_words(droit: Droit) -> str:
    """What is asked, in words."""
    return QCoreApplication.translate("Conformite", str(_DROITS[droit]))


def tenu_words(droit: Droit) -> str:
    """A limitation or an opposition in force, in words."""
    return QCoreApplication.translate("Conformite", str(_TENUS[droit]))


def reponse_words(reponse: Reponse) -> str:
    """What was answered, in words."""
    return QCoreApplication.translate("Conformite", str(_REPONSES[reponse]))


def action_words(action: str) -> str:
    """An action of the journal, in words; its code when it has none."""
    return (
        QCoreApplication.translate("Conformite", str(_ACTIONS[action]))
        if action in _ACTIONS
        else _plain(action)
    )


def objet_words(objet: str) -> str:
    """A kind of record of the journal, in words; its code when it has none."""
    return (
        QCoreApplication.translate("Conformite", str(_OBJETS[objet])) if objet in _OBJETS else _plain(objet)
    )


def reference_words(reference: str | None) -> str:
    """What a line of the journal is about: a number, or what a coffre was opened with."""
    if reference in _OUVERTURES:
        return QCoreApplication.translate("Conformite", str(_OUVERTURES[reference]))
    return reference or ""


def _plain(code: str) -> str:
    return code.replace("_", " ")
