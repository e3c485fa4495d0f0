"""How the facts of a recorded entretien read: the label of each, and its value in words."""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import QCoreApplication

from iscg_desktop.domain.dates import format_date, format_duree, format_heure
from iscg_desktop.domain.entretien import OrientationFaite
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.services.listes import ListesService

TEXTS = ("elements_transmissibles", "notes_de_travail")

# Fields named otherwise than their list.
_LISTES = {
    "problematique_principale": "problematique",
    "problematiques": "problematique",
    "demandes": "demande",
    "reponses": "reponse",
    "orientation_type": "type_partenaire",
    "orientation_accord": "accord",
}

# What names somebody, or what she typed: only the label of it in the discreet mode.
VEILED = (*TEXTS, "orientation_personne_id", "orientation_motif")


def _tr(words: str) -> str:
    return QCoreApplication.translate("EntretienWords", words)


def label(champ: str) -> str:
    """Name of a fact."""
    return {
        "date": _tr("Date"),
        "heure": _tr("Heure"),
        "duree": _tr("Durée"),
        "mode": _tr("Mode"),
        "issue": _tr("Issue"),
        "lieu": _tr("Lieu"),
        "unite_id": _tr("Unité"),
        "partenaire_id": _tr("Partenaire"),
        "problematique_principale": _tr("Problématique principale"),
        "problematiques": _tr("Autres problématiques"),
        "demandes": _tr("Demandes"),
        "reponses": _tr("Réponses"),
        "elements_transmissibles": _tr("Éléments transmissibles"),
        "notes_de_travail": _tr("Notes de travail (hors fiche)"),
        "ajoutee": _tr("Personne ajoutée"),
        "retiree": _tr("Personne retirée"),
        "participation": _tr("Dans cet entretien"),
        "accord": _tr("Accord pour transmettre"),
        "sexe": _tr("Sexe"),
        "age": _tr("Âge"),
        "statut": _tr("Statut"),
        "situation_conjugale": _tr("Situation conjugale"),
        "type_menage": _tr("Ménage"),
        "activite": _tr("Activité"),
        "csp": _tr("Catégorie (CSP)"),
        "logement": _tr("Logement"),
        "ressources": _tr("Ressources"),
        "vulnerabilite": _tr("Vulnérabilités"),
        "connu_services_sociaux": _tr("Connu des services sociaux"),
        "suivi_en_cours": _tr("Suivi en cours"),
        "commune": _tr("Commune"),
        "orientation_ajoutee": _tr("Orientation ajoutée"),
        "orientation_retiree": _tr("Orientation retirée"),
        "orientation_date": _tr("Date de l’orientation"),
        "orientation_personne_id": _tr("Personne orientée"),
        "orientation_type": _tr("Type de partenaire de l’orientation"),
        "orientation_partenaire_id": _tr("Partenaire de l’orientation"),
        "orientation_accord": _tr("Accord pour l’orientation"),
        "orientation_motif": _tr("Motif de l’orientation"),
    }[champ]


def towards(orientation: OrientationFaite, listes: ListesService) -> str:
    """Towards whom an orientation leads: the type, and the structure if it is known."""
    kind = listes.libelle("type_partenaire", orientation.type)
    partner = orientation.partenaire_id
    return kind if partner is None else f"{kind}, {listes.partenaire(partner)}"


def value(champ: str, given: object, listes: ListesService) -> str:
    """A fact in words; « rien » where nothing was said."""
    if given in (None, "", (), NON_RENSEIGNE):
        return _tr("rien")
    if isinstance(given, date):
        return format_date(given)
    if isinstance(given, time):
        return format_heure(given)
    if champ == "participation":
        return {
            "presente": _tr("présente"),
            "accueillie": _tr("accueillie sans être vue"),
            "mentionnee": _tr("seulement mentionnée"),
        }[str(given)]
    if champ in ("orientation_personne_id", "orientation_motif"):
        return str(given)
    if isinstance(given, tuple):
        return ", ".join(listes.libelle(_LISTES.get(champ, champ), code) for code in given)
    if isinstance(given, int):
        return _number(champ, given, listes)
    if champ == "commune":
        return listes.commune(str(given))
    liste = _LISTES.get(champ, champ)
    return listes.libelle(liste, str(given))


def _number(champ: str, given: int, listes: ListesService) -> str:
    if champ == "duree":
        return format_duree(given)
    if champ == "unite_id":
        return listes.unite(given)
    if champ.endswith("partenaire_id"):
        return listes.partenaire(given)
    return _tr("{0}\u00a0ans").format(given) if champ == "age" else str(given)
