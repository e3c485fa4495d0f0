"""The note that tells a person what is noted about her, why, for how long, and what she can ask for: one page."""

from __future__ import annotations

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Spacer

from iscg_desktop.documents import fonts, layout
from iscg_desktop.documents.blocs import Head, issued_on
from iscg_desktop.documents.layout import Box, Heading, letterhead, text
from iscg_desktop.domain.document import DocumentContent
from iscg_desktop.domain.note_langue import NoteRemplie

TITLE = "Vos informations et vos droits"
SIZES = (12.0, 11.5, 11.0, 10.5, 10.0)
"""Sizes of its text: the first with which it holds on one page."""

_NOTED = (
    "Votre nom, comment vous joindre sans danger, votre situation (famille, logement, travail, ressources), ce que vous"
    " demandez et ce que nous faisons ensemble. Vous pouvez ne pas répondre à une question."
)
_WHY = (
    "Pour vous aider et vous orienter vers les services utiles. Je transmets à un service seulement ce"
    " dont il a besoin, et"
    " avec votre accord. La loi prévoit des exceptions\u00a0: un enfant en danger, une personne qui ne"
    " peut pas se protéger,"
    " un danger immédiat. Des chiffres sans aucun nom rendent compte de mon travail."
)
_RIGHTS = (
    "Voir ce qui est noté sur vous et en avoir une copie\u00a0; faire corriger ce qui est faux\u00a0;"
    " demander d’effacer,"
    " de limiter, ou vous y opposer\u00a0; retirer votre accord à tout moment. C’est gratuit. La réponse"
    " vient sous un mois."
)
_CNIL = (
    "Si la réponse ne vous convient pas\u00a0: CNIL, 3 place de Fontenoy, TSA 80715,"
    " 75334 Paris Cedex 07, ou cnil.fr."
)
_SAFETY = "Cette feuille peut être lue par d’autres. Ne la gardez pas sur vous si cela vous met en danger."


def story(content: DocumentContent, size: float, logo: ImageReader | None) -> list[Flowable]:
    """All its blocks, with text of that size."""
    if content.remplie is not None:
        return _translated(content, content.remplie, size, logo)
    shape = layout.style(size, leading=round(size * 1.32, 1))
    given = f"Remise le {issued_on(content.etablie_le, '').removeprefix(' le ')}"
    if content.personne.strip():
        given += f" à {content.personne.strip()}"
    blocks: list[Flowable] = [
        *letterhead(content.emetteur.employeur, content.mise_en_page, logo),
        Head(TITLE, given),
    ]
    for title, words in (
        ("Qui je suis", _who(content)),
        ("Ce que je note", _NOTED),
        ("Pourquoi", f"{_WHY} {_ground(content)}"),
        ("Combien de temps", _how_long(content.duree_mois)),
        ("Vos droits", _RIGHTS),
        ("À qui écrire", _to_whom(content)),
    ):
        blocks += [Heading(title), text(words, shape)]
    return [*blocks, Spacer(0, 10), Box([text(_SAFETY, layout.style(size, bold=True))], line=1.4, padding=6)]


def _translated(
    content: DocumentContent, note: NoteRemplie, size: float, logo: ImageReader | None
) -> list[Flowable]:
    """The note in another language, or in her own words: the same frame."""
    shape = layout.style(size, leading=round(size * 1.32, 1))
    given = " – ".join(part for part in (note.remise, content.personne.strip()) if part)
    blocks: list[Flowable] = [
        *letterhead(content.emetteur.employeur, content.mise_en_page, logo),
        Head(note.titre, given),
    ]
    for each in note.paragraphes:
        blocks += [Heading(each.titre), text(each.texte, shape)]
    warning = text(note.securite, layout.style(size, bold=True))
    return [*blocks, Spacer(0, 10), Box([warning], line=1.4, padding=6)]


def tall(content: DocumentContent, size: float, logo: ImageReader | None) -> float:
    """Height of its blocks one under the other."""
    fonts.register()
    return float(sum(each.wrap(layout.WIDTH, layout.PAGE_HEIGHT)[1] for each in story(content, size, logo)))


def _who(content: DocumentContent) -> str:
    sender = content.emetteur
    title = f", {_lowered(sender.qualite)}" if sender.qualite.strip() else ""
    return (
        f"{sender.nom}{title}. Mon employeur\u00a0: {sender.employeur}. Je ne fais partie ni de la police ni de la"
        " gendarmerie. Ce que vous me dites est protégé par le secret professionnel."
    )


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _ground(content: DocumentContent) -> str:
    """The ground of article 6 of the RGPD, and who answers for what is noted."""
    nature = content.emetteur.nature_employeur
    private = nature is not None and not nature.public
    ground = "au nom de l’intérêt légitime" if private else "pour une mission d’intérêt public"
    who = content.emetteur.employeur
    return f"Le règlement européen (RGPD) le permet {ground}. Responsable de ces informations\u00a0: {who}."


def _how_long(months: int) -> str:
    return (
        f"{months}\u00a0mois après notre dernier contact. Ensuite, ce qui vous concerne est effacé,"
        " sauf si la loi en décide autrement."
    )


def _to_whom(content: DocumentContent) -> str:
    sender = content.emetteur
    mine = ", ".join(
        each.strip().replace("\n", ", ")
        for each in (sender.nom, sender.adresse, sender.telephone, sender.courriel)
        if each.strip()
    )
    lines = [f"À moi\u00a0: {mine}."]
    if content.dpo.strip():
        dpo = ", ".join(line.strip() for line in content.dpo.strip().split("\n") if line.strip())
        lines.append(f"Au délégué à la protection des données\u00a0: {dpo}.")
    return "\n".join([*lines, _CNIL])
