"""The look of every printed document: A4, type, inks, and the blocks a page is made of.

Everything must survive a black-and-white copier and a fax: texts and lines in full black, because a grey comes
out as dots, no tint under a text, nothing said by colour alone, no line thinner than half a point. The only
accent is on the titles of sections.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer

from iscg_desktop.documents import fonts
from iscg_desktop.domain.mise_en_page import MiseEnPage

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN_LEFT = 20 * mm  # room for the holes of a binder
MARGIN_RIGHT = 16 * mm
MARGIN_TOP = 22.5 * mm
MARGIN_BOTTOM = 12 * mm
WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT

INK = black
ACCENT = HexColor("#17507A")
WHITE = white

GAP = 8.0
LABEL_WIDTH = 31 * mm
_GUTTER = 6 * mm
COLUMN = (WIDTH - _GUTTER) / 2
"""Points of one of two columns."""
_SHORT_SECTION = 75.0
_FRAME_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM

# Draws itself with its lower left corner at x, y: canvas, x, y, size.
Sign = Callable[[Canvas, float, float, float], None]


def style(
    size: float = 9.5, *, bold: bool = False, leading: float = 0, indent: float = 0, after: float = 0
) -> ParagraphStyle:
    """A paragraph style; neither first nor last line of a paragraph is left alone on a page."""
    return ParagraphStyle(
        name="",
        fontName=fonts.SEMIBOLD if bold else fonts.REGULAR,
        fontSize=size,
        leading=leading or round(size * 1.4, 1),
        textColor=INK,
        leftIndent=indent,
        spaceAfter=after,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
    )


BODY = style()
STRONG = style(bold=True)
LABEL = style(8.2, leading=11.5)
SMALL = style(7.8, leading=10.5)
# Running text stands under the values, so that its lines are no longer than the eye can follow.
RUNNING = style(indent=LABEL_WIDTH, after=3)


def text(typed: str, shape: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph that prints what was typed, character for character: nothing in it is markup."""
    return Paragraph(escape(typed.strip(), quote=False).replace("\n", "<br/>"), shape)


def paragraphs(typed: str, shape: ParagraphStyle) -> list[Flowable]:
    """One paragraph for each line that was typed, a little air at blank lines."""
    return [text(line, shape) if line.strip() else Spacer(0, 5) for line in typed.strip().split("\n")]


