"""French words of the states that are codes of the program itself, not of a list."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def etape(code: str) -> str:
    """Words of a step in the trace of a fiche; empty for none."""
    words = {
        "a_imprimer": QCoreApplication.translate("Etape", "à imprimer"),
        "imprimee": QCoreApplication.translate("Etape", "imprimée"),
        "enregistree": QCoreApplication.translate("Etape", "enregistrée"),
        "remise": QCoreApplication.translate("Etape", "remise"),
        "accusee": QCoreApplication.translate("Etape", "reçue"),
        "retour": QCoreApplication.translate("Etape", "retour noté"),
        "relance": QCoreApplication.translate("Etape", "relancée"),
    }
    return words.get(code, "")


def etape_document(code: str) -> str:
    """Words of a step in the trace of a document."""
    words = {
        "a_imprimer": QCoreApplication.translate("Etape", "À imprimer"),
        "imprimee": QCoreApplication.translate("Etape", "Imprimé"),
        "enregistree": QCoreApplication.translate("Etape", "Enregistré en PDF"),
        "remise": QCoreApplication.translate("Etape", "Remis"),
    }
    return words[code]


def etape_role(code: str) -> str:
    """Role of the chip of a step: what waits, what is under way, what came back."""
    return {"a_imprimer": "warn", "retour": "good"}.get(code, "accent")


def accord(code: str) -> str:
    """Words of an accord, the same wherever one is shown."""
    words = {
        "oui": QCoreApplication.translate("Accord", "accord donné"),
        "non": QCoreApplication.translate("Accord", "accord refusé"),
    }
    return words.get(code) or QCoreApplication.translate("Accord", "accord non recueilli")


def resultat(code: str) -> str:
    """Words of what an attempt to call gave; empty for none."""
    words = {
        "injoignable": QCoreApplication.translate("Appel", "Injoignable"),
        "sans_message": QCoreApplication.translate("Appel", "Pas de message laissé"),
        "rappel": QCoreApplication.translate("Appel", "Rappel demandé"),
        "joint": QCoreApplication.translate("Appel", "Personne jointe"),
    }
    return words.get(code, "")


def raison(code: str) -> str:
    """What speaks for or against two lines being one person."""
    words = {
        "meme_nom": QCoreApplication.translate("Rapprochement", "même nom"),
        "nom_oreille": QCoreApplication.translate("Rapprochement", "nom proche à l’oreille"),
        "nom_lettre": QCoreApplication.translate("Rapprochement", "nom à une lettre près"),
        "meme_prenom": QCoreApplication.translate("Rapprochement", "même prénom"),
        "prenom_usuel": QCoreApplication.translate("Rapprochement", "prénom d’usage"),
        "prenom_oreille": QCoreApplication.translate("Rapprochement", "prénom proche à l’oreille"),
        "prenom_lettre": QCoreApplication.translate("Rapprochement", "prénom à une lettre près"),
        "autre_prenom": QCoreApplication.translate("Rapprochement", "autre prénom"),
        "meme_date": QCoreApplication.translate("Rapprochement", "même date de naissance"),
        "meme_annee": QCoreApplication.translate("Rapprochement", "même année de naissance"),
        "date_inversee": QCoreApplication.translate("Rapprochement", "jour et mois de naissance inversés"),
        "naissance_proche": QCoreApplication.translate("Rapprochement", "naissance proche"),
        "autre_naissance": QCoreApplication.translate("Rapprochement", "autre naissance"),
        "autre_sexe": QCoreApplication.translate("Rapprochement", "autre sexe"),
        "meme_telephone": QCoreApplication.translate("Rapprochement", "même téléphone"),
        "meme_adresse": QCoreApplication.translate("Rapprochement", "même adresse"),
    }
    return words.get(code, "")


def verdict(code: str) -> str:
    """What may be said of two lines; never more than a question."""
    words = {
        "probable": QCoreApplication.translate("Rapprochement", "sans doute la même"),
        "possible": QCoreApplication.translate("Rapprochement", "peut-être la même"),
        "foyer": QCoreApplication.translate("Rapprochement", "même foyer\u00a0?"),
    }
    return words.get(code, "")


def verdict_role(code: str) -> str:
    """Role of the chip of a verdict."""
    return {"probable": "warn", "possible": "accent"}.get(code, "quiet")


def initials(*names: str) -> str:
    """« A. L. » for Anaïs Le Péron: one letter a name."""
    return " ".join(f"{name.strip()[0].upper()}." for name in names if name.strip())
