"""Blocks of a printed bilan: figures with bars that a copier keeps, crosses of two questions, comparisons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from iscg_desktop.disclosure.protected import ProtectedTable
from iscg_desktop.disclosure.shares import Reference, ecart, pour_mille
from iscg_desktop.disclosure.tables import Key
from iscg_desktop.documents import fonts, layout
from iscg_desktop.documents.bilan_contenu import PAS_COMPTE, effectif, gain, pourcentage
from iscg_desktop.documents.layout import text

GREY = HexColor("#9A9A9A")
"""Of the bars: with their black edge they stay bars on any copier."""

_LABEL, _NUMBER, _SHARE, _EARLIER = 168.0, 46.0, 46.0, 62.0
_WIDEST_BAR = 150.0
_MOST_COLUMNS = 9
_IN_A_ROW = 4
_MOST_LEVEL = 6  # columns whose heads are read without turning the page
_UPRIGHT = 130.0
_HEAD_SIZE = 7.6
_SHARE_BAR = 80.0
_DEFINITION = layout.style(7.4, leading=9.2)
_BAR_HEIGHT = 7.0


class Bar(Flowable):  # type: ignore[misc]
    """A bar of some part of its width: grey with a black edge; nothing for a masked figure."""

    def __init__(self, filled: float, wide: float) -> None:
        super().__init__()
        self._filled, self.width, self.height = filled, wide, _BAR_HEIGHT

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:  # noqa: D102
        return self.width, self.height

    def draw(self) -> None:  # noqa: D102
        self.canv.setLineWidth(0.5)
        self.canv.setStrokeColor(layout.INK)
        self.canv.setFillColor(GREY)
        self.canv.rect(0, 0, max(0.5, self.width * min(1.0, self._filled)), self.height, fill=1, stroke=1)


class _Upright(Flowable):  # type: ignore[misc]
    """Head of a narrow column, read from below."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        room = fonts.width(
            fonts.fitted(self._words, fonts.REGULAR, _HEAD_SIZE, _UPRIGHT), fonts.REGULAR, _HEAD_SIZE
        )
        self.width, self.height = available_width, room
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setFont(fonts.REGULAR, _HEAD_SIZE)
        self.canv.setFillColor(layout.INK)
        self.canv.rotate(90)
        self.canv.drawString(0, -self.width, fonts.fitted(self._words, fonts.REGULAR, _HEAD_SIZE, _UPRIGHT))


def totals(counts: Sequence[tuple[str, str]]) -> Flowable:
    """What is counted, four to a row: words over a figure."""
    label, figure = layout.style(8.2, leading=10), layout.style(12, bold=True, leading=15)
    cells = [[text(words, label), text(value, figure)] for words, value in counts]
    cells += [[] for _ in range(-len(cells) % _IN_A_ROW)]
    rows = [cells[start : start + _IN_A_ROW] for start in range(0, len(cells), _IN_A_ROW)]
    style = TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), fonts.REGULAR, 8.2),
            ("BOX", (0, 0), (-1, -1), 0.8, layout.INK),
            ("INNERGRID", (0, 0), (-1, -1), 0.5, layout.INK),
            ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
            ("LEFTPADDING", (0, 0), (-1, -1), 7),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ]
    )
    return Table(rows, colWidths=[layout.WIDTH / _IN_A_ROW] * _IN_A_ROW, style=style)


def words_of(table: ProtectedTable, cle: Key) -> str:
    """Words of a cell."""
    words = {
        (dimension.code, category.code): category.libelle
        for dimension in table.dimensions
        for category in dimension.categories
    }
    return " – ".join(words[pair] for pair in cle) or "Total"


def figures(
    table: ProtectedTable,
    references: Sequence[Reference] = (),
    *,
    wide: float = layout.WIDTH,
    size: float = 9.0,
) -> Flowable:
    """Lines of a table: words, figure, share of the printed total, bar, what it was in earlier bilans.

    Args:
        table: What is printed.
        references: Earlier bilans.
        wide: Width of the whole.
        size: Size of its text.
    """
    total = table.valeur()
    shown = [cell.valeur for cell in table.cellules if cell.cle and cell.valeur is not None]
    largest = max(shown, default=1)
    room = wide - _NUMBER - _SHARE - _EARLIER * len(references)
    bar = min(_WIDEST_BAR, 0.36 * room)
    label = room - bar - 8
    rows: list[list[Flowable | str]] = [
        ["", "Effectif", "Part", "", *(head(reference.libelle) for reference in references)]
    ]
    for cell in table.cellules:
        drawn: Flowable | str = (
            Bar(cell.valeur / largest, bar) if cell.cle and cell.valeur is not None else ""
        )
        share = pourcentage(pour_mille(cell.valeur, total)) if cell.cle else ""
        before = [earlier(reference, table, cell.cle) for reference in references]
        rows.append(
            [
                _words(words_of(table, cell.cle), size, bold=not cell.cle),
                effectif(cell.valeur),
                share,
                drawn,
                *before,
            ]
        )
    columns = [label, _NUMBER, _SHARE, bar + 8, *(_EARLIER for _ in references)]
    return _ruled(rows, columns, size)


