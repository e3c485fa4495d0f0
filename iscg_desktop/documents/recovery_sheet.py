"""The sheet that opens a coffre when its passphrase is forgotten: one page, to be kept under lock and key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer

from iscg_desktop.documents import fonts, layout
from iscg_desktop.documents.layout import Box, Row, section, text
from iscg_desktop.documents.pdf import build
from iscg_desktop.domain.dates import format_date

_TITLE = "Fiche de secours"
_INTRODUCTION = (
    "Cette fiche ouvre le coffre quand la phrase de passe est oubliée. Sans la phrase de passe ni cette fiche,"
    " personne ne peut plus l’ouvrir, pas même ceux qui ont fait le programme."
)
_ADVICE = {
    "La garder": "Sous clé, loin de l’ordinateur et jamais dans sa sacoche. Ne la photographiez pas, ne la recopiez"
    " ni dans un courriel ni dans un fichier.",
    "Chez l’employeur": "Elle peut être déposée dans son coffre-fort, sous enveloppe fermée, datée et signée sur le"
    " rabat. Qui l’ouvre sans vous prévient\u00a0; reprenez-la une fois par an, le temps de l’exercice.",
    "S’en servir": "Ouvrez le programme, choisissez «\u00a0J’ai la fiche de secours\u00a0», tapez les groupes dans"
    " l’ordre, puis choisissez une nouvelle phrase de passe. Majuscules et tirets sont indifférents.",
    "La lire": "Les lettres I, L, O et U ne sont jamais employées\u00a0: ce qui leur ressemble est le chiffre 1, le"
    " chiffre 0 ou la lettre V.",
    "Perdue ou vue": "Qui tient cette fiche et l’ordinateur tient le coffre. Demandez aussitôt un nouveau code, puis"
    " détruisez les sauvegardes faites avec l’ancien.",
    "Imprimée": "Une imprimante garde parfois une copie de ce qu’elle imprime. N’employez qu’une imprimante à vous, ou"
    " recopiez le code à la main.",
}
_PER_LINE = 4


def render_recovery_sheet(code_groups: Sequence[str], coffre_label: str, created_on: date) -> bytes:
    """One page with the recovery code and what to do with it.

    Args:
        code_groups: The groups of the code; empty ones print frames to be filled in by hand.
        coffre_label: What tells this coffre from another.
        created_on: Day the code was made.
    """
    fonts.register()
    label = coffre_label if len(coffre_label) <= 120 else f"{coffre_label[:119]}…"
    story: list[Flowable] = [
        text(_TITLE, layout.style(22, bold=True)),
        Spacer(0, 4),
        Row(("Coffre", text(label, layout.STRONG))),
        Row(("Code du", text(format_date(created_on), layout.STRONG))),
        Spacer(0, 10),
        text(_INTRODUCTION, layout.style(10.5)),
        Spacer(0, 14),
        Box([_Code(code_groups)], line=1.6, padding=12),
        Spacer(0, 10),
    ]
    for title, advice in _ADVICE.items():
        story += section(title, [text(advice, layout.style(10, indent=layout.LABEL_WIDTH))])
        story.append(Spacer(0, 4))
    return build(_TITLE, story, _page_header)


class _Code(Flowable):  # type: ignore[misc]
    """The groups, large, each with its rank."""

    _LINE = 52.0

    def __init__(self, groups: Sequence[str]) -> None:
        super().__init__()
        self._groups = groups

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width = available_width
        self.height = self._LINE * (-(-len(self._groups) // _PER_LINE))
        return self.width, self.height

    def draw(self) -> None:
        wide = self.width / _PER_LINE
        for place, group in enumerate(self._groups):
            x = place % _PER_LINE * wide
            y = self.height - (place // _PER_LINE + 1) * self._LINE
            self.canv.setFillColor(layout.INK)
            self.canv.setFont(fonts.REGULAR, 8.2)
            self.canv.drawString(x + 3, y + 40, str(place + 1))
            self.canv.setLineWidth(0.8)
            self.canv.rect(x + 3, y + 6, wide - 10, 30)
            self.canv.setFont(fonts.SEMIBOLD, 20)
            self.canv.drawCentredString(x + (wide - 4) / 2, y + 14, group, charSpace=2)


def _page_header(canvas: Canvas, _page: int, _pages: int) -> None:
    canvas.setFont(fonts.SEMIBOLD, 9.5)
    canvas.drawString(layout.MARGIN_LEFT, layout.PAGE_HEIGHT - 14 * mm, "À GARDER SOUS CLÉ")
