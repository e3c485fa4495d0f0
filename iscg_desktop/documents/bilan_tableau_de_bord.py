"""The dashboard for police and gendarmerie: one page, accueils by unité, the other tables whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from reportlab.platypus import Flowable, Spacer

from iscg_desktop.disclosure.protected import ProtectedTable
from iscg_desktop.documents import bilan_blocs, fonts, layout
from iscg_desktop.documents.bilan_contenu import BilanContent
from iscg_desktop.documents.bilan_rapport import cover, totals
from iscg_desktop.documents.blocs import Head
from iscg_desktop.documents.layout import Columns, text
from iscg_desktop.documents.page import furniture
from iscg_desktop.documents.pdf import build

TITLE = "Tableau de bord"
_SUBJECT = "à l’attention de la police et de la gendarmerie"
# By unité first; then what these services ask for, as many as the page holds, at the largest size it allows.
_FIRST = "unite"
_OTHERS = (
    "origine",
    "statut",
    "sexe",
    "age_4",
    "tranche_age",
    "principale",
    "orientations",
    "connu",
    "suivi",
    "minima",
)
_SIZES = (8.6, 8.0, 7.4, 6.8)
_GUTTER = 17.0
_HALF = (layout.WIDTH - _GUTTER) / 2
_ROOM = layout.PAGE_HEIGHT - layout.MARGIN_TOP - layout.MARGIN_BOTTOM - 4
_MORE = "Les autres tableaux et la méthode sont dans le rapport et le classeur du même bilan."


def render_tableau_de_bord(content: BilanContent) -> bytes:
    """The page; the same values always give the same bytes."""
    fonts.register()
    name = f"{TITLE} {content.code}"
    return build(name, _fitted(content), furniture(name, content.mise_en_page.pied, mention=""))


def _fitted(content: BilanContent) -> list[Flowable]:
    """As many tables as hold, in the largest text with which most of them hold."""
    tables = [table for code in (_FIRST, *_OTHERS) for table in content.bilan.tables if table.code == code]
    room = _ROOM - _height(_story(content, [], _SIZES[0]), layout.WIDTH)

    @cache  # each table once in each size, however many are kept
    def tall(place: int, size: float) -> float:
        return _height(_block(tables[place], size), _HALF)

    for kept in range(len(tables), 0, -1):
        for size in _SIZES:
            if _balance([tall(place, size) for place in range(kept)])[0] <= room:
                return _story(content, tables[:kept], size)
    return _flat(content, tables[:1])


def _height(story: Sequence[Flowable], wide: float) -> float:
    return sum(float(each.wrap(wide, layout.PAGE_HEIGHT)[1]) for each in story)


def _balance(tall: Sequence[float]) -> tuple[float, int]:
    """The least height of blocks in two columns, and how many of them stand in the first one."""
    return min((max(sum(tall[:cut]), sum(tall[cut:])), cut) for cut in range(len(tall) + 1))


def _story(content: BilanContent, tables: Sequence[ProtectedTable], size: float) -> list[Flowable]:
    return [
        Head(TITLE, f"{content.periode[:1].upper()}{content.periode[1:]}, {_SUBJECT}"),
        *cover(content),
        Spacer(0, 4),
        totals(content),
        Spacer(0, 5),
        text(" ".join(content.notes[:2]), layout.SMALL),
        Spacer(0, 5),
        _Balanced([_block(table, size) for table in tables]),
        text(_MORE, layout.SMALL),
    ]


def _block(table: ProtectedTable, size: float) -> list[Flowable]:
    return [
        text(table.titre, layout.style(size + 1.2, bold=True)),
        bilan_blocs.figures(table, wide=_HALF, size=size),
        Spacer(0, 6),
    ]


def _flat(content: BilanContent, tables: Sequence[ProtectedTable]) -> list[Flowable]:
    """More unités than a page holds: they go on over the next one rather than be left out."""
    heading = _story(content, [], _SIZES[-1])
    return [*heading[:-2], *(bilan_blocs.figures(table) for table in tables), heading[-1]]


class _Balanced(Columns):
    """Blocks in two columns of about the same height, in order down the first one, then the second."""

    def __init__(self, blocks: Sequence[Sequence[Flowable]]) -> None:
        cut = _balance([_height(block, _HALF) for block in blocks])[1]
        super().__init__(
            [each for block in blocks[:cut] for each in block],
            [each for block in blocks[cut:] for each in block],
        )