class Heading(Flowable):  # type: ignore[misc]
    """Title of a section, over a line."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.width, self.height = WIDTH, 25.5

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:  # noqa: D102
        self.width = available_width
        return self.width, self.height

    def draw(self) -> None:  # noqa: D102
        self.canv.setFillColor(ACCENT)
        self.canv.setFont(fonts.SEMIBOLD, 11)
        self.canv.drawString(0, 9.5, self._title)
        self.canv.setStrokeColor(ACCENT)
        self.canv.setLineWidth(0.8)
        self.canv.line(0, 4.5, self.width, 4.5)


class Row(Flowable):  # type: ignore[misc]
    """Labels and values side by side; a value longer than the page goes on over the next one."""

    def __init__(self, *cells: tuple[str, Paragraph], columns: int = 0) -> None:
        super().__init__()
        self._cells = [(text(label, LABEL), value) for label, value in cells]
        self._columns = columns or len(cells)
        # Labels and values stand on one baseline, whatever their sizes.
        self._ascent = max(_ascent(value) for _, value in cells)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: D102
        self.width = available_width
        self.height = 1.5 + max(
            paragraph.wrap(wide, available_height)[1] + self._drop(paragraph)
            for cell in self._cells
            for paragraph, wide in zip(cell, (LABEL_WIDTH - 6, self._cell_width() - LABEL_WIDTH), strict=True)
        )
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:  # noqa: D102
        if self._columns > 1:
            return []
        self.wrap(available_width, available_height)
        label, value = self._cells[0]
        parts = value.split(available_width - LABEL_WIDTH, available_height - 1.5)
        if len(parts) < 2 or label.height > available_height:
            return []
        first, rest = Row(("", parts[0])), Row(("", parts[1]))
        first._cells = [(label, parts[0])]
        return [first, rest]

    def draw(self) -> None:  # noqa: D102
        for place, cell in enumerate(self._cells):
            x = place * (self._cell_width() + _GUTTER)
            for paragraph, shift in zip(cell, (0, LABEL_WIDTH), strict=True):
                y = self.height - paragraph.height - self._drop(paragraph)
                paragraph.drawOn(self.canv, x + shift, y)

    def _drop(self, paragraph: Paragraph) -> float:
        return max(0.0, self._ascent - _ascent(paragraph))

    def _cell_width(self) -> float:
        return float((self.width - _GUTTER * (self._columns - 1)) / self._columns)


def _ascent(paragraph: Paragraph) -> float:
    return fonts.ascent(paragraph.style.fontName, paragraph.style.fontSize)


def grid(
    pairs: Sequence[tuple[str, str]],
    available_width: float = WIDTH,
    *,
    shape: ParagraphStyle = BODY,
    shapes: Mapping[str, ParagraphStyle] | None = None,
) -> list[Flowable]:
    """Label/value rows: short values two to a row, long ones over the whole width, empty ones left out.

    Args:
        pairs: Label and value, in order.
        available_width: Width of the rows.
        shape: Style of the values.
        shapes: Style of the values of some labels.
    """
    half = (available_width - _GUTTER) / 2 - LABEL_WIDTH
    story: list[Flowable] = []
    waiting: tuple[str, Paragraph] | None = None
    for label, value in pairs:
        if not value.strip():
            continue
        look = (shapes or {}).get(label, shape)
        cell = (label, text(value, look))
        is_short = "\n" not in value.strip() and _width(value.strip(), look) < half
        if is_short and waiting is None:
            waiting = cell
            continue
        if waiting is not None:
            story.append(Row(waiting, cell) if is_short else Row(waiting, columns=2))
        if not is_short:
            story.append(Row(cell))
        waiting = None
    if waiting is not None:
        story.append(Row(waiting, columns=2))
    return story


def _width(words: str, shape: ParagraphStyle) -> float:
    return fonts.width(words, shape.fontName, shape.fontSize)


class Box(Flowable):  # type: ignore[misc]
    """Blocks in a frame, a sign at their left; kept whole when it fits a page, otherwise framed on each."""

    def __init__(
        self,
        content: Sequence[Flowable],
        *,
        line: float = 0.8,
        padding: float = 8.0,
        sign: Sign | None = None,
        sign_size: float = 0,
    ) -> None:
        super().__init__()
        self._content = list(content)
        self._line, self._padding = line, padding
        self._sign, self._sign_size = sign, sign_size
        self._indent = sign_size + 8 if sign else 0.0
        self._heights: list[float] = []

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: D102
        self.width = available_width
        inner = available_width - 2 * self._padding - self._indent
        self._heights = [each.wrap(inner, available_height)[1] for each in self._content]
        self.height = max(sum(self._heights), self._sign_size) + 2 * self._padding
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:  # noqa: D102
        _, height = self.wrap(available_width, available_height)
        if height <= _FRAME_HEIGHT or available_height < _SHORT_SECTION:
            return []
        inner = available_width - 2 * self._padding - self._indent
        room = available_height - 2 * self._padding
        for place, (each, tall) in enumerate(zip(self._content, self._heights, strict=True)):
            if tall > room:
                parts = each.split(inner, room)
                head, tail = (parts[:1], parts[1:]) if len(parts) > 1 else ([], [each])
                head = [*self._content[:place], *head]
                return [self._like(head), self._like([*tail, *self._content[place + 1 :]])] if head else []
            room -= tall
        return []

    def draw(self) -> None:  # noqa: D102
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(self._line)
        self.canv.rect(0, 0, self.width, self.height)
        y = self.height - self._padding
        if self._sign is not None:
            middle = self.height / 2 if self.height < 60 else self.height - 30
            self._sign(self.canv, self._padding, middle - self._sign_size / 2, self._sign_size)
            y = (self.height + sum(self._heights)) / 2
        for each, tall in zip(self._content, self._heights, strict=True):
            y -= tall
            each.drawOn(self.canv, self._padding + self._indent, y)

    def _like(self, content: Sequence[Flowable]) -> Box:
        return Box(
            content, line=self._line, padding=self._padding, sign=self._sign, sign_size=self._sign_size
        )


class Banner(Flowable):  # type: ignore[misc]
    """Black band at the top of a box: a sign and a title in capitals."""

    def __init__(self, title: str, sign: Sign) -> None:
        super().__init__()
        self._title, self._sign = title, sign

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:  # noqa: D102
        self.width, self.height = available_width, 25.0
        return self.width, self.height

    def draw(self) -> None:  # noqa: D102
        # The band covers the padding of its box.
        self.canv.setFillColor(INK)
        self.canv.rect(-8, 7, self.width + 16, self.height + 1, fill=1, stroke=0)
        self._sign(self.canv, 0, 12, 17)
        self.canv.setFillColor(WHITE)
        self.canv.setFont(fonts.SEMIBOLD, 12)
        self.canv.drawString(24, 15.5, self._title)


class Columns(Flowable):  # type: ignore[misc]
    """Two stacks of blocks side by side, never split."""

    def __init__(self, left: Sequence[Flowable], right: Sequence[Flowable]) -> None:
        super().__init__()
        self._sides = (list(left), list(right))

    @staticmethod
    def fits(left: Sequence[Flowable], right: Sequence[Flowable]) -> bool:
        """Whether both sides stay within a third of a page."""
        return all(sum(each.wrap(COLUMN, PAGE_HEIGHT)[1] for each in side) < 250 for side in (left, right))

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: D102
        self.width = available_width
        wide = (available_width - _GUTTER) / 2
        self._heights = [[each.wrap(wide, available_height)[1] for each in side] for side in self._sides]
        self.height = max(sum(side) for side in self._heights)
        return self.width, self.height

    def draw(self) -> None:  # noqa: D102
        for place, (side, heights) in enumerate(zip(self._sides, self._heights, strict=True)):
            y = self.height
            for each, tall in zip(side, heights, strict=True):
                y -= tall
                each.drawOn(self.canv, place * (self.width + _GUTTER) / 2, y)


def titled(title: str, under: str) -> list[Flowable]:
    """The head of a document without a recipient: its title, and what it is of."""
    return [text(title, style(18, bold=True)), Spacer(0, 2), text(under), Spacer(0, 6)]


def section(title: str, content: Sequence[Flowable]) -> list[Flowable]:
    """A title and its content, nothing when there is no content; a short section is not cut in two.

    Of a long one, the title is never left alone at the foot of a page.
    """
    if not content:
        return []
    heading = Heading(title)
    tall = sum(each.wrap(WIDTH, PAGE_HEIGHT)[1] for each in content)
    # A long text may begin with three lines.
    need = tall if tall < _SHORT_SECTION else min(content[0].wrap(WIDTH, PAGE_HEIGHT)[1], 3 * BODY.leading)
    return [CondPageBreak(heading.height + need), heading, *content]


def together(blocks: Sequence[Flowable]) -> list[Flowable]:
    """The blocks begin a new page when they do not fit this one, unless they are too long to be moved."""
    tall = sum(each.wrap(WIDTH, 0)[1] for each in blocks)
    return [CondPageBreak(tall), *blocks] if tall < _FRAME_HEIGHT * 0.75 else list(blocks)


def letterhead(employeur: str, look: MiseEnPage, logo: ImageReader | None) -> list[Flowable]:
    """Logo, employer, service and coordinates at the top of the first page; nothing when none was chosen."""
    if logo is None and not (look.service + look.coordonnees).strip():
        return []
    head = _Letterhead(employeur, look, logo)
    tall = head.wrap(WIDTH, PAGE_HEIGHT)[1]
    return [head if tall < _FRAME_HEIGHT / 3 else text(f"{employeur}\n{look.service}"), Spacer(0, 14)]


class _Letterhead(Flowable):  # type: ignore[misc]
    """The logo, and at its right the lines of the employer."""

    _LOGO_WIDTH, _LOGO_HEIGHT, _AIR = 120.0, 48.0, 12.0

    def __init__(self, employeur: str, look: MiseEnPage, logo: ImageReader | None) -> None:
        super().__init__()
        self._logo = logo
        self._scale = 0.0
        shapes = ((employeur, style(10, bold=True, leading=13)), (look.service, style(9, leading=12)))
        self._lines = [text(words, shape) for words, shape in shapes if words.strip()]
        if look.coordonnees.strip():
            self._lines.append(text(look.coordonnees, style(8.2, leading=10.6)))

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        wide = tall = 0.0
        if self._logo is not None:
            wide, tall = self._logo.getSize()
            self._scale = min(self._LOGO_WIDTH / wide, self._LOGO_HEIGHT / tall)
            wide, tall = wide * self._scale + self._AIR, tall * self._scale
        self._shift = wide
        self._heights = [line.wrap(available_width - wide, available_height)[1] for line in self._lines]
        self.width, self.height = available_width, max(sum(self._heights), tall)
        return self.width, self.height

    def draw(self) -> None:
        if self._logo is not None:
            wide, tall = (side * self._scale for side in self._logo.getSize())
            self.canv.drawImage(self._logo, 0, self.height - tall, wide, tall, mask="auto")
        y = self.height
        for line, tall in zip(self._lines, self._heights, strict=True):
            y -= tall
            line.drawOn(self.canv, self._shift, y)
