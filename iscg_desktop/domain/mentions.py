"""What the law has a document say, for each document, diploma and kind of employer.

Sources: L411-3 CASF and 226-13 CP (secrecy), 40 CPP (duty of public agents, contractual ones included).
"""

from __future__ import annotations

from enum import StrEnum

from iscg_desktop.domain.fiche_sections import Emetteur, MentionSecret

PROTECTION_ENFANCE = "protection_enfance"
"""Code of the regime of a dossier about a child in danger."""


class TypeDocument(StrEnum):
    """Kinds of documents that she issues."""

    FICHE = "fiche"
    INFORMATION_PREOCCUPANTE = "information_preoccupante"
    SIGNALEMENT = "signalement"
    NOTE_INFORMATION = "note_information"


class Mention(StrEnum):
    """A sentence of the law printed with who issues the document."""

    SECRET_PROFESSION = "secret_profession"  # noqa: S105 - not a password
    SECRET_MISSION = "secret_mission"  # noqa: S105 - not a password
    ARTICLE_40 = "article_40"


def mentions(document: TypeDocument, emetteur: Emetteur) -> tuple[Mention, ...]:
    """The mentions of a document; article 40 never for a private employer, nor one that is not known.

    A signalement of a public agent states the duty it fulfils; elsewhere she chooses whether it is recalled.
    A note to a person says nothing of it: it is no warning.
    """
    by_profession = emetteur.mention_secret is MentionSecret.PROFESSION
    secrecy = Mention.SECRET_PROFESSION if by_profession else Mention.SECRET_MISSION
    stated = {
        TypeDocument.SIGNALEMENT: _public(emetteur),
        TypeDocument.NOTE_INFORMATION: False,
    }.get(document, emetteur.article_40)
    return (secrecy, Mention.ARTICLE_40) if stated else (secrecy,)


class Fondement(StrEnum):
    """What allows a document to be handed over, for professionals bound by secrecy."""

    PROTECTION_ENFANCE = "l226_2_2"
    GRAVITE_ENFANT = "l226_4"
    PERSONNE_SANS_DEFENSE = "226_14"
    PERIL = "223_6"
    ARTICLE_40 = "article_40"


def offered(regime: str) -> tuple[TypeDocument, ...]:
    """The documents that a dossier calls for, by its regime; an information préoccupante is about a child."""
    if regime == PROTECTION_ENFANCE:
        return (
            TypeDocument.INFORMATION_PREOCCUPANTE,
            TypeDocument.SIGNALEMENT,
            TypeDocument.NOTE_INFORMATION,
        )
    return (TypeDocument.SIGNALEMENT, TypeDocument.NOTE_INFORMATION)


def fondements(document: TypeDocument, emetteur: Emetteur, *, mineurs: bool) -> tuple[Fondement, ...]:
    """What may allow a document to be handed over; article 40 binds public agents only.

    Sources: L226-2-1, L226-2-2 and L226-4 CASF; 226-14 and 223-6 CP; 40 CPP.
    """
    if document is TypeDocument.INFORMATION_PREOCCUPANTE:
        return (Fondement.PROTECTION_ENFANCE,)
    if document is not TypeDocument.SIGNALEMENT:
        return ()
    found = (
        (Fondement.GRAVITE_ENFANT, Fondement.PERSONNE_SANS_DEFENSE)
        if mineurs
        else (Fondement.PERSONNE_SANS_DEFENSE, Fondement.PERIL)
    )
    return (*found, Fondement.ARTICLE_40) if _public(emetteur) else found


def _public(emetteur: Emetteur) -> bool:
    return emetteur.nature_employeur is not None and emetteur.nature_employeur.public
