"""What the law has a document say, for each document, diploma and kind of employer.

Sources: L411-3 CASF and 226-13 CP (secrecy), 40 CPP (duty of public agents, contractual ones included).
"""

from __future__ import annotations

from enum import StrEnum

from iscg_desktop.domain.fiche_sections import Emetteur, MentionSecret


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
    public = emetteur.nature_employeur is not None and emetteur.nature_employeur.public
    stated = {
        TypeDocument.SIGNALEMENT: public,
        TypeDocument.NOTE_INFORMATION: False,
    }.get(document, emetteur.article_40)
    return (secrecy, Mention.ARTICLE_40) if stated else (secrecy,)