def shares(lines: Sequence[tuple[str, str, int | None, str, str]]) -> Flowable:
    """Indicators: words over their definition, share per thousand with its bar, the two figures divided."""
    rows: list[list[Flowable | list[Flowable] | str]] = [
        ["", "Part", "", head("Numérateur"), head("Dénominateur")]
    ]
    for words, definition, share, haut, bas in lines:
        drawn: Flowable | str = Bar(share / 1000, _SHARE_BAR) if share is not None else ""
        named: list[Flowable] = [_words(words, 9.0), text(definition, _DEFINITION)]
        rows.append([named, pourcentage(share), drawn, haut, bas])
    numbers = (_SHARE, _SHARE_BAR + 8, 56.0, 62.0)
    return _ruled(rows, [layout.WIDTH - sum(numbers), *numbers], 9.0)


def cross(
    table: ProtectedTable, said: Callable[[Key], str] | None = None, *, size: float = 9.0
) -> Flowable | None:
    """A table of two questions as a grid, with its margins; None when it would be too wide.

    Args:
        table: What is printed.
        said: What stands in each cell; its figure when left out.
        size: Size of its text.
    """
    said = said or (lambda cle: effectif(table.valeur(cle)))
    first, second = table.dimensions
    if len(second.categories) > len(first.categories) or len(second.categories) > _MOST_COLUMNS:
        first, second = second, first
    if len(second.categories) > _MOST_COLUMNS:
        return None
    part = (layout.WIDTH - 110) / (len(second.categories) + 1)
    named = head if len(second.categories) <= _MOST_LEVEL else _Upright
    rows: list[list[Flowable | str]] = [
        ["", *(named(one.libelle) for one in second.categories), head("Total")],
    ]
    across: list[Key] = [((second.code, one.code),) for one in second.categories]
    for words, own in [
        *((one.libelle, ((first.code, one.code),)) for one in first.categories),
        ("Total", ()),
    ]:
        cells = [said((*own, *other)) for other in (*across, ())]
        rows.append([_words(words, size, bold=not own), *cells])
    return _ruled(rows, [110.0, *(part for _ in range(len(second.categories) + 1))], size)


def compared(heads: Sequence[str], lines: Sequence[tuple[str, Sequence[str]]]) -> Flowable:
    """Lines of words and figures under these heads."""
    part = min(70.0, (layout.WIDTH - _LABEL) / len(heads))
    rows: list[list[Flowable | str]] = [["", *(head(each) for each in heads)]]
    rows += [[_words(words, 9.0), *cells] for words, cells in lines]
    return _ruled(rows, [layout.WIDTH - part * len(heads), *(part for _ in heads)], 9.0)


def earlier(reference: Reference, table: ProtectedTable, cle: Key) -> str:
    """A figure as an earlier bilan printed it."""
    cells = (table.cell(cle),)
    return effectif(reference.somme(cells)) if reference.counts(cells) else PAS_COMPTE


def gained(reference: Reference, table: ProtectedTable, cle: Key) -> str:
    """What a figure gained or lost since an earlier bilan."""
    cells = (table.cell(cle),)
    return gain(ecart(table.valeur(cle), reference.somme(cells))) if reference.counts(cells) else PAS_COMPTE


def head(words: str) -> Paragraph:
    """Head of a column of figures."""
    shape = layout.style(_HEAD_SIZE, leading=9.4)
    shape.alignment = 2
    return text(words, shape)


def _words(words: str, size: float, *, bold: bool = False) -> Paragraph:
    return text(words, layout.style(size, bold=bold, leading=round(size * 1.22, 1)))


def _ruled(rows: Sequence[Sequence[object]], columns: Sequence[float], size: float) -> Flowable:
    """Figures to the right, a line under the head, thin ones between the lines; the head comes again on each page."""
    style = TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), fonts.REGULAR, size),
            ("FONT", (0, 0), (-1, 0), fonts.REGULAR, _HEAD_SIZE),
            ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, layout.INK),
            ("LINEBELOW", (0, 1), (-1, -1), 0.5, GREY),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 1.6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.4),
        ]
    )
    return Table(
        [list(row) for row in rows], colWidths=list(columns), style=style, repeatRows=1, hAlign="LEFT"
    )
