"""Where a saisine stands and how long it waits, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from PySide6.QtCore import QCoreApplication

from iscg_desktop.domain.dates import format_heure, format_jour
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.saisine import (
    A_TRAITER,
    CONTACT_TENTE,
    DOSSIER_OUVERT,
    RENDEZ_VOUS_FIXE,
    SANS_SUITE,
    Delais,
    Saisine,
    SaisineSuivie,
)
from iscg_desktop.services.doublons import Doublon
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.plain import unbroken

translate = QCoreApplication.translate

URGENCES = {"immediate": "alert", "sous_48h": "warn", "differee": "accent"}
"""Role of the chip of each urgency."""

_CLOSED = (DOSSIER_OUVERT, SANS_SUITE)


def label(listes: ListesService, liste: str, code: str | None) -> str:
    """Label of a code, "" for what nobody answered."""
    return "" if code in (None, NON_RENSEIGNE) else listes.libelle(liste, code)


def urgence(listes: ListesService, saisine: Saisine) -> str:
    """« Immédiate », or that it is to be said."""
    return label(listes, "urgence", saisine.urgence) or translate("Saisine", "à préciser")


def moment(day: date, hour: time | None) -> str:
    """« lundi 23 novembre à 9 h 30 »."""
    if hour is None:
        return format_jour(day)
    return translate("Saisine", "{jour} à {heure}").format(jour=format_jour(day), heure=format_heure(hour))


def short_moment(day: date, hour: time | None, today: date) -> str:
    """« 23/11, 9 h 30 », with the year when it is another one."""
    words = f"{day.day:02}/{day.month:02}" + ("" if day.year == today.year else f"/{day.year}")
    return words if hour is None else f"{words}, {format_heure(hour)}"


def etat(listes: ListesService, suivie: SaisineSuivie, today: date) -> str:
    """« contact tenté (2) », « rendez-vous le 24/11, 9 h », « dossier 2026-0012 », « sans suite (refus) »."""
    saisine = suivie.saisine
    if saisine.etat == CONTACT_TENTE:
        words = translate("Saisine", "contact tenté ({n})").format(n=suivie.tentatives)
    elif saisine.etat == RENDEZ_VOUS_FIXE and suivie.rendez_vous_le is not None:
        words = translate("Saisine", "rendez-vous le {moment}").format(
            moment=short_moment(suivie.rendez_vous_le, suivie.rendez_vous_a, today)
        )
    elif saisine.etat == DOSSIER_OUVERT:
        words = translate("Saisine", "dossier {numero}").format(numero=suivie.numero)
    elif saisine.etat == SANS_SUITE:
        words = translate("Saisine", "sans suite ({motif})").format(
            motif=listes.libelle("motif_sans_suite", saisine.motif_sans_suite).lower()
        )
    else:
        words = translate("Saisine", "à traiter")
    return words


def etat_court(listes: ListesService, suivie: SaisineSuivie, today: date) -> str:
    """The same without the hour of the rendez-vous nor the reason of a « sans suite »."""
    if suivie.saisine.etat == RENDEZ_VOUS_FIXE and suivie.rendez_vous_le is not None:
        day = short_moment(suivie.rendez_vous_le, None, today)
        return translate("Saisine", "rendez-vous {jour}").format(jour=day)
    if suivie.saisine.etat == SANS_SUITE:
        return translate("Saisine", "sans suite")
    return etat(listes, suivie, today)


def etat_role(saisine: Saisine) -> str:
    """Role of the chip of a state."""
    roles = {A_TRAITER: "accent", RENDEZ_VOUS_FIXE: "good"}
    return roles.get(saisine.etat, "quiet")


def attente_courte(suivie: SaisineSuivie, delais: Delais) -> str:
    """« 3 jours », « en retard · 3 jours »: words, never a colour alone."""
    if suivie.saisine.etat in _CLOSED:
        return ""
    if delais.attente <= 0:
        since = translate("Saisine", "aujourd’hui")
    elif delais.attente == 1:
        since = translate("Saisine", "hier")
    else:
        since = translate("Saisine", "{n} jours").format(n=delais.attente)
    return translate("Saisine", "en retard · {depuis}").format(depuis=since) if delais.retard else since


def attente(suivie: SaisineSuivie, delais: Delais) -> str:
    """« depuis 3 jours », with the reason when it is late."""
    if suivie.saisine.etat in _CLOSED:
        return ""
    since = depuis(delais.attente)
    late = {
        "contact": translate("Saisine", "appel en retard, {depuis}"),
        "relance": translate("Saisine", "rappel en retard, {depuis}"),
        "rendez_vous": translate("Saisine", "rendez-vous passé, {depuis}"),
    }
    return late[delais.retard].format(depuis=since) if delais.retard else since


def etapes(suivie: SaisineSuivie, delais: Delais) -> str:
    """How long each step took: « Premier appel le jour même · entretien après 5 jours »."""
    steps = []
    if delais.tentative is not None:
        steps.append(translate("Saisine", "premier appel {apres}").format(apres=apres(delais.tentative)))
    if delais.rencontre is not None:
        words = (
            translate("Saisine", "entretien {apres}")
            if suivie.entretien_le is not None
            else translate("Saisine", "rendez-vous {apres}")
        )
        steps.append(words.format(apres=apres(delais.rencontre)))
    return begun(*steps)


def depuis(days: int) -> str:
    """« depuis aujourd’hui », « depuis hier », « depuis 3 jours »."""
    if days <= 0:
        return translate("Saisine", "depuis aujourd’hui")
    if days == 1:
        return translate("Saisine", "depuis hier")
    return translate("Saisine", "depuis {n} jours").format(n=days)


def apres(days: int) -> str:
    """« le jour même », « le lendemain », « après 3 jours »."""
    if days <= 0:
        return translate("Saisine", "le jour même")
    if days == 1:
        return translate("Saisine", "le lendemain")
    return translate("Saisine", "après {n} jours").format(n=days)


def begun(*parts: str) -> str:
    """Parts of a line, the first with a capital."""
    said = " · ".join(filter(None, parts))
    return said[:1].upper() + said[1:]


def told(listes: ListesService, saisine: Saisine, *, discreet: bool) -> list[str]:
    """How it came, who asked, how urgent it is and whether she may be called; no word typed when discreet."""
    came = (
        listes.unite(saisine.unite_id),
        label(listes, "origine", saisine.origine),
        label(listes, "support", saisine.support),
    )
    who = () if discreet else (saisine.demandeur, unbroken(saisine.telephone))
    pressing = translate("Saisine", "Urgence\u00a0: {0} · accord de contact\u00a0: {1}").format(
        urgence(listes, saisine).lower(), listes.libelle("accord_contact", saisine.accord_contact).lower()
    )
    return [line for line in (" · ".join(filter(None, part)) for part in (came, who, (pressing,))) if line]


def beware(saisine: Saisine, known: Iterable[Doublon], *, discreet: bool) -> str:
    """What must be read before she is called: from the saisine, and from the dossiers with the same number."""
    known = tuple(known)
    said = []
    if saisine.accord_contact == "non":
        said.append(translate("Saisine", "Ne pas appeler\u00a0: accord de contact refusé."))
    if saisine.sans_message or any(each.sans_message for each in known):
        said.append(translate("Saisine", "Ne pas laisser de message."))
    places = dict.fromkeys(filter(None, (saisine.contact_sur, *(each.contact_sur for each in known))))
    if discreet and places:
        places = dict.fromkeys((translate("Saisine", "noté, masqué"),))
    said += [translate("Saisine", "Contact sûr\u00a0: {0}.").format(unbroken(place)) for place in places]
    return " ".join(said)
