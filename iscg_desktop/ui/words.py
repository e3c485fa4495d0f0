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


def etape_role(code: str) -> str:
    """Role of the chip of a step: what waits, what is under way, what came back."""
    return {"a_imprimer": "warn", "retour": "good"}.get(code, "accent")


def resultat(code: str) -> str:
    """Words of what an attempt to call gave; empty for none."""
    words = {
        "injoignable": QCoreApplication.translate("Appel", "Injoignable"),
        "sans_message": QCoreApplication.translate("Appel", "Pas de message laissé"),
        "rappel": QCoreApplication.translate("Appel", "Rappel demandé"),
        "joint": QCoreApplication.translate("Appel", "Personne jointe"),
    }
    return words.get(code, "")
