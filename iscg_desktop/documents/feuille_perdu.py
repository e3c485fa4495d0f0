"""The sheet to keep elsewhere: what to do when the computer is lost or stolen, with blanks to fill in by hand."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Spacer

from iscg_desktop.documents import fonts, layout
from iscg_desktop.documents.layout import Box, section, text
from iscg_desktop.documents.pdf import build
from iscg_desktop.domain.guide import Chapitre

_BLANKS = (
    ("Mon responsable", "Téléphone"),
    ("Délégué à la protection des données (DPO)", "Téléphone"),
    ("Service informatique", "Téléphone"),
    ("Unité où porter plainte", "Téléphone"),
    ("Ordinateur\u00a0: marque et numéro de série", "Sauvegarde du"),
)
"""What is written by hand beforehand: a wide blank and a narrow one."""

_WARNING = (
    "N’écrivez ici ni la phrase de passe, ni le code de secours, ni le nom d’une personne suivie. À garder ailleurs que"
    " dans la sacoche de l’ordinateur."
)


def render_lost_sheet(chapitre: Chapitre) -> bytes:
    """One page: the words of the chapter, a box to tick before each thing to do, and nothing of any coffre.

    Args:
        chapitre: « Ordinateur perdu ou volé » of the guide; the first paragraph of its beginning is printed.
    """
    fonts.register()
    title = f"{chapitre.titre}\u00a0: que faire"
    beginning, *passages = chapitre.passages
    story: list[Flowable] = [
        text(title, layout.style(20, bold=True)),
        Spacer(0, 6),
        text(beginning.texte.partition("\n")[0], layout.style(9.5)),
        Spacer(0, 8),
        Box(
            [*(_Blank(wide, narrow) for wide, narrow in _BLANKS), Spacer(0, 6), text(_WARNING, layout.SMALL)]
        ),
        Spacer(0, 4),
    ]
    for passage in passages:
        lines = passage.texte.split("\n")
        shown = [_Todo(line) for line in lines] if len(lines) > 1 else [text(lines[0], layout.style(9.2))]
        story += section(passage.titre, shown)
    story += [Spacer(0, 6), _Blank("Récépissé de plainte, numéro", "Le"), _Blank("DPO prévenu par", "Le")]
    return build(title, story, _page_header)


class _Todo(Flowable):  # type: ignore[misc]
    """A box to tick and what is to be done."""

    _BOX, _INDENT = 7.5, 15.0

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words: Paragraph = text(words, layout.style(9.2, leading=12.4))

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        tall = self._words.wrap(available_width - self._INDENT, available_height)[1]
        self.width, self.height = available_width, tall + 2.5
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setStrokeColor(layout.INK)
        self.canv.setLineWidth(0.8)
        self.canv.rect(1, self.height - self._BOX - 2.5, self._BOX, self._BOX)
        self._words.drawOn(self.canv, self._INDENT, self.height - self._words.height)


class _Blank(Flowable):  # type: ignore[misc]
    """Two labels, each before a line to write on."""

    _HEIGHT = 20.0
    _NARROW = 52 * mm

    def __init__(self, wide: str, narrow: str) -> None:
        super().__init__()
        self._labels = (wide, narrow)

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, self._HEIGHT
        return self.width, self.height

    def draw(self) -> None:
        middle = self.width - self._NARROW
        self._line(self._labels[0], 0, middle - 10)
        self._line(self._labels[1], middle, self.width)

    def _line(self, label: str, left: float, right: float) -> None:
        self.canv.setFillColor(layout.INK)
        self.canv.setFont(fonts.REGULAR, 8.6)
        self.canv.drawString(left, 3, label)
        self.canv.setStrokeColor(layout.INK)
        self.canv.setLineWidth(0.5)
        self.canv.line(left + fonts.width(label, fonts.REGULAR, 8.6) + 5, 1, right, 1)


def _page_header(canvas: Canvas, _page: int, _pages: int) -> None:
    canvas.setFont(fonts.SEMIBOLD, 9.5)
    canvas.drawString(
        layout.MARGIN_LEFT,
        layout.PAGE_HEIGHT - 14 * mm,
        "À REMPLIR MAINTENANT, À GARDER AILLEURS QUE L’ORDINATEUR",
    )
