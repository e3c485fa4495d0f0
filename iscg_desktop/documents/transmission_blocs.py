"""The sections that an information préoccupante and a signalement share; what is empty is left out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Paragraph, Spacer

from iscg_desktop.documents import fonts, layout
from iscg_desktop.documents.blocs import (
    CANAUX,
    URGENCES,
    Cells,
    Head,
    choice,
    issued_on,
    parties,
    someone,
)
from iscg_desktop.documents.layout import (
    Box,
    Columns,
    Row,
    grid,
    letterhead,
    paragraphs,
    section,
    text,
    together,
)
from iscg_desktop.domain.dates import format_date
from iscg_desktop.domain.document import Concerne, DocumentContent, Fait, Responsable, Source
from iscg_desktop.domain.fiche_sections import Reponse, Urgence
from iscg_desktop.domain.mentions import Fondement

_SOURCES = {
    Source.VU: "Vu par l’émetteur",
    Source.DIT_PAR: "Dit par",
    Source.RAPPORTE_PAR: "Rapporté par",
}
_CASF = "du code de l’action sociale et des familles"
FONDEMENTS = {
    Fondement.PROTECTION_ENFANCE: f"Protection de l’enfance (articles L226-2-1 et L226-2-2 {_CASF})",
    Fondement.GRAVITE_ENFANT: f"Gravité de la situation d’un enfant (article L226-4 {_CASF})",
    Fondement.PERSONNE_SANS_DEFENSE: "Maltraitances, privations ou sévices infligés à un mineur ou à une personne qui"
    " n’est pas en mesure de se protéger (article 226-14 du code pénal)",
    Fondement.PERIL: "Péril\u00a0: obligation de porter secours (article 223-6 du code pénal)",
    Fondement.ARTICLE_40: "Crime ou délit dont un agent public a connaissance dans ses fonctions"
    " (article 40 du code de procédure pénale)",
}
_AUTORITES = {
    Reponse.OUI: "a l’autorité parentale",
    Reponse.NON: "n’a pas l’autorité parentale",
    Reponse.INCONNU: "autorité parentale non connue",
}
_INFORMES = {Reponse.OUI: "oui", Reponse.NON: "non"}
_LONGEST_WHEN = 32


def head(
    title: str, content: DocumentContent, version: int, remplace: str, logo: ImageReader | None
) -> list[Flowable]:
    """Everything over the first section."""
    replaced = f"Version {version}, remplace et annule le document {remplace}" if remplace else ""
    urgence, canal = content.urgence, content.destinataire.canal
    return [
        *letterhead(content.emetteur.employeur, content.mise_en_page, logo),
        Head(
            title, issued_on(content.etablie_le, "Établi" if title == "Signalement" else "Établie"), replaced
        ),
        Cells(
            ("Urgence", URGENCES[urgence] if urgence else "–", urgence is Urgence.IMMEDIATE),
            ("Remise", CANAUX[canal] if canal else "–", False),
        ),
        Spacer(0, 12),
        *parties(content.document, content.emetteur, content.destinataire),
    ]


def concernes(title: str, one: str, people: Sequence[Concerne]) -> list[Flowable]:
    """Whom the document is about."""
    rows: list[Flowable] = []
    for place, each in enumerate(people, start=1):
        label = f"{one} {place}" if len(people) > 1 else one
        known = (each.naissance, each.sexe, each.ecole, each.adresse)
        rows.append(_named(label, f"{each.prenom} {each.nom}", known))
    return section(title, rows)


def responsables(people: Sequence[Responsable]) -> list[Flowable]:
    """Parents, holders of parental authority, other adults of the household."""
    rows = [
        someone(
            each.lien or "Adulte",
            f"{each.prenom} {each.nom}",
            _AUTORITES[each.autorite] if each.autorite else "",
            each.telephone,
            each.adresse,
        )
        for each in people
    ]
    return section("Parents et titulaires de l’autorité parentale", rows)


def faits(facts: Sequence[Fait]) -> list[Flowable]:
    """Each fact with its date and where it comes from."""
    rows: list[Flowable] = []
    for fait in facts:
        if not fait.texte.strip():
            continue
        source = _SOURCES[fait.source] if fait.source else ""
        known = source if fait.source is Source.VU else f"{source} {fait.qui}"
        when = fait.quand.strip()
        short = len(when) <= _LONGEST_WHEN
        rows += [
            _named(when if short else "", known if short else f"{when}. {known}", (fait.texte,)),
            Spacer(0, 3),
        ]
    return section("Faits", rows[:-1])


def running(title: str, words: str) -> list[Flowable]:
    """A section of running text."""
    return section(title, paragraphs(words, layout.RUNNING) if words.strip() else [])


def information(content: DocumentContent) -> list[Flowable]:
    """Whether those it is about were told, and what allows the sharing."""
    whom = "Parents informés" if content.mineurs else "Personne informée"
    rows: list[Flowable] = [choice(whom, content.informes, _INFORMES)]
    rows += grid(
        (
            ("Informés le" if content.mineurs else "Informée le", _day(content)),
            ("Pourquoi", content.informes_motif if content.informes is Reponse.NON else ""),
        )
    )
    ground = FONDEMENTS[content.base] if content.base else "–"
    return [*rows, Row(("Base du partage", text(ground, layout.STRONG)))]


def ending(title: str, content: DocumentContent, note: str) -> list[Flowable]:
    """Information, base and signature, kept together on the last page."""
    sender = content.emetteur
    who: list[Flowable] = [
        text("Établi par", layout.LABEL),
        text(sender.nom, layout.STRONG),
        text(sender.qualite),
    ]
    signed: list[Flowable] = [Box([text("Date et signature", layout.LABEL), Spacer(0, 44)], padding=6)]
    last = [
        *section(title, information(content)),
        Spacer(0, 12),
        *([Columns(who, signed)] if Columns.fits(who, signed) else [*who, *signed]),
        Spacer(0, 4),
        text(note, layout.SMALL),
    ]
    return together(last)


def _day(content: DocumentContent) -> str:
    told = content.informes is Reponse.OUI and content.informes_le
    return format_date(content.informes_le) if told and content.informes_le else ""


def _named(label: str, strong: str, facts: Sequence[str]) -> Row:
    """A label, bold words, then on the next line what follows; nothing typed is markup."""
    rest = "\n".join([", ".join(each.strip() for each in facts if each.strip())])
    words = f'<font name="{fonts.SEMIBOLD}">{escape(strong.strip(), quote=False)}</font>'
    if rest:
        words += "<br/>" + escape(rest, quote=False).replace("\n", "<br/>")
    return Row((label, Paragraph(words, layout.BODY)))
