"""May this document be issued, what is missing from it, and what looks like the judicial procedure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from iscg_desktop.domain.document import DocumentContent, Source
from iscg_desktop.domain.fiche_controles import Manque, check_destinataire, check_emetteur
from iscg_desktop.domain.fiche_sections import Reponse
from iscg_desktop.domain.mentions import TypeDocument
from iscg_desktop.errors import Problem

# Acts of the procedure, which she may hear of in the unit and must never hand over.
_PROCEDURE = re.compile(
    r"\b(garde[s]? à vue|procès[- ]verba(?:l|ux)|pv|auditions?|auditionnée?s?|mis en examen|perquisitions?"
    r"|réquisitions?|casier judiciaire|confrontations?|dépositions?|contrôle judiciaire)\b",
    re.IGNORECASE,
)


def check_document(content: DocumentContent, today: date) -> tuple[Problem, ...]:
    """Everything that forbids issuing this document today; empty when it may be issued."""
    frame = [*check_emetteur(content.emetteur)]
    if content.document is TypeDocument.NOTE_INFORMATION:
        return (*frame, *_check_note(content))
    return (*frame, *_check_transmission(content, today))


def missing(content: DocumentContent) -> tuple[Manque, ...]:
    """What a recipient would expect and does not find; does not stop the document."""
    sender = content.emetteur
    found = [Manque("emetteur.qualite", "fiche_manque_qualite")] if not sender.qualite.strip() else []
    if not sender.telephone.strip():
        found.append(Manque("emetteur.telephone", "fiche_manque_telephone"))
    note = content.document is TypeDocument.NOTE_INFORMATION
    return (*found, *(_missing_in_note(content) if note else _missing_in_transmission(content)))


def procedure_words(text: str) -> tuple[str, ...]:
    """Words of a text that seem to come from the judicial procedure, each once."""
    return tuple(dict.fromkeys(word.lower() for word in _PROCEDURE.findall(text)))


def _check_note(content: DocumentContent) -> Iterator[Problem]:
    sender = content.emetteur
    if not (content.dpo + sender.adresse + sender.courriel).strip():
        yield Problem("dpo", "note_sans_contact")
    if content.duree_mois < 1:
        yield Problem("duree_mois", "note_sans_duree")


def _check_transmission(content: DocumentContent, today: date) -> Iterator[Problem]:
    yield from check_destinataire(content.destinataire)
    if content.urgence is None:
        yield Problem("urgence", "fiche_sans_urgence")
    if not any((each.prenom + each.nom).strip() for each in content.concernes):
        code = "document_sans_enfant" if content.mineurs else "document_sans_personne"
        yield Problem("concernes", code)
    yield from _check_faits(content)
    if not content.danger.strip():
        yield Problem("danger", "document_sans_danger")
    if not content.demande.strip():
        yield Problem("demande", "document_sans_demande")
    yield from _check_information(content, today)
    if content.base is None:
        yield Problem("base", "fiche_sans_base")


def _check_faits(content: DocumentContent) -> Iterator[Problem]:
    told = [fait for fait in content.faits if fait.texte.strip()]
    if not told:
        yield Problem("faits", "document_sans_faits")
    if any(not fait.quand.strip() for fait in told):
        yield Problem("faits", "document_fait_sans_date")
    if any(fait.source is None for fait in told):
        yield Problem("faits", "document_fait_sans_source")
    if any(fait.source not in (None, Source.VU) and not fait.qui.strip() for fait in told):
        yield Problem("faits", "document_fait_sans_auteur")


def _check_information(content: DocumentContent, today: date) -> Iterator[Problem]:
    """Parents are informed first, unless that is contrary to the child's interest (L226-2-1, L226-2-2 CASF)."""
    children = content.mineurs
    if content.informes in (None, Reponse.INCONNU):
        code = "fiche_parents_non_precise" if children else "document_personne_non_precise"
        yield Problem("informes", code)
    elif content.informes is Reponse.NON and not content.informes_motif.strip():
        code = "fiche_parents_sans_motif" if children else "document_personne_sans_motif"
        yield Problem("informes_motif", code)
    if content.informes_le is not None and content.informes_le > today:
        yield Problem("informes_le", "fiche_information_future")


def _missing_in_transmission(content: DocumentContent) -> Iterator[Manque]:
    if not content.destinataire.personne.strip():
        yield Manque("destinataire.personne", "fiche_manque_destinataire_personne")
    if any(not each.naissance.strip() for each in content.concernes):
        yield Manque("concernes", "fiche_manque_naissance")
    if any(not each.adresse.strip() for each in content.concernes):
        yield Manque("concernes", "fiche_manque_adresse")
    if content.mineurs:
        if any(not each.ecole.strip() for each in content.concernes):
            yield Manque("concernes", "fiche_manque_etablissement")
        if not content.responsables:
            yield Manque("responsables", "fiche_manque_parents")
        elif any(each.autorite is None for each in content.responsables):
            yield Manque("responsables", "document_manque_autorite")
    if not content.connaissance.strip():
        yield Manque("connaissance", "document_manque_connaissance")
    if not content.deja_fait.strip():
        yield Manque("deja_fait", "document_manque_deja_fait")
    if content.informes is Reponse.OUI and content.informes_le is None:
        yield Manque("informes_le", "document_manque_informes_le")


def _missing_in_note(content: DocumentContent) -> Iterator[Manque]:
    if not content.dpo.strip():
        yield Manque("dpo", "note_manque_dpo")
