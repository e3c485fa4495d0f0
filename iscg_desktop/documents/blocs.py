"""Blocks that all documents share: head, cells, who issues and who receives, persons, ticked answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from reportlab.lib.utils import simpleSplit
from reportlab.platypus import Flowable, Paragraph, Spacer

from iscg_desktop.documents import fonts, layout
from iscg_desktop.documents.layout import Columns, Row, text
from iscg_desktop.domain.dates import format_date
from iscg_desktop.domain.fiche_sections import Canal, Destinataire, Emetteur, Reponse, Urgence
from iscg_desktop.domain.mentions import Mention, TypeDocument, mentions
from iscg_desktop.domain.textes import texts_of

_Choice = TypeVar("_Choice", bound=StrEnum)

URGENCES = {
    Urgence.IMMEDIATE: "Immédiate",
    Urgence.SOUS_48H: "Sous 48\u00a0h",
    Urgence.DIFFEREE: "Différée",
}
CANAUX = {
    Canal.MAIN_PROPRE: "En main propre",
    Canal.COURRIER: "Par courrier",
    Canal.COURRIEL_CHIFFRE: "Par courriel chiffré",
}
REPONSES = {Reponse.OUI: "oui", Reponse.NON: "non", Reponse.INCONNU: "inconnu"}
MENTIONS = {
    Mention.SECRET_PROFESSION: "Secret professionnel tenu par profession"
    " (articles L411-3 du code de l’action sociale et des familles et 226-13 du code pénal).",
    Mention.SECRET_MISSION: "Secret professionnel tenu par mission ou fonction (article 226-13 du code pénal).",
    Mention.ARTICLE_40: "Agent public, soumis à l’article 40 du code de procédure pénale.",
}

_LONGEST_LABEL = 40
_LEADING = 14.0  # from a line under the title to the next
_CHOICE = layout.style(11, leading=layout.BODY.leading)


class Head(Flowable):  # type: ignore[misc]
    """Title, day and version of a document; the day may be followed by a name of any length."""

    def __init__(self, title: str, issued: str, version: str = "") -> None:
        super().__init__()
        self._title, self._day, self._version = title, issued, version

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:  # noqa: D102
        self._under = simpleSplit(self._day, fonts.REGULAR, 10, available_width)
        more = _LEADING * (len(self._under) - 1) if self._under else 0.0
        self.width, self.height = available_width, more + (62.0 if self._version else 48.0)
        return self.width, self.height

    def draw(self) -> None:  # noqa: D102
        self.canv.setFillColor(layout.INK)
        self.canv.setFont(fonts.SEMIBOLD, 22)
        self.canv.drawString(0, self.height - 22, self._title)
        self.canv.setFont(fonts.REGULAR, 10)
        y = self.height - 38
        for line in self._under:
            self.canv.drawString(0, y, line)
            y -= _LEADING
        self.canv.setFont(fonts.SEMIBOLD, 10)
        self.canv.drawString(0, self.height - 52 if not self._under else y, self._version)


def issued_on(day: date | None, word: str = "Établie") -> str:
    """« Établie le 23 novembre 2026 »; empty without a day."""
    return f"{word} le {format_date(day)}" if day else ""


class Cells(Flowable):  # type: ignore[misc]
    """A few cells side by side, each a label over a value; a strong one is white on black."""

    def __init__(self, *cells: tuple[str, str, bool]) -> None:
        super().__init__()
        self._cells = cells

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:  # noqa: D102
        self.width, self.height = available_width, 36.0
        return self.width, self.height

    def draw(self) -> None:  # noqa: D102
        part = self.width / len(self._cells)
        self.canv.setLineWidth(0.8)
        self.canv.setStrokeColor(layout.INK)
        for place, (label, value, strong) in enumerate(self._cells):
            x = place * part
            if strong:
                self.canv.setFillColor(layout.INK)
                self.canv.rect(x, 0, part, self.height, fill=1, stroke=0)
            elif place:
                self.canv.line(x, 0, x, self.height)
            self.canv.setFillColor(layout.WHITE if strong else layout.INK)
            self.canv.setFont(fonts.REGULAR, 8.2)
            self.canv.drawString(x + 8, self.height - 12.5, label)
            self.canv.setFont(fonts.SEMIBOLD, 12)
            self.canv.drawString(x + 8, 8.5, value)
        self.canv.rect(0, 0, self.width, self.height)


def request(objet: str, urgence: Urgence | None, canal: Canal | None) -> Cells:
    """What is asked, how urgent it is, how the document is handed over."""
    return Cells(
        ("Objet", objet, False),
        ("Urgence", URGENCES[urgence] if urgence else "–", urgence is Urgence.IMMEDIATE),
        ("Remise", CANAUX[canal] if canal else "–", False),
    )


def parties(document: TypeDocument, sender: Emetteur, recipient: Destinataire) -> list[Flowable]:
    """Who issues, with what the law has her say, beside who receives."""
    known = (sender.qualite, sender.employeur, sender.unite, *_reach(sender))
    left = lines("Émetteur", sender.nom, known)
    said = " ".join(MENTIONS[each] for each in mentions(document, sender))
    left += [Spacer(0, 2), text(said, layout.SMALL)]
    right = lines(
        "Destinataire", recipient.service, (recipient.personne, recipient.adresse, recipient.courriel)
    )
    return [Columns(left, right)] if Columns.fits(left, right) else [*left, Spacer(0, 8), *right]


def _reach(sender: Emetteur) -> tuple[str, ...]:
    """How the sender is reached: on one line where it holds, so that none ends on its dot."""
    apart = (sender.telephone.strip(), sender.courriel.strip())
    together = " · ".join(filter(None, apart))
    short = fonts.width(together, fonts.REGULAR, layout.BODY.fontSize) <= layout.COLUMN
    return (together,) if short else apart


def lines(label: str, strong: str, others: Sequence[str]) -> list[Flowable]:
    """A label, a name, and what follows it; what is empty is left out."""
    return [text(label, layout.LABEL), text(strong, layout.style(10.5, bold=True))] + [
        text(each) for each in others if each.strip()
    ]


def someone(label: str, *facts: str) -> Row:
    """A person on one line: a label, then what is known."""
    # A label stands in a narrow column: what is long belongs with the facts.
    known = facts if len(label) <= _LONGEST_LABEL else (label, *facts)
    words = ", ".join(each.strip() for each in known if each.strip())
    return Row((label[:1].upper() + label[1:] if len(label) <= _LONGEST_LABEL else "", text(words)))


def choice(label: str, chosen: _Choice | None, words: Mapping[_Choice, str], question: str = "") -> Row:
    """All the answers, the chosen one ticked and bold: « ☑ oui   ☐ non »."""
    answers = [
        f"☑\u00a0{_sized(word, fonts.SEMIBOLD)}"
        if each == chosen
        else f"☐\u00a0{_sized(word, fonts.REGULAR)}"
        for each, word in words.items()
    ]
    start = [_sized(f"{question}\u00a0:", fonts.REGULAR)] if question else []
    # Ordinary spaces would be drawn together.
    return Row((label, Paragraph("\u00a0\u00a0\u00a0 ".join([*start, *answers]), _CHOICE)))


def without_glyph(content: object) -> tuple[str, ...]:
    """Characters of a document that would print as an empty box, each once."""
    return fonts.unsupported_characters(" ".join(texts_of(content)))


def _sized(words: str, font: str) -> str:
    """Our own words at the size of the body, beside boxes that are larger."""
    return f'<font name="{font}" size="{layout.BODY.fontSize}">{words}</font>'
