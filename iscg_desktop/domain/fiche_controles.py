"""May this fiche be issued, and what is still missing from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce

from iscg_desktop.domain.fiche_liaison import FicheContent, Item
from iscg_desktop.domain.fiche_sections import Accord, Base, Canal, Destinataire, Emetteur, Foyer, Reponse
from iscg_desktop.errors import Problem

_OLDEST = 120
_COURRIEL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


@dataclass(frozen=True, slots=True)
class Manque(Problem):
    """Something missing that does not stop the fiche; same attributes as a problem."""


# Field, code of the sentence, item it belongs to: what is not ticked is not missing.
_EXPECTED: tuple[tuple[str, str, Item | None], ...] = (
    ("emetteur.qualite", "fiche_manque_qualite", None),
    ("emetteur.nature_employeur", "fiche_manque_nature_employeur", None),
    ("emetteur.telephone", "fiche_manque_telephone", None),
    ("emetteur.adresse", "fiche_manque_adresse_retour", None),
    ("destinataire.personne", "fiche_manque_destinataire_personne", None),
    ("personne.sexe", "fiche_manque_sexe", None),
    ("personne.naissance", "fiche_manque_naissance", Item.NAISSANCE),
    ("personne.commune", "fiche_manque_commune", None),
    ("personne.adresse", "fiche_manque_adresse", Item.ADRESSE),
    ("foyer", "fiche_manque_foyer", Item.FOYER),
    ("problematique_principale", "fiche_manque_problematique", Item.PROBLEMATIQUES),
    ("recit", "fiche_manque_recit", Item.RECIT),
    ("evaluation.besoins", "fiche_manque_besoins", Item.BESOINS),
    ("evaluation.risques", "fiche_manque_risques", Item.RISQUES),
    ("evaluation.ressources", "fiche_manque_ressources_personne", Item.RESSOURCES_PERSONNE),
    ("evaluation.grille_danger", "fiche_manque_grille_danger", Item.GRILLE_DANGER),
    ("situation.activite", "fiche_manque_activite", Item.ACTIVITE),
    ("situation.csp", "fiche_manque_csp", Item.CSP),
    ("situation.ressources", "fiche_manque_ressources", Item.RESSOURCES),
    ("situation.logement", "fiche_manque_logement", Item.LOGEMENT),
    ("suivi.connu", "fiche_manque_connu", Item.SUIVI),
    ("suivi.suivi", "fiche_manque_suivi", Item.SUIVI),
    ("demarches", "fiche_manque_demarches", Item.DEMARCHES),
    ("information.informee_le", "fiche_manque_informee_le", None),
    ("information.comment", "fiche_manque_comment", None),
)


def check_issue(content: FicheContent, today: date) -> tuple[Problem, ...]:
    """Everything that forbids issuing this fiche today; empty when it may be issued."""
    return (
        *check_emetteur(content.emetteur),
        *_check_frame(content, today),
        *check_destinataire(content.destinataire),
        *_check_personne(content, today),
        *_check_information(content, today),
        *_check_base(content),
    )


def completeness(content: FicheContent) -> tuple[Manque, ...]:
    """What a recipient would expect and does not find; does not stop the fiche."""
    missing = [
        Manque(path, code)
        for path, code, item in _EXPECTED
        if (item is None or item in content.items) and _is_empty(content, path)
    ]
    return (*missing, *_missing_in_context(content))


def _is_empty(content: FicheContent, path: str) -> bool:
    value: object = reduce(getattr, path.split("."), content)
    return not value.strip() if isinstance(value, str) else value in (None, (), Foyer())


def check_emetteur(sender: Emetteur) -> Iterator[Problem]:
    """Whether a document says who issues it."""
    if not sender.nom.strip():
        yield Problem("emetteur.nom", "fiche_emetteur_sans_nom")
    if not sender.employeur.strip():
        yield Problem("emetteur.employeur", "fiche_emetteur_sans_employeur")


def _check_frame(content: FicheContent, today: date) -> Iterator[Problem]:
    if content.etablie_le is None:
        yield Problem("etablie_le", "fiche_sans_date")
    elif content.etablie_le > today:
        yield Problem("etablie_le", "fiche_date_future")
    if content.type is None:
        yield Problem("type", "fiche_sans_type")
    if content.urgence is None:
        yield Problem("urgence", "fiche_sans_urgence")
    if not content.motif.strip():
        yield Problem("motif", "fiche_sans_motif")


def check_destinataire(recipient: Destinataire) -> Iterator[Problem]:
    """Whether a document says whom it is for, and whether it can reach them."""
    if not recipient.service.strip():
        yield Problem("destinataire.service", "fiche_sans_destinataire")
    if recipient.canal is None:
        yield Problem("destinataire.canal", "fiche_sans_canal")
    if recipient.canal is Canal.COURRIER and not recipient.adresse.strip():
        yield Problem("destinataire.adresse", "fiche_courrier_sans_adresse")
    if recipient.canal is Canal.COURRIEL_CHIFFRE and not _COURRIEL.fullmatch(recipient.courriel.strip()):
        yield Problem("destinataire.courriel", "fiche_courriel_sans_adresse")


def _check_personne(content: FicheContent, today: date) -> Iterator[Problem]:
    person = content.personne
    if not (person.nom_naissance + person.nom_usage + person.prenom + person.designation).strip():
        yield Problem("personne.nom_naissance", "fiche_sans_personne")
    birth = person.naissance
    if birth is not None and birth.date is not None and birth.date > (content.etablie_le or today):
        yield Problem("personne.naissance", "fiche_naissance_apres")
        return
    age = person.age_le(content.etablie_le or today)
    if age is not None and age < 0:
        yield Problem("personne.naissance", "fiche_naissance_apres")
    elif age is not None and age > _OLDEST:
        yield Problem("personne.naissance", "fiche_naissance_trop_ancienne")
    if person.age_note_le is not None and person.age_note_le > today:
        yield Problem("personne.naissance", "fiche_age_note_futur")


def _check_information(content: FicheContent, today: date) -> Iterator[Problem]:
    told = content.information
    last = min(content.etablie_le or today, today)
    if told.informee_le is not None and told.informee_le > last:
        yield Problem("information.informee_le", "fiche_information_future")
    if told.retrait_le is not None and told.retrait_le > last:
        yield Problem("information.retrait_le", "fiche_retrait_futur")
    if told.retrait_le and told.informee_le and told.retrait_le < told.informee_le:
        yield Problem("information.retrait_le", "fiche_retrait_avant_information")
    # L226-2-2 CASF: parents are informed first, unless that is contrary to the child's interest.
    if content.mineur or content.base.base is Base.PROTECTION_ENFANCE:
        if told.parents_informes in (None, Reponse.INCONNU):
            yield Problem("information.parents_informes", "fiche_parents_non_precise")
        elif told.parents_informes is Reponse.NON and not told.parents_motif.strip():
            yield Problem("information.parents_motif", "fiche_parents_sans_motif")


def _check_base(content: FicheContent) -> Iterator[Problem]:
    """No accord and no other base: the fiche cannot be issued."""
    base, told = content.base, content.information
    if base.base is None:
        yield Problem("base.base", "fiche_sans_base")
    elif base.base is Base.ACCORD:
        if told.accord is not Accord.OUI:
            yield Problem("information.accord", "fiche_sans_accord")
        elif told.retrait_le is not None:
            yield Problem("information.retrait_le", "fiche_accord_retire")
        # An accord given to nothing one was told is no accord.
        if told.informee_le is None:
            yield Problem("information.informee_le", "fiche_accord_sans_information")
    elif base.base is Base.AUTRE and not base.precision.strip():
        yield Problem("base.precision", "fiche_base_sans_precision")


def _missing_in_context(content: FicheContent) -> Iterator[Manque]:
    """What only some situations call for."""
    if Item.CONTACT_SUR in content.items:
        if not content.contact_sur.renseigne:
            yield Manque("contact_sur.numero", "fiche_manque_contact_sur")
        elif content.contact_sur.numero and not (content.contact_sur.jours or content.contact_sur.heures):
            yield Manque("contact_sur.heures", "fiche_manque_contact_heures")
    if content.alerte and not content.alerte_motif.strip():
        yield Manque("alerte_motif", "fiche_manque_alerte_motif")
    if content.base.base is Base.ACCORD and not content.information.portee.strip():
        yield Manque("information.portee", "fiche_manque_portee")
    if content.base.base is Base.URGENCE_DANGER and not content.base.precision.strip():
        yield Manque("base.precision", "fiche_manque_danger")
    if content.mineur:
        if Item.SCOLARITE in content.items and not content.scolarite.etablissement.strip():
            yield Manque("scolarite.etablissement", "fiche_manque_etablissement")
        if Item.PARENTS in content.items and not content.parents:
            yield Manque("parents", "fiche_manque_parents")
