"""The words of each event of a dossier, as its page says them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from iscg_desktop.domain.dates import format_heure
from iscg_desktop.domain.dossier import TimelineEvent
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui import words

ICONS = {
    "saisine": "inbox",
    "tentative": "phone",
    "rendez_vous": "calendar",
    "entretien": "message-square",
    "orientation": "send",
    "fiche": "file-text",
    "etape": "file-text",
    "document": "file-text",
    "suite": "corner-down-left",
    "contact": "phone",
    "relance": "clock",
    "point": "flag",
    "point_vu": "users",
    "cloture": "archive",
    "reouverture": "folder-open",
}

_SNIPPET = 160
# What she typed, where names are; of the others the detail is the name of a partner.
_TYPED = frozenset({
    "saisine", "tentative", "rendez_vous", "entretien", "suite", "relance", "point", "point_vu", "cloture",
    "reouverture",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dit:
    """An event in words.

    Attributes:
        state: Role and words of its chip; None draws none.
    """

    text: str
    sub: str
    state: tuple[str, str] | None = None


def say(event: TimelineEvent, listes: ListesService, names: Mapping[int, str], *, discreet: bool) -> Dit:
    """What a line of the timeline says of an event.

    Args:
        event: The event.
        listes: The lists of coded values.
        names: What to call each person, where several are concerned; empty where there is one.
        discreet: Leave out what she typed.
    """
    label = _label(event, listes)
    detail = "" if discreet and event.kind in _TYPED else event.detail
    if event.kind in ("etape", "document"):  # a code: the chip or the title says it
        detail = ""
    if len(detail) > _SNIPPET:
        detail = detail[:_SNIPPET].rstrip() + "…"
    about = names.get(event.personne_id or 0, "")
    facts = [format_heure(event.heure) if event.heure else "", about, detail]
    title = _tr(_title(event))
    return Dit(
        f"{title} · {label}" if label else title,
        " · ".join(part for part in facts if part),
        _state(event, listes),
    )


def _title(event: TimelineEvent) -> object:
    """What an event is called: a step of a fiche and a document have names of their own."""
    if event.kind == "etape":
        return _STEPS[event.issue]
    named = _DOCUMENTS.get(event.detail) if event.kind == "document" else None
    return named or _TITLES[event.kind]


def _tr(text: object) -> str:
    return QCoreApplication.translate("Evenement", str(text))


_TITLES = {
    "saisine": QT_TRANSLATE_NOOP("Evenement", "Saisine"),
    "tentative": QT_TRANSLATE_NOOP("Evenement", "Appel"),
    "rendez_vous": QT_TRANSLATE_NOOP("Evenement", "Rendez-vous"),
    "entretien": QT_TRANSLATE_NOOP("Evenement", "Entretien"),
    "orientation": QT_TRANSLATE_NOOP("Evenement", "Orientation"),
    "fiche": QT_TRANSLATE_NOOP("Evenement", "Fiche"),
    "document": QT_TRANSLATE_NOOP("Evenement", "Document"),
    "suite": QT_TRANSLATE_NOOP("Evenement", "Suite"),
    "contact": QT_TRANSLATE_NOOP("Evenement", "Contact avec un partenaire"),
    "relance": QT_TRANSLATE_NOOP("Evenement", "Relance"),
    "point": QT_TRANSLATE_NOOP("Evenement", "À revoir avec le référent"),
    "point_vu": QT_TRANSLATE_NOOP("Evenement", "Vu avec le référent"),
    "cloture": QT_TRANSLATE_NOOP("Evenement", "Dossier clos"),
    "reouverture": QT_TRANSLATE_NOOP("Evenement", "Dossier rouvert"),
}

_DOCUMENTS = {
    "information_preoccupante": QT_TRANSLATE_NOOP("Evenement", "Information préoccupante"),
    "signalement": QT_TRANSLATE_NOOP("Evenement", "Signalement"),
    "note_information": QT_TRANSLATE_NOOP("Evenement", "Note d’information"),
}

_STEPS = {
    "remise": QT_TRANSLATE_NOOP("Evenement", "Fiche remise"),
    "accusee": QT_TRANSLATE_NOOP("Evenement", "Fiche reçue"),
    "relance": QT_TRANSLATE_NOOP("Evenement", "Fiche relancée"),
    "retour": QT_TRANSLATE_NOOP("Evenement", "Retour de la fiche"),
}

_SUITES = {
    "accompagnement_engage": "good",
    "rdv_fixe": "good",
    "refus_personne": "warn",
    "refus_partenaire": "warn",
}

_LISTS = {
    "saisine": "origine",
    "rendez_vous": "lieu",
    "entretien": "mode",
    "orientation": "type_partenaire",
    "suite": "suite",
    "contact": "canal_contact",
}


def _label(event: TimelineEvent, listes: ListesService) -> str:
    if event.kind == "tentative":
        results = {
            "injoignable": _tr(QT_TRANSLATE_NOOP("Evenement", "injoignable")),
            "sans_message": _tr(QT_TRANSLATE_NOOP("Evenement", "sans laisser de message")),
            "rappel": _tr(QT_TRANSLATE_NOOP("Evenement", "rappel demandé")),
            "joint": _tr(QT_TRANSLATE_NOOP("Evenement", "joint")),
        }
        return results.get(event.code, "")
    liste = _LISTS.get(event.kind)
    if liste is None:
        return event.code  # the number of a fiche, or nothing
    return "" if event.code == NON_RENSEIGNE else listes.libelle(liste, event.code)


def _state(event: TimelineEvent, listes: ListesService) -> tuple[str, str] | None:
    kind, issue = event.kind, event.issue
    if issue in ("", NON_RENSEIGNE):
        return None
    if kind == "fiche":
        return words.etape_role(issue), words.etape(issue)
    if kind == "document":
        return ("warn" if issue == "a_imprimer" else "good"), words.etape_document(issue).lower()
    if kind == "etape":
        told = issue == "retour" and bool(event.detail)
        return (_SUITES.get(event.detail, "quiet"), listes.libelle("suite", event.detail)) if told else None
    if kind == "orientation":
        return ("good" if issue == "oui" else "warn"), words.accord(issue)
    if kind == "saisine":
        return ("alert" if issue == "immediate" else "accent"), listes.libelle("urgence", issue)
    if kind == "entretien":
        return ("good" if issue == "realise" else "accent"), listes.libelle("issue", issue)
    role, words_of_state = _STATES.get((kind, issue), ("", ""))
    return (role, _tr(words_of_state)) if role else None


_STATES = {
    ("rendez_vous", "prevu"): ("accent", QT_TRANSLATE_NOOP("Evenement", "prévu")),
    ("rendez_vous", "honore"): ("good", QT_TRANSLATE_NOOP("Evenement", "honoré")),
    ("rendez_vous", "absent"): ("warn", QT_TRANSLATE_NOOP("Evenement", "absent")),
    ("rendez_vous", "annule"): ("quiet", QT_TRANSLATE_NOOP("Evenement", "annulé")),
    ("relance", "a_faire"): ("warn", QT_TRANSLATE_NOOP("Evenement", "à faire")),
    ("relance", "faite"): ("good", QT_TRANSLATE_NOOP("Evenement", "faite")),
    ("point", "a_revoir"): ("warn", QT_TRANSLATE_NOOP("Evenement", "à revoir")),
    ("point", "vu"): ("good", QT_TRANSLATE_NOOP("Evenement", "vu")),
    ("contact", "recu"): ("quiet", QT_TRANSLATE_NOOP("Evenement", "reçu")),
    ("contact", "emis"): ("quiet", QT_TRANSLATE_NOOP("Evenement", "passé")),
}
