"""What stands on every page of a document: mention of secrecy, number and page, line of the employer."""

from __future__ import annotations

import io

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from iscg_desktop.documents import fonts, layout
from iscg_desktop.documents.pdf import Furniture
from iscg_desktop.errors import UserError

MENTION = "CONFIDENTIEL – secret professionnel"
_FOOT = 8.8 * mm


def furniture(name: str, pied: str = "", *, mention: str = MENTION, apercu: bool = False) -> Furniture:
    """The head and foot of the pages.

    Args:
        name: What the document is, with its number.
        pied: Line of the employer.
        mention: In a frame at the top; "" for none.
        apercu: A preview says so across the page.
    """

    def draw(canvas: Canvas, page: int, pages: int) -> None:
        _head(canvas, name, mention, f"page {page}/{pages}")
        if pied.strip():
            canvas.setFont(fonts.REGULAR, 7.8)
            canvas.drawString(layout.MARGIN_LEFT, _FOOT, pied.strip())
        if apercu:
            _preview_mark(canvas)

    return draw


def read_logo(logo: bytes | None) -> ImageReader | None:
    """The logo, ready to be drawn.

    Raises:
        UserError: ``fiche_logo_illisible``.
    """
    if not logo:
        return None
    if not logo.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        raise UserError("fiche_logo_illisible")
    try:
        image = ImageReader(io.BytesIO(logo))
        image.getRGBData()  # a damaged image fails here, not in the middle of the document
    except (OSError, ValueError, SyntaxError, ArithmeticError):
        raise UserError("fiche_logo_illisible") from None
    return image


def _head(canvas: Canvas, name: str, mention: str, place: str) -> None:
    y = layout.PAGE_HEIGHT - 14 * mm
    right = layout.PAGE_WIDTH - layout.MARGIN_RIGHT
    canvas.setStrokeColor(layout.INK)
    canvas.setFillColor(layout.INK)
    if mention:
        wide = fonts.width(mention, fonts.SEMIBOLD, 9.5)
        canvas.setLineWidth(1.1)
        canvas.rect(layout.MARGIN_LEFT, y - 5.5, wide + 14, 17)
        canvas.setFont(fonts.SEMIBOLD, 9.5)
        canvas.drawString(layout.MARGIN_LEFT + 7, y, mention)
    canvas.setFont(fonts.REGULAR, 9.5)
    canvas.drawRightString(right, y, place)
    canvas.setFont(fonts.SEMIBOLD, 9.5)
    canvas.drawRightString(right - fonts.width(place, fonts.REGULAR, 9.5) - 12, y, name)


def _preview_mark(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.translate(layout.PAGE_WIDTH / 2, layout.PAGE_HEIGHT / 2)
    canvas.rotate(52)
    canvas.setFillColor(layout.INK, alpha=0.08)
    canvas.setFont(fonts.SEMIBOLD, 120)
    canvas.drawCentredString(0, -40, "APERÇU")
    canvas.restoreState()
